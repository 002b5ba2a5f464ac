"""Table ``commodity_prices_monthly``: monthly prices of nine commodities since 1960.

Download the World Bank's Commodity Price Data (The Pink Sheet), workbook
CMO-Historical-Data-Monthly.xlsx (https://www.worldbank.org/en/research/commodity-markets), edition
of 2 June 2026. The repository klaus0005/ClaudiuP-SIA2026 on GitHub keeps a copy: commit 0bf9716,
file data/CMO-Historical-Data-Monthly.xlsx. Reading it needs openpyxl.

Steps: sheet "Monthly Prices", nine columns turned into rows, prices as stored.

    python data/build/commodity_prices_monthly.py CMO-Historical-Data-Monthly.xlsx
"""

from pathlib import Path

import common
import pandas as pd
import pink_sheet

TABLE = "commodity_prices_monthly"


def read(path: Path) -> pd.DataFrame:
    """Read the sheet: period (such as 1960M01), commodity, price and unit."""
    return pink_sheet.read(path, "Monthly Prices")


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Split the period into year and month; coffee stands in the yearly table only."""
    frame = frame[frame["commodity"].ne("coffee")]
    frame = frame.assign(
        year=frame["period"].str[:4].astype(int), month=frame["period"].str[5:].astype(int)
    )
    return common.table(TABLE, frame, ["commodity", "year", "month"], {"price": common.number})


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["workbook"], read, compile, __doc__)
