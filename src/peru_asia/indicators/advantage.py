"""In which goods a country, or a market, is specialised."""

import pandas as pd

from peru_asia.errors import BookError
from peru_asia.indicators.shares import VALUE


def rca(
    table: pd.DataFrame,
    *,
    reference: str = "WLD",
    of: str = "partner",
    item: str = "section",
    by: str = "year",
    value: str = VALUE,
) -> pd.DataFrame:
    """Give each row its revealed comparative advantage (RCA), a ratio of two shares.

    ``(x[i, j] / sum_i x[i, j]) / (x[i, w] / sum_i x[i, w])``: the share of good `i` in the trade of
    `j` over its share in the trade of the reference `w`. Above 1, `j` is specialised in `i`.
    Balassa took an exporter for `j` and a group of exporters for `w`; today it is mostly the world.
    The same ratio serves two questions that one country's trade can answer. With destinations for
    `j` and all destinations for `w`: what does a market buy more of than others do (a location
    quotient)? With suppliers for `j` and all suppliers for `w`: in what is a supplier strong on
    this one market? Neither is the advantage on the world market, for which the world's exports by
    good are needed.

    It is not symmetric (0 to 1 below, 1 to infinity above), says nothing of the size of trade,
    and inherits what tariffs and prices do to it.

    Parameters
    ----------
    table
        Tidy table of one flow, one row for each `of`, `item` and `by`; parts only, no row of a
        total. A good without a row was not traded.
    reference
        Code in `of` whose shares are the yardstick.
    of, item, by, value
        Columns: whose structure, of which goods, when, and how much.

    Returns
    -------
    pandas.DataFrame
        The rows of `table` but for the reference, with a column ``rca`` (a ratio); missing where
        the reference does not trade the good or a total is zero.

    Raises
    ------
    BookError
        If the reference is in no row.
    ValueError
        If a row stands twice.

    References
    ----------
    Balassa, B. (1965), "Trade Liberalisation and 'Revealed' Comparative Advantage", The Manchester
    School 33(2).
    """
    if table.duplicated([of, item, by]).any():
        raise ValueError(f"a combination of {of}, {item} and {by} stands twice; choose one flow")
    if reference not in set(table[of]):
        raise BookError(f"no row has {of} '{reference}', the reference")
    totals = table.groupby([of, by], observed=True)[value].transform("sum")
    shares = table.assign(_share=table[value] / totals.where(totals > 0))
    yardstick = shares[shares[of] == reference].set_index([item, by])["_share"]
    yardstick = yardstick.where(yardstick > 0)
    rows = shares[shares[of] != reference]
    keys = pd.MultiIndex.from_frame(rows[[item, by]])
    ratio = rows["_share"].to_numpy() / yardstick.reindex(keys).to_numpy()
    return rows.drop(columns="_share").assign(rca=ratio)
