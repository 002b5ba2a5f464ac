"""Table ``un_vote_agreement``: how often Peru and a partner voted alike in the UN.

Download two files of E. Voeten's roll calls as the R package unvotes 0.3.0 holds them
(https://cran.r-project.org/package=unvotes); the repository rfordatascience/tidytuesday on GitHub
keeps them as CSV in data/2021/2021-03-23: unvotes.csv (commit 2c423ba; rcid, country, country_code,
vote) and roll_calls.csv (commit 29c91d7; rcid, session, importantvote, date …).

Steps: roll calls in which Peru and the partner both voted yes, no or abstain, by year of the date:
how many, in how many the same vote, in how many yes against no, and the share of the same.

    python data/build/un_vote_agreement.py unvotes.csv roll_calls.csv --out agreement.csv
"""

from pathlib import Path

import common
import pandas as pd

TABLE = "un_vote_agreement"
PARTNERS = {"CN": "CHN", "JP": "JPN", "KR": "KOR", "US": "USA"}


def read(votes: Path, calls: Path) -> pd.DataFrame:
    """Read both files: one row a roll call, with its date and one column a state."""
    cast = pd.read_csv(votes)
    common.need(cast, ["rcid", "country_code", "vote"], str(votes))
    dates = pd.read_csv(calls, usecols=lambda column: column in ("rcid", "date"))
    common.need(dates, ["rcid", "date"], str(calls))
    cast = cast[cast["country_code"].isin(["PE", *PARTNERS])]
    wide = cast.pivot(index="rcid", columns="country_code", values="vote")
    wide = wide.reindex(columns=["PE", *PARTNERS]).reset_index()
    return wide.merge(dates.drop_duplicates("rcid"), on="rcid")


def compile(frame: pd.DataFrame) -> pd.DataFrame:
    """Count roll calls by year and partner."""
    parts = []
    for code, partner in PARTNERS.items():
        both = frame.dropna(subset=["PE", code])
        counted = pd.DataFrame(
            {
                "year": both["date"].str[:4].astype(int),
                "votes_both_cast": 1,
                "same_vote": both["PE"].eq(both[code]).astype(int),
                "opposite_vote": (
                    both["PE"].isin(["yes", "no"])
                    & both[code].isin(["yes", "no"])
                    & both["PE"].ne(both[code])
                ).astype(int),
            }
        )
        parts.append(counted.groupby("year", as_index=False).sum().assign(partner=partner))
    result = pd.concat(parts, ignore_index=True)
    result["agreement_pct"] = 100 * result["same_vote"] / result["votes_both_cast"]
    form = {"agreement_pct": lambda share: repr(round(share, 2))}
    return common.table(TABLE, result, ["year", "partner"], form)


def validate(frame: pd.DataFrame) -> None:
    """Refuse a frame that breaks the schema of the table."""
    common.validate(TABLE, frame)


if __name__ == "__main__":
    common.run(TABLE, ["votes", "calls"], read, compile, __doc__)
