"""Price indices of a basket, by the classical formulas, and values at the prices of one year.

A `Basket` is a series by good. Wherever two meet, they name the same goods, each once, and none is
missing or negative; otherwise there is a ValueError. Tables of prices: years down, goods across.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from peru_asia.errors import BookError
from peru_asia.indicators.shares import VALUE

Basket = pd.Series  # prices or quantities by good

# The world price (table commodity_prices) that stands for a product (table exports_by_sector).
# Oil products, gas, fish oil and "other mining" (molybdenum above all) have none there. Iron has
# one that needs care over time (see `iron_a_tonne`), so that baskets leave it out.
_QUOTED = ("copper", "gold", "zinc", "lead", "silver", "tin", "fishmeal", "crude_oil", "coffee")
WORLD_PRICE: Final[Mapping[str, str]] = dict(zip(_QUOTED, _QUOTED, strict=True))

# For a share of all exports every line needs some price. These are the nearest there are.
STAND_IN: Final[Mapping[str, str]] = {
    "iron": "iron_ore",
    "natural_gas": "crude_oil",
    "oil_products": "crude_oil",
}

IRON_CONTRACT_TO = 2005  # last year of the contract price
IRON_GRADE = 62  # per cent of iron in the ore of the later benchmark


def _same_goods(*series: Basket) -> None:
    first = series[0].index
    for one in series:
        # The rows of one table share their index, which is quicker to see than equal names.
        same = one.index.is_(first) or set(one.index) == set(first)
        if not same or not one.index.is_unique:
            raise ValueError("prices and quantities must name the same goods, each once")
        if not (one.to_numpy(float, na_value=np.nan) >= 0).all():
            raise ValueError("prices and quantities must be there and must not be negative")


def quantities(values: Basket, prices: Basket) -> Basket:
    """Return the quantities that values imply at the given prices, ``value / price``.

    Assumes that each good was sold at its price. Where the price is a world price and the good a
    concentrate, the result is an equivalent in refined metal, not a weight that anyone shipped.
    It is in the unit of the values over that of the prices.

    Raises
    ------
    ValueError : if a price is zero

    Examples
    --------
    >>> values, prices = pd.Series({"A": 10.0, "B": 6.0}), pd.Series({"A": 5.0, "B": 2.0})
    >>> ind.prices.quantities(values, prices).to_dict()
    {'A': 2.0, 'B': 3.0}
    """
    _same_goods(values, prices)
    if (prices.to_numpy() == 0).any():
        raise ValueError("a quantity at a price of zero has no meaning")
    return values / prices


def iron_a_tonne(prices: pd.DataFrame) -> pd.DataFrame:
    """Put the price of iron ore into one unit, US$ a tonne of ore with 62 per cent of iron.

    The World Bank's series has two: up to 2005 a yearly contract in US cents for each per cent of
    iron in a tonne, from 2006 a spot price in US$ a tonne. A cent for each of 62 per cent is 0.62
    dollars a tonne. The unit is mended and the rest is not: contract and spot price also differ
    in where the ore is delivered and who pays the freight.

    Parameters
    ----------
    prices : nominal, with ``iron_ore``; other commodities stay as they were

    Examples
    --------
    >>> prices = pd.DataFrame({"iron_ore": [100.0, 100.0]}, [2005, 2006])
    >>> ind.prices.iron_a_tonne(prices)["iron_ore"].to_dict()
    {2005: 62.0, 2006: 100.0}
    """
    out = prices.copy()
    out.loc[out.index <= IRON_CONTRACT_TO, "iron_ore"] *= IRON_GRADE / 100
    return out


def with_prices(
    sectors: pd.DataFrame, prices: pd.DataFrame, goods: Mapping[str, str] = WORLD_PRICE
) -> pd.DataFrame:
    """Give each exported product the world price that stands for it.

    Parameters
    ----------
    sectors : as the table ``exports_by_sector``
    prices : of commodities, as ``commodity_prices`` names them
    goods : commodity by product

    Returns
    -------
    Columns ``year``, ``item``, ``value_usd_m`` and ``price``: the products in `goods`, without the
    rows whose year has no price.

    Examples
    --------
    >>> sectors = {"year": 2011, "item": ["copper", "textiles"], "value_usd_m": [9.0, 5.0]}
    >>> ind.prices.with_prices(pd.DataFrame(sectors), pd.DataFrame({"copper": [3.0]}, [2011]))
       year    item  value_usd_m  price
    0  2011  copper          9.0    3.0
    """
    rows = sectors[sectors["item"].isin(list(goods))][["year", "item", VALUE]]
    pairs = zip(rows["year"], rows["item"], strict=True)
    price = [prices[goods[item]].get(year, float("nan")) for year, item in pairs]
    return rows.assign(price=price).dropna().reset_index(drop=True)


def lowe(before: Basket, after: Basket, fixed: Basket) -> float:
    """Return the cost of a fixed basket at new prices over its cost at old ones.

    ``sum(after * fixed) / sum(before * fixed)``, prices at two dates and quantities. The basket may
    come from any year; with that of the earlier date it is Laspeyres's index, with that of the
    later one Paasche's. The index is 1 if prices did not change, and lies between the smallest and
    the largest of the goods' price relatives.

    Source: International Labour Office and others (2004), Consumer Price Index Manual: Theory and
    Practice, chapter 15.

    Raises
    ------
    ValueError : if the basket cost nothing at first

    Examples
    --------
    >>> old, new = pd.Series({"A": 1.0, "B": 1.0}), pd.Series({"A": 3.0, "B": 1.0})
    >>> ind.prices.lowe(old, new, pd.Series({"A": 1, "B": 3}))
    1.5
    """
    _same_goods(before, after, fixed)
    cost = float((before * fixed).sum())
    if cost <= 0:
        raise ValueError("a basket that cost nothing has no price index")
    return float((after * fixed).sum()) / cost


# All formulas take prices and quantities of both dates, so that they can stand in for each other.


def laspeyres(before: Basket, after: Basket, q_before: Basket, q_after: Basket) -> float:
    """Return the price index with the basket of the earlier date, ``sum(p1 q0) / sum(p0 q0)``.

    Examples
    --------
    >>> old, new = pd.Series({"A": 1.0, "B": 1.0}), pd.Series({"A": 3.0, "B": 1.0})
    >>> sold, sold_later = pd.Series({"A": 1, "B": 3}), pd.Series({"A": 1, "B": 1})
    >>> ind.prices.laspeyres(old, new, sold, sold_later)
    1.5
    """
    return lowe(before, after, q_before)


def paasche(before: Basket, after: Basket, q_before: Basket, q_after: Basket) -> float:
    """Return the price index with the basket of the later date, ``sum(p1 q1) / sum(p0 q1)``.

    Examples
    --------
    >>> old, new = pd.Series({"A": 1.0, "B": 1.0}), pd.Series({"A": 3.0, "B": 1.0})
    >>> sold, sold_later = pd.Series({"A": 1, "B": 3}), pd.Series({"A": 1, "B": 1})
    >>> ind.prices.paasche(old, new, sold, sold_later)
    2.0
    """
    return lowe(before, after, q_after)


def fisher(before: Basket, after: Basket, q_before: Basket, q_after: Basket) -> float:
    """Return the geometric mean of Laspeyres's and Paasche's index.

    It lies between the two, treats both dates alike, and is the one of the three for which price
    index times quantity index is the change in value (Fisher, I. 1922, The Making of Index Numbers.
    Houghton Mifflin).

    Examples
    --------
    >>> old, new = pd.Series({"A": 1.0, "B": 1.0}), pd.Series({"A": 3.0, "B": 1.0})
    >>> sold, sold_later = pd.Series({"A": 1, "B": 3}), pd.Series({"A": 1, "B": 1})
    >>> round(ind.fisher(old, new, sold, sold_later), 3)
    1.732
    """
    return (lowe(before, after, q_before) * lowe(before, after, q_after)) ** 0.5


FORMULAS: dict[str, Callable[[Basket, Basket, Basket, Basket], float]] = {
    "laspeyres": laspeyres,
    "paasche": paasche,
    "fisher": fisher,
}  # price indices by name


def price_bounds(before: Basket, after: Basket) -> tuple[float, float]:
    """Return the smallest and the largest price relative, ``after / before``.

    Every index here is a weighted mean of these, so that whatever was in the basket of the goods
    named, and by whichever formula, the index lies between the two.

    Raises
    ------
    ValueError : if an old price is zero

    Examples
    --------
    >>> old, new = pd.Series({"A": 1.0, "B": 1.0}), pd.Series({"A": 3.0, "B": 1.0})
    >>> ind.price_bounds(old, new)
    (1.0, 3.0)
    """
    relatives = quantities(after, before)
    return float(relatives.min()), float(relatives.max())


def basket_index(table: pd.DataFrame, *, base: int, formula: str = "fisher") -> pd.Series:
    """Return the index of each year's prices against those of one base year.

    Each year is compared with the base directly; nothing is chained.

    Parameters
    ----------
    table : one row a good and year, as `with_prices` returns it. Every year has the same goods. The
        quantities are those of `quantities`.
    base : year in which the index is 1
    formula : ``laspeyres`` (basket of the base year), ``paasche`` (each year's own) or ``fisher``

    Raises
    ------
    ValueError : if the base or the formula is unknown, or a year lacks a good

    Examples
    --------
    >>> rows = {"year": [2001, 2011], "item": "A", "value_usd_m": [10.0, 45], "price": [1.0, 3]}
    >>> ind.basket_index(pd.DataFrame(rows), base=2001).to_dict()
    {2001: 1.0, 2011: 3.0}
    """
    if formula not in FORMULAS:
        raise ValueError(f"there is no formula '{formula}'; choose one of {', '.join(FORMULAS)}")
    prices = table.pivot(index="year", columns="item", values="price")
    values = table.pivot(index="year", columns="item", values=VALUE).set_axis(
        prices.columns, axis=1
    )
    if base not in prices.index:
        raise ValueError(f"the table has no year {base}")
    sold = {year: quantities(values.loc[year], prices.loc[year]) for year in prices.index}
    index = {
        year: FORMULAS[formula](prices.loc[base], price, sold[base], sold[year])
        for year, price in prices.iterrows()
    }
    return pd.Series(index, name=formula).rename_axis("year")


def fixed_basket_index(prices: pd.DataFrame, fixed: Basket, *, base: int) -> pd.Series:
    """Return the index of the cost of one fixed basket over the years (see `lowe`).

    Unlike `basket_index` it needs quantities of one date alone. Another base shifts the index by
    a factor and changes nothing else.

    Parameters
    ----------
    prices : years in which a good has no price, and goods that are not in the basket, are left out
    fixed : quantities by good
    base : year in which the index is 1

    Raises
    ------
    ValueError : as `lowe`, or if the base is not among the years

    Examples
    --------
    >>> prices = pd.DataFrame({"A": [1.0, 3], "B": [1.0, 1]}, [2001, 2011])
    >>> ind.fixed_basket_index(prices, pd.Series({"A": 1, "B": 3}), base=2001).to_dict()
    {2001: 1.0, 2011: 1.5}
    """
    goods = prices[list(fixed.index)].dropna().set_axis(fixed.index, axis=1)
    if base not in goods.index:
        raise ValueError(f"the prices have no year {base}")
    return pd.Series(
        {year: lowe(goods.loc[base], row, fixed) for year, row in goods.iterrows()}
    ).rename_axis("year")


def line_prices(prices: pd.DataFrame, items: Iterable[str]) -> pd.DataFrame:
    """Return a price for each line of exports: its own where there is one, else the deflator.

    The deflator is the one by which the World Bank turns current into constant dollars, the same
    for every good: current price over constant price. It follows the prices of manufactures that
    fifteen large economies, rich and emerging, export (the Manufactures Unit Value index), so it
    is a stand-in for those of farm goods. Iron ore is put into one unit by `iron_a_tonne`.

    Parameters
    ----------
    prices : as the table ``commodity_prices``
    items : lines of exports; those in `WORLD_PRICE` and `STAND_IN` have a world price

    Returns
    -------
    By year and item, each column in a unit of its own, fit for `at_prices_of`.

    Examples
    --------
    >>> prices = ind.line_prices(data.load("commodity_prices"), ["copper", "textiles"])
    >>> (prices.loc[2011] / prices.loc[2001]).round(2).to_dict()
    {'copper': 5.59, 'textiles': 1.45}
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

    Source: International Monetary Fund and others (2009), Export and Import Price Index Manual:
    Theory and Practice, on the deflation of values.

    Parameters
    ----------
    values : by year and item, in current money
    prices : of the same items, in any unit, on at least the same years

    Returns
    -------
    As `values`, in money of the year `base`; missing where a price is.

    Raises
    ------
    BookError : if an item or the base year has no price
    ValueError : if a price is not positive

    Examples
    --------
    >>> values = pd.DataFrame({"A": [10.0, 30]}, [2001, 2011])
    >>> prices = pd.DataFrame({"A": [1.0, 3]}, [2001, 2011])
    >>> ind.at_prices_of(2001, values, prices)["A"].to_dict()
    {2001: 10.0, 2011: 10.0}
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
