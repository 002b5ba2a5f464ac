"""Dated events as a chronology to be read."""

import calendar
import itertools
import re

import pandas as pd

from peru_asia.errors import BookError


def written_date(date: str, end: str | None = None) -> str:
    """Return a date as prose writes it, no more exact than it is known.

    Such as ``1909``, ``June 1872``, ``3 April 1899`` or ``1849–1874``.

    Parameters
    ----------
    date : ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``
    end : the end of what lasted, in one of these forms, if there is one

    Raises
    ------
    BookError : if a date has none of these forms

    Examples
    --------
    >>> ind.chronology.written_date("1899-04-03")
    '3 April 1899'
    >>> ind.chronology.written_date("1849", "1874")
    '1849–1874'
    """
    if end is not None and not pd.isna(end):
        first, last = written_date(date), written_date(end)
        # What begins and ends in one month names it once.
        if len(date) == 10 and len(end) == 10 and date[:7] == end[:7]:
            first = str(int(date[8:]))
        return f"{first} – {last}" if " " in first else f"{first}–{last}"
    form = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", str(date))
    if not form:
        raise BookError(f"'{date}' is not a year, a month or a day, such as 1899-04-03")
    year, month, day = form.groups()
    if not month:
        return year
    if not 1 <= int(month) <= 12:
        raise BookError(f"'{date}' has no such month")
    written = f"{calendar.month_name[int(month)]} {year}"
    return f"{int(day)} {written}" if day else written


def of_partner(events: pd.DataFrame, partner: str) -> pd.DataFrame:
    """Return one partner's events in the order of time, ready for a printed table.

    Parameters
    ----------
    events : as the table ``timeline``
    partner : its code

    Returns
    -------
    Columns ``year``, ``when``, ``what`` (the summary, and the note in brackets) and ``cited``
    (MyST citations of the sources). Of events in one year those known to the year alone come first.

    Raises
    ------
    BookError : if the partner has no event

    Examples
    --------
    >>> events = data.load("timeline").query("date < '1900'")
    >>> ind.chronology.of_partner(events, "JPN")[["year", "when"]]
       year          when
    0  1872     July 1872
    1  1873          1873
    2  1899  3 April 1899
    """
    rows = events[events["partner"] == partner].sort_values("date", kind="stable")
    if rows.empty:
        raise BookError(f"there is no event with the partner '{partner}'")
    told = []
    for row in rows.to_dict("records"):
        keys = [str(row[name]) for name in ("source", "source2") if pd.notna(row[name])]
        told.append(
            {
                "year": int(row["date"][:4]),
                "when": written_date(row["date"], row["date_end"]),
                "what": row["summary"] + ("" if pd.isna(row["note"]) else f" [{row['note']}]"),
                "cited": f"{{cite:p}}`{','.join(keys)}`",
            }
        )
    return pd.DataFrame(told)


def longest_silence(dates: pd.Series) -> tuple[int, int]:
    """Return the two years with the longest stretch between them in which nothing is recorded.

    Parameters
    ----------
    dates : texts that begin with a year, in any order

    Raises
    ------
    BookError : if there are fewer than two different years

    Examples
    --------
    >>> ind.chronology.longest_silence(pd.Series(["1849", "1872-07", "1899-04-03", "1909"]))
    (1872, 1899)
    """
    years = sorted({int(str(date)[:4]) for date in dates.dropna()})
    if len(years) < 2:
        raise BookError("a silence needs two years with events")
    return max(itertools.pairwise(years), key=lambda pair: pair[1] - pair[0])
