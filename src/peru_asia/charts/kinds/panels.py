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
    table : one row a panel and year; columns ``year``, `panel` (names, in the order to be drawn)
        and `value`. Years without a value are gaps.
    shared : all panels have one scale, so that levels compare; otherwise each has its own, so that
        shapes do
    """
    rows = inputs.filled(inputs.need(table, panel, "year", value), "year")
    names = list(dict.fromkeys(rows[panel]))
    rows = parts.segments(inputs.filled(rows, value), by=[panel])
    rows["_panel"] = rows[panel].map(names.index)
    start, end = parts.year_span(rows)
    all_ticks = _ticks(rows[value])
    own_ticks = {} if shared else rows.groupby(panel)[value].apply(_ticks).to_dict()
    ticks = {name: own_ticks.get(name, all_ticks) for name in names}
    low, high = (rows[panel].map({name: ticks[name][at] for name in names}) for at in (0, -1))
    rows["_u"] = (rows["year"] - start) / max(end - start, 1)
    rows["_v"] = (rows[value] - low) / (high - low)
    last = str(end) if end > start else ""
    frames = pd.DataFrame({"_name": names, "_start": str(start), "_end": last})
    frames["_panel"] = frames.index
    lines = pd.DataFrame(
        [
            {"_panel": place, "_v": (mark - marks[0]) / (marks[-1] - marks[0]), "_tick": mark}
            for place, marks in enumerate(ticks.values())
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

    def placed(table: pd.DataFrame, x: str, y: str) -> alt.Chart:
        return alt.Chart(table).transform_calculate(_x=x, _y=y).encode(**layout.pixels())

    height = f"{at_y} + (1 - datum._v) * {down}"
    grid = placed(lines, at_x, height).transform_calculate(_x2=f"{at_x} + {across}")
    small = {"fontSize": layout.by_width(11, 12), "color": theme.MUTED}
    style = {"fontWeight": 600, "fontSize": layout.by_width(12, 13)}
    heading = placed(frames, f"{at_x} - {left} + 2", f"{at_y} - 21").mark_text(
        align="left", baseline="middle", limit=layout.expr("width / columns - 8"), **style
    )
    years = [
        placed(frames, place, f"{at_y} + {down} + 6")
        .mark_text(align=align, baseline="top", **small)
        .encode(text=f"{field}:N")
        for field, align, place in [
            ("_start", "left", at_x),
            ("_end", "right", f"{at_x} + {across}"),
        ]
    ]
    base = placed(rows, f"{at_x} + datum._u * {across}", height)
    base = base.encode(color=palette.category(panel, names, others=palette.CATEGORY[0]))
    at = parts.pointed("year")
    line = base.mark_line(strokeWidth=1.9)
    half = f"{across} / {2 * max(end - start, 1)}"
    edges = {"_left": f"datum._x - {half}", "_right": f"datum._x + {half}"}
    bands = base.transform_calculate(**edges, _top=at_y, _foot=f"{at_y} + {down}")
    told = {panel: layout.spoken(panel), "year": "Year|d", value: f"{title[:40]}|{format}"}
    sides = {**layout.pixels("_left", "_top"), "x2": "_right:Q", "y2": "_foot:Q"}
    hidden = {"color": alt.value(theme.PAPER), "tooltip": layout.tips(told)}
    # The figures keep inside their panel.
    inside = f"clamp(datum._x, {at_x} + 30, {at_x} + {across} - 30)"
    figure = f"datum.year + ': ' + format(datum['{value}'], '{format}')"
    pointed = base.transform_filter(at)
    read = pointed.transform_calculate(_read=figure, _in=inside).encode(
        text="_read:N", color=alt.value(theme.TEXT), x=layout.pixels("_in")["x"]
    )
    drawn = [
        grid.mark_rule(color=theme.GRID).encode(x2="_x2:Q"),
        grid.mark_text(align="right", dx=-5, baseline="middle", **small).encode(
            text=alt.Text("_tick:Q", format=",~r")
        ),
        heading.encode(text="_name:N"),
        *years,
        line.encode(detail=[f"{panel}:N", "_segment:N"], order="year:Q"),
        *parts.dots(base, rows),
        pointed.mark_point(filled=True, size=45, opacity=1),
        *parts.haloed(read, 3, dy=-9, fontWeight=600),
        bands.mark_rect(opacity=0).encode(**sides, **hidden).add_params(at),
    ]
    pixels = 165 * -(-count // desktop)
    return layout.fit(*drawn, height=pixels, unit=title, params=[columns])


def _ticks(values: pd.Series) -> list[float]:
    """Return two to four round numbers that span zero and the values."""
    low, high = min(0.0, values.min()), max(0.0, values.max())
    reach = (high - low) or 1.0
    power = 10.0 ** np.floor(np.log10(reach / 2))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if reach / (s * power) <= 3)
    first, last = np.floor(low / step), np.ceil(high / step)
    return [float(round(step * n, 10)) for n in np.arange(first, max(last, first + 1) + 1)]
