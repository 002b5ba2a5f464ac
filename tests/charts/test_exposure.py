import json
import re

import pandas as pd
import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st

from peru_asia.book.cells import drawing
from peru_asia.charts import bars, correlation, exposure
from peru_asia.indicators.exposure import Base, loss, loss_bounds
from tests.charts.pictures import check_drawn, check_served

BASE = Base(total=1000, to_buyer=300, metal=400, metal_to_buyer=200, others=150)
SHOCKS = pd.DataFrame(
    [
        {"channel": channel, "name": channel.title(), **BASE._asdict(),
         "others_to_buyer": BASE.others_to_buyer, "gdp": 4000.0}
        for channel in ("demand", "price", "both")
    ]
)  # fmt: skip
SHARES = pd.DataFrame(
    {
        "what": ["Exports, 2024", "Iron, 2022", "Ports, 2025", "Not known"],
        "share_pct": [33.4, 98.4, 9.9, None],
        "role": ["buyer", "owner", "owner", "owner"],
        "who": ["customs", None, "press", "press"],
    }
)
CHANGES = pd.DataFrame(
    {
        "year": [2006, 2007, 2009, 2006, 2007, 2009],
        "flow": ["All"] * 3 + ["China"] * 3,
        "price": [80.0, 6.0, -26.0, 80.0, None, -26.0],
        "exports": [38.0, 18.0, -13.0, 20.0, 34.0, 12.0],
    }
)


def shock(table: pd.DataFrame):
    return exposure.shock(table, title="US$", of={"total": "exports", "gdp": "GDP"})


def shares(table: pd.DataFrame):
    return bars.share_bars(table, item="what", value="share_pct", group="role", title="%")


def changes(table: pd.DataFrame):
    return correlation.scatter(
        table, x="price", y="exports", at="year", choice="flow", label="Flow",
        title="% change", x_title="% copper",
        named={2006: "left", 2009: "above", 2007: "right"},
    )  # fmt: skip


KINDS = {shock: SHOCKS, shares: SHARES, changes: CHANGES}


@pytest.fixture(params=KINDS, ids=lambda chart: chart.__name__)
def kind(request: pytest.FixtureRequest) -> tuple:
    return request.param, KINDS[request.param]


def texts(spec: dict, width: int = 720) -> list[str]:
    svg = vl_convert.vegalite_to_svg({**spec, "width": width})
    return [text.replace("\u2212", "-") for text in re.findall(r">([^<>]+)</text>", svg)]


def test_a_chart_fits_every_column_and_serves_every_use(kind: tuple) -> None:
    chart, table = kind
    check_drawn(chart, table)
    check_served(chart(table))


def test_the_shock_says_the_least_the_most_and_where_the_sliders_stand() -> None:
    thousands = SHOCKS.assign(
        **{c: 1000 * SHOCKS[c] for c in SHOCKS if c not in ("channel", "name")}
    )
    said = texts(drawing.to_spec(shock(thousands)))
    # In thousands: 10% of 300, half of it elsewhere; 10% of 400 and half of 10% of 150.
    assert "from 0.0 to 30.0" in said
    assert "at the sliders 15.0, 1.5% of exports, 0.4% of GDP" in said
    assert "from 40.0 to 55.0" in said
    assert "at the sliders 47.5, 4.8% of exports, 1.2% of GDP" in said


def in_vega(fall: float, redirected: float, passed: float, base: Base) -> dict[str, float]:
    """Let Vega work out the chart's own expressions and print them with all digits."""
    rows = SHOCKS.assign(**base._asdict(), others_to_buyer=base.others_to_buyer)
    spec = drawing.to_spec(shock(rows))
    layer = next(part for part in spec["layer"] if part["mark"]["type"] == "text")
    values = {"fall": fall, "redirected": redirected, "passed": passed}
    sheet = {
        "$schema": spec["$schema"],
        "data": spec.get("data", layer.get("data")),
        "datasets": spec["datasets"],
        "params": [
            {"name": param["name"], "value": values[param["name"]]} for param in spec["params"]
        ],
        "transform": [
            *layer["transform"],
            {
                "calculate": "datum.channel + ':' + join([datum.least_usd_m, datum.chosen_usd_m, "
                "datum.most_usd_m], ';')",
                "as": "all",
            },
        ],
        "mark": "text",
        "encoding": {"y": {"field": "channel", "axis": None}, "text": {"field": "all"}},
    }
    found = {}
    for text in texts(json.loads(json.dumps(sheet))):
        channel, numbers = text.split(":")
        found[channel] = [float(number) for number in numbers.split(";")]
    return found


@settings(max_examples=15, deadline=None)
@given(
    st.integers(0, 30),
    st.integers(0, 20).map(lambda step: 5 * step),
    st.integers(0, 20).map(lambda step: step / 20),
    st.tuples(*[st.integers(0, 5000)] * 4),
)
def test_vega_and_python_agree(
    fall: int, redirected: int, passed: float, parts: tuple[int, ...]
) -> None:
    metal_to_buyer, more_metal, more_to_buyer, others = parts
    metal, to_buyer = metal_to_buyer + more_metal, metal_to_buyer + more_to_buyer
    base = Base(20000, to_buyer, metal, metal_to_buyer, others)
    for channel, numbers in in_vega(fall, redirected, passed, base).items():
        low, high = loss_bounds(base, channel, fall)
        chosen = loss(base, channel, fall, redirected_pct=redirected, passed_on=passed)
        assert numbers == pytest.approx([low, chosen, high], abs=1e-6)


def test_the_axis_of_the_shock_does_not_move_with_the_slider() -> None:
    spec = drawing.to_spec(exposure.shock(SHOCKS, title="US$", size=5, most=20))
    (domain,) = (
        part["encoding"]["x"]["scale"]["domain"]
        for part in spec["layer"]
        if part["mark"]["type"] == "bar"
    )
    # A fifth of 300 to the buyer, 400 of metal and 150 of others, in thousands.
    assert domain == pytest.approx([0, 0.17])
    assert [param["value"] for param in spec["params"]] == [5, 50, 0.5]


def test_a_share_is_printed_beside_its_bar_and_a_missing_one_has_no_row() -> None:
    said = texts(drawing.to_spec(shares(SHARES)))
    assert {"33", "98", "10"} <= set(said)
    assert "Not known" not in said


def test_the_cloud_of_the_first_choice_is_drawn_on_scales_that_hold_all() -> None:
    spec = drawing.to_spec(changes(CHANGES))
    assert spec["params"][0]["value"] == "All"
    said = texts(spec)
    assert [said.count(year) for year in ("2006", "2007", "2009")] == [1, 1, 1]
    (dots,) = (part for part in spec["layer"] if part["mark"]["type"] == "point")
    assert dots["encoding"]["y"]["scale"]["domain"] == [-13, 38]
