"""How a table fits a page: the size of its type, its widths, and whether it is kept whole."""

import math
import re
from itertools import zip_longest
from typing import NamedTuple


class _Fit(NamedTuple):
    """A way to set a table; all widths in points."""

    name: str  # of the template's function
    measure: float  # width of the page's text
    letter: float
    inset: float  # around a cell's text, left and right together
    columns: int  # at most


_FITS = (
    _Fit("at-ease", 453, 4.5, 8, 6),
    _Fit("compact", 453, 3.9, 6, 9),
    _Fit("sideways", 700, 3.9, 6, 99),
)
_LINE = 2.4  # height of a line, in widths of a letter
_WHOLE = 340  # a table of at most this height, half a page, is not broken
_LOOSEST = 2  # width of a table without declared proportions, in widths of its longest cells
_BREAKS = re.compile(r"[\s–—_-]+")  # where a line of a cell may end
_LONG = 40  # letters of a cell beyond which it may as well have two lines


def fit(cells: list[list[str]], shares: list[float], boxed: bool) -> tuple[str, str, bool]:
    """Return a table's columns in Typst's notation, its function, and whether it is kept whole.

    Parameters
    ----------
    cells : texts, row by row
    shares : declared proportions of its columns; empty if there are none
    boxed : whether it stands in a box, where it cannot have a page of its own
    """
    chosen, widths = _columns(cells, shares if len({*shares}) > 1 else [], _FITS[: 3 - boxed])
    # A page of another size, or a box, may be narrower or wider than the text of an A4 page.
    unit = "fr" if sum(widths) > chosen.measure - 1 else "pt"
    columns = "".join(f"{width:.1f}{unit}, " for width in widths)
    return columns, chosen.name, _height(cells, chosen, widths) <= _WHOLE


def _columns(
    cells: list[list[str]], shares: list[float], fits: tuple[_Fit, ...]
) -> tuple[_Fit, list[float]]:
    # Many columns get smaller type, and longest words that still do not fit side by side a page on
    # its side. Columns have their declared proportions, or those of their longest cells, as far as
    # their longest words allow.
    columns = [*zip_longest(*cells, fillvalue="")]
    # The longest part of each column's cells that no line break divides.
    words = [max(len(part) for cell in of for part in _BREAKS.split(cell)) for of in columns]
    for fit in fits:
        needed = [fit.letter * word + fit.inset for word in words]
        if len(columns) <= fit.columns and sum(needed) <= fit.measure:
            break
    longest = [min(_LONG, max(map(len, column))) * fit.letter + fit.inset for column in columns]
    asked = shares or longest
    # Between columns that are far apart the eye loses its row.
    measure = fit.measure if shares else min(fit.measure, _LOOSEST * sum(longest))
    given = [max(need, ask * measure / sum(asked)) for need, ask in zip(needed, asked, strict=True)]
    spare = sum(given) - sum(needed)
    over = min(1, (sum(given) - measure) / spare) if spare else 0
    return fit, [g - over * (g - need) for g, need in zip(given, needed, strict=True)]


def _height(cells: list[list[str]], fit: _Fit, widths: list[float]) -> float:
    """Estimate the height of a table in points."""
    lines = [
        max(
            math.ceil(len(cell) * fit.letter / (width - fit.inset)) if cell else 1
            for cell, width in zip(row, widths, strict=False)
        )
        for row in cells
    ]
    return sum(count * _LINE * fit.letter + fit.inset for count in lines)
