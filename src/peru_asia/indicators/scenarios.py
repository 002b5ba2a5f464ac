"""What exports would be if stated assumptions held, and how far off such sums were in the past.

A scenario is arithmetic, not a forecast: price times quantity, group by group, from one year on,
and a division of the sum among destinations. Every value is in dollars of the starting year, so
that inflation needs no assumption. `rolling` applies the two simplest methods at every starting
year of a long series, and its errors are the measure of what such arithmetic is worth.

Pipelines of projects enter through shares that were built, such as `cohort.completion` gives them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

COPPER, METALS, FOOD = "copper", "metals", "food"  # groups whose value an assumption moves
CHINA, ASIA, WORLD = "China", "Rest of Asia", "Rest of the world"  # destinations
NO_CHANGE, TREND = "no_change", "trend"  # methods of `rolling`


@dataclass(frozen=True)
class Base:
    """Where every scenario starts: exports by group, copper mines and plans, and who buys."""

    year: int
    # US$ m of that year; `COPPER`, `METALS` and `FOOD` must be among the groups. Those that no
    # assumption names stay as they are.
    values: Mapping[str, float]
    output_t: float  # copper mined in that year
    capex_usd_m: float  # planned investment in new copper capacity
    usd_per_t: float  # investment for each tonne of yearly output
    china_copper_pct: float  # China's part of exported copper
    china_rest_pct: float  # China's part of all other exports
    asia_rest_pct: float  # the rest of Asia's part of what China does not buy


@dataclass(frozen=True)
class Assumptions:
    """What a scenario assumes of the end of its span; parts of buyers as in `Base`."""

    copper_price: float  # at the end over that at the start, in constant dollars
    metals_price: float  # likewise
    completion_pct: float  # part of the planned investment whose mines work by the end
    lost_t: float  # yearly output that today's mines lose by the end
    food_growth_pct: float  # of exports, a year, in constant dollars
    china_copper_pct: float
    china_rest_pct: float
    asia_rest_pct: float


def value_path(start: float, price_factor: float, quantity_factor: float, years: int) -> np.ndarray:
    """Return values from the first year to the last: price times quantity at steady rates.

    ``start * (price_factor * quantity_factor) ** (t / years)`` for ``t = 0 … years``; the factors
    are end over start.

    Raises
    ------
    ValueError : if a factor is negative or `years` is not positive

    Examples
    --------
    >>> ind.scenarios.value_path(100, price_factor=1, quantity_factor=4, years=2).tolist()
    [100.0, 200.0, 400.0]
    """
    if min(price_factor, quantity_factor) < 0 or years < 1:
        raise ValueError("a path needs factors that are not negative and at least one step")
    return start * (price_factor * quantity_factor) ** (np.arange(years + 1) / years)


def new_tonnes(capex_usd_m: float, completion_pct: float, usd_per_t: float) -> float:
    """Return the yearly output that a pipeline of projects adds.

    ``capex * completion / cost of a tonne of yearly output``. Assumes that the projects that are
    built cost as much for each tonne as those whose cost is known.

    Raises
    ------
    ValueError : if the cost is not positive or `completion_pct` is no share

    Examples
    --------
    >>> ind.scenarios.new_tonnes(capex_usd_m=5000, completion_pct=40, usd_per_t=10_000)
    200000.0
    """
    if usd_per_t <= 0 or not 0 <= completion_pct <= 100:
        raise ValueError("a pipeline needs a positive cost and a share between 0 and 100")
    return capex_usd_m * 1e6 * completion_pct / 100 / usd_per_t


def copper_output(base: Base, to: Assumptions) -> float:
    """Return copper mined at the end, tonnes: today's mines, less what they lose, plus new ones.

    Examples
    --------
    >>> values = {"copper": 50.0, "metals": 20, "food": 30}
    >>> base = ind.scenarios.Base(2011, values, 100, 1, 10_000, 70, 20, 25)
    >>> to = ind.scenarios.Assumptions(1, 1, 50, 0, 0, 70, 20, 25)
    >>> ind.scenarios.copper_output(base, to)
    150.0
    """
    added = new_tonnes(base.capex_usd_m, to.completion_pct, base.usd_per_t)
    return base.output_t - to.lost_t + added


def project(base: Base, to: Assumptions, years: int) -> pd.DataFrame:
    """Return exports by group and year under a scenario.

    Copper follows its price and its output, other metals their price, food its growth; the other
    groups stay. Columns are ``year``, ``group`` and ``value_usd_m``, in dollars of the starting
    year.

    Examples
    --------
    >>> values = {"copper": 50.0, "metals": 20, "food": 30}
    >>> base = ind.scenarios.Base(2011, values, 100, 1, 10_000, 70, 20, 25)
    >>> to = ind.scenarios.Assumptions(1, 1, 50, 0, 0, 70, 20, 25)
    >>> ind.scenarios.project(base, to, years=1).query("group == 'copper'")
       year   group  value_usd_m
    0  2011  copper         50.0
    1  2012  copper         75.0
    """
    factors = {
        COPPER: (to.copper_price, copper_output(base, to) / base.output_t),
        METALS: (to.metals_price, 1.0),
        FOOD: (1.0, (1 + to.food_growth_pct / 100) ** years),
    }
    return pd.concat(
        pd.DataFrame(
            {
                "year": base.year + np.arange(years + 1),
                "group": group,
                "value_usd_m": value_path(value, *factors.get(group, (1.0, 1.0)), years),
            }
        )
        for group, value in base.values.items()
    ).reset_index(drop=True)


def destinations(exports: pd.DataFrame, base: Base, to: Assumptions) -> pd.DataFrame:
    """Divide projected exports among China, the rest of Asia and the rest of the world.

    China buys one part of copper and another of the rest; the rest of Asia a part of what is left.
    The parts move from start to end by the same number of points each year. `exports` is what
    `project` returns; columns are ``year``, ``destination`` and ``value_usd_m``.

    Examples
    --------
    >>> values = {"copper": 50.0, "metals": 20, "food": 30}
    >>> base = ind.scenarios.Base(2011, values, 100, 1, 10_000, 70, 20, 25)
    >>> to = ind.scenarios.Assumptions(1, 1, 50, 0, 0, 70, 20, 25)
    >>> ind.scenarios.destinations(
    ...     ind.scenarios.project(base, to, years=1), base, to
    ... ).query("year == 2012")
       year        destination  value_usd_m
    1  2012              China       62.500
    3  2012       Rest of Asia       15.625
    5  2012  Rest of the world       46.875
    """
    wide = exports.pivot(index="year", columns="group", values="value_usd_m")
    years = wide.index.to_numpy()
    passed = (years - years.min()) / (years.max() - years.min())

    def part(name: str) -> pd.Series:
        start, end = getattr(base, name), getattr(to, name)
        return pd.Series(start + (end - start) * passed, index=wide.index) / 100

    total = wide.sum(axis=1)
    china = part("china_copper_pct") * wide[COPPER]
    china += part("china_rest_pct") * (total - wide[COPPER])
    asia = part("asia_rest_pct") * (total - china)
    out = pd.DataFrame({CHINA: china, ASIA: asia, WORLD: total - china - asia})
    out = out.rename_axis("year").reset_index()
    return out.melt("year", var_name="destination", value_name="value_usd_m")


def window_factors(series: pd.Series, years: int) -> pd.Series:
    """Return by how much a yearly series changed over every span of `years` years.

    Values are positive; years may be missing. The factors, end over start, are by first year.
    Neighbouring spans share most of their years, so that the number of independent ones is about
    the length of the series over `years`.

    Examples
    --------
    >>> ind.scenarios.window_factors(pd.Series({2001: 10.0, 2002: 15, 2003: 30}), years=2).to_dict()
    {2001: 3.0}
    """
    ends = series.rename(index=lambda year: year - years)
    return (ends / series).dropna().rename_axis("year").rename("factor")


def rolling(series: pd.Series, *, years: int, look_back: int) -> pd.DataFrame:
    """Apply two simple methods at every starting year and compare with what came.

    ``no_change`` says that the value stays. ``trend`` says that it goes on growing as it did over
    the `look_back` years before, ``x[t] * (x[t] / x[t - look_back]) ** (years / look_back)``. Each
    uses only what was known at the start.

    Parameters
    ----------
    series : positive values by year, in constant money
    years : how far ahead

    Returns
    -------
    Columns ``year`` (the start), ``method``, ``said``, ``came`` and ``ratio``, what came over what
    was said. A start is left out where one of the three years is missing, for both methods alike.

    Examples
    --------
    >>> series = pd.Series({2001: 10.0, 2002: 20, 2003: 30})
    >>> ind.scenarios.rolling(series, years=1, look_back=1)
       year     method  said  came  ratio
    0  2002  no_change  20.0  30.0   1.50
    1  2002      trend  40.0  30.0   0.75
    """
    start = series.dropna()
    came = start.rename(index=lambda year: year - years)
    growth = start / start.rename(index=lambda year: year + look_back)
    found = pd.DataFrame({"start": start, "came": came, "growth": growth}).dropna()
    said = {
        NO_CHANGE: found["start"],
        TREND: found["start"] * found["growth"] ** (years / look_back),
    }
    each = (
        found[["came"]].assign(method=method, said=value).rename_axis("year").reset_index()
        for method, value in said.items()
    )
    out = pd.concat(each, ignore_index=True)[["year", "method", "said", "came"]]
    return out.assign(ratio=out["came"] / out["said"])


def typical_error(ratios: pd.Series) -> float:
    """Return the factor by which half of the statements were off, in either direction.

    ``exp(median(|ln ratio|))``: 1 is a perfect record, 2 means that half of them were at least
    twice or at most half of what came.

    Raises
    ------
    ValueError : if there is none, or a ratio is not positive

    Examples
    --------
    >>> ind.scenarios.typical_error(pd.Series([0.5, 1.0, 2.0]))
    2.0
    """
    if ratios.empty or (ratios <= 0).any():
        raise ValueError("an error needs positive ratios")
    return float(np.exp(pd.Series(np.log(ratios)).abs().median()))
