"""What a piece of work has used: the things that its result depends on.

A result is current as long as nothing that it used has changed. What was used is noted while the
work runs, so that nobody has to keep a list of it. A thing is named by its kind and its name:
``table:trade_by_partner``, ``source:wits2017`` (what it is called), ``file:references.bib``,
``module:peru_asia.charts.base.look``.
"""

import json
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from peru_asia import paths

ALL_TABLES = "tables:"  # the whole data package
DRAWN = "drawn:"  # which figure draws which chart

_noted: set[str] = set()


def note(thing: str) -> None:
    """Say that the work under way uses a thing."""
    _noted.add(thing)


def of_file(path: Path) -> str:
    """Return how a file of the repository is named as a thing."""
    return f"file:{paths.relative(path)}"


def note_file(path: Path) -> None:
    """Say that the work under way uses a file of the repository."""
    note(of_file(path))


@contextmanager
def noted() -> Generator[set[str]]:
    """Give a set that holds, at the end, what the work inside has used."""
    before = _noted.copy()
    _noted.clear()
    found: set[str] = set()
    try:
        yield found
    finally:
        found |= _noted
        _noted.update(before)


def watch() -> None:
    """Note every file of the repository that this process opens from now on.

    The tables, their descriptors and the bibliography, from which these take titles, are left
    out: who asks the data package is noted by table.
    """
    root = f"{paths.ROOT}/"
    ignored = tuple(f"{paths.ROOT / name}/" for name in ("src", "_build", ".venv", ".git"))

    def opened(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.abspath(os.fsdecode(arguments[0]))  # noqa: PTH100 (links stay links)
            if path.startswith(root) and not path.startswith(ignored):
                described = path.startswith(f"{paths.DATA}/") and path.endswith((".csv", ".yaml"))
                if path == str(paths.EDITIONS) or not (
                    described or path == str(paths.BIBLIOGRAPHY)
                ):
                    note_file(Path(path))

    sys.addaudithook(opened)


def report() -> str:
    """Return, as JSON, what this process has used, with the modules of this package."""
    modules = [f"module:{name}" for name in sys.modules if name.partition(".")[0] == "peru_asia"]
    return json.dumps(sorted({*_noted, *modules}))
