"""What a chapter's cells call: figures, tables and numbers that fit every output of the book."""

from peru_asia import lazy

_OFFERED = {
    "figures": ("Figure", "figure"),
    "findings": ("Finding", "finding"),
    "numbers": ("number", "numbers_from"),
    "tables": ("PrintedTable", "table"),
}

__all__, __getattr__, __dir__ = lazy.names(__name__, _OFFERED)
