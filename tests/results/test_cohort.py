"""Key results of the chapter on the class of 2013, each with the reason for its value."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia.indicators import cohort, value_at

OPEN = ["stake_held", "production", "sold"]


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    later = data.load("project_outcomes").drop(columns=["source", "source_place", "note"])
    out = data.load("projects_2013").merge(later, on="project_id")
    return out.assign(result=cohort.result(out), standing=cohort.standing(out))


@pytest.fixture(scope="module")
def plans(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[~rows["phase"].isin(OPEN)]


def test_every_printed_row_is_followed(rows: pd.DataFrame) -> None:
    # The printed tables have 5, 8 and 16 rows; Block 8 and Mina Justa (two or three rows) repeat.
    assert rows.groupby("table_no").size().to_dict() == {5: 5, 6: 8, 7: 16}
    assert len(cohort.one_row_a_project(rows, certain_only=True)) == 27
    assert len(cohort.one_row_a_project(rows)) == 26


def test_the_printed_amounts_add_up(rows: pd.DataFrame) -> None:
    # Eleven single amounts of Tables 5 to 7, added by hand.
    amounts = rows["amount_usd_m"].dropna()
    by_hand = [275, 3300, 490, 482.62, 744, 200, 2150, 2500, 1200, 3005, 1500]
    assert sorted(amounts) == sorted(by_hand)
    assert amounts.sum() == pytest.approx(15846.62)


def test_where_the_rows_stand_today(rows: pd.DataFrame) -> None:
    # Counted by hand from the column site_state and asian_investor of project_outcomes.
    assert rows["standing"].value_counts().to_dict() == {
        "unknown": 8, "works_in": 6, "works_out": 6, "idle_out": 5, "idle_in": 4
    }  # fmt: skip
    kept = set(rows[rows["standing"] == "works_in"]["project_id"])
    assert kept == {"JP1", "JP2", "JP3", "JP4", "CN1", "CN3"}


def test_share_of_the_announced_dollars_that_was_built(plans: pd.DataFrame) -> None:
    out = cohort.completion(plans, value="amount_usd_m").iloc[0]
    # 3,300 + 744 + 2,150 + 1,200 of 15,846.62 less the stake of 275 in Bayóvar; 482.62 unknown.
    assert out["plans"] == 10
    assert out["low_pct"] == pytest.approx(100 * 7394 / 15571.62)
    assert out["high_pct"] == pytest.approx(100 * (7394 + 482.62) / 15571.62)


def test_share_by_country(plans: pd.DataFrame) -> None:
    out = cohort.completion(plans, by="partner", value="amount_usd_m").set_index("partner")
    # Japan 3,300 of 3,790; Korea 744 of 1,426.62, 482.62 unknown; China 3,350 of 10,355.
    assert out["low_pct"].round(1).to_dict() == {"CHN": 32.4, "JPN": 87.1, "KOR": 52.2}
    assert out["high_pct"].round(1).to_dict() == {"CHN": 32.4, "JPN": 87.1, "KOR": 86.0}


def test_share_by_count(plans: pd.DataFrame) -> None:
    out = cohort.completion(cohort.one_row_a_project(plans, first=["KR5"])).iloc[0]
    # 19 projects: 4 opened (JP4, KR5, CN1, CN3), 7 unknown (KR1, KR7, CN7, CN8, CN10 to CN12).
    assert (out["plans"], out["built"], out["unknown"]) == (19, 4, 7)


def test_delays(plans: pd.DataFrame) -> None:
    dated = plans.assign(promised=plans["planned_to"].fillna(plans["spend_to"]))
    late = cohort.delay(dated, promised="promised").set_index("project_id")
    # Start less the last year printed; for those not built, 2025 less that year.
    assert late["delay_years"].dropna().to_dict() == {
        "CN1": -1, "JP4": 6, "KR5": 6, "CN2": 10, "CN4": 11, "CN5": 11
    }  # fmt: skip


def test_all_plans_that_opened_were_listed_as_advanced(plans: pd.DataFrame) -> None:
    # The chapter's one clear split: approved or in progress against all others.
    built = plans[plans["result"] == "built"]
    assert set(built["phase"].astype(str)) == {"approved", "in_progress"}
    assert cohort.split_chance(4, 5, 4, 9) == pytest.approx(0.0397, abs=1e-4)


@pytest.mark.parametrize(
    ("project", "announced", "spent"),
    [("JP4", 3300, 5500), ("KR5", 744, 1600), ("CN1", 2150, 3500), ("CN3", 1200, 1100)],
)
def test_costs_are_those_of_the_pages(
    rows: pd.DataFrame, project: str, announced: float, spent: float
) -> None:
    # Each spent sum was read again on the page named in project_outcomes.
    assert value_at(rows, "amount_usd_m", project_id=project) == announced
    assert value_at(rows, "actual_usd_m", project_id=project) == spent
