"""How much of a change in value is price and how much is quantity.

Two ways that leave no remainder. `log_effects` splits a factor of growth, and suits statements such
as "two thirds of the growth"; `bennet` splits a sum of money, good by good. Both treat the earlier
and the later date alike: swap them and every effect changes its sign and nothing else. The split
with a Laspeyres or Paasche index alone does not, because it gives the joint part, new prices on new
quantities, wholly to one side.

Values and prices are given by good; every good has a price at both dates.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from peru_asia.indicators.prices import FORMULAS, Basket, quantities


class LogEffects(NamedTuple):
    """A change in value in log points (hundredths of a natural logarithm), and its two parts."""

    value: float
    price: float
    quantity: float

    @property
    def price_share(self) -> float:
        """The part of the change that is price, in per cent; it may lie outside 0 to 100.

        Raises
        ------
        ValueError : if the value did not change: there is nothing to share
        """
        if self.value == 0:
            raise ValueError("a value that did not change has no shares of its change")
        return 100 * self.price / self.value


def log_parts(value_factor: float, price_factor: float) -> LogEffects:
    """Split a factor of growth by a price index that is already known.

    ``ln(value) = ln(price) + ln(value / price)``: what is not price is called quantity, and so
    includes quality, grade and whatever the price index does not see. Factors are new over old.

    Raises
    ------
    ValueError : if a factor is not positive

    Examples
    --------
    >>> ind.log_parts(value_factor=4, price_factor=2).price_share
    50.0
    """
    if value_factor <= 0 or price_factor <= 0:
        raise ValueError("only positive factors can be split")
    whole, price = 100 * np.log(value_factor), 100 * np.log(price_factor)
    return LogEffects(float(whole), float(price), float(whole - price))


def log_effects(
    values_before: Basket,
    values_after: Basket,
    prices_before: Basket,
    prices_after: Basket,
    formula: str = "fisher",
) -> LogEffects:
    """Split the growth of a sum of values into price and quantity, in log points.

    With Fisher's price index the rest of the growth is Fisher's quantity index, exactly (its
    factor reversal). With Laspeyres's prices the rest is Paasche's quantities, and the reverse.

    Source: Fisher, I. (1922), The Making of Index Numbers. Houghton Mifflin.

    Parameters
    ----------
    formula : price index: ``fisher``, ``laspeyres`` or ``paasche``

    Raises
    ------
    ValueError : as `quantities` and `log_parts`

    Examples
    --------
    >>> values, prices = pd.Series({"A": 10.0, "B": 30.0}), pd.Series({"A": 1.0, "B": 2.0})
    >>> ind.log_effects(values, 4 * values, prices, 2 * prices).price_share
    50.0
    """
    index = FORMULAS[formula](
        prices_before,
        prices_after,
        quantities(values_before, prices_before),
        quantities(values_after, prices_after),
    )
    return log_parts(float(values_after.sum() / values_before.sum()), index)


def bennet(
    values_before: Basket, values_after: Basket, prices_before: Basket, prices_after: Basket
) -> pd.DataFrame:
    """Split the change in each good's value into a price and a quantity effect.

    Price effect ``(p1 - p0) * (q0 + q1) / 2``, quantity effect ``(q1 - q0) * (p0 + p1) / 2``:
    each change is valued at the mean of the two dates. It is the mean over both orders in which
    price and quantity could have changed (the Shapley value of two players).

    Source: Bennet, T. L. (1920), "The Theory of Measurement of Changes in Cost of Living", Journal
    of the Royal Statistical Society 83(3).

    Returns
    -------
    By good, columns ``price_effect``, ``quantity_effect`` and ``change``, in the unit of the
    values; the first two add up to the third in every row, and so in sums of rows.

    Raises
    ------
    ValueError : as `quantities`

    Examples
    --------
    >>> values, prices = pd.Series({"A": 10.0, "B": 30.0}), pd.Series({"A": 1.0, "B": 2.0})
    >>> ind.bennet(values, 4 * values, prices, 2 * prices)
       price_effect  quantity_effect  change
    A          15.0             15.0    30.0
    B          45.0             45.0    90.0
    """
    before = quantities(values_before, prices_before)
    after = quantities(values_after, prices_after)
    return pd.DataFrame(
        {
            "price_effect": (prices_after - prices_before) * (before + after) / 2,
            "quantity_effect": (after - before) * (prices_before + prices_after) / 2,
            "change": values_after - values_before,
        }
    )
