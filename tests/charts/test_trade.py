"""Each chart of the trade part, evaluated and really drawn."""

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import altair as alt
import pandas as pd
import pytest
from lxml import etree
from PIL import ImageFont

from peru_asia import paths
from peru_asia.book.cells import drawing
from peru_asia.charts import lines, theme, trade

YEARS = range(2000, 2004)
NAMES = {"CHN": "China", "JPN": "Japan", "KOR": "Korea"}
LONG = {code: f"The {name} of a name that no editor would ever let pass" for code, name in
        NAMES.items()}  # fmt: skip
WIDTHS = (theme.WIDE, theme.NARROW)


def table() -> pd.DataFrame:
    rows = pd.DataFrame([(year, code) for code in NAMES for year in YEARS],
                        columns=["year", "partner"])  # fmt: skip
    size = rows["partner"].map({"CHN": 50.0, "JPN": 30.0, "KOR": 20.0})
    exports = size * (rows["year"] - 1999)
    return rows.assign(
        series=rows["partner"],
        share_pct=size,
        value_usd_m=exports,
        **{"export": exports, "import": exports + 10.0, "balance": -10.0},
    )


def missing() -> pd.DataFrame:
    """Return the table with a gap: China has nothing in 2001."""
    rows = table()
    gap = (rows["partner"] == "CHN") & (rows["year"] == 2001)
    rows.loc[gap, ["share_pct", "value_usd_m", "export", "balance"]] = float("nan")
    return rows


TABLES = {
    "normal": table(),
    "single": table()[:1],
    "missing": missing(),
    "long": table(),
}

CHARTS = {
    "destination_shares": lambda rows, names: trade.destination_shares(
        rows, names, window=(2000, 2001), break_at=2002
    ),
    "concentration": lambda rows, names: trade.buyer_concentration(
        rows.assign(squared_share=(rows["share_pct"] / 100) ** 2), names, break_at=2002
    ),
    "lines": lambda rows, names: trade.partner_lines(
        rows, names, value="value_usd_m", title="US$ m", break_at=2002
    ),
    "log_lines": lambda rows, names: trade.partner_lines(
        rows, names, value="value_usd_m", title="US$ m", log=True, floor=1
    ),
    "balances": trade.trade_balances,
    "reporters": lambda rows, names: lines.lines_by_year(
        rows, names, by="series", value="value_usd_m", title="US$ m", ends=False
    ),
}

# How many marks each input must show: bars, drawn lines (two points or more) and single dots.
MARKS = {
    ("destination_shares", "normal"): {"rect": 12},
    ("destination_shares", "single"): {"rect": 1},
    ("destination_shares", "missing"): {"rect": 11},
    ("lines", "normal"): {"line": 3},
    ("lines", "single"): {"symbol": 1},
    # China: a dot in 2000, a line from 2002 to 2003.
    ("lines", "missing"): {"line": 3, "symbol": 1},
    # Four years of bars up and down, and a line with four points, of one partner.
    ("balances", "normal"): {"rect": 8, "line": 1, "symbol": 4},
    ("balances", "single"): {"rect": 2, "symbol": 1},
    ("balances", "missing"): {"rect": 6, "line": 1, "symbol": 3},
}
for _input in ("normal", "single", "missing"):
    MARKS["log_lines", _input] = MARKS["reporters", _input] = MARKS["lines", _input]
    MARKS["concentration", _input] = MARKS["destination_shares", _input]
for _chart in CHARTS:
    MARKS[_chart, "long"] = MARKS[_chart, "normal"]

every_chart = pytest.mark.parametrize("chart", CHARTS)
every_input = pytest.mark.parametrize("given", TABLES)
every_width = pytest.mark.parametrize("width", WIDTHS)


@cache
def spec_of(chart: str, given: str) -> drawing.Spec:
    names = LONG if given == "long" else {"CHN": "China"} if given == "single" else NAMES
    return drawing.to_spec(CHARTS[chart](TABLES[given], names))


@cache
def picture(chart: str, given: str, width: int) -> etree._Element:
    return etree.fromstring(drawing.draw(spec_of(chart, given), width).encode())


def drawn(spec: drawing.Spec, width: int = theme.WIDE) -> etree._Element:
    return etree.fromstring(drawing.draw(spec, width).encode())


def marks(root: etree._Element) -> dict[str, int]:
    """Count the bars, lines and dots that can be seen."""
    count = {"rect": 0, "line": 0, "symbol": 0}
    for group in root.iter("{*}g"):
        kind = re.match(r"mark-(\w+) role-mark", group.get("class", ""))
        if kind and kind[1] in count:
            paths_ = [path for path in group if path.get("opacity") != "0"]
            if kind[1] == "line":  # "M1,2Z" is a line of one point, which shows nothing
                paths_ = [path for path in paths_ if "L" in path.get("d", "")]
            count[kind[1]] += len(paths_)
    return {kind: number for kind, number in count.items() if number}


def place(element: etree._Element | None) -> tuple[float, float]:
    """Return where an element stands in the picture: the sum of the moves around it."""
    x = y = 0.0
    while element is not None:
        moves = re.findall(r"translate\(([-\d.e]+),\s*([-\d.e]+)\)", element.get("transform", ""))
        x, y = x + sum(float(a) for a, _ in moves), y + sum(float(b) for _, b in moves)
        element = element.getparent()
    return x, y


@cache
def font(weight: str | None) -> ImageFont.FreeTypeFont:
    name = "Semibold" if weight == "600" else "Regular"
    return ImageFont.truetype(str(paths.FONTS / f"BookSans-{name}.ttf"), 100)


def texts(root: etree._Element) -> Iterator[tuple[str, float, float, float]]:
    """Yield each text with its left end, right end and height in the picture."""
    for text in root.iter("{*}text"):
        written = "".join(text.itertext())
        x, y = place(text)
        size = float(text.get("font-size").removesuffix("px"))
        length = font(text.get("font-weight")).getlength(written) * size / 100
        left = x - {"middle": length / 2, "end": length}.get(text.get("text-anchor"), 0)
        yield written, left, left + length, y


def axis(root: etree._Element) -> list[str]:
    """Return the labels of the axis that holds years, from left to right."""
    labels = [t for t in root.iter("{*}text") if "role-axis-label" in t.getparent().get("class")]
    years = [(place(t)[0], t.text) for t in labels if re.fullmatch(r"(19|20)\d\d", t.text or "")]
    return [text for _, text in sorted(years)]


def layers(spec: drawing.Spec) -> Iterator[drawing.Spec]:
    for layer in spec.get("layer", []):
        yield layer
        yield from layers(layer)


def layer_of(spec: drawing.Spec, mark: str) -> drawing.Spec:
    return next(la for la in layers(spec) if la.get("mark", {}).get("type") == mark)


@every_chart
@every_input
def test_a_chart_survives_the_way_to_the_page(chart: str, given: str) -> None:
    spec = spec_of(chart, given)
    # Browsers read strict JSON, which has no NaN.
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@every_chart
def test_a_chart_can_be_read_back(chart: str) -> None:
    spec = spec_of(chart, "normal")
    assert alt.Chart.from_dict(spec).to_dict()["layer"]


@every_chart
@every_input
def test_a_chart_carries_its_data_and_fits_the_column(chart: str, given: str) -> None:
    spec = spec_of(chart, given)
    assert drawing.fits_container(spec)
    text = json.dumps({key: value for key, value in spec.items() if key != "$schema"})
    assert "http" not in text
    assert '"url"' not in text


@every_chart
@every_input
@every_width
def test_a_chart_is_drawn_as_wide_as_asked_with_all_its_marks(
    chart: str, given: str, width: int
) -> None:
    root = picture(chart, given, width)
    assert float(root.get("width")) == width
    assert marks(root) == MARKS[chart, given]


@every_chart
@every_input
@every_width
def test_no_text_leaves_the_picture(chart: str, given: str, width: int) -> None:
    outside = [
        (text, round(left), round(right))
        for text, left, right, _ in texts(picture(chart, given, width))
        if left < -1 or right > width + 1
    ]
    assert outside == []


@every_chart
@every_width
def test_long_names_leave_room_for_the_plot(chart: str, width: int) -> None:
    frame = next(picture(chart, "long", width).iter("{*}path"))  # the plot's background
    plot = float(re.match(r"M0,0h([\d.]+)", frame.get("d"))[1])
    assert plot >= width / 2


@every_chart
def test_names_from_any_language_can_be_drawn(chart: str) -> None:
    names = {"CHN": "Côte d'Ivoire", "JPN": '"x" [y].z', "KOR": "a\\b & <c>"}
    root = drawn(drawing.to_spec(CHARTS[chart](table(), names)))
    if chart != "balances":  # where names stand in the control beside the picture
        assert set(names.values()) <= {text for text, *_ in texts(root)}


@every_chart
@pytest.mark.parametrize("count", [1, 2])
def test_each_year_stands_once_on_the_axis(chart: str, count: int) -> None:
    few = table()[lambda rows: rows["year"] < 2000 + count]
    shown = axis(drawn(drawing.to_spec(CHARTS[chart](few, NAMES))))
    assert shown == [str(year) for year in range(2000, 2000 + count)]


@every_chart
def test_a_chart_leaves_the_given_table_alone(chart: str) -> None:
    rows = table()
    CHARTS[chart](rows, NAMES)
    pd.testing.assert_frame_equal(rows, table())


@pytest.mark.parametrize("chart", ["destination_shares", "lines", "log_lines"])
def test_partners_have_their_own_colours_in_the_order_given(chart: str) -> None:
    names = {"KOR": "Korea", "CHN": "China"}
    rows = table()[lambda rows: rows["partner"] != "JPN"]
    spec = drawing.to_spec(CHARTS[chart](rows, names))
    scale = next(la["encoding"]["color"]["scale"] for la in layers(spec)
                 if "color" in la.get("encoding", {}))  # fmt: skip
    assert scale["domain"] == ["Korea", "China"]
    assert scale["range"] == [theme.PARTNERS["KOR"], theme.PARTNERS["CHN"]]


@pytest.mark.parametrize("chart", ["destination_shares", "lines"])
def test_partners_that_an_exercise_asks_for_can_be_drawn(chart: str) -> None:
    names = {"IND": "India", "TWN": "Taiwan", "THA": "Thailand"}
    rows = table().replace({"partner": {"CHN": "IND", "JPN": "TWN", "KOR": "THA"}})
    assert marks(drawn(drawing.to_spec(CHARTS[chart](rows, names))))


def test_shares_are_stacked_to_the_whole() -> None:
    bars = layer_of(spec_of("destination_shares", "normal"), "bar")["encoding"]
    assert bars["y"]["field"] == "share_pct"
    assert bars["y"]["stack"] == "zero"
    assert bars["y"]["scale"]["domain"] == [0, 100]
    assert bars["color"]["field"] == "name"
    assert bars["order"]["field"] == "_rank"


def test_destinations_without_a_name_are_drawn_as_others() -> None:
    spec = drawing.to_spec(trade.destination_shares(table(), {"CHN": "China"}))
    scale = layer_of(spec, "bar")["encoding"]["color"]["scale"]
    assert scale["domain"] == ["China", "Others"]
    assert scale["range"] == [theme.PARTNERS["CHN"], theme.PARTNERS["REST"]]
    rows = pd.DataFrame(drawing.plotted(spec)[0])
    # Japan 30 and Korea 20 together.
    assert rows.query("name == 'Others'")["share_pct"].tolist() == [50] * len(YEARS)
    assert rows.groupby("year")["share_pct"].sum().tolist() == [100] * len(YEARS)


def test_the_window_and_the_break_are_named_in_the_picture() -> None:
    shown = [text for text, *_ in texts(picture("destination_shares", "normal", theme.WIDE))]
    assert "2000–2001" in shown
    assert {"WITS ◂", "▸ SUNAT"} <= set(shown)


def test_lines_show_the_asked_column_on_the_asked_scale() -> None:
    for chart, scale in [("lines", None), ("log_lines", "log")]:
        line = layer_of(spec_of(chart, "normal"), "line")["encoding"]
        assert (line["x"]["field"], line["y"]["field"]) == ("year", "value_usd_m")
        assert line["y"]["scale"].get("type") == scale
        assert line["detail"]["field"] == "_segment"
        assert line["color"]["sort"] == list(NAMES.values())
    assert line["y"]["scale"]["domainMin"] == 1


def test_zeros_leave_a_gap_on_a_logarithmic_scale() -> None:
    rows = table()
    rows.loc[(rows["partner"] == "CHN") & (rows["year"] == 2001), "value_usd_m"] = 0
    chart = trade.partner_lines(rows, NAMES, value="value_usd_m", title="US$ m", log=True)
    assert marks(drawn(drawing.to_spec(chart))) == MARKS["lines", "missing"]


def test_dashes_show_where_the_data_leave_something_out() -> None:
    rows = table().assign(excludes_gold=lambda rows: rows["year"] < 2002)
    chart = trade.partner_lines(
        rows, NAMES, value="value_usd_m", title="US$ m", dashed="excludes_gold"
    )
    spec = drawing.to_spec(chart)
    assert layer_of(spec, "line")["encoding"]["strokeDash"]["field"] == "excludes_gold"
    root = drawn(spec)
    dashed = [p.get("stroke-dasharray") for p in root.iter("{*}path") if p.get("stroke-dasharray")]
    assert dashed.count("4,3") == len(NAMES)


@every_width
@pytest.mark.parametrize("log", [False, True])
def test_names_at_the_ends_of_lines_do_not_overlap(log: bool, width: int) -> None:
    # All three fall from a high peak to nearly the same value.
    ends = {"CHN": 10.0, "JPN": 10.1, "KOR": 10.2}
    rows = table()
    rows["value_usd_m"] = rows["partner"].map(ends).where(rows["year"] == 2003, 1000)
    chart = trade.partner_lines(rows, NAMES, value="value_usd_m", title="US$ m", log=log)
    root = drawn(drawing.to_spec(chart), width)
    at = sorted(
        place(text)[1]
        for text in root.iter("{*}text")
        if text.text in NAMES.values() and "role-mark" in text.getparent().get("class")
    )
    assert len(at) == 3
    assert min(below - above for above, below in pairwise(at)) >= 12


def test_a_line_that_ends_below_the_floor_has_no_name_outside_the_plot() -> None:
    rows = table().query("partner == 'CHN'").assign(value_usd_m=[1000.0, 100.0, 10.0, 0.01])
    chart = trade.partner_lines(
        rows, {"CHN": "China"}, value="value_usd_m", title="US$ m", log=True, floor=1
    )
    root = drawn(drawing.to_spec(chart))
    years = next(y for text, _, _, y in texts(root) if text == "2000")
    assert all(y <= years for text, _, _, y in texts(root) if text == "China")


def test_balances_offer_every_partner_and_start_with_the_first() -> None:
    spec = spec_of("balances", "normal")
    [control] = [p for p in spec["params"] if p["name"] == "picked_name"]
    assert control["value"] == "China"
    assert control["bind"]["options"] == ["China", "Japan", "Korea"]


def test_imports_hang_below_the_line() -> None:
    root = picture("balances", "normal", theme.WIDE)
    tops = {"up": [], "down": []}
    for path in root.iter("{*}path"):
        kind = {theme.POSITIVE: "up", theme.NEGATIVE: "down"}.get(path.get("fill"))
        if kind and "role-mark" in path.getparent().get("class"):
            tops[kind].append(float(re.match(r"M[-\d.]+,([-\d.]+)h", path.get("d"))[1]))
    assert len(tops["up"]) == len(tops["down"]) == len(YEARS)
    assert max(tops["up"]) < min(tops["down"])


def test_reporters_are_told_apart_by_colour_and_dash() -> None:
    line = layer_of(spec_of("reporters", "normal"), "line")["encoding"]
    assert line["y"]["field"] == "value_usd_m"
    for channel in ("color", "strokeDash"):
        scale = line[channel]["scale"]
        assert line[channel]["field"] == "name"
        assert scale["domain"] == list(NAMES.values())
        assert len({str(value) for value in scale["range"]}) == len(NAMES)


@pytest.mark.parametrize("chart", ["destination_shares", "lines", "log_lines", "reporters"])
def test_the_tooltip_names_every_series_and_says_where_data_are_missing(chart: str) -> None:
    spec = spec_of(chart, "missing")
    rule = next(
        layer
        for layer in layers(spec)
        if isinstance(layer.get("encoding", {}).get("tooltip"), list) and "transform" in layer
    )
    titles = [tip["title"] for tip in rule["encoding"]["tooltip"]]
    assert titles == ["Year", *NAMES.values()]
    tips = [step.get("calculate", "") for step in rule["transform"]]
    assert sum("no data" in tip for tip in tips) == len(NAMES)
