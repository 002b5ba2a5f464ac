"""How concentrated a total is on few parts.

Every measure is told what its parts are parts of, as `peru_asia.indicators.share` is: by `total`,
the code of the row that is the total, or by `among`, the codes that make it up (``among=table[of]``
if the table has all of them and no total). `of`, `by` and `value` are the columns of the parts, of
what each has a total of its own (``year``), and of the amounts; a missing amount is left out.
Results have a column ``coverage_pct``, how much of the total the named parts cover, and say what
the rest can change. They are missing where a total is missing or zero. A BookError refuses parts
that cover less than `least` per cent of their total, a ValueError negative ones.
"""

from collections.abc import Callable
from typing import Unpack

import numpy as np
import pandas as pd

from peru_asia.indicators.shares import VALUE, Whole, all_shares


def hhi(table: pd.DataFrame, **whole: Unpack[Whole]) -> pd.DataFrame:
    """Return the Herfindahl-Hirschman index (HHI) of a total's parts.

    The sum of the squared shares, from ``1 / n`` for `n` equal parts to 1 for a single one. Its
    inverse is the number of equal partners that would be as concentrated.

    Returns
    -------
    Indexed by `by`: ``hhi``, of the named parts, as if the rest of the total were countless tiny
    ones, which is the lowest that it can be; ``highest``, as if the rest were one part; and
    ``coverage_pct``.

    Source: Hirschman, A. O. (1964), "The Paternity of an Index", American Economic Review 54(5).

    Examples
    --------
    >>> rows = "flow == 'export' and year == 2011 and partner in ['CHN', 'USA', 'WLD']"
    >>> exports = data.load("trade_by_partner").query(rows)
    >>> ind.hhi(exports, total="WLD", least=20).round(3)
            hhi  highest  coverage_pct
    year
    2011  0.039    0.557        28.031
    """
    found = _measured(table, whole, hhi=lambda pct: ((pct / 100) ** 2).sum(min_count=1))
    rest = (1 - found["coverage_pct"] / 100).clip(lower=0)
    found.insert(1, "highest", found["hhi"] + rest**2)
    return found


def entropy(table: pd.DataFrame, **whole: Unpack[Whole]) -> pd.DataFrame:
    """Return Shannon's entropy of a total's parts, in natural units.

    ``-sum(s * ln(s))`` over the shares `s`: 0 for a single part, ``ln(n)`` for `n` equal ones. Its
    exponential is the number of equal parts that would be as spread out. It gives small parts
    more weight than `hhi` does, so that the two together tell a lost leader from a longer tail.
    The level depends on how finely the total is divided, so that only series of one list of parts
    compare.

    Returns
    -------
    Indexed by `by`: ``entropy``, as if the rest of the total were one part, which is the lowest
    that it can be (there is no highest); and ``coverage_pct``.

    Source: Shannon, C. E. (1948), "A Mathematical Theory of Communication", Bell System Technical
    Journal 27(3); Theil, H. (1967), Economics and Information Theory, North-Holland.

    Examples
    --------
    >>> rows = "flow == 'export' and year == 2011 and partner in ['CHN', 'USA', 'WLD']"
    >>> exports = data.load("trade_by_partner").query(rows)
    >>> ind.entropy(exports, among=["CHN", "USA"]).round(3)
          entropy  coverage_pct
    year
    2011    0.691         100.0
    """
    found = _measured(table, whole, entropy=lambda pct: _surprise(pct).sum(min_count=1))
    rest = (100 - found["coverage_pct"]).clip(lower=0)
    return found.assign(entropy=(found["entropy"] + _surprise(rest)).clip(lower=0))


def _surprise(pct: pd.Series) -> pd.Series:
    """Return what parts of these shares add to the entropy; a part of nothing adds nothing."""
    shares = pct / 100
    return -shares * np.log(shares.mask(shares == 0, 1.0))


def _measured(
    table: pd.DataFrame, whole: Whole, **measure: Callable[[pd.Series], float]
) -> pd.DataFrame:
    """Give what a function makes of the shares of each total, and what they cover of it."""
    rows = all_shares(table, **whole)
    groups = rows.groupby(rows.index.names, observed=True)
    found = {name: ("share_pct", of_shares) for name, of_shares in measure.items()}
    return groups.agg(**found, coverage_pct=("coverage_pct", "first"))


def cumulative_shares(table: pd.DataFrame, **whole: Unpack[Whole]) -> pd.DataFrame:
    """Return what share of a total its largest part has, its two largest, and so on.

    With parts ``x(1) >= x(2) >= …`` of the total ``X`` the value at rank ``n`` is
    ``100 * (x(1) + … + x(n)) / X``, the concentration ratio CRn: a Lorenz curve read from its upper
    end, with a whole number of parts instead of a share of them.

    Returns
    -------
    The rows of `table` that have a value, for each `by` the largest first, with ``rank`` from 1
    and ``share_pct`` of all rows to that one, which ends at ``coverage_pct``. A part that is not
    named may be larger than one that is: where some are missing, the shares are the lowest that
    they can be.

    Source: Lorenz, M. O. (1905), "Methods of Measuring the Concentration of Wealth", Publications
    of the American Statistical Association 9(70).

    Examples
    --------
    >>> rows = "flow == 'export' and year == 2011 and partner in ['CHN', 'USA', 'WLD']"
    >>> exports = data.load("trade_by_partner").query(rows)
    >>> ind.cumulative_shares(exports, total="WLD", least=20)["share_pct"].round(1).tolist()
    [15.0, 28.0]
    """
    rows = all_shares(table, **whole).dropna(subset=["share_pct"])
    order = rows.index.unique()
    rows = rows.sort_values("share_pct", ascending=False, kind="stable")
    groups = rows.groupby(rows.index.names, observed=True)["share_pct"]
    rows = rows.assign(rank=groups.cumcount() + 1, share_pct=groups.cumsum())
    return rows.loc[order].reset_index()


def concentration_ratio(table: pd.DataFrame, largest: int, **whole: Unpack[Whole]) -> pd.DataFrame:
    """Return the share of a total that its `largest` parts have, in per cent (CRn).

    With fewer parts than that they have all.

    Returns
    -------
    Indexed by `by`: ``share_pct``, the lowest that it can be (see `cumulative_shares`), and
    ``coverage_pct``.

    Raises
    ------
    ValueError : if `largest` is not positive

    Examples
    --------
    >>> rows = "flow == 'export' and year == 2011 and partner in ['CHN', 'USA', 'WLD']"
    >>> exports = data.load("trade_by_partner").query(rows)
    >>> ind.concentration_ratio(exports, 1, total="WLD", least=20).round(1)
          share_pct  coverage_pct
    year
    2011       15.0          28.0
    """
    if largest < 1:
        raise ValueError(f"{largest} parts have no share; take one or more")
    return _measured(table, whole, share_pct=lambda pct: pct.nlargest(largest).sum(min_count=1))


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

    Examples
    --------
    >>> deals = pd.DataFrame({"deal": ["A", "B"], "sector": "mining", "value_usd_m": [5.0, 1.0]})
    >>> ind.without_largest(deals, 1, by="sector", name="deal").query("left_out == 1")
       left_out  sector  value_usd_m leaves
    1         1  mining          1.0      A
    """
    rows = table.dropna(subset=[VALUE])
    if (rows[VALUE] < 0).any():
        raise ValueError("a part of a total cannot be negative")
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
