"""A chapter as a notebook: its code cells, and its results put back into them."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peru_asia.book.keep import store
from peru_asia.errors import BookError

if TYPE_CHECKING:
    from nbformat import NotebookNode

_FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})(.*)")
_LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}  # colours the code on the page
_RUNS_OTHERWISE = ("raises-exception", "skip-execution")  # tags that decide how a cell is run


@dataclass(frozen=True)
class Cell:
    """A code cell: its code, the line on which that starts, and the tags that decide on its run."""

    code: str
    line: int
    tags: tuple[str, ...] = ()


def code_cells(text: str) -> list[Cell]:
    """Return the code cells of a chapter without the cost of parsing it.

    They are those that MyST-NB finds (a test compares): fences that stand in no other, nor in a
    comment; `make.structure` refuses cells that are indented.
    """
    cells: list[Cell] = []
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        opened = _FENCE.match(lines[number])
        if lines[number].lstrip().startswith("<!--"):
            while number < len(lines) and "-->" not in lines[number]:
                number += 1
        number += 1
        if not opened or (opened[1][0] == "`" and "`" in opened[2]):
            continue
        start, fence = number, opened[1]
        while number < len(lines) and not _closes(lines[number], fence):
            number += 1
        if opened[2].startswith("{code-cell}"):
            cells.append(_cell(lines[start:number], start + 1))
        number += 1
    return cells


def filled(notebook: "NotebookNode", chapter: str) -> "NotebookNode":
    """Return a notebook of an edition with the results of the cells that it has.

    Parameters
    ----------
    notebook
        The chapter as the edition has it, without results.
    chapter
        Its name, such as ``trade/partners``.

    Raises
    ------
    BookError
        If the chapter has not been run as it is.
    """
    from nbformat import from_dict

    notebook.metadata["language_info"] = from_dict(_LANGUAGE)
    result = store.run(chapter)
    ran = iter(result["cells"] if result else [])
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found = next((each for each in ran if each["code"] == cell.source), None)
            if found is None:
                raise BookError(
                    f"chapters/{chapter}.md has not been run as it is now; "
                    "build it with: python -m peru_asia html"
                )
            cell.outputs = [from_dict(output) for output in found["outputs"]]
    return notebook


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    return len(bare) >= len(fence) and set(bare) == {fence[0]}


def _cell(body: list[str], line: int) -> Cell:
    """Part a cell's options from its code."""
    end = 0
    if body and body[0].startswith("---"):
        end = next((n for n, row in enumerate(body[1:], 1) if row.startswith("---")), len(body)) + 1
    else:
        while end < len(body) and body[end].lstrip().startswith(":"):
            end += 1
    options = "\n".join(body[:end])
    tags = tuple(tag for tag in _RUNS_OTHERWISE if tag in options)
    if end < len(body) and not body[end].strip():
        end += 1
    return Cell("\n".join(body[end:]), line + end, tags)
