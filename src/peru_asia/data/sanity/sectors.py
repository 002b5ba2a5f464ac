"""Checks of China's presence by sector."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

from collections.abc import Iterator

import pandas as pd

from peru_asia.data.package import descriptors
from peru_asia.data.sanity.registry import check, read, report, where

# The article of 2022 knows what happened up to July; later facts are news to it.
_ARTICLE = "ellis2022"
_AFTER = "2022-08"


def _since(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the facts that end after the article."""
    end = facts["date_end"].fillna(facts["date"])
    return facts[end >= _AFTER]


@check
def sectors_cover_the_article() -> Iterator[str]:
    """Every section of the article from which a claim or an event is taken has a sector."""
    covered = set(read("china_sectors")["article_place"])
    for name, column in (("claims", "place"), ("timeline", "source_place")):
        table = read(name)
        missing = table[(table["source"] == _ARTICLE) & ~table[column].isin(covered)]
        message = f"no sector of china_sectors has the article's section '{{{column}}}'; add one"
        yield from report(name, missing.drop_duplicates(column), column, message)


@check
def sectors_are_first_before_largest() -> Iterator[str]:
    """The first year of a sector is not later than its largest; a year has event and source."""
    table = read("china_sectors")
    late = (table["first_year"] > table["largest_year"]).fillna(False)
    message = "{largest_year} is before the first year, {first_year}; correct one of the two"
    yield from report("china_sectors", table[late], "largest_year", message)
    for kind in ("first", "largest"):
        year = table[f"{kind}_year"].notna()
        for part in ("event", "source"):
            column = f"{kind}_{part}"
            message = f"{column} and {kind}_year stand apart; give both or neither"
            yield from report(
                "china_sectors", table[year != table[column].notna()], column, message
            )
    basis = table["largest_year"].notna() != table["largest_basis"].notna()
    message = "largest_basis and largest_year stand apart; give both or neither"
    yield from report("china_sectors", table[basis], "largest_basis", message)


@check
def sector_grades_follow_the_facts() -> Iterator[str]:
    """A grade claims no more than the facts since the article, or the tables named, can carry."""
    facts = _since(read("china_sector_facts"))
    known = set(descriptors())
    for index, row in enumerate(read("china_sectors").to_dict("records")):
        mine = facts[facts["sector"] == row["sector"]]
        voices = set(mine["source"]) | set(mine["source2"].dropna())
        more = [] if pd.isna(row["tables"]) else row["tables"].split()
        at = where("china_sectors", index, "grade")
        if row["grade"] == "official" and not more and not (mine["voice"] == "official").any():
            yield f"{at}: 'official', but no fact of an authority and no table; lower the grade"
        if row["grade"] == "several" and len(voices) < 2:
            yield f"{at}: 'several', but {len(voices)} source; lower the grade"
        if row["grade"] == "one" and not voices:
            yield f"{at}: 'one', but no fact since the article; lower the grade"
        if row["grade"] == "none" and voices:
            yield f"{at}: 'none', but there are facts since the article; raise the grade"
        for name in sorted(set(more) - known):
            yield f"{where('china_sectors', index, 'tables')}: there is no table '{name}'; name one"


@check
def sector_facts_have_a_unit_for_a_value() -> Iterator[str]:
    """A figure has a unit and a qualifier, an event has none of them."""
    table = read("china_sector_facts")
    for column in ("unit", "qualifier"):
        wrong = table["value"].notna() != table[column].notna()
        message = f"{column} and value stand apart; give both or neither"
        yield from report("china_sector_facts", table[wrong], column, message)
    wrong = table["value"].isna() != (table["measure"] == "event")
    message = "'{measure}' and the value do not fit; only an event has no value"
    yield from report("china_sector_facts", table[wrong], "measure", message)
