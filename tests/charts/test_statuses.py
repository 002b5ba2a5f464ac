"""Charts of states with every kind of input: valid, drawn for real, within their column."""

import re
from collections.abc import Callable

import altair as alt
import pandas as pd
import pytest

from peru_asia.charts import palette, statuses, theme
from tests.charts.pictures import check_drawn, check_served, svg_of

LONG = "An economy whose name is far too long for any column of any figure in this book"
STATES = {
    "In force": statuses.STRONG,
    "Signed": statuses.WEAK,
    "None": statuses.NOTHING,
    "Own": statuses.OWN,
}

CELLS = pd.DataFrame(
    {
        "economy": ["China", "Australia", "China", "Australia"],
        "date": ["2016", "2016", "2026", "2026"],
        "state": ["In force", "Signed", "In force", "In force"],
        "text": ["since 2010", None, "since 2010", "since 2020"],
    }
)
TILES = pd.DataFrame(
    {
        "year": [2015, 2015, 2016, 2016],
        "partner": ["CHN", "AUS", "CHN", "AUS"],
        "economy": ["China", "Australia", "China", "Australia"],
        "state": ["In force", "None", "In force", "Signed"],
    }
)
TEXTS = pd.DataFrame(
    {
        "economy": ["China", "Singapore", "Hong Kong", "TPP"],
        "start": pd.to_datetime(["2009-04-28", "2008-05-29", "2024-11-15", "2016-02-04"]),
        "end": pd.to_datetime(["2010-03-01", "2009-01-01", None, None]),
        "latest": pd.to_datetime(["2010-03-01", "2009-12-31", None, "2016-02-04"]),
        "state": ["In force", "In force", "Signed", "None"],
    }
)
Kind = tuple[pd.DataFrame, Callable[[pd.DataFrame], alt.TopLevelMixin]]
KINDS: dict[str, Kind] = {
    "matrix": (
        CELLS,
        lambda table: statuses.state_matrix(
            table, STATES, row="economy", column="date", state="state", text="text"
        ),
    ),
    "tiles_by_year": (
        TILES,
        lambda table: statuses.state_tiles(
            table,
            {"CHN": (1, 1), "AUS": (2, 2)},
            STATES,
            code="partner",
            name="economy",
            state="state",
            year=2016,
            count=("In force", (2, 1), "in force"),
        ),
    ),
    "waits": (
        TEXTS,
        lambda table: statuses.durations(
            table,
            dict.fromkeys(["In force", "Signed", "None"], theme.POSITIVE),
            item="economy",
            start="start",
            end="end",
            end_latest="latest",
            state="state",
            until="2026-02-28",
        ),
    ),
}


def normal(table: pd.DataFrame) -> pd.DataFrame:
    return table


def single_rows(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop_duplicates("economy")


def long_names(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(economy=[f"{LONG} {name}" for name in table["economy"]])


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


def written(chart: alt.TopLevelMixin, width: int = theme.WIDE) -> str:
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg_of(chart, width)))


@pytest.mark.parametrize(
    "change", (normal, single_rows, long_names), ids=lambda change: change.__name__
)
def test_every_input_is_drawn_within_its_column(kind: Kind, change: Callable) -> None:
    table, chart = kind
    check_drawn(chart, change(table))


def test_a_chart_serves_every_use(kind: Kind) -> None:
    table, chart = kind
    assert "economy" in check_served(chart(table))[0]


def test_the_matrix_writes_each_cell_once() -> None:
    words = written(KINDS["matrix"][1](CELLS))
    assert words.count("since 2010") == 2
    assert words.count("since 2020") == 1
    assert "null" not in words


def test_tiles_show_the_chosen_year_and_count_its_state() -> None:
    words = written(KINDS["tiles_by_year"][1](TILES))
    # In 2016 one of the two is in force.
    assert {"1", "2016"} <= set(words.split())
    assert "2015" not in words


def test_tiles_have_names_on_a_wide_page_and_codes_on_a_phone() -> None:
    chart = KINDS["tiles_by_year"][1](TILES)
    assert "Australia" in written(chart)
    assert "AUS" not in written(chart)
    assert "AUS" in written(chart, theme.NARROW)


def test_waits_write_months_a_span_or_the_state() -> None:
    words = written(KINDS["waits"][1](TEXTS))
    # 307 days are 10.1 months; 217 and 581 days 7.1 and 19.1.
    assert "10 months" in words
    assert "7–19 months" in words
    assert "signed" in words
    assert "none" in words


def test_the_columns_of_a_matrix_are_called_what_they_are() -> None:
    states = {"in force": statuses.STRONG, "none": statuses.NOTHING}
    cells = pd.DataFrame({"who": ["A"], "side": ["Critics"], "state": ["none"], "word": ["none"]})
    chart = statuses.state_matrix(
        cells, states, row="who", column="side", state="state", text="word", across="Says"
    )
    assert "Says" in str(chart.to_dict())
    assert "'Date'" not in str(chart.to_dict())


def test_words_are_legible_on_every_state_in_light_and_dark() -> None:
    dark = {**theme.DARK, **palette.DARK}

    def light(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for fill, ink in STATES.values():
        for pair in ((fill, ink), (dark[fill], dark[ink])):
            low, high = sorted(map(light, pair))
            assert (high + 0.05) / (low + 0.05) >= 4.5
