"""Every kind of chart with every kind of input: valid, drawn for real, within its column."""

import json
import re
from collections.abc import Callable

import altair as alt
import pandas as pd
import pytest

from peru_asia.book.cells import drawing
from peru_asia.charts import (
    bars,
    baskets,
    comparison,
    event_study,
    flows,
    lines,
    lumps,
    maps,
    monthly,
    palette,
    panels,
    theme,
    timelines,
)
from peru_asia.charts.base import layout
from peru_asia.errors import BookError
from tests.charts.pictures import WIDTHS, check_drawn, check_served, svg_of

LONG = (
    "A name that is far too long for any column, as names of projects and of agreements often are"
)

OUTLINES = pd.DataFrame(
    [
        (area, 1, point, longitude, latitude)
        for area, west in (("PER", -79.0), ("BRA", -70.0))
        for point, (longitude, latitude) in enumerate(
            [(west, -5.0), (west + 8, -5.0), (west + 8, -14.0), (west, -14.0), (west, -5.0)], 1
        )
    ],
    columns=["area", "ring", "point", "longitude", "latitude"],
)
DEPARTMENTS = pd.DataFrame(
    {
        "department": ["Piura", "Madre de Dios", LONG],
        "tile_column": [1, 2, 2],
        "tile_row": [1, 1, 2],
    }
)

PAIRS = pd.DataFrame(
    {
        "project": ["Toromocho", "El Galeno", "Marcona"],
        "announced": [2150.0, 2500.0, 1200.0],
        "invested": [3500.0, 900.0, 1100.0],
        "status": ["operating", "stalled", "operating"],
    }
)
TWO_DATES = pd.DataFrame(
    {
        "name": ["China", "China", "Japan", "Japan", "Korea", "Korea"],
        "year": [2005, 2024, 2005, 2024, 2005, 2024],
        "value": [1.9, 24.6, 0.6, 3.3, 0.2, 2.0],
    }
)
STATEMENTS = pd.DataFrame(
    {
        "name": ["stock", "stock", "flow", "flow"],
        "year": [2019, 2020, 2020, 2022],
        "value": [10.0, 200.0, 3000.0, 40.0],
        "low": [8.0, 150.0, 2000.0, 30.0],
        "high": [12.0, 300.0, 5000.0, 60.0],
        "source": ["IMF", "Central bank", "IMF", "Tracker"],
    }
)
RANKED = pd.DataFrame(
    {
        "list": ["Ours"] * 3 + ["Theirs"] * 2,
        "deal": ["Mine", "Grid", "Port", "Mine", "Bank"],
        "rank": [1, 2, 3, 1, 2],
        "share_pct": [50.0, 80.0, 100.0, 70.0, 100.0],
        "year": [2014, 2020, 2019, 2014, 2012],
    }
)
LEFT = pd.DataFrame(
    {
        "left_out": [0, 0, 1, 1],
        "sector": ["Mining", "Power"] * 2,
        "value": [60.0, 40.0, 10.0, 40.0],
        "leaves": [None, None, "A mine", "A mine"],
    }
)
CELLS = pd.DataFrame(
    {
        "section": ["Food", "Food", "Fuels", "Fuels"],
        "name": ["China", "Japan", "China", "Japan"],
        "value": [15.0, 11.0, 1.0, 7.0],
    }
)
YEARS = pd.DataFrame(
    {
        "name": ["Mining"] * 4 + ["Fishing"] * 4,
        "year": [2005, 2006, 2008, 2009] * 2,
        "value": [10.0, 14.0, 17.0, 16.0, 1.3, 1.4, 1.5, -0.2],
    }
)
PRICES = pd.DataFrame(
    {
        "year": [2003, 2004, 2005] * 4,
        "commodity": (["copper"] * 3 + ["gold"] * 3) * 2,
        "price_basis": ["nominal"] * 6 + ["real"] * 6,
        "price": [1.8, 2.9, 3.7, 364.0, 409.0, 445.0, 2.0, 3.1, 3.8, 400.0, 430.0, 450.0],
    }
)
MONTHS = pd.DataFrame(
    {
        "month": ["2009-10", "2009-11", "2009-12", "2010-02"],
        "name": "x",
        "value": [280, 284, 288, 260],
    }
)
EVENTS = pd.DataFrame(
    {
        "date": ["2009-11-01", "2009-12", "2010"],
        "label": ["Attack", "Clash", LONG],
        "summary": ["What happened.", LONG * 3, None],
    }
)
FLOWS = pd.DataFrame(
    {
        "name": ["China", "China", "Japan"],
        "sector": ["mining", "oil", "mining"],
        "outcome": ["built", "sold", "built"],
        "value": [10.0, 2.0, 5.0],
    }
)
HAPPENED = pd.DataFrame(
    {
        "partner": ["CHN", "CHN", "JPN", "USA"],
        "date": ["2009-04-28", "2010", "2011-05", "2000"],
        "date_end": [None, "2013", None, None],
        "category": ["trade", "conflict", "trade", "trade"],
        "name": ["Agreement", "Strike", "Agreement", "Left out"],
        "value": 1.0,
    }
)
PLANS = pd.DataFrame(
    {
        "name": ["Toromocho", "Quellaveco", "El Galeno"],
        "from": [2014, 2016, 2014],
        "to": [2014, 2016, 2015],
        "value": [2013, 2022, None],
        "status": ["operating", "operating", "stalled"],
    }
)
PLACES = pd.DataFrame(
    {
        "name": ["Toromocho", "Chancay", "Talara"],
        "kind": ["mine", "port", "field"],
        "lat": [-11.6, -11.57, -4.57],
        "lon": [-76.1, -77.27, -81.27],
        "value": [3500.0, 1300.0, 20.0],
    }
)
BASKET = pd.DataFrame(
    {
        "year": [2005, 2006, 2007] * 2,
        "item": ["copper"] * 3 + ["fish"] * 3,
        "value_usd_m": [6.0, 7.0, 4.0, 4.0, 5.0, 8.0],
        "price": [2.0, 3.0, 4.0, 1.0, 1.0, 1.0],
    }
)
AROUND = pd.DataFrame(
    [
        (event, partner, partner == own, time, 10.0 * growth ** (time + 2))
        for event, own in (("China, 2010", "China"), ("Japan, 2012", "Japan"))
        for partner, growth in ((own, 2.0), ("Taiwan", 1.5), ("India", 1.0))
        for time in range(-2, 3)
    ],
    columns=["event", "partner", "treated", "event_time", "value"],
)
AGREEMENTS = {"China, 2010": theme.PARTNERS["CHN"], "Japan, 2012": theme.PARTNERS["JPN"]}
BY_DEPARTMENT = pd.DataFrame({"department": ["Piura", "Madre de Dios"], "value": [3242.0, 12.0]})

# Table, its column of names, its column of values, and the chart of it.
Kind = tuple[pd.DataFrame, str, str, Callable[[pd.DataFrame], alt.TopLevelMixin]]
KINDS: dict[str, Kind] = {
    "dumbbell": (
        PAIRS,
        "project",
        "invested",
        lambda table: comparison.dumbbell(
            table,
            {"announced": "Announced", "invested": "Invested"},
            item="project",
            title="US$ m",
            log=True,
            details={"status": "Status"},
        ),
    ),
    "slope": (
        TWO_DATES,
        "name",
        "value",
        lambda table: comparison.slope(
            table,
            item="name",
            at="year",
            value="value",
            title="US$ bn",
            colours={"China": theme.PARTNERS["CHN"]},
        ),
    ),
    "bars chosen": (
        STATEMENTS,
        "name",
        "value",
        lambda table: bars.ranked_bars(
            table,
            item="name",
            value="value",
            choice="source",
            title="US$ m",
            label="Source",
            colours={"stock": theme.PARTNERS["CHN"]},
        ),
    ),
    "bars by year": (
        STATEMENTS,
        "name",
        "value",
        lambda table: bars.stacked_years(
            table, {"stock": LONG, "flow": "Flow"}, value="value", part="name", title="US$ m"
        ),
    ),
    "bubbles": (
        STATEMENTS,
        "name",
        "value",
        lambda table: lumps.bubbles(
            table,
            {"stock": LONG, "flow": "Flow"},
            lane="name",
            item="source",
            value="value",
            kind="source",
            kinds={"IMF": "IMF", "Central bank": LONG, "Tracker": "Tracker"},
            title="US$ m, area of the circle",
            label="source",
            details={"low": "Low"},
        ),
    ),
    "concentration": (
        RANKED,
        "deal",
        "share_pct",
        lambda table: lumps.concentration_curves(
            table, list_name="list", item="deal", most=3, label="deal"
        ),
    ),
    "remaining": (
        LEFT,
        "sector",
        "value",
        lambda table: bars.bars_without_largest(
            table,
            group="sector",
            value="value",
            title="US$ m",
            colours={"Mining": theme.PARTNERS["CHN"]},
        ),
    ),
    "dot_ranges over years": (
        STATEMENTS,
        "source",
        "value",
        lambda table: comparison.dot_ranges(
            table,
            over="year",
            value="value",
            low="low",
            high="high",
            source="source",
            title="US$ m, logarithmic scale",
            log=True,
        ),
    ),
    "dot_ranges over items": (
        STATEMENTS,
        "name",
        "value",
        lambda table: comparison.dot_ranges(
            table, over="name", value="value", source="source", title="US$ m"
        ),
    ),
    "heat_matrix": (
        CELLS,
        "section",
        "value",
        lambda table: comparison.heatmap(
            table, row="section", column="name", value="value", title="%", format=".0f"
        ),
    ),
    "small_multiples": (
        YEARS,
        "name",
        "value",
        lambda table: panels.small_multiples(
            table, panel="name", value="value", title="US$ bn", shared=False
        ),
    ),
    "price_index": (
        PRICES,
        "price_basis",
        "price",
        lambda table: lines.price_index(
            table,
            {"copper": "Copper", "gold": LONG},
            basis="price_basis",
            bases={"nominal": "current US$", "real": "US$ of 2010"},
        ),
    ),
    "basket_index": (
        BASKET,
        "item",
        "price",
        lambda table: baskets.basket_index(table, base=2005),
    ),
    "effect_bars": (
        BASKET,
        "item",
        "price",
        lambda table: baskets.effect_bars(
            table,
            {"copper": "Copper", "fish": LONG},
            start=2005,
            end=2007,
            whole="All",
            title="US$ m",
        ),
    ),
    "event_paths": (
        AROUND,
        "partner",
        "value",
        lambda table: event_study.event_paths(table, AGREEMENTS, before=2),
    ),
    "placebo_strip": (
        AROUND,
        "partner",
        "value",
        lambda table: event_study.placebo_strip(table, AGREEMENTS, before=2, after=2),
    ),
    "monthly_events": (
        MONTHS,
        "name",
        "value",
        lambda table: monthly.monthly_events(table, EVENTS, value="value", title="open conflicts"),
    ),
    "flow_bars in two": (
        FLOWS,
        "name",
        "value",
        lambda table: flows.alluvial(
            table, {"name": "Country", "sector": "Sector"}, value="value", title="US$ m"
        ),
    ),
    "flow_bars in three": (
        FLOWS,
        "outcome",
        "value",
        lambda table: flows.alluvial(
            table,
            {"name": "Country", "sector": "Sector", "outcome": LONG},
            value="value",
            title="projects",
            colours={"China": theme.PARTNERS["CHN"]},
        ),
    ),
    "timeline": (
        HAPPENED,
        "name",
        "value",
        lambda table: timelines.timeline(
            table, {"CHN": "China", "JPN": "Japan"}, summary="name", label="name"
        ),
    ),
    "schedule": (
        PLANS,
        "name",
        "value",
        lambda table: timelines.schedule(
            table,
            item="name",
            promised_from="from",
            promised_to="to",
            actual="value",
            until=2025,
            status="status",
        ),
    ),
    "places_map": (
        PLACES,
        "name",
        "value",
        lambda table: maps.places_map(
            table,
            OUTLINES,
            home="PER",
            around={"Brazil": (-65.0, -8.0), "Ocean": (-79.5, -13.0)},
            sea="Ocean",
            name="name",
            kind="kind",
            kinds={"mine": "Mine", "port": "Port", "field": LONG},
            size="value",
            size_title="US$ m",
            label="name",
        ),
    ),
    "department_tiles": (
        BY_DEPARTMENT,
        "department",
        "value",
        lambda table: maps.department_tiles(table, DEPARTMENTS, value="value", title="US$ m"),
    ),
}


def normal(table: pd.DataFrame, name: str, value: str) -> pd.DataFrame:
    return table


def single_row(table: pd.DataFrame, name: str, value: str) -> pd.DataFrame:
    return table.iloc[:1]


def missing_values(table: pd.DataFrame, name: str, value: str) -> pd.DataFrame:
    return table.assign(**{value: table[value].astype(float).mask(table.index % 2 == 0)})


def no_values(table: pd.DataFrame, name: str, value: str) -> pd.DataFrame:
    return table.assign(**{value: float("nan")})


def long_names(table: pd.DataFrame, name: str, value: str) -> pd.DataFrame:
    return table.assign(**{name: [f"{LONG} {text}" for text in table[name]]})


INPUTS = (normal, single_row, missing_values, no_values, long_names)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.mark.parametrize("change", INPUTS, ids=lambda change: change.__name__)
def test_every_input_is_drawn_within_its_column_or_refused(kind: Kind, change: Callable) -> None:
    table, name, value, chart = kind
    if chart is KINDS["department_tiles"][3] and change is long_names:
        table, change = table.assign(name=["Piura", LONG]), normal
    changed = change(table, name, value)
    widths = WIDTHS if change is long_names else (theme.NARROW,)
    incomplete = chart is KINDS["basket_index"][3]  # which needs a year with all goods
    if change is normal or (change is missing_values and not incomplete):
        check_drawn(chart, changed, widths)
        return
    try:
        drawing.to_spec(chart(changed))
    except BookError:
        return  # a code that the chart was asked for is gone, or all values are
    check_drawn(chart, changed, widths)


def test_a_chart_of_normal_input_serves_every_use(kind: Kind) -> None:
    table, name, _, chart = kind
    assert set(check_served(chart(table))[0]) & {name, "month", "from"}


def test_a_text_of_the_tooltip_says_no_data() -> None:
    table = PAIRS.assign(invested=[None, 1.0, 2.0])
    chart = KINDS["dumbbell"][3](table)
    assert f"'{layout.NO_DATA}'" in chart.to_json()


def test_a_gap_stays_empty() -> None:
    """A line is drawn in two pieces around the missing year."""
    svg = drawing.draw(drawing.to_spec(KINDS["small_multiples"][3](YEARS)), theme.WIDE)
    lines = re.findall(r"mark-line role-mark.*?</g>", svg, re.DOTALL)
    assert sum(path.count("<path") for path in lines) == 4


def test_base_year_starts_where_all_have_a_price() -> None:
    early = pd.DataFrame(
        {"year": [1990], "commodity": ["gold"], "price_basis": ["nominal"], "price": [380.0]}
    )
    spec = KINDS["price_index"][3](pd.concat([early, PRICES])).to_dict()
    base = next(param for param in spec["params"] if param["name"] == "base")
    assert (base["value"], base["bind"]["min"], base["bind"]["max"]) == (2003, 2003, 2005)


def test_prices_without_a_basis_have_no_switch() -> None:
    nominal = PRICES[PRICES["price_basis"] == "nominal"].drop(columns="price_basis")
    spec = lines.price_index(nominal, {"copper": "Copper"}).to_dict()
    assert [param["name"] for param in spec["params"] if "bind" in param and "value" in param] == [
        "base"
    ]
    drawing.draw(drawing.to_spec(spec), theme.NARROW)


def test_chosen_bars_show_the_first_group_alone_on_the_scale_of_all() -> None:
    spec = KINDS["bars chosen"][3](STATEMENTS).to_dict()
    menu = next(param for param in spec["params"] if param["name"] == "picked_source")
    assert (menu["value"], menu["bind"]["options"]) == ("IMF", ["IMF", "Central bank", "Tracker"])
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"][1] > STATEMENTS["value"].max()
    svg = drawing.draw(drawing.to_spec(spec), theme.WIDE)
    # The IMF's two statements and not the others'.
    assert ">10<" in svg
    assert ">3,000<" in svg
    assert ">200<" not in svg


def test_a_year_without_rows_says_so_and_has_no_bar() -> None:
    table = pd.DataFrame({"year": [2003, 2004, 2006], "kind": "loan", "value": [3.0, 0.0, 9.0]})

    def drawn(rows: pd.DataFrame) -> str:
        chart = bars.stacked_years(
            rows, {"loan": "Loans"}, value="value", part="kind", title="US$ m", empty="no data"
        )
        return drawing.draw(drawing.to_spec(chart), theme.WIDE)

    assert drawn(table).count(layout.NO_DATA) == 1  # 2005; in 2004 there was nothing
    assert layout.NO_DATA not in drawn(table[table["year"] < 2005])


def test_flows_keep_the_total_at_each_stage() -> None:
    spec = KINDS["flow_bars in three"][3](FLOWS).to_dict()
    nodes = next(rows for rows in spec["datasets"].values() if rows and "stage" in rows[0])
    totals = pd.DataFrame(nodes).groupby("stage")["value"].sum()
    assert totals.tolist() == [17.0, 17.0, 17.0]


def test_wrong_use_says_what_is_wrong() -> None:
    with pytest.raises(BookError, match="two dates, not 3"):
        comparison.slope(
            TWO_DATES.assign(year=[1, 2, 3, 1, 2, 3]),
            item="name",
            at="year",
            value="value",
            title="",
        )
    with pytest.raises(BookError, match="two or three stages, not 1"):
        flows.alluvial(FLOWS, {"name": "Country"}, value="value", title="")
    with pytest.raises(BookError, match=r"does not know 'Lyma'"):
        maps.department_tiles(
            pd.DataFrame({"department": ["Lyma"], "value": [1]}),
            DEPARTMENTS,
            value="value",
            title="",
        )


def test_a_label_on_a_map_moves_to_the_left_when_asked() -> None:
    places = pd.DataFrame({"name": ["Chancay"], "kind": "port", "lat": [-11.6], "lon": [-77.3]})
    outlines = pd.DataFrame(
        {"area": "PER", "ring": 1, "point": [1, 2, 3, 4], "longitude": [-79, -71, -75, -79],
         "latitude": [-5, -5, -14, -5]}
    )  # fmt: skip

    def anchors(**more: object) -> set[str]:
        chart = maps.places_map(
            places,
            outlines,
            home="PER",
            name="name",
            kind="kind",
            kinds={"port": "Port"},
            label="name",
            **more,
        )
        svg = svg_of(chart)
        before = svg.split(">Chancay<")[0]
        return {before.rsplit("<text", 1)[1].split('text-anchor="')[1].split('"')[0]}

    assert anchors() == {"start"}
    assert anchors(label_left=["Chancay"]) == {"end"}


@pytest.mark.parametrize(
    ("top", "steps"), [(1, [1]), (4, [1, 2, 4]), (7, [1, 3, 7]), (1200, [100, 400, 1000])]
)
def test_sizes_of_a_map_are_explained_by_round_amounts(top: float, steps: list[float]) -> None:
    # Small counts have whole steps: a fifth of a case would print as none.
    places = pd.DataFrame({"name": ["a"], "lat": [-12.0], "lon": [-77.0], "n": [top]})
    drawn = maps.places_map(
        places, OUTLINES, home="PER", name="name", kind="name", kinds={"a": "A"}, size="n",
        size_title="cases",
    )  # fmt: skip
    assert f'"values": {json.dumps([float(step) for step in steps])}' in json.dumps(drawn.to_dict())


def test_stacked_places_keep_their_distance() -> None:
    places = [0.0, 0.5, 1.0, 5.0, 5.1]
    rows = layout.stack(places, 1.0)
    assert rows == [0, 1, 0, 0, 1]


def _linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def _contrast(one: str, other: str) -> float:
    low, high = sorted(
        sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), _linear(colour), strict=True))
        for colour in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


def test_categories_stand_out_from_both_pages() -> None:
    dark = {**theme.DARK, **palette.DARK}
    for colour in palette.CATEGORY:
        assert _contrast(colour, theme.PAPER) >= 3
        assert _contrast(dark[colour], dark[theme.PAPER]) >= 3


def test_numbers_are_legible_on_every_step_of_the_ramp() -> None:
    dark = {**theme.DARK, **palette.DARK}
    inks = palette.inks()
    for step, ink in zip(palette.SEQUENTIAL, inks, strict=True):
        assert _contrast(step, ink) >= 4.5
        assert _contrast(dark[step], dark[ink]) >= 4.5


def test_a_year_of_nothing_is_named_as_the_chart_says() -> None:
    rows = STATEMENTS[STATEMENTS["year"] != 2020]
    for empty in (layout.NO_DATA, "none"):
        chart = bars.stacked_years(
            rows, {"stock": "Stock", "flow": "Flow"}, value="value", part="name", title="US$ m",
            empty=empty,
        )  # fmt: skip
        svg = drawing.draw(drawing.to_spec(chart), theme.WIDE)
        assert svg.count(f">{empty}<") == 2  # 2020 and 2021


def test_what_remains_is_drawn_for_the_number_left_out_at_first() -> None:
    svg = drawing.draw(drawing.to_spec(KINDS["remaining"][3](LEFT)), theme.WIDE)
    # One is left out at first; the mine's sector keeps 10 of its 60.
    texts = re.findall(r">([^<>]+)<", svg)
    assert "50 in all; last to go: A mine" in texts
    # Once on the axis, once on the bar; the frame of the whole bears no number.
    assert (texts.count("10"), texts.count("60")) == (2, 1)


def test_circles_have_the_area_of_their_amount_and_a_cross_has_none() -> None:
    rows = STATEMENTS.assign(value=[100.0, 400.0, None, 400.0], year=[2019, 2020, 2021, None])
    spec = KINDS["bubbles"][3](rows).to_dict()
    size = spec["layer"][0]["encoding"]["size"]["scale"]
    assert (size["type"], size["domain"]) == ("linear", [0, 400.0])
    assert spec["layer"][1]["mark"]["shape"] == "cross"
    drawn = drawing.plotted(drawing.to_spec(spec))[0]
    assert sorted(row["year"] for row in drawn) == [2019, 2020, 2021]


def test_the_name_of_a_near_circle_stands_below_it() -> None:
    rows = STATEMENTS.assign(name="flow", year=[2013, 2014, 2025, 2026])
    rows = pd.concat([rows[:1].assign(name="stock"), rows])  # alone in its lane
    spec = drawing.to_spec(KINDS["bubbles"][3](rows))
    (drawn,) = (data for data in spec["datasets"].values() if "_below" in data[0])
    assert [row["_below"] for row in sorted(drawn, key=lambda row: row["year"])] == [
        False, False, True, False, True,
    ]  # fmt: skip


def test_the_line_of_equal_parts_knows_parts_that_are_not_shown() -> None:
    rows = drawing.to_spec(
        lumps.concentration_curves(RANKED, list_name="list", item="deal", most=2)
    )["datasets"]  # fmt: skip
    (ranked,) = rows.values()
    # One of three parts would have a third, one of two a half.
    equal = {(row["list"], row["rank"]): row["_equal"] for row in ranked}
    assert equal["Ours", 1] == pytest.approx(100 / 3)
    assert equal["Theirs", 1] == pytest.approx(50)
    assert ("Ours", 3) not in equal
