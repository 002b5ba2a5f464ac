"""Make text, legends and panels fit every column, from a phone to a wide screen.

The width of a figure is known only when it is drawn. What depends on it is therefore written as a
Vega expression of the signal ``width``, and drawn again when the column changes.
"""

import json
import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from peru_asia.charts.base import theme

# Width below which a figure is laid out for a phone. The signal "width" shrinks while Vega makes
# room for an axis; on a page the width of the column does not, so a layout chosen by it stays.
PHONE = 480
IS_PHONE = f"((containerSize()[0] || width) < {PHONE})"

NO_DATA = "no data"

_CHARACTER = 6.7  # mean width in pixels of a character of 13 px


def expr(text: str) -> alt.ExprRef:
    """Return a Vega expression, such as ``width / 2``, as Altair takes it anywhere."""
    return alt.ExprRef(expr=text)


def by_width(phone: float | str, desktop: float | str) -> alt.ExprRef:
    """Return one value for a phone and one for wider columns."""
    return expr(f"{IS_PHONE} ? {phone} : {desktop}")


def wrap(text: object, width: int = 24, lines: int = 3) -> list[str]:
    """Break a text into at most `lines` lines of `width` characters; what is left becomes "…"."""
    out = textwrap.wrap(str(text), width, max_lines=lines, placeholder=" …", break_on_hyphens=False)
    return out or [""]


def layer(*charts: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """Return charts drawn over each other; of `alt.layer` the type may also be a `FacetChart`."""
    return alt.LayerChart(layer=charts)


def fit(
    *layers: alt.Chart | alt.LayerChart,
    height: float = theme.HEIGHT,
    unit: str = "",
    params: Iterable[alt.Parameter] = (),
) -> alt.LayerChart:
    """Return layers, from the back to the front, as one chart as wide as its column.

    The `height` is in CSS pixels, the `unit` stands above the plot, `params` are what the reader
    sets.
    """
    lines = wrap(unit, 52, 4)
    titled = {"title": lines[0] if len(lines) == 1 else lines} if unit else {}
    chart = layer(*layers).add_params(*params)
    return chart.properties(width="container", height=height, **titled)


class Panel(NamedTuple):
    """One of several panels above each other, in Vega expressions of the figure's height."""

    foot: str
    top: str
    full: int  # height of all panels in pixels
    heading: alt.Chart


def stacked_panels(headings: Sequence[str], *, tall: int, head: int = 30) -> list[Panel]:
    """Return the places of panels above each other, `tall` pixels each below their heading.

    A chart has one y scale a layer: the range of each is set to its panel. Vega-Lite's own rows
    cannot follow the width of the column.
    """
    full = (tall + head) * len(headings)
    panels = []
    for index, heading in enumerate(headings):
        start = index * (tall + head) + head
        top, foot = (f"height * {at / full:.5f}" for at in (start, start + tall))
        words = alt.Chart(pd.DataFrame({"_heading": [heading]})).mark_text(
            align="left", baseline="bottom", color=theme.MUTED
        )
        over = alt.value(expr(f"{top} - 8"))
        words = words.encode(text="_heading:N", x=alt.value(0), y=over)
        panels.append(Panel(foot, top, full, words))
    return panels


def rows_height(names: Sequence[object], *, step: int = 26, room: int = 70) -> int:
    """Return the height of a chart with a row a name, high enough for wrapped names."""
    deepest = max((len(wrap(name)) for name in names), default=1)
    return room + max(len(names), 1) * max(step, 15 * deepest + 9)


def named_rows(
    item: str, names: Sequence[str], *, grid: bool = False, sort: Any = None, **scale: Any
) -> alt.Y:
    """Return the y encoding of a chart with one row a name, in the order given or by `sort`.

    Long names are broken into lines, and centred on their row.
    """
    broken = {str(name): wrap(name) for name in names}
    long = {name: lines for name, lines in broken.items() if lines != [name]}
    by_depth: dict[int, list[str]] = {}
    for name, lines in sorted(broken.items(), key=lambda pair: len(pair[1])):
        if len(lines) > 1:
            by_depth.setdefault(len(lines), []).append(name)
    raised = [
        {"test": f"indexof({_json(few)}, datum.value) >= 0", "value": -7.5 * (depth - 1)}
        for depth, few in by_depth.items()
    ]
    axis = alt.Axis(
        title=None,
        labelExpr=f"{_json(long)}[datum.value] || datum.label",
        labelOffset={"condition": raised, "value": 0},
        labelColor=theme.TEXT,
        labelLimit=190,
        labelOverlap=False,
        labelPadding=8,
        grid=grid,
        gridDash=[1, 3],
        gridColor=theme.DOMAIN,
    )
    band = alt.Scale(type="band", **scale)
    return alt.Y(f"{item}:N", sort=sort or list(names), scale=band, axis=axis)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def heads(item: str, names: Sequence[str], **more: Any) -> alt.X:
    """Return the x encoding of a matrix, whose names stand above their columns."""
    axis = alt.Axis(orient="top", title=None, domain=False, ticks=False, **more)
    scale = alt.Scale(domain=names, paddingInner=0.05, paddingOuter=0)
    return alt.X(f"{item}:O", sort=names, scale=scale, axis=axis)


def tiles(across: int, down: int, **more: Any) -> dict[str, Any]:
    """Return the encodings of tiles of one size by ``_column`` and ``_row``, counted from one."""
    columns = alt.Scale(type="band", domain=list(range(1, across + 1)), padding=0.05, **more)
    rows = alt.Scale(type="band", domain=list(range(1, down + 1)), padding=0.06)
    return {
        "x": alt.X("_column:O", axis=None, scale=columns),
        "y": alt.Y("_row:O", axis=None, scale=rows),
    }


def pixels(x: str = "_x", y: str = "_y") -> dict[str, Any]:
    """Return the encodings of places that a chart has worked out in pixels."""
    return {
        "x": alt.X(f"{x}:Q", scale=None, axis=None),
        "y": alt.Y(f"{y}:Q", scale=None, axis=None),
    }


def axis_room(names: Sequence[object]) -> int:
    """Return the width in pixels that the names of `named_rows` take."""
    longest = max((len(line) for name in names for line in wrap(name)), default=0)
    return round(longest * _CHARACTER) + 14


def legend(names: Sequence[object], *, beside: int = 40, **more: Any) -> alt.Legend:
    """Return a legend with as many columns as the names and the width allow.

    It starts at the edge of the plot, `beside` which an axis takes so many pixels; `more` are
    other properties of `alt.Legend`.
    """
    longest = max((len(str(name)) for name in names), default=1)
    entry = round(longest * _CHARACTER + 34)
    phone, desktop = (max(1, min(len(names), (column - beside) // entry)) for column in (348, 640))
    return alt.Legend(
        columns=by_width(phone, desktop), labelLimit=by_width(320 - beside, 560 - beside), **more
    )


def key_list(channel: type, keys: list[str]) -> Any:
    """Return the encoding of ``_key`` whose legend is a list below the plot, in print too.

    A legend takes as many columns as fit.
    """
    scale = alt.Scale(domain=keys, range=[theme.MUTED] * max(len(keys), 1))
    below = legend(keys, beside=0, orient="bottom", symbolSize=0, labelOffset=0, offset=14)
    return channel("_key:N", sort=keys, scale=scale, legend=below)


def value_axis(values: pd.Series | pd.DataFrame, *, log: bool = False, **more: Any) -> alt.Axis:
    """Return an axis of amounts with few round ticks; `more` are other properties of `alt.Axis`.

    On a logarithmic scale there are ticks at 1, 2 and 5, or at 1 alone where the range is wide; on
    a phone only powers of ten are written.
    """
    settings: dict[str, Any] = {"title": None, "grid": True, "format": ",~r", "labelFlush": False}
    if not log:
        settings["tickCount"] = by_width(4, 6)
        return alt.Axis(**settings | more)
    drawn = pd.Series(values.to_numpy().ravel(), dtype=float)
    drawn = drawn[drawn > 0]
    low, high = (drawn.min(), drawn.max()) if len(drawn) else (1.0, 10.0)
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    steps = (1, 2, 5) if last - first <= 3 else (1,)
    settings["values"] = [s * 10.0**power for power in range(first, last + 1) for s in steps]
    part = "abs(log(datum.value) / LN10 % 1)"
    between = f"{part} > 1e-9 && {part} < 1 - 1e-9"
    settings["labelExpr"] = f"{IS_PHONE} && {between} ? '' : format(datum.value, ',~r')"
    return alt.Axis(**settings | more)


def amounts(values: pd.DataFrame, *, log: bool) -> dict[str, Any]:
    """Return scale and axis of amounts: from zero, or logarithmic between round ones."""
    scale = alt.Scale(type="log", nice=True) if log else alt.Scale(zero=True)
    return {"scale": scale, "axis": value_axis(values, log=log)}


def told(
    chart: alt.Chart, columns: Mapping[str, str], details: Mapping[str, str] | None = None
) -> tuple[alt.Chart, list[alt.Tooltip]]:
    """Give a chart the text of its tooltip, in which a missing value is "no data".

    It has a title by column, first those of `columns`, then those of `details`. A title may end
    in the d3 format of a number after a bar: ``"Price, US$|,.0f"``.
    """
    tips = []
    for index, (column, heading) in enumerate({**columns, **(details or {})}.items()):
        name, _, form = heading.partition("|")
        value = f"datum['{column}']"
        shown = f"format({value}, '{form}')" if form else value
        text = f"isValid({value}) ? {shown} : '{NO_DATA}'"
        chart = chart.transform_calculate(**{f"_tip{index}": text})
        tips.append(alt.Tooltip(f"_tip{index}:N", title=name))
    return chart, tips


def tips(columns: Mapping[str, str]) -> list[alt.Tooltip]:
    """Return a tooltip of columns that the chart itself works out, written as for `told`."""
    told_of = [(column, *heading.partition("|")) for column, heading in columns.items()]
    return [
        alt.Tooltip(f"{column}:Q", title=name, format=form)
        if form
        else alt.Tooltip(f"{column}:N", title=name)
        for column, name, _, form in told_of
    ]


def spoken(column: str) -> str:
    """Return the name of a column as a reader would write it: "Export group"."""
    return column.replace("_", " ").capitalize()


def stack(places: Sequence[float], gap: float) -> list[int]:
    """Give each place the first row in which nothing stands nearer than `gap`."""
    order = sorted(range(len(places)), key=places.__getitem__)
    rows, last = [0] * len(places), []
    for index in order:
        place = places[index]
        row = next((r for r, end in enumerate(last) if place - end >= gap), len(last))
        if row == len(last):
            last.append(place)
        last[row] = place
        rows[index] = row
    return rows
