"""How a number is printed: one function for each form, the only place where a value is rounded.

>>> from peru_asia.book import pct
>>> str(pct(36.26, 0))
'36%'
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from peru_asia.book.cells import mimes
from peru_asia.errors import BookError, did_you_mean

NBSP = "\u00a0"
THOUSANDS = ","  # what stands between thousands, in every number of the book
MINUS = "\u2212"


@dataclass(frozen=True)
class Printed:
    """A number with the form in which it is printed; its text is made when it is needed.

    Raises
    ------
    BookError : if the form is unknown, or the value is missing or infinite
    """

    value: float  # in the unit that the form expects
    form: str  # the name of the function of this module that made it
    digits: int  # decimals that are shown

    def __post_init__(self) -> None:
        if self.form not in _WRITE:
            raise BookError(
                f"there is no form '{self.form}' of numbers; " + did_you_mean(self.form, _WRITE)
            )
        if pd.isna(self.value) or not math.isfinite(self.value):
            raise BookError(f"{self.value} cannot be printed; a gap in the data has no number")
        object.__setattr__(self, "value", float(self.value))  # whatever pandas gave

    def __str__(self) -> str:
        return _WRITE[self.form](self.value, self.digits)


def printed(number: mimes.Number) -> str:
    """Return the text of a fact that was kept."""
    return str(Printed(number["value"], number["form"], number["digits"]))


def pct(value: float, digits: int = 1) -> Printed:
    """Print per cent, from a value in per cent: ``36.3%``.

    Examples
    --------
    >>> print(book.pct(36.26))
    36.3%
    """
    return Printed(value, "pct", digits)


def points(value: float, digits: int = 1) -> Printed:
    """Print percentage points, from a value in them: ``0.5 percentage points``.

    Examples
    --------
    >>> print(book.points(-0.46))
    −0.5 percentage points
    """
    return Printed(value, "points", digits)


def usd(value: float, digits: int = 1) -> Printed:
    """Print US dollars, from a value in millions, in the scale that a reader would choose.

    Examples
    --------
    >>> print(book.usd(2345.6), book.usd(12.34))
    US$ 2.3 billion US$ 12.3 million
    """
    return Printed(value, "usd", digits)


def times(value: float, digits: int = 1) -> Printed:
    """Print a multiple: ``2.4 times``.

    Examples
    --------
    >>> print(book.times(2.44))
    2.4 times
    """
    return Printed(value, "times", digits)


def num(value: float, digits: int = 1) -> Printed:
    """Print a number without a unit, or whose unit the sentence names: ``4.1``.

    Examples
    --------
    >>> print(book.num(4.06))
    4.1
    """
    return Printed(value, "num", digits)


def index(value: float, digits: int = 2) -> Printed:
    """Print an index or a coefficient, such as the HHI: ``0.17``.

    Examples
    --------
    >>> print(book.index(0.1749))
    0.17
    """
    return Printed(value, "index", digits)


def count(value: float) -> Printed:
    """Print a count of things: ``1,234``.

    Examples
    --------
    >>> print(book.count(1234))
    1,234
    """
    return Printed(value, "count", 0)


def ordinal(value: float) -> Printed:
    """Print a place in an order: ``3rd``.

    Examples
    --------
    >>> print(book.ordinal(3))
    3rd
    """
    return Printed(value, "ordinal", 0)


def year(value: float) -> Printed:
    """Print a year: ``2011``.

    Examples
    --------
    >>> print(book.year(2011))
    2011
    """
    return Printed(value, "year", 0)


def day(value: str) -> Printed:
    """Print a day, from one written ``2026-05-17``: ``17 May 2026``.

    Examples
    --------
    >>> print(book.day("2013-04-22"))
    22 April 2013
    """
    return Printed(date.fromisoformat(value).toordinal(), "day", 0)


def signed(value: float, digits: int) -> str:
    """Return a number with `digits` decimals, the thousands apart, and a real minus sign."""
    text = f"{abs(value):,.{digits}f}"
    # A minus sign before a zero would claim a direction that the rounding took away.
    sign = MINUS if value < 0 and float(text.replace(",", "")) else ""
    return sign + text.replace(",", THOUSANDS)


def _ordinal(value: float, _: int) -> str:
    whole = round(value)
    teens = 10 < whole % 100 < 14
    return f"{whole}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(whole % 10, 'th')}"


def _day(value: float, _: int) -> str:
    on = date.fromordinal(round(value))
    return f"{on.day} {on:%B %Y}"


def _usd(value: float, digits: int) -> str:
    scale, name = (1000, "billion") if round(abs(value), digits) >= 1000 else (1, "million")
    text = signed(value / scale, digits)
    sign = MINUS if text.startswith(MINUS) else ""
    return f"{sign}US${NBSP}{text.removeprefix(MINUS)}{NBSP}{name}"


_WRITE: dict[str, Callable[[float, int], str]] = {
    "pct": lambda value, digits: f"{signed(value, digits)}%",
    "points": lambda value, digits: f"{signed(value, digits)}{NBSP}percentage points",
    "usd": _usd,
    "times": lambda value, digits: f"{signed(value, digits)}{NBSP}times",
    "num": signed,
    "index": signed,
    "count": signed,
    "ordinal": _ordinal,
    "year": lambda value, _: f"{value:.0f}",
    "day": _day,
}
