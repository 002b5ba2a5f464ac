"""Charts that set values side by side: two of a kind, two dates, several sources, a matrix."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
from pandas.api import types

from peru_asia.charts.base import inputs, layout, palette, parts, theme
from peru_asia.errors import BookError

Details = Mapping[str, str]


def dumbbell(
    table: pd.DataFrame,
    values: Mapping[str, str],
    *,
    item: str,
    title: str,
    format: str = ",.0f",
    log: bool = False,
    details: Details | None = None,
) -> alt.LayerChart:
    """Draw two values of each item as two dots on a line: announced and invested.

    Parameters
    ----------
    table
        One row an item, in the order to be drawn; columns `item` (names, each once) and two of
        values. An item without a value keeps its row.
    values
        Names by column: the value drawn hollow, then the one drawn filled.
    item
        Column of the names.
    title
        Unit of the values.
    format
        d3 number format of the tooltip.
    log
        Draw on a logarithmic scale: equal distances are equal ratios. Zeros cannot be drawn
        there; the tooltip has them.
    details
        More columns for the tooltip: title by column.
    """
    (first, second), names = values, list(values.values())
    rows = inputs.need(table, item, first, second, *(details or {}))
    order = rows[item].tolist()
    drawn = "isValid(datum.{0}) && datum.{0} > 0" if log else "isValid(datum.{0})"
    has = [f"({drawn.format(column)})" for column in (first, second)]

    base = alt.Chart(rows).encode(y=layout.named_rows(item, order, grid=True))
    scale = alt.Scale(type="log", nice=True) if log else alt.Scale(zero=True)
    axis = layout.value_axis(rows[[first, second]], log=log)
    line = (
        base.transform_filter(f"{has[0]} && {has[1]}")
        .mark_rule(strokeWidth=3, color=theme.DOMAIN, opacity=0.55)
        .encode(x=alt.X(f"{first}:Q", scale=scale, axis=axis), x2=f"{second}:Q")
    )
    legend = layout.legend(names, beside=layout.axis_room(order))
    looks = {alt.Fill: [theme.PAPER, theme.POSITIVE], alt.Stroke: [theme.MUTED, theme.POSITIVE]}
    dots = [
        base.transform_filter(shown)
        .transform_calculate(_kind=f"'{name}'")
        .mark_point(size=95, opacity=1, filled=True, strokeWidth=2)
        .encode(
            alt.X(f"{column}:Q", scale=scale, axis=axis),
            *(
                channel("_kind:N", scale=alt.Scale(domain=names, range=tones), legend=legend)
                for channel, tones in looks.items()
            ),
        )
        for column, name, shown in zip((first, second), names, has, strict=True)
    ]
    nothing = (
        base.transform_filter(f"!{has[0]} && !{has[1]}")
        .mark_text(align="left", color=theme.MUTED, fontStyle="italic", text=layout.NO_DATA)
        .encode(x=alt.value(4))
    )
    named = {item: layout.spoken(item)} | {
        column: f"{name}|{format}" for column, name in values.items()
    }
    over = parts.row_tooltip(*layout.told(base, named, details))
    height = layout.rows_height(order, room=90)
    return layout.fit(line, *dots, nothing, over, height=height, unit=title)


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
    table
        One row an item and date; columns `item`, `at` and `value`.
    item
        Column of the names, at most about twelve.
    at
        Column of the dates; it holds two.
    value
        Column to draw.
    title
        Unit of the values.
    format
        d3 number format of the labels.
    colours
        Colours by name of the items to stand out; the others are grey.
    log
        Draw on a logarithmic scale: equal slopes are equal growth.

    Raises
    ------
    BookError
        If there are more than two dates.
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
    gone = ~rows["_end"] & ~rows[item].isin(shown[shown[at] == dates[-1]][item])
    rows["_named"] = rows["_end"] | gone
    names = list(dict.fromkeys(rows[item]))
    tone = dict.fromkeys(names, theme.MUTED) | dict(colours or {})

    # Room for the labels: figures at the left, figures and names at the right.
    longest = max(
        len(f"{name} {number:,.0f}") for name, number in zip(shown[item], shown[value], strict=True)
    )
    right = f"min({longest * 7.3 + 24:.0f}, width * 0.5)"
    x = alt.X(
        f"{at}:O",
        scale=alt.Scale(type="point", padding=0, range=[64, layout.expr(f"width - {right}")]),
        axis=alt.Axis(
            orient="top",
            offset=16,
            title=None,
            labelColor=theme.TEXT,
            labelFontWeight=600,
            domain=False,
            ticks=False,
            labelAngle=0,
        ),
    )
    scale = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=False, nice=False)
    base = alt.Chart(rows).encode(
        x=x,
        y=alt.Y(f"{value}:Q", scale=scale, axis=None),
        color=palette.category(item, names, tone),
    )
    base, tips = layout.told(
        base, {item: "Name", at: "At", value: f"{title.split(',')[0][:30]}|{format}"}
    )
    marks = base.transform_filter(f"isValid(datum.{value})")
    line = marks.mark_line(strokeWidth=2).encode(detail=f"{item}:N")
    dot = marks.mark_point(size=55, filled=True, opacity=1).encode(tooltip=tips)
    written = base.transform_filter("isValid(datum._label_at)").transform_calculate(
        _text=f"format(datum.{value}, '{format}')"
    )
    place = alt.Y("_label_at:Q", scale=scale, axis=None)
    left = (
        written.transform_filter("!datum._end")
        .mark_text(align="right", dx=-9)
        .encode(y=place, text="_text:N")
    )
    figures = (
        written.transform_filter("datum._end")
        .transform_calculate(_text=f"datum._text + '  ' + datum.{item}")
        .mark_text(align="left", dx=9, limit=layout.expr(f"{right} - 12"), fontWeight=600)
        .encode(y=place, text="_text:N")
    )
    layers = [line, dot, left, figures]
    if gone.any():
        layers.append(
            written.transform_filter("datum._named && !datum._end")
            .mark_text(align="left", dx=9, limit=layout.expr("width / 3"), fontWeight=600)
            .encode(y=place, text=f"{item}:N")
        )
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
    details: Details | None = None,
) -> alt.LayerChart:
    """Draw what several sources say of the same thing: dots, with ranges where a source has one.

    Parameters
    ----------
    table
        One row a statement; columns `over`, `value`, `source` and, where a source gives a
        range, `low` and `high`.
    over
        What the statements are about. Whole numbers (years) run from left to right; names
        stand below each other, in the order of the table.
    value, low, high
        Columns of the value and of the ends of its range. A row may have a range alone.
    source
        Column of the sources' names: at most seven have a colour and symbol of their own.
    title
        Unit of the values.
    format
        d3 number format of the tooltip.
    log
        Draw on a logarithmic scale.
    colours
        Colours by source where they are fixed.
    details
        More columns for the tooltip: title by column.
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

    legend = layout.legend(names, beside=50 if years else layout.axis_room(items))
    base = alt.Chart(rows).encode(color=palette.category(source, names, colours, legend=legend))
    told = {over: layout.spoken(over), source: "Source", value: f"Value|{format}"}
    if low and high:
        told |= {low: f"From|{format}", high: f"To|{format}"}
    base, tips = layout.told(base, told, details)
    if years:
        base = base.encode(
            x=alt.X(
                "_at:Q",
                title=None,
                scale=parts.year_scale(int(items[0]), int(items[-1])),
                # Years that touch read as one number on a phone.
                axis=alt.Axis(format="d", tickMinStep=1, labelSeparation=6),
            )
        )
        height = theme.HEIGHT + 12 * len(names)
    else:
        base = base.encode(
            y=layout.named_rows(over, items),
            yOffset=alt.YOffset("_aside:Q", scale=alt.Scale(domain=[-deepest / 2, deepest / 2])),
        )
        height = layout.rows_height(items, step=13 * deepest + 14, room=60 + 18 * len(names))
    scale = alt.Scale(type="log", nice=True) if log else alt.Scale(zero=True)
    axis = layout.value_axis(rows[[name for name in (value, low, high) if name]], log=log)

    def along(column: str) -> dict[str, alt.X | alt.Y]:
        field = f"{column}:Q"
        if years:
            return {"y": alt.Y(field, scale=scale, axis=axis)}
        return {"x": alt.X(field, scale=scale, axis=axis)}

    positive = f" && datum.{value} > 0" if log else ""
    shown = parts.legend_selection(source)
    layers = []
    if low and high:
        layers.append(
            base.transform_filter(f"isValid(datum.{low}) && isValid(datum.{high})")
            .mark_rule(strokeWidth=4, strokeCap="round")
            .encode(
                **along(low),
                **{"y2" if years else "x2": f"{high}:Q"},
                opacity=parts.emphasis(shown, 0.08),
                tooltip=tips,
            )
        )
    dots = (
        base.transform_filter(f"isValid(datum.{value}){positive}")
        .mark_point(filled=True, size=80, stroke=theme.PAPER, strokeWidth=1)
        .encode(
            **along(value),
            shape=palette.shape(source, names),
            opacity=parts.emphasis(shown),
            tooltip=tips,
        )
        .add_params(shown)
    )
    return layout.fit(*layers, dots, height=height, unit=title)


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
    details: Details | None = None,
    choice: str | None = None,
    options: Sequence[str] = (),
    label: str = "",
) -> alt.LayerChart:
    """Draw a table as a matrix of shaded cells with the numbers in them.

    Parameters
    ----------
    table
        One row a cell; columns `row`, `column` and `value`. Cells without a row are empty.
    row, column, value
        Columns.
    title
        Unit of the values.
    format
        d3 number format of the numbers.
    rows, columns
        Order of rows and columns, of which others are left out; otherwise as they come in the
        table.
    details
        More columns for the tooltip: title by column.
    choice
        Column of several such tables by which the reader picks one.
    options
        Its values as the list offers them; the first is shown first, and printed.
    label
        Text beside the list.
    """
    cells = inputs.need(table, row, column, value, choice, *(details or {}))
    across = list(columns) if columns is not None else list(dict.fromkeys(cells[column]))
    down = list(rows) if rows is not None else list(dict.fromkeys(cells[row]))
    inputs.only(inputs.only(cells, row, down), column, across)
    grid = pd.MultiIndex.from_product([down, across], names=[row, column]).to_frame(index=False)
    cells = grid.merge(cells, how="left")
    longest = max(len(str(name)) for name in across)

    # Names wider than their column stand upright.
    cell = [(width - layout.axis_room(down)) / len(across) for width in (340, 700)]
    turned = [0 if longest * 6.6 < width else -90 for width in cell]
    align, baseline = (
        [f"'{upright if angle else level}'" for angle in turned]
        for upright, level in (("left", "center"), ("middle", "bottom"))
    )
    base, params = parts.picked(alt.Chart(cells), choice, options, label)
    base = base.encode(
        x=layout.heads(
            column,
            across,
            labelAngle=layout.by_width(*turned),
            labelAlign=layout.by_width(*align),
            labelBaseline=layout.by_width(*baseline),
            labelOverlap=False,
            labelLimit=130,
        ),
        y=layout.named_rows(row, down, domain=down, paddingInner=0.05, paddingOuter=0),
    )
    told = {row: layout.spoken(row), column: layout.spoken(column), value: f"Value|{format}"}
    base, tips = layout.told(base, told, details)
    fill, ink = palette.shades(value, cells[value])
    full = base.transform_filter(f"isValid(datum.{value})")
    cells_drawn = full.mark_rect(cornerRadius=2).encode(fill=fill, tooltip=tips)
    blank = (
        base.transform_filter(f"!isValid(datum.{value})")
        .mark_rect(fillOpacity=0, stroke=theme.GRID, strokeDash=[3, 3], fill=theme.PAPER)
        .encode(tooltip=tips)
    )
    # A number that does not fit its cell is left to the tooltip.
    ends = cells[value].agg(["min", "max"]).dropna()
    digits = max((len(f"{number:,.0f}") for number in ends), default=1)
    digits += 2 if "." in format and ".0" not in format else 0
    figure = full.mark_text(
        fontSize=layout.by_width(11, 13),
        opacity=layout.expr(f"bandwidth('x') < {digits} * 6 + 2 ? 0 : 1"),
    ).encode(text=alt.Text(f"{value}:Q", format=format), color=ink, tooltip=tips)
    height = layout.rows_height(down, step=34, room=60 + (5 * min(longest, 20) if turned[0] else 0))
    return layout.fit(cells_drawn, blank, figure, height=height, unit=title, params=params)
