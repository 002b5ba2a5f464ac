"""Price indices of a basket, by the classical formulas."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd

Basket = pd.Series

# The world price (table commodity_prices) that stands for a product (table exports_by_sector).
# Oil products, gas, fish oil and "other mining" (molybdenum above all) have none there. Iron has
# one that needs care over time (see `iron_a_tonne`), so that baskets leave it out.
WORLD_PRICE: Final[Mapping[str, str]] = {
    "copper": "copper",
    "gold": "gold",
    "zinc": "zinc",
    "lead": "lead",
    "silver": "silver",
    "tin": "tin",
    "fishmeal": "fishmeal",
    "crude_oil": "crude_oil",
    "coffee": "coffee",
}

# For a share of all exports every line needs some price. These are the nearest there are.
STAND_IN: Final[Mapping[str, str]] = {
    "iron": "iron_ore",
    "natural_gas": "crude_oil",
    "oil_products": "crude_oil",
}

IRON_CONTRACT_TO = 2005
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

    Parameters
    ----------
    values, prices
        By good; any units. The quantity is in the unit of the one over that of the other.

    Raises
    ------
    ValueError
        If the goods differ, a cell is missing or negative, or a price is zero.
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
    prices
        Nominal prices: years down, commodities across, with ``iron_ore``.

    Returns
    -------
    pandas.DataFrame
        A copy; other commodities as they were.
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
    sectors
        Columns ``year``, ``item`` and ``value_usd_m``, as ``exports_by_sector`` has them.
    prices
        Prices: years down, commodities across, as ``commodity_prices`` names them.
    goods
        Commodity by product.

    Returns
    -------
    pandas.DataFrame
        Columns ``year``, ``item``, ``value_usd_m`` and ``price``: the products in `goods`,
        without the rows whose year has no price.
    """
    rows = sectors[sectors["item"].isin(list(goods))]
    rows = rows.assign(
        price=[
            prices[goods[item]].get(year, float("nan"))
            for year, item in zip(rows["year"], rows["item"], strict=True)
        ]
    )
    return rows[["year", "item", "value_usd_m", "price"]].dropna().reset_index(drop=True)


def lowe(before: Basket, after: Basket, fixed: Basket) -> float:
    """Return the cost of a fixed basket at new prices over its cost at old ones.

    ``sum(after * fixed) / sum(before * fixed)``. The basket may come from any year; with that of
    the earlier date it is Laspeyres's index, with that of the later one Paasche's.

    Parameters
    ----------
    before, after
        Prices by good at the two dates.
    fixed
        Quantities by good.

    Returns
    -------
    float
        A factor: 1 if prices did not change. It lies between the smallest and the largest of the
        goods' price relatives.

    Raises
    ------
    ValueError
        If the goods differ, a cell is missing or negative, or the basket cost nothing at first.

    References
    ----------
    International Labour Office and others (2004), Consumer Price Index Manual: Theory and
    Practice, chapter 15.
    """
    _same_goods(before, after, fixed)
    cost = float((before * fixed).sum())
    if cost <= 0:
        raise ValueError("a basket that cost nothing has no price index")
    return float((after * fixed).sum()) / cost


def laspeyres(before: Basket, after: Basket, q_before: Basket, q_after: Basket) -> float:
    """Return the price index with the basket of the earlier date, ``sum(p1 q0) / sum(p0 q0)``.

    All formulas take prices and quantities of both dates, so that they can stand in for each
    other; this one does not use `q_after`. See `lowe` for units, errors and reference.
    """
    return lowe(before, after, q_before)


def paasche(before: Basket, after: Basket, q_before: Basket, q_after: Basket) -> float:
    """Return the price index with the basket of the later date, ``sum(p1 q1) / sum(p0 q1)``.

    It does not use `q_before`. See `lowe` for units, errors and reference.
    """
    return lowe(before, after, q_after)


def fisher(before: Basket, after: Basket, q_before: Basket, q_after: Basket) -> float:
    """Return the geometric mean of Laspeyres's and Paasche's index.

    It lies between the two, treats both dates alike, and is the one of the three for which price
    index times quantity index is the change in value.

    References
    ----------
    Fisher, I. (1922), The Making of Index Numbers. Houghton Mifflin.
    """
    first = laspeyres(before, after, q_before, q_after)
    return (first * paasche(before, after, q_before, q_after)) ** 0.5


FORMULAS: dict[str, Callable[[Basket, Basket, Basket, Basket], float]] = {
    "laspeyres": laspeyres,
    "paasche": paasche,
    "fisher": fisher,
}


def price_bounds(before: Basket, after: Basket) -> tuple[float, float]:
    """Return the smallest and the largest price relative, ``after / before``.

    Every index here is a weighted mean of these, so that whatever was in the basket of the goods
    named, and by whichever formula, the index lies between the two.

    Raises
    ------
    ValueError
        If the goods differ, a cell is missing or negative, or an old price is zero.
    """
    relatives = quantities(after, before)
    return float(relatives.min()), float(relatives.max())


def basket_index(
    table: pd.DataFrame,
    *,
    base: int,
    formula: str = "fisher",
    item: str = "item",
    value: str = "value_usd_m",
    price: str = "price",
) -> pd.Series:
    """Return the index of each year's prices against those of one base year.

    Each year is compared with the base directly; nothing is chained.

    Parameters
    ----------
    table
        One row a good and year: columns ``year``, `item`, `value` and `price`. Every year has
        the same goods. The quantities are those of `quantities`.
    base
        Year in which the index is 1.
    formula
        ``laspeyres`` (basket of the base year), ``paasche`` (each year's own) or ``fisher``.

    Returns
    -------
    pandas.Series
        Factors by year.

    Raises
    ------
    ValueError
        If the base or the formula is unknown, or a year lacks a good.
    """
    if formula not in FORMULAS:
        raise ValueError(f"there is no formula '{formula}'; choose one of {', '.join(FORMULAS)}")
    prices = table.pivot(index="year", columns=item, values=price)
    values = table.pivot(index="year", columns=item, values=value).set_axis(prices.columns, axis=1)
    if base not in prices.index:
        raise ValueError(f"the table has no year {base}")
    sold = {year: quantities(values.loc[year], prices.loc[year]) for year in prices.index}
    compare = FORMULAS[formula]
    return pd.Series(
        {
            year: compare(prices.loc[base], prices.loc[year], sold[base], sold[year])
            for year in prices.index
        },
        name=formula,
    ).rename_axis("year")


def fixed_basket_index(prices: pd.DataFrame, fixed: Basket, *, base: int) -> pd.Series:
    """Return the index of the cost of one fixed basket over the years (see `lowe`).

    Unlike `basket_index` it needs quantities of one date alone. Another base shifts the index by
    a factor and changes nothing else.

    Parameters
    ----------
    prices
        Prices: years down, goods across. Years in which a good has no price are left out.
    fixed
        Quantities by good; other goods in `prices` are left out.
    base
        Year in which the index is 1.

    Raises
    ------
    ValueError
        As `lowe`, or if the base is not among the years.
    """
    goods = prices[list(fixed.index)].dropna().set_axis(fixed.index, axis=1)
    if base not in goods.index:
        raise ValueError(f"the prices have no year {base}")
    return pd.Series(
        {year: lowe(goods.loc[base], row, fixed) for year, row in goods.iterrows()}
    ).rename_axis("year")
