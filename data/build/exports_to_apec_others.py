"""Table ``exports_to_apec_others``: Peru's exports to the APEC economies outside Asia and the USA.

Download from SUNAT the workbook of Cuadro G 6, definitive exports by country of destination,
edition of mid-2025 (https://www.sunat.gob.pe/estad-comExt/modelo_web/anuario.html). The repository
bregydoc/sunat_rree_demo on GitHub keeps a copy: commit 3af7c4e, file data/cdro_G6.xlsx. Reading it
needs openpyxl.

Steps: one sheet a year, full years, the seven members of APEC that ``trade_by_partner`` does not
hold; US$ divided by a million.

    python data/build/exports_to_apec_others.py cdro_G6.xlsx --out exports_to_apec_others.csv
"""

from pathlib import Path

import common
import pandas as pd
import sunat

TABLE = "exports_to_apec_others"
PARTNERS = {
    "AUSTRALIA": "AUS",
    "CANADA": "CAN",
    "CHILE": "CHL",
    "MEXICO": "MEX",
    "NUEVA ZELANDA": "NZL",
    "PAPUASIA NUEVA GUINEA": "PNG",
    "RUSIA": "RUS",
}


def read(path: Path) -> pd.DataFrame:
    """Read the workbook: one row a year and destination."""
    return sunat.read(path)


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the seven members in the years of which all twelve months are there."""
    frame = frame.assign(partner=frame["path"].map(PARTNERS)).dropna(subset=["partner"])
    frame = frame[frame["months"].eq(12)]
    frame = frame.assign(flow="export", value_usd_m=frame["total"] / 1e6, source="sunat2025exports")
    return common.table(TABLE, frame, ["partner", "year"], {"value_usd_m": common.number})


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["g6"], read, compile, __doc__)
