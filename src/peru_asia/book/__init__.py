"""What a chapter's cells call: figures, tables and numbers that fit every output of the book."""

from peru_asia import lazy

_OFFERED = {
    "cells.figure": ("Figure", "figure"),
    "cells.finding": ("Finding", "finding"),
    "cells.facts": ("number", "numbers_from"),
    "cells.table": ("PrintedTable", "table"),
}

__all__, __getattr__, __dir__ = lazy.names(__name__, _OFFERED)
