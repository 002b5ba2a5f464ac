"""Charts of bars: rankings, parts of a whole by row and by year, one measure against another."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme
from peru_asia.errors import BookError

_SHARE = 0.46  # part of the height that each side of `mirror_bars` takes, so that labels have room


def ranked_bars(
    table: pd.DataFrame,
    *,
    item: str,
    value: str,
    choice: str,
    title: str,
    label: str,
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw bars of one group of items, which the reader picks; the scale is the same for all.

    Take it for statements that must not be mixed: each source's ranking stands alone, and a bar
    that grows from one choice to the next has really grown.

    Parameters
    ----------
    table : one row an item and group; columns `item`, `value` (not negative) and `choice`. Items
        without a value are left out.
    colours : colours by name of the items to stand out; the others are grey
    """
    rows = inputs.filled(inputs.need(table, choice, item, value), value)
    names, most = list(dict.fromkeys(rows[item])), int(rows[choice].value_counts().max())
    base, params = parts.picked(alt.Chart(rows), choice, (), label)
    named = f"{title.split(',')[0][:40]}|{format}"
    told = {choice: layout.spoken(choice), item: layout.spoken(item), value: named}
    base, tips = layout.told(base, told)
    by_length = alt.EncodingSortField(field=value, op="max", order="descending")
    y = layout.named_rows(item, names, sort=by_length, paddingInner=0.35)
    x = _from_zero(rows[value], 1.14 * float(rows[value].max()))
    colour = palette.category(item, names, colours, others=theme.DOMAIN)
    layers = _lengths(base.encode(y=y, tooltip=tips), value, value, x, colour, format)
    height = layout.rows_height(names[:1] * most, step=34, room=40)
    return layout.fit(*layers, height=height, unit=title, params=params)


def bars_without_largest(
    table: pd.DataFrame,
    *,
    group: str,
    value: str,
    title: str,
    colours: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw totals by group without the largest entries, at first one; the reader picks how many.

    The frame is the whole group, the bar what is left of it.

    Parameters
    ----------
    table : as `peru_asia.indicators.without_largest` returns it: columns ``left_out``, `group`,
        `value` and ``leaves``
    colours : colours by name of the groups to stand out; the others are grey
    """
    rows = inputs.need(table, "left_out", group, value, "leaves")
    whole = rows[rows["left_out"] == 0].sort_values(value, ascending=False)
    names = whole[group].tolist()
    rows["_whole"] = rows[group].map(whole.set_index(group)[value])
    most = int(rows["left_out"].max())
    out = parts.slider("leftout", min(1, most), "Largest entries left out", low=0, high=most)
    told = {
        group: layout.spoken(group),
        value: "Left|,.0f",
        "_whole": "With all|,.0f",
        "left_out": "Left out|d",
        "leaves": "Last to go",
    }
    base = alt.Chart(rows).transform_filter("datum.left_out == leftout")
    base, tips = layout.told(base, told)
    y = layout.named_rows(group, names, domain=names, paddingInner=0.35)
    base = base.encode(y=y, tooltip=tips)
    longest = float(whole[value].max()) if whole[value].notna().any() else 1.0
    x = _from_zero(rows[value], 1.16 * longest)
    frame = base.mark_bar(fillOpacity=0, stroke=theme.MUTED, strokeDash=[3, 2])
    frame = frame.encode(x=alt.X("_whole:Q", **x))
    colour = palette.category(group, names, colours, others=theme.DOMAIN)
    layers = _lengths(base, value, "_whole", x, colour, ",.0f")
    # The line below the unit says which entry went last, and what is left of all.
    lines = [
        f"{rest[value].sum():,.0f} in all"
        + (f"; last to go: {rest['leaves'].iloc[0]}" if n else "")
        for n, rest in rows.groupby("left_out")
    ]
    headings = [[*layout.wrap(title, 52, 4), *layout.wrap(line, 52, 2)] for line in lines]
    heading = layout.expr(f"{json.dumps(headings, ensure_ascii=False)}[leftout]")
    height = layout.rows_height(names, step=40, room=80)
    chart = layout.fit(frame, *layers, height=height, params=[out])
    return chart.properties(title=alt.TitleParams(text=heading))


def _from_zero(values: pd.Series, end: float) -> dict[str, Any]:
    scale = alt.Scale(domain=[0, end], nice=False)  # beyond the longest bar, as labels need room
    return {"scale": scale, "axis": layout.value_axis(values)}


def _lengths(
    base: alt.Chart, value: str, at: str, x: dict[str, Any], colour: alt.Color, format: str
) -> list[alt.Chart]:
    """Return bars as long as `value`, and its figures behind the place `at`."""
    bar = base.mark_bar().encode(x=alt.X(f"{value}:Q", **x), color=colour)
    figure = base.mark_text(align="left", dx=5, fontWeight=600)
    text = alt.Text(f"{value}:Q", format=format)
    return [bar, figure.encode(x=alt.X(f"{at}:Q", **x), text=text)]


def stacked_years(
    table: pd.DataFrame,
    names: inputs.Names,
    *,
    part: str,
    value: str,
    title: str,
    whole: bool = False,
    format: str = ".1f",
    colours: Mapping[str, str] | None = None,
    axis: alt.Axis | None = None,
    empty: str | None = None,
    break_at: int | None = None,
    sources: tuple[str, str] = ("", ""),
    over: Sequence[alt.Chart] = (),
    choice: str | None = None,
    options: Sequence[str] = (),
    label: str = "",
) -> alt.LayerChart:
    """Draw amounts or shares as bars stacked by part, one bar a year.

    A year without rows stays empty, where a line or an area would invent a path. Negative amounts
    are stacked downwards. Clicking the legend shows one part alone.

    Parameters
    ----------
    table : one row a year and part; columns ``year``, `part` and `value`
    names : names by code of the parts, or the names themselves, from the foot of the bar to its
        top; at most seven
    whole : the parts make up 100: the axis ends there and the bars of neighbouring years touch
    axis : axis of the values, if not the usual one
    empty : what is written where a year has no rows: in a list of events that is no gap
    over : layers to be drawn over the bars
    """
    names = inputs.by_code(names)
    rows = inputs.named(inputs.need(table, "year", part, value, choice), part, names)
    rows = inputs.filled(rows, value)
    order = list(names.values())
    rows["_rank"] = rows["name"].map({name: rank for rank, name in enumerate(order)})
    rows = rows.sort_values(["year", "_rank"])
    span = parts.year_span(rows)
    base, params = parts.picked(alt.Chart(rows), choice, options, label)
    scale: dict[str, Any] = {"scale": alt.Scale(domain=[0, 100])} if whole else {}
    y = alt.Y(f"{value}:Q", stack="zero", axis=axis or layout.value_axis(rows[value]), **scale)
    offset = parts.MARK_ROOM if break_at else 8
    look, shown = parts.by_legend("name", order, colours, faded=0.2, beside=30, offset=offset)
    bars = parts.year_bars(base, span, 0.5 if whole else 0.44)
    bars = bars.encode(y=y, order=alt.Order("_rank:Q"), **look).add_params(shown)
    layers = [bars, *over, *parts.break_mark(rows, break_at, sources)]
    missing = sorted(set(range(*span)) - set(rows["year"]))
    if empty and missing:
        words = alt.Chart(pd.DataFrame({"year": missing})).encode(x="year:Q", y=alt.value("height"))
        style = {"fontStyle": "italic", "color": theme.MUTED}
        layers.append(words.mark_text(align="left", angle=270, dx=4, text=empty, **style))
    hover = parts.hover_rule(
        base.encode(x=parts.year_axis(*span)),
        key="name",
        value=value,
        names=order,
        format=format,
        empty=empty or layout.NO_DATA,
    )
    return layout.fit(*layers, hover, unit=title, params=params)


def stacked_rows(
    table: pd.DataFrame,
    *,
    item: str,
    part: str,
    value: str,
    title: str,
    told: Mapping[str, str],
    colours: Mapping[str, str],
    whole: bool = False,
) -> alt.LayerChart:
    """Draw how each row is made up of its parts, as a bar with the amounts in it.

    Parameters
    ----------
    table : one row an item and part; columns `item` (in the order to be drawn), `part`, `value`
        (not negative) and those of `told`
    told : what opens the tooltip: title by column
    colours : colours of the parts from left to right, at most seven
    whole : each bar is the whole of its row, 100 per cent; a row may be in another unit than the
        next
    """
    rows = inputs.need(table, item, part, value, *told)
    order, names = list(dict.fromkeys(rows[item])), list(colours)
    rows = inputs.only(rows, part, names).assign(_order=rows[part].map(names.index))
    rows = rows.sort_values([item, "_order"], ignore_index=True)
    length = value
    if whole:
        total = rows.groupby(item)[value].transform("sum").astype(float)
        rows["share_pct"] = 100 * rows[value] / total.where(total > 0)
        length = "share_pct"
    rows["_right"] = rows.groupby(item)[length].cumsum()
    rows["_left"] = rows["_right"] - rows[length]
    rows["_middle"] = (rows["_left"] + rows["_right"]) / 2
    rows = inputs.filled(rows.assign(_left=rows["_left"].where(rows[length] > 0)), "_left")
    top = 100 if whole else float(rows["_right"].max())

    more = {"share_pct": "Share, %|.1f"} if whole else {}
    amount = {part: layout.spoken(part), value: f"{layout.spoken(value)}|,.0f"}
    base = alt.Chart(rows).encode(y=layout.named_rows(item, order))
    base, tips = layout.told(base, {**told, **amount, **more})
    scale = alt.Scale(domain=[0, top], nice=not whole)
    axis = alt.Axis(tickCount=5, grid=False) if whole else layout.value_axis(rows["_right"])
    x = alt.X("_left:Q", title=None, scale=scale, axis=axis)
    look, shown = parts.by_legend(part, names, colours, beside=layout.axis_room(order))
    bars = base.mark_bar(stroke=theme.PAPER, strokeWidth=1).add_params(shown)
    # An amount stands in its bar where the bar is wider than the amount.
    text = f"format(datum['{value}'], ',.0f')"
    wide = f"(datum._right - datum._left) / {top} * width > length({text}) * 7 + 6"
    figures = base.mark_text(
        color=theme.PAPER, fontSize=12, opacity=layout.expr(f"{wide} ? 1 : 0")
    ).encode(x=alt.X("_middle:Q", scale=scale), text=alt.Text(f"{value}:Q", format=",.0f"))
    height = layout.rows_height(order, step=34, room=78 + 13 * len(names))
    bars = bars.encode(x=x, x2="_right:Q", tooltip=tips, **look)
    return layout.fit(bars, figures, height=height, unit=title)


def share_bars(
    table: pd.DataFrame,
    *,
    item: str,
    value: str,
    group: str,
    title: str,
    colours: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw shares of unlike things as bars with their own whole behind them.

    Each bar stands in a pale track that is the whole of its own measure: tracks of equal length
    do not mean wholes of equal size, and the shares do not add up.

    Parameters
    ----------
    table : one row a share, in the order of the chart; columns `item` (what it is a share of, with
        its year), `value` (per cent) and `group` (what kind of share it is, which gives the colour)
    """
    rows = inputs.filled(inputs.need(table, item, value, group), value)
    names, groups = list(rows[item]), list(dict.fromkeys(rows[group]))
    base = alt.Chart(rows).encode(y=layout.named_rows(item, names))
    base, tips = layout.told(base, {item: "Share of", value: "Share, %|.1f"})
    axis = alt.Axis(values=[0, 50, 100], grid=True, title=None)
    x = alt.X(f"{value}:Q", scale=alt.Scale(domain=[0, 100]), axis=axis)
    look, shown = parts.by_legend(group, groups, colours, beside=layout.axis_room(names))
    bar = base.mark_bar(height=13).encode(x=x, tooltip=tips, **look).add_params(shown)
    track = base.mark_bar(height=13, color=theme.GRID).transform_calculate(_whole="100")
    # Where the bar leaves no room the number stands inside it.
    number = base.encode(x=alt.X(f"{value}:Q"), text=alt.Text(f"{value}:Q", format=".0f"))
    outside = number.transform_filter(f"datum['{value}'] < 88").mark_text(align="left", dx=4)
    inside = number.transform_filter(f"datum['{value}'] >= 88")
    inside = inside.mark_text(align="right", dx=-4, color=theme.PAPER)
    layers = [track.encode(x=alt.X("_whole:Q"), tooltip=tips), bar, outside, inside]
    height = layout.rows_height(names, step=34, room=80)
    return layout.fit(*layers, height=height, unit=title)


def mirror_bars(
    table: pd.DataFrame, up: Mapping[str, str], down: Mapping[str, str]
) -> alt.LayerChart:
    """Draw one measure of each month as a bar upwards and another as a bar downwards.

    The two have units, and so scales, of their own; each side fills its half. The figure at the
    end of a bar is its value. Take it where the question is whether one is small when the other
    is large; it shows no more than that.

    Parameters
    ----------
    table : one row a month, in the order to be drawn; columns ``month`` (names, each once, of which
        every third is written on the axis) and the two measures, none of them negative. A missing
        value has no bar and no figure.
    up, down : name with unit by column, one each

    Raises
    ------
    BookError : if a value is negative, for it would point the other way
    """
    (above, name_above), (below, name_below) = *up.items(), *down.items()
    rows = inputs.need(table, "month", above, below)
    if (rows[[above, below]] < 0).any(axis=None):
        raise BookError("a bar that points upwards or downwards cannot be negative")
    order = rows["month"].tolist()
    rows["_up"] = _SHARE * rows[above].astype(float) / (rows[above].max() or 1)
    rows["_down"] = -_SHARE * rows[below].astype(float) / (rows[below].max() or 1)

    step = layout.by_width(6, 3)
    axis = alt.Axis(
        title=None,
        labelExpr=f"indexof({order}, datum.value) % ({step.expr}) == 0 ? datum.label : ''",
        labelAngle=0,
        labelOverlap=False,
        labelFlush=False,
        ticks=False,
        domain=False,
    )
    x = alt.X("month:N", sort=order, scale=alt.Scale(paddingInner=0.15), axis=axis)
    named = {"month": "Month", above: f"{name_above}|,.0f", below: f"{name_below}|,.0f"}
    base, tips = layout.told(alt.Chart(rows).encode(x=x), named)
    scale = alt.Scale(domain=[-0.5, 0.5], nice=False)
    layers = []
    for side, value, colour, sign in (
        ("_up", above, palette.CATEGORY[0], -1),
        ("_down", below, palette.CATEGORY[1], 1),
    ):
        bar = base.encode(y=alt.Y(f"{side}:Q", scale=scale, axis=None), tooltip=tips)
        text = parts.having(bar, value).transform_filter(f"datum._down != 0 || '{side}' == '_up'")
        text = text.mark_text(dy=8 * sign, fontSize=layout.by_width(10, 12), color=theme.TEXT)
        figure = alt.Text(f"{value}:Q", format=",.0f")
        layers += [bar.mark_bar(color=colour).encode(y2=alt.datum(0)), text.encode(text=figure)]
    zero = parts.rule("y", "_at", 0, color=theme.DOMAIN)
    unit = f"Upwards: {name_above}. Downwards: {name_below}."
    return layout.fit(*layers, zero.encode(y=alt.Y("_at:Q", scale=scale, axis=None)), unit=unit)
