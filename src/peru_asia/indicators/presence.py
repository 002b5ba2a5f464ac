"""A foreign presence sector by sector: when it began, when it was largest, who says so."""

from collections.abc import Mapping

import pandas as pd

from peru_asia.errors import BookError


def sector_events(timeline: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Put the events of the timeline and the facts of the sectors into one table.

    Parameters
    ----------
    timeline
        As the table ``timeline``.
    facts
        As the table ``china_sector_facts``.

    Returns
    -------
    pandas.DataFrame
        Columns ``event_id``, ``date``, ``date_end``, ``topic`` (the timeline's category or the
        fact's sector), ``summary``, ``source`` and ``note``, in the order of the dates.
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
    sectors
        As the table ``china_sectors``: columns ``sector``, ``label``, ``first_year``,
        ``first_event``, ``largest_year`` and ``largest_event``.
    facts
        As the table ``china_sector_facts``: columns ``sector``, ``date``, ``date_end``.

    Returns
    -------
    pandas.DataFrame
        Columns ``label``, ``what`` (First known, Largest, Latest on record), ``year`` and
        ``event``. The latest year is the last one named by the sector's row or by a fact.
        Years that are not known are left out.
    """
    ends = facts["date_end"].fillna(facts["date"]).astype(str).str[:4].astype(int)
    last_fact = ends.groupby(facts["sector"].astype(str)).max()
    rows = []
    for row in sectors.to_dict("records"):
        known = [row["first_year"], row["largest_year"], last_fact.get(row["sector"])]
        latest = pd.Series(known).dropna().max()
        for what, year, event in (
            ("First known", row["first_year"], row["first_event"]),
            ("Largest", row["largest_year"], row["largest_event"]),
            ("Latest on record", latest, None),
        ):
            if not pd.isna(year):
                rows.append((row["label"], what, int(year), event))
    return pd.DataFrame(rows, columns=["label", "what", "year", "event"])


def voices(
    facts: pd.DataFrame, labels: Mapping[str, str], names: Mapping[str, str], *, since: str
) -> pd.DataFrame:
    """Count the facts of each sector by who speaks.

    Parameters
    ----------
    facts
        As the table ``china_sector_facts``.
    labels
        Names by code of the sector.
    names
        Names by code of the voice, as in the column ``voice``.
    since
        First month, ``YYYY-MM``, in which a fact must end to count. A fact with a year alone
        counts from the year after.

    Returns
    -------
    pandas.DataFrame
        Columns ``label``, ``who`` and ``facts``; pairs without a fact are left out.

    Raises
    ------
    BookError
        If a fact has a sector or a voice without a name.
    """
    end = facts["date_end"].fillna(facts["date"]).astype(str)
    rows = facts[end >= since]
    for column, known in (("sector", labels), ("voice", names)):
        unknown = set(rows[column].astype(str)) - set(known)
        if unknown:
            raise BookError(f"the {column} '{min(unknown)}' has no name")
    counted = rows.assign(
        label=rows["sector"].astype(str).map(dict(labels)),
        who=rows["voice"].astype(str).map(dict(names)),
    )
    return (
        counted.groupby(["label", "who"], as_index=False).size().rename(columns={"size": "facts"})
    )
