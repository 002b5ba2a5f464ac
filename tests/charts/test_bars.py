"""Bars by year: stacked, hung from zero, and not there where there is nothing."""

import re

import altair as alt
import pandas as pd
import pytest

from peru_asia.charts import bars, palette, theme
from tests.charts.pictures import check_drawn, check_served, rows_with, svg_of

YEARS = pd.DataFrame(
    {
        "year": [2005, 2005, 2006, 2008],
        "economy": ["China", "Rest", "China", "China"],
        "value": [10.0, 90.0, 12.0, 15.0],
    }
)


def stacked(table: pd.DataFrame) -> alt.LayerChart:
    return bars.stacked_years(
        table,
        dict.fromkeys(table["economy"], theme.POSITIVE),
        part="economy",
        value="value",
        title="% of exports",
        marks=[(2006, "a year")],
    )


@pytest.mark.parametrize("rows", [slice(None), slice(0, 1), slice(0, 0)])
def test_every_input_is_drawn_within_its_column(rows: slice) -> None:
    check_drawn(stacked, YEARS[rows])


def test_a_chart_serves_every_use() -> None:
    assert "economy" in check_served(stacked(YEARS))[0]


def test_stacked_years_leave_a_missing_year_empty() -> None:
    chart = stacked(YEARS)
    rows = rows_with(chart, "value")
    assert sorted({row["year"] for row in rows}) == [2005, 2006, 2008]
    svg = svg_of(chart)
    drawn = re.search(r"mark-rect role-mark.*?</g>", svg, re.DOTALL)[0]
    lefts = [float(left) for left in re.findall(r'd="M([\d.]+),', drawn)]
    # Two bars of 2005 upon each other, 2006 a year to the right, 2008 two years further.
    assert lefts[0] == lefts[1]
    assert lefts[3] - lefts[2] == pytest.approx(2 * (lefts[2] - lefts[0]))


def test_negative_parts_are_stacked_downwards_and_more_columns_are_kept() -> None:
    table = YEARS.assign(value=[10.0, -4.0, 12.0, 15.0], base="2005")
    colours = {"China": palette.CATEGORY[0], "Rest": palette.CATEGORY[1]}
    chart = bars.stacked_years(
        table, colours, part="economy", value="value", title="US$ m", also=["base"]
    )
    rows = rows_with(chart, "value")
    assert {row["base"] for row in rows} == {"2005"}
    svg = svg_of(chart)
    drawn = re.search(r"mark-rect role-mark.*?</g>", svg, re.DOTALL)[0]
    heights = re.findall(r'd="M[\d.]+,([\d.]+)h[\d.]+v([\d.]+)', drawn)
    tops = [float(top) for top, _ in heights]
    feet = [float(top) + float(height) for top, height in heights]
    # The first bar stands on zero, the second hangs from it.
    assert tops[1] == pytest.approx(feet[0])
