"""Shares of a total, totals of a group or up to a year, and balances."""

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
    by: str = "year",
    value: str = VALUE,
) -> pd.DataFrame:
    """Give each row its share of a total, in per cent.

    Parameters
    ----------
    table
        Tidy table with one row for each `of` and `by`, as one flow of ``trade_by_partner``.
    among
        Codes whose sum is the total; rows of other codes are left out.
    total
        Code of the row that is the total, such as ``WLD``; that row is left out.
        Give either `among` or `total`.
    of, by, value
        Columns: what has shares, what each total belongs to, what is shared out.

    Returns
    -------
    pandas.DataFrame
        The rows of `table` with a column ``share_pct`` (per cent). Where the total is
        missing or zero the share is missing.

    Raises
    ------
    BookError
        If a code is in no row; the message suggests the nearest codes.
    ValueError
        If neither or both of `among` and `total` are given, or a code stands twice in a group.
    """
    twice = table.duplicated([of, by])
    if twice.any():
        row = table.loc[twice, [of, by]].iloc[0].tolist()
        raise ValueError(f"{row} stands twice; choose one flow or source first")
    if among is not None and total is None:
        rows = select(table, among, of)
        totals = rows.groupby(by, observed=True)[value].sum(min_count=1)
    elif total is not None and among is None:
        totals = select(table, [total], of).set_index(by)[value]
        rows = table[table[of] != total]
    else:
        raise ValueError("give either among= or total=")
    totals = rows[by].map(totals)
    return rows.assign(share_pct=100 * rows[value] / totals.where(totals != 0))


def total(
    table: pd.DataFrame,
    among: Sequence[str],
    *,
    of: str = "partner",
    by: str = "year",
    value: str = VALUE,
) -> pd.Series:
    """Sum the values of a group of codes for each `by`.

    Parameters
    ----------
    table
        Tidy table, as for `share`.
    among
        Codes of the group.
    of, by, value
        Columns: of the codes, of what each sum belongs to, of what is summed.

    Returns
    -------
    pandas.Series
        Indexed by `by`, in the unit of `value`; missing where every row is.

    Raises
    ------
    BookError
        If a code is in no row.
    """
    return select(table, among, of).groupby(by, observed=True)[value].sum(min_count=1)


def running_total(
    table: pd.DataFrame, *, by: str = "year", value: str = VALUE, until: int | None = None
) -> pd.Series:
    """Sum all that was recorded up to the end of each year.

    What deal trackers print as a country's investment. It is no stock: nothing leaves it when an
    owner sells, writes off or takes profits home, and old dollars stand beside new ones.

    Parameters
    ----------
    table
        Tidy table of amounts, any number of rows a year.
    by, value
        Columns: whole year, and amount; missing amounts count as nothing.
    until
        Last year; otherwise the last in the table.

    Returns
    -------
    pandas.Series
        Indexed by every year from the first in the table, in the unit of `value`. A year without
        a row repeats the total before it.

    Raises
    ------
    ValueError
        If the table is empty, or `until` lies before its first year.
    """
    yearly = table.groupby(by, observed=True)[value].sum()
    if yearly.empty:
        raise ValueError("no rows, no total")
    first, last = int(yearly.index.min()), int(yearly.index.max())
    last = last if until is None else until
    if last < first:
        raise ValueError(f"nothing is recorded before {first}; until={until}")
    years = pd.RangeIndex(first, last + 1, name=by)
    return yearly.reindex(years, fill_value=0.0).cumsum().astype(float)


def balance(
    table: pd.DataFrame,
    *,
    by: Sequence[str] = ("year", "partner"),
    value: str = VALUE,
) -> pd.DataFrame:
    """Set exports against imports.

    Parameters
    ----------
    table
        Tidy table with a column ``flow`` that holds ``export`` and ``import``.
    by
        What each balance belongs to.
    value
        Column of values.

    Returns
    -------
    pandas.DataFrame
        Columns `by`, ``export``, ``import`` and ``balance`` (export less import, in the unit
        of `value`); the balance is missing where either flow is. Exports FOB against imports
        CIF understate the balance by the freight and insurance of the imports.
    """
    wide = table.pivot(index=list(by), columns="flow", values=value)
    wide = wide.rename(columns=str).reindex(columns=["export", "import"])
    return (
        wide.assign(balance=wide["export"] - wide["import"]).reset_index().rename_axis(columns=None)
    )
