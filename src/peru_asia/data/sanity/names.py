"""Checks of the names that the index prints."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from peru_asia import files, paths
from peru_asia.data.sanity.registry import check, read, report


def _place(name: str) -> list[str | int]:
    """Return what an index sorts by: capitals and accents aside, numbers by their size."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", plain)]


@check
def names_are_in_order() -> Iterator[str]:
    """Names stand in the order of the alphabet, so that an editor finds where a new one goes."""
    table = read("names")
    places = [_place(name) for name in table["name"]]
    late = [False, *(place < before for before, place in pairwise(places))]
    message = "'{name}' belongs before the row above; move it"
    yield from report("names", table[late], "name", message)


@check
def a_form_belongs_to_one_name() -> Iterator[str]:
    """No two names share a form, or the index could not tell which is meant."""
    table = read("names")
    forms = table["forms"].str.split("|").explode()
    twice = table.loc[forms[forms.duplicated()].index.unique()]
    message = "one of '{forms}' stands twice; leave each form to one name, once"
    yield from report("names", twice, "forms", message)


@check
def forms_run_from_the_longest() -> Iterator[str]:
    """The longest form comes first, so that it is not taken for a shorter one in it."""
    table = read("names")
    lengths = table["forms"].str.split("|").map(lambda forms: [len(form) for form in forms])
    wrong = lengths.map(lambda row: row != sorted(row, reverse=True) or 0 in row).astype(bool)
    message = "'{forms}' do not run from the longest to the shortest; sort them"
    yield from report("names", table[wrong], "forms", message)


# The columns in which a short name's key stands, by kind.
_KEYS = {
    "companies": [("copper_production", "company")],
    "deals": [("deals_since_2013", "deal_id"), ("projects_2013", "project_id")],
    "goods": [
        ("commodity_prices", "commodity"),
        ("exports_by_sector", "item"),
        ("mineral_production", "mineral"),
    ],
    "mines": [("mine_owners", "mine"), ("mine_output", "mine"), ("conflict_events", "mine")],
    "sectors": [("published_tables", "sector")],
}


@check
def short_names_tell_things_apart() -> Iterator[str]:
    """A short name is that of one key of its kind, and a table has that key."""
    table = read("short_names")
    twice = table[table.duplicated(["kind", "short_name"])]
    message = "'{short_name}' stands twice among the {kind}; tell the two apart"
    yield from report("short_names", twice, "short_name", message)
    for kind, columns in _KEYS.items():
        known = {key for name, column in columns for key in read(name)[column]}
        unknown = table[(table["kind"] == kind) & ~table["key"].isin(known)]
        message = f"no row of {' or '.join(name for name, _ in columns)} has '{{key}}'; correct it"
        yield from report("short_names", unknown, "key", message)


@check
def every_form_is_in_a_chapter() -> Iterator[str]:
    """Each form of a name is one that a chapter uses."""
    chapters = list(files.walk(paths.CHAPTERS, ".md"))
    # A name may run over the end of a line.
    text = " ".join(" ".join(path.read_text("utf-8").split()) for path in chapters)
    table = read("names")
    forms = table["forms"].str.split("|").explode()
    # What must not stand before a form is asked last: a search for a plain text is the quickest.
    alone = (rf"{form}(?!\w)(?<!\w{form})" for form in map(re.escape, forms))
    unused = [not re.search(pattern, text) for pattern in alone]
    table = table.loc[forms[unused].index].assign(form=forms[unused])
    yield from report("names", table, "forms", "no chapter has '{form}'; remove or correct it")
