"""Named checks of what the tables say, beyond what a schema can express.

Each check is a function without arguments that yields one line for each thing that is wrong.
Its docstring says what must hold, and why.
"""

from collections.abc import Iterator

# Importing a module adds its checks to the list.
from peru_asia.data.sanity import (
    claims,
    conflicts,
    diplomacy,
    investment,
    names,
    package,
    production,
    products,
    sectors,
    trade,
)
from peru_asia.data.sanity.registry import CHECKS, where

__all__ = [
    "CHECKS",
    "claims",
    "conflicts",
    "diplomacy",
    "investment",
    "names",
    "package",
    "problems",
    "problems_with_chapters",
    "production",
    "products",
    "sectors",
    "trade",
    "where",
]


def problems() -> Iterator[str]:
    """Yield what all checks find: file, row, column, what is wrong, and how to mend it."""
    for check in CHECKS:
        yield from check()


def problems_with_chapters() -> Iterator[str]:
    """Yield what those checks find that look at the chapters, too, as `problems` does."""
    yield from names.every_form_is_in_a_chapter()
    yield from package.every_reference_is_used()
