"""Numbers in the prose: computed in a cell, formatted here, printed by ``{glue:text}``."""

import ast
import linecache
import math
import sys
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

import pandas as pd
from myst_nb import glue

from peru_asia.data import describe
from peru_asia.errors import BookError, did_you_mean

MIME = "application/vnd.peru-asia.number+json"
NBSP = "\u00a0"
THOUSANDS = ","  # what stands between thousands, in every number of the book
MINUS = "\u2212"


def signed(value: float, digits: int) -> str:
    """Return a number with `digits` decimals, the thousands apart, and a real minus sign."""
    text = f"{abs(value):,.{digits}f}"
    # A minus sign before a zero would claim a direction that the rounding took away.
    sign = MINUS if value < 0 and float(text.replace(",", "")) else ""
    return sign + text.replace(",", THOUSANDS)


def _ordinal(value: float, digits: int) -> str:
    whole = round(value)
    teens = 10 < whole % 100 < 14
    return f"{whole}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(whole % 10, 'th')}"


def _usd_m(value: float, digits: int) -> str:
    """Print US$ millions in the scale that a reader would choose."""
    scale, name = (1000, "billion") if round(abs(value), digits) >= 1000 else (1, "million")
    text = signed(value / scale, digits)
    sign = MINUS if text.startswith(MINUS) else ""
    return f"{sign}US${NBSP}{text.removeprefix(MINUS)}{NBSP}{name}"


# Each format: the digits that it shows unless told otherwise, and how it prints.
_FORMATS: dict[str, tuple[int, Callable[[float, int], str]]] = {
    "percent": (1, lambda v, d: f"{signed(v, d)}%"),
    "points": (1, lambda v, d: f"{signed(v, d)}{NBSP}percentage points"),
    "usd_m": (1, _usd_m),
    "times": (1, lambda v, d: f"{signed(v, d)}{NBSP}times"),
    "plain": (1, signed),
    "index": (2, signed),
    "count": (0, signed),
    "ordinal": (0, _ordinal),
    "year": (0, lambda v, d: f"{v:.0f}"),
}


def formatted(value: float, form: str, digits: int | None = None) -> str:
    """Return `value` as the prose prints it.

    Parameters
    ----------
    value
        In the unit that the form expects: per cent for ``percent``, US$ millions for ``usd_m``.
    form
        ``percent``, ``points``, ``usd_m``, ``times``, ``plain``, ``index``, ``count``, ``ordinal``
        or ``year``.
    digits
        Decimals, if not the form's own.

    Raises
    ------
    BookError
        If the form is unknown or the value is missing or infinite.
    """
    if form not in _FORMATS:
        raise BookError(f"there is no number format '{form}'; " + did_you_mean(form, _FORMATS))
    if pd.isna(value) or not math.isfinite(value):
        raise BookError(f"{value} cannot be printed; a gap in the data has no number")
    default, write = _FORMATS[form]
    return write(float(value), default if digits is None else digits)


class Number:
    """A formatted number with where it comes from; what `number` glues."""

    def __init__(self, text: str, tables: tuple[str, ...], formula: str) -> None:
        self.text, self.tables, self.formula = text, tables, formula

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the text for every output and the origin for the web."""
        editions = {name: describe(name).vintage for name in self.tables}
        origin = {"tables": editions, "formula": self.formula}
        return {"text/plain": repr(self.text), MIME: origin}


def number(
    name: str,
    value: float,
    form: str,
    digits: int | None = None,
    *,
    tables: Iterable[str] = (),
) -> None:
    """Give the prose of this chapter a computed number, printed by ``{glue:text}`name` ``.

    On the web a reader who points at the number sees the expression that computed it, taken
    from the cell, and the tables.

    Parameters
    ----------
    name
        Name for the role; unique in the chapter.
    value, form, digits
        As for `formatted`.
    tables
        Names of the tables that it was computed from.

    Raises
    ------
    BookError
        As `formatted` does, or if a table is unknown.
    """
    _glue(name, formatted(value, form, digits), tuple(tables), sys._getframe(1))


def numbers_from(*tables: str) -> Callable[..., None]:
    """Return `number` for a chapter whose numbers come from the same tables.

    Raises
    ------
    BookError
        If a table is unknown.
    """

    def from_these(name: str, value: float, form: str, digits: int | None = None) -> None:
        _glue(name, formatted(value, form, digits), tables, sys._getframe(1))

    for table in tables:
        describe(table)
    return from_these


def _glue(name: str, text: str, tables: tuple[str, ...], caller: FrameType) -> None:
    for table in tables:
        describe(table)
    glue(name, Number(text, tables, _formula(caller)), display=False)


def _formula(caller: FrameType) -> str:
    """Return the expression that the call in `caller` gives as its second argument, or ""."""
    # IPython keeps the text of each cell where tracebacks look for it.
    source = "".join(linecache.getlines(caller.f_code.co_filename, caller.f_globals))
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and len(node.args) >= 3
        and node.lineno <= caller.f_lineno <= (node.end_lineno or node.lineno)
    ]
    if not calls:
        return ""
    outermost = min(calls, key=lambda call: (call.lineno, call.col_offset))
    return " ".join((ast.get_source_segment(source, outermost.args[1]) or "").split())
