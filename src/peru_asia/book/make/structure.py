"""Checks of a chapter's frame: header, title, fences, and the order and options of its cells."""

import re
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import yaml

from peru_asia import files
from peru_asia.book.text.editions import passages
from peru_asia.book.text.fences import Block, blocks, header, split

_DRAWS = re.compile(r"^[^#\n]*\bbook\.figure\(", re.MULTILINE)
_HEADER = {"jupytext.text_representation.format_name": "myst", "kernelspec.name": "python3"}
_LIKE_THE_OTHERS = "copy the header, from '---' to '---', of another chapter that has code cells"
_EXAMPLES = {"name": "fig-name", "caption": "What it shows."}  # what a figure must have
_PICTURES = ("image", "figure")  # directives
_BARE = re.compile(r"!\[\s*\]\(")  # a picture without words
_ALT = re.compile(r"^alt:\s*\S", re.MULTILINE)
_RANKS = {"solution": 1, "instructor": 2}
_OF_RANK = ("a cell that every edition has", "a cell of a solution", "a cell of the notes")


class Structure:
    """The blocks of a chapter's text, and what is wrong with them."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._blocks = blocks(self._lines)
        self._cells = [block for block in self._blocks if block.name == "code-cell"]

    def problems(self) -> list[str]:
        """Return one line for each problem."""
        checks = (
            self._header, self._title, self._fences, self._places, self._figures, self._pictures,
            self._order,
        )  # fmt: skip
        return [problem for check in checks for problem in check()]

    def figures(self) -> list[tuple[str, int]]:
        """Return the names of the chapter's figures, each with the line of its cell."""
        named = [(_figure(self._body(cell)).get("name"), cell.first) for cell in self._cells]
        return [(str(name), line) for name, line in named if name]

    def readable(self) -> str:
        """Return the text without the cells that run into what follows them."""
        lines = list(self._lines)
        for cell in filter(self._runs_on, self._cells):
            lines[cell.first - 1 : cell.last] = [""] * (cell.last - cell.first + 1)
        return "\n".join(lines)

    def _body(self, block: Block) -> str:
        return "\n".join(self._lines[block.body])

    def _header(self) -> Iterator[str]:
        end = header(self._lines)
        if self._lines[0].startswith("\ufeff"):
            yield "line 1: starts with a byte order mark; save the file as UTF-8 without one"
        elif self._lines[0].rstrip() == "---" and not end:
            yield "line 1: the header has no end; put '---' on a line of its own after it"
        elif self._cells and not end:
            yield f"line 1: no header, so that its cells would not run; {_LIKE_THE_OTHERS}"
        elif end:
            try:
                given = yaml.load("\n".join(self._lines[1 : end - 1]), Loader=files.FAST_YAML)
            except yaml.YAMLError:
                return  # number_check.py says so
            for key, right in _HEADER.items() if self._cells else ():
                if _in(given, key) != right:
                    yield (
                        f"line 1: the header's {key} is not '{right}', so that the cells would not "
                        f"run; {_LIKE_THE_OTHERS}"
                    )

    def _title(self) -> Iterator[str]:
        inside = set(range(header(self._lines)))
        inside.update(n for block in self._blocks for n in range(block.first - 1, block.last))
        titles = [
            (n, line)
            for n, (line, below) in enumerate(pairwise([*self._lines, ""]), 1)
            if n - 1 not in inside
            and (re.match(r"#\s+\S", line) or (line.strip() and re.fullmatch("=+ *", below)))
        ]
        if not titles:
            yield f"line {header(self._lines) + 1}: no title; start the text with '# Title'"
        for line, title in titles[1:]:
            yield (
                f"line {line}: a second title '{title.strip()}', after that of line "
                f"{titles[0][0]}; make it a section, '## …'"
            )

    def _fences(self) -> Iterator[str]:
        for block in self._blocks:
            if block.name == "code-cell" and (swallowed := self._runs_on(block)):
                yield (
                    f"line {block.first}: this cell is not closed before line {swallowed}; put "
                    f"'{block.closing}' on a line of its own after its code"
                )
            elif not block.closed and not block.name.endswith(("-start", "-end")):
                outer = block.inside
                before = f" before the end of the block of line {outer.first}" if outer else ""
                yield (
                    f"line {block.first}: '{block.opening.strip()}' is not closed{before}; put "
                    f"'{block.closing}' on a line of its own after its content"
                    + (", and give the fences of the outer block one mark more" if outer else "")
                )

    def _runs_on(self, cell: Block) -> int:
        """Return the line of a fence that opens inside a cell, or of the chapter's end; or 0."""
        fence = re.compile(r"(?:`{3,}|:{3,})\s*\{[\w:-]+\}")
        lines = enumerate(self._lines[cell.body], cell.first + 1)
        return next((n for n, line in lines if fence.match(line)), 0 if cell.closed else cell.last)

    def _places(self) -> Iterator[str]:
        for cell in self._cells:
            if cell.inside:
                yield (
                    f"line {cell.first}: a code cell inside '{cell.inside.opening.strip()}' would "
                    "not run; move it out of the block"
                )
            elif not re.match(r"[`~]+\{", cell.opening):
                yield (
                    f"line {cell.first}: a code cell opened with '{cell.opening}' would not run; "
                    "write '```{code-cell} ipython3' at the start of a line and close it with '```'"
                )

    def _figures(self) -> Iterator[str]:
        drawing = (cell for cell in self._cells if _DRAWS.search(split(self._body(cell))[2]))
        for cell, (key, example) in product(drawing, _EXAMPLES.items()):
            if not _figure(self._body(cell)).get(key):
                yield (
                    f"line {cell.first}: the figure of this cell has no {key}; add it to the "
                    f"cell's options, under 'mystnb:', '  figure:', as '    {key}: {example}'"
                )

    def _pictures(self) -> Iterator[str]:
        unread = [block for block in self._blocks if block.verbatim or block.name in _PICTURES]
        inside = {n for block in unread for n in range(block.first, block.last + 1)}
        bare = [
            n for n, line in enumerate(self._lines, 1) if n not in inside and _BARE.search(line)
        ]
        bare += [
            block.first
            for block in self._blocks
            if block.name in _PICTURES and not _ALT.search(split(self._body(block))[0])
        ]
        for line in sorted(bare):
            yield (
                f"line {line}: this picture says nothing to readers who cannot see it; write what "
                "it shows between the brackets of '![…](…)', or as the option ':alt:' of its block"
            )

    def _order(self) -> Iterator[str]:
        """Cells come as every edition keeps them, so that one run of all of them serves each."""
        marked = list(passages(self._blocks))
        highest, before = 0, 0
        for cell in self._cells:
            around = (p.kind for p in marked if p.start.first < cell.first < p.end.first)
            rank = _RANKS.get(next(around, ""), 0)
            if rank < highest:
                yield (
                    f"line {cell.first}: {_OF_RANK[rank]} stands after {_OF_RANK[highest]}, of "
                    f"line {before}; move it above that, so that one run serves all editions"
                )
            else:
                highest, before = rank, cell.first


def _figure(body: str) -> dict[str, Any]:
    """Return the figure's options of a cell."""
    try:
        options = yaml.load(split(body)[0], Loader=files.FAST_YAML)
    except yaml.YAMLError:
        return {}  # number_check.py says so
    figure = _in(options, "mystnb.figure")
    return figure if isinstance(figure, dict) else {}


def _in(given: Any, key: str) -> Any:
    for part in key.split("."):
        given = given.get(part) if isinstance(given, dict) else None
    return given
