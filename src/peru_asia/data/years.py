"""Which years the tables have, and up to which day they know."""

import re

import pandas as pd

from peru_asia.data.package import Table, describe, tables
from peru_asia.data.reading import load
from peru_asia.errors import BookError

# What a coverage does not count: when a figure was printed, what is only planned, and which months
# of a year a figure is for.
_NOT_COVERED = {
    *("published", "planned_from", "planned_to", "spend_from", "spend_to"),
    *("first_month", "last_month"),
}

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def span(*tables: str | pd.DataFrame | pd.Series) -> tuple[int, int]:
    """Return the first and the last year that all of the tables have.

    Parameters
    ----------
    tables : names of tables, or frames and series with a column or an index level ``year``. A table
        has a year if at least one of its rows is of that year. In one that holds several series,
        such as ``trade_by_partner``, whose imports by origin end before its exports, any of them
        counts: choose the rows first and give the frame. A row counts even where its value is
        empty: drop those rows first if they must not.

    Returns
    -------
    The first and the last of the common years. Between them a table may miss some.

    Raises
    ------
    BookError : if a table has no column ``year``, or if no year is in all of them

    Examples
    --------
    >>> exports = pd.DataFrame({"year": [1990, 1995, 2011]})
    >>> gdp = pd.DataFrame({"year": [1995, 2011, 2013]})
    >>> data.span(exports, gdp)
    (1995, 2011)
    """
    common = set.intersection(*map(_years, tables))
    if not common:
        named = ", ".join(each if isinstance(each, str) else "a frame" for each in tables)
        raise BookError(f"no year is in all of {named}; look at the years of each")
    return min(common), max(common)


def last_day(*names: str) -> str:
    """Return the newest day, ``YYYY-MM-DD``, of which the rows of the tables are.

    Dates that are known to the month or the year alone do not count, and neither does the day on
    which a page was published.

    Parameters
    ----------
    names : of the tables; all that have dates if none is given

    Raises
    ------
    BookError : if a table is unknown, or if none of them has a day

    Examples
    --------
    >>> data.last_day("leader_visits") >= "2024-11-14"
    True
    """
    days = {
        day
        for name in names or tables()
        for field in describe(name).fields
        if field["unit"] == "date" and field["name"] not in _NOT_COVERED
        for day in load(name)[field["name"]].dropna().astype("str").str[:10]
        if _DAY.fullmatch(day)
    }
    if not days:
        raise BookError(f"no row of {', '.join(names)} is dated to the day")
    return max(days)


def _years(table: str | pd.DataFrame | pd.Series) -> set[int]:
    frame = load(table) if isinstance(table, str) else table.reset_index()
    if "year" not in frame:
        name = table if isinstance(table, str) else table.attrs.get("table", "a frame")
        columns = ", ".join(map(str, frame.columns))
        raise BookError(f"span needs a column 'year', but {name} has: {columns}")
    return set(map(int, frame["year"].dropna().unique()))


def coverage(table: Table) -> str:
    """Return the time that a table covers: as its descriptor says, or as its rows tell."""
    if "coverage" in table.entry:
        return table.entry["coverage"]
    frame = load(table.name)
    dates = {
        field["name"]: frame[field["name"]].dropna().astype("str").str[:7]
        for field in table.fields
        if field["unit"] in ("year", "month", "date") and field["name"] not in _NOT_COVERED
    }
    if "month" in dates and "year" in dates:  # the month is a number, or has its year with it
        year, month = dates.pop("year"), dates["month"]
        dates["month"] = month.where(month.str.len() > 2, year + "-" + month.str.zfill(2))
    found = sorted({date for column in dates.values() for date in column})
    if not found or len(found[0] + found[-1]) > 8:
        return " to ".join([found[0], found[-1]]) if found else ""
    runs: list[list[str]] = []
    for year in found:
        if not runs or int(year) > int(runs[-1][-1]) + 1:
            runs.append([])
        runs[-1].append(year)
    # A few gaps are told; a table of single years has too many to be.
    runs = runs if len(runs) < 4 else [found]
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
