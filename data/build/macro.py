"""Table ``macro``: income, growth, inflation and openness of Peru and its partners.

Download from the World Bank, World Development Indicators
(https://databank.worldbank.org/source/world-development-indicators): the series NY.GDP.MKTP.CD,
NY.GDP.MKTP.KD.ZG, FP.CPI.TOTL.ZG and NE.TRD.GNFS.ZS, 2005-2024, as a CSV file with the columns
country_code, year, series and value. The edition of the table is that of 10 January 2026, of
which the repository lin5698/Who-Absorbs-the-Shock-RCEP-and-Reverse-Shock-Resilience-in-the-
Asia-Pacific-Trade-Network on GitHub keeps a copy: commit d0e398b, file
repo/data/archive/macro_wdi_2005_2024_20260110.csv.

Steps: keep four countries and four series, income in millions, at most six decimals.

    python data/build/macro.py macro_wdi_2005_2024_20260110.csv --out macro.csv
"""

from pathlib import Path

import common
import pandas as pd

TABLE = "macro"
COUNTRIES = ["PER", "CHN", "JPN", "KOR"]
SERIES = {  # code: indicator, unit, divisor
    "NY.GDP.MKTP.CD": ("gdp", "usd_m", 1e6),
    "NY.GDP.MKTP.KD.ZG": ("gdp_growth", "pct", 1),
    "FP.CPI.TOTL.ZG": ("inflation", "pct", 1),
    "NE.TRD.GNFS.ZS": ("trade_share_of_gdp", "pct_of_gdp", 1),
}


def read(path: Path) -> pd.DataFrame:
    """Read the World Bank's series: one row a country, year and series."""
    frame = pd.read_csv(path)
    common.need(frame, ["country_code", "year", "series", "value"], str(path))
    return frame


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Select countries and series and bring them into the table's units."""
    frame = frame[frame["series"].isin(SERIES) & frame["country_code"].isin(COUNTRIES)]
    indicator, unit, divisor = (frame["series"].map(lambda s, n=n: SERIES[s][n]) for n in range(3))
    frame = frame.assign(
        country=frame["country_code"],
        indicator=indicator,
        unit=unit,
        value=frame["value"] / divisor,
    )
    return common.table(TABLE, frame, ["indicator", "country", "year"], {"value": common.number})


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["wdi"], read, compile, __doc__)
