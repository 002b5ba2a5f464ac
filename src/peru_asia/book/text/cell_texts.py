"""What a cell gives readers to read: alt texts, captions, findings, notes; without their values."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from peru_asia.book.cells.mimes import PLACE
from peru_asia.book.text.typed_numbers import HIDDEN
from peru_asia.errors import BookError

Piece = tuple[str, int]  # text, and the line on which it starts

_READ_ARGUMENTS = frozenset({"alt", "caption", "note", "text"})


def texts_in_cell(code: str, line: int, assigned: dict[str, list[Piece]]) -> list[list[Piece]]:
    """Return each text that a cell passes on as ``alt=``, ``caption=``, ``note=`` or ``text=``.

    Parameters
    ----------
    code, line : the cell, and the line of the file on which it starts
    assigned : the texts that earlier cells of the chapter gave to variables; this cell's are added

    Returns
    -------
    For each, the literal parts of the text, and `HIDDEN` for what is computed.

    Raises
    ------
    BookError : if the cell is not Python, or an alt text prints values that are no facts
    """
    code = re.sub(r"^[%!].*", "", code, flags=re.MULTILINE)  # IPython's own commands
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError) as error:  # ValueError: a null byte
        at = line + (getattr(error, "lineno", None) or 1) - 1
        why = getattr(error, "msg", error)
        raise BookError(
            f"line {at}: this cell is not Python ({why}); correct it, or close the cell before it"
        ) from error
    cell = _Cell(code, line, assigned)
    for node in nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            cell.assign(node)
    return [
        _facts_hidden(pieces) if keyword.arg == "alt" else pieces
        for node in nodes
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in _READ_ARGUMENTS
        for pieces in [list(cell.pieces(keyword.value))]
    ]


def _facts_hidden(pieces: list[Piece]) -> list[Piece]:
    """Return an alt text with `HIDDEN` for its facts; refuse one that prints values by itself."""
    for text, line in pieces:
        if HIDDEN in text:
            raise BookError(
                f"line {line}: alt= prints a value by itself; add it to the chapter's facts, and "
                "write {name} where it shall stand"
            )
    return [(PLACE.sub(HIDDEN, text), line) for text, line in pieces]


class _Cell:
    def __init__(self, code: str, line: int, assigned: dict[str, list[Piece]]) -> None:
        self.rows = code.encode().split(b"\n")  # Python counts columns in bytes
        self.line = line
        self.assigned = assigned

    def assign(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        """Remember the text of a variable."""
        pieces = list(self.pieces(node.value)) if node.value else []
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                before = self.assigned.get(target.id, [])
                added = isinstance(node, ast.AugAssign)
                self.assigned[target.id] = [*before, *pieces] if added else pieces

    def source(self, node: ast.expr) -> str:
        """Return an expression as it is written; Python's own way splits the cell each time."""
        rows = self.rows[node.lineno - 1 : node.end_lineno]
        rows[-1] = rows[-1][: node.end_col_offset]
        rows[0] = rows[0][node.col_offset :]
        return b"\n".join(rows).decode()

    def pieces(self, node: ast.expr) -> Iterator[Piece]:
        """Yield the literal parts of an expression, and `HIDDEN` for the others."""
        at = self.line + node.lineno - 1
        match node:
            case ast.Constant(value=str()) | ast.JoinedStr():
                yield from _literals(self.source(node), at)
            case ast.BinOp():
                yield from self.pieces(node.left)
                yield from self.pieces(node.right)
            case ast.Name() if node.id in self.assigned:
                yield from self.assigned[node.id]
            case ast.IfExp():
                yield from self._each(at, node.body, node.orelse)
            case ast.List() | ast.Tuple():
                yield from self._each(at, *node.elts)
            case ast.ListComp() | ast.GeneratorExp():
                yield from self._each(at, node.elt)
            case ast.Call(func=ast.Attribute(value=ast.Constant() | ast.JoinedStr() as text)):
                yield from self._each(at, text, *node.args)  # such as ", ".join([...])
            case _:
                yield HIDDEN, at

    def _each(self, at: int, *parts: ast.expr) -> Iterator[Piece]:
        """Yield the parts of an expression that are texts of their own, apart from each other."""
        yield HIDDEN, at
        for part in parts:
            yield from self.pieces(part)
            yield HIDDEN, at


def _literals(code: str, line: int) -> Iterator[Piece]:
    """Take adjacent literals apart, since Python's own parser tells only where the first starts."""
    code = f"({code})"
    rows = code.splitlines(keepends=True)
    depth, start = 0, (1, 0)
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        kind = tokenize.tok_name[token.type]  # from Python 3.12 on, an f-string is many tokens
        if not depth:
            start = token.start
        depth += (kind == "FSTRING_START") - (kind == "FSTRING_END")
        if not depth and kind in ("STRING", "FSTRING_END"):
            (first, left), (last, right) = start, token.end
            parts = [*rows[first - 1 : last - 1], rows[last - 1][:right]]
            literal = "".join(parts)[left:]
            text = _text(ast.parse(literal, mode="eval").body)
            yield text if last > first else text.replace("\n", " "), line + first - 1


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(value) for value in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else HIDDEN
