"""Fingerprints of what results depend on, so that nothing stale is ever shown.

Whoever makes something stores with it the fingerprint of each thing that it used (see
`peru_asia.uses`); as long as all of them are the same, what was made is current. A module counts
by what it does: its text without comments and docstrings.
"""

import ast
import json
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from peru_asia import paths, rooms
from peru_asia.book.text import anatomy, gallery
from peru_asia.files import digest, walk

ENVIRONMENT = "environment:"  # Python and the pinned packages


def of(things: Iterable[str]) -> dict[str, str]:
    """Return the fingerprint of each thing."""
    return {thing: _of(thing) for thing in sorted(things)}


def same(recorded: Mapping[str, str]) -> bool:
    """Tell whether no thing has changed since its fingerprint was recorded."""
    return all(_unchanged(thing, then) for thing, then in recorded.items())


def reached(*modules: str) -> set[str]:
    """Return the modules of this package that some modules reach by their imports, as things.

    The import of a package which imports its modules when they are used counts for all of them.
    """
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        path = _module(name)
        if f"module:{name}" in found or not path.is_file():
            continue
        found.add(f"module:{name}")
        for _, each in rooms.imported(path):
            parts = each.split(".")
            waiting += [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
            waiting += _offered(each)
    return found


def _offered(name: str) -> list[str]:
    """Return the modules behind a package that imports them when used, or behind a name of it."""
    package, last = _module(name), ""
    if not package.is_file():
        package, last = _module(name.rpartition(".")[0]), name.rpartition(".")[2]
    if package.name != "__init__.py" or "lazy.names(" not in package.read_text("utf-8"):
        return []
    inside = list(package.parent.rglob("*.py"))
    named = [path for path in inside if path.stem == last] or inside
    return [f"peru_asia.{rooms.name_of(path)}" for path in named]


def inputs() -> tuple[list[Path], list[Path]]:
    """Return the folders, and the files besides, that any output depends on."""
    # The last go with the notebooks.
    packed = ("pyproject.toml", "README.md", "LICENSE", "requirements-lab.txt")
    named = [paths.CONFIG, paths.TOC, paths.BIBLIOGRAPHY, paths.REQUIREMENTS]
    named += [paths.ROOT / name for name in packed]
    return [paths.SOURCE, paths.DATA, paths.CHAPTERS], named


def everything() -> str:
    """Return the fingerprint of all that any output depends on, read as bytes."""
    folders, named = inputs()
    files = [*named, *chain.from_iterable(map(walk, folders))]
    return digest(_of(ENVIRONMENT) + "".join(paths.relative(path) + file(path) for path in files))


def forget() -> None:
    """Look at every thing anew, because something may have changed."""
    for remembered in (_of, _tree, file):
        remembered.cache_clear()


@cache
def file(path: Path) -> str:
    """Return the fingerprint of a file; that of an empty text if there is none."""
    return digest(path.read_bytes() if path.is_file() else b"")


@cache
def _of(thing: str) -> str:
    kind, _, name = thing.partition(":")
    match kind:
        case "module":
            path = _module(name)
            return f"{file(path)} {_tree(path)}"
        case "table":
            from peru_asia.data import package  # brings pandas, which most builds can do without

            if table := package.find(name):
                resource = json.dumps(table.resource, sort_keys=True, default=str)
                return digest(resource + file(table.path))
            return ""
        case "source":
            from peru_asia.data import bibliography  # brings pandas too

            return digest(json.dumps(bibliography.find(name)))
        case "tables":
            return digest("".join(map(file, walk(paths.DATA, ".csv", ".yaml"))))
        case "file":
            return file(paths.ROOT / name)
        case "anatomy":
            return digest(repr(anatomy.read(paths.ROOT / name)))
        case "drawn":
            return digest(repr(gallery.figures()))
        case "environment":
            return digest(f"{sys.version} {file(paths.REQUIREMENTS)}")
    raise ValueError(f"there is no kind of thing '{kind}'")


def _unchanged(thing: str, then: str) -> bool:
    if thing.startswith("module:"):
        path = _module(thing.partition(":")[2])
        raw, tree = then.split()
        return file(path) == raw or _tree(path) == tree
    return _of(thing) == then


def _module(name: str) -> Path:
    path = paths.SOURCE.joinpath(*name.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def _tree(path: Path) -> str:
    """Return the fingerprint of what a module does: comments and docstrings do not count."""
    if not path.is_file():
        return digest("")
    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError:
        return file(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body = node.body[1:]
    return digest(ast.dump(tree))
