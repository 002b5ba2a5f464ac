"""The rooms of the package, from the top down, and what they import: only from rooms below."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from peru_asia import paths

if TYPE_CHECKING:
    import pandas as pd

ROOMS = {
    "__main__": "the command line",
    "book.make": "what runs when: checks, execution, the build",
    "book.web": "the Sphinx side: nodes, roles, directives, scripts and styles",
    "book.print": "from doctrees to Typst",
    "book.keep": "what is kept between builds, and whether it is still right",
    "book.text": "chapters as texts, and checks of their prose",
    "book": "the names that a chapter uses",
    "book.cells": "what a cell calls: facts, figures, tables",
    "claims": "what the sources said against what the tables say",
    "charts": "the names of the charts that chapters call",
    "charts.subjects": "charts of one subject",
    "charts.kinds": "general charts of any tidy table",
    "charts.base": "theme, layout, and what charts check of their input",
    "indicators": "pure functions on tidy tables",
    "data": "the data package as typed tables, and its checks",
    "": "what all rooms share: errors, files, paths",
}


def modules() -> list[Path]:
    """Return the files of the package's modules."""
    return sorted(paths.SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return the name of a module inside the package, such as ``data.check``; "" for itself."""
    parts = path.relative_to(paths.SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def room_of(name: str) -> str:
    """Return the room that a module is in."""
    inside = [room for room in ROOMS if f"{name}.".startswith(f"{room}.")]
    return max(inside, key=len, default="")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of whatever a module imports of the package.

    An import counts wherever it stands in a module, also in a function.
    """
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.Import(names=names):
                found = [each.name for each in names]
            case ast.ImportFrom(module=str(source), level=0, names=names):
                found = [f"{source}.{each.name}" for each in names]
            case _:
                continue
        yield from ((node.lineno, name) for name in found if name.split(".")[0] == "peru_asia")


def imports() -> "pd.DataFrame":
    """Count the imports between rooms.

    Returns
    -------
    One row a pair of rooms, the upper one importing: columns ``room``, ``imports_from``,
    ``imports``.
    """
    import pandas as pd  # a build without changes can do without

    pairs = [
        (room_of(name_of(path)), room_of(name.partition(".")[2]))
        for path in modules()
        for _, name in imported(path)
    ]
    frame = pd.DataFrame(pairs, columns=["room", "imports_from"])
    return frame.value_counts().rename("imports").reset_index()
