"""Days on which a road was closed or a mine stood still, by the calendar and by the counts."""

from collections.abc import Sequence

import pandas as pd

_DAY = 10  # characters of a date to the day


def spans(events: pd.DataFrame, kinds: Sequence[str]) -> pd.DataFrame:
    """Return the first and the last day of the events that can be placed in the calendar.

    An event has a first day if its start is known to the day. Its last day is its end, or, where
    the end is not known to the day, the day that its printed number of blocked days leads to.
    Both days count.

    Parameters
    ----------
    events : as the table ``conflict_events``; rows that count in no total are left out
    kinds : types of event to keep, by either of their two types

    Returns
    -------
    One row an event: ``event_id``, ``first``, ``last``. Events that cannot be placed are left out,
    so that whatever is counted from this is a lower bound.

    Examples
    --------
    >>> events = data.load("conflict_events").query("event_id == 'CN-2019-08-14'")
    >>> ind.stoppages.spans(events, ["strike"])
            event_id      first       last
    0  CN-2019-08-14 2019-08-14 2019-08-16
    """
    rows = events[events["count_in_totals"]]
    rows = rows[rows["event_type"].isin(kinds) | rows["event_type2"].isin(kinds)]
    first = _day(rows["start_date"])
    by_length = first + pd.to_timedelta(rows["days_blocked"].astype(float) - 1, unit="D")
    last = _day(rows["end_date"]).fillna(by_length)
    out = pd.DataFrame({"event_id": rows["event_id"], "first": first, "last": last})
    return out.dropna().sort_values("first").reset_index(drop=True)


def calendar_days(placed: pd.DataFrame, *, by: str = "year") -> pd.Series:
    """Count the days of the calendar that lie inside at least one span.

    A day inside two spans counts once.

    Parameters
    ----------
    placed : as `spans` returns it
    by : ``year`` or ``month``

    Returns
    -------
    Days, indexed by year (2019) or month ("2019-02"); periods without a day are left out.

    Raises
    ------
    ValueError : if `by` is neither, or a span ends before it begins

    Examples
    --------
    >>> days = pd.to_datetime(["2019-01-30", "2019-02-01"])
    >>> placed = pd.DataFrame({"first": days, "last": pd.Timestamp("2019-02-02")})
    >>> ind.stoppages.calendar_days(placed, by="month").to_dict()
    {'2019-01': 2, '2019-02': 2}
    """
    if by not in ("year", "month"):
        raise ValueError(f"days are counted by year or month, not by {by}")
    if (placed["last"] < placed["first"]).any():
        raise ValueError("a span ends before it begins")
    days = {
        day
        for first, last in zip(placed["first"], placed["last"], strict=True)
        for day in pd.date_range(first, last)
    }
    index = pd.Series([day.year if by == "year" else f"{day:%Y-%m}" for day in days], dtype=object)
    return index.value_counts().sort_index().rename("days").astype(int)


def blocked_by_year(counts: pd.DataFrame) -> pd.DataFrame:
    """Set the published counts of days with a blocked road of each year side by side.

    Of several counts of one event the largest stands, for "so far" and "more than" are lower
    bounds. Episodes lie inside their year, so the year has at least the larger of the two.

    Parameters
    ----------
    counts : as the table ``las_bambas_blockades``

    Returns
    -------
    One row a year: ``year``, ``episodes`` (days in the counts of single episodes, summed),
    ``whole_year`` (the count for the year), ``at_least``; missing where there is no count. An
    episode belongs to the year in which it began.

    Examples
    --------
    >>> counts = data.load("las_bambas_blockades").query("year_to == 2019")
    >>> ind.stoppages.blocked_by_year(counts)
       year  episodes  whole_year  at_least
    0  2019      85.0         NaN      85.0
    """
    blocked = (counts["measure"] == "road_blocked") & (counts["year_from"] == counts["year_to"])
    rows = counts[blocked].rename(columns={"year_from": "year"})
    rows = rows.astype({"year": int, "days": float})
    single = rows[rows["span"] == "episode"].dropna(subset=["days"])
    # An episode without an event of its own is an event by itself.
    event = single["event_id"].astype(object).where(single["event_id"].notna(), single.index)
    longest = single["days"].groupby([single["year"], event]).max()
    whole = rows[rows["span"] == "year"].groupby("year")["days"].max()
    out = pd.DataFrame(
        {"episodes": longest.groupby("year").sum(), "whole_year": whole},
        index=pd.Index(sorted(set(rows["year"])), name="year"),
        dtype=float,
    )
    return out.assign(at_least=out.max(axis=1)).reset_index()


def _day(dates: pd.Series) -> pd.Series:
    text = dates.astype("string")
    return pd.to_datetime(text.where(text.str.len() == _DAY), format="%Y-%m-%d")
