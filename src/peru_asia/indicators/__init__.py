"""Pure functions on tidy tables: shares, growth, concentration, balances."""

from peru_asia.indicators.concentration import hhi
from peru_asia.indicators.growth import cagr, growth_factor
from peru_asia.indicators.lookup import first_year, value_at
from peru_asia.indicators.shares import balance, share, total

__all__ = ["balance", "cagr", "first_year", "growth_factor", "hhi", "share", "total", "value_at"]
