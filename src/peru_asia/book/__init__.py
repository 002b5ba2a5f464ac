"""What a chapter's cells call: figures, tables and numbers that fit every output of the book."""

from peru_asia.book.figures import Figure, figure
from peru_asia.book.findings import Finding, finding
from peru_asia.book.numbers import number, numbers_from
from peru_asia.book.tables import PrintedTable, table

__all__ = [
    "Figure",
    "Finding",
    "PrintedTable",
    "figure",
    "finding",
    "number",
    "numbers_from",
    "table",
]
