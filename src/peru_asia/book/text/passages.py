"""The prose of a chapter: every passage that a reader will read, with its lines in the file."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from peru_asia import files, paths
from peru_asia.book.text.cell_texts import Piece, texts_in_cell
from peru_asia.book.text.fences import split
from peru_asia.book.text.typed_numbers import HIDDEN
from peru_asia.errors import BookError

_DIRECTIVE = re.compile(r"\{([^}\s]+)\}\s*(.*)")
_NO_PROSE = re.compile(
    "bibliography|code|code-block|contents|data-catalogue|image|include|literalinclude|math"
    "|mermaid|raw-cell|sourcecode|tableofcontents|toctree"
)
# The argument of any other directive is a title or a caption.
_ARGUMENT_IS_A_NAME = re.compile(
    "container|div|figure|glue:\\w+|grid|only|solution|solution-start|tab-set"
)
# Options, cell metadata and front matter that a reader sees.
_READ_KEYS = re.compile(
    "abstract|alt|caption|description|footer|header|subtitle|substitutions|title"
)
_TITLED_ROLE = re.compile(r"(.+?)\s*<[^<>]+>\Z", re.DOTALL)
_MARKUP = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_MARK = re.compile(r"\s*numbers?\s*:\s*(.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Mark:
    """A comment that says why a number may be typed: ``% number: 23 economies, the reason``."""

    line: int
    number: str
    reason: str


@dataclass(frozen=True)
class Passage:
    """A stretch of prose, and the marks that hold for it."""

    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """What the reader reads, with `HIDDEN` for whatever is not typed."""
        return "".join(text for text, _ in self.pieces)

    def line(self, offset: int) -> int:
        """Return the line in the file of a place in `text`."""
        ends = accumulate(len(text) for text, _ in self.pieces)
        return next(line for end, (_, line) in zip(ends, self.pieces, strict=True) if offset < end)


def read(text: str) -> tuple[list[Passage], list[Mark], list[str]]:
    """Return the passages of a chapter, the marks in it, and one line for what cannot be read.

    Raises
    ------
    BookError : if ``_config.yml`` does not say how to read a chapter
    """
    reader = _Reader()
    reader.blocks(text, 1, ())
    return reader.passages, reader.marks, reader.problems


@cache
def _parser() -> MarkdownIt:
    """Return a parser with the book's own extensions, but for the one that alters the text."""
    config = files.load(paths.CONFIG)
    try:
        parse = MdParserConfig(
            enable_extensions=set(config["parse"]["myst_enable_extensions"]) - {"smartquotes"},
            linkify_fuzzy_links=config["parse"].get("myst_linkify_fuzzy_links", True),
        )
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise BookError(
            f"{paths.relative(paths.CONFIG)}: 'myst_enable_extensions' under 'parse' is not a list "
            f"of what MyST knows ({error}); correct it"
        ) from error
    return create_md_parser(parse, RendererHTML)


class _Reader:
    """Walks through a chapter; lines are those of the file, counted from one."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.marks: list[Mark] = []
        self.problems: list[str] = []
        self._assigned: dict[str, list[Piece]] = {}

    def blocks(self, markdown: str, line: int, marks: tuple[Mark, ...]) -> None:
        """Read Markdown that starts on `line`."""
        self._children(SyntaxTreeNode(_parser().parse(markdown)), line, marks)

    def _children(self, node: SyntaxTreeNode, line: int, marks: tuple[Mark, ...]) -> None:
        pending: tuple[Mark, ...] = ()
        for child in node.children:
            if child.type == "myst_line_comment":
                found = tuple(_marks(child.content, _start(child, line)))
                self.marks += found
                pending += found
            else:
                self._block(child, line, marks + pending)
                pending = ()

    def _block(self, node: SyntaxTreeNode, line: int, marks: tuple[Mark, ...]) -> None:
        start = _start(node, line)
        match node.type:
            case "inline" if node.token:
                self._add(_inline(node.token, start), marks)
            case "fence" | "colon_fence":
                self._directive(node.info, node.content, start, marks)
            case "front_matter":
                self._yaml(node.content, start + 1, marks, "this header is")
            case "html_block":
                self._html(node.content, start, marks)
            case _:
                self._children(node, line, marks)

    def _add(self, pieces: Iterable[Piece], marks: tuple[Mark, ...]) -> None:
        self.passages.append(Passage(tuple(pieces), marks))

    def _directive(self, info: str, content: str, line: int, marks: tuple[Mark, ...]) -> None:
        match = _DIRECTIVE.match(info)
        if not match:
            return
        name, argument = match.groups()
        options, options_at, body, body_at = split(content)
        self._yaml(options, line + 1 + options_at, marks)
        if name == "code-cell":
            self._cell(body, line + 1 + body_at, marks)
        elif name == "raw":
            self._html(body, line + 1 + body_at, marks)
        elif not _NO_PROSE.fullmatch(name):
            if not _ARGUMENT_IS_A_NAME.fullmatch(name):
                self.blocks(argument, line, marks)
            self.blocks(body, line + 1 + body_at, marks)

    def _yaml(
        self, text: str, line: int, marks: tuple[Mark, ...], what: str = "these options are"
    ) -> None:
        try:
            node = yaml.compose(text, Loader=files.FAST_YAML) if text else None
        except yaml.YAMLError as error:
            at, why = files.why_not_yaml(error)
            self.problems.append(f"line {line + at - 1}: {what} {why}")
            return
        for scalar in _scalars(node):
            rows = text[scalar.start_mark.index : scalar.end_mark.index].splitlines()
            start = line + scalar.start_mark.line
            if scalar.style in ("|", ">"):
                rows, start = rows[1:], start + 1
            elif len(rows) == 1:
                rows = [scalar.value]
            self.blocks("\n".join(row.strip() for row in rows), start, marks)

    def _html(self, text: str, line: int, marks: tuple[Mark, ...]) -> None:
        prose = _MARKUP.sub(lambda match: "\n" * match.group().count("\n"), text)
        rows = enumerate(prose.splitlines(keepends=True), line)
        self._add(((html.unescape(row), at) for at, row in rows), marks)

    def _cell(self, code: str, line: int, marks: tuple[Mark, ...]) -> None:
        try:
            texts = texts_in_cell(code, line, self._assigned)
        except BookError as error:
            self.problems.append(str(error))
            return
        for pieces in texts:
            tokens = ((_parser().parseInline(text), at) for text, at in pieces)
            self._add((shown for [token], at in tokens for shown in _inline(token, at)), marks)


def _marks(comment: str, line: int) -> Iterator[Mark]:
    """Read the marks in a comment; a reason may go on over further lines."""
    found: list[tuple[int, list[str]]] = []
    for at, row in enumerate(comment.splitlines(), line):
        if match := _MARK.match(row):
            found.append((at, [match[1].strip()]))
        elif found:
            found[-1][1].append(row.strip())
    for at, rows in found:
        number, _, reason = " ".join(rows).partition(", ")
        yield Mark(at, number.strip(" ,"), reason.strip())


def _start(node: SyntaxTreeNode, line: int) -> int:
    return line + (node.map[0] if node.map else 0)


def _scalars(node: yaml.Node | None, read: bool = False) -> Iterator[Any]:  # PyYAML has no types
    """Find the texts under the keys that a reader sees."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, read or bool(_READ_KEYS.fullmatch(str(key.value))))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value, read)
    elif isinstance(node, yaml.ScalarNode) and read:
        yield node


def _inline(token: Token, line: int) -> Iterator[Piece]:
    """Yield what a reader sees of a paragraph, line by line."""
    source = token.content.replace("\n", " ")
    at, address = 0, False
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            yield "\n", line + token.content.count("\n", 0, at)
            at = token.content.find("\n", at) + 1
            continue
        here = source.find(child.content, at)
        if here < 0:  # written as an entity, or escaped
            here = at
        if child.type in ("link_open", "link_close"):
            address = child.nesting == 1 and child.markup in ("autolink", "linkify")
        if shown := HIDDEN if address and child.type == "text" else _shown(child):
            yield shown, line + token.content.count("\n", 0, here)
        at = here + len(child.content)


def _shown(token: Token) -> str:
    if token.type == "text":
        return token.content
    if token.type == "image":
        return f" {''.join(text for text, _ in _inline(token, 0))} "
    if token.type == "myst_role" and (match := _TITLED_ROLE.match(token.content)):
        return match[1] + HIDDEN
    if token.nesting or token.type in ("html_inline", "footnote_ref"):
        return ""
    return HIDDEN
