"""How concentrated a total is on few parts.

`values` are the sizes of the parts, in any one unit; missing ones are left out. The measures know
only the parts that they are given: those left out are treated as if they did not exist. They raise
a ValueError if a part is negative, and are missing (nan) if the parts sum to zero.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from peru_asia.indicators.shares import VALUE


def hhi(values: Iterable[float]) -> float:
    """Return the Herfindahl-Hirschman index (HHI) of a total's parts.

    The sum of the squared shares, from ``1 / n`` for `n` equal parts to 1 for a single one. Its
    inverse is the number of equal partners that would be as concentrated.

    Source: Hirschman, A. O. (1964), "The Paternity of an Index", American Economic Review 54(5).
    """
    shares = _shares(values)
    return float((shares**2).sum()) if len(shares) else float("nan")


def entropy(values: Iterable[float]) -> float:
    """Return Shannon's entropy of a total's parts, in natural units.

    ``-sum(s * ln(s))`` over the shares `s`: 0 for a single part, ``ln(n)`` for `n` equal ones. Its
    exponential is the number of equal parts that would be as spread out. It gives small parts
    more weight than `hhi` does, so that the two together tell a lost leader from a longer tail.
    The level depends on how finely the total is divided, so that only series of one list of parts
    compare.

    Source: Shannon, C. E. (1948), "A Mathematical Theory of Communication", Bell System Technical
    Journal 27(3); Theil, H. (1967), Economics and Information Theory, North-Holland.
    """
    shares = _shares(values)
    shares = shares[shares > 0]
    return max(0.0, -float((shares * np.log(shares)).sum())) if len(shares) else float("nan")


def _parts(values: Iterable[float]) -> pd.Series:
    """Return the parts that are not missing, none of them negative."""
    parts = pd.Series(list(values), dtype=float).dropna()
    if (parts < 0).any():
        raise ValueError("a part of a total cannot be negative")
    return parts


def _shares(values: Iterable[float]) -> pd.Series:
    """Return the shares of the parts that are not missing, or none if they sum to zero."""
    parts = _parts(values)
    whole = parts.sum()
    return parts / whole if whole else parts[:0]


def cumulative_shares(values: Iterable[float]) -> pd.Series:
    """Return what share of a total its largest part has, its two largest, and so on.

    With parts ``x(1) >= x(2) >= …`` the value at rank ``n`` is
    ``100 * (x(1) + … + x(n)) / (x(1) + … + x(N))``, the concentration ratio CRn: a Lorenz curve
    read from its upper end, with a whole number of parts instead of a share of them. Indexed by
    ``rank`` from 1 to the number of parts, in per cent.

    Source: Lorenz, M. O. (1905), "Methods of Measuring the Concentration of Wealth", Publications
    of the American Statistical Association 9(70).
    """
    down = _parts(values).sort_values(ascending=False, ignore_index=True).cumsum()
    down.index = pd.RangeIndex(1, len(down) + 1, name="rank")
    whole = down.iloc[-1] if len(down) else 0.0
    return 100 * down / (whole or float("nan"))


def concentration_ratio(values: Iterable[float], largest: int) -> float:
    """Return the share of a total that its `largest` parts have, in per cent (CRn).

    With fewer parts than that they have all.

    Raises
    ------
    ValueError : if `largest` is not positive
    """
    if largest < 1:
        raise ValueError(f"{largest} parts have no share; take one or more")
    shares = cumulative_shares(values)
    return float(shares.iloc[min(largest, len(shares)) - 1]) if len(shares) else float("nan")


def without_largest(table: pd.DataFrame, most: int, *, by: str, name: str) -> pd.DataFrame:
    """Sum a table by group, again and again, with one more of its largest rows left out.

    For totals that rest on few large entries: what they say without the first, the first two …
    Which row is large is decided in the whole table and not in each group.

    Parameters
    ----------
    table : one row a part, with its ``value_usd_m``; of two equal parts the first goes first
    most : how many rows to leave out at most
    by, name : columns of the groups and of the parts' names

    Returns
    -------
    A row for each number ``left_out`` from 0 to `most` and each group, in order of first
    appearance: `by`, ``value_usd_m`` (the sum of what is left, 0 where nothing is) and ``leaves``
    (the part that went last; missing for 0).

    Raises
    ------
    ValueError : if there are fewer parts than `most`
    """
    rows = table.dropna(subset=[VALUE])
    _parts(rows[VALUE])
    if not 0 <= most <= len(rows):
        raise ValueError(f"{most} of {len(rows)} parts cannot be left out")
    groups = list(dict.fromkeys(rows[by]))
    down = rows.sort_values(VALUE, ascending=False, kind="stable")
    out = []
    for left_out in range(most + 1):
        sums = down.iloc[left_out:].groupby(by, observed=True)[VALUE].sum()
        leaves = down[name].iloc[left_out - 1] if left_out else None
        out += [(left_out, group, float(sums.get(group, 0.0)), leaves) for group in groups]
    return pd.DataFrame(out, columns=["left_out", by, VALUE, "leaves"])
