"""Tables in, Altair charts out; one module for each family of charts.

Importing this package sets the book's theme as Altair's own.
"""

from peru_asia.charts import (
    audit,
    bands,
    bars,
    baskets,
    cohort,
    comparison,
    composition,
    correlation,
    events,
    exposure,
    lumps,
    maps,
    mirror,
    monthly,
    palette,
    scenarios,
    series,
    statuses,
    steps,
    theme,
    timelines,
    trade,
)

__all__ = [
    "audit",
    "bands",
    "bars",
    "baskets",
    "cohort",
    "comparison",
    "composition",
    "correlation",
    "events",
    "exposure",
    "lumps",
    "maps",
    "mirror",
    "monthly",
    "palette",
    "scenarios",
    "series",
    "statuses",
    "steps",
    "theme",
    "timelines",
    "trade",
]
