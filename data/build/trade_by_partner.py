"""Table ``trade_by_partner``: Peru's exports and imports by partner since 1962.

Download five files:

1. World Bank, WITS (UN Comtrade), reporter Peru, all partners, download of November 2017. The
   repository pandringa/world-trade on GitHub keeps it as JSON: commit 53440ea, file
   data/countries/PER.json, {year: {partner: {x: exports, m: imports}}} in thousand US$.
2. World Bank, WITS, Trade Summary of Peru, all years, CSV, edition of February 2018; repository
   mpawliuk/Statistical-Ramsey-Economic-Data, commit c4166cd, file
   en_PER_AllYears_WITS_Trade_Summary.CSV.
3. SUNAT, Cuadro G 6, exports by country of destination, workbook of mid-2025
   (https://www.sunat.gob.pe/estad-comExt/modelo_web/anuario.html); repository
   bregydoc/sunat_rree_demo, commit 3af7c4e, file data/cdro_G6.xlsx. Reading it needs openpyxl.
4. SUNAT, Cuadro F 1, imports by use, as 3; file data/cdro_F1.xlsx.
5. UN Comtrade (https://comtradeplus.un.org), CSV: annual goods, HS as reported, reporter Peru,
   partners China and USA, imports, commodity TOTAL, 2017-2024. The table was drawn in 2025-26; a
   later draw may hold revised values and more years.

Steps: exports until 2004 and imports until 2016 from 1; the world until 2004 from 2 and, where 2
has no total, summed from 1; since 2005 exports from 3 and the world's imports from 4, full years
only; imports from China and the United States since 2017 from 5. All in US$ m.

    python data/build/trade_by_partner.py PER.json en_PER_AllYears_WITS_Trade_Summary.CSV
        cdro_G6.xlsx cdro_F1.xlsx TradeData.csv --out trade_by_partner.csv
"""

import json
from pathlib import Path

import common
import comtrade
import pandas as pd
import sunat
import wits_summary

TABLE = "trade_by_partner"
SUNAT = {
    "Total general": "WLD",
    "ESTADOS UNIDOS": "USA",
    "CHINA": "CHN",
    "JAPON": "JPN",
    "COREA (SUR), REPUBLICA DE": "KOR",
    "TAIWAN (FORMOSA)": "TWN",
    "HONG KONG": "HKG",
    "MACAO": "MAC",
    "MONGOLIA": "MNG",
    "COREA (NORTE), REPUBLICA POPULAR DEMOCRATICA DE": "PRK",
    "COREA (NORTE),REPUBLICA": "PRK",
    "BRUNEI DARUSSALAM": "BRN",
    "CAMBOYA": "KHM",
    "INDONESIA": "IDN",
    "LAOS, REPUBLICA POPULAR DEMOCRATICA DE": "LAO",
    "LAOS,REPUBLICA POPULAR": "LAO",
    "MALAYSIA": "MYS",
    "MYANMAR": "MMR",
    "FILIPINAS": "PHL",
    "SINGAPUR": "SGP",
    "TAILANDIA": "THA",
    "VIET NAM": "VNM",
    "INDIA": "IND",
    "PAKISTAN": "PAK",
    "BANGLADESH": "BGD",
    "SRI LANKA": "LKA",
    "NEPAL": "NPL",
}
TOTALS = {"Exports (in US$ Mil)": "export", "Imports (in US$ Mil)": "import"}
KEYS = ["partner", "flow", "year"]


def read(wits: Path, summary: Path, g6: Path, f1: Path, download: Path) -> dict[str, pd.DataFrame]:
    """Read the five originals."""
    return {
        "wits": bilateral(json.loads(wits.read_text("utf-8"))),
        "summary": wits_summary.read(summary),
        "exports": sunat.read(g6),
        "imports": sunat.read(f1),
        "comtrade": comtrade.read(download),
    }


def bilateral(years: dict[str, dict[str, dict[str, float]]]) -> pd.DataFrame:
    """Turn WITS's tree into rows: year, partner, flow, value in thousand US$."""
    rows = [
        (int(year), partner, {"x": "export", "m": "import"}[flow], value)
        for year, partners in years.items()
        for partner, flows in partners.items()
        for flow, value in flows.items()
    ]
    frame = pd.DataFrame(rows, columns=["year", "partner", "flow", "value"])
    return frame.dropna(subset=["value"]).replace({"partner": {"OAS": "TWN"}})


def compile(originals: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Join the series, mark what leaves out gold and where the source changes."""
    wits = originals["wits"].assign(value_usd_m=originals["wits"]["value"] / 1000)
    world = originals["summary"]
    world = world[
        world["partner"].eq("World")
        & world["product"].eq("All Products")
        & world["indicator"].isin(TOTALS)
        & world["year"].lt(2005)
    ]
    world = world.assign(
        partner="WLD", flow=world["indicator"].map(TOTALS), value_usd_m=world["value"]
    )
    summed = wits[wits["year"].lt(2005)].groupby(["year", "flow"], as_index=False)["value_usd_m"]
    summed = summed.sum().assign(partner="WLD")
    printed = pd.MultiIndex.from_frame(world[["year", "flow"]])
    summed = summed[~pd.MultiIndex.from_frame(summed[["year", "flow"]]).isin(printed)]
    early = wits["flow"].eq("import") | wits["year"].lt(2005)
    wits = wits[early & wits["partner"].isin(SUNAT.values())]
    exports = _full_years(originals["exports"])
    exports = exports.assign(partner=exports["path"].map(SUNAT), flow="export")
    imports = _full_years(originals["imports"])
    imports = imports[imports["path"].eq("Total")].assign(partner="WLD", flow="import")
    late = originals["comtrade"]
    late = late[
        late["year"].gt(2016)
        & late["flow"].eq("M")
        & late["product"].eq("TOTAL")
        & late["partner"].isin(["CHN", "USA"])
    ]
    late = late.assign(flow="import", value_usd_m=late["usd"] / 1e6)
    parts = [  # rows, source, how the figure came about
        (wits, "wits2017", "reported"),
        (summed, "wits2017", "summed"),
        (world, "wits2018summary", "reported"),
        (exports.dropna(subset=["partner"]), "sunat2025exports", "reported"),
        (imports, "sunat2025imports", "reported"),
        (late, "comtrade2026", "reported"),
    ]
    frame = pd.concat(
        [rows.assign(source=source, basis=basis) for rows, source, basis in parts],
        ignore_index=True,
    ).sort_values(KEYS)
    frame["value_usd_m"] = frame["value_usd_m"].round(6)
    frame["excludes_gold"] = frame["source"].eq("wits2017") & frame["flow"].eq("export")
    before = frame.groupby(["partner", "flow"])["source"].shift()
    frame["series_break"] = before.notna() & before.ne(frame["source"])
    return common.table(TABLE, frame, KEYS, {"value_usd_m": lambda value: repr(float(value))})


def _full_years(lines: pd.DataFrame) -> pd.DataFrame:
    lines = lines[lines["months"].eq(12)]
    return lines.assign(value_usd_m=lines["total"] / 1e6)


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["wits", "summary", "g6", "f1", "download"], read, compile, __doc__)
