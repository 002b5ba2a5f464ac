"""Table ``fdi_stock_total``: the stock of foreign direct investment in Peru, by source.

Download from UNCTADstat the table US.FdiFlowsStock as CSV, release of August 2025
(https://unctadstat.unctad.org/datacentre/dataviewer/US.FdiFlowsStock, bulk download), with the
columns Year, Economy Label, Direction Label, Flow Label and US$ at current prices in millions.

Steps: Peru, inward, stock. The rows of the central bank, ProInversión and Columbia, eight figures
typed from pages, are kept from the table as it stands.

    python data/build/fdi_stock_total.py US_FdiFlowsStock.csv --out fdi_stock_total.csv
"""

import re
from pathlib import Path

import common
import pandas as pd

TABLE = "fdi_stock_total"
SERIES = "unctad_inward_stock"
VALUE = "US_at_current_prices_in_millions"


def read(path: Path) -> pd.DataFrame:
    """Read the table; spaces and signs of the headings become underscores."""
    frame = pd.read_csv(path, low_memory=False)
    names = [re.sub(r"\W+", "_", name).strip("_").removesuffix("_Value") for name in frame.columns]
    frame.columns = names
    common.need(frame, ["Year", "Economy_Label", "Direction_Label", "Flow_Label", VALUE], str(path))
    return frame


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Select Peru's inward stock and add the typed rows."""
    frame = frame[
        frame["Economy_Label"].eq("Peru")
        & frame["Direction_Label"].eq("Inward")
        & frame["Flow_Label"].eq("Stock")
    ].dropna(subset=[VALUE])
    unctad = pd.DataFrame(
        {
            "series": SERIES,
            "year": frame["Year"].astype(int),
            "value_usd_m": frame[VALUE],
            "definition": "inward_stock",
            "producer": "UNCTAD",
            "source": "unctad2025fdi",
            "source_place": "US.FdiFlowsStock",
            "note": "",
        }
    )
    typed = common.committed(TABLE)
    typed = typed[typed["series"].ne(SERIES)].astype({"year": int, "value_usd_m": float})
    both = pd.concat([typed, unctad], ignore_index=True)
    return common.table(TABLE, both, ["series", "year", "source"], {"value_usd_m": common.number})


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["unctad"], read, compile, __doc__)
