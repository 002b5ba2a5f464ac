import json
import re

import altair as alt
import pandas as pd
import pytest

from peru_asia.charts import correlation, monthly, palette, theme
from tests.charts.pictures import check_drawn, check_served, svg_of

MONTHS = pd.DataFrame(
    {
        "month": ["2023-09", "2023-10", "2023-12", "2024-02", "2024-03"],
        "total": [220, 225, None, 209, 204],
        "price": [8000.0, 8100.0, 8200.0, None, None],
        "counted": [False, True, False, False, False],
    }
)
PAIRS = pd.DataFrame(
    {
        "month": ["2009-01", "2009-02", "2010-01"] * 2,
        "step": [1, 2, 13] * 2,
        "period": ["2009", "2009", "2010"] * 2,
        "price": [5.0, 6.0, None, 4.0, 5.0, 6.0],
        "conflicts": [280, 288, 260] * 2,
        "lag": [0, 0, 0, 12, 12, 12],
    }
)
PROFILES = pd.DataFrame(
    {
        "series": ["All"] * 4 + ["Active"] * 4,
        "measure": ["level", "level", "change", "change"] * 2,
        "lag": [0, 1] * 4,
        "pairs": 40.0,
        "effective_pairs": 20.0,
        "correlation": [0.1, 0.2, -0.1, None, None, None, None, None],
        "low": [-0.3, -0.2, -0.5, None, None, None, None, None],
        "high": [0.5, 0.6, 0.3, None, None, None, None, None],
        "band_low": [-0.4] * 4 + [None] * 4,
        "band_high": [0.4] * 4 + [None] * 4,
    }
)
ONE = {"conflicts": {"total": "All"}}
TWO = {"conflicts": {"total": "All"}, "US$": {"price": "Copper"}}


def one_panel(table: pd.DataFrame) -> alt.LayerChart:
    return monthly.monthly_panels(
        table, {"conflicts": {"total": "All", "price": "Price"}}, hollow="counted"
    )


def two_panels(table: pd.DataFrame) -> alt.LayerChart:
    return monthly.monthly_panels(table, TWO, break_at="2024-01")


def paths(table: pd.DataFrame) -> alt.LayerChart:
    return correlation.connected_scatter(
        table, x="price", y="conflicts", period="period", step="step", at="month", choice="lag",
        label="Lag",
        title="conflicts", x_title="US$",
    )  # fmt: skip


def profile(table: pd.DataFrame) -> alt.LayerChart:
    return correlation.correlogram(table, {"level": "Levels", "change": "Changes"})


KINDS = {one_panel: MONTHS, two_panels: MONTHS, paths: PAIRS, profile: PROFILES}


@pytest.fixture(params=KINDS, ids=lambda chart: chart.__name__)
def kind(request: pytest.FixtureRequest) -> tuple:
    return request.param, KINDS[request.param]


@pytest.mark.parametrize("every", [1, 2])
def test_a_chart_fits_every_column(kind: tuple, every: int) -> None:
    chart, table = kind
    check_drawn(chart, table[::every])


def test_a_chart_serves_every_use(kind: tuple) -> None:
    chart, table = kind
    check_served(chart(table))


def datasets(chart: alt.LayerChart, column: str) -> list[list[dict]]:
    found = chart.to_dict()["datasets"].values()
    return [rows for rows in found if rows and column in rows[0]]


def test_no_line_crosses_a_gap() -> None:
    (rows,) = datasets(monthly.monthly_panels(MONTHS, ONE), "_segment")
    # September and October; then, without December, February and March.
    assert [row["_segment"] for row in rows] == [0, 0, 1, 1]


def test_the_break_is_marked_only_where_the_months_cross_it() -> None:
    def texts(chart: alt.LayerChart) -> str:
        return json.dumps(chart.to_dict())

    assert "change of method" in texts(two_panels(MONTHS))
    assert "change of method" not in texts(two_panels(MONTHS.iloc[:2]))


def test_rings_are_hollow_and_seen() -> None:
    svg = svg_of(one_panel(MONTHS))
    rings = [
        mark
        for mark in re.findall(r"<path[^>]*>", svg)
        if f'fill="{theme.PAPER}"' in mark and f'stroke="{palette.CATEGORY[0]}"' in mark
    ]
    assert len(rings) == 1


def test_panels_stand_above_each_other() -> None:
    chart = two_panels(MONTHS).to_dict()
    scales = re.findall(r'"range": \[\{"expr": "height \* ([\d.]+)"\}', json.dumps(chart))
    # 230 of 460 pixels each: the foot of the first at the half, of the second at the bottom.
    assert sorted({float(foot) for foot in scales}) == [0.5, 1.0]


def test_the_first_lag_and_series_are_shown_first() -> None:
    values = [param.get("value") for param in paths(PAIRS).to_dict()["params"]]
    assert 0 in values
    assert "All" in [param.get("value") for param in profile(PROFILES).to_dict()["params"]]


def test_a_series_without_correlations_says_so() -> None:
    last = PROFILES.iloc[::-1]  # the series without values comes first
    svg = svg_of(profile(last))
    assert svg.count("too few pairs of months to say") == 2
    # Of the other, one of the two panels has a value.
    svg = svg_of(profile(PROFILES))
    assert "too few pairs" not in svg
