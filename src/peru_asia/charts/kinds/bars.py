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
    table
        One row an item and group; columns `item`, `value` and `choice`. Items without a value are
        left out.
    item
        Column of the names.
    value
        Column of the lengths, not negative.
    choice
        Column of the groups; the first in the table is shown first, and in print.
    title
        Unit of the values.
    label
        What the menu is called.
    format
        d3 number format of the labels.
    colours
        Colours by name of the items to stand out; the others are grey.
    """
    rows = inputs.need(table, choice, item, value)
    rows = inputs.filled(rows, value)
    names = list(dict.fromkeys(rows[item]))
    most = int(rows[choice].value_counts().max())
    base, params = parts.picked(alt.Chart(rows), choice, (), label)
    base, tips = layout.told(
        base,
        {
            choice: layout.spoken(choice),
            item: layout.spoken(item),
            value: f"{title.split(',')[0][:40]}|{format}",
        },
    )
    # The labels at the ends need room.
    scale = alt.Scale(domain=[0, 1.14 * float(rows[value].max())], nice=False)
    by_length = alt.EncodingSortField(field=value, op="max", order="descending")
    base = base.encode(
        y=layout.named_rows(item, names, sort=by_length, paddingInner=0.35),
        x=alt.X(f"{value}:Q", scale=scale, axis=layout.value_axis(rows[value])),
        tooltip=tips,
    )
    bar = base.mark_bar().encode(color=_stand_out(item, names, colours))
    text = base.transform_calculate(_text=f"format(datum['{value}'], '{format}')").mark_text(
        align="left", dx=5, fontWeight=600
    )
    return layout.fit(
        bar,
        text.encode(text="_text:N"),
        height=layout.rows_height(names[:1] * most, step=34, room=40),
        unit=title,
        params=params,
    )


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
    table
        As `peru_asia.indicators.without_largest` returns it: columns ``left_out``, `group`, `value`
        and ``leaves``.
    group, value
        Columns.
    title
        Unit of the amounts.
    colours
        Colours by name of the groups where they are fixed; others are grey.
    """
    rows = inputs.need(table, "left_out", group, value, "leaves")
    whole = rows[rows["left_out"] == 0].sort_values(value, ascending=False)
    names = whole[group].tolist()
    rows["_whole"] = rows[group].map(whole.set_index(group)[value])
    most = int(rows["left_out"].max())
    out = parts.slider("leftout", min(1, most), "Largest entries left out", low=0, high=most)
    longest = float(whole[value].max()) if whole[value].notna().any() else 1.0
    base, tips = layout.told(
        alt.Chart(rows).transform_filter("datum.left_out == leftout"),
        {
            group: layout.spoken(group),
            value: "Left|,.0f",
            "_whole": "With all|,.0f",
            "left_out": "Left out|d",
            "leaves": "Last to go",
        },
    )
    base = base.encode(
        y=layout.named_rows(group, names, domain=names, paddingInner=0.35), tooltip=tips
    )
    scale = alt.Scale(domain=[0, 1.16 * longest], nice=False)
    axis = layout.value_axis(rows[value])
    frame = base.mark_bar(fillOpacity=0, stroke=theme.MUTED, strokeDash=[3, 2]).encode(
        x=alt.X("_whole:Q", scale=scale, axis=axis)
    )
    bar = base.mark_bar().encode(
        x=alt.X(f"{value}:Q", scale=scale, axis=axis), color=_stand_out(group, names, colours)
    )
    text = (
        base.transform_calculate(_text=f"format(datum['{value}'], ',.0f')")
        .mark_text(align="left", dx=5, fontWeight=600)
        .encode(x=alt.X("_whole:Q", scale=scale), text="_text:N")
    )
    # The line below the unit says which entry went last, and what is left of all.
    lines = [
        f"{rest[value].sum():,.0f} in all"
        + (f"; last to go: {rest['leaves'].iloc[0]}" if n else "")
        for n, rest in rows.groupby("left_out")
    ]
    headings = [[*layout.wrap(title, 52, 4), *layout.wrap(line, 52, 2)] for line in lines]
    heading = layout.expr(f"{json.dumps(headings, ensure_ascii=False)}[leftout]")
    height = layout.rows_height(names, step=40, room=80)
    chart = layout.fit(frame, bar, text, height=height, params=[out])
    return chart.properties(title=alt.TitleParams(text=heading))


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
    table
        One row a year and part; columns ``year``, `part` and `value`.
    names
        Names by code of the parts, or the names themselves, from the foot of the bar to its top;
        at most seven.
    part, value
        Columns.
    title
        Unit of the values.
    whole
        The parts make up 100: the axis ends there and the bars of neighbouring years touch.
    format
        d3 number format of the tooltip.
    colours
        Colours by name where they are fixed.
    axis
        Axis of the values, if not the usual one.
    empty
        What is written where a year has no rows: in a list of events that is no gap.
    break_at
        First year of a new source, to be marked if it lies inside the data.
    sources
        What stands left and right of that mark.
    over
        Layers to be drawn over the bars.
    choice
        Column of several such stacks by which the reader picks one.
    options
        Its values as the list offers them; the first is shown first, and printed.
    label
        Text beside the list.
    """
    names = inputs.by_code(names)
    rows = inputs.named(inputs.need(table, "year", part, value, choice), part, names)
    rows = inputs.filled(rows, value)
    order = list(names.values())
    rows["_rank"] = rows["name"].map({name: rank for rank, name in enumerate(order)})
    rows = rows.sort_values(["year", "_rank"])
    span, half = parts.year_span(rows), 0.5 if whole else 0.44
    scale: dict[str, Any] = {"scale": alt.Scale(domain=[0, 100])} if whole else {}
    shown = parts.legend_selection("name")
    base, params = parts.picked(alt.Chart(rows), choice, options, label)
    bars = (
        base.transform_calculate(_from=f"datum.year - {half}", _to=f"datum.year + {half}")
        .mark_bar(binSpacing=0)
        .encode(
            x=alt.X(
                "_from:Q",
                bin="binned",
                title=None,
                axis=parts.year_labels(*span, grid=False, labelSeparation=5),
                scale=parts.year_scale(*span),
            ),
            x2="_to:Q",
            y=alt.Y(
                f"{value}:Q",
                stack="zero",
                axis=axis or layout.value_axis(rows[value]),
                **scale,
            ),
            color=palette.category(
                "name",
                order,
                colours,
                legend=layout.legend(order, beside=30, offset=parts.MARK_ROOM if break_at else 8),
            ),
            order=alt.Order("_rank:Q"),
            opacity=parts.emphasis(shown, 0.2),
        )
        .add_params(shown)
    )
    layers = [bars, *over, *parts.break_mark(rows, break_at, sources)]
    missing = sorted(set(range(*span)) - set(rows["year"]))
    if empty and missing:
        layers.append(
            alt.Chart(pd.DataFrame({"year": missing}))
            .mark_text(align="left", angle=270, dx=4, fontStyle="italic", text=empty)
            .encode(x=alt.X("year:Q"), y=alt.value("height"), color=alt.value(theme.MUTED))
        )
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
    names: Sequence[str],
    *,
    item: str,
    part: str,
    value: str,
    title: str,
    whole: bool = False,
    order: Sequence[str] | None = None,
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
    told: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw how each row is made up of its parts, as a bar with the amounts in it.

    Parameters
    ----------
    table
        One row an item and part; columns `item`, `part` and `value`, not negative.
    names
        The parts from left to right, at most seven; others are left out.
    item, part, value
        Columns.
    title
        What the axis measures.
    whole
        Each bar is the whole of its row, 100 per cent; a row may be in another unit than the next.
    order
        The items from top to bottom; otherwise in the order of the table.
    format
        d3 number format of the amounts.
    colours
        Colours by part where they are fixed.
    told
        What opens the tooltip: title by column; otherwise the item.
    """
    order = list(order or dict.fromkeys(table[item]))
    told = dict(told or {item: layout.spoken(item)})
    rows = inputs.only(inputs.need(table, item, part, value, *told), item, order)
    rows = inputs.only(rows, part, names)
    rows["_order"] = rows[part].map(list(names).index)
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

    base = alt.Chart(rows).encode(y=layout.named_rows(item, order))
    more = {"share_pct": "Share, %|.1f"} if whole else {}
    told |= {part: layout.spoken(part), value: f"{layout.spoken(value)}|{format}"} | more
    base, tips = layout.told(base, told)
    shown = parts.legend_selection(part)
    scale = alt.Scale(domain=[0, top], nice=not whole)
    axis = alt.Axis(tickCount=5, grid=False) if whole else layout.value_axis(rows["_right"])
    legend = layout.legend(names, beside=layout.axis_room(order))
    bars = (
        base.mark_bar(stroke=theme.PAPER, strokeWidth=1)
        .encode(
            x=alt.X("_left:Q", title=None, scale=scale, axis=axis),
            x2="_right:Q",
            color=palette.category(part, names, colours, legend=legend),
            opacity=parts.emphasis(shown),
            tooltip=tips,
        )
        .add_params(shown)
    )
    # An amount stands in its bar where the bar is wider than the amount.
    text = f"format(datum['{value}'], '{format}')"
    wide = f"(datum._right - datum._left) / {top} * width > length({text}) * 7 + 6"
    figures = base.mark_text(
        color=theme.PAPER, fontSize=12, opacity=layout.expr(f"{wide} ? 1 : 0")
    ).encode(x=alt.X("_middle:Q", scale=scale), text=alt.Text(f"{value}:Q", format=format))
    height = layout.rows_height(order, step=34, room=78 + 13 * len(names))
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
    table
        One row a share, in the order of the chart.
    item
        Column of what the share is a share of, with its year.
    value
        Column of the shares, in per cent.
    group
        Column of what kind of share it is, which gives the colour.
    title
        Unit of the values.
    colours
        Colours by group.
    """
    rows = inputs.need(table, item, value, group)
    rows = inputs.filled(rows, value)
    names, groups = list(rows[item]), list(dict.fromkeys(rows[group]))
    base, tips = layout.told(
        alt.Chart(rows).encode(y=layout.named_rows(item, names)),
        {item: "Share of", value: "Share, %|.1f"},
    )
    shown = parts.legend_selection(group)
    axis = alt.Axis(values=[0, 50, 100], grid=True, title=None)
    legend = layout.legend(groups, beside=layout.axis_room(names))
    bar = base.mark_bar(height=13).encode(
        x=alt.X(f"{value}:Q", scale=alt.Scale(domain=[0, 100]), axis=axis),
        color=palette.category(group, groups, colours, legend=legend),
        opacity=parts.emphasis(shown),
        tooltip=tips,
    )
    track = (
        base.mark_bar(height=13, color=theme.GRID)
        .encode(x=alt.X("_whole:Q"), tooltip=tips)
        .transform_calculate(_whole="100")
    )
    # Where the bar leaves no room the number stands inside it.
    number = base.encode(x=alt.X(f"{value}:Q"), text=alt.Text(f"{value}:Q", format=".0f"))
    outside = number.transform_filter(f"datum['{value}'] < 88").mark_text(align="left", dx=4)
    inside = number.transform_filter(f"datum['{value}'] >= 88").mark_text(
        align="right", dx=-4, color=theme.PAPER
    )
    height = layout.rows_height(names, step=34, room=80)
    return layout.fit(track, bar.add_params(shown), outside, inside, height=height, unit=title)


def mirror_bars(
    table: pd.DataFrame, up: Mapping[str, str], down: Mapping[str, str], *, period: str = "month"
) -> alt.LayerChart:
    """Draw one measure of each period as a bar upwards and another as a bar downwards.

    The two have units, and so scales, of their own; each side fills its half. The figure at the
    end of a bar is its value. Take it where the question is whether one is small when the other
    is large; it shows no more than that.

    Parameters
    ----------
    table
        One row a period, in the order to be drawn; columns `period` and the two measures, none
        of them negative. A missing value has no bar and no figure.
    up, down
        Name with unit by column, one each.
    period
        Column of the periods' names, each once; every third is named on the axis.

    Raises
    ------
    BookError
        If a value is negative, for it would point the other way.
    """
    (above, name_above), (below, name_below) = next(iter(up.items())), next(iter(down.items()))
    rows = inputs.need(table, period, above, below)
    if (rows[[above, below]] < 0).any(axis=None):
        raise BookError("a bar that points upwards or downwards cannot be negative")
    order = rows[period].tolist()
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
    base = alt.Chart(rows).encode(
        x=alt.X(f"{period}:N", sort=order, scale=alt.Scale(paddingInner=0.15), axis=axis)
    )
    named = {above: f"{name_above}|,.0f", below: f"{name_below}|,.0f"}
    base, tips = layout.told(base, {period: period.capitalize(), **named})
    scale = alt.Scale(domain=[-0.5, 0.5], nice=False)
    small = {"fontSize": layout.by_width(10, 12), "color": theme.TEXT}
    layers = []
    for side, value, colour, sign in (
        ("_up", above, palette.CATEGORY[0], -1),
        ("_down", below, palette.CATEGORY[1], 1),
    ):
        bar = base.encode(y=alt.Y(f"{side}:Q", scale=scale, axis=None), tooltip=tips)
        layers += [
            bar.mark_bar(color=colour).encode(y2=alt.datum(0)),
            bar.transform_filter(f"isValid(datum['{value}'])")
            .transform_filter(f"datum['{side}'] != 0 || '{side}' == '_up'")
            .mark_text(dy=8 * sign, **small)
            .encode(text=alt.Text(f"{value}:Q", format=",.0f")),
        ]
    zero = alt.Chart(pd.DataFrame({"_at": [0]})).mark_rule(color=theme.DOMAIN)
    layers.append(zero.encode(y=alt.Y("_at:Q", scale=scale, axis=None)))
    return layout.fit(*layers, unit=f"Upwards: {name_above}. Downwards: {name_below}.")


def _stand_out(field: str, names: Sequence[str], colours: Mapping[str, str] | None) -> alt.Color:
    """Return the colour of bars of which some stand out; the others are grey."""
    return palette.category(field, names, dict.fromkeys(names, theme.DOMAIN) | dict(colours or {}))
