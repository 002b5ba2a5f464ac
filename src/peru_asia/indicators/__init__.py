"""Pure functions on tidy tables: shares, growth, concentration, balances."""

from peru_asia.indicators import cohort, events, scenarios
from peru_asia.indicators.advantage import rca
from peru_asia.indicators.casualties import casualties, persons
from peru_asia.indicators.chronology import chronology, longest_silence, written_date
from peru_asia.indicators.concentration import (
    concentration_ratio,
    cumulative_shares,
    entropy,
    hhi,
    without_largest,
)
from peru_asia.indicators.conflicts import composition
from peru_asia.indicators.constant_prices import at_prices_of, line_prices
from peru_asia.indicators.correlation import (
    LagSearch,
    change,
    correlation,
    effective_pairs,
    lag_search,
    lagged_correlations,
)
from peru_asia.indicators.coverage import coverage, date_span, in_force_since, status_on, waits
from peru_asia.indicators.decomposition import LogEffects, bennet, log_effects, log_parts
from peru_asia.indicators.disagreement import (
    disagreement,
    running_total,
    share_bounds,
    spread_factor,
)
from peru_asia.indicators.estimates import estimate_ranges
from peru_asia.indicators.exposure import Base, basket_change, loss, loss_bounds, slope
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
from peru_asia.indicators.ownership import (
    JOINT,
    UNKNOWN,
    attribute,
    held_share,
    holders_in,
    printed_range,
    roster,
)
from peru_asia.indicators.places import distance_km
from peru_asia.indicators.presence import milestones, sector_events, voices
from peru_asia.indicators.prices import (
    basket_index,
    fisher,
    fixed_basket_index,
    laspeyres,
    lowe,
    paasche,
    price_bounds,
    quantities,
)
from peru_asia.indicators.rates import (
    Interval,
    Relabelling,
    rate_interval,
    rate_ratio_interval,
    relabelled,
    share_interval,
)
from peru_asia.indicators.shares import balance, share, total
from peru_asia.indicators.stoppages import blocked_by_year, calendar_days, spans
from peru_asia.indicators.technology import CUSTOMS_TIERS, PAPER_LEVELS, tier_bounds
from peru_asia.indicators.votes import choice_shares, gaps, stretch

__all__ = [
    "CUSTOMS_GROUPS",
    "CUSTOMS_TIERS",
    "HS_GROUPS",
    "JOINT",
    "LIGHT_MANUFACTURES",
    "MANUFACTURES",
    "NON_TRADITIONAL",
    "PAPER_LEVELS",
    "UNKNOWN",
    "Base",
    "Interval",
    "LagSearch",
    "LogEffects",
    "Relabelling",
    "at_prices_of",
    "attribute",
    "balance",
    "basket_change",
    "basket_index",
    "bennet",
    "blocked_by_year",
    "cagr",
    "calendar_days",
    "casualties",
    "change",
    "choice_shares",
    "chronology",
    "cohort",
    "composition",
    "concentration_ratio",
    "correlation",
    "coverage",
    "cumulative_shares",
    "date_span",
    "disagreement",
    "distance_km",
    "duty_saved",
    "effective_pairs",
    "entropy",
    "estimate_ranges",
    "events",
    "first_year",
    "fisher",
    "fixed_basket_index",
    "gaps",
    "growth_factor",
    "grubel_lloyd",
    "held_share",
    "hhi",
    "holders_in",
    "in_force_since",
    "kept_pace",
    "lag_search",
    "lagged_correlations",
    "laspeyres",
    "line_prices",
    "log_effects",
    "log_parts",
    "longest_silence",
    "loss",
    "loss_bounds",
    "lowe",
    "milestones",
    "paasche",
    "persons",
    "price_bounds",
    "price_gain",
    "printed_range",
    "quantities",
    "rate_interval",
    "rate_ratio_interval",
    "rca",
    "regroup",
    "relabelled",
    "roster",
    "running_total",
    "scenarios",
    "sector_events",
    "share",
    "share_bounds",
    "share_interval",
    "slope",
    "spans",
    "spread_factor",
    "status_on",
    "stretch",
    "tier_bounds",
    "total",
    "value_at",
    "voices",
    "waits",
    "without_largest",
    "written_date",
]
