"""What several sources state of one thing, how far apart they lie, and what that allows."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

Interval = tuple[float, float]


def spread_factor(values: Iterable[float]) -> float:
    """Return how many times the smallest statement goes into the largest.

    ``max(values) / min(values)``: 1 where all agree, 100 for a hundredfold disagreement. A factor
    and not a difference, because statements that differ by their rules differ by a multiple. It
    depends on the two extremes alone: more statements can widen it and never narrow it, so compare
    two factors only with their numbers of statements.

    Parameters
    ----------
    values : statements in one unit; missing ones are left out

    Raises
    ------
    ValueError : if fewer than two statements are left (one source cannot disagree), or one is zero
        or negative, of which there is no multiple

    Examples
    --------
    >>> ind.spread_factor([4, 10, 20])
    5.0
    """
    stated = pd.Series(list(values), dtype=float).dropna()
    if len(stated) < 2:
        raise ValueError(f"{len(stated)} statements cannot disagree; a spread needs two")
    if (stated <= 0).any():
        raise ValueError(f"there is no multiple of {stated.min()}; statements must be positive")
    return float(stated.max() / stated.min())


def estimate_ranges(
    table: pd.DataFrame,
    *,
    by: str | Sequence[str],
    value: str = "value",
    source: str = "source",
) -> pd.DataFrame:
    """Give the span of the statements that sources make of each thing.

    Sources are neither averaged nor weighed: the ends of the span say how far they lie apart,
    not where the truth is.

    Parameters
    ----------
    table : one row a statement; where a source may print a range, ``value_high`` is its upper end.
        Statements without a value are left out.
    by : column or columns of what the statements are about
    value : column of the figure, or of the lower end of a range
    source : column of the sources; those that copy each other count apart

    Returns
    -------
    One row a thing, in the order of the table: `by`, ``lowest``, ``highest`` (in the unit of
    `value`), ``factor`` (highest over lowest; missing where the lowest is zero), ``statements`` and
    ``sources`` (numbers of rows and of different sources), and ``lowest_source`` and
    ``highest_source`` (who states the ends; the first in the table where several do).

    Examples
    --------
    >>> stated = pd.DataFrame({"of": "stock", "source": ["A", "B"], "value": [10.0, 40.0]})
    >>> ind.estimate_ranges(stated, by="of")[["lowest", "highest", "factor", "sources"]]
       lowest  highest  factor  sources
    0    10.0     40.0     4.0        2
    """
    keys = [by] if isinstance(by, str) else list(by)
    rows = table.dropna(subset=[value]).reset_index(drop=True)
    top = rows[value].astype(float)
    if "value_high" in rows.columns:
        top = rows["value_high"].astype(float).fillna(top)
    groups = rows.assign(_top=top).groupby(keys, sort=False, observed=True)
    out = groups.agg(
        lowest=(value, "min"),
        highest=("_top", "max"),
        statements=(value, "size"),
        sources=(source, "nunique"),
    ).reset_index()
    factor = out["highest"] / out["lowest"].where(out["lowest"] != 0)
    out.insert(len(keys) + 2, "factor", factor)
    ends = {"lowest_source": groups[value].idxmin(), "highest_source": groups["_top"].idxmax()}
    return out.assign(**{name: rows[source][at].to_numpy() for name, at in ends.items()})


def gap_steps(levels: Mapping[str, float]) -> pd.DataFrame:
    """Take the gap between two figures apart into the steps of a way from one to the other.

    Each step is measured twice: as a part of the difference, ``(after - before) / (last -
    first)``, and as a part of the factor, ``ln(after / before) / ln(last / first)``. Both add up
    to a hundred. They can disagree, for the first weighs the steps near the larger figure, the
    second those near the smaller. A step that leads away from the last figure has negative parts.
    With amounts that are added one after another, the parts of the difference do not depend on
    their order; those of the factor do.

    Parameters
    ----------
    levels : figures in one unit, in the order of the way. The first name is that of the figure
        where it starts; every other is the name of the step that leads to its figure.

    Returns
    -------
    One row a step: ``step``, ``before``, ``after`` and ``change`` in the unit of the figures,
    ``difference_pct`` and ``factor_pct`` in per cent of the gap.

    Raises
    ------
    ValueError : if there are fewer than two figures, one is not positive, or first and last are
        equal

    Examples
    --------
    >>> ind.gap_steps({"registered": 10, "loans": 20, "trackers": 40}).round(1)
           step  before  after  change  difference_pct  factor_pct
    0     loans    10.0   20.0    10.0            33.3        50.0
    1  trackers    20.0   40.0    20.0            66.7        50.0
    """
    values = pd.Series(dict(levels), dtype=float)
    if len(values) < 2:
        raise ValueError(f"{len(values)} figures have no gap between them; a step needs two")
    if not (values > 0).all():
        raise ValueError(f"there is no multiple of {values.min()}; figures must be positive")
    first, last = values.iloc[0], values.iloc[-1]
    if first == last:
        raise ValueError(f"both ends are {first}; there is no gap to take apart")
    out = values.rename_axis("step").rename("after").reset_index()
    out.insert(1, "before", out["after"].shift())
    out = out.iloc[1:].reset_index(drop=True)
    out["change"] = out["after"] - out["before"]
    out["difference_pct"] = 100 * out["change"] / (last - first)
    out["factor_pct"] = 100 * np.log(out["after"] / out["before"]) / np.log(last / first)
    return out


def share_bounds(parts: Sequence[Interval], total: Interval) -> Interval:
    """Return the least and the largest share, in per cent, that some intervals allow.

    ``100 * sum(lows) / total high`` and ``100 * sum(highs) / total low``. Every choice of values
    from the intervals gives a share between the two. That is all that they say: neither end is
    likelier than another, and the true share lies between them only if each true value lies in
    its interval and all count by one rule.

    Parameters
    ----------
    parts, total : lowest and highest statement on each part and on the total, in one unit

    Raises
    ------
    ValueError : if an interval is upside down or negative, or the total may be zero

    Examples
    --------
    >>> ind.share_bounds([(10, 20), (5, 10)], total=(50, 100))
    (15.0, 60.0)
    """
    for low, high in [*parts, total]:
        if not 0 <= low <= high:
            raise ValueError(f"({low}, {high}) is no interval of amounts: 0 <= low <= high")
    if total[0] == 0:
        raise ValueError("there is no share of a total that may be zero")
    lows, highs = (sum(part[end] for part in parts) for end in (0, 1))
    return 100 * lows / total[1], 100 * highs / total[0]


def printed_range(printed: str) -> tuple[float, float]:
    """Return the interval that rounds to a printed number, by its last digit.

    ``12.8`` may be anything from 12.75 to 12.85. A whole number is taken as exact to one half,
    although its last zeros may be rounded too, so that the interval is then too narrow.

    Examples
    --------
    >>> ind.printed_range("13")
    (12.5, 13.5)
    """
    decimals = len(printed.partition(".")[2])
    half = 0.5 * 10.0**-decimals
    return float(printed) - half, float(printed) + half
