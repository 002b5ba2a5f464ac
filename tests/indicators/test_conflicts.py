import pandas as pd
import pytest

from peru_asia import data
from peru_asia.indicators.conflicts import monthly_shares

COLUMNS = [
    "month",
    "total",
    "socioenvironmental",
    "mining",
    "socioenvironmental_share_pct",
    "mining_share_of_socioenvironmental_pct",
    "flag",
]


def pages(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def test_counts_come_before_printed_shares() -> None:
    # 120 of 200 is 60%, not the rounded 61; 90 of 200 about mining is 45%.
    out = monthly_shares(pages(("2015-01", 200, 120, 90, 61, 70, "none"))).iloc[0]
    assert (out["socioenvironmental_pct"], out["mining_pct"]) == (60, 45)


def test_printed_shares_multiply() -> None:
    # 70% of all, 60% of these about mining: 42%.
    out = monthly_shares(pages(("2015-01", 200, None, None, 70, 60, "none"))).iloc[0]
    assert out["mining_pct"] == pytest.approx(42)


def test_pages_of_a_month_complete_each_other() -> None:
    out = monthly_shares(
        pages(
            ("2015-01", 200, None, None, None, None, "none"),
            ("2015-01", None, 100, None, None, 60, "date_inferred"),
        )
    )
    assert out[["socioenvironmental_pct", "mining_pct"]].values.tolist() == [[50, 30]]


@pytest.mark.parametrize("flag", ["weak_source", "from_change", "not_a_total"])
def test_pages_that_count_something_else_are_left_out(flag: str) -> None:
    assert monthly_shares(pages(("2015-01", 200, 100, 50, None, None, flag))).empty


def test_months_without_a_share_are_left_out_and_formal_mining_is_marked() -> None:
    out = monthly_shares(
        pages(
            ("2024-10", 209, None, None, None, None, "none"),
            ("2024-12", 196, None, 56, None, None, "opinion_column"),
        )
    )
    assert out["month"].tolist() == ["2024-12"]
    assert out["formal_only"].tolist() == [True]
    assert out["socioenvironmental_pct"].isna().all()


def test_shares_of_the_table_stay_near_those_that_pages_print() -> None:
    reports = data.load("conflict_reports").dropna(
        subset=["total", "socioenvironmental", "socioenvironmental_share_pct"]
    )
    shares = monthly_shares(data.load("conflict_reports")).set_index("month")
    ours = shares["socioenvironmental_pct"]
    # Pages round to whole numbers, up or down: at most one point from the counts.
    gap = reports["month"].map(ours) - reports["socioenvironmental_share_pct"].astype(float)
    assert len(gap) >= 10
    assert gap.abs().max() < 1
