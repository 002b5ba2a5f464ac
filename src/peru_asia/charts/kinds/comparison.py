"""Charts that set values side by side: two of a kind, two dates, several sources, a matrix."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
from pandas.api import types

from peru_asia.charts.base import layout, palette, parts, theme

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
    rows = layout.columns_of(table, item, first, second, *(details or {}))
    order = rows[item].tolist()
    least = 0 if log else float("-inf")
    drawn = f"isValid(datum.{{0}}) && datum.{{0}} > {least}" if log else "isValid(datum.{0})"
    has = [f"({drawn.format(column)})" for column in (first, second)]

    base = alt.Chart(rows).encode(y=layout.named_rows(item, order))
    scale = alt.Scale(type="log", nice=True) if log else alt.Scale(zero=True)
    axis = layout.value_axis(rows[[first, second]], log=log)
    line = (
        base.transform_filter(f"{has[0]} && {has[1]}")
        .mark_rule(strokeWidth=3, color=theme.DOMAIN, opacity=0.55)
        .encode(x=alt.X(f"{first}:Q", scale=scale, axis=axis), x2=f"{second}:Q")
    )
    legend = layout.legend(names, beside=layout.axis_room(order))
    dots = [
        base.transform_filter(shown)
        .transform_calculate(_kind=f"'{name}'")
        .mark_point(size=95, opacity=1, filled=True, strokeWidth=2)
        .encode(
            x=alt.X(f"{column}:Q", scale=scale, axis=axis),
            fill=alt.Fill(
                "_kind:N",
                scale=alt.Scale(domain=names, range=[theme.PAPER, theme.POSITIVE]),
                legend=legend,
            ),
            stroke=alt.Stroke(
                "_kind:N",
                scale=alt.Scale(domain=names, range=[theme.MUTED, theme.POSITIVE]),
                legend=legend,
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
    over = parts.row_tooltip(*layout.told(base, named | dict(details or {})))
    return parts.layer(line, *dots, nothing, over).properties(
        width="container", height=layout.rows_height(order, room=90), title=layout.title(title)
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
    ValueError
        If there are more than two dates.
    """
    rows = layout.columns_of(table, item, at, value)
    dates = sorted(rows[at].dropna().unique().tolist())
    if len(dates) > 2:
        raise ValueError(f"a slope has two dates, not {len(dates)}; choose the first and the last")
    shown = rows.dropna(subset=[value])
    if log:
        shown = shown[shown[value] > 0]
    places = [parts.spread(shown[shown[at] == date][value], gap=0.06, log=log) for date in dates]
    rows["_label_at"] = pd.concat(places) if places else pd.Series(dtype=float)
    last = set(shown[shown[at] == dates[-1]][item]) if dates else set()
    rows["_named"] = (rows[at] == (dates[-1] if dates else None)) | ~rows[item].isin(last)
    rows["_end"] = rows[at] == (dates[-1] if dates else None)
    names = list(dict.fromkeys(rows[item]))
    tone = {name: (colours or {}).get(name, theme.MUTED) for name in names}

    # Room for the labels: figures at the left, figures and names at the right.
    longest = max(
        (
            len(f"{name} {number:,.0f}")
            for name, number in zip(shown[item], shown[value], strict=True)
        ),
        default=10,
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
        color=alt.Color(
            f"{item}:N", scale=palette.category_scale(names, tone), legend=None, sort=names
        ),
    )
    base, tips = layout.told(
        base, {item: "Name", at: "At", value: f"{title.split(',')[0][:30]}|{format}"}
    )
    marks = base.transform_filter(
        f"isValid(datum.{value}) && datum.{value} > 0" if log else f"isValid(datum.{value})"
    )
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
    if (rows["_named"] & ~rows["_end"]).any():
        layers.append(
            written.transform_filter("datum._named && !datum._end")
            .mark_text(align="left", dx=9, limit=layout.expr("width / 3"), fontWeight=600)
            .encode(y=place, text=f"{item}:N")
        )
    return parts.layer(*layers).properties(
        width="container",
        height=max(theme.HEIGHT, 26 * len(names) + 60),
        title=layout.title(title),
    )


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
    rows = layout.columns_of(table, over, value, low, high, source, *(details or {}))
    rows = rows.dropna(subset=[over])
    years = bool(types.is_numeric_dtype(rows[over]))
    names = list(dict.fromkeys(rows[source].dropna()))
    items = sorted(set(rows[over])) if years else list(dict.fromkeys(rows[over]))
    # Statements on the same thing stand side by side, not on top of each other.
    turn, of = rows.groupby(over).cumcount(), rows.groupby(over)[source].transform("size")
    rows["_aside"] = (turn - (of - 1) / 2).astype(float) if len(rows) else pd.Series(dtype=float)
    rows["_at"] = rows[over].astype(float) + 0.14 * rows["_aside"] if years else None
    deepest = int(of.max()) if len(rows) else 1

    base = alt.Chart(rows).encode(
        color=alt.Color(
            f"{source}:N",
            sort=names,
            scale=palette.category_scale(names, colours),
            legend=layout.legend(names, beside=50 if years else layout.axis_room(items)),
        )
    )
    told = {over: layout.spoken(over), source: "Source", value: f"Value|{format}"}
    if low and high:
        told |= {low: f"From|{format}", high: f"To|{format}"}
    base, tips = layout.told(base, told | dict(details or {}))
    if years:
        base = base.encode(
            x=alt.X(
                "_at:Q",
                title=None,
                scale=parts.year_scale(int(items[0]), int(items[-1])) if items else alt.Scale(),
                # Years that touch read as one number on a phone.
                axis=alt.Axis(format="d", tickMinStep=1, labelSeparation=6),
            )
        )
        height = theme.HEIGHT + 12 * len(names)
    else:
        base = base.encode(
            y=alt.Y(
                f"{over}:N",
                sort=items,
                scale=alt.Scale(type="band"),
                axis=layout.names_axis(items, grid=False),
            ),
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
            shape=alt.Shape(f"{source}:N", sort=names, scale=palette.shape_scale(names)),
            opacity=parts.emphasis(shown),
            tooltip=tips,
        )
        .add_params(shown)
    )
    return parts.layer(*layers, dots).properties(
        width="container", height=height, title=layout.title(title)
    )


def heat_matrix(
    table: pd.DataFrame,
    *,
    row: str,
    column: str,
    value: str,
    title: str,
    format: str = ",.0f",
    rows: Sequence[str] | None = None,
    columns: Sequence[object] | None = None,
    details: Details | None = None,
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
        Order of rows and columns; otherwise as they come in the table.
    details
        More columns for the tooltip: title by column.
    """
    cells = layout.columns_of(table, row, column, value, *(details or {}))
    across = list(columns) if columns is not None else list(dict.fromkeys(cells[column]))
    down = list(rows) if rows is not None else list(dict.fromkeys(cells[row]))
    grid = pd.MultiIndex.from_product([down, across], names=[row, column]).to_frame(index=False)
    cells = grid.merge(cells, how="left")
    ends = cells[value].min(), cells[value].max()
    low, high = (0.0, 1.0) if pd.isna(ends[0]) else (float(ends[0]), float(ends[1]))
    gap = 0.05
    longest = max((len(str(name)) for name in across), default=0)

    # Names wider than their column stand upright.
    cell = [(width - layout.axis_room(down)) / max(len(across), 1) for width in (340, 700)]
    turned = [0 if longest * 6.6 < width else -90 for width in cell]
    base = alt.Chart(cells).encode(
        x=alt.X(
            f"{column}:O",
            sort=across,
            scale=alt.Scale(domain=across, paddingInner=gap, paddingOuter=0),
            axis=alt.Axis(
                orient="top",
                title=None,
                domain=False,
                ticks=False,
                labelAngle=layout.by_width(*turned),
                labelAlign=layout.by_width(
                    *("'left'" if angle else "'center'" for angle in turned)
                ),
                labelBaseline=layout.by_width(
                    *("'middle'" if angle else "'bottom'" for angle in turned)
                ),
                labelOverlap=False,
                labelLimit=130,
            ),
        ),
        y=alt.Y(
            f"{row}:N",
            sort=down,
            scale=alt.Scale(domain=down, paddingInner=gap, paddingOuter=0),
            axis=layout.names_axis(down, grid=False),
        ),
    )
    base, tips = layout.told(
        base,
        {
            row: layout.spoken(row),
            column: layout.spoken(column),
            value: f"Value|{format}",
        }
        | dict(details or {}),
    )
    full = base.transform_filter(f"isValid(datum.{value})")
    cells_drawn = full.mark_rect(cornerRadius=2).encode(
        fill=alt.Fill(f"{value}:Q", scale=palette.sequential_scale(low, high), legend=None),
        tooltip=tips,
    )
    blank = (
        base.transform_filter(f"!isValid(datum.{value})")
        .mark_rect(fillOpacity=0, stroke=theme.GRID, strokeDash=[3, 3], fill=theme.PAPER)
        .encode(tooltip=tips)
    )
    # A number that does not fit its cell is left to the tooltip.
    digits = max((len(f"{number:,.0f}") for number in ends if not pd.isna(number)), default=1)
    digits += 2 if "." in format and ".0" not in format else 0
    figure = full.mark_text(
        fontSize=layout.by_width(11, 13),
        opacity=layout.expr(f"bandwidth('x') < {digits} * 6 + 2 ? 0 : 1"),
    ).encode(
        text=alt.Text(f"{value}:Q", format=format),
        color=alt.Color(f"{value}:Q", scale=palette.ink_scale(low, high), legend=None),
        tooltip=tips,
    )
    return parts.layer(cells_drawn, blank, figure).properties(
        width="container",
        height=layout.rows_height(
            down, step=34, room=60 + (5 * min(longest, 20) if turned[0] else 0)
        ),
        title=layout.title(title),
    )
