"""What the chapter on the class of 2013 rests on, beside the numbers that it prints."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia.indicators import cohort


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    later = data.load("project_outcomes").drop(columns=["source", "source_place", "note"])
    out = data.load("projects_2013").merge(later, on="project_id")
    return out.assign(result=cohort.result(out))


def test_every_printed_row_is_followed(rows: pd.DataFrame) -> None:
    assert rows.groupby("table_no").size().to_dict() == {5: 5, 6: 8, 7: 16}
    repeated = rows.loc[rows["same_project_certainty"] == "certain", "project_id"]
    # Mina Justa and Block 8.
    assert set(repeated) == {"CN6", "KR5", "CN16", "KR2"}


def test_all_plans_that_opened_were_listed_as_advanced(rows: pd.DataFrame) -> None:
    # The chapter's one clear split: approved or in progress against all others.
    plans = rows[~rows["phase"].isin(["stake_held", "production", "sold"])]
    built = plans[plans["result"] == "built"]
    assert set(built["phase"].astype(str)) == {"approved", "in_progress"}
