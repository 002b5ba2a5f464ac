"""Table ``tariffs``: import tariffs of Peru since 1995 and of four countries since 2005.

Download two files:

1. World Bank, WITS, Trade Summary of Peru, all years, CSV, edition of February 2018
   (https://wits.worldbank.org, Country Profile, Peru, Trade Summary, "All years"); the repository
   mpawliuk/Statistical-Ramsey-Economic-Data on GitHub keeps a copy: commit c4166cd, file
   en_PER_AllYears_WITS_Trade_Summary.CSV.
2. World Bank, World Development Indicators, drawn on 10 January 2026, series
   TM.TAX.MRCH.WM.AR.ZS and TM.TAX.MRCH.WM.FN.ZS, CSV with the columns country_code, year, series
   and value; the repository lin5698/Who-Absorbs-the-Shock-RCEP-and-Reverse-Shock-Resilience-in-
   the-Asia-Pacific-Trade-Network keeps a copy: commit d0e398b, file
   repo/data/archive/tariffs_wb_2005_2024_20260110.csv. Its column indicator_name has the names
   applied and MFN the wrong way round, so only the series codes are read.

Steps: four rows of the summary for all products and the world, 1995-2014; two series of the
indicators for each year 2005-2022, with an empty cell where no rate was reported. Peru's applied
rate of 2015 is emptied: it repeats the MFN rate.

    python data/build/tariffs.py en_PER_AllYears_WITS_Trade_Summary.CSV tariffs_wb.csv
"""

from collections.abc import Iterable
from itertools import product
from pathlib import Path

import common
import pandas as pd
import wits_summary

TABLE = "tariffs"
SUMMARY = {
    "Simple Average (%)": "simple_average",
    "Weighted Average (%)": "weighted_average",
    "Maximum Rate (%)": "maximum_rate",
    "Duty Free Tariff Lines Share (%)": "duty_free_lines_share",
}
SERIES = {
    "TM.TAX.MRCH.WM.AR.ZS": "applied_weighted_mean",
    "TM.TAX.MRCH.WM.FN.ZS": "mfn_weighted_mean",
}
REPEATS = "Left empty: the source repeats the MFN rate of 1.80, so preferences were not counted."


def read(summary: Path, indicators: Path) -> dict[str, pd.DataFrame]:
    """Read the Trade Summary and the World Development Indicators."""
    wdi = pd.read_csv(indicators)
    common.need(wdi, ["country_code", "year", "series", "value"], str(indicators))
    return {"summary": wits_summary.read(summary), "wdi": wdi}


def compile(originals: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Put both sources below each other, each gap with its reason."""
    summary, wdi = originals["summary"], originals["wdi"]
    wits = summary[
        summary["type"].eq("Tariff")
        & summary["indicator"].isin(SUMMARY)
        & summary["product"].eq("All Products")
        & summary["year"].between(1995, 2014)
    ]
    wits = pd.DataFrame(
        {
            "year": wits["year"],
            "importer": "PER",
            "measure": wits["indicator"].map(SUMMARY),
            "rate_pct": wits["value"],
        }
    )
    wdi = wdi.assign(
        importer=wdi["country_code"], measure=wdi["series"].map(SERIES), rate_pct=wdi["value"]
    )
    four = ["PER", "CHN", "JPN", "KOR"]
    frame = pd.concat(
        [
            _grid(range(1995, 2015), ["PER"], SUMMARY.values(), "wits2018summary", wits),
            _grid(range(2005, 2023), four, SERIES.values(), "worldbank2025wdi", wdi),
        ],
        ignore_index=True,
    )
    frame["note"] = frame["rate_pct"].isna().map({True: "Not reported for this year.", False: ""})
    repeats = (
        frame["importer"].eq("PER")
        & frame["year"].eq(2015)
        & frame["measure"].eq("applied_weighted_mean")
    )
    frame.loc[repeats, "rate_pct"] = None
    frame.loc[repeats, "note"] = REPEATS
    return common.table(TABLE, frame, ["importer", "measure", "year"], {"rate_pct": common.number})


def _grid(
    years: Iterable[int],
    importers: Iterable[str],
    measures: Iterable[str],
    source: str,
    rates: pd.DataFrame,
) -> pd.DataFrame:
    """Give each year, importer and measure a row, with or without a rate."""
    columns = ["year", "importer", "measure"]
    keys = pd.DataFrame(list(product(years, importers, measures)), columns=columns)
    return keys.merge(rates[[*columns, "rate_pct"]], how="left").assign(source=source)


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["summary", "indicators"], read, compile, __doc__)
