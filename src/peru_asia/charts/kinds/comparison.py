"""Charts that set values side by side: two of a kind, two dates, several sources, a matrix."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
from pandas.api import types

from peru_asia.charts.base import inputs, layout, palette, parts, theme
from peru_asia.errors import BookError


def dumbbell(
    table: pd.DataFrame,
    values: Mapping[str, str],
    *,
    item: str,
    title: str,
    format: str = ",.0f",
    log: bool = False,
    details: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw two values of each item as two dots on a line: announced and invested.

    Parameters
    ----------
    table : one row an item, in the order to be drawn; columns `item` (names, each once) and two of
        values. An item without a value keeps its row.
    values : names by column: the value drawn hollow, then the one drawn filled
    """
    (first, second), names = values, list(values.values())
    rows = inputs.need(table, item, first, second, *(details or {}))
    order = rows[item].tolist()
    drawn = "isValid(datum.{0}) && datum.{0} > 0" if log else "isValid(datum.{0})"
    has = [f"({drawn.format(column)})" for column in (first, second)]

    base = alt.Chart(rows).encode(y=layout.named_rows(item, order, grid=True))
    along = layout.amounts(rows[[first, second]], log=log)
    line = base.transform_filter(" && ".join(has)).mark_rule(
        strokeWidth=3, color=theme.DOMAIN, opacity=0.55
    )
    legend = layout.legend(names, beside=layout.axis_room(order))
    looks = {alt.Fill: [theme.PAPER, theme.POSITIVE], alt.Stroke: [theme.MUTED, theme.POSITIVE]}
    kinds = [
        channel("_kind:N", scale=alt.Scale(domain=names, range=tones), legend=legend)
        for channel, tones in looks.items()
    ]
    dots = [
        base.transform_filter(shown)
        .transform_calculate(_kind=f"'{name}'")
        .mark_point(size=95, opacity=1, filled=True, strokeWidth=2)
        .encode(alt.X(f"{column}:Q", **along), *kinds)
        for (column, name), shown in zip(values.items(), has, strict=True)
    ]
    nothing = base.transform_filter(f"!{has[0]} && !{has[1]}").mark_text(
        align="left", color=theme.MUTED, fontStyle="italic", text=layout.NO_DATA
    )
    named = {column: f"{name}|{format}" for column, name in values.items()}
    over = parts.row_tooltip(*layout.told(base, {item: layout.spoken(item), **named}, details))
    return layout.fit(
        line.encode(x=alt.X(f"{first}:Q", **along), x2=f"{second}:Q"),
        *dots,
        nothing.encode(x=alt.value(4)),
        over,
        height=layout.rows_height(order, room=90),
        unit=title,
    )


def slope(
    table: pd.DataFrame,
    *,
    item: str,
    at: str,
    value: str,
    title: str,
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
    log: bool = False,
) -> alt.LayerChart:
    """Draw how items moved between two dates: one straight line an item.

    Parameters
    ----------
    table : one row an item (at most about twelve) and date (two); columns `item`, `at` and `value`
    colours : colours by name of the items to stand out; the others are grey

    Raises
    ------
    BookError : if there are more than two dates
    """
    rows = inputs.need(table, item, at, value)
    dates = sorted(rows[at].dropna().unique().tolist())
    if len(dates) > 2:
        raise BookError(f"a slope has two dates, not {len(dates)}; choose the first and the last")
    rows[value] = rows[value].where(rows[value] > (0 if log else float("-inf")))
    shown = inputs.filled(rows, at, value)
    places = [parts.spread(shown[shown[at] == date][value], gap=0.06, log=log) for date in dates]
    rows["_label_at"] = pd.concat(places)
    rows["_end"] = rows[at] == dates[-1]
    # An item that is gone at the last date is named at the first.
    rows["_gone"] = ~rows["_end"] & ~rows[item].isin(shown[shown[at] == dates[-1]][item])
    names = list(dict.fromkeys(rows[item]))

    # Room for the labels: figures at the left, figures and names at the right.
    written = shown[item].astype(str) + shown[value].map(" {:,.0f}".format)
    right = f"min({written.str.len().max() * 7.3 + 24:.0f}, width * 0.5)"
    look: dict[str, Any] = {"labelColor": theme.TEXT, "labelFontWeight": 600, "labelAngle": 0}
    x = alt.X(
        f"{at}:O",
        scale=alt.Scale(type="point", padding=0, range=[64, layout.expr(f"width - {right}")]),
        axis=alt.Axis(orient="top", offset=16, title=None, domain=False, ticks=False, **look),
    )
    scale = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=False, nice=False)
    y = alt.Y(f"{value}:Q", scale=scale, axis=None)
    told = {item: "Name", at: "At", value: f"{title.split(',')[0][:30]}|{format}"}
    colour = palette.category(item, names, colours, others=theme.MUTED)
    base = alt.Chart(rows).encode(x=x, y=y, color=colour)
    base, tips = layout.told(base, told)
    marks = parts.having(base, value)
    labels = parts.having(base, "_label_at").encode(y=alt.Y("_label_at:Q", scale=scale, axis=None))
    figures = labels.transform_calculate(_text=f"format(datum.{value}, '{format}')")
    last = figures.transform_filter("datum._end")
    name = {"align": "left", "dx": 9, "fontWeight": 600}
    layers = [
        marks.mark_line(strokeWidth=2).encode(detail=f"{item}:N"),
        marks.mark_point(size=55, filled=True, opacity=1).encode(tooltip=tips),
        figures.transform_filter("!datum._end")
        .mark_text(align="right", dx=-9)
        .encode(text="_text:N"),
        last.transform_calculate(_text=f"datum._text + '  ' + datum.{item}")
        .mark_text(limit=layout.expr(f"{right} - 12"), **name)
        .encode(text="_text:N"),
    ]
    if rows["_gone"].any():
        gone = labels.transform_filter("datum._gone")
        gone = gone.mark_text(limit=layout.expr("width / 3"), **name)
        layers.append(gone.encode(text=f"{item}:N"))
    return layout.fit(*layers, height=max(theme.HEIGHT, 26 * len(names) + 60), unit=title)


def dot_ranges(
    table: pd.DataFrame,
    *,
    over: str,
    value: str,
    source: str,
    title: str,
    low: str | None = None,
    high: str | None = None,
    format: str = ",.0f",
    log: bool = False,
    colours: Mapping[str, str] | None = None,
    details: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw what several sources say of the same thing: dots, with ranges where a source has one.

    Parameters
    ----------
    table : one row a statement; columns `over`, `source` and `value`, and where a source gives a
        range, its ends `low` and `high`. A row may have a range alone.
    over : what the statements are about. Whole numbers (years) run from left to right; names stand
        below each other, in the order of the table.
    source : the sources' names: at most seven have a colour and symbol of their own
    """
    rows = inputs.need(table, over, value, low, high, source, *(details or {}))
    rows = inputs.filled(rows, over)
    years = bool(types.is_numeric_dtype(rows[over]))
    names = list(dict.fromkeys(rows[source].dropna()))
    items = sorted(set(rows[over])) if years else list(dict.fromkeys(rows[over]))
    # Statements on the same thing stand side by side, not on top of each other.
    turn, of = rows.groupby(over).cumcount(), rows.groupby(over)[source].transform("size")
    rows["_aside"] = (turn - (of - 1) / 2).astype(float)
    rows["_at"] = rows[over].astype(float) + 0.14 * rows["_aside"] if years else None
    deepest = int(of.max())

    told = {over: layout.spoken(over), source: "Source", value: f"Value|{format}"}
    ends = {low: f"From|{format}", high: f"To|{format}"} if low and high else {}
    base, tips = layout.told(alt.Chart(rows), {**told, **ends}, details)
    if years:
        # Years that touch read as one number on a phone.
        axis = alt.Axis(format="d", tickMinStep=1, labelSeparation=6)
        scale = parts.year_scale(int(items[0]), int(items[-1]))
        base = base.encode(x=alt.X("_at:Q", title=None, scale=scale, axis=axis))
        height, beside = theme.HEIGHT + 12 * len(names), 50
    else:
        aside = alt.Scale(domain=[-deepest / 2, deepest / 2])
        y = layout.named_rows(over, items)
        base = base.encode(y=y, yOffset=alt.YOffset("_aside:Q", scale=aside))
        height = layout.rows_height(items, step=13 * deepest + 14, room=60 + 18 * len(names))
        beside = layout.axis_room(items)
    look, shown = parts.by_legend(source, names, colours, beside=beside)
    base = base.encode(tooltip=tips, **look)
    channel, axis_class = ("y", alt.Y) if years else ("x", alt.X)
    along = layout.amounts(rows[[name for name in (value, low, high) if name]], log=log)
    layers = []
    if low and high:
        ranges = parts.having(base, low, high).mark_rule(strokeWidth=4, strokeCap="round")
        reach = {channel: axis_class(f"{low}:Q", **along), f"{channel}2": f"{high}:Q"}
        layers.append(ranges.encode(opacity=parts.emphasis(shown, 0.08), **reach))
    drawn = base.transform_filter(f"datum['{value}'] > 0") if log else base
    dots = parts.having(drawn, value).mark_point(
        filled=True, size=80, stroke=theme.PAPER, strokeWidth=1
    )
    place = {channel: axis_class(f"{value}:Q", **along), "shape": palette.shape(source, names)}
    return layout.fit(*layers, dots.encode(**place).add_params(shown), height=height, unit=title)


def heatmap(
    table: pd.DataFrame,
    *,
    row: str,
    column: str,
    value: str,
    title: str,
    format: str = ",.0f",
    rows: Sequence[str] | None = None,
    columns: Sequence[Any] | None = None,
    details: Mapping[str, str] | None = None,
    choice: str | None = None,
    options: Sequence[str] = (),
    label: str = "",
) -> alt.LayerChart:
    """Draw a table as a matrix of shaded cells with the numbers in them.

    Parameters
    ----------
    table : one row a cell; columns `row`, `column` and `value`. Cells without a row are empty.
    rows, columns : order of rows and columns, of which others are left out; otherwise as they come
        in the table
    """
    cells = inputs.need(table, row, column, value, choice, *(details or {}))
    across = list(dict.fromkeys(cells[column]) if columns is None else columns)
    down = list(dict.fromkeys(cells[row]) if rows is None else rows)
    inputs.only(inputs.only(cells, row, down), column, across)
    grid = pd.MultiIndex.from_product([down, across], names=[row, column]).to_frame(index=False)
    cells = grid.merge(cells, how="left")
    longest = max(len(str(name)) for name in across)

    # Names wider than their column stand upright.
    cell = [(width - layout.axis_room(down)) / len(across) for width in (340, 700)]
    turned = [0 if longest * 6.6 < width else -90 for width in cell]
    align, baseline = (
        layout.by_width(*(f"'{turn if angle else level}'" for angle in turned))
        for turn, level in (("left", "center"), ("middle", "bottom"))
    )
    angle = {"labelAngle": layout.by_width(*turned), "labelAlign": align, "labelBaseline": baseline}
    base, params = parts.picked(alt.Chart(cells), choice, options, label)
    base = base.encode(
        x=layout.heads(column, across, labelOverlap=False, labelLimit=130, **angle),
        y=layout.named_rows(row, down, domain=down, paddingInner=0.05, paddingOuter=0),
    )
    told = {row: layout.spoken(row), column: layout.spoken(column), value: f"Value|{format}"}
    base, tips = layout.told(base, told, details)
    base = base.encode(tooltip=tips)
    fill, ink = palette.shades(value, cells[value])
    full = parts.having(base, value)
    blank = {"fillOpacity": 0, "stroke": theme.GRID, "strokeDash": [3, 3], "fill": theme.PAPER}
    # A number that does not fit its cell is left to the tooltip.
    ends = cells[value].agg(["min", "max"]).dropna()
    digits = max((len(f"{number:,.0f}") for number in ends), default=1)
    digits += 2 if "." in format and ".0" not in format else 0
    fits = layout.expr(f"bandwidth('x') < {digits} * 6 + 2 ? 0 : 1")
    figure = full.mark_text(fontSize=layout.by_width(11, 13), opacity=fits)
    upright = 5 * min(longest, 20) if turned[0] else 0
    return layout.fit(
        full.mark_rect(cornerRadius=2).encode(fill=fill),
        parts.lacking(base, value).mark_rect(**blank),
        figure.encode(text=alt.Text(f"{value}:Q", format=format), color=ink),
        height=layout.rows_height(down, step=34, room=60 + upright),
        unit=title,
        params=params,
    )
