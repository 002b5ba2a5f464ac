"""What a chapter's cells call: facts, figures and tables that fit every output of the book."""

from peru_asia import lazy

_OFFERED = {
    "cells.figure": ("Figure", "figure"),
    "cells.finding": ("Finding", "finding"),
    "cells.facts": ("Fact", "Facts", "facts"),
    "cells.forms": (
        *("count", "day", "index", "num", "ordinal", "pct", "points", "times", "usd", "year"),
        "Printed",
    ),
    "cells.table": ("PrintedTable", "table"),
}

__all__, __getattr__, __dir__ = lazy.names(__name__, _OFFERED)
