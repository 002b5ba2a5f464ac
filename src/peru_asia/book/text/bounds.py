"""What bounds each finding of a page: half a sentence that its chapter says, word for word."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from peru_asia import files, paths
from peru_asia.book.text import fences

_CHAPTER = re.compile(r"\{doc\}`[^`<]*<([^`>]+)>`")
_OF_ANOTHER = re.compile(r"(?<=`)[\w/.-]+\.md::")  # the path of a fact that another chapter states


def problems(path: Path) -> Iterator[str]:
    """Yield, by its line, each finding of a page that its chapter does not bound as it says.

    A page whose cells cannot be read has none here; other checks name it.
    """
    for cell, _, code in fences.cells(files.read(path).split("\n")):
        try:
            nodes = list(ast.walk(ast.parse(code)))
        except SyntaxError:
            continue
        calls = (node for node in nodes if isinstance(node, ast.Call))
        for call in calls:
            if ast.unparse(call.func) == "book.finding" and (wrong := _wrong(call)):
                yield f"line {cell.first}: {wrong}"


def _wrong(call: ast.Call) -> str:
    """Return what is wrong with the bound of a finding, if anything is."""
    given = {
        each.arg: str(each.value.value)
        for each in call.keywords
        if isinstance(each.value, ast.Constant)
    }
    bound, chapter = given.get("bound", ""), _CHAPTER.search(given.get("text", ""))
    said, where = "", "a chapter that it names"
    if chapter:
        there = paths.CHAPTERS / f"{chapter[1]}.md"
        if not there.is_file():
            return ""  # a link that leads nowhere is an error of its own
        said, where = files.read(there), f"chapters/{chapter[1]}.md"
    if bound and _plain(bound) in _plain(said):
        return ""
    return (
        f"the finding's bound= is not in {where}: '{bound}'; give half a sentence by which the "
        "chapter bounds it, word for word"
    )


def _plain(text: str) -> str:
    return " ".join(_OF_ANOTHER.sub("", text).split())
