"""Charts of series: panels, indices of prices, months with events, flows between stages."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import altair as alt
import numpy as np
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme


def small_multiples(
    table: pd.DataFrame,
    *,
    panel: str,
    value: str,
    title: str,
    x: str = "year",
    shared: bool = True,
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
    panel_height: int = 165,
) -> alt.LayerChart:
    """Draw one small line chart a panel; the panels move into fewer columns on a phone.

    Pointing at a year shows every panel's value of that year.

    Parameters
    ----------
    table
        One row a panel and year; columns `panel`, `x` and `value`. Years without a value are
        gaps.
    panel
        Column of the panels' names; they stand in the order of the table.
    value
        Column to draw.
    title
        Unit of the values.
    x
        Column of whole years.
    shared
        All panels have one scale, so that levels compare; otherwise each has its own, so that
        shapes do.
    format
        d3 number format of the values.
    colours
        Colours by name of the panel; the others have the theme's.
    panel_height
        Height of a panel in a wide column.
    """
    rows = layout.columns_of(table, panel, x, value).dropna(subset=[x])
    names = list(dict.fromkeys(rows[panel]))
    place = {name: index for index, name in enumerate(names)}
    rows = parts.segments(rows.dropna(subset=[value]), by=[panel], x=x)
    rows["_panel"] = rows[panel].map(place)
    start, end = parts.year_span(rows, x)
    ticks = {
        name: _ticks(rows[value] if shared else rows[rows[panel] == name][value]) for name in names
    }
    low = rows[panel].map({name: marks[0] for name, marks in ticks.items()}).astype(float)
    high = rows[panel].map({name: marks[-1] for name, marks in ticks.items()}).astype(float)
    rows["_u"] = (rows[x] - start) / max(end - start, 1)
    rows["_v"] = (rows[value] - low) / (high - low)
    frames = pd.DataFrame(
        {
            "_panel": list(place.values()),
            "_name": names,
            "_start": str(start),
            "_end": str(end) if end > start else "",
        }
    )
    lines = pd.DataFrame(
        [
            {"_panel": place[name], "_v": (mark - marks[0]) / (marks[-1] - marks[0]), "_tick": mark}
            for name, marks in ticks.items()
            for mark in marks
        ],
        columns=["_panel", "_v", "_tick"],
    )

    count = max(len(names), 1)
    desktop = 2 if count == 4 else min(count, 3)
    room = max((len(f"{mark:,.10g}") for marks in ticks.values() for mark in marks), default=1)
    left, right, top, foot = 8 + 6.5 * room, 12, 32, 22
    # Panels are placed by hand, in pixels: a facet cannot follow the width of the column.
    columns = alt.param(
        name="columns",
        expr=f"{layout.IS_PHONE} ? {min(count, 2)} : width > 1100 ? {min(count, 6)} : {desktop}",
    )
    at_x = f"(datum._panel % columns) * width / columns + {left}"
    across = f"(width / columns - {left + right})"
    tall = f"(height / ceil({count} / columns))"
    at_y = f"floor(datum._panel / columns) * {tall} + {top}"
    down = f"({tall} - {top + foot})"
    x_pixel = alt.X("_x:Q", scale=None, axis=None)
    y_pixel = alt.Y("_y:Q", scale=None, axis=None)

    grid = (
        alt.Chart(lines)
        .transform_calculate(
            _x=at_x, _x2=f"{at_x} + {across}", _y=f"{at_y} + (1 - datum._v) * {down}"
        )
        .encode(x=x_pixel, y=y_pixel)
    )
    small = {"fontSize": layout.by_width(11, 12), "color": theme.MUTED}
    heading = (
        alt.Chart(frames)
        .transform_calculate(_x=f"{at_x} - {left} + 2", _y=f"{at_y} - 21")
        .mark_text(
            align="left",
            baseline="middle",
            fontWeight=600,
            fontSize=layout.by_width(12, 13),
            limit=layout.expr("width / columns - 8"),
        )
        .encode(x=x_pixel, y=y_pixel, text="_name:N")
    )
    years = [
        alt.Chart(frames)
        .transform_calculate(_x=place_x, _y=f"{at_y} + {down} + 6")
        .mark_text(align=align, baseline="top", **small)
        .encode(x=x_pixel, y=y_pixel, text=f"{field}:N")
        for field, align, place_x in [
            ("_start", "left", at_x),
            ("_end", "right", f"{at_x} + {across}"),
        ]
    ]
    base = (
        alt.Chart(rows)
        .transform_calculate(
            _x=f"{at_x} + datum._u * {across}", _y=f"{at_y} + (1 - datum._v) * {down}"
        )
        .encode(
            x=x_pixel,
            y=y_pixel,
            color=alt.Color(
                f"{panel}:N",
                legend=None,
                scale=alt.Scale(
                    domain=names,
                    range=[(colours or {}).get(name, palette.CATEGORY[0]) for name in names],
                ),
            ),
        )
    )
    at = alt.selection_point("at", fields=[x], on="pointerover", clear="pointerout", empty=False)
    line = base.mark_line(strokeWidth=1.9).encode(
        detail=[f"{panel}:N", "_segment:N"], order=f"{x}:Q"
    )
    dot = base.transform_filter(at).mark_point(filled=True, size=45, opacity=1)
    half = f"{across} / {2 * max(end - start, 1)}"
    bands = (
        base.transform_calculate(
            _left=f"datum._x - {half}",
            _right=f"datum._x + {half}",
            _top=at_y,
            _foot=f"{at_y} + {down}",
        )
        .mark_rect(opacity=0)
        .encode(
            x=alt.X("_left:Q", scale=None, axis=None),
            x2="_right:Q",
            y=alt.Y("_top:Q", scale=None, axis=None),
            y2="_foot:Q",
            color=alt.value(theme.PAPER),
            tooltip=[
                alt.Tooltip(f"{panel}:N", title=layout.spoken(panel)),
                alt.Tooltip(f"{x}:Q", title="Year", format="d"),
                alt.Tooltip(f"{value}:Q", title=title[:40], format=format),
            ],
        )
        .add_params(at)
    )
    read = (
        base.transform_filter(at)
        .transform_calculate(_read=f"datum['{x}'] + ': ' + format(datum['{value}'], '{format}')")
        .mark_text(dy=-9, fontWeight=600, stroke=theme.PAPER, strokeWidth=3, strokeJoin="round")
    )
    read = [
        marks.encode(
            text="_read:N",
            color=alt.value(theme.TEXT),
            x=alt.X("_in:Q", scale=None, axis=None),
        ).transform_calculate(_in=f"clamp(datum._x, {at_x} + 30, {at_x} + {across} - 30)")
        for marks in (read, read.mark_text(dy=-9, fontWeight=600))
    ]
    return (
        parts.layer(
            grid.mark_rule(color=theme.GRID).encode(x2="_x2:Q"),
            grid.mark_text(align="right", dx=-5, baseline="middle", **small).encode(
                text=alt.Text("_tick:Q", format=",~r")
            ),
            heading,
            *years,
            line,
            *parts.dots(base, rows),
            dot,
            *read,
            bands,
        )
        .add_params(columns)
        .properties(
            width="container",
            height=panel_height * -(-count // desktop),
            title=layout.title(title),
        )
    )


def price_index(
    table: pd.DataFrame,
    names: Mapping[str, str],
    *,
    base: int | None = None,
    item: str = "commodity",
    price: str = "price",
    basis: str = "price_basis",
    bases: Mapping[str, str] | None = None,
    switch_name: str = "Prices",
    colours: Mapping[str, str] | None = None,
    title: str = "Index, base year = 100, logarithmic scale",
) -> alt.LayerChart:
    """Draw prices as indices on a logarithmic scale; the reader picks the base year.

    Parameters
    ----------
    table
        One row an item, year and, where there is such a column, price basis; columns ``year``,
        `item`, `price`, `basis`.
    names
        Names by code of the item, at most seven.
    base
        Base year of the first view; otherwise the first in which every item has a price.
    item, price, basis
        Columns. Where `basis` is in the table, the reader switches between its values.
    bases
        Names of the price bases by code; the first is shown first.
    switch_name
        What the switch between the bases is called.
    colours
        Colours by name where they are fixed.
    title
        Unit.
    """
    switch = basis if basis in table.columns else None
    rows = table[table[item].isin(list(names))]
    rows = layout.columns_of(rows, "year", item, switch, price)
    order = list(names.values())
    rows["_name"] = rows[item].map(dict(names))
    rows = rows[rows[price] > 0]
    rows = parts.segments(rows, by=[item, *([switch] if switch else [])])
    counts = rows.groupby("year")[item].nunique() if len(rows) else pd.Series(dtype=int)
    common = [int(year) for year in counts[counts == len(set(rows[item]))].index]
    years = common or [0, 1]
    first = base if base in years else years[0]

    picked = parts.slider("base", first, "Base year", low=years[0], high=years[-1])
    params = [picked]
    chart = alt.Chart(rows)
    if switch:
        labels = dict(bases or {code: code for code in dict.fromkeys(rows[switch])}) or {"": ""}
        params.append(
            alt.param(
                "basis",
                value=next(iter(labels)),
                bind=alt.binding_radio(
                    options=list(labels), labels=list(labels.values()), name=f"{switch_name} "
                ),
            )
        )
        chart = chart.transform_filter(f"datum['{switch}'] == basis")
    chart = (
        chart.transform_calculate(_at_base=f"datum.year == base ? datum['{price}'] : null")
        .transform_joinaggregate(_base="max(_at_base)", groupby=[item])
        .transform_calculate(_index=f"100 * datum['{price}'] / datum._base")
        .transform_filter("datum._base > 0")
        .encode(x=parts.year_axis(*parts.year_span(rows)))
    )
    shown = parts.legend_selection("_name")
    encoded = chart.encode(
        y=alt.Y(
            "_index:Q",
            scale=alt.Scale(type="log", nice=False, padding=8),
            axis=alt.Axis(
                format=",~r",
                values=[step * 10.0**power for power in range(-2, 6) for step in (1, 2, 5)],
            ),
        ),
        color=alt.Color(
            "_name:N",
            sort=order,
            scale=palette.category_scale(order, colours),
            legend=layout.legend(order, offset=26),
        ),
        opacity=parts.emphasis(shown),
    )
    line = encoded.mark_line(strokeWidth=2).encode(detail="_segment:N").add_params(shown)
    hover = parts.hover_rule(chart, key="_name", value="_index", names=order, format=",.0f")
    return (
        parts.layer(*parts.base_year(chart), line, *parts.dots(encoded, rows), hover)
        .add_params(*params)
        .properties(width="container", height=theme.HEIGHT + 40, title=layout.title(title))
    )


def monthly_events(
    table: pd.DataFrame,
    events: pd.DataFrame,
    *,
    value: str,
    title: str,
    month: str = "month",
    date: str = "date",
    label: str = "label",
    summary: str | None = None,
    format: str = ",.0f",
    zero: bool = True,
    colour: str = palette.CATEGORY[0],
) -> alt.LayerChart:
    """Draw a monthly series with numbered events above it and their names below.

    Parameters
    ----------
    table
        One row a month; columns `month` (``YYYY-MM`` or dates) and `value`. Months without a
        value are gaps.
    events
        One row an event, at most about twelve; columns `date` (``YYYY``, ``YYYY-MM`` or a
        day) and `label`, and `summary` for the tooltip. Those before the first and after the
        last month are left out.
    value
        Column to draw.
    title
        Unit of the values.
    month, date, label, summary
        Columns.
    format
        d3 number format of the tooltip.
    zero
        The value axis starts at zero.
    colour
        Colour of the line.
    """
    rows = layout.columns_of(table, month, value)
    rows["_date"] = _first_days(rows[month])
    rows = parts.month_bands(rows.dropna(subset=["_date"]).sort_values("_date"))
    rows["_month"] = rows["_date"].dt.year * 12 + rows["_date"].dt.month
    full = parts.segments(rows.dropna(subset=[value]).assign(_all=0), by=["_all"], x="_month")

    notes = layout.columns_of(events, date, label, summary)
    notes["_date"] = _first_days(notes[date])
    notes = notes.dropna(subset=["_date"]).sort_values("_date").reset_index(drop=True)
    if len(rows):
        inside = notes["_date"].between(rows["_date"].min(), rows["_date"].max())
        notes = notes[inside].reset_index(drop=True)
    notes["_number"] = [str(n + 1) for n in range(len(notes))]
    notes["_key"] = [
        f"{number}  {when}  {what}"
        for number, when, what in zip(notes["_number"], notes[date], notes[label], strict=True)
    ]
    span = (rows["_month"].max() - rows["_month"].min() or 1) if len(rows) else 1
    months = (notes["_date"].dt.year * 12 + notes["_date"].dt.month).tolist()
    phone, desktop = (layout.stack(months, 19 * span / width) for width in (285, 600))
    notes["_row_phone"], notes["_row_desktop"] = phone, desktop
    room = [22 * (max(turns, default=-1) + 1) for turns in (phone, desktop)]
    keys = notes["_key"].tolist()

    x = alt.X(
        "_date:T",
        title=None,
        scale=alt.Scale(padding=6),
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}),
    )
    base = alt.Chart(rows).encode(x=x)
    scale = alt.Scale(zero=zero, range=[layout.expr("height"), layout.by_width(*room)])
    encoded = alt.Chart(full).encode(
        x=x, y=alt.Y(f"{value}:Q", scale=scale, axis=alt.Axis(tickCount=6))
    )
    line = encoded.mark_line(color=colour, strokeWidth=1.9).encode(detail="_segment:N")
    lone = [marks.encode(color=alt.value(colour)) for marks in parts.dots(encoded, full)]
    over, tips = layout.told(base, {"_told": "Month", value: f"{title[:40]}|{format}"})
    hover = parts.hover_band(over, tips, field="_date", left="_left:T", right="_right:T")
    marked = alt.Chart(notes).encode(x=x)
    marked = marked.transform_calculate(
        _y=f"9 + 22 * ({layout.IS_PHONE} ? datum._row_phone : datum._row_desktop)"
    )
    tick = marked.mark_rule(color=theme.DOMAIN, strokeDash=[2, 2]).encode(
        y=alt.Y("_y:Q", scale=None, axis=None), y2=alt.value("height")
    )
    marked, tips = layout.told(
        marked,
        {"_number": "Event", date: "Date", label: "What"} | ({summary: "More"} if summary else {}),
    )
    badge = marked.encode(y=alt.Y("_y:Q", scale=None, axis=None), tooltip=tips)
    disc = badge.mark_point(
        shape="circle", size=300, filled=True, opacity=1, stroke=theme.PAPER
    ).encode(
        # The list of events is a legend: it takes as many columns as fit, in print too.
        color=alt.Color(
            "_key:N",
            sort=keys,
            scale=alt.Scale(domain=keys, range=[theme.MUTED] * max(len(keys), 1)),
            legend=layout.legend(keys, orient="bottom", symbolSize=0, labelOffset=0, offset=14),
        )
    )
    number = badge.mark_text(
        color=theme.PAPER, fontSize=12, fontWeight=600, baseline="middle"
    ).encode(text="_number:N")
    below = 17 * len(notes)
    return (
        parts.layer(
            parts.layer(tick, line, *lone, hover),
            disc,
            number,
        )
        .resolve_scale(y="independent", color="independent")
        .properties(
            width="container",
            height=theme.HEIGHT + max(room) + below,
            title=layout.title(title),
        )
    )


def flow_bars(
    table: pd.DataFrame,
    stages: Mapping[str, str],
    *,
    value: str,
    title: str,
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
    height: int = 400,
) -> alt.LayerChart:
    """Draw how a total is shared out at two or three stages, with bands between the stages.

    Parameters
    ----------
    table
        One row a combination of the stages; columns `stages` and `value`. Rows without a
        positive value are left out.
    stages
        Titles of the stages by column, from left to right.
    value
        Column of the amounts.
    title
        Unit of the amounts.
    format
        d3 number format of the labels.
    colours
        Colours by name of the parts of the first stage; the bands keep them.
    height
        Height of the figure.

    Raises
    ------
    ValueError
        If there are fewer than two or more than three stages.
    """
    keys = list(stages)
    if len(keys) not in (2, 3):
        raise ValueError(f"a flow has two or three stages, not {len(keys)}")
    rows = layout.columns_of(table, *keys, value).dropna(subset=keys)
    rows = rows[rows[value] > 0]
    total = float(rows[value].sum()) or 1.0
    orders = [rows.groupby(key)[value].sum().sort_values(ascending=False) for key in keys]
    gap = 0.022
    most = max((len(order) for order in orders), default=1)
    scale = (1 - gap * max(most - 1, 0)) / total

    nodes, starts = [], []
    for index, (key, order) in enumerate(zip(keys, orders, strict=True)):
        top = (1 - scale * order.sum() - gap * (len(order) - 1)) / 2 if len(order) else 0.0
        start = {}
        for name, amount in order.items():
            start[name] = top
            nodes.append(
                {
                    "stage": stages[key],
                    "name": name,
                    value: amount,
                    "share_pct": 100 * amount / total,
                    "_stage": index,
                    "_top": top,
                    "_bottom": top + scale * amount,
                    "_colour": name if index == 0 else "",
                }
            )
            top += scale * amount + gap
        starts.append(start)
    links = _links(rows, keys, orders, starts, scale, value)
    first = list(orders[0].index)
    fixed = palette.category_scale(first, colours)
    colour = alt.Scale(domain=[*first, ""], range=[*fixed.range, theme.DOMAIN])

    bar, head = 14, 26
    spot = f"datum.{{0}} * (width - {bar}) / {len(keys) - 1}"
    lies = f"{head} + datum.{{0}} * (height - {head + 6})"
    x_pixel = alt.X("_x:Q", scale=None, axis=None)
    ease = "(datum._t * datum._t * (3 - 2 * datum._t))"
    told = alt.Chart(links)
    told, tips = layout.told(
        told, {"from": "From", "to": "To", value: f"{title[:40]}|{format}", "share_pct": "%|.1f"}
    )
    bands = (
        told.transform_calculate(_steps="sequence(0, 1.001, 0.0625)")
        .transform_flatten(["_steps"], as_=["_t"])
        .transform_calculate(
            _x=f"{spot.format('_stage')} + {bar} + datum._t * "
            f"((width - {bar}) / {len(keys) - 1} - {bar})",
            _upper=f"datum._from_top + ({ease}) * (datum._to_top - datum._from_top)",
            _lower=f"datum._from_bottom + ({ease}) * (datum._to_bottom - datum._from_bottom)",
        )
        .transform_calculate(_y=lies.format("_upper"), _y2=lies.format("_lower"))
        .mark_area(opacity=0.34)
        .encode(
            x=x_pixel,
            y=alt.Y("_y:Q", scale=None, axis=None),
            y2="_y2:Q",
            detail=["_link:N"],
            color=alt.Color("_colour:N", scale=colour, legend=None),
            tooltip=tips,
        )
    )
    blocks, tips = layout.told(
        alt.Chart(pd.DataFrame(nodes, columns=[*_NODE, value])),
        {"stage": "Stage", "name": "Part", value: f"{title[:40]}|{format}", "share_pct": "%|.1f"},
    )
    blocks = blocks.transform_calculate(
        _x=spot.format("_stage"),
        _x2=f"{spot.format('_stage')} + {bar}",
        _y=lies.format("_top"),
        _y2=lies.format("_bottom"),
        _middle=f"({lies.format('_top')} + {lies.format('_bottom')}) / 2",
        _text=f"datum.name + '  ' + format(datum['{value}'], '{format}')",
    ).encode(x=x_pixel, tooltip=tips)
    block = blocks.mark_rect().encode(
        x2="_x2:Q",
        y=alt.Y("_y:Q", scale=None, axis=None),
        y2="_y2:Q",
        color=alt.Color("_colour:N", scale=colour, legend=None),
    )
    space = f"width / {len(keys) - 1}"
    text = []
    for last in (False, True):
        # What is too small for its label is left to the tooltip.
        written = blocks.transform_filter(
            f"(datum._stage == {len(keys) - 1}) == {str(last).lower()} && datum._y2 - datum._y > 11"
        ).encode(y=alt.Y("_middle:Q", scale=None, axis=None), text="_text:N")
        shape = {
            "align": "right" if last else "left",
            "dx": -6 if last else bar + 6,
            "baseline": "middle",
            # Two labels share the space before the last stage.
            "limit": layout.expr(
                f"datum._stage == 0 && {len(keys)} == 3 ? {space} - {bar + 14} "
                f": ({space} - {bar}) / 2 - 10"
            ),
            "fontSize": layout.by_width(11, 13),
        }
        text += [
            written.mark_text(**shape, stroke=theme.PAPER, strokeWidth=3, strokeOpacity=0.75),
            written.mark_text(**shape),
        ]
    heads = pd.DataFrame({"_stage": range(len(keys)), "_head": list(stages.values())})
    heading = [
        alt.Chart(heads)
        .transform_filter(f"datum._stage {test}")
        .transform_calculate(_x=f"{spot.format('_stage')} + {shift}")
        .mark_text(
            align=align,
            fontWeight=600,
            baseline="top",
            limit=layout.expr(f"width / {len(keys)} - 8"),
        )
        .encode(x=x_pixel, y=alt.value(2), text="_head:N")
        for test, align, shift in [
            ("== 0", "left", 0),
            (f"> 0 && datum._stage < {len(keys) - 1}", "center", bar / 2),
            (f"== {len(keys) - 1}", "right", bar),
        ]
    ]
    return parts.layer(bands, block, *text, *heading).properties(
        width="container", height=height, title=layout.title(title)
    )


_NODE = ["stage", "name", "share_pct", "_stage", "_top", "_bottom", "_colour"]


def _links(
    rows: pd.DataFrame,
    keys: Sequence[str],
    orders: Sequence[pd.Series],
    starts: Sequence[Mapping[str, float]],
    scale: float,
    value: str,
) -> pd.DataFrame:
    """Return one row a band, with where it leaves its part and where it arrives."""
    out = []
    total = float(rows[value].sum()) or 1.0
    for index, (key, onward) in enumerate(pairwise(keys)):
        # A band keeps the colour of the first stage, so it is told apart by it.
        by = list(dict.fromkeys([keys[0], key, onward]))
        flows = rows.groupby(by, as_index=False)[value].sum()
        rank = [
            {name: place for place, name in enumerate(orders[keys.index(name_of)].index)}
            for name_of in by
        ]
        flows["_rank"] = list(
            zip(
                *(flows[name].map(places) for name, places in zip(by, rank, strict=True)),
                strict=True,
            )
        )
        left, right = dict(starts[index]), dict(starts[index + 1])
        sides = {}
        for side, column, place in (("from", key, left), ("to", onward, right)):
            other = onward if side == "from" else key
            ordered = flows.assign(
                _other=flows[other].map(
                    {n: i for i, n in enumerate(orders[keys.index(other)].index)}
                ),
                _own=flows[column].map(
                    {n: i for i, n in enumerate(orders[keys.index(column)].index)}
                ),
            ).sort_values(["_own", "_rank"] if side == "to" or index else ["_own", "_other"])
            for link, row in ordered.iterrows():
                sides[side, link] = place[row[column]]
                place[row[column]] += scale * row[value]
        for link, row in flows.iterrows():
            thick = scale * row[value]
            out.append(
                {
                    "from": row[key],
                    "to": row[onward],
                    value: row[value],
                    "share_pct": 100 * row[value] / total,
                    "_link": f"{index}-{link}",
                    "_stage": index,
                    "_colour": row[keys[0]],
                    "_from_top": sides["from", link],
                    "_from_bottom": sides["from", link] + thick,
                    "_to_top": sides["to", link],
                    "_to_bottom": sides["to", link] + thick,
                }
            )
    return pd.DataFrame(
        out,
        columns=[
            "from",
            "to",
            value,
            "share_pct",
            "_link",
            "_stage",
            "_colour",
            "_from_top",
            "_from_bottom",
            "_to_top",
            "_to_bottom",
        ],
    )


def _ticks(values: pd.Series) -> list[float]:
    """Return two to four round numbers that span zero and the values."""
    values = values.dropna()
    low, high = (min(0.0, values.min()), max(0.0, values.max())) if len(values) else (0.0, 1.0)
    reach = (high - low) or 1.0
    power = 10.0 ** np.floor(np.log10(reach / 2))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if reach / (s * power) <= 3)
    first, last = np.floor(low / step), np.ceil(high / step)
    return [float(round(step * n, 10)) for n in np.arange(first, max(last, first + 1) + 1)]


def _first_days(dates: pd.Series) -> pd.Series:
    """Return dates of which some may be given as a year or a month."""
    text = dates.astype("string").str.slice(0, 10)
    full = text.where(text.str.len() > 4, text + "-07")
    full = full.where(full.str.len() > 7, full + "-01")
    return pd.to_datetime(full, format="%Y-%m-%d", errors="coerce")
