"""How far two countries trade goods of the same kind with each other."""

from collections.abc import Sequence

import pandas as pd

from peru_asia.indicators.shares import VALUE


def grubel_lloyd(
    table: pd.DataFrame,
    *,
    by: Sequence[str] = ("year", "partner"),
    item: str = "section",
    value: str = VALUE,
) -> pd.Series:
    """Return the Grubel-Lloyd index of intra-industry trade.

    ``1 - sum_i |X[i] - M[i]| / sum_i (X[i] + M[i])`` over the goods `i`: 0 if no good is traded
    both ways, 1 if every good is bought and sold in equal amounts. It is the mean of the goods' own
    indices, weighted by their trade. Two things move it apart from the trade of like for like: a
    coarse list of goods raises it (ore out and ferro-alloys in are one section), and a balance
    that is not zero lowers the highest value it can take.

    Parameters
    ----------
    table
        Tidy table with a column ``flow`` that holds ``export`` and ``import``, one row for each
        `by`, `item` and flow; parts only, no row of a total. Both flows should be valued alike
        (both FOB). A good without a row was not traded.
    by
        What each index belongs to.
    item, value
        Columns of goods and of values.

    Returns
    -------
    pandas.Series
        Indexed by `by`, between 0 and 1; missing where there is no trade.

    Raises
    ------
    ValueError
        If a row stands twice or a value is negative.

    References
    ----------
    Grubel, H. G. and Lloyd, P. J. (1975), Intra-Industry Trade: The Theory and Measurement of
    International Trade in Differentiated Products, Macmillan.
    """
    keys = list(by)
    if table.duplicated([*keys, item, "flow"]).any():
        raise ValueError(f"a combination of {keys}, {item} and flow stands twice")
    if (table[value] < 0).any():
        raise ValueError("trade cannot be negative")
    indexed = table.set_index([*keys, item, "flow"])[value]
    wide = indexed.unstack("flow").reindex(columns=["export", "import"]).fillna(0.0)
    sums = pd.DataFrame(
        {
            "apart": (wide["export"] - wide["import"]).abs(),
            "trade": wide["export"] + wide["import"],
        }
    )
    sums = sums.groupby(level=keys, observed=True).sum()
    return (1 - sums["apart"] / sums["trade"].where(sums["trade"] > 0)).rename("grubel_lloyd")
