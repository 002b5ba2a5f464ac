"""What ``data/datapackage.yaml`` says: the only reader of the descriptor."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from peru_asia import paths, uses
from peru_asia.errors import BookError, did_you_mean

# The C parser reads the descriptor some ten times faster than the Python one.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Table:
    """One table of the data package, as its descriptor describes it.

    Attributes
    ----------
    name
        The name to give to `peru_asia.data.load`.
    path
        Its CSV file.
    resource
        The whole entry of the descriptor: title, description, schema, sources, licences,
        vintage, gaps and how it was compiled.
    """

    name: str
    path: Path
    resource: dict[str, Any]

    @property
    def title(self) -> str:
        """Title for people."""
        return self.resource["title"]

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The schema's fields, in the order of the columns."""
        return self.resource["schema"]["fields"]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [field["name"] for field in self.fields]

    @property
    def sources(self) -> list[str]:
        """Keys of ``references.bib``."""
        return [source["name"] for source in self.resource["sources"]]

    @property
    def vintage(self) -> str:
        """Date of the newest source's edition, as YYYY, YYYY-MM or YYYY-MM-DD."""
        return str(self.resource["vintage"])

    @property
    def licences(self) -> list[dict[str, str]]:
        """Licences or terms, each with name, title and, where there is one, path."""
        return self.resource["licenses"]


def _file() -> tuple[Path, int]:
    """Return the descriptor's path and when it was changed last: what a cache goes by."""
    path = paths.DESCRIPTOR
    if not path.exists():
        raise BookError(f"{paths.relative(path)} is missing; it describes every table of the book")
    return path, path.stat().st_mtime_ns


@lru_cache(maxsize=2)
def _read(path: Path, _modified: int) -> dict[str, Any]:
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        raise BookError(f"{paths.relative(path)} is not valid YAML: {error}") from error


@lru_cache(maxsize=2)
def _tables(path: Path, modified: int) -> dict[str, Table]:
    return {
        resource["name"]: Table(resource["name"], paths.DATA / resource["path"], resource)
        for resource in _read(path, modified)["resources"]
    }


def descriptor() -> dict[str, Any]:
    """Return the descriptor of the whole package."""
    return _read(*_file())


def tables() -> dict[str, Table]:
    """Return every table of the package by name, in the descriptor's order."""
    uses.note(uses.ALL_TABLES)
    return dict(_tables(*_file()))


def describe(name: str) -> Table:
    """Return what the descriptor says of the table called `name`.

    Raises
    ------
    BookError
        If there is no such table; the message suggests the nearest names.
    """
    uses.note(f"table:{name}")
    file = _file()
    # Whoever has read the whole descriptor needs no second look at an entry.
    table = None if _tables.cache_info().currsize else _alone(*file, name)
    table = table or _tables(*file).get(name)
    if table is None:
        raise BookError(
            f"there is no table '{name}' in data/datapackage.yaml; "
            + did_you_mean(name, _tables(*file))
        )
    return table


@lru_cache(maxsize=256)
def _alone(path: Path, _modified: int, name: str) -> Table | None:
    """Read the entry of one table; a chapter needs few of many.

    None if its lines cannot be told from the rest, or are no YAML by themselves.
    """
    resources = path.read_text("utf-8").partition("\nresources:\n")[2] + "\n"
    # An entry runs to the next line that begins another entry or a key of the package.
    found = re.findall(rf"^- name: {re.escape(name)}\n(?:(?![-\w]).*\n)*", resources, re.MULTILINE)
    try:
        [[resource]] = [yaml.load(entry, Loader=_Loader) for entry in found]
    except (yaml.YAMLError, ValueError):
        return None
    return Table(name, paths.DATA / resource["path"], resource)


def sources_of(names: Iterable[str]) -> list[str]:
    """Return the source keys of several tables, each once, in the order first met."""
    return list(dict.fromkeys(key for name in names for key in describe(name).sources))
