"""Values at the prices of one year."""

import pandas as pd

from peru_asia.errors import BookError


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
    IMF (2009), Export and Import Price Index Manual, chapter 2: the deflation of value aggregates.
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
