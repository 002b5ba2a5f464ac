"""Bars upwards and downwards: each on a scale of its own, both from the same line."""

import altair as alt
import pandas as pd
import pytest

from peru_asia.charts import bars
from peru_asia.errors import BookError
from tests.charts.pictures import check_drawn, check_served, rows_with, svg_of

MONTHS = pd.DataFrame(
    {"month": ["2021-01", "2021-02", "2021-03"], "kt": [20.0, 10.0, 0.0], "days": [0, 31, 4]}
)


def chart(table: pd.DataFrame) -> alt.LayerChart:
    return bars.mirror_bars(table, {"kt": "copper"}, {"days": "days"})


def rows_of(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(rows_with(chart(table), "_up"))


def test_each_side_fills_its_half() -> None:
    rows = rows_of(MONTHS)
    assert rows["_up"].max() == pytest.approx(-rows["_down"].min())
    # Half the largest output is half as high.
    assert rows["_up"][1] == pytest.approx(rows["_up"][0] / 2)


def test_a_measure_that_is_zero_throughout_has_no_bars() -> None:
    assert (rows_of(MONTHS.assign(days=0))["_down"] == 0).all()


def test_a_missing_value_is_left_out_and_its_month_stays() -> None:
    gap = MONTHS.assign(kt=[20.0, None, 5.0])
    assert "2021-01" in svg_of(chart(gap))
    check_drawn(chart, gap)


def test_a_chart_serves_every_use() -> None:
    check_served(chart(MONTHS))


def test_a_negative_value_is_refused() -> None:
    with pytest.raises(BookError, match="cannot be negative"):
        chart(MONTHS.assign(kt=-1.0))
