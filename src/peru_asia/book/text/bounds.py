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
    lines = files.read(path).split("\n")
    for cell in fences.blocks(lines):
        if cell.name != "code-cell":
            continue
        try:
            nodes = list(ast.walk(ast.parse(_code(lines, cell))))
        except SyntaxError:
            continue
        for call in nodes:
            if not isinstance(call, ast.Call) or ast.unparse(call.func) != "book.finding":
                continue
            literal = [each for each in call.keywords if isinstance(each.value, ast.Constant)]
            given = {each.arg: str(ast.literal_eval(each.value)) for each in literal}
            bound, chapter = given.get("bound", ""), _CHAPTER.search(given.get("text", ""))
            there = paths.CHAPTERS / f"{chapter[1]}.md" if chapter else None
            if there and not there.is_file():
                continue  # a link that leads nowhere is an error of its own
            said = files.read(there) if there else ""
            if not bound or _plain(bound) not in _plain(said):
                yield (
                    f"line {cell.first}: the finding's bound= is not in "
                    f"{f'chapters/{chapter[1]}.md' if chapter else 'a chapter that it names'}: "
                    f"'{bound}'; give half a sentence by which the chapter bounds it, word for word"
                )


def _code(lines: list[str], cell: fences.Block) -> str:
    return fences.split("\n".join(lines[cell.body]))[2]


def _plain(text: str) -> str:
    return " ".join(_OF_ANOTHER.sub("", text).split())
