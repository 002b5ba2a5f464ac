"""Pure functions on tidy tables: what the chapters derive before they show it.

Measures whose name says all stand here (``ind.share``, ``ind.hhi``, ``ind.cagr``). What serves one
subject is reached by its module (``ind.exposure.loss``, ``ind.agreements.coverage``).

Measures of any table

* `lookup`: one value, or one year, out of a table
* `shares`: shares of a total, totals up to a year, balances
* `growth`: factors and rates of growth
* `concentration`: how concentrated a total is on few parts
* `statements`: what several sources state of one thing, what their extremes allow, what parts them
* `rates`: shares and rates of rare events with exact intervals, tests by relabelling
* `comovement`: changes, correlations and slopes of two series with gaps, lags
* `event_study`: before and after an event, against those that had none
* `places`: distances

Goods and prices

* `goods`: broad groups that two lists have in common, Lall's classes of technology as intervals
* `specialisation`: revealed comparative advantage, the index of Grubel and Lloyd
* `prices`: price indices of a basket, values at the prices of one year
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

from peru_asia import lazy

_OFFERED = {
    "agreements": ("agreements",),
    "casualties": ("casualties",),
    "chronology": ("chronology",),
    "cohort": ("cohort",),
    "comovement": (
        *("comovement", "correlation", "effective_pairs", "lag_search", "lagged_correlations"),
    ),
    "concentration": (
        *("concentration_ratio", "cumulative_shares", "entropy", "hhi", "without_largest"),
    ),
    "conflicts": ("conflicts",),
    "decomposition": ("bennet", "log_effects", "log_parts"),
    "event_study": ("event_study",),
    "exposure": ("exposure",),
    "gains": ("duty_saved", "kept_pace", "price_gain"),
    "goods": (
        *("CUSTOMS_GROUPS", "HS_GROUPS", "LIGHT_MANUFACTURES", "MANUFACTURES", "NON_TRADITIONAL"),
        *("regroup", "CUSTOMS_TIERS", "PAPER_LEVELS", "tier_bounds"),
    ),
    "growth": ("cagr", "growth_factor"),
    "lookup": ("first_year", "value_at"),
    "ownership": ("ownership",),
    "places": ("distance_km",),
    "presence": ("presence",),
    "prices": (
        *("prices", "basket_index", "fisher", "fixed_basket_index", "price_bounds"),
        *("at_prices_of", "line_prices"),
    ),
    "rates": ("rate_interval", "rate_ratio_interval", "relabelled", "share_interval"),
    "scenarios": ("scenarios",),
    "shares": ("balance", "running_total", "share"),
    "specialisation": ("grubel_lloyd", "rca"),
    "statements": (
        *("estimate_ranges", "gap_steps", "printed_range", "share_bounds", "spread_factor"),
    ),
    "stoppages": ("stoppages",),
    "votes": ("votes",),
}

__all__, __getattr__, __dir__ = lazy.names(__name__, _OFFERED)
