"""A chapter as a notebook: its code cells, and its results put back into them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peru_asia.book.keep import store
from peru_asia.book.text.fences import blocks, split
from peru_asia.errors import BookError

if TYPE_CHECKING:
    from nbformat import NotebookNode

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

    They are those that MyST-NB finds (a test compares): they stand in no other block;
    `make.structure` refuses cells that are indented.
    """
    lines = text.splitlines()
    return [
        _cell(lines[block.body], block.first + 1)
        for block in blocks(lines)
        if block.name == "code-cell" and not (block.inside or block.indented)
    ]


def filled(notebook: "NotebookNode", chapter: str) -> "NotebookNode":
    """Return the notebook of an edition with the results of those cells of a chapter that it has.

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


def _cell(body: list[str], line: int) -> Cell:
    """Part a cell's options from its code."""
    options, _, _, end = split("\n".join(body))
    tags = tuple(tag for tag in _RUNS_OTHERWISE if tag in options)
    if end < len(body) and not body[end].strip():
        end += 1
    return Cell("\n".join(body[end:]), line + end, tags)
