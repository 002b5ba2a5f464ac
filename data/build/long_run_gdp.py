"""Table ``long_run_gdp``: income per head since 1870.

Download the Maddison Project Database 2020 (Bolt and van Zanden 2020) as Our World in Data gives
it: the repository owid/owid-datasets on GitHub, commit 48c9992, folder "datasets/Maddison Project
Database 2020 (Bolt and van Zanden (2020))", the CSV file of the same name. It has the columns
Entity, Year and GDP per capita, in international $ of 2011.

Steps: keep five countries from 1870, leave out years without a figure, at most four decimals.

    python data/build/long_run_gdp.py "Maddison Project Database 2020 (…).csv"
"""

from pathlib import Path

import common
import pandas as pd

TABLE = "long_run_gdp"
VALUE = "gdp_per_capita_intl_usd_2011"
COUNTRIES = {
    "Peru": "PER",
    "China": "CHN",
    "Japan": "JPN",
    "South Korea": "KOR",
    "United States": "USA",
}


def read(path: Path) -> pd.DataFrame:
    """Read the database: one row a country and year."""
    frame = pd.read_csv(path)
    common.need(frame, ["Entity", "Year", "GDP per capita"], str(path))
    return frame


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Select countries and years and name them as the table does."""
    frame = frame[frame["Entity"].isin(COUNTRIES) & frame["Year"].ge(1870)]
    frame = frame.dropna(subset=["GDP per capita"])
    frame = frame.assign(country=frame["Entity"].map(COUNTRIES))
    frame = frame.rename(columns={"Year": "year", "GDP per capita": VALUE})
    form = {VALUE: lambda value: common.number(value, 4)}
    return common.table(TABLE, frame, ["country", "year"], form)


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["maddison"], read, compile, __doc__)
