"""The rules that descriptors state: which rows would break them, and what to say of these.

A rule has a sentence that ``holds``, the ``column`` to look at, and a ``message`` in which
``{name}`` stands for the row's value of a column. ``wrong`` is a condition, in the words of
`pandas.DataFrame.query`, for the rows that break it; what is unknown breaks nothing. If need be:

- ``rows``: a condition for the rows that are judged at all;
- ``join``: columns that come from this table or another, by name. ``{of: table, take: column, by:
  [keys]}`` is the first value of each key or, if it says ``how``, the ``sum``, ``mean``,
  ``nunique`` … of all, of all ``rows`` or of some. ``here`` are the keys in the rows that are
  judged, if they are called otherwise. A row without a counterpart is wrong by itself if there is
  ``absent``: what else the missing rows must say;
- ``let``: columns that are computed, by name;
- ``once``: the columns of whose values only the first row is told.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from peru_asia.data.sanity.registry import absent, described, read, report
from peru_asia.errors import BookError


def broken(name: str, rule: str, said: dict[str, Any]) -> Iterator[str]:
    """Yield one problem for each row of a table that breaks a rule of its descriptor.

    Raises
    ------
    BookError : if the rule cannot be understood
    """
    try:
        rows = _some(read(name), said)
        for column, origin in said.get("join", {}).items():
            keys = origin.get("here", origin["by"])
            groups = _some(read(origin["of"]), origin).groupby(origin["by"])[origin["take"]]
            rows = rows.join(groups.agg(origin.get("how", "first")).rename(column), on=keys)
            if "absent" in origin:
                lacking = rows[rows[column].isna()]
                yield from absent(name, lacking, origin["of"], keys, origin["absent"])
        for column, formula in said.get("let", {}).items():
            rows = rows.assign(**{column: rows.eval(formula)})
        wrong = rows.query(said["wrong"])
        wrong = wrong.drop_duplicates(said["once"]) if "once" in said else wrong
        yield from report(name, wrong, said["column"], said["message"])
    except (AttributeError, KeyError, NameError, SyntaxError, TypeError, ValueError) as error:
        raise BookError(
            f"{described(name, f'rules, {rule}')}: {error}; correct the rule"
        ) from error


def _some(table: pd.DataFrame, said: dict[str, Any]) -> pd.DataFrame:
    return table.query(said["rows"]) if "rows" in said else table
