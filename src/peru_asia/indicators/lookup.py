"""One value out of a tidy table."""

import pandas as pd

from peru_asia.errors import BookError


def value_at(table: pd.DataFrame, column: str, **where: object) -> float:
    """Return the one value of `column` in the row that `where` picks.

    Parameters
    ----------
    where : column names and the values they must have, such as ``year=2011, partner="CHN"``

    Raises
    ------
    BookError : if no row or more than one row fits, or the value is missing: a number in the prose
        must not rest on a guess

    Examples
    --------
    >>> exports = data.load("trade_by_partner").query("flow == 'export'")
    >>> round(ind.value_at(exports, "value_usd_m", year=2011, partner="CHN"))
    6973
    """
    rows = table
    for name, wanted in where.items():
        rows = rows[rows[name] == wanted]
    chosen = ", ".join(f"{name}={wanted!r}" for name, wanted in where.items())
    if len(rows) != 1:
        raise BookError(f"{len(rows)} rows have {chosen}; a number needs exactly one")
    value = rows[column].iloc[0]
    if pd.isna(value):
        raise BookError(f"{column} is missing where {chosen}")
    return float(value)


def first_year(above: pd.Series, below: pd.Series | float = 0.0, *, lasting: bool = True) -> int:
    """Return the first year in which one yearly series exceeds another.

    Parameters
    ----------
    above, below : by year; `below` may be a constant. Years missing in either are skipped.
    lasting : if true, the year after which `above` never falls back to `below` or under it

    Raises
    ------
    BookError : if it never happens

    Examples
    --------
    >>> above, below = pd.Series({2009: 4, 2010: 6, 2011: 7}), pd.Series({2009: 5, 2011: 6})
    >>> ind.first_year(above, below)
    2011
    >>> ind.first_year(above, 5)
    2010
    """
    ahead = (above - below).dropna().sort_index() > 0
    if lasting:
        ahead = ahead[::-1].cummin()[::-1]
    if not ahead.any():
        raise BookError("the one series never exceeds the other" + (" for good" if lasting else ""))
    return int(ahead.index[ahead.argmax()])
