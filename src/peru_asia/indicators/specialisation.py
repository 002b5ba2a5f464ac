"""In which goods a country, or a market, is specialised, and which it trades both ways."""

from collections.abc import Iterable

import pandas as pd

from peru_asia.errors import BookError
from peru_asia.indicators.shares import LEAST, VALUE, all_shares, refuse_totals


def rca(
    table: pd.DataFrame,
    *,
    reference: str = "WLD",
    among: Iterable[str] | None = None,
    total: str | None = None,
    least: float = LEAST,
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

    Source: Balassa, B. (1965), "Trade Liberalisation and 'Revealed' Comparative Advantage", The
    Manchester School 33(2).

    Parameters
    ----------
    table : one flow, a row for each ``partner``, ``section`` and ``year``. A good without a row was
        not traded.
    reference : the partner whose shares are the yardstick
    among, total : the sections that are all goods, or the code of the section that is their total
    least : per cent of its total that each partner's goods must cover

    Returns
    -------
    The rows of the goods but for the reference's, with the columns of `share` and ``rca``; it is
    missing where the reference does not trade the good or a total is zero.

    Raises
    ------
    BookError : if the reference is in no row, or goods cover less than `least` of a total
    ValueError : if a row stands twice, or neither or both of `among` and `total` are given

    Examples
    --------
    >>> goods = pd.DataFrame({"year": 2011, "partner": ["A", "A", "WLD", "WLD"],
    ...     "section": ["metals", "food"] * 2, "value_usd_m": [9.0, 1.0, 60.0, 40.0]})
    >>> ind.rca(goods, among=["metals", "food"])[["section", "rca"]]
      section   rca
    0  metals  1.50
    1    food  0.25
    """
    if reference not in set(table["partner"]):
        raise BookError(f"no row has partner '{reference}', the reference")
    goods = all_shares(
        table, among=among, total=total, of="section", by=["partner", "year"], least=least
    ).reset_index()
    own = goods["partner"] == reference
    keys = ["section", "year"]
    yardstick = goods[own].set_index(keys)["share_pct"].rename("yardstick")
    rest = goods[~own]
    of_reference = rest[keys].join(yardstick.where(yardstick > 0), on=keys)["yardstick"]
    return rest.assign(rca=rest["share_pct"] / of_reference)


def grubel_lloyd(table: pd.DataFrame) -> pd.Series:
    """Return the Grubel-Lloyd index of intra-industry trade.

    ``1 - sum_i |X[i] - M[i]| / sum_i (X[i] + M[i])`` over the goods `i`: 0 if no good is traded
    both ways, 1 if every good is bought and sold in equal amounts. It is the mean of the goods' own
    indices, weighted by their trade. Two things move it apart from the trade of like for like: a
    coarse list of goods raises it (ore out and ferro-alloys in are one section), and a balance
    that is not zero lowers the highest value it can take.

    Source: Grubel, H. G. and Lloyd, P. J. (1975), Intra-Industry Trade: The Theory and Measurement
    of International Trade in Differentiated Products, Macmillan.

    Parameters
    ----------
    table : a row for each ``year``, ``partner``, ``section`` and ``flow`` (``export``, ``import``);
        of the goods that the index is to be of. Both flows should be valued alike (both FOB). A
        good without a row was not traded.

    Returns
    -------
    Indexed by year and partner, between 0 and 1; missing where there is no trade.

    Raises
    ------
    BookError : if a section is the total of others
    ValueError : if a row stands twice or a value is negative

    Examples
    --------
    >>> trade = pd.DataFrame({"flow": ["export", "import"], "value_usd_m": [9.0, 1.0]})
    >>> trade = trade.assign(year=2011, partner="A", section="metals")
    >>> ind.grubel_lloyd(trade).round(2).tolist()
    [0.2]
    """
    refuse_totals(table["section"])
    keys = ["year", "partner", "section", "flow"]
    if table.duplicated(keys).any():
        raise ValueError(f"a combination of {', '.join(keys)} stands twice")
    if (table[VALUE] < 0).any():
        raise ValueError("trade cannot be negative")
    wide = table.set_index(keys)[VALUE].unstack("flow")
    wide = wide.reindex(columns=["export", "import"]).fillna(0.0)
    sums = pd.DataFrame({"apart": wide.diff(axis=1)["import"].abs(), "trade": wide.sum(axis=1)})
    sums = sums.groupby(level=["year", "partner"], observed=True).sum()
    return (1 - sums["apart"] / sums["trade"].where(sums["trade"] > 0)).rename("grubel_lloyd")
