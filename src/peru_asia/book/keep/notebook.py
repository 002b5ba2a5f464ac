"""The code cells of a chapter."""

from dataclasses import dataclass

from peru_asia.book.text.fences import blocks, split

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


def _cell(body: list[str], line: int) -> Cell:
    """Part a cell's options from its code."""
    options, _, _, end = split("\n".join(body))
    tags = tuple(tag for tag in _RUNS_OTHERWISE if tag in options)
    if end < len(body) and not body[end].strip():
        end += 1
    return Cell("\n".join(body[end:]), line + end, tags)
