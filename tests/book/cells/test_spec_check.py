"""A chart that would draw nothing, or something else than its data say, is refused in words."""

import altair as alt
import pandas as pd
import pytest

from peru_asia.book.cells import drawing
from peru_asia.errors import BookError

ROWS = {"x": [1, 2, 3], "y": [0.0, 10.0, 100.0], "none": [None] * 3, "U.S.": [1, 2, 3],
        "value [US$]": [1, 2, 3], "month": ["2013-01", "2013-02", "2013-03"],
        "day": ["2013-01-01", "2013-02-01", "2013-03-01"]}  # fmt: skip


def bars(shown: str | alt.Y = "y:Q", **columns: list) -> alt.Chart:
    return alt.Chart(pd.DataFrame(ROWS | columns)).mark_bar().encode(x="x:O", y=shown)


def lines(x: str) -> alt.Chart:
    return alt.Chart(pd.DataFrame(ROWS)).mark_line().encode(x=x, y="y:Q")


LOG = alt.Y("y:Q").scale(type="log")
REFUSED = {
    "an unknown column": (bars("yy:Q"), r"no row has a column 'yy'; did you mean 'y'\?"),
    "a dot": (bars("U.S.:Q"), r"column 'U\.S\.' has a dot or a bracket in its name"),
    "brackets": (bars("value [US$]:Q"), r"column 'value \[US\$\]' has a dot or a bracket"),
    "no value": (bars("none:Q"), "y shows column 'none', which has no value in any row"),
    "zero on a logarithmic axis": (bars(LOG), "column 'y' on a logarithmic axis, where 0 has"),
    "a filter of another column": (
        bars().transform_filter("datum.yy > 0"),
        "no row has a column 'yy'",
    ),
    "a filter that asks for another column": (
        bars().transform_filter(alt.FieldOneOfPredicate("xx", [1])),
        "no row has a column 'xx'",
    ),
    "a calculation from another column": (
        bars("z:Q").transform_calculate(z="datum['yyy'] * 2"),
        "no row has a column 'yyy'",
    ),
    "a column that was added up": (
        bars().transform_aggregate(total="sum(y)", groupby=["x"]),
        "no row has a column 'y'",
    ),
    "a layer's column": (bars() + lines("xx:Q"), "no row has a column 'xx'; did you mean 'x'"),
    "a facet's column": (
        bars("yy:Q").facet(column="x:N"),
        "no row has a column 'yy'",
    ),
    "a condition's column": (
        bars().encode(color=alt.condition("datum.colour > 1", alt.value("red"), alt.value("blue"))),
        "no row has a column 'colour'",
    ),
    "months as text": (lines("month:T"), r"'2013-01': west of Greenwich .*to_datetime"),
    "days as text": (lines("day:T"), r"column 'day', whose days are text"),
    "a value that is not finite": (bars(y=[1.0, float("inf"), 2.0]), "'y' is not finite in row 1"),
    "too many rows": (
        alt.Chart(pd.DataFrame({"x": range(5001)})).mark_point().encode(x="x:Q"),
        "carries more than 5,000 rows: narrow its table",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_chart_that_its_data_cannot_fill_is_refused(case: str) -> None:
    chart, told = REFUSED[case]
    with pytest.raises(BookError, match=told):
        drawing.to_spec(chart)


@pytest.mark.parametrize(
    "chart",
    [
        bars(),
        bars("sum(y):Q"),
        bars("z:Q").transform_calculate(z="datum.y + 1"),
        bars("total:Q").transform_joinaggregate(total="sum(y)"),
        bars("value:Q").transform_fold(["x", "y"]),
        bars("1:Q").transform_pivot("x", value="y"),  # what it makes, only Vega knows
        bars(LOG).transform_filter("datum.y > 0"),
        lines("utcyearmonth(month):T"),
        bars("none:Q").transform_calculate(none="1"),
        bars() + lines("x:Q").properties(data=alt.InlineData([{"x": 1, "y": 2}])),
        alt.Chart(alt.InlineData([{"a": {"b": 1}}])).mark_point().encode(x="a.b:Q"),
        alt.Chart(alt.sequence(0, 5)).mark_point().encode(x="data:Q"),
    ],
)
def test_a_chart_that_is_right_is_drawn(chart: alt.TopLevelMixin) -> None:
    drawing.draw(drawing.to_spec(chart), 300)


@pytest.mark.parametrize(
    "chart", [bars().transform_filter("datum.y > 1000"), bars("q:Q", q=["a"] * 3)]
)
def test_a_chart_without_a_mark_is_refused_when_it_is_drawn(chart: alt.Chart) -> None:
    spec = drawing.to_spec(chart)
    with pytest.raises(BookError, match="draws no mark"):
        drawing.draw(spec, 300)


def test_rows_are_known_by_their_content() -> None:
    def spec(rows: list[dict[str, object]]) -> drawing.Spec:
        field = {"field": "c", "type": "nominal"}
        return drawing.to_spec(
            {"datasets": {"source": rows}, "data": {"name": "source"}, "mark": "bar",
             "encoding": {"x": {"field": "v", "type": "quantitative"}, "y": field}}
        )  # fmt: skip

    first, second, again = (
        spec([{"c": "a", "v": 1}]),
        spec([{"c": "b", "v": 3}]),
        spec([{"c": "a", "v": 1}]),
    )
    assert first["datasets"].keys().isdisjoint(second["datasets"])
    assert first == again
    assert [*first["datasets"]] == [first["data"]["name"]]
    assert drawing.plotted(second) == [[{"c": "b", "v": 3}]]
    assert first != second
