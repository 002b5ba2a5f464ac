"""Bars by year: stacked, hung from zero, and not there where there is nothing."""

import re

import altair as alt
import pandas as pd
import pytest

from peru_asia.charts import bars, comparison
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
        table, ["China", "Rest"], part="economy", value="value", title="% of exports"
    )


@pytest.mark.parametrize("rows", [slice(None), slice(0, 2)])
def test_every_input_is_drawn_within_its_column(rows: slice) -> None:
    check_drawn(stacked, YEARS[rows])


def test_a_chart_serves_every_use() -> None:
    assert "name" in check_served(stacked(YEARS))[0]


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


def test_negative_parts_are_stacked_downwards() -> None:
    svg = svg_of(stacked(YEARS.assign(value=[10.0, -4.0, 12.0, 15.0])))
    drawn = re.search(r"mark-rect role-mark.*?</g>", svg, re.DOTALL)[0]
    heights = re.findall(r'd="M[\d.]+,([\d.]+)h[\d.]+v([\d.]+)', drawn)
    tops = [float(top) for top, _ in heights]
    feet = [float(top) + float(height) for top, height in heights]
    # The first bar stands on zero, the second hangs from it.
    assert tops[1] == pytest.approx(feet[0])


KINDS = ["Metals", "Food", "Cloth"]


def shares() -> pd.DataFrame:
    return pd.DataFrame(
        [
            (year, kind, value)
            for year in (2003, 2004, 2006)
            for kind, value in zip(KINDS, (60.0, 30.0, 10.0), strict=True)
        ],
        columns=["year", "group", "share_pct"],
    )


def whole(table: pd.DataFrame, **more: object) -> alt.LayerChart:
    return bars.stacked_years(
        table, KINDS, part="group", value="share_pct", title="%", whole=True, **more
    )


def drawn_bars(chart: alt.LayerChart) -> int:
    group = re.search(r"mark-rect role-mark[^>]*>(.*?)</g>", svg_of(chart), re.DOTALL)[1]
    return group.count("<path")


def test_a_picked_whole_is_drawn_alone() -> None:
    two = pd.concat([shares().assign(of="one"), shares().assign(of="other")])
    chosen = whole(two, choice="of", options=["one", "other"], label="Whole")
    assert drawn_bars(chosen) == drawn_bars(whole(shares())) == 9
    assert drawn_bars(whole(two)) == 18


def test_the_break_is_named_only_inside_the_data() -> None:
    new = {"break_at": 2004, "sources": ("Old", "New")}
    assert "Old" in str(whole(shares(), **new).to_dict())
    assert "Old" not in str(whole(shares().query("year > 2003"), **new).to_dict())


def test_a_whole_ends_at_100_and_its_years_touch() -> None:
    spec = whole(shares()).to_dict()["layer"][0]
    assert spec["encoding"]["y"]["scale"]["domain"] == [0, 100]
    edges = [spec["transform"][0]["calculate"], spec["transform"][1]["calculate"]]
    assert edges == ["datum.year - 0.5", "datum.year + 0.5"]


def test_the_reader_is_offered_every_option_and_starts_with_the_first() -> None:
    table = pd.DataFrame(
        {"row": ["a", "a"], "column": ["x", "x"], "value": [1.0, 9.0], "who": ["Japan", "China"]}
    )
    chart = comparison.heatmap(
        table, row="row", column="column", value="value", title="", details={"who": "Who"},
        choice="who", options=["China", "Japan"], label="Partner",
    )  # fmt: skip
    (picked,) = (param for param in chart.to_dict()["params"] if param["name"] == "picked_who")
    assert picked["value"] == "China"
    assert picked["bind"]["options"] == ["China", "Japan"]
    svg = svg_of(chart)
    assert ">9<" in svg
    assert ">1<" not in svg
