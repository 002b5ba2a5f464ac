"""Table ``exports_by_product_group``: exports and imports by group of products and stage.

Download from the World Bank's WITS the Trade Summary of Peru, all years, CSV, edition of February
2018 (https://wits.worldbank.org, Country Profile, Peru, Trade Summary, "All years"). The repository
mpawliuk/Statistical-Ramsey-Economic-Data on GitHub keeps a copy: commit c4166cd, file
en_PER_AllYears_WITS_Trade_Summary.CSV.

Steps: rows of the world with values in US$ m, years turned into rows, blanks left out, groups and
stages given the table's codes.

    python data/build/exports_by_product_group.py en_PER_AllYears_WITS_Trade_Summary.CSV
"""

from pathlib import Path

import common
import pandas as pd
import wits_summary

from peru_asia.errors import BookError

TABLE = "exports_by_product_group"
FLOWS = {
    "Export(US$ Mil)": "export",
    "Exports (in US$ Mil)": "export",
    "Import(US$ Mil)": "import",
    "Imports (in US$ Mil)": "import",
}
GROUPS = {
    "Animal": "animal",
    "Vegetable": "vegetable",
    "Food Products": "food_products",
    "Minerals": "minerals",
    "Fuels": "fuels",
    "Chemicals": "chemicals",
    "Plastic or Rubber": "plastic_rubber",
    "Hides and Skins": "hides_skins",
    "Wood": "wood",
    "Textiles and Clothing": "textiles_clothing",
    "Footwear": "footwear",
    "Stone and Glass": "stone_glass",
    "Metals": "metals",
    "Mach and Elec": "machinery_electrical",
    "Transportation": "transport_equipment",
    "Miscellaneous": "miscellaneous",
}
STAGES = {
    "Raw materials": "raw_materials",
    "Intermediate goods": "intermediate_goods",
    "Consumer goods": "consumer_goods",
    "Capital goods": "capital_goods",
}
CLASSES = {
    **dict.fromkeys(GROUPS, "hs_group"),
    **dict.fromkeys(STAGES, "processing_stage"),
    "All Products": "total",
}


def read(path: Path) -> pd.DataFrame:
    """Read the Trade Summary: one row a partner, product, indicator and year."""
    return wits_summary.read(path)


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Select the world's values and give groups and stages the table's codes."""
    frame = frame[frame["partner"].eq("World") & frame["indicator"].isin(FLOWS)]
    unknown = set(frame["product"]) - set(CLASSES)
    if unknown:
        raise BookError(f"{TABLE}: no code for the product {', '.join(sorted(unknown))}")
    frame = pd.DataFrame(
        {
            "year": frame["year"],
            "flow": frame["indicator"].map(FLOWS),
            "classification": frame["product"].map(CLASSES),
            "item": frame["product"].map({**GROUPS, **STAGES, "All Products": "all_products"}),
            "value_usd_m": frame["value"],
        }
    )
    keys = ["year", "flow", "classification", "item"]
    return common.table(TABLE, frame, keys, {"value_usd_m": common.number})


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["summary"], read, compile, __doc__)
