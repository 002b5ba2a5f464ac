"""Dated events as a chronology to be read."""

import calendar
import itertools

import pandas as pd

from peru_asia.errors import BookError


def written_date(date: str, end: str | None = None) -> str:
    """Return a date as prose writes it, no more exact than it is known.

    Parameters
    ----------
    date
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    end
        The end of what lasted, in one of these forms, if there is one.

    Returns
    -------
    str
        Such as ``1909``, ``June 1872``, ``3 April 1899`` or ``1849–1874``.

    Raises
    ------
    BookError
        If a date has none of these forms.
    """
    if end is not None and not pd.isna(end):
        first, last = written_date(date), written_date(end)
        # What begins and ends in one month names it once.
        if len(date) == 10 and len(end) == 10 and date[:7] == end[:7]:
            first = str(int(date[8:]))
        return f"{first} – {last}" if " " in first else f"{first}–{last}"
    parts = str(date).split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(
        part.isdigit() for part in parts
    ):
        raise BookError(f"'{date}' is not a year, a month or a day, such as 1899-04-03")
    if len(parts) == 1:
        return parts[0]
    if not 1 <= int(parts[1]) <= 12:
        raise BookError(f"'{date}' has no such month")
    month = f"{calendar.month_name[int(parts[1])]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def of_partner(events: pd.DataFrame, partner: str) -> pd.DataFrame:
    """Return one partner's events in the order of time, ready for a printed table.

    Parameters
    ----------
    events
        As the table ``timeline``: columns ``date``, ``date_end``, ``partner``, ``summary``,
        ``source``, ``source2`` and ``note``.
    partner
        Code of the partner.

    Returns
    -------
    pandas.DataFrame
        Columns ``year``, ``when``, ``what`` (the summary, and the note in brackets) and ``cited``
        (MyST citations of the sources). Of events in one year those known to the year alone
        come first.

    Raises
    ------
    BookError
        If the partner has no event.
    """
    rows = events[events["partner"] == partner].sort_values("date", kind="stable")
    if rows.empty:
        raise BookError(f"there is no event with the partner '{partner}'")

    def told(row: pd.Series) -> str:
        return row["summary"] if pd.isna(row["note"]) else f"{row['summary']} [{row['note']}]"

    def cited(row: pd.Series) -> str:
        keys = [str(row[name]) for name in ("source", "source2") if pd.notna(row[name])]
        return f"{{cite:p}}`{','.join(keys)}`"

    return pd.DataFrame(
        {
            "year": rows["date"].str[:4].astype(int).tolist(),
            "when": [
                written_date(*pair) for pair in zip(rows["date"], rows["date_end"], strict=True)
            ],
            "what": [told(row) for _, row in rows.iterrows()],
            "cited": [cited(row) for _, row in rows.iterrows()],
        }
    )


def longest_silence(dates: pd.Series) -> tuple[int, int]:
    """Return the two years with the longest stretch between them in which nothing is recorded.

    Parameters
    ----------
    dates
        Dates that begin with a year, in any order.

    Raises
    ------
    BookError
        If there are fewer than two different years.
    """
    years = sorted({int(str(date)[:4]) for date in dates.dropna()})
    if len(years) < 2:
        raise BookError("a silence needs two years with events")
    return max(itertools.pairwise(years), key=lambda pair: pair[1] - pair[0])
