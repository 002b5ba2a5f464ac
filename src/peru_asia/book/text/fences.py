"""The blocks between fences in a chapter, as MyST nests them; read without a Markdown parser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

COMMENT = "<!--"  # the name of a block that is a comment of HTML

_FENCE = re.compile(r"(:{3,}|`{3,}(?!.*`)|~{3,})\s*(.*)")
_DIRECTIVE = re.compile(r"\{([^}\s]+)\}(?:\s+(.*))?\Z")

# What stands in these is not read as Markdown.
_VERBATIM = re.compile(
    f"{COMMENT}|code|code-block|code-cell|eval-rst|include|literalinclude|math|mermaid|raw"
    "|raw-cell|sourcecode"
)


@dataclass(frozen=True)
class Block:
    """A block between two fences, or a comment of HTML."""

    first: int  # the lines of its fences, counted from one
    last: int  # an open block ends with what it stands in
    opening: str  # the fence as it is written
    closing: str  # the fence as it must be
    name: str  # of its directive; empty for a block without one
    argument: str
    closed: bool  # whether its closing fence is there
    inside: "Block | None"  # the block that it stands in

    @property
    def verbatim(self) -> bool:
        """Whether its content is not Markdown."""
        plain = not self.name and not self.closing.startswith(":")
        return plain or bool(_VERBATIM.fullmatch(self.name))

    @property
    def indented(self) -> bool:
        """Whether its opening fence does not start the line."""
        return self.opening[:1].isspace()

    @property
    def body(self) -> slice:
        """Where the lines between its fences stand in the chapter's list of lines."""
        return slice(self.first, self.last - self.closed)


def blocks(lines: list[str]) -> list[Block]:
    """Return all blocks of a chapter's lines, in the order of their opening fences."""
    return list(_blocks(lines, header(lines), len(lines), None))


def cells(lines: list[str]) -> Iterator[tuple[Block, str, str]]:
    """Yield each code cell of a chapter's lines, with its options, in YAML, and its code."""
    for block in blocks(lines):
        if block.name == "code-cell":
            options, _, code, _ = split("\n".join(lines[block.body]))
            yield block, options, code


def header(lines: list[str]) -> int:
    """Return how many lines the front matter takes, fences included; 0 if there is none."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    ends = (number for number, line in enumerate(lines[1:], 2) if line.rstrip() == "---")
    return next(ends, 0)


def split(content: str) -> tuple[str, int, str, int]:
    """Part a directive's options from its body; each comes with the lines before it."""
    rows = content.splitlines()
    if rows and rows[0].startswith("---"):
        end = next((i for i, row in enumerate(rows[1:], 1) if row.startswith("---")), len(rows))
        return "\n".join(rows[1:end]), 1, "\n".join(rows[end + 1 :]), end + 1
    end = 0
    while end < len(rows) and re.match(r"\s*:(?!::)", rows[end]):
        end += 1
    options = "\n".join(row.lstrip()[1:] for row in rows[:end])
    return options, 0, "\n".join(rows[end:]), end


def _blocks(lines: list[str], start: int, end: int, inside: Block | None) -> Iterator[Block]:
    """Find the blocks in `lines[start:end]`, the content of the block `inside`."""
    number = start
    while number < end:
        opening = lines[number].rstrip()
        if opening.lstrip().startswith(COMMENT):
            closing, name, argument = "-->", COMMENT, ""
            ends = (n for n in range(number, end) if closing in lines[n])
        elif fence := _FENCE.match(opening.lstrip()):
            closing = fence[1]
            directive = _DIRECTIVE.match(fence[2])
            name, argument = directive.groups("") if directive else ("", "")
            ends = (n for n in range(number + 1, end) if _closes(lines[n], closing))
        else:
            number += 1
            continue
        close = next(ends, None)
        last = end if close is None else close + 1
        block = Block(number + 1, last, opening, closing, name, argument, close is not None, inside)
        yield block
        if not block.verbatim:
            yield from _blocks(lines, block.body.start, block.body.stop, block)
        number = last


def _closes(line: str, fence: str) -> bool:
    line = line.strip()
    return len(line) >= len(fence) and not line.strip(fence[0])
