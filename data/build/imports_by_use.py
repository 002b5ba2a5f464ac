"""Table ``imports_by_use``: Peru's imports by use or economic destination since 2005.

Download from SUNAT the workbook of Cuadro F 1, imports for consumption by use or economic
destination (CUODE), edition of mid-2025
(https://www.sunat.gob.pe/estad-comExt/modelo_web/anuario.html). The repository
bregydoc/sunat_rree_demo on GitHub keeps a copy: commit 3af7c4e, file data/cdro_F1.xlsx. Reading it
needs openpyxl.

Steps: one sheet a year, full years, annual column; the classification's own numbers are the codes;
US$ divided by a million.

    python data/build/imports_by_use.py cdro_F1.xlsx --out imports_by_use.csv
"""

import re
from pathlib import Path

import common
import pandas as pd
import sunat

from peru_asia.errors import BookError

TABLE = "imports_by_use"
GROUPS = {
    "total": ("total", "", "total", "All imports"),
    "bienes de consumo": ("consumption", "total", "group", "Consumer goods"),
    "materias primas y productos intermedios": (
        "intermediate",
        "total",
        "group",
        "Raw materials and intermediate goods",
    ),
    "bienes de capital y materiales de construccion": (
        "capital",
        "total",
        "group",
        "Capital goods and construction materials",
    ),
    "diversos": ("diverse", "total", "group", "Goods not elsewhere placed"),
}
PARENTS = {
    **dict.fromkeys("12", "consumption"),
    **dict.fromkeys("345", "intermediate"),
    **dict.fromkeys("6789", "capital"),
}
LABELS = {
    "1": "Non-durable consumer goods",
    "2": "Durable consumer goods",
    "3": "Fuels and lubricants",
    "4": "Inputs for agriculture",
    "5": "Inputs for industry",
    "6": "Construction materials",
    "7": "Capital goods for agriculture",
    "8": "Capital goods for industry",
    "9": "Transport equipment",
    "11": "Food products",
    "12": "Beverages",
    "13": "Tobacco",
    "14": "Medicines and toiletries",
    "15": "Clothing and other textile articles",
    "19": "Other non-durable consumer goods",
    "21": "Household utensils",
    "22": "Personal ornaments, musical instruments and others",
    "23": "Furniture and other home equipment",
    "24": "Household appliances",
    "25": "Private vehicles",
    "29": "Arms and military equipment",
    "31": "Fuels",
    "32": "Lubricants",
    "33": "Electricity",
    "41": "Animal feed",
    "42": "Other inputs for agriculture",
    "51": "Food inputs for industry",
    "52": "Agricultural non-food inputs for industry",
    "53": "Mining products for industry",
    "55": "Chemical and pharmaceutical inputs",
}


def read(path: Path) -> pd.DataFrame:
    """Read the workbook: one row a year and line."""
    return sunat.read(path)


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Give each line of the full years its code, parent and English label."""
    frame = frame[frame["months"].eq(12)]
    lines = [use(path.split(" > ")[-1]) for path in frame["path"]]
    coded = pd.DataFrame(lines, columns=["item", "parent", "level", "label"], index=frame.index)
    frame = frame[["year"]].join(coded).assign(value_usd_m=frame["total"] / 1e6)
    return common.table(TABLE, frame, ["year", "item"], {"value_usd_m": common.number})


def use(name: str) -> tuple[str, str, str, str]:
    """Return code, parent, level and label of a line of the classification."""
    if group := GROUPS.get(" ".join(name.lower().split())):
        return group
    code = re.match(r"\d*", name)[0]
    if code not in LABELS:
        raise BookError(f"{TABLE}: no code for the line '{name}'")
    if len(code) == 1:
        return code, PARENTS[code], "category", LABELS[code]
    return code, code[0], "subcategory", LABELS[code]


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["f1"], read, compile, __doc__)
