"""The sources that may be cited: the entries of ``references.bib``."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pybtex.database import BibliographyData, Entry, PybtexError, parse_file

from peru_asia import paths
from peru_asia.errors import BookError


def keys() -> set[str]:
    """Return the keys of all sources.

    Raises
    ------
    BookError
        If ``references.bib`` is missing or broken.
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


def _entries() -> Mapping[str, Entry]:
    path = paths.BIBLIOGRAPHY
    if not path.exists():
        raise BookError(f"{paths.relative(path)} is missing; every table cites its sources there")
    return _read(path, path.stat().st_mtime_ns).entries


@lru_cache(maxsize=2)
def _read(path: Path, _modified: int) -> BibliographyData:
    try:
        return parse_file(str(path), bib_format="bibtex")
    except PybtexError as error:
        raise BookError(f"{paths.relative(path)}: {error}") from error
