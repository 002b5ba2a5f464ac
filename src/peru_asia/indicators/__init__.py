"""Pure functions on tidy tables: what the chapters derive before they show it.

Measures whose name says all stand here (``ind.share``, ``ind.hhi``, ``ind.cagr``). What serves one
subject is reached by its module (``ind.exposure.loss``, ``ind.agreements.coverage``).
"""

from peru_asia import lazy

# What each module offers here; itself, where no name is given.
_OFFERED = {
    # Measures of any table
    "lookup": ("first_year", "value_at"),  # one value, or one year, out of a table
    "shares": ("balance", "running_total", "share"),  # of a total, up to a year; balances
    "growth": ("cagr", "growth_factor"),  # factors and rates of growth
    "concentration": (  # how concentrated a total is on few parts
        *("concentration_ratio", "cumulative_shares", "entropy", "hhi", "without_largest"),
    ),
    "statements": (  # what several sources state of one thing, what that allows, what parts them
        *("estimate_ranges", "gap_steps", "printed_range", "share_bounds", "spread_factor"),
    ),
    "rates": (  # shares and rates of rare events with exact intervals, tests by relabelling
        *("rate_interval", "rate_ratio_interval", "relabelled", "share_interval"),
    ),
    "comovement": (  # changes, correlations and slopes of two series with gaps, lags
        *("comovement", "correlation", "effective_pairs", "lag_search", "lagged_correlations"),
    ),
    "event_study": (),  # before and after an event, against those that had none
    "places": ("distance_km",),
    # Goods and prices
    "goods": (  # broad groups that two lists have in common, Lall's classes of technology
        *("CUSTOMS_GROUPS", "HS_GROUPS", "LIGHT_MANUFACTURES", "MANUFACTURES", "NON_TRADITIONAL"),
        *("regroup", "CUSTOMS_TIERS", "PAPER_LEVELS", "tier_bounds"),
    ),
    "specialisation": ("grubel_lloyd", "rca"),  # in goods, and trade in goods of one kind
    "prices": (  # price indices of a basket, values at the prices of one year
        *("prices", "basket_index", "fisher", "fixed_basket_index", "price_bounds"),
        *("at_prices_of", "line_prices"),
    ),
    "decomposition": ("bennet", "log_effects", "log_parts"),  # a change: price and quantity
    # One subject each
    "agreements": (),  # who has one in force, since when, and the trade that it covers
    "casualties": (),  # people who died or were hurt, with the range of the sources
    "chronology": (),  # dated events to be read
    "cohort": (),  # what became of a fixed list of plans
    "conflicts": (),  # what the Ombudsman's list is made of
    "exposure": (),  # what a fall in demand or in a price would cost
    "gains": ("duty_saved", "kept_pace", "price_gain"),  # of prices, tariffs; a lagging sector
    "ownership": (),  # output by the country of the owners
    "presence": (),  # a foreign presence sector by sector
    "scenarios": (),  # what exports would be if stated assumptions held
    "stoppages": (),  # days of closed roads and still mines
    "votes": (),  # shares of choices, distances of positions
}

__all__, __getattr__, __dir__ = lazy.names(__name__, _OFFERED)
