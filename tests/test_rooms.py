"""The house: a room imports from the rooms below it, never from above."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from peru_asia import paths

# From the top down.
ROOMS = [
    "__main__",
    "book.make",
    "book.web",
    "book.print",
    "book.keep",
    "book.text",
    "book",
    "book.cells",
    "claims",
    "charts",
    "charts.subjects",
    "charts.kinds",
    "charts.base",
    "indicators",
    "data",
    "",  # what has no room of its own: errors, files, lazy, paths, uses
]
MODULES = sorted(paths.SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return the name of a module inside the package."""
    return ".".join(path.relative_to(paths.SOURCE).with_suffix("").parts).removesuffix("__init__")


def room_of(name: str) -> str:
    """Return the room that a module of the package is in."""
    return max((room for room in ROOMS if f"{name}.".startswith(f"{room}.")), key=len, default="")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield what a module imports of the package: the line, the name inside the package."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.Import(names=names):
                found = [each.name for each in names]
            case ast.ImportFrom(module=str(source), names=names):
                found = [f"{source}.{each.name}" for each in names]
            case _:
                continue
        for each in found:
            if each.split(".")[0] == "peru_asia":
                yield node.lineno, each.partition(".")[2]


@pytest.mark.parametrize("path", MODULES, ids=map(name_of, MODULES))
def test_imports_point_down(path: Path) -> None:
    here = ROOMS.index(room_of(name_of(path)))
    for line, name in imported(path):
        assert ROOMS.index(room_of(name)) >= here, f"line {line} imports {name} from above"


def test_an_import_from_above_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "bad.py"
    module.write_text("def later():\n    from peru_asia.book.web import pages\n")
    assert list(imported(module)) == [(2, "book.web.pages")]
    assert ROOMS.index(room_of("book.web.pages")) < ROOMS.index(room_of("book.text.anatomy"))
