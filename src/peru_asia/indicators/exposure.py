"""What a fall in one buyer's demand, or in one metal's price, would cost an exporter.

Plain arithmetic on one year's exports, for a year later: who buys less, what costs less, what
stays as it was. Nothing here is estimated and nothing adjusts except what a parameter says.
"""

from typing import Literal, NamedTuple, get_args

import pandas as pd

from peru_asia.indicators.comovement import change

Channel = Literal["demand", "price", "both"]  # what a shock falls on
CHANNELS: tuple[Channel, ...] = get_args(Channel)  # each thing that a shock may fall on


class Base(NamedTuple):
    """Exports of the year before the shock, in US$ m."""

    total: float
    to_buyer: float  # all exports to the buyer whose demand may fall
    metal: float  # exports of the metal whose price may fall, to all buyers
    metal_to_buyer: float
    others: float  # exports, to all buyers, of goods whose prices may follow the metal's

    @property
    def others_to_buyer(self) -> float:
        """The most of `others` that can be in the exports to the buyer, in US$ m."""
        return min(self.to_buyer - self.metal_to_buyer, self.others)


def loss(
    base: Base,
    channel: Channel,
    size_pct: float,
    *,
    redirected_pct: float = 0.0,
    passed_on: float = 0.0,
) -> float:
    """Return what a shock takes from export earnings, in US$ m.

    With ``s`` the size of the shock, ``r`` the part of the lost volume that finds another buyer
    at the same price, and ``b`` the part of the metal's fall that the other goods follow::

        demand = s * (1 - r) * to_buyer
        price  = s * (metal + b * others)
        both   = demand + price - s * (1 - r) * s * (metal_to_buyer + b * others_to_buyer)

    The last term keeps what is no longer sold from losing its price as well. `Base` does not
    know how much of the other goods goes to the buyer; the most that can is taken, so that
    ``both`` is, if anything, a little too low, by at most ``s * s * b * others_to_buyer``.
    Volumes other than the buyer's and prices other than these stay as they were.

    Parameters
    ----------
    base : exports before the shock
    channel : ``demand``: the buyer takes a smaller volume; ``price``: the metal costs less
    size_pct, redirected_pct : ``s`` and ``r``, in per cent
    passed_on : ``b``, from 0 to 1

    Raises
    ------
    ValueError : if the channel is unknown or a parameter leaves its range

    Examples
    --------
    >>> base = ind.exposure.Base(total=100, to_buyer=30, metal=40, metal_to_buyer=20, others=10)
    >>> round(ind.exposure.loss(base, "both", 10), 2)
    6.8
    """
    if channel not in CHANNELS:
        raise ValueError(f"a shock is one of {', '.join(CHANNELS)}, not {channel}")
    if not (0 <= size_pct <= 100 and 0 <= redirected_pct <= 100 and 0 <= passed_on <= 1):
        raise ValueError(
            f"size {size_pct}, redirected {redirected_pct} or passed on {passed_on} is out of range"
        )
    fall = size_pct / 100
    unsold = fall * (1 - redirected_pct / 100)
    demand = unsold * base.to_buyer
    price = fall * (base.metal + passed_on * base.others)
    twice = unsold * fall * (base.metal_to_buyer + passed_on * base.others_to_buyer)
    return {"demand": demand, "price": price, "both": demand + price - twice}[channel]


def loss_bounds(base: Base, channel: Channel, size_pct: float) -> tuple[float, float]:
    """Return the least and the most that a shock can take under the formula of `loss`, in US$ m.

    The least: all of the lost volume finds another buyer and no other price follows. The most:
    none does and all others follow in full. Neither end is a forecast, and neither is likely.

    Examples
    --------
    >>> base = ind.exposure.Base(total=100, to_buyer=30, metal=40, metal_to_buyer=20, others=10)
    >>> ind.exposure.loss_bounds(base, "demand", 10)
    (0.0, 3.0)
    """
    least = loss(base, channel, size_pct, redirected_pct=100, passed_on=0)
    return least, loss(base, channel, size_pct, redirected_pct=0, passed_on=1)


def basket_change(prices: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Return the yearly change of the price of a basket with fixed weights, in per cent.

    ``sum(w_i * (p_i(t) / p_i(t - 1) - 1)) / sum(w_i)``: a plain mean of changes. Years in which
    any price is missing, or is missing the year before, have none.

    Parameters
    ----------
    prices : one column a good, indexed by consecutive years
    weights : one for each good to be used; other columns are left out

    Raises
    ------
    ValueError : if a weight is negative or all are zero

    Examples
    --------
    >>> prices = pd.DataFrame({"A": [100.0, 110], "B": [50.0, 45]}, [2010, 2011])
    >>> ind.exposure.basket_change(prices, pd.Series({"A": 3, "B": 1})).round(1).to_dict()
    {2010: nan, 2011: 5.0}
    """
    if (weights < 0).any() or weights.sum() == 0:
        raise ValueError("the weights of a basket are not negative and not all zero")
    changes = prices[list(weights.index)].apply(change, relative=True)
    return (changes * weights / weights.sum()).sum(axis=1, skipna=False)
