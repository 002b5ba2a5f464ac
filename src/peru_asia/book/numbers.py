"""Numbers in the prose: computed in a cell, formatted here, printed by ``{glue:text}``."""

import math
from collections.abc import Callable

import pandas as pd
from myst_nb import glue

from peru_asia.errors import BookError, did_you_mean

NBSP = "\u00a0"
MINUS = "\u2212"


def _signed(value: float, digits: int) -> str:
    text = f"{abs(value):,.{digits}f}"
    # A minus sign before a zero would claim a direction that the rounding took away.
    return MINUS + text if value < 0 and float(text.replace(",", "")) else text


def _usd_m(value: float, digits: int) -> str:
    """Print US$ millions in the scale that a reader would choose."""
    scale, name = (1000, "billion") if round(abs(value), digits) >= 1000 else (1, "million")
    text = _signed(value / scale, digits)
    sign = MINUS if text.startswith(MINUS) else ""
    return f"{sign}US${NBSP}{text.removeprefix(MINUS)}{NBSP}{name}"


# Each format: the digits that it shows unless told otherwise, and how it prints.
_FORMATS: dict[str, tuple[int, Callable[[float, int], str]]] = {
    "percent": (1, lambda v, d: f"{_signed(v, d)}%"),
    "points": (1, lambda v, d: f"{_signed(v, d)}{NBSP}percentage points"),
    "usd_m": (1, _usd_m),
    "times": (1, lambda v, d: f"{_signed(v, d)}{NBSP}times"),
    "plain": (1, _signed),
    "index": (2, _signed),
    "count": (0, _signed),
    "year": (0, lambda v, d: f"{v:.0f}"),
}


def formatted(value: float, form: str, digits: int | None = None) -> str:
    """Return `value` as the prose prints it.

    Parameters
    ----------
    value
        In the unit that the form expects: per cent for ``percent``, US$ millions for ``usd_m``.
    form
        ``percent``, ``points``, ``usd_m``, ``times``, ``plain``, ``index``, ``count`` or ``year``.
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


def number(name: str, value: float, form: str, digits: int | None = None) -> None:
    """Give the prose of this chapter a computed number, printed by ``{glue:text}`name` ``.

    Parameters
    ----------
    name
        Name for the role; unique in the chapter.
    value, form, digits
        As for `formatted`.

    Raises
    ------
    BookError
        As `formatted` does.
    """
    glue(name, formatted(value, form, digits), display=False)
