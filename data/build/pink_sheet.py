"""Reader of the World Bank's Pink Sheet workbooks: names in one row, units in the row below."""

from pathlib import Path

import pandas as pd

from peru_asia.errors import BookError

COMMODITIES = {
    "Copper": "copper",
    "Gold": "gold",
    "Zinc": "zinc",
    "Lead": "lead",
    "Silver": "silver",
    "Tin": "tin",
    "Iron ore, cfr spot": "iron_ore",
    "Fish meal": "fishmeal",
    "Crude oil, average": "crude_oil",
    "Coffee, Arabica": "coffee",
}
UNITS = {
    "($/mt)": "usd_per_t",
    "($/troy oz)": "usd_per_troy_oz",
    "($/dmtu)": "usd_per_dmtu",
    "($/bbl)": "usd_per_bbl",
    "($/kg)": "usd_per_kg",
}


def read(path: Path, sheet: str) -> pd.DataFrame:
    """Return the prices of one sheet; reading .xlsx needs the package openpyxl."""
    return prices(pd.read_excel(path, sheet_name=sheet, header=None), f"{path}, sheet {sheet}")


def prices(grid: pd.DataFrame, where: str = "the sheet") -> pd.DataFrame:
    """Turn a sheet into rows of period, commodity, price and unit; a cell without price drops."""
    text = grid.map(lambda cell: str(cell).strip(" *"))
    head = next((i for i, row in text.iterrows() if "Copper" in set(row)), None)
    if head is None:
        raise BookError(f"{where}: no row holds the name Copper")
    parts = []
    for column, name in text.loc[head].items():
        if name not in COMMODITIES:
            continue
        unit = text.loc[head + 1, column]
        if unit not in UNITS:
            raise BookError(f"{where}: {name} is in '{unit}'; known are {', '.join(UNITS)}")
        price = pd.to_numeric(grid.loc[head + 2 :, column], errors="coerce")
        part = pd.DataFrame({"period": text.loc[head + 2 :, grid.columns[0]], "price": price})
        parts.append(part.assign(commodity=COMMODITIES[name], unit=UNITS[unit]))
    missing = set(COMMODITIES) - set(text.loc[head])
    if missing:
        raise BookError(f"{where}: no column {', '.join(sorted(missing))}")
    frame = pd.concat(parts, ignore_index=True)
    return frame[frame["period"].str.match(r"\d{4}(M\d{2})?(\.0)?$")].dropna(subset=["price"])
