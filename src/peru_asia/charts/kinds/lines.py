"""Lines over the years: named lines with all that may go with them, and price indices."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
from pandas.api import types

from peru_asia.charts.base import inputs, layout, palette, parts, theme

_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
_SOLID, _DASHED = [1, 0], [4, 3]


def lines_by_year(
    table: pd.DataFrame,
    names: inputs.Names,
    *,
    by: str,
    value: str,
    title: str,
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
    log: bool = False,
    zero: bool = True,
    floor: float | None = None,
    steps: bool = False,
    low: str | None = None,
    high: str | None = None,
    dashed: str | None = None,
    ends: bool | str = True,
    break_at: int | None = None,
    sources: tuple[str, str] = ("", ""),
    mark: tuple[int, str] | None = None,
    level: float | None = None,
    choice: str | None = None,
    options: Sequence[str] = (),
    label: str = "",
) -> alt.LayerChart:
    """Draw one line a name over the years; no line crosses a gap.

    Pointing at a year shows the values of all lines, clicking the legend shows one line alone.

    Parameters
    ----------
    table : one row a line and year; columns ``year``, `by` (what tells the lines apart), `value`
        and those named below. Years without a value are gaps.
    format : d3 number format of the tooltip; with a sign (``+``) the axis has signs too
    zero : the value axis holds zero
    floor : where a logarithmic axis starts; what lies below is cut off
    steps : a value holds until the next one: draw steps
    low, high : columns of the ends of a band around each line. Where two bands lie over each other,
        the order of the two lines is not known.
    dashed : a column: true or false, and the line is dashed where it is true; or two names, and
        each line is drawn for both, dashed for the second
    ends : names stand at the ends of the lines; a number format adds the last value. Without them
        each line also has a dash of its own.
    mark : a year to be marked by an upright line, and what it is called. Lines that end there have
        no name at their end.
    level : a value to be marked by a level line
    """
    names = inputs.by_code(names)
    rows = inputs.need(table, "year", by, value, low, high, dashed, choice)
    rows = inputs.filled(inputs.named(rows, by, names), value, low, high)
    if log:
        rows = inputs.filled(rows.assign(**{value: rows[value].where(rows[value] > 0)}), value)
    order = list(names.values())
    twice = dashed if dashed and not types.is_bool_dtype(rows[dashed]) else None
    styles = _styles(order, rows[twice].unique() if twice else None, colours)
    key = "_line" if twice else "name"
    if twice:
        rows["_line"] = rows["name"] + ", " + rows[twice]
    rows = parts.segments(rows, by=[name for name in (choice, "name", dashed) if name])
    drawn = rows[rows[value] >= floor] if floor else rows
    if ends:
        rows["_label_at"] = _label_places(drawn, value, choice, mark, log)

    span = parts.year_span(rows)
    base, params = parts.picked(alt.Chart(rows), choice, options, label)
    base = base.encode(x=parts.year_axis(*span))
    start: dict[str, Any] = {"domainMin": floor} if floor else {"padding": 20}
    scale = alt.Scale(type="log", nice=False, **start) if log else alt.Scale(zero=zero)
    seen = drawn[[name for name in (value, low, high) if name]]
    y: dict[str, Any] = {"scale": scale, "axis": _value_axis(seen, log, format)}
    strokes: dict[str, Any] = {} if ends else {"symbolType": "stroke", "symbolSize": 200}
    strokes |= {"symbolOpacity": 1, "offset": parts.MARK_ROOM if break_at else 8}
    tones = {name: tone for name, (tone, _) in styles.items()}
    look, shown = parts.by_legend(key, list(styles), tones, **strokes)
    base_line = base.encode(y=alt.Y(f"{value}:Q", **y), detail="_segment:N", **look)
    bend = {"interpolate": "step-after"} if steps else {}
    line = base_line.mark_line(clip=True, **bend).add_params(shown)
    if not ends:
        dashes = alt.Scale(domain=list(styles), range=[dash for _, dash in styles.values()])
        own: dict[str, Any] = {
            "sort": list(styles),
            "scale": dashes,
            "legend": look["color"]["legend"],
        }
        line = line.encode(strokeDash=alt.StrokeDash(f"{key}:N", **own))
    elif dashed:
        dashes = alt.Scale(domain=[False, True], range=[_SOLID, _DASHED])
        line = line.encode(strokeDash=alt.StrokeDash(f"{dashed}:N", legend=None, scale=dashes))
    layers = [line, *parts.dots(base_line, rows)]
    if low and high:
        faint = alt.when(shown).then(alt.value(0.22)).otherwise(alt.value(0.03))
        band = base_line.mark_area(strokeWidth=0, **bend)
        layers.insert(0, band.encode(y=alt.Y(f"{low}:Q", **y), y2=f"{high}:Q", opacity=faint))
    if ends:
        last, text = parts.having(base_line, "_label_at"), "name:N"
        if isinstance(ends, str):
            figure = f"format(datum['{value}'], '{ends}')"
            last, text = last.transform_calculate(_text=f"datum.name + ' ' + {figure}"), "_text:N"
        last = last.mark_text(align="left", dx=6, fontWeight=600, limit=84)
        layers.append(last.encode(text=text, y=alt.Y("_label_at:Q", **y)))
    # Drawn from the same table, or the page would have to carry a second one.
    once = base.transform_aggregate(_n="count()")
    if mark:
        at = once.transform_calculate(year=f"{mark[0]}").encode(x=parts.year_axis(*span))
        told = at.mark_text(align="right", baseline="top", dx=-5, color=theme.MUTED, text=mark[1])
        layers += [at.mark_rule(strokeDash=[3, 3], color=theme.MUTED), told.encode(y=alt.value(2))]
    if level is not None:
        at = once.transform_calculate(_level=f"{level}").mark_rule(color=theme.MUTED)
        across = {"x": alt.value(0), "x2": alt.value("width")}
        layers.insert(0, at.encode(y=alt.Y("_level:Q", **y), **across))
    layers += parts.break_mark(rows, break_at, sources)
    layers.append(parts.hover_rule(base, key=key, value=value, names=list(styles), format=format))
    height = theme.HEIGHT + (60 if low else 0)
    return layout.fit(*layers, height=height, unit=title, params=params)


def price_index(
    table: pd.DataFrame,
    names: Mapping[str, str],
    *,
    base: int | None = None,
    item: str = "commodity",
    price: str = "price",
    basis: str | None = None,
    bases: Mapping[str, str] | None = None,
    switch_name: str = "Prices",
    colours: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw prices as indices on a logarithmic scale; the reader picks the base year.

    Parameters
    ----------
    table : one row an item (at most seven), year and, if given, price basis; columns ``year``,
        `item`, `price` and `basis`
    base : base year of the first view; otherwise the first in which every item has a price
    basis : column between whose values the reader switches
    bases : their names by code; the first is shown first
    switch_name : what the switch is called
    """
    rows = inputs.need(table, "year", item, basis, price)
    rows = inputs.named(rows, item, names, into="_name")
    rows = inputs.filled(rows.assign(**{price: rows[price].where(rows[price] > 0)}), price)
    rows = parts.segments(rows, by=[item, *([basis] if basis else [])])
    counts = rows.groupby("year")[item].nunique()
    years = [int(year) for year in counts[counts == counts.max()].index]
    first = base if base in years else years[0]
    params = [parts.slider("base", first, "Base year", low=years[0], high=years[-1])]
    chart = alt.Chart(rows)
    if basis:
        labels = inputs.by_code(bases or rows[basis].unique())
        inputs.only(rows, basis, labels)
        options = {"options": list(labels), "labels": list(labels.values())}
        bind = alt.binding_radio(name=f"{switch_name} ", **options)
        params.append(alt.param("basis", value=next(iter(labels)), bind=bind))
        chart = chart.transform_filter(f"datum['{basis}'] == basis")
    chart = (
        chart.transform_calculate(_at_base=f"datum.year == base ? datum['{price}'] : null")
        .transform_joinaggregate(_base="max(_at_base)", groupby=[item])
        .transform_calculate(_index=f"100 * datum['{price}'] / datum._base")
        .transform_filter("datum._base > 0")
    )
    chart = chart.encode(x=parts.year_axis(*parts.year_span(rows)))
    order = list(names.values())
    ticks = [step * 10.0**power for power in range(-2, 6) for step in (1, 2, 5)]
    marks, lines, shown = index_lines(
        chart, "_name", order, palette.category_scale(order, colours), ticks
    )
    return layout.fit(
        *marks,
        lines.mark_line(strokeWidth=2).encode(detail="_segment:N").add_params(shown),
        *parts.dots(lines, rows),
        parts.hover_rule(chart, key="_name", value="_index", names=order, format=",.0f"),
        height=theme.HEIGHT + 40,
        unit="Index, base year = 100, logarithmic scale",
        params=params,
    )


def index_lines(
    chart: alt.Chart, key: str, order: Sequence[str], tones: alt.Scale, ticks: Sequence[float]
) -> tuple[list[alt.Chart], alt.Chart, alt.Parameter]:
    """Return marks of the base year, the encoding of indices, and the selection of its legend.

    Parameters
    ----------
    chart : chart with ``year``, `key` and ``_index``, which is 100 in the year that the parameter
        ``base`` holds
    order, tones : values of `key` in the order of the legend, and the scale of their colours
    ticks : of the logarithmic axis
    """
    year = (
        chart.transform_filter("datum.year == base")
        .transform_aggregate(groupby=["year"])
        .transform_calculate(_text="datum.year + ' = 100'", _index="100")
    )
    level = year.encode(y="_index:Q", x=alt.value(0), x2=alt.value("width"))
    name = year.mark_text(baseline="bottom", color=theme.MUTED, fontWeight=600, dy=-4)
    marks = [
        year.mark_rule(strokeDash=[3, 3], color=theme.MUTED),
        level.mark_rule(color=theme.MUTED, strokeWidth=1),
        name.encode(y=alt.value(0), text="_text:N"),
    ]
    shown = parts.legend_selection(key)
    scale = alt.Scale(type="log", nice=False, padding=8)
    legend = layout.legend(order, offset=26)  # the base year stands between it and the plot
    lines = chart.encode(
        y=alt.Y("_index:Q", scale=scale, axis=alt.Axis(format=",~r", values=list(ticks))),
        color=alt.Color(f"{key}:N", sort=list(order), scale=tones, legend=legend),
        opacity=parts.emphasis(shown),
    )
    return marks, lines, shown


def _styles(
    order: list[str], twice: Sequence[str] | None, colours: Mapping[str, str] | None
) -> dict[str, tuple[str, list[int]]]:
    """Return colour and dash by line, which is a name or, drawn twice, a name and which."""
    tones = palette.category_scale(order, colours).range
    if twice is None:
        dashes = [_DASHES[place % len(_DASHES)] for place, _ in enumerate(order)]
        return dict(zip(order, zip(tones, dashes, strict=True), strict=True))
    return {
        f"{name}, {which}": (tone, dash)
        for name, tone in zip(order, tones, strict=True)
        for which, dash in zip(twice, (_SOLID, _DASHED), strict=False)
    }


def _label_places(
    drawn: pd.DataFrame, value: str, choice: str | None, mark: tuple[int, str] | None, log: bool
) -> pd.Series:
    """Return where the names stand: at the last year of each line, none upon another."""
    places = []
    for _, shown in drawn.groupby(choice) if choice else [("", drawn)]:
        last = shown["year"] == shown.groupby("name")["year"].transform("max")
        if mark:
            last &= shown["year"] > mark[0]
        ends = shown[last][value]
        places.append(parts.spread(ends, gap=0.075, within=shown[value], log=log))
    return pd.concat(places)


def _value_axis(values: pd.DataFrame, log: bool, format: str) -> alt.Axis:
    if log:
        # A narrow range has no two powers of ten to be read between.
        narrow = values.max(axis=None) < 30 * values.min(axis=None)
        return layout.value_axis(values, log=True, **{"labelExpr": "datum.label"} if narrow else {})
    signs = "datum.value == 0 ? '0' : format(datum.value, '+~r')"
    return alt.Axis(labelExpr=signs) if format.startswith("+") else alt.Axis()
