"""The sources that may be cited: the entries of ``references.bib``."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pybtex.database import BibliographyData, PybtexError
from pybtex.database.input.bibtex import Parser
from pybtex.richtext import Text

from peru_asia import paths, uses
from peru_asia.errors import BookError


def keys() -> set[str]:
    """Return the keys of all sources.

    Raises
    ------
    BookError : if ``references.bib`` is missing or broken
    """
    return set(_entries())


def labels() -> dict[str, tuple[str, str]]:
    """Return what the text prints of each source, by key: its authors' last names and its year."""
    return {
        key: (
            " and ".join(" ".join(person.last_names) for person in entry.persons.get("author", [])),
            entry.fields.get("year", ""),
        )
        for key, entry in _entries().items()
    }


def described(keys: Iterable[str]) -> list[dict[str, str]]:
    """Return sources as the data package lists them: name, title and, if it has one, path.

    Parameters
    ----------
    keys : of the sources. One that is not in the bibliography has its key for a title.
    """
    found = []
    for key in keys:
        uses.note(f"source:{key}")
        found.append(find(key))
    return found


def find(key: str) -> dict[str, str]:
    """Return one source as `described` does, without noting that it is used."""
    path = paths.BIBLIOGRAPHY
    if not path.exists():  # a package of the reader's own need not have one
        return {"name": key, "title": key}
    return dict(_described(key, path, path.stat().st_mtime_ns))


@lru_cache(maxsize=1024)
def _described(key: str, path: Path, modified: int) -> dict[str, str]:
    text = _texts(path, modified).get(key)
    if text is None:
        return {"name": key, "title": key}
    entry = Parser().parse_string(text).entries[key]
    people = [" ".join(person.last_names) for person in entry.persons.get("author", [])]
    *before, last = people if 0 < len(people) < 4 else [*people[:1], "others"]
    who = " and ".join(filter(None, [", ".join(before), last])) if people else ""
    year = "".join(re.findall(r"^\d{4}", entry.fields.get("year", "")))
    title = entry.fields.get("title", "").replace(r"\$", "$")  # which pybtex leaves
    plain = [str(Text.from_latex(part)) for part in (who, title) if part]
    url = {"path": entry.fields["url"]} if "url" in entry.fields else {}
    return {"name": key, "title": ", ".join([*plain, *filter(None, [year])]), **url}


@lru_cache(maxsize=2)
def _texts(path: Path, _modified: int) -> dict[str, str]:
    """Return each entry as it is written; to parse all takes more than a second."""
    entries = re.split(r"^(?=@)", path.read_text("utf-8"), flags=re.M)
    return {found[1]: text for text in entries if (found := re.match(r"@\w+\{([^,\s]+)", text))}


def _entries() -> Mapping[str, Any]:  # pybtex has no types
    path = paths.BIBLIOGRAPHY
    uses.note_file(path)
    if not path.exists():
        raise BookError(f"{paths.relative(path)} is missing; every table cites its sources there")
    return _read(path, path.stat().st_mtime_ns).entries


@lru_cache(maxsize=2)
def _read(path: Path, _modified: int) -> BibliographyData:
    try:
        return Parser().parse_file(str(path))
    except PybtexError as error:
        raise BookError(f"{paths.relative(path)}: {error}") from error
