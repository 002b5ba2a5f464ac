"""Table ``un_ideal_points``: positions of five states in the UN General Assembly.

Download from Harvard Dataverse, United Nations General Assembly Voting Data
(https://doi.org/10.7910/DVN/LEJUQZ), the file of ideal points of July 2025 in Stata form. The
repository lucasbuildsapps/Masterthesis on GitHub keeps a copy: commit 5298218, file
IdealpointsJuly2025.dta. Editions differ in level: do not mix them.

Steps: five states; the estimates from final passage votes (fp) and from all votes stacked into
rows, each with its bounds and number of votes; values as stored.

    python data/build/un_ideal_points.py IdealpointsJuly2025.dta --out un_ideal_points.csv
"""

from pathlib import Path

import common
import numpy as np
import pandas as pd

TABLE = "un_ideal_points"
STATES = ["CHN", "JPN", "KOR", "PER", "USA"]
VOTES = {"fp": "final_passage", "all": "all_votes"}
COLUMNS = {
    "idealpoint": "ideal_point",
    "q5": "low_5",
    "q95": "high_95",
    "nvotes": "votes_used",
}


def read(path: Path) -> pd.DataFrame:
    """Read the estimates: one row a state and year."""
    frame = pd.read_stata(path, convert_categoricals=False)
    wanted = [f"{column}{votes}" for votes in VOTES for column in COLUMNS]
    common.need(frame, ["iso3c", "year", *wanted], str(path))
    return frame


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Stack both estimates of the five states."""
    frame = frame[frame["iso3c"].isin(STATES)]
    parts = [
        frame[["iso3c", "year", *(f"{column}{votes}" for column in COLUMNS)]]
        .set_axis(["country", "year", *COLUMNS.values()], axis=1)
        .assign(votes=name)
        for votes, name in VOTES.items()
    ]
    stacked = pd.concat(parts, ignore_index=True).dropna(subset=["ideal_point"])
    stacked = stacked.astype({"year": int, "votes_used": int})
    form = dict.fromkeys(("ideal_point", "low_5", "high_95"), _stored)
    return common.table(TABLE, stacked, ["country", "year", "votes"], form)


def _stored(value: float) -> str:
    """Write a number with the digits of single precision, in which the file stores it."""
    return np.format_float_positional(np.float32(value), unique=True, trim="-")


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["estimates"], read, compile, __doc__)
