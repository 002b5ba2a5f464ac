"""The data package as typed tables, and its checks.

>>> from peru_asia import data
>>> exports = data.load("trade_by_partner").query("flow == 'export'")
"""

from peru_asia.data.completion import offer
from peru_asia.data.names import partner_name, region, short_names
from peru_asia.data.package import Table, describe, sources_of, tables, use
from peru_asia.data.reading import load
from peru_asia.data.years import last_day, span

__all__ = [
    "Table",
    "describe",
    "last_day",
    "load",
    "partner_name",
    "region",
    "short_names",
    "sources_of",
    "span",
    "tables",
    "use",
]

offer()


def __dir__() -> list[str]:
    return __all__
