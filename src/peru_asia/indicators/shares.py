"""Shares of a total, totals up to a year, and balances of tidy tables."""

from collections.abc import Sequence

import pandas as pd

from peru_asia.errors import BookError, did_you_mean

VALUE = "value_usd_m"


def select(table: pd.DataFrame, among: Sequence[str], of: str) -> pd.DataFrame:
    """Return the rows whose `of` is one of the codes `among`; refuse a code that is in no row."""
    known = set(table[of].dropna())
    unknown = [code for code in among if code not in known]
    if unknown:
        raise BookError(f"no row has {of} '{unknown[0]}'; " + did_you_mean(unknown[0], known))
    return table[table[of].isin(among)]


def share(
    table: pd.DataFrame,
    *,
    among: Sequence[str] | None = None,
    total: str | None = None,
    of: str = "partner",
) -> pd.DataFrame:
    """Give each row its share of a total, in per cent.

    Parameters
    ----------
    table : one row for each `of` and ``year``, as one flow of ``trade_by_partner``
    among : codes whose sum is the total; rows of other codes are left out
    total : code of the row that is the total, such as ``WLD``; that row is left out. Give either
        `among` or `total`.
    of : column of what has shares

    Returns
    -------
    The rows of `table` with a column ``share_pct``, missing where the total is missing or zero.

    Raises
    ------
    BookError : if a code is in no row; the message suggests the nearest codes
    ValueError : if neither or both of `among` and `total` are given, or a code stands twice in a
        year
    """
    twice = table.duplicated([of, "year"])
    if twice.any():
        row = table.loc[twice, [of, "year"]].iloc[0].tolist()
        raise ValueError(f"{row} stands twice; choose one flow or source first")
    if among is not None and total is None:
        rows = select(table, among, of)
        totals = rows.groupby("year", observed=True)[VALUE].sum(min_count=1)
    elif total is not None and among is None:
        totals = select(table, [total], of).set_index("year")[VALUE]
        rows = table[table[of] != total]
    else:
        raise ValueError("give either among= or total=")
    totals = rows["year"].map(totals)
    return rows.assign(share_pct=100 * rows[VALUE] / totals.where(totals != 0))


def running_total(
    table: pd.DataFrame, *, value: str = VALUE, until: int | None = None
) -> pd.Series:
    """Sum all that was recorded up to the end of each year.

    What deal trackers print as a country's investment. It is no stock: nothing leaves it when an
    owner sells, writes off or takes profits home, and old dollars stand beside new ones.

    Parameters
    ----------
    table : any number of rows a ``year``; missing amounts count as nothing
    value : column of the amounts
    until : last year; otherwise the last in the table

    Returns
    -------
    Indexed by every year from the first in the table, in the unit of `value`. A year without a row
    repeats the total before it.

    Raises
    ------
    ValueError : if the table is empty, or `until` lies before its first year
    """
    yearly = table.groupby("year", observed=True)[value].sum()
    if yearly.empty:
        raise ValueError("no rows, no total")
    first = int(yearly.index.min())
    last = int(yearly.index.max()) if until is None else until
    if last < first:
        raise ValueError(f"nothing is recorded before {first}; until={until}")
    years = pd.RangeIndex(first, last + 1, name="year")
    return yearly.reindex(years, fill_value=0.0).cumsum().astype(float)


def balance(table: pd.DataFrame) -> pd.DataFrame:
    """Set exports against imports.

    Parameters
    ----------
    table : one row for each ``year``, ``partner`` and ``flow`` (``export``, ``import``)

    Returns
    -------
    Columns ``year``, ``partner``, ``export``, ``import`` and ``balance`` (export less import); the
    balance is missing where either flow is. Exports FOB against imports CIF understate the balance
    by the freight and insurance of the imports.
    """
    wide = table.pivot(index=["year", "partner"], columns="flow", values=VALUE).rename(columns=str)
    wide = wide.reindex(columns=["export", "import"]).reset_index().rename_axis(columns=None)
    return wide.assign(balance=wide["export"] - wide["import"])
