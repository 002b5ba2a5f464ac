"""People who died or were hurt in events, with the range that the sources leave open."""

import pandas as pd

_FORMS = ("deaths", "injured")


def _counted(events: pd.DataFrame, what: str) -> pd.DataFrame:
    if what not in _FORMS:
        raise ValueError(f"casualties are {' or '.join(_FORMS)}, not {what}")
    rows = events[events["count_in_totals"]]
    twice = rows["event_id"].duplicated()
    if twice.any():
        raise ValueError(f"{rows.loc[twice, 'event_id'].iloc[0]} counts twice; one row an event")
    known = rows[[what, f"{what}_low", f"{what}_high"]].notna().any(axis=1)
    return rows[known]


def totals(events: pd.DataFrame, what: str = "deaths", *, by: str = "mine") -> pd.DataFrame:
    """Sum the people who died or were hurt, with the range over the sources.

    Only rows that count are added, so that no event stands twice. The lower end takes the lowest
    figure of any source for each event, the upper end the highest. Where the highest is not
    known, because a source says "more than", the upper end of the sum is not known either.

    Parameters
    ----------
    events
        One row an event and source, as ``conflict_events``: ``event_id``, ``count_in_totals``,
        `by`, and `what` with its ``_low`` and ``_high``.
    what
        ``deaths`` or ``injured``, in persons.
    by
        Column of what the sums belong to.

    Returns
    -------
    pandas.DataFrame
        One row a value of `by` that has at least one event with a figure: `by`, ``events``
        (how many have one), ``reported`` (sum of the figures of the rows that count),
        ``low``, ``high`` (missing where the range is open above). A value of `by` without a
        row has no reported casualties, which is not the same as none.

    Raises
    ------
    ValueError
        If `what` is unknown or an event counts twice.
    """
    rows = _counted(events, what)
    # Where a source gives no lowest figure its own is the lowest.
    low = rows[f"{what}_low"].fillna(rows[what])
    grouped = rows.assign(_low=low).groupby(by, observed=True, sort=False)
    return grouped.agg(
        events=("event_id", "size"),
        reported=(what, "sum"),
        low=("_low", "sum"),
        # A sum of numbers of which one is not known is not known.
        high=(f"{what}_high", lambda ends: ends.sum(skipna=False)),
    ).reset_index()


def persons(events: pd.DataFrame, what: str = "deaths") -> pd.DataFrame:
    """Give each person whom the sources count a row, up to the highest figure of each event.

    Parameters
    ----------
    events
        As for `totals`.
    what
        ``deaths`` or ``injured``.

    Returns
    -------
    pandas.DataFrame
        The rows of the events, each as many times as its highest figure (its lowest, where the
        highest is open), with a column ``agreed``: true for as many persons as every source
        counts.

    Raises
    ------
    ValueError
        As for `totals`.
    """
    rows = _counted(events, what)
    low = rows[f"{what}_low"].fillna(rows[what]).astype(int)
    high = rows[f"{what}_high"].fillna(low).astype(int)
    each = rows.loc[rows.index.repeat(high)]
    turn = each.groupby(level=0).cumcount()
    return each.assign(agreed=turn < low.loc[each.index]).reset_index(drop=True)
