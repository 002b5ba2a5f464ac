import json
import math
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import altair as alt
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from lxml import etree

from peru_asia import data, uses
from peru_asia.book import Fact, facts, figure, usd
from peru_asia.book.cells import drawing
from peru_asia.book.cells.forms import NBSP
from peru_asia.book.cells.mimes import FIGURE, VEGA_LITE
from peru_asia.book.cells.words import Words
from peru_asia.book.keep import pictures, store
from peru_asia.charts import theme
from peru_asia.errors import BookError

ALT = "Bars of two years; the second is twice as high as the first."
TABLES = ["trade_by_partner"]
ROWS = pd.DataFrame({"year": [2000, 2001], "value": [1.0, 2.0], "_rank": [0, 1]})
SPEC = {
    "data": {"values": [{"year": 2000, "value": 1}, {"year": 2001, "value": 2}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "year", "type": "ordinal"},
        "y": {"field": "value", "type": "quantitative", "title": "US$"},
    },
}
SQUARE = {
    "type": "Feature",
    "properties": {"name": "somewhere"},
    "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]]},
}


def bars() -> alt.Chart:
    chart = alt.Chart(ROWS).mark_bar().encode(x="year:O", y=alt.Y("value:Q", title="US$"))
    return chart.properties(width="container")


def width(svg: str) -> float:
    return float(etree.fromstring(svg.encode()).get("width"))


@pytest.mark.parametrize("text", ["", "   ", "A chart.", "Exports by year"])
def test_a_figure_without_a_description_is_refused(text: str) -> None:
    with pytest.raises(BookError, match="alt="):
        figure(bars(), alt=text, tables=TABLES)


def test_a_figure_without_tables_is_refused() -> None:
    with pytest.raises(BookError, match="tables="):
        figure(bars(), alt=ALT, tables=[])


def test_an_unknown_table_is_named_and_the_nearest_suggested() -> None:
    with pytest.raises(BookError, match=r"'trade_by_partners'.*'trade_by_partner'"):
        figure(bars(), alt=ALT, tables=["trade_by_partners"])


def test_an_unknown_source_is_named_and_the_nearest_suggested() -> None:
    with pytest.raises(BookError, match=r"trade_by_partner has no source 'wits2071'.*'wits2017'"):
        figure(bars(), alt=ALT, tables=TABLES, sources=["wits2071"])


def test_sources_are_those_of_the_tables_unless_fewer_are_named() -> None:
    everything = figure(bars(), alt=ALT, tables=TABLES).payload["sources"]
    assert "wits2017" in everything
    assert len(everything) > 1
    assert figure(bars(), alt=ALT, tables=TABLES, sources=["wits2017"]).payload["sources"] == [
        "wits2017"
    ]


def test_the_rows_tell_the_sources() -> None:
    trade = data.load("trade_by_partner")
    early = trade.query("flow == 'export' and year < 1990 and partner == 'CHN'")
    made = figure(bars(), alt=ALT, rows=[early]).payload
    assert (made["tables"], made["sources"]) == (["trade_by_partner"], ["wits2017"])
    late = trade[trade["year"] >= 2005].query("flow == 'export' and partner == 'CHN'")
    assert figure(bars(), alt=ALT, rows=[early, late]).payload["sources"] == [
        "wits2017",
        "sunat2025exports",
    ]
    both = figure(bars(), alt=ALT, rows=[early], tables=["commodity_prices"]).payload
    assert both["sources"] == ["wits2017", "worldbank2025pinksheet"]


def test_a_figure_may_be_made_from_what_is_no_table() -> None:
    made = figure(bars(), alt=ALT, made_from="the text of this book").payload
    assert (made["tables"], made["sources"]) == ([], [])
    assert made["credit"][0] == "Source: the text of this book."
    with pytest.raises(BookError, match="tables= must name"):
        figure(bars(), alt=ALT, made_from="the text of this book", tables=TABLES)


def test_rows_with_few_sources_name_each_of_them() -> None:
    statements = data.load("case_statements").query("source == 'bnamericas2023workers'")
    assert not {"bnamericas2023workers"} & set(data.describe("case_statements").sources)
    with uses.noted() as used:
        made = figure(bars(), alt=ALT, rows=[statements]).payload
    assert "source:bnamericas2023workers" in used  # a new title of it makes the chapter stale
    assert made["sources"] == ["bnamericas2023workers"]
    assert made["credit"][0].startswith("Source: BNamericas")
    many = data.load("case_statements")
    assert many["source"].nunique() > 12
    assert figure(bars(), alt=ALT, rows=[many]).payload["sources"] == (
        data.describe("case_statements").sources
    )


def test_rows_must_be_of_the_package_and_there() -> None:
    trade = data.load("trade_by_partner")
    with pytest.raises(BookError, match="no table of the package any more"):
        figure(bars(), alt=ALT, rows=[pd.DataFrame({"year": [1]})])
    with pytest.raises(BookError, match="no row of 'trade_by_partner'"):
        figure(bars(), alt=ALT, rows=[trade.query("year == 1492")])
    with pytest.raises(BookError, match="no source 'sunat2025exports'; known are: wits2017"):
        early = trade.query("flow == 'export' and year < 1990 and partner == 'CHN'")
        figure(bars(), alt=ALT, rows=[early], sources=["sunat2025exports"])


def test_a_chart_without_a_row_is_refused() -> None:
    nothing = alt.Chart(pd.DataFrame({"x": [], "y": []})).mark_bar().encode(x="x:Q", y="y:Q")
    with pytest.raises(BookError, match="draws no row"):
        figure(nothing, alt=ALT, tables=TABLES)


@pytest.mark.parametrize("channel", ["x", "y"])
def test_an_axis_of_values_without_its_unit_is_refused(channel: str) -> None:
    def figure_of(shown: object, **properties: str) -> None:
        other = "y" if channel == "x" else "x"
        chart = alt.Chart(ROWS).mark_bar().encode(**{channel: shown, other: "year:O"})
        figure(chart.properties(**properties), alt=ALT, tables=TABLES)

    kind = getattr(alt, channel.upper())
    with pytest.raises(BookError, match=rf"axis {channel} shows 'value' without its unit: give"):
        figure_of("value:Q")
    figure_of("value:Q", title="US$ million")
    figure_of(kind("value:Q", title="US$ million"))
    figure_of(kind("value:Q", axis=None))  # which the marks then say
    figure_of(kind("value:Q", axis=alt.Axis(title=None)))  # on purpose


def test_an_alt_text_is_a_template_over_facts() -> None:
    given = facts(*TABLES)
    given._added["best"] = Fact(usd(7), tuple(TABLES), "", Words(what=[], of=[], when=[], named=[]))
    made = figure(bars(), given, alt="The best sold for {best} in that year.").payload
    assert made["alt"] == f"The best sold for US${NBSP}7.0{NBSP}million in that year."
    assert made["tables"] == TABLES
    with pytest.raises(BookError, match=r"alt= has \{best\}; give the chapter's facts"):
        figure(bars(), alt="The best sold for {best} in that year.", tables=TABLES)


def test_one_execution_serves_the_page_the_pdf_and_a_notebook() -> None:
    bundle = figure(bars(), alt=ALT, tables=TABLES)._repr_mimebundle_()
    assert set(bundle) == {FIGURE, VEGA_LITE, "image/svg+xml", "text/plain"}
    payload = bundle[FIGURE]
    # Kept in the notebook's outputs, so it must be JSON as browsers read it.
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload
    assert payload["widths"] == [theme.WIDE, theme.NARROW]
    for wide in payload["widths"]:
        assert width(drawing.draw(payload["spec"], wide)) == wide
    assert ALT in bundle["text/plain"]
    assert f'width="{theme.WIDE}"' in bundle["image/svg+xml"]
    live = bundle[VEGA_LITE]
    assert (live["width"], live["description"]) == (theme.WIDE, ALT)
    assert live["datasets"] == payload["spec"]["datasets"]


def test_a_notebook_shows_the_credit_below_the_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = InteractiveShell.instance()
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(shell.display_pub, "publish", lambda data, **more: shown.append(data))
    made = figure(bars(), alt=ALT, tables=TABLES)
    shell.displayhook(made)
    InteractiveShell.clear_instance()
    assert VEGA_LITE in shown[0]
    assert "Source: World Bank" in shown[1]["text/html"]


def test_the_build_draws_a_figure_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(drawing.LATER, "1")
    bundle = figure(bars(), alt=ALT, tables=TABLES)._repr_mimebundle_()
    assert set(bundle) == {FIGURE, "text/plain"}


def test_a_drawing_is_kept_once_for_the_same_spec_and_width(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PICTURES", tmp_path)
    spec = drawing.to_spec(bars())
    names = [pictures.draw(spec, wide) for wide in (300, 300, 400)]
    assert names[0] == names[1] != names[2]
    assert {path.name for path in tmp_path.iterdir()} == set(names)
    assert store.picture(names[0]) == drawing.draw(spec, 300)
    other = drawing.to_spec(bars().properties(title="Another"))
    assert pictures.draw(other, 300) not in names


def test_a_notebook_on_another_machine_fetches_what_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "google.colab", ModuleType("google.colab"))
    bundle = figure(bars(), alt=ALT, tables=TABLES)._repr_mimebundle_()
    assert "cdn.jsdelivr.net" in bundle["text/html"]


def test_a_plain_vega_lite_spec_is_a_figure_too_and_takes_the_theme() -> None:
    before = json.dumps(SPEC)
    payload = figure(SPEC, alt=ALT, tables=TABLES).payload
    assert payload["spec"]["config"]["font"] == theme.FONT
    assert theme.FONT in drawing.draw(payload["spec"], theme.WIDE)
    assert json.dumps(SPEC) == before


def test_the_config_of_a_spec_wins_over_the_theme() -> None:
    own = {"font": "serif", "axis": {"gridColor": "#000000"}}
    config = drawing.to_spec(SPEC | {"config": own})["config"]
    assert config["font"] == "serif"
    assert config["axis"]["gridColor"] == "#000000"
    assert config["axis"]["labelColor"] == theme.MUTED


@pytest.mark.parametrize(
    "broken",
    [
        SPEC | {"mark": "bra"},
        SPEC | {"encoding": {"x": {"field": "year", "type": "number"}}},
        {},
        "not a chart",
        alt.Chart(ROWS).mark_bar().encode(x="no_such_column"),
    ],
    ids=["mark", "type", "empty", "text", "column"],
)
def test_a_broken_chart_is_refused_in_words(broken: object) -> None:
    with pytest.raises(BookError, match="not a valid Vega-Lite spec"):
        figure(broken, alt=ALT, tables=TABLES)


def test_a_wrong_part_is_named_wherever_it_stands() -> None:
    def bars() -> alt.Chart:
        return alt.Chart(ROWS).mark_bar(strokeDsh=[1]).encode(x="year:O")

    for chart in (bars(), bars() + bars(), alt.vconcat(bars(), bars())):
        with pytest.raises(BookError, match="`MarkDef` has no parameter named 'strokeDsh'"):
            drawing.to_spec(chart)
    chart = alt.Chart(ROWS).mark_bar().encode(alt.X("year:O", axis=alt.Axis(formt="d")))
    with pytest.raises(BookError, match="`Axis` has no parameter named 'formt'"):
        drawing.to_spec(chart)


REMOTE = {"url": "https://example.org/data.csv"}


@pytest.mark.parametrize(
    "remote",
    [
        SPEC | {"data": REMOTE},
        {"layer": [SPEC, SPEC | {"data": REMOTE}]},
        {"vconcat": [SPEC | {"data": REMOTE}]},
        SPEC
        | {
            "transform": [
                {"lookup": "year", "from": {"data": REMOTE, "key": "year", "fields": ["b"]}}
            ]
        },
        alt.Chart("https://example.org/data.csv").mark_bar().encode(x="year:O"),
    ],
    ids=["data", "layer", "concat", "lookup", "altair"],
)
def test_data_from_the_network_are_refused(remote: object) -> None:
    with pytest.raises(BookError, match=r"https://example\.org/data\.csv.* carry its data"):
        drawing.to_spec(remote)


@pytest.mark.parametrize(
    "picture",
    [
        {"mark": {"type": "image", "url": "https://example.org/flag.png"}},
        {"mark": "image", "encoding": {"url": {"value": "https://example.org/flag.png"}}},
    ],
    ids=["mark", "encoding"],
)
def test_pictures_from_the_network_are_refused(picture: dict) -> None:
    with pytest.raises(BookError, match=r"https://example\.org/flag\.png"):
        drawing.to_spec(SPEC | picture)


def test_a_link_is_not_taken_for_data() -> None:
    drawing.to_spec(SPEC | {"mark": {"type": "bar", "href": "https://example.org/"}})
    column = {"values": [{"year": 2000, "value": 1, "data": {"url": "https://example.org/"}}]}
    drawing.to_spec(SPEC | {"data": column})


def test_a_missing_value_in_a_spec_reaches_the_page_as_a_gap() -> None:
    gap = {"values": [{"year": 2000, "value": math.nan}, {"year": 2001, "value": 2}]}
    spec = drawing.to_spec(SPEC | {"data": gap})
    json.dumps(spec, allow_nan=False)
    assert drawing.plotted(spec)[0][0] == {"year": 2000, "value": None}


@pytest.mark.parametrize(
    "chart",
    [
        bars(),
        bars() + bars(),
        bars().properties(width=200) | bars().properties(width=200),
        bars().properties(width=100).facet("year:O"),
    ],
    ids=["one", "layered", "side by side", "facet"],
)
def test_a_chart_that_a_reader_takes_away_can_be_opened_again(chart: alt.TopLevelMixin) -> None:
    spec = figure(chart, alt=ALT, tables=TABLES).payload["spec"]
    assert alt.Chart.from_json(json.dumps(spec)).to_dict() == spec


@pytest.mark.parametrize(
    "composed",
    [
        bars().properties(width=200) | bars().properties(width=200),
        bars().properties(width=200) & bars().properties(width=200),
        bars().properties(width=100).facet("year:O"),
        alt.Chart(alt.Data(values=[SQUARE])).mark_geoshape().project("mercator"),
    ],
    ids=["side by side", "one above the other", "facet", "map"],
)
def test_charts_of_other_kinds_keep_their_own_width(composed: alt.TopLevelMixin) -> None:
    payload = figure(composed, alt=ALT, tables=TABLES).payload
    [wide] = payload["widths"]
    root = etree.fromstring(drawing.draw(payload["spec"], wide).encode())
    drawn = [g for g in root.iter("{*}g") if "role-mark" in g.get("class", "") and len(g)]
    assert drawn


def test_the_width_of_the_column_does_not_work_inside_a_composed_chart() -> None:
    assert drawing.fits_container(drawing.to_spec(bars()))
    assert not drawing.fits_container(SPEC | {"width": 300})
    assert not drawing.fits_container({"width": "container", "hconcat": [SPEC]})


def test_downloads_leave_out_the_columns_that_only_the_chart_needs() -> None:
    [rows] = drawing.plotted(drawing.to_spec(bars()))
    assert rows == [{"year": 2000, "value": 1}, {"year": 2001, "value": 2}]


def test_the_largest_table_of_a_chart_comes_first() -> None:
    mark = alt.Chart(pd.DataFrame({"year": [2000]})).mark_rule().encode(x="year:O")
    for layered in (mark + bars(), bars() + mark):
        sets = drawing.plotted(layered.to_dict())
        assert [len(rows) for rows in sets] == [2, 1]


def test_the_rows_of_a_plain_spec_are_found() -> None:
    assert drawing.plotted(SPEC) == [SPEC["data"]["values"]]
    assert drawing.plotted({"layer": [SPEC]}) == [SPEC["data"]["values"]]


def test_what_vega_cannot_draw_is_said_in_words() -> None:
    spec = drawing.to_spec(bars().transform_calculate(x="this is no expression"))
    with pytest.raises(BookError, match="Vega cannot draw this chart"):
        drawing.draw(spec, 300)
