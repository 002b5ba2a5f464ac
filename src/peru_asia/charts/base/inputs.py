"""What a chart asks of its table; a BookError says what is wrong, with the nearest right name."""

from collections.abc import Iterable, Mapping

import pandas as pd

from peru_asia.errors import BookError, did_you_mean

Names = Mapping[str, str] | Iterable[str]  # names by code, or codes that are names already


def need(table: pd.DataFrame, *columns: str | None) -> pd.DataFrame:
    """Return the columns that a chart draws or tells of, each once, as plain types.

    The table stays as it is; it must have rows. A column is None where the chart was not given one.
    """
    kept = list(dict.fromkeys(name for name in columns if name))
    for name in kept:
        if name not in table.columns:
            hint = did_you_mean(str(name), map(str, table.columns))
            raise BookError(f"the table has no column '{name}'; {hint}")
    if table.empty:
        raise BookError("there is nothing to draw: the table has no rows")
    out = table[kept].reset_index(drop=True)
    for name in kept:
        if isinstance(out[name].dtype, pd.CategoricalDtype):
            out[name] = out[name].astype(object)
    return out


def filled(rows: pd.DataFrame, *columns: str | None) -> pd.DataFrame:
    """Return the rows, of which there must be some, that have a value in each of the columns."""
    kept = [name for name in columns if name]
    out = rows.dropna(subset=kept)
    if out.empty:
        listed = " and ".join(f"'{name}'" for name in kept)
        raise BookError(f"there is nothing to draw: no row has a value in {listed}")
    return out


def only(rows: pd.DataFrame, column: str, codes: Iterable[object]) -> pd.DataFrame:
    """Return the rows whose `column` is one of the codes, each of which must match a row."""
    codes = list(codes)
    there = set(rows[column].dropna())
    for code in codes:
        if code not in there:
            hint = did_you_mean(str(code), map(str, there))
            raise BookError(f"no row has '{code}' in the column '{column}'; {hint}")
    return rows[rows[column].isin(codes)]


def among(rows: pd.DataFrame, column: str, known: Iterable[str]) -> None:
    """Refuse a table with a value of `column` that the chart does not know."""
    known = list(known)
    for value in rows[column].dropna().unique():
        if value not in known:
            hint = did_you_mean(str(value), map(str, known))
            raise BookError(f"the chart does not know '{value}' of the column '{column}'; {hint}")


def named(rows: pd.DataFrame, column: str, names: Names, into: str = "name") -> pd.DataFrame:
    """Return the rows that `only` has of the codes in `names`, with their names in `into`."""
    wanted = by_code(names)
    out = only(rows, column, wanted)
    return out.assign(**{into: out[column].map(wanted)})


def by_code(names: Names) -> dict[str, str]:
    """Return names by code; of names without codes each is its own."""
    return dict(names) if isinstance(names, Mapping) else {name: name for name in names}
