"""From a CSV file and its schema to a typed DataFrame."""

from functools import lru_cache

import pandas as pd

from peru_asia import paths
from peru_asia.data.package import Table, describe
from peru_asia.errors import BookError


def load(name: str) -> pd.DataFrame:
    """Load a table of the data package by its name.

    Returns
    -------
    One row an observation, columns typed by the schema: codes from a closed list as ordered
    categories, dates as ``datetime64``, whole numbers that may be missing as ``Int64``. ``attrs``
    carries ``table``, ``title``, ``sources`` (keys of ``references.bib``) and ``vintage``. The
    frame is the caller's own to change.

    Raises
    ------
    BookError : if there is no such table, its file is missing or empty, or a cell does not fit the
        schema; the message names file, row and column

    Examples
    --------
    >>> prices = data.load("commodity_prices").query("commodity == 'copper' and year == 2011")
    >>> prices.set_index("price_basis")["price"].round().to_dict()
    {'nominal': 8828.0, 'real_2010usd': 7950.0}
    """
    table = describe(name)
    require_file(table)
    frame = _load(name, table.stamp).copy()
    frame.attrs = {
        "table": name,
        "title": table.title,
        "sources": table.sources,
        "vintage": table.vintage,
    }
    return frame


def require_file(table: Table) -> None:
    """Refuse a table whose file is missing, or has nothing in it."""
    where = paths.relative(table.path)
    if not table.path.exists():
        raise BookError(
            f"{where}: missing; put it back, or remove {table.name}.yaml, which describes it"
        )
    if table.path.stat().st_size == 0:
        raise BookError(f"{where}: empty; it needs the header row {','.join(table.columns)}")


@lru_cache(maxsize=256)  # more than there are tables, or a walk over all would find none again
def _load(name: str, _stamp: object) -> pd.DataFrame:
    table = describe(name)
    where = paths.relative(table.path)
    try:
        # Read as text first, so that a bad cell can be named by row and column.
        text = pd.read_csv(table.path, dtype="str", keep_default_na=False, na_values=[""])
    except (pd.errors.ParserError, UnicodeDecodeError) as error:
        raise BookError(f"{where} cannot be read as UTF-8 CSV: {error}") from error
    if missing := [name for name in table.columns if name not in text.columns]:
        raise BookError(
            f"{where}: column {', '.join(missing)} is missing; {table.name}.yaml beside it "
            f"wants {','.join(table.columns)}"
        )
    return pd.DataFrame(
        {field["name"]: _typed(text[field["name"]], field, where) for field in table.fields}
    )


def _typed(column: pd.Series, field: dict, where: str) -> pd.Series:
    kind = field["type"]
    if kind == "boolean":
        typed = column.map({"true": True, "false": False}).astype("boolean")
    elif kind == "date":
        typed = pd.to_datetime(column, format="%Y-%m-%d", errors="coerce")
    elif kind in ("number", "integer"):
        typed = pd.to_numeric(column, errors="coerce")
    else:
        choices = field.get("constraints", {}).get("enum")
        return column.astype(pd.CategoricalDtype(choices, ordered=True)) if choices else column
    bad = typed.isna() & column.notna()
    if kind == "integer":
        bad |= typed.notna() & (typed % 1 != 0)
    if bad.any():
        # The header is row 1 of the file, as editors and spreadsheets count.
        row = int(bad.to_numpy().argmax())
        raise BookError(
            f"{where}, row {row + 2}, column {field['name']}: '{column.iloc[row]}' is not a {kind}"
        )
    if typed.isna().any():
        return typed.astype("Int64") if kind == "integer" else typed
    return typed.astype({"integer": "int64", "boolean": "bool"}.get(kind, typed.dtype))
