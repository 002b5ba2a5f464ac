"""Which figure of the book shows what a chart looks like."""

import re

from peru_asia import files, paths
from peru_asia.book.text import chapters

_FIRST = paths.CHAPTERS / "reference" / "gallery.md"
_NOT_IN_EVERY_EDITION = re.compile(r"\{(solution|instructor)-start\}.*?\{\1-end\}", re.S)
_CELL = re.compile(r"^```\{code-cell\}.*?^```$", re.M | re.S)
_NAME = re.compile(r"^:? +name: (\S+)$", re.M)
_CALL = re.compile(r"\b(\w+\.\w+)\(")


def figures() -> dict[str, str]:
    """Return the label of a figure that each function draws, such as ``comparison.slope``.

    It is the first of the gallery, or else of the book; one that every edition has.
    """
    found: dict[str, str] = {}
    for path in sorted(chapters.all_chapters(), key=lambda path: path != _FIRST):
        for cell in _CELL.findall(_NOT_IN_EVERY_EDITION.sub("", files.read(path))):
            if name := _NAME.search(cell):
                for call in _CALL.findall(cell):
                    found.setdefault(call, name[1])
    return found
