"""Table ``exports_by_sector``: Peru's exports by sector and product since 2005.

Download from SUNAT the workbook of Cuadro G 1, definitive exports by economic sector, edition of
mid-2025 (https://www.sunat.gob.pe/estad-comExt/modelo_web/anuario.html). The repository
bregydoc/sunat_rree_demo on GitHub keeps a copy: commit 3af7c4e, file data/cdro_G1.xlsx. Reading it
needs openpyxl.

Steps: one sheet a year, full years, annual column; each line is known by its name below its
parent, since names vary between the sheets; US$ divided by a million.

    python data/build/exports_by_sector.py cdro_G1.xlsx --out exports_by_sector.csv
"""

import re
import unicodedata
from pathlib import Path

import common
import pandas as pd
import sunat

from peru_asia.errors import BookError

TABLE = "exports_by_sector"
LEVELS = ["total", "group", "sector", "product"]
LINES = {  # parent: {how the line is called below it, without accents: (code, label)}
    "total": {
        r"i\. ?productos tradicionales": ("traditional", "Traditional products"),
        r"ii\. ?productos no tradicionales": ("nontraditional", "Non-traditional products"),
        r"iii\. ?otros.*": ("other", "Other exports"),
    },
    "traditional": {
        "minero": ("mining", "Mining"),
        "pesquero( tradicional)?": ("fishing_traditional", "Fishing, traditional"),
        "petroleo y gas natural": ("oil_gas", "Oil and natural gas"),
        "agricolas?": ("agriculture_traditional", "Agriculture, traditional"),
    },
    "mining": {
        "cobre": ("copper", "Copper"),
        "hierro": ("iron", "Iron"),
        "plata( refinada)?": ("silver", "Silver, refined"),
        "plomo.*": ("lead", "Lead"),
        "zinc": ("zinc", "Zinc"),
        "oro": ("gold", "Gold"),
        "estano.*": ("tin", "Tin"),
        "resto.*": ("mining_other", "Other mining"),
    },
    "fishing_traditional": {
        "harina de pescado": ("fishmeal", "Fishmeal"),
        "aceite de pescado": ("fish_oil", "Fish oil"),
    },
    "oil_gas": {
        "crudo": ("crude_oil", "Crude oil"),
        "derivados": ("oil_products", "Oil products"),
        "gas natural": ("natural_gas", "Natural gas"),
    },
    "agriculture_traditional": {
        "algodon": ("cotton", "Cotton"),
        "azucar": ("sugar", "Sugar"),
        "cafe": ("coffee", "Coffee"),
        "resto.*": ("agriculture_traditional_other", "Other traditional agriculture"),
    },
    "nontraditional": {
        "agropecuario": ("agriculture_nontraditional", "Agriculture, non-traditional"),
        "textil": ("textiles", "Textiles and clothing"),
        "pesquero( no tradicional)?": ("fishing_nontraditional", "Fishing, non-traditional"),
        "quimico": ("chemicals", "Chemicals"),
        "metal-mecanic[ao]": ("metalworking", "Metal products and machinery"),
        "sidero-metalurgico": ("steel_metals", "Steel and metal industry"),
        "mineria no metalica": ("nonmetallic_minerals", "Non-metallic minerals"),
        "resto": ("nontraditional_other", "Other non-traditional"),
    },
    "nontraditional_other": {
        "artesanias": ("crafts", "Crafts"),
        "maderas? y papeles": ("wood_paper", "Wood and paper"),
        "pieles y cueros": ("hides_leather", "Hides and leather"),
        "varios.*": ("jewellery_various", "Jewellery and various"),
    },
}


def read(path: Path) -> pd.DataFrame:
    """Read the workbook: one row a year and line."""
    return sunat.read(path)


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Give each line of the full years its code, parent and English label."""
    frame = frame[frame["months"].eq(12)]
    lines = [sector(path) for path in frame["path"]]
    coded = pd.DataFrame(lines, columns=["item", "parent", "level", "label"], index=frame.index)
    frame = frame[["year"]].join(coded).assign(value_usd_m=frame["total"] / 1e6)
    return common.table(TABLE, frame, ["year", "item"], {"value_usd_m": common.number})


def sector(path: str) -> tuple[str, str, str, str]:
    """Return code, parent, level and label of a line, given its names from the top."""
    code, parent, label, depth = "total", "", "All exports", 0
    for name in path.split(" > "):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        plain = " ".join(plain.split())
        if plain.startswith("total"):
            continue
        below = LINES.get(code, {}).items()
        found = [line for pattern, line in below if re.fullmatch(pattern, plain)]
        if len(found) != 1:
            raise BookError(f"{TABLE}: no code for the line '{path}'")
        parent, (code, label), depth = code, found[0], depth + 1
    return code, parent, LEVELS[depth], label


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["g1"], read, compile, __doc__)
