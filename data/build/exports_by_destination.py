"""Table ``exports_by_destination``: Peru's exports to every destination since 1962.

Download two files, as for ``trade_by_partner`` (its script says where from):

1. World Bank, WITS (UN Comtrade), reporter Peru, all partners: PER.json.
2. SUNAT, Cuadro G 6, exports by country of destination: cdro_G6.xlsx. Reading it needs openpyxl.

Steps: years to 2004 from 1, from 2005 from 2, full years only; US$ m. Two names that the workbook
spells with a broken letter are mended; otherwise a destination is called what its source calls it.

    python data/build/exports_by_destination.py PER.json cdro_G6.xlsx
        --out exports_by_destination.csv
"""

import json
from pathlib import Path

import common
import pandas as pd
import sunat
import trade_by_partner

TABLE = "exports_by_destination"
MENDED = {"ESPAÐA": "ESPAÑA", "ISLA SAN BARTOLOM+": "ISLA SAN BARTOLOME"}
# Names in the workbook of destinations outside Asia that the book has a code for.
CODES = trade_by_partner.SUNAT | {
    "ALEMANIA": "DEU",
    "ARGENTINA": "ARG",
    "AUSTRALIA": "AUS",
    "BRASIL": "BRA",
    "CANADA": "CAN",
    "CHILE": "CHL",
    "COLOMBIA": "COL",
    "ESPAÑA": "ESP",
    "FRANCIA": "FRA",
    "ITALIA": "ITA",
    "MEXICO": "MEX",
    "NORUEGA": "NOR",
    "NUEVA ZELANDA": "NZL",
    "PAPUASIA NUEVA GUINEA": "PNG",
    "PORTUGAL": "PRT",
    "REINO UNIDO": "GBR",
    "RUSIA": "RUS",
    "SUDAFRICA, REPUBLICA DE": "ZAF",
    "SUIZA": "CHE",
}
KEYS = ["year", "destination"]


def read(wits: Path, g6: Path) -> dict[str, pd.DataFrame]:
    """Read the two originals."""
    return {
        "wits": trade_by_partner.bilateral(json.loads(wits.read_text("utf-8"))),
        "exports": sunat.read(g6),
    }


def compile(originals: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Put the two series below each other."""
    wits = originals["wits"].query("flow == 'export' and year < 2005")
    wits = wits.assign(
        destination=wits["partner"], value_usd_m=wits["value"] / 1000, source="wits2017"
    )
    later = originals["exports"].query("months == 12 and path != 'Total general'")
    later = later.assign(
        destination=later["path"].replace(MENDED),
        value_usd_m=later["total"] / 1e6,
        source="sunat2025exports",
    )
    frame = pd.concat([wits, later], ignore_index=True)
    frame["value_usd_m"] = frame["value_usd_m"].round(6)
    known = set(common.committed("partners")["partner"])
    frame["partner"] = frame["destination"].where(
        frame["source"].eq("wits2017") & frame["destination"].isin(known),
        frame["destination"].map(CODES),
    )
    frame["excludes_gold"] = frame["source"].eq("wits2017")
    return common.table(TABLE, frame, KEYS, {"value_usd_m": lambda value: repr(float(value))})


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["wits", "g6"], read, compile, __doc__)
