"""Pure functions on tidy tables: shares, growth, concentration, balances."""

from peru_asia.indicators import cohort
from peru_asia.indicators.casualties import casualties, persons
from peru_asia.indicators.chronology import chronology, longest_silence, written_date
from peru_asia.indicators.concentration import hhi
from peru_asia.indicators.conflicts import composition
from peru_asia.indicators.correlation import (
    LagSearch,
    change,
    correlation,
    effective_pairs,
    lag_search,
    lagged_correlations,
)
from peru_asia.indicators.disagreement import (
    disagreement,
    running_total,
    share_bounds,
    spread_factor,
)
from peru_asia.indicators.estimates import estimate_ranges
from peru_asia.indicators.growth import cagr, growth_factor
from peru_asia.indicators.lookup import first_year, value_at
from peru_asia.indicators.shares import balance, share, total
from peru_asia.indicators.stoppages import blocked_by_year, calendar_days, spans

__all__ = [
    "LagSearch",
    "balance",
    "blocked_by_year",
    "cagr",
    "calendar_days",
    "casualties",
    "change",
    "chronology",
    "cohort",
    "composition",
    "correlation",
    "disagreement",
    "effective_pairs",
    "estimate_ranges",
    "first_year",
    "growth_factor",
    "hhi",
    "lag_search",
    "lagged_correlations",
    "longest_silence",
    "persons",
    "running_total",
    "share",
    "share_bounds",
    "spans",
    "spread_factor",
    "total",
    "value_at",
    "written_date",
]
