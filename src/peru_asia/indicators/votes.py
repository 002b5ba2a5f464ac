"""Votes of states: shares of counted choices, stretches of years, positions that are estimated."""

from collections.abc import Sequence

import pandas as pd


def stretch(years: pd.Series, length: int = 5) -> pd.Series:
    """Return the stretch of years that each year belongs to, such as "1990–94".

    Stretches are counted from the year zero, so that those of five years begin in years that end
    in 0 or 5, whatever the first year of the series.

    Raises
    ------
    ValueError : if `length` is not positive

    Examples
    --------
    >>> ind.votes.stretch(pd.Series([1994, 1995])).tolist()
    ['1990–94', '1995–99']
    """
    if length < 1:
        raise ValueError(f"a stretch of {length} years has no meaning")
    first = years // length * length
    names = [
        str(start) if length == 1 else f"{start}–{(start + length - 1) % 100:02d}"
        for start in first
    ]
    return pd.Series(names, index=years.index, dtype=object)


def choice_shares(
    counts: pd.DataFrame, choices: Sequence[str], *, whole: str, by: Sequence[str]
) -> pd.DataFrame:
    """Add counted choices up and return each as a share of all occasions, one row a choice.

    ``share_pct = 100 * sum(choice) / sum(whole)`` over the rows of a group. The counts are pooled:
    a year with many votes weighs more than one with few, as a mean of yearly shares would not
    have it. The roll calls are all that were held and no sample, so there is no sampling error;
    that the same motions come back every year is why they are no independent trials either.

    Parameters
    ----------
    counts : columns `by`, `choices` and `whole`; none missing
    choices, whole : columns of the counts of each choice and of all occasions
    by : columns of the groups

    Returns
    -------
    Columns `by`, ``choice``, ``votes``, ``of`` and ``share_pct``, which is missing where a group
    has no occasions.

    Raises
    ------
    ValueError : if the choices of a row come to more than its whole

    Examples
    --------
    >>> counts = pd.DataFrame({"decade": "1990s", "with": [3, 5], "against": [1, 1], "all": [4, 6]})
    >>> ind.votes.choice_shares(counts, ["with", "against"], whole="all", by=["decade"])
      decade   choice  votes  of  share_pct
    0  1990s     with      8  10       80.0
    1  1990s  against      2  10       20.0
    """
    if (counts[list(choices)].sum(axis=1) > counts[whole]).any():
        raise ValueError(f"there are more choices than '{whole}'")
    pooled = counts.groupby(list(by), sort=False, observed=True)[[*choices, whole]].sum()
    pooled = pooled.rename_axis(columns="choice").reset_index()
    rows = pooled.melt([*by, whole], list(choices), var_name="choice", value_name="votes")
    rows = rows.rename(columns={whole: "of"})
    rows["share_pct"] = 100 * rows["votes"] / rows["of"].where(rows["of"] > 0)
    return rows[[*by, "choice", "votes", "of", "share_pct"]]


def gaps(positions: pd.DataFrame, home: str) -> pd.DataFrame:
    """Return how far each country stands from `home` on one line, year by year.

    ``gap = position - position(home)``; it is positive above `home`. The estimates of two
    countries in one year are not independent, so an interval of the gap cannot be made from
    theirs. Told is only whether the two intervals meet.

    Parameters
    ----------
    positions : ``country``, ``year``, ``ideal_point``, ``low_5`` and ``high_95``
    home : code of the country from which the gaps are measured

    Returns
    -------
    Columns ``country``, ``year``, ``gap`` and ``meet``, for the years that have both.

    Raises
    ------
    ValueError : if a country stands twice in a year, as it does where two sets of estimates are
        mixed

    Examples
    --------
    >>> positions = data.load("un_ideal_points").query("year == 2011 and votes == 'final_passage'")
    >>> ind.votes.gaps(positions, "USA").query("country == 'CHN'").round(2).to_dict("records")
    [{'country': 'CHN', 'year': 2011, 'gap': -3.0, 'meet': False}]
    """
    if positions.duplicated(["country", "year"]).any():
        raise ValueError("a country stands twice in a year; choose one set of estimates")
    own = positions["country"] == home
    both = positions[~own].merge(positions[own], on="year", suffixes=("", "_home"))
    meet = (both["low_5"] <= both["high_95_home"]) & (both["low_5_home"] <= both["high_95"])
    distance = both["ideal_point"] - both["ideal_point_home"]
    return both[["country", "year"]].assign(gap=distance, meet=meet)
