"""Sliders, really drawn, against the indicators."""

import re
from dataclasses import replace

import altair as alt
import pandas as pd
import pytest

from peru_asia.book.cells import drawing
from peru_asia.charts import scenarios, theme
from peru_asia.indicators import scenarios as sc
from tests.charts.pictures import check_drawn, check_served

BASE = sc.Base(
    year=2024,
    values={"copper": 1000.0, "metals": 400.0, "food": 600.0, "gold": 500.0},
    output_t=1000.0,
    capex_usd_m=2.0,
    usd_per_t=2000.0,
    china_copper_pct=50.0,
    china_rest_pct=20.0,
    asia_rest_pct=25.0,
)
YEARS = 3


def own() -> alt.LayerChart:
    return scenarios.what_if(
        BASE, years=YEARS, completion_pct=40, food_growth_pct=3.5, title="US$ m"
    )


def sliders(**moved: float) -> dict:
    """Return the chart as a specification, with some sliders moved."""
    spec = own().to_dict()
    for param in spec["params"]:
        param["value"] = moved.get(param["name"], param.get("value"))
    return spec


def printed(spec: dict) -> dict[str, float]:
    """Return the sums that the bars are labelled with, in the order of the rows."""
    svg = drawing.draw(drawing.to_spec(spec), theme.WIDE)
    labels = re.findall(
        r"translate\([-\d.]+,([-\d.]+)\)[^>]*font-weight=\"600\"[^>]*>([\d,]+)<", svg
    )
    labels = sorted((float(y), float(text.replace(",", ""))) for y, text in labels)
    names = ["All exports", "China", "Rest of Asia", "Rest of the world"]
    assert len(labels) == len(names)
    return dict(zip(names, (value for _, value in labels), strict=True))


MOVES = {
    "as first set": {},
    "price": {"price": 150},
    "mines": {"built": 75, "lost": 0.2},  # thousand tonnes of a thousand
    "food": {"food": -1.5},
    "buyers": {"china": 70, "asia": 40},
    "all": {"price": 60, "built": 10, "lost": 0.1, "food": 8, "china": 30, "asia": 55},
}


@pytest.mark.parametrize("move", MOVES)
def test_the_figure_works_out_what_the_indicator_does(move: str) -> None:
    at = {"price": 100, "built": 40, "lost": 0, "food": 3.5, "china": 50, "asia": 25} | MOVES[move]
    to = sc.Assumptions(
        copper_price=at["price"] / 100,
        metals_price=at["price"] / 100,
        completion_pct=at["built"],
        lost_t=at["lost"] * 1000,
        food_growth_pct=at["food"],
        china_copper_pct=at["china"],
        china_rest_pct=BASE.china_rest_pct,
        asia_rest_pct=at["asia"],
    )
    split = sc.destinations(sc.project(BASE, to, YEARS), BASE, to)
    expected = split[split["year"] == BASE.year + YEARS].set_index("destination")["value_usd_m"]
    expected["All exports"] = expected.sum()
    assert printed(sliders(**MOVES[move])) == pytest.approx(expected.to_dict(), abs=0.51)


def test_the_sliders_start_at_the_base() -> None:
    exact = replace(BASE, china_copper_pct=67.24, asia_rest_pct=23.67)
    spec = scenarios.what_if(
        exact, years=11, completion_pct=47.48, food_growth_pct=3.67, title=""
    ).to_dict()
    at = {param["name"]: param["value"] for param in spec["params"] if "bind" in param}
    assert at == {"price": 100, "built": 47, "lost": 0, "food": 3.7, "china": 67, "asia": 24}


def test_the_sliders_are_drawn_within_their_column() -> None:
    check_drawn(lambda _: own(), pd.DataFrame())


def test_charts_serve_every_use() -> None:
    check_served(own())
