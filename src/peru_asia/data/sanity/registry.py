"""The list of checks, and what every check needs: reading a table and naming a cell."""

from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import FunctionType

import pandas as pd

from peru_asia import paths
from peru_asia.data.package import Table, describe, descriptors
from peru_asia.data.reading import load

Check = Callable[[], Iterator[str]]

CHECKS: list[FunctionType] = []

_left_out: set[str] = set()


class LeftOutError(Exception):
    """A check has asked for a table that cannot be judged yet."""


@contextmanager
def without(tables: Collection[str]) -> Generator[None]:
    """Leave tables out of the checks, because their cells do not fit their schema."""
    _left_out.update(tables)
    try:
        yield
    finally:
        _left_out.clear()


def check(function: FunctionType) -> FunctionType:
    """Add `function` to the list of checks; its name is the check's name."""
    CHECKS.append(function)
    return function


def read(name: str) -> pd.DataFrame:
    """Load a table with closed lists as plain text, so that columns of two tables compare."""
    if name in _left_out:
        raise LeftOutError(name)
    return _read(name, describe(name).stamp).copy()


def tables() -> dict[str, Table]:
    """Return every table that can be judged, by name."""
    return {name: describe(name) for name in descriptors() if name not in _left_out}


@lru_cache(maxsize=256)
def _read(name: str, _stamp: object) -> pd.DataFrame:
    frame = load(name)
    frame.attrs = {}  # pandas would copy them at every step
    lists = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(lists, "str"))


def where(table: str, index: int, column: str) -> str:
    """Name a cell as an editor or a spreadsheet finds it.

    Parameters
    ----------
    index : position of the row in the frame that `peru_asia.data.load` returns, from 0
    """
    # The header is row 1 of the file.
    return f"{paths.relative(describe(table).path)}, row {index + 2}, column {column}"


def report(table: str, bad: pd.DataFrame, column: str, message: str) -> Iterator[str]:
    """Yield one problem for each of the rows that are wrong.

    Parameters
    ----------
    bad : these rows of the table, with the index that they have in the whole of it
    column : where to look
    message : what is wrong and how to mend it; ``{name}`` stands for the row's value of a column
    """
    if bad.empty:  # the rule, and quicker than to look for rows
        return
    for index, row in zip(bad.index, bad.to_dict("records"), strict=True):
        yield f"{where(table, index, column)}: {message.format(**row)}"


def absent(
    table: str, rows: pd.DataFrame, other: str, keys: list[str], more: str = ""
) -> Iterator[str]:
    """Yield one problem for the rows of each year of a table that another one should have too.

    Parameters
    ----------
    rows : these rows, as for `report`
    keys : the columns, a ``year`` among them, by which the two tables are joined
    more : what else the missing rows must say
    """
    for year, some in rows.groupby("year"):
        first, plural = some[keys].astype("str").iloc[0], "s" if len(some) > 1 else ""
        yield (
            f"{paths.relative(describe(other).path)}: {len(some)} row{plural} of {year} missing "
            f"that {table} has (first: {', '.join(first)}{more}); add them, or correct "
            f"{where(table, some.index[0], keys[-1])}"
        )


def described(table: str, part: str) -> str:
    """Name a place in the descriptor of a table."""
    return f"{paths.relative(describe(table).path.with_suffix('.yaml'))}, {part}"
