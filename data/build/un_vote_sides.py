"""Table ``un_vote_sides``: whose side Peru took when China and another power voted yes against no.

Download the two files that `un_vote_agreement.py` names: unvotes.csv (rcid, country, country_code,
vote) and roll_calls.csv (rcid, session, importantvote, date …).

Steps: roll calls in which Peru, China and the other power all voted yes, no or abstain, by year of
the date and by the mark ``importantvote`` (1, 0 or empty): how many; in how many one of the two
powers said yes and the other no; in how many of these China said yes; and in how many Peru voted as
China, as the other, or abstained.

    python data/build/un_vote_sides.py unvotes.csv roll_calls.csv --out sides.csv
"""

from pathlib import Path

import common
import pandas as pd

TABLE = "un_vote_sides"
POWERS = {"US": "USA", "JP": "JPN", "KR": "KOR"}
MARKED = {1.0: "yes", 0.0: "no"}


def read(votes: Path, calls: Path) -> pd.DataFrame:
    """Read both files: one row a roll call, with date and mark and one column a state."""
    cast = pd.read_csv(votes)
    common.need(cast, ["rcid", "country_code", "vote"], str(votes))
    wanted = ["rcid", "date", "importantvote"]
    dates = pd.read_csv(calls, usecols=lambda column: column in wanted)
    common.need(dates, wanted, str(calls))
    cast = cast[cast["country_code"].isin(["PE", "CN", *POWERS])]
    wide = cast.pivot(index="rcid", columns="country_code", values="vote")
    wide = wide.reindex(columns=["PE", "CN", *POWERS]).reset_index()
    return wide.merge(dates.drop_duplicates("rcid"), on="rcid")


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Count roll calls by year, power and mark."""
    parts = []
    for code, power in POWERS.items():
        cast = frame.dropna(subset=["PE", "CN", code])
        firm = cast["CN"].isin(["yes", "no"]) & cast[code].isin(["yes", "no"])
        opposed = firm & cast["CN"].ne(cast[code])
        counted = pd.DataFrame(
            {
                "year": cast["date"].str[:4].astype(int),
                "important": cast["importantvote"].map(MARKED).fillna("unknown"),
                "votes_all_cast": 1,
                "opposed": opposed.astype(int),
                "china_yes": (opposed & cast["CN"].eq("yes")).astype(int),
                "with_china": (opposed & cast["PE"].eq(cast["CN"])).astype(int),
                "with_other": (opposed & cast["PE"].eq(cast[code])).astype(int),
                "abstained": (opposed & cast["PE"].eq("abstain")).astype(int),
            }
        )
        counted = counted.groupby(["year", "important"], as_index=False).sum()
        parts.append(counted.assign(other=power))
    return common.table(TABLE, pd.concat(parts, ignore_index=True), ["year", "other", "important"])


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["votes", "calls"], read, compile, __doc__)
