"""Charts of a followed list: what they place, and that they draw."""

import math

import pandas as pd
import pytest

from peru_asia.charts import cohort
from tests.charts.pictures import check_drawn, check_served, rows_with

SHARES = pd.DataFrame(
    {
        "row": ["Japan, plans", "Korea, US$ m"],
        "built": [1.0, 744.0],
        "not_built": [1.0, 200.0],
        "unknown": [0.0, 482.62],
    }
)
STEPS = pd.DataFrame(
    {
        "country": ["Japan"] * 3 + ["Korea"] * 3,
        "year": [2020, 2021, 2022] * 2,
        "low_pct": [0.0, 0.0, 87.0, 0.0, 52.0, 52.0],
        "high_pct": [0.0, 0.0, 87.0, 34.0, 86.0, 86.0],
    }
)


def test_bars_of_a_row_fill_it_and_follow_one_another() -> None:
    rows = pd.DataFrame(rows_with(cohort.result_bars(SHARES, item="row"), "_left"))
    korea = rows[rows["row"] == "Korea, US$ m"].set_index("result")
    # 744 of 1,426.62 is 52.15 per cent; the last bar ends at 100.
    assert korea["_right"]["built"] == pytest.approx(52.151, abs=0.001)
    assert korea["_left"]["not built"] == pytest.approx(korea["_right"]["built"])
    assert korea["_right"]["unknown"] == pytest.approx(100)


def test_a_result_that_does_not_occur_has_no_bar() -> None:
    rows = pd.DataFrame(rows_with(cohort.result_bars(SHARES, item="row"), "_left"))
    assert rows[rows["row"] == "Japan, plans"]["result"].tolist() == ["built", "not built"]


def test_each_line_is_named_at_its_last_year() -> None:
    rows = pd.DataFrame(
        rows_with(cohort.started_steps(STEPS, group="country", title="%"), "_label_at")
    )
    named = rows.dropna(subset=["_label_at"])
    assert named["name"].tolist() == ["Japan", "Korea"]
    assert named["year"].tolist() == [2022, 2022]


@pytest.mark.parametrize("rows", [slice(None), slice(0, 1)])
@pytest.mark.parametrize("built", [1.0, math.nan])
def test_bars_are_drawn_within_their_column(rows: slice, built: float) -> None:
    check_drawn(
        lambda table: cohort.result_bars(table, item="row"), SHARES[rows].assign(built=built)
    )


@pytest.mark.parametrize("rows", [slice(None), slice(0, 1)])
def test_steps_are_drawn_within_their_column(rows: slice) -> None:
    check_drawn(lambda table: cohort.started_steps(table, group="country", title="%"), STEPS[rows])


def test_charts_serve_every_use() -> None:
    check_served(cohort.result_bars(SHARES, item="row"))
    check_served(cohort.started_steps(STEPS, group="country", title="%"))
