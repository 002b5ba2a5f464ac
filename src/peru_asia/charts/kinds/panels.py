"""Small multiples: one small chart a panel, in as many columns as fit."""

import altair as alt
import numpy as np
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme


def small_multiples(
    table: pd.DataFrame,
    *,
    panel: str,
    value: str,
    title: str,
    shared: bool = True,
    format: str = ",.0f",
) -> alt.LayerChart:
    """Draw one small line chart a panel; the panels move into fewer columns on a phone.

    Pointing at a year shows every panel's value of that year.

    Parameters
    ----------
    table
        One row a panel and year; columns ``year``, `panel` and `value`. Years without a value are
        gaps.
    panel
        Column of the panels' names; they stand in the order of the table.
    value
        Column to draw.
    title
        Unit of the values.
    shared
        All panels have one scale, so that levels compare; otherwise each has its own, so that
        shapes do.
    format
        d3 number format of the values.
    """
    rows = inputs.filled(inputs.need(table, panel, "year", value), "year")
    names = list(dict.fromkeys(rows[panel]))
    place = {name: index for index, name in enumerate(names)}
    rows = parts.segments(inputs.filled(rows, value), by=[panel])
    rows["_panel"] = rows[panel].map(place)
    start, end = parts.year_span(rows)
    all_ticks = _ticks(rows[value])
    of = rows.groupby(panel)[value]
    ticks = dict.fromkeys(names, all_ticks) if shared else of.apply(_ticks).to_dict()
    ticks = {name: ticks.get(name, all_ticks) for name in names}
    low, high = (rows[panel].map({name: ticks[name][end] for name in names}) for end in (0, -1))
    rows["_u"] = (rows["year"] - start) / max(end - start, 1)
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
        ]
    )

    count = len(names)
    desktop = 2 if count == 4 else min(count, 3)
    room = max(len(f"{mark:,.10g}") for marks in ticks.values() for mark in marks)
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
    placed = layout.pixels()
    grid = (
        alt.Chart(lines)
        .transform_calculate(
            _x=at_x, _x2=f"{at_x} + {across}", _y=f"{at_y} + (1 - datum._v) * {down}"
        )
        .encode(**placed)
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
        .encode(**placed, text="_name:N")
    )
    years = [
        alt.Chart(frames)
        .transform_calculate(_x=place_x, _y=f"{at_y} + {down} + 6")
        .mark_text(align=align, baseline="top", **small)
        .encode(**placed, text=f"{field}:N")
        for field, align, place_x in [
            ("_start", "left", at_x),
            ("_end", "right", f"{at_x} + {across}"),
        ]
    ]
    tones = dict.fromkeys(names, palette.CATEGORY[0])
    base = (
        alt.Chart(rows)
        .transform_calculate(
            _x=f"{at_x} + datum._u * {across}", _y=f"{at_y} + (1 - datum._v) * {down}"
        )
        .encode(**placed, color=palette.category(panel, names, tones))
    )
    at = alt.selection_point(
        "at", fields=["year"], on="pointerover", clear="pointerout", empty=False
    )
    line = base.mark_line(strokeWidth=1.9).encode(
        detail=[f"{panel}:N", "_segment:N"], order="year:Q"
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
            **layout.pixels("_left", "_top"),
            x2="_right:Q",
            y2="_foot:Q",
            color=alt.value(theme.PAPER),
            tooltip=[
                alt.Tooltip(f"{panel}:N", title=layout.spoken(panel)),
                alt.Tooltip("year:Q", title="Year", format="d"),
                alt.Tooltip(f"{value}:Q", title=title[:40], format=format),
            ],
        )
        .add_params(at)
    )
    # The figures keep inside their panel.
    inside = f"clamp(datum._x, {at_x} + 30, {at_x} + {across} - 30)"
    read = (
        base.transform_filter(at)
        .transform_calculate(
            _read=f"datum.year + ': ' + format(datum['{value}'], '{format}')", _in=inside
        )
        .encode(text="_read:N", color=alt.value(theme.TEXT), x=layout.pixels("_in")["x"])
    )
    drawn = [
        grid.mark_rule(color=theme.GRID).encode(x2="_x2:Q"),
        grid.mark_text(align="right", dx=-5, baseline="middle", **small).encode(
            text=alt.Text("_tick:Q", format=",~r")
        ),
        heading,
        *years,
        line,
        *parts.dots(base, rows),
        dot,
        *parts.haloed(read, 3, dy=-9, fontWeight=600),
        bands,
    ]
    height = 165 * -(-count // desktop)
    return layout.fit(*drawn, height=height, unit=title, params=[columns])


def _ticks(values: pd.Series) -> list[float]:
    """Return two to four round numbers that span zero and the values."""
    low, high = min(0.0, values.min()), max(0.0, values.max())
    reach = (high - low) or 1.0
    power = 10.0 ** np.floor(np.log10(reach / 2))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if reach / (s * power) <= 3)
    first, last = np.floor(low / step), np.ceil(high / step)
    return [float(round(step * n, 10)) for n in np.arange(first, max(last, first + 1) + 1)]
