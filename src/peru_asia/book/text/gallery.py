"""Which figure of the book shows what a chart looks like."""

import re

from peru_asia import files, paths
from peru_asia.book.text import chapters, fences
from peru_asia.book.text.editions import Edition, select

_FIRST = paths.CHAPTERS / "reference" / "gallery.md"
_NAME = re.compile(r"^ +name: (\S+)$", re.M)
_CALL = re.compile(r"\b(\w+\.\w+)\(")


def figures() -> dict[str, str]:
    """Return the label of a figure that each function draws, such as ``comparison.slope``.

    It is the first of the gallery, or else of the book; one that every edition has.
    """
    found: dict[str, str] = {}
    for path in sorted(chapters.all_chapters(), key=lambda path: path != _FIRST):
        text = select(files.read(path), Edition.STUDENT, paths.relative(path))
        for _, options, code in fences.cells(text.split("\n")):
            if name := _NAME.search(options):
                for call in _CALL.findall(code):
                    found.setdefault(call, name[1])
    return found
