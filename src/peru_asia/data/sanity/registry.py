"""The list of checks, and what every check needs: reading a table and naming a cell."""

from collections.abc import Callable, Iterator
from functools import lru_cache

import pandas as pd

from peru_asia import paths
from peru_asia.data.package import describe, descriptor
from peru_asia.data.reading import load

Check = Callable[[], Iterator[str]]

CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """Add `function` to the list of checks; its name is the check's name."""
    CHECKS.append(function)
    return function


def read(name: str) -> pd.DataFrame:
    """Load a table with closed lists as plain text, so that columns of two tables compare."""
    return _read(name, describe(name).path.stat().st_mtime_ns).copy()


@lru_cache(maxsize=256)
def _read(name: str, _modified: int) -> pd.DataFrame:
    frame = load(name)
    frame.attrs = {}  # pandas would copy them at every step
    lists = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(lists, "str"))


def where(table: str, index: int, column: str) -> str:
    """Name a cell as an editor or a spreadsheet finds it.

    Parameters
    ----------
    table
        Name of the table.
    index
        Position of the row in the frame that `peru_asia.data.load` returns, from 0.
    column
        Name of the column.
    """
    # The header is row 1 of the file.
    return f"{paths.relative(describe(table).path)}, row {index + 2}, column {column}"


def report(table: str, bad: pd.DataFrame, column: str, message: str) -> Iterator[str]:
    """Yield one problem for each row of `bad`.

    Parameters
    ----------
    table
        Name of the table.
    bad
        The offending rows, with the index that they have in the whole table.
    column
        The column to look at.
    message
        What is wrong and how to mend it; ``{name}`` stands for the row's value of a column.
    """
    if bad.empty:  # the rule, and quicker than to look for rows
        return
    for index, row in zip(bad.index, bad.to_dict("records"), strict=True):
        yield f"{where(table, index, column)}: {message.format(**row)}"


def described(table: str, part: str) -> str:
    """Name a place in the descriptor."""
    return f"{paths.relative(paths.DESCRIPTOR)}, table {table}, {part}"


def edition() -> str:
    """Return the month of this edition of the package, as YYYY-MM, from its version."""
    year, month, _ = descriptor()["version"].split(".")
    return f"{year}-{int(month):02d}"
