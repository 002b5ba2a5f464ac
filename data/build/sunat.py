"""Reader of SUNAT's yearly workbooks (Cuadros F 1, G 1 and G 6): one sheet a year.

A sheet called 2005, 2006 … has somewhere above the figures a row that holds the names of the
months and "Total". Below it each line has its name left of the figures; how far to the right the
name stands says how deep the line is. The heading says thousands, but the cells hold plain US$.
"""

import re
from pathlib import Path

import pandas as pd

from peru_asia.errors import BookError

MONTHS = [
    *("Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio"),
    *("Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"),
]


def read(path: Path) -> pd.DataFrame:
    """Return every line of every year; reading .xlsx needs the package openpyxl."""
    sheets = pd.read_excel(path, sheet_name=None, header=None)
    years = {int(name): grid for name, grid in sheets.items() if re.fullmatch(r"\d{4}", str(name))}
    if not years:
        raise BookError(f"{path}: no sheet is named after a year, such as 2005")
    return pd.concat([lines(year, grid) for year, grid in years.items()], ignore_index=True)


def lines(year: int, grid: pd.DataFrame) -> pd.DataFrame:
    """Turn one sheet into lines: year, months (how many are filled), path, total, m1 … m12."""
    head = next((i for i, row in grid.iterrows() if "Enero" in map(_text, row)), None)
    if head is None:
        raise BookError(f"sheet {year}: no row holds the month Enero")
    names = [_text(cell).replace("Setiembre", "Septiembre") for cell in grid.loc[head]]
    where = {name: names.index(name) for name in [*MONTHS, "Total"] if name in names}
    if "Total" not in where:
        raise BookError(f"sheet {year}: the row of the months has no column Total")
    rows, above = [], []
    for _, row in grid.loc[head + 1 :].iterrows():
        name = next(
            ((c, _text(row[c])) for c in range(min(where.values())) if _is_name(row[c])), None
        )
        total = pd.to_numeric(row[where["Total"]], errors="coerce")
        if name is None or pd.isna(total):
            continue
        above = [*(line for line in above if line[0] < name[0]), name]
        months = {
            f"m{n}": pd.to_numeric(row[where[month]], errors="coerce")
            for n, month in enumerate(MONTHS, 1)
            if month in where
        }
        rows.append({"path": " > ".join(line[1] for line in above), "total": total, **months})
    frame = pd.DataFrame(rows).reindex(columns=["path", "total", *(f"m{n}" for n in range(1, 13))])
    filled = (frame.filter(regex=r"^m\d+$").fillna(0) != 0).any().sum()
    frame.insert(0, "months", int(filled))
    frame.insert(0, "year", year)
    return frame


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _is_name(cell: object) -> bool:
    return bool(re.search(r"[A-Za-z]", _text(cell)))
