"""Table ``development_finance``: Chinese official finance to Peru by class and year.

Download the yearly sums of AidData's Global Chinese Development Finance Dataset, version 3.0
(projects recommended for aggregates, constant US$ of 2021) that the R package odadata carries:
repository milesdwilliams15/odadata on GitHub, commit 3c1f895, file data/cow_gcdf.csv, with the
columns ccode, year, oda_amt, oof_amt and vof_amt. The projects themselves are at
https://www.aiddata.org/data/aiddatas-global-chinese-development-finance-dataset-version-3-0.

Steps: rows of state 135 (Peru), the three classes turned into rows, US$ divided by a million.

    python data/build/development_finance.py cow_gcdf.csv --out development_finance.csv
"""

from pathlib import Path

import common
import pandas as pd

TABLE = "development_finance"
PERU = 135
CLASSES = {"oda_amt": "oda_like", "oof_amt": "other_official", "vof_amt": "vague_official"}


def read(path: Path) -> pd.DataFrame:
    """Read the sums: one row a country and year."""
    frame = pd.read_csv(path)
    common.need(frame, ["ccode", "year", *CLASSES], str(path))
    return frame


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn the classes of Peru into rows, in millions."""
    frame = frame[frame["ccode"].eq(PERU)].melt(
        "year", list(CLASSES), "flow_class", "commitments_2021_usd_m"
    )
    frame["flow_class"] = frame["flow_class"].map(CLASSES)
    frame["commitments_2021_usd_m"] /= 1e6
    form = {"commitments_2021_usd_m": common.number}
    return common.table(TABLE, frame, ["year", "flow_class"], form)


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["sums"], read, compile, __doc__)
