"""People who died or were hurt in events, with the range that the sources leave open.

`events` has one row an event and source, as ``conflict_events``: ``event_id``, ``mine``,
``count_in_totals`` and, in persons, ``deaths`` and ``injured`` with their ``_low`` and ``_high``.
`what` is one of these two. Both functions raise a ValueError if it is not, or an event counts
twice.
"""

import pandas as pd


def _counted(events: pd.DataFrame, what: str) -> pd.DataFrame:
    if what not in ("deaths", "injured"):
        raise ValueError(f"casualties are deaths or injured, not {what}")
    rows = events[events["count_in_totals"]]
    twice = rows["event_id"].duplicated()
    if twice.any():
        raise ValueError(f"{rows.loc[twice, 'event_id'].iloc[0]} counts twice; one row an event")
    rows = rows[rows[[what, f"{what}_low", f"{what}_high"]].notna().any(axis=1)]
    # Where a source gives no lowest figure its own is the lowest.
    return rows.assign(_low=rows[f"{what}_low"].fillna(rows[what]))


def totals(events: pd.DataFrame, what: str = "deaths") -> pd.DataFrame:
    """Sum the people who died or were hurt, with the range over the sources.

    Only rows that count are added, so that no event stands twice. The lower end takes the lowest
    figure of any source for each event, the upper end the highest. Where the highest is not
    known, because a source says "more than", the upper end of the sum is not known either.

    Returns
    -------
    One row a ``mine`` that has at least one event with a figure: ``events`` (how many have one),
    ``reported`` (sum of the figures of the rows that count), ``low``, ``high`` (missing where the
    range is open above). A mine without a row has no reported casualties, which is not the same as
    none.

    Examples
    --------
    >>> events = pd.DataFrame({"event_id": [1, 2], "mine": "A", "count_in_totals": True,
    ...     "deaths": [1, 3], "deaths_low": [None, 2.0], "deaths_high": [1, 4]})
    >>> ind.casualties.totals(events)
      mine  events  reported  low  high
    0    A       2         4  3.0     5
    """
    grouped = _counted(events, what).groupby("mine", observed=True, sort=False)
    return grouped.agg(
        events=("event_id", "size"),
        reported=(what, "sum"),
        low=("_low", "sum"),
        # A sum of numbers of which one is not known is not known.
        high=(f"{what}_high", lambda ends: ends.sum(skipna=False)),
    ).reset_index()


def persons(events: pd.DataFrame, what: str = "deaths") -> pd.DataFrame:
    """Give each person whom the sources count a row, up to the highest figure of each event.

    Returns
    -------
    The rows of the events, each as many times as its highest figure (its lowest, where the highest
    is open), with a column ``agreed``: true for as many persons as every source counts.

    Examples
    --------
    >>> event = {"event_id": 1, "count_in_totals": True, "deaths": 3}
    >>> events = pd.DataFrame([event | {"deaths_low": 2, "deaths_high": 4}])
    >>> ind.casualties.persons(events)["agreed"].tolist()
    [True, True, False, False]
    """
    rows = _counted(events, what)
    low = rows.pop("_low").astype(int)
    high = rows[f"{what}_high"].fillna(low).astype(int)
    each = rows.loc[rows.index.repeat(high)]
    turn = each.groupby(level=0).cumcount()
    return each.assign(agreed=turn < low.loc[each.index]).reset_index(drop=True)
