"""Pure functions on tidy tables: what the chapters derive before they show it.

Measures whose name says all stand here (``ind.share``, ``ind.hhi``, ``ind.cagr``). What serves one
subject is reached by its module (``ind.exposure.loss``, ``ind.agreements.coverage``).

Measures of any table

* `lookup`: one value, or one year, out of a table
* `shares`: shares of a total, totals of a group or up to a year, balances
* `growth`: factors and rates of growth
* `concentration`: how concentrated a total is on few parts
* `statements`: what several sources state of one thing, what their extremes allow, what parts them
* `rates`: shares and rates of rare events with exact intervals, tests by relabelling
* `comovement`: changes, correlations and slopes of two series with gaps, lags
* `event_study`: before and after an event, against those that had none
* `places`: distances

Goods and prices

* `groups`: broad groups of goods that two lists have in common
* `technology`: Lall's classes of technology, as intervals
* `advantage`: revealed comparative advantage
* `intra_industry`: the index of Grubel and Lloyd
* `prices`: price indices of a basket, by the classical formulas
* `constant_prices`: values at the prices of one year
* `decomposition`: how much of a change in value is price and how much quantity

One subject each

* `agreements`: who has an agreement in force, since when, and the trade that it covers
* `casualties`: people who died or were hurt, with the range of the sources
* `chronology`: dated events to be read
* `cohort`: what became of a fixed list of plans
* `conflicts`: what the Ombudsman's list is made of
* `exposure`: what a fall in demand or in a price would cost
* `gains`: what prices, tariffs and a lagging sector are worth in money
* `ownership`: output by the country of the owners
* `presence`: a foreign presence sector by sector
* `scenarios`: what exports would be if stated assumptions held
* `stoppages`: days of closed roads and still mines
* `votes`: shares of choices, distances of positions
"""

from peru_asia.indicators import (
    agreements,
    casualties,
    chronology,
    cohort,
    comovement,
    conflicts,
    event_study,
    exposure,
    ownership,
    presence,
    prices,
    scenarios,
    stoppages,
    votes,
)
from peru_asia.indicators.advantage import rca
from peru_asia.indicators.comovement import (
    correlation,
    effective_pairs,
    lag_search,
    lagged_correlations,
)
from peru_asia.indicators.concentration import (
    concentration_ratio,
    cumulative_shares,
    entropy,
    hhi,
    without_largest,
)
from peru_asia.indicators.constant_prices import at_prices_of, line_prices
from peru_asia.indicators.decomposition import bennet, log_effects, log_parts
from peru_asia.indicators.gains import duty_saved, kept_pace, price_gain
from peru_asia.indicators.groups import (
    CUSTOMS_GROUPS,
    HS_GROUPS,
    LIGHT_MANUFACTURES,
    MANUFACTURES,
    NON_TRADITIONAL,
    regroup,
)
from peru_asia.indicators.growth import cagr, growth_factor
from peru_asia.indicators.intra_industry import grubel_lloyd
from peru_asia.indicators.lookup import first_year, value_at
from peru_asia.indicators.places import distance_km
from peru_asia.indicators.prices import basket_index, fisher, fixed_basket_index, price_bounds
from peru_asia.indicators.rates import (
    rate_interval,
    rate_ratio_interval,
    relabelled,
    share_interval,
)
from peru_asia.indicators.shares import balance, running_total, share, total
from peru_asia.indicators.statements import (
    estimate_ranges,
    gap_steps,
    printed_range,
    share_bounds,
    spread_factor,
)
from peru_asia.indicators.technology import CUSTOMS_TIERS, PAPER_LEVELS, tier_bounds

__all__ = [
    "CUSTOMS_GROUPS",
    "CUSTOMS_TIERS",
    "HS_GROUPS",
    "LIGHT_MANUFACTURES",
    "MANUFACTURES",
    "NON_TRADITIONAL",
    "PAPER_LEVELS",
    "agreements",
    "at_prices_of",
    "balance",
    "basket_index",
    "bennet",
    "cagr",
    "casualties",
    "chronology",
    "cohort",
    "comovement",
    "concentration_ratio",
    "conflicts",
    "correlation",
    "cumulative_shares",
    "distance_km",
    "duty_saved",
    "effective_pairs",
    "entropy",
    "estimate_ranges",
    "event_study",
    "exposure",
    "first_year",
    "fisher",
    "fixed_basket_index",
    "gap_steps",
    "growth_factor",
    "grubel_lloyd",
    "hhi",
    "kept_pace",
    "lag_search",
    "lagged_correlations",
    "line_prices",
    "log_effects",
    "log_parts",
    "ownership",
    "presence",
    "price_bounds",
    "price_gain",
    "prices",
    "printed_range",
    "rate_interval",
    "rate_ratio_interval",
    "rca",
    "regroup",
    "relabelled",
    "running_total",
    "scenarios",
    "share",
    "share_bounds",
    "share_interval",
    "spread_factor",
    "stoppages",
    "tier_bounds",
    "total",
    "value_at",
    "votes",
    "without_largest",
]
