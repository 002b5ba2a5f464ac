"""What the data package says of its tables: the only reader of the descriptors.

A table is described in a YAML file beside its CSV file. What several tables share (licences,
fields of one name, the order of the tables) stands once, in ``data/package.yaml``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from peru_asia import __version__, files, paths, uses
from peru_asia.errors import BookError, did_you_mean

_CONSTRAINTS = ("required", "unique", "minimum", "maximum", "pattern", "enum")
_TYPES = ("string", "integer", "number", "boolean", "date")

# The keys that a descriptor must have, with the shape of their values, and those that it may have.
_PARTS = ("gaps", "compiled", "method")
_PACKAGE = (
    dict.fromkeys(("name", "title", "description"), object)
    | dict.fromkeys(("licence", "licences", "tables", "fields"), dict),
    [],
)
_TABLE = (
    dict.fromkeys(("title", "description", "vintage", *_PARTS), object)
    | {"sources": list, "licences": list, "fields": dict, "primaryKey": list},
    ["coverage", "rules"],
)
_RULE = (
    dict.fromkeys(("holds", "column", "wrong", "message"), str),
    ["rows", "join", "let", "once"],
)
_FIELD = ({"unit": object, "description": object}, ["type", "title", "refers", *_CONSTRAINTS])
_SHARED_FIELD = ({}, [*_FIELD[0], *_FIELD[1]])
_SHAPES: dict[type, str] = {
    str: "a text",
    list: "a list, such as [a, b]",
    dict: "keys with values, such as 'a: b'",
}


@dataclass(frozen=True)
class Table:
    """One table of the data package, as its descriptor describes it.

    Attributes
    ----------
    name : the name to give to `peru_asia.data.load`
    path : its CSV file
    entry : its entry in the package, but for what other files know: the titles of its sources, and
        the years that its rows cover
    rules : what must hold in it, by name, as `peru_asia.data.sanity.rules` reads it
    """

    name: str
    path: Path
    entry: dict[str, Any]
    rules: dict[str, dict[str, Any]]

    @property
    def resource(self) -> dict[str, Any]:
        """The entry with the titles of its sources, which ``references.bib`` knows."""
        from peru_asia.data import bibliography

        return self.entry | {"sources": bibliography.described(self.sources)}

    @property
    def stamp(self) -> tuple[str, int]:
        """What caches of its rows go by: it changes with them, and with `use`."""
        return str(self.path), _stamp(self.path)

    @property
    def title(self) -> str:
        """Title for people."""
        return self.entry["title"]

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The schema's fields, in the order of the columns."""
        return self.entry["schema"]["fields"]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [field["name"] for field in self.fields]

    @property
    def sources(self) -> list[str]:
        """Keys of ``references.bib``."""
        return self.entry["sources"]

    @property
    def vintage(self) -> str:
        """Date of the newest source's edition, as YYYY, YYYY-MM or YYYY-MM-DD."""
        return self.entry["vintage"]

    @property
    def licences(self) -> list[dict[str, str]]:
        """Licences or terms, each with name, title and, where there is one, path."""
        return self.entry["licenses"]


class Tables(dict[str, Table]):
    """Tables by name, which show their names and titles."""

    def __repr__(self) -> str:
        width = max(map(len, self), default=0)
        return "\n".join(f"{name:{width}}  {table.title}" for name, table in self.items())


def use(folder: str | Path) -> None:
    """Take the data from a folder from now on, in place of those that were found.

    Without it, the data are those of the folder that ``PERU_ASIA_DATA`` names; if it is not set,
    of the clone that Python was started in; else those that came with the package.

    Parameters
    ----------
    folder : of a data package, with ``package.yaml``; or one that has it in ``data/``

    Raises
    ------
    BookError : if there is none

    Examples
    --------
    >>> data.use("no/such/folder")
    Traceback (most recent call last):
        ...
    peru_asia.errors.BookError: there is no data package in no/such/folder: ...
    """
    found = paths.data_folder(Path(folder).expanduser().resolve())
    if found is None:
        raise BookError(
            f"there is no data package in {folder}: neither {folder}/package.yaml nor "
            f"{folder}/data/package.yaml is there"
        )
    paths.use(found)


def tables() -> Tables:
    """Return every table of the package by name, in the package's order, to print or to use.

    Raises
    ------
    BookError : if a descriptor cannot be read

    Examples
    --------
    >>> data.tables()["trade_by_partner"].title
    "Peru's goods trade by partner"
    """
    uses.note(uses.ALL_TABLES)
    return Tables({name: _read(path) for name, path in descriptors().items()})


def describe(name: str) -> Table:
    """Return what the package says of the table called `name`.

    Raises
    ------
    BookError : if there is no such table; the message suggests the nearest names. If its descriptor
        cannot be read; the message names file and line.

    Examples
    --------
    >>> data.describe("trade_by_partner").columns[:4]
    ['year', 'partner', 'flow', 'value_usd_m']
    """
    uses.note(f"table:{name}")
    table = find(name)
    if table is None:
        for path in paths.DATA.glob(f"*/{name}.csv"):
            where = paths.relative(path)
            raise BookError(
                f"{where}: not described; write {name}.yaml beside it, like that of another table"
            )
        raise BookError(
            f"there is no table '{name}' in {paths.relative(paths.DATA)}/; "
            + did_you_mean(name, descriptors())
        )
    return table


def find(name: str) -> Table | None:
    """Return what the package says of a table, if there is one of this name."""
    return next(map(_read, paths.DATA.glob(f"*/{name}.yaml")), None)


def descriptors() -> dict[str, Path]:
    """Return the descriptor of every table by its name, in the order of ``data/package.yaml``.

    A table that the order does not name comes after the others of its folder.
    """
    known = {path.stem: path for path in sorted(paths.DATA.glob("*/*.yaml"))}
    order = package()["tables"]
    folders = [*order, *(path.parent.name for path in known.values())]
    places = {name: place for names in order.values() for place, name in enumerate(names)}

    def rank(path: Path) -> tuple[int, int]:
        return folders.index(path.parent.name), places.get(path.stem, len(places))

    return dict(sorted(known.items(), key=lambda each: rank(each[1])))


def sources_of(names: Iterable[str]) -> list[str]:
    """Return the source keys of several tables, each once, in the order first met.

    Examples
    --------
    >>> data.sources_of(["long_run_gdp", "long_run_trade"])
    ['bolt2020maddison', 'barbieri2009cow', 'barbieri2016cow']
    """
    return list(dict.fromkeys(key for name in names for key in describe(name).sources))


def package() -> dict[str, Any]:
    """Return what ``data/package.yaml`` says of the package as a whole.

    Raises
    ------
    BookError : if it is missing, is no YAML, or has a key too many or too few
    """
    if not paths.PACKAGE.exists():
        looked = ", ".join(map(str, paths.places()))
        raise BookError(
            f"{paths.relative(paths.PACKAGE)}: missing, so there are no data; they were looked for "
            f"in {looked}. Name their folder in {paths.FROM}, or give it to data.use"
        )
    return _package(paths.PACKAGE, _stamp(paths.PACKAGE))


def _stamp(path: Path) -> int:
    """Return when a file was changed last, which caches go by."""
    return path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=2)
def _package(path: Path, _modified: int) -> dict[str, Any]:
    said = files.load(path)
    _refuse(path, _keys(said, _PACKAGE, "the package"))
    for name, field in said["fields"].items():
        _refuse(path, _keys(field, _SHARED_FIELD, f"field {name}", name))
    return said


def _read(path: Path) -> Table:
    package()  # whose own problems come first
    return _table(path, _stamp(path), paths.PACKAGE, _stamp(paths.PACKAGE))


@lru_cache(maxsize=512)  # more than there are tables, or a walk over all would find none again
def _table(path: Path, _modified: int, _package: Path, _package_modified: int) -> Table:
    said, shared = files.load(path), package()
    _refuse(path, _keys(said, _TABLE, f"table {path.stem}"))  # the rest needs the keys
    fields, wrong = {}, []
    for name, own in said["fields"].items():
        wrong += _keys(own, _SHARED_FIELD, f"field {name}", name)
        field = shared["fields"].get(name, {}) | (own if isinstance(own, dict) else {})
        # An empty value takes back what the shared field says.
        fields[name] = {key: value for key, value in field.items() if value is not None}
        if not wrong:
            wrong += _keys(fields[name], _FIELD, f"field {name}", name)
        wrong += _unknown("type", [fields[name].get("type", "string")], _TYPES, name)
    wrong += _unknown("field", said["primaryKey"], fields, "primaryKey")
    wrong += _unknown("licence", said["licences"], shared["licences"], "licences")
    rules = said.get("rules") or {}
    for name, rule in rules.items():
        wrong += _keys(rule, _RULE, f"rule {name}", name)
        if not wrong:
            wrong += _unknown("field", [rule["column"]], fields, name)
    _refuse(path, wrong)
    csv = path.with_suffix(".csv")
    return Table(path.stem, csv, _entry(csv, said, fields, shared["licences"]), rules)


def _entry(
    csv: Path, said: dict[str, Any], fields: dict[str, dict], licences: dict[str, dict]
) -> dict[str, Any]:
    """Return a table's entry in the words of the standard."""
    keys = [
        {"fields": [column], "reference": {"resource": table, "fields": [there]}}
        for column, field in fields.items()
        if "refers" in field
        for table, _, there in [field["refers"].partition(".")]
    ]
    return {
        "name": csv.stem,
        "type": "table",
        "path": csv.relative_to(paths.DATA).as_posix(),
        "title": said["title"],
        "description": said["description"],
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "sources": said["sources"],
        "licenses": [licences[key] for key in said["licences"]],
        "vintage": str(said["vintage"]),
        **({"coverage": str(said["coverage"])} if "coverage" in said else {}),
        **{part: said[part] for part in _PARTS},
        "schema": {
            "fields": [_field(column, field) for column, field in fields.items()],
            "primaryKey": said["primaryKey"],
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _field(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    kind = said.get("type", "string")
    limits = {key: said[key] for key in _CONSTRAINTS if said.get(key, False) is not False}
    if kind == "integer" and said["unit"] == "year" and not {"maximum", "enum"} & set(limits):
        # Nothing has happened after this edition. What is only planned says how far it may go.
        limits["maximum"] = int(__version__.partition(".")[0])
    return {
        "name": name,
        "type": kind,
        "title": said.get("title", name.replace("_", " ").capitalize()),
        "unit": said["unit"],
        "description": said["description"],
        **({"constraints": limits} if limits else {}),
    }


def _keys(
    said: object, known: tuple[Mapping[str, type], Sequence[str]], what: str, at: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield each key that nobody knows or that is missing: where it is, and what is wrong."""
    needed, others = known
    said = said or {}
    if not isinstance(said, dict):
        yield at, f"{what} must be {_SHAPES[dict]}"
        return
    for key in said:
        if key not in needed and key not in others:
            hint = did_you_mean(str(key), [*needed, *others])
            yield f"{at} {key}", f"{what} has an unknown key '{key}'; {hint}"
    for key, shape in needed.items():
        if said.get(key) is None:
            yield at, f"{what} has no {key}; add it"
        elif not isinstance(said[key], shape):
            yield key, f"{key} must be {_SHAPES[shape]}"


def _unknown(
    kind: str, words: Iterable[str], known: Iterable[str], at: str
) -> Iterator[tuple[str, str]]:
    for word in words:
        if word not in known:
            yield at, f"there is no {kind} '{word}'; {did_you_mean(str(word), known)}"


def _refuse(path: Path, wrong: Iterable[tuple[str, str]]) -> None:
    """Raise what is wrong in a descriptor, each with the line on which its words stand."""
    said = []
    for at, why in wrong:
        lines = path.read_text("utf-8").splitlines()
        found = [n for n, line in enumerate(lines, 1) if all(f"{w}:" in line for w in at.split())]
        said.append(f"{paths.relative(path)}, line {[*found, 1][0]}: {why}")
    if said:
        raise BookError("\n".join(said))
