"""What the chapter on social conflicts says beside the numbers that it prints."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def total() -> pd.Series:
    table = data.load("conflicts_monthly")
    return table.set_index(pd.PeriodIndex(table["month"], freq="M"))["total"].astype(float)


def test_the_turning_points_lie_where_the_text_dates_them(total: pd.Series) -> None:
    assert str(total.idxmax()) == "2009-09"
    # August 2017 is the lowest month since 2014; October has as many.
    low = total.loc["2014":"2023"]
    assert low[low == low.min()].index.astype(str).tolist() == ["2017-08", "2017-10"]
    assert str(total.loc["2018":"2023"].idxmax()) == "2023-08"
    assert str(total.loc["2024":].first_valid_index()) == "2024-10"


def test_the_steepest_rise_lies_in_a_gap_and_the_stretch_to_be_trusted_has_none(
    total: pd.Series,
) -> None:
    assert total.loc["2007-12":"2009-08"].dropna().tolist() == [78, 284]
    assert total.loc["2014-06":"2021-12"].notna().all()


def test_more_than_half_are_socioenvironmental_from_mid_2011_to_2023() -> None:
    shares = ind.conflicts.monthly_shares(data.load("conflict_reports")).set_index("month")
    environment = shares["socioenvironmental_pct"].dropna()
    assert (environment.loc["2011-07":"2023"] > 50).all()
    # 116 of 236 in March 2011 is 49.2%.
    assert environment["2011-03"] == pytest.approx(100 * 116 / 236)
    assert environment.idxmax() == "2017-07"


def test_three_departments_lead_and_loreto_has_no_mining_conflict() -> None:
    cases = data.load("mining_conflict_cases")
    remain = cases[cases["status"].isin(["active", "latent"])]
    by_department = remain["department"].value_counts()
    assert set(by_department.index[:3]) == {"Apurímac", "Cusco", "Áncash"}
    assert "Loreto" not in by_department


def test_the_dialogue_flag_is_not_what_its_name_says() -> None:
    cases = data.load("mining_conflict_cases")
    # No case without violence bears it, and 22 that are in dialogue do not.
    assert not (cases["dialogue"] & ~cases["violence"]).any()
    assert ((cases["phase"] == "dialogue") & ~cases["dialogue"]).sum() == 22
