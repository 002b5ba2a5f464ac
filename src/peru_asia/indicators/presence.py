"""A foreign presence sector by sector: when it began, when it was largest, who says so.

`facts` is the table ``china_sector_facts``.
"""

from collections.abc import Mapping

import pandas as pd

from peru_asia.errors import BookError


def sector_events(timeline: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Put the events of the timeline and the facts of the sectors into one table.

    Returns
    -------
    Columns ``event_id``, ``date``, ``date_end``, ``topic`` (the timeline's category or the fact's
    sector), ``summary``, ``source`` and ``note``, in the order of the dates.

    Examples
    --------
    >>> events = ind.presence.sector_events(data.load("timeline"), data.load("china_sector_facts"))
    >>> events[["event_id", "date", "topic"]].head(2)
      event_id     date      topic
    0     T001     1849  migration
    1     T002  1872-07   conflict
    """
    names = ["event_id", "date", "date_end", "topic", "summary", "source", "note"]
    one = timeline.rename(columns={"timeline_id": "event_id", "category": "topic"})[names]
    two = facts.rename(columns={"fact_id": "event_id", "sector": "topic"})[names]
    both = pd.concat([one.astype(object), two.astype(object)], ignore_index=True)
    return both.sort_values("date", kind="stable", ignore_index=True)


def milestones(sectors: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Return the first, the largest and the latest year of each sector, one row each.

    Parameters
    ----------
    sectors : as the table ``china_sectors``

    Returns
    -------
    Columns ``label``, ``what`` (First known, Largest, Latest on record), ``year`` and ``event``.
    The latest year is the last one named by the sector's row or by a fact. Years that are not known
    are left out.

    Examples
    --------
    >>> facts = data.load("china_sector_facts").query("sector == 'politics'")
    >>> sectors = data.load("china_sectors").query("sector == 'politics'")
    >>> ind.presence.milestones(sectors, facts)[["what", "year"]].head(1)
              what  year
    0  First known  1971
    """
    last_fact = _ends(facts).str[:4].astype(int).groupby(facts["sector"].astype(str)).max()
    rows = []
    for row in sectors.to_dict("records"):
        known = [row["first_year"], row["largest_year"], last_fact.get(row["sector"])]
        rows += [
            (row["label"], "First known", row["first_year"], row["first_event"]),
            (row["label"], "Largest", row["largest_year"], row["largest_event"]),
            (row["label"], "Latest on record", pd.Series(known).dropna().max(), None),
        ]
    out = pd.DataFrame(rows, columns=["label", "what", "year", "event"]).dropna(subset="year")
    return out.astype({"year": int}).reset_index(drop=True)


def voices(
    facts: pd.DataFrame, labels: Mapping[str, str], names: Mapping[str, str], *, since: str
) -> pd.DataFrame:
    """Count the facts of each sector by who speaks.

    Parameters
    ----------
    labels, names : of the sectors and the voices, by code
    since : first month, ``YYYY-MM``, in which a fact must end to count. A fact with a year alone
        counts from the year after.

    Returns
    -------
    Columns ``label``, ``who`` and ``facts``; pairs without a fact are left out.

    Raises
    ------
    BookError : if a fact has a sector or a voice without a name

    Examples
    --------
    >>> facts = pd.DataFrame({"date": ["2023", "2023-05"], "sector": "x", "voice": "y"})
    >>> facts = facts.assign(date_end=None)
    >>> ind.presence.voices(facts, {"x": "Trade"}, {"y": "Officials"}, since="2022-08")
       label        who  facts
    0  Trade  Officials      2
    """
    rows = facts[_ends(facts) >= since].astype({"sector": str, "voice": str})
    for column, known in (("sector", labels), ("voice", names)):
        if unknown := set(rows[column]) - set(known):
            raise BookError(f"the {column} '{min(unknown)}' has no name")
    named = rows.assign(label=rows["sector"].map(dict(labels)), who=rows["voice"].map(dict(names)))
    return named.groupby(["label", "who"]).size().reset_index(name="facts")


def _ends(facts: pd.DataFrame) -> pd.Series:
    return facts["date_end"].fillna(facts["date"]).astype(str)
