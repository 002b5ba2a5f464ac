"""Shares of a total, totals up to a year, and balances of tidy tables."""

from collections.abc import Iterable, Sequence
from typing import TypedDict, Unpack

import pandas as pd

from peru_asia.errors import BookError, did_you_mean

VALUE = "value_usd_m"


TOTALS = ("WLD", "all")  # codes of rows that add others up
LEAST = 90.0  # per cent that parts must cover where a measure needs all of them


class _Parts(TypedDict, total=False):
    among: Iterable[str] | None
    total: str | None
    of: str
    value: str


class Whole(_Parts, total=False):
    """What parts are parts of, as `share` takes it, and how much of it they must cover."""

    by: str | Sequence[str]
    least: float


def select(table: pd.DataFrame, among: Iterable[str], of: str) -> pd.DataFrame:
    """Return the rows whose `of` is one of the codes `among`; refuse a code that is in no row."""
    known, among = set(table[of].dropna()), set(among)
    if unknown := sorted(among - known):
        raise BookError(f"no row has {of} '{unknown[0]}'; " + did_you_mean(unknown[0], known))
    return table[table[of].isin(among)]


def refuse_totals(codes: pd.Series) -> None:
    """Refuse the codes of parts if a total is among them."""
    if totals := sorted(set(codes).intersection(TOTALS)):
        raise BookError(f"'{totals[0]}' is no part but a total; leave its row out")


def share(
    table: pd.DataFrame,
    *,
    among: Iterable[str] | None = None,
    total: str | None = None,
    of: str = "partner",
    by: str | Sequence[str] = "year",
    value: str = VALUE,
) -> pd.DataFrame:
    """Give each row its share of a total, in per cent.

    Parameters
    ----------
    table : one row for each `of` and `by`, as one flow of ``trade_by_partner``
    among : codes whose sum is the total, by the caller's word; rows of other codes are left out.
        ``among=table[of]`` says that the table has all parts and no row of a total.
    total : code of the row that is the total, such as ``WLD``; that row is left out. Give either
        `among` or `total`.
    of, value : columns of what has shares and of its amounts
    by : column, or columns, each of whose values has a total of its own

    Returns
    -------
    The rows of `table` with two columns more, missing where the total is missing or zero:
    ``share_pct``, and ``coverage_pct``, how much of the total all rows together cover.

    Raises
    ------
    BookError : if a code is in no row; the message suggests the nearest codes. If `among` has the
        code of a total.
    ValueError : if neither or both of `among` and `total` are given, or a code stands twice in a
        year

    Examples
    --------
    >>> rows = "flow == 'export' and year == 2011 and partner in ['CHN', 'USA', 'WLD']"
    >>> exports = data.load("trade_by_partner").query(rows)
    >>> ind.share(exports, total="WLD").set_index("partner")["share_pct"].round(1).to_dict()
    {'CHN': 15.0, 'USA': 13.0}
    """
    keys = [by] if isinstance(by, str) else list(by)
    twice = table.duplicated([of, *keys])
    if twice.any():
        row = table.loc[twice, [of, *keys]].iloc[0].tolist()
        raise ValueError(f"{row} stands twice; choose one flow or source first")
    if among is not None and total is None:
        rows = select(table, among, of)
        refuse_totals(rows[of])
        totals = rows.groupby(keys, observed=True)[value].sum(min_count=1)
    elif total is not None and among is None:
        totals = select(table, [total], of).set_index(keys)[value]
        rows = table[table[of] != total]
    else:
        raise ValueError(
            "say what the parts are parts of: give either among= or total=, the codes that add up "
            "to it or the code of its row"
        )
    whole = rows[keys].join(totals.where(totals != 0).rename("whole"), on=keys)["whole"]
    rows = rows.assign(share_pct=100 * rows[value] / whole)
    covered = rows.groupby(keys, observed=True)["share_pct"].transform("sum", min_count=1)
    return rows.assign(coverage_pct=covered)  # what assign returns is still a table of the package


def all_shares(
    table: pd.DataFrame,
    *,
    by: str | Sequence[str] = "year",
    least: float = LEAST,
    **whole: Unpack[_Parts],
) -> pd.DataFrame:
    """Give shares as `share` does, indexed by `by`, for a measure that needs all parts of a total.

    Raises
    ------
    BookError : also if the parts cover less than `least` per cent of their total, or more than all
    ValueError : also if a part is negative
    """
    rows = share(table, by=by, **whole).set_index([by] if isinstance(by, str) else list(by))
    if (rows[whole.get("value", VALUE)] < 0).any():
        raise ValueError("a part of a total cannot be negative")
    # Printed parts may exceed a printed total by their rounding.
    wrong = rows.loc[~rows["coverage_pct"].fillna(100).between(least, 101), "coverage_pct"]
    if not wrong.empty:
        at = ", ".join(map(str, wrong.index.to_frame().iloc[0]))
        raise BookError(
            f"{at}: the parts cover {wrong.iloc[0]:.0f}% of their total; take a table "
            "that has all parts once, name by among= the group that is meant, or say by least= "
            "how little may be covered"
        )
    return rows


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

    Examples
    --------
    >>> deals = pd.DataFrame({"year": [2008, 2010, 2010], "value_usd_m": [5.0, 1.0, 2.0]})
    >>> ind.running_total(deals).to_dict()
    {2008: 5.0, 2009: 5.0, 2010: 8.0}
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

    Examples
    --------
    >>> trade = data.load("trade_by_partner").query("year == 2011 and partner == 'CHN'")
    >>> ind.balance(trade).round(1)
       year partner  export  import  balance
    0  2011     CHN  6972.6  6364.8    607.9
    """
    wide = table.pivot(index=["year", "partner"], columns="flow", values=VALUE).rename(columns=str)
    wide = wide.reindex(columns=["export", "import"]).reset_index().rename_axis(columns=None)
    return wide.assign(balance=wide["export"] - wide["import"])
