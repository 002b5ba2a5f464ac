"""Tables in, Altair charts out; one module for each part of the book.

Importing this package sets the book's theme as Altair's own.
"""

from peru_asia.charts import theme, trade

__all__ = ["theme", "trade"]
