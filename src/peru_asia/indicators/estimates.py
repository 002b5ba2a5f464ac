"""What several sources say of one thing, side by side."""

from collections.abc import Sequence

import pandas as pd


def estimate_ranges(
    table: pd.DataFrame,
    *,
    by: str | Sequence[str],
    value: str = "value",
    high: str | None = "value_high",
    source: str = "source",
) -> pd.DataFrame:
    """Give the span of the statements that sources make of each thing.

    Sources are neither averaged nor weighed: the ends of the span say how far they lie apart,
    not where the truth is.

    Parameters
    ----------
    table
        One row a statement; columns `by`, `value`, `source` and, where a source may print a
        range, `high`. Statements without a value are left out.
    by
        Column or columns of what the statements are about.
    value, high
        Columns of the figure, or of the lower and the upper end of a range.
    source
        Column of the sources. Sources that copy each other count apart.

    Returns
    -------
    pandas.DataFrame
        One row a thing, in the order of the table: `by`, ``lowest``, ``highest`` (in the unit of
        `value`), ``factor`` (highest over lowest; missing where the lowest is zero),
        ``statements`` and ``sources`` (numbers of rows and of different sources).
    """
    keys = [by] if isinstance(by, str) else list(by)
    rows = table.dropna(subset=[value])
    top = rows[value].astype(float)
    if high is not None and high in rows.columns:
        top = rows[high].astype(float).fillna(top)
    groups = rows.assign(_top=top).groupby(keys, sort=False, observed=True)
    out = groups.agg(
        lowest=(value, "min"),
        highest=("_top", "max"),
        statements=(value, "size"),
        sources=(source, "nunique"),
    ).reset_index()
    factor = out["highest"] / out["lowest"].where(out["lowest"] != 0)
    out.insert(len(keys) + 2, "factor", factor)
    return out
