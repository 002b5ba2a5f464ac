"""How far statements about the same thing lie apart, and what follows from their extremes."""

from collections.abc import Iterable, Sequence

import pandas as pd

from peru_asia.indicators.shares import VALUE

Interval = tuple[float, float]


def spread_factor(values: Iterable[float]) -> float:
    """Return how many times the smallest statement goes into the largest.

    ``max(values) / min(values)``: 1 where all agree, 100 for a hundredfold disagreement. A factor
    and not a difference, because statements that differ by their rules differ by a multiple. It
    depends on the two extremes alone: more statements can widen it and never narrow it, so compare
    two factors only with their numbers of statements.

    Parameters
    ----------
    values
        Statements in one unit; missing ones are left out.

    Raises
    ------
    ValueError
        If fewer than two statements are left (one source cannot disagree), or one is zero or
        negative, of which there is no multiple.
    """
    stated = pd.Series(list(values), dtype=float).dropna()
    if len(stated) < 2:
        raise ValueError(f"{len(stated)} statements cannot disagree; a spread needs two")
    if (stated <= 0).any():
        raise ValueError(f"there is no multiple of {stated.min()}; statements must be positive")
    return float(stated.max() / stated.min())


def disagreement(
    statements: pd.DataFrame,
    *,
    by: str = "year",
    value: str = VALUE,
    source: str = "producer",
) -> pd.DataFrame:
    """Set the lowest against the highest statement on the same thing.

    Parameters
    ----------
    statements
        One row a statement; rows without `by` or `value` are left out.
    by
        What the statements are about, such as the year.
    value, source
        Columns: the amount, and who states it.

    Returns
    -------
    pandas.DataFrame
        A row for each `by` with two sources or more, in order: ``statements`` and ``sources``
        (numbers), ``low`` and ``high`` (unit of `value`), ``lowest`` and ``highest`` (their
        sources; the first named where two are equal) and ``factor`` (see `spread_factor`).

    Raises
    ------
    ValueError
        If a statement is zero or negative.
    """
    given = statements.dropna(subset=[by, value]).reset_index(drop=True)
    rows = []
    for about, group in given.groupby(by, observed=True):
        if group[source].nunique() < 2:
            continue
        low, high = group[value].idxmin(), group[value].idxmax()
        rows.append(
            {
                by: about,
                "statements": len(group),
                "sources": group[source].nunique(),
                "low": group[value][low],
                "lowest": group[source][low],
                "high": group[value][high],
                "highest": group[source][high],
                "factor": spread_factor(group[value]),
            }
        )
    columns = [by, "statements", "sources", "low", "lowest", "high", "highest", "factor"]
    return pd.DataFrame(rows, columns=columns)


def share_bounds(parts: Sequence[Interval], total: Interval) -> Interval:
    """Return the least and the largest share, in per cent, that some intervals allow.

    ``100 * sum(lows) / total high`` and ``100 * sum(highs) / total low``. Every choice of values
    from the intervals gives a share between the two. That is all that they say: neither end is
    likelier than another, and the true share lies between them only if each true value lies in
    its interval and all count by one rule.

    Parameters
    ----------
    parts
        Lowest and highest statement on each part, in one unit.
    total
        Lowest and highest statement on the total, in the same unit.

    Raises
    ------
    ValueError
        If an interval is upside down or negative, or the total may be zero.
    """
    for low, high in [*parts, total]:
        if not 0 <= low <= high:
            raise ValueError(f"({low}, {high}) is no interval of amounts: 0 <= low <= high")
    if total[0] == 0:
        raise ValueError("there is no share of a total that may be zero")
    lows, highs = (sum(part[end] for part in parts) for end in (0, 1))
    return 100 * lows / total[1], 100 * highs / total[0]


def running_total(
    table: pd.DataFrame, *, by: str = "year", value: str = VALUE, until: int | None = None
) -> pd.Series:
    """Sum all that was recorded up to the end of each year.

    What deal trackers print as a country's investment. It is no stock: nothing leaves it when an
    owner sells, writes off or takes profits home, and old dollars stand beside new ones.

    Parameters
    ----------
    table
        Tidy table of amounts, any number of rows a year.
    by, value
        Columns: whole year, and amount; missing amounts count as nothing.
    until
        Last year; otherwise the last in the table.

    Returns
    -------
    pandas.Series
        Indexed by every year from the first in the table, in the unit of `value`. A year without
        a row repeats the total before it.

    Raises
    ------
    ValueError
        If the table is empty, or `until` lies before its first year.
    """
    yearly = table.groupby(by, observed=True)[value].sum()
    if yearly.empty:
        raise ValueError("no rows, no total")
    first, last = int(yearly.index.min()), int(yearly.index.max())
    last = last if until is None else until
    if last < first:
        raise ValueError(f"nothing is recorded before {first}; until={until}")
    years = pd.RangeIndex(first, last + 1, name=by)
    return yearly.reindex(years, fill_value=0.0).cumsum().astype(float)
