"""Table ``trade_by_partner_monthly``: Peru's exports by month and destination since 2005.

Download from SUNAT the workbook of Cuadro G 6, definitive exports by country of destination,
edition of mid-2025 (https://www.sunat.gob.pe/estad-comExt/modelo_web/anuario.html). The repository
bregydoc/sunat_rree_demo on GitHub keeps a copy: commit 3af7c4e, file data/cdro_G6.xlsx. Reading it
needs openpyxl.

Steps: one sheet a year; the total and eleven destinations; years with twelve months only (those of
2025 were not complete when the edition was closed); months turned into rows; US$ divided by a
million.

    python data/build/trade_by_partner_monthly.py cdro_G6.xlsx --out monthly.csv
"""

from pathlib import Path

import common
import pandas as pd
import sunat

TABLE = "trade_by_partner_monthly"
PARTNERS = {
    "Total general": "WLD",
    "ESTADOS UNIDOS": "USA",
    "CHINA": "CHN",
    "JAPON": "JPN",
    "COREA (SUR), REPUBLICA DE": "KOR",
    "BRASIL": "BRA",
    "CANADA": "CAN",
    "CHILE": "CHL",
    "HONG KONG": "HKG",
    "INDIA": "IND",
    "SUIZA": "CHE",
    "TAIWAN (FORMOSA)": "TWN",
}


def read(path: Path) -> pd.DataFrame:
    """Read the workbook: one row a year and destination, one column a month."""
    return sunat.read(path)


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn the months of full years into rows."""
    frame = frame.assign(partner=frame["path"].map(PARTNERS)).dropna(subset=["partner"])
    columns = [f"m{n}" for n in range(1, 13)]
    frame = frame.melt(["year", "months", "partner"], columns, "month", "usd")
    frame["month"] = frame["month"].str[1:].astype(int)
    frame = frame[frame["months"].eq(12)].dropna(subset=["usd"])
    frame = frame.assign(flow="export", value_usd_m=frame["usd"] / 1e6)
    form = {"value_usd_m": common.number}
    return common.table(TABLE, frame, ["partner", "year", "month"], form)


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["g6"], read, compile, __doc__)
