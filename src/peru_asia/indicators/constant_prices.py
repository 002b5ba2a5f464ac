"""Values at the prices of one year."""

from collections.abc import Iterable

import pandas as pd

from peru_asia.errors import BookError
from peru_asia.indicators.prices import STAND_IN, WORLD_PRICE, iron_a_tonne


def line_prices(prices: pd.DataFrame, items: Iterable[str]) -> pd.DataFrame:
    """Return a price for each line of exports: its own where there is one, else the deflator.

    The deflator is the one by which the World Bank turns current into constant dollars, the same
    for every good: current price over constant price. It follows the prices of manufactures that
    fifteen large economies, rich and emerging, export (the Manufactures Unit Value index), so it
    is a stand-in for those of farm goods. Iron ore is put into one unit by `iron_a_tonne`.

    Parameters
    ----------
    prices
        Columns ``year``, ``commodity``, ``price_basis`` and ``price``, as in
        ``commodity_prices``.
    items
        Lines of exports; those in `WORLD_PRICE` and `STAND_IN` have a world price.

    Returns
    -------
    pandas.DataFrame
        By year (rows) and item (columns), each column in a unit of its own, fit for
        `at_prices_of`.
    """
    wide = prices.pivot(index="year", columns=["price_basis", "commodity"], values="price")
    nominal = iron_a_tonne(wide["nominal"])
    deflator = nominal["copper"] / wide["real_2010usd"]["copper"]
    of = {**WORLD_PRICE, **STAND_IN}
    return pd.DataFrame({item: nominal[of[item]] if item in of else deflator for item in items})


def at_prices_of(base: int, values: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    """Return values as they would be had prices stayed those of `base`.

    ``values[t] * prices[base] / prices[t]`` for each item. In the year `base` nothing changes. The
    sum over items moves with quantities alone, weighed by the prices of `base`, so its shares
    depend on the base: no base is the right one, and a finding should hold for several.

    Assumes that the price of an item moves as its index does. Where the index is a world price and
    the item a mixture of grades, or where a general deflator stands in for a missing price,
    quality and composition end up in the quantity.

    Parameters
    ----------
    base
        Year whose prices are used.
    values
        Values by year (rows) and item (columns), in current money.
    prices
        Prices or price indices of the same items, in any unit, on at least the same years.

    Returns
    -------
    pandas.DataFrame
        As `values`, in money of the year `base`; missing where a price is.

    Raises
    ------
    BookError
        If an item or the base year has no price.
    ValueError
        If a price is not positive.

    References
    ----------
    International Monetary Fund and others (2009), Export and Import Price Index Manual: Theory and
    Practice, on the deflation of values.
    """
    without = [name for name in values.columns if name not in prices.columns]
    if without:
        raise BookError(f"'{without[0]}' has no price")
    used = prices[list(values.columns)]
    if base not in used.index or used.loc[base].isna().any():
        raise BookError(f"not every item has a price in {base}")
    if (used <= 0).any(axis=None):
        raise ValueError("prices must be positive")
    return values * used.loc[base] / used.reindex(values.index)
