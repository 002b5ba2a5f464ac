"""Table ``commodity_prices``: yearly prices of ten commodities since 1960, nominal and real.

Download the World Bank's Commodity Price Data (The Pink Sheet), workbook
CMO-Historical-Data-Annual.xlsx (https://www.worldbank.org/en/research/commodity-markets), edition
of 2 May 2025. The repository Salman-data-cloud/Commodity-Price-Analytics on GitHub keeps a copy:
commit 10850f0, file data/CMO-Historical-Data-Annual.xlsx. Reading it needs openpyxl.

Steps: sheets "Annual Prices (Nominal)" and "Annual Prices (Real)" (dollars of 2010), ten columns
turned into rows, prices to nine significant digits.

    python data/build/commodity_prices.py CMO-Historical-Data-Annual.xlsx --out prices.csv
"""

from pathlib import Path

import common
import pandas as pd
import pink_sheet

TABLE = "commodity_prices"
SHEETS = {"Annual Prices (Nominal)": "nominal", "Annual Prices (Real)": "real_2010usd"}


def read(path: Path) -> pd.DataFrame:
    """Read both sheets: period, commodity, price, unit and price basis."""
    return pd.concat(
        [pink_sheet.read(path, sheet).assign(price_basis=basis) for sheet, basis in SHEETS.items()]
    )


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the rows the table's columns and digits."""
    frame = frame.assign(year=frame["period"].str[:4].astype(int))
    keys = ["commodity", "price_basis", "year"]
    return common.table(TABLE, frame, keys, {"price": lambda v: repr(float(f"{v:.9g}"))})


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["workbook"], read, compile, __doc__)
