"""Parts that several charts share: gaps, years, controls, hover, marks for breaks.

Columns that a chart needs but a reader of its data does not start with "_"; they are left out of
the data table and the downloads.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, theme

MARK_ROOM = 24  # pixels that the marks of `break_mark` need between legend and plot


def having(chart: alt.Chart, *columns: str) -> alt.Chart:
    """Return the part of a chart whose rows have a value in each of the columns."""
    return chart.transform_filter(" && ".join(f"isValid(datum['{name}'])" for name in columns))


def lacking(chart: alt.Chart, column: str) -> alt.Chart:
    """Return the part of a chart whose rows have no value in the column."""
    return chart.transform_filter(f"!isValid(datum['{column}'])")


def segments(table: pd.DataFrame, *, by: Sequence[str], x: str = "year") -> pd.DataFrame:
    """Count the unbroken runs of each series, so that no line is drawn across a gap.

    Parameters
    ----------
    table : tidy table; its columns `by` tell the series apart
    x : column of whole numbers that should rise by one from row to row

    Returns
    -------
    Sorted by `by` and `x`, with a column ``_segment`` (0, 1, …) and a column ``_alone`` that is
    true where a run is a single row, which a line would not show.
    """
    out = table.sort_values([*by, x]).reset_index(drop=True)
    broken = out.groupby(list(by), observed=True, sort=False)[x].diff() > 1
    series = [out[name] for name in by]
    out["_segment"] = broken.groupby(series, observed=True, sort=False).cumsum().astype(int)
    runs = out.groupby([*by, "_segment"], observed=True, sort=False)
    out["_alone"] = runs[x].transform("size") == 1
    return out


def dots(encoded: alt.Chart, rows: pd.DataFrame) -> list[alt.Chart]:
    """Return a layer of dots for the runs of `segments` that are a single row, if there are any."""
    if not rows["_alone"].any():
        return []
    return [encoded.transform_filter("datum._alone").mark_point(filled=True, size=28, clip=True)]


def legend_selection(field: str) -> alt.Parameter:
    """Return a selection made by clicking the legend; with nothing chosen all is shown."""
    return alt.selection_point("shown", fields=[field], bind="legend")


def emphasis(selection: alt.Parameter, faded: float = 0.12) -> Mapping[str, Any]:
    """Return an opacity that fades what the legend's `selection` leaves out."""
    return alt.when(selection).then(alt.value(1)).otherwise(alt.value(faded))


def by_legend(
    field: str,
    names: Sequence[str],
    colours: Mapping[str, str] | None = None,
    *,
    faded: float = 0.12,
    **legend: Any,
) -> tuple[dict[str, Any], alt.Parameter]:
    """Return the encodings of things that clicking their legend shows alone, and its selection.

    A mark takes the selection with ``add_params``; `legend` goes to `layout.legend`.
    """
    shown = legend_selection(field)
    colour = palette.category(field, names, colours, legend=layout.legend(names, **legend))
    return {"color": colour, "opacity": emphasis(shown, faded)}, shown


def menu(name: str, options: Sequence[Any], label: str) -> alt.Parameter:
    """Return the parameter `name` that a list sets; the first option is shown first, in print too.

    The `label` stands beside the list.
    """
    bind = alt.binding_select(options=list(options), name=f"{label} ")
    return alt.param(name, value=options[0], bind=bind)


def picked(
    chart: alt.Chart, choice: str | None, options: Iterable[Any], label: str
) -> tuple[alt.Chart, list[alt.Parameter]]:
    """Return a chart of the rows with the `choice` that the reader picks, and what sets it.

    The chart is of one table; without a choice it stays as it is.
    """
    if not choice:
        return chart, []
    options = list(options) or list(dict.fromkeys(chart.data[choice].dropna()))
    inputs.only(chart.data, choice, options)
    by = menu(f"picked_{choice}", options, label)
    return chart.transform_filter(alt.datum[choice] == by), [by]


def slider(
    name: str, value: float, label: str, *, low: float, high: float, step: float = 1
) -> alt.Parameter:
    """Return the parameter `name` that a slider from `low` to `high` sets; `value` comes first."""
    bind = alt.binding_range(min=low, max=high, step=step, name=f"{label} ")
    return alt.param(name, value=value, bind=bind)


def hover_rule(
    base: alt.Chart,
    *,
    key: str,
    value: str,
    names: Sequence[str],
    format: str,
    empty: str = layout.NO_DATA,
) -> alt.Chart:
    """Return a band over the year under the pointer, with every series' value in its tooltip.

    Parameters
    ----------
    base : chart of the long table
    key, value : columns: what tells the series apart (`names`, in order), and what the tooltip
        shows
    empty : what the tooltip says where a series has no value
    """
    shown = base.transform_pivot(key, value=value, groupby=["year"]).transform_calculate(
        _start="datum.year - 0.5", _end="datum.year + 0.5"
    )
    tips = [alt.Tooltip("year:Q", title="Year", format="d")]
    for index, name in enumerate(names):
        field = f"datum[{json.dumps(name)}]"
        tip = f"isValid({field}) ? format({field}, '{format}') : '{empty}'"
        shown = shown.transform_calculate(**{f"_tip{index}": tip})
        tips.append(alt.Tooltip(f"_tip{index}:N", title=name))
    return hover_band(shown, tips, field="year", left="_start:Q", right="_end:Q")


def hover_band(
    chart: alt.Chart, tips: Sequence[alt.Tooltip], *, field: str, left: str, right: str
) -> alt.Chart:
    """Return the band under the pointer, from `left` to `right`, which tells of one `field`.

    Bands side by side rather than Vega-Lite's "nearest": its tooltips cannot read text fields.
    """
    at = pointed(field)
    shade = alt.when(at).then(alt.value(0.14)).otherwise(alt.value(0))
    band = chart.mark_rect(color=theme.TEXT).encode(x=alt.X(left), x2=right, opacity=shade)
    return band.encode(tooltip=list(tips)).add_params(at)


def pointed(field: str) -> alt.Parameter:
    """Return the selection of what has the `field` of the mark under the pointer."""
    return alt.selection_point(
        "at", fields=[field], on="pointerover", clear="pointerout", empty=False
    )


def break_mark(rows: pd.DataFrame, year: int | None, sources: tuple[str, str]) -> list[alt.Chart]:
    """Return the mark where a series changes its source, with both names above the plot.

    It stands half a year before `year`, between the last year of the old source and the first of
    the new one; there is none where `rows` do not reach across it. The chart's legend makes room
    for the names with the offset `MARK_ROOM`.
    """
    if year is None or not rows["year"].min() < year <= rows["year"].max():
        return []
    return change_mark("year", year - 0.5, f"{sources[0]} ◂", f"▸ {sources[1]}")


def change_mark(
    field: str, at: object, left: str, right: str = "", y: float = -4
) -> list[alt.Chart]:
    """Return a dashed rule `at` a time, and what stands `left` and `right` of it at the height."""
    base = alt.Chart(pd.DataFrame({field: [at]})).encode(x=field)
    words = base.encode(y=alt.value(y))
    text = {"baseline": "bottom", "color": theme.MUTED, "fontSize": 12}
    return [
        base.mark_rule(strokeDash=[3, 3], color=theme.MUTED, strokeWidth=1),
        words.mark_text(align="right", dx=-4, text=left, **text),
        *([words.mark_text(align="left", dx=4, text=right, **text)] if right else []),
    ]


def spread(
    values: pd.Series, *, gap: float, within: pd.Series | None = None, log: bool = False
) -> pd.Series:
    """Move values that lie too close apart, so that labels at them do not overlap.

    Parameters
    ----------
    values : where the labels belong
    gap : least distance as a fraction of the axis: from zero (or, if `log`, from the smallest
        value) to the largest
    within : all values on the axis, if there are more than those with labels
    log : measure distance on a logarithmic scale

    Returns
    -------
    Places in the order and unit of `values`, moved upwards where needed.
    """
    scaled = pd.Series(np.log10(values)) if log else values
    seen = scaled if within is None else np.log10(within) if log else within
    step = gap * (seen.max() - (seen.min() if log else min(0.0, seen.min())) or 1.0)
    placed, floor = {}, -np.inf
    for label, value in scaled.sort_values().items():
        floor = max(value, floor + step)
        placed[label] = floor
    out = pd.Series(placed).reindex(values.index)
    return 10**out if log else out


def haloed(chart: alt.Chart, width: float, **style: Any) -> list[alt.Chart]:
    """Return a text twice: outlined `width` pixels wide in the colour of paper, then itself."""
    outline = {"stroke": theme.PAPER, "strokeWidth": width, "strokeJoin": "round"}
    return [chart.mark_text(**style, **halo) for halo in (outline, {})]


def rule(channel: str, field: str, at: object, **style: Any) -> alt.Chart:
    """Return a rule across the plot `at` a value of one `field`, along ``x`` or ``y``."""
    mark = alt.Chart(pd.DataFrame({field: [at]})).mark_rule(**style)
    return mark.encode(**{channel: f"{field}:Q"})


def row_tooltip(rows: alt.Chart, tips: Sequence[alt.Tooltip]) -> alt.Chart:
    """Return an unseen bar over each row that answers pointer and finger with a tooltip."""
    bar = rows.mark_bar(opacity=0, fill=theme.PAPER)
    return bar.encode(x=alt.value(0), x2=alt.value("width"), tooltip=list(tips))


def year_span(rows: pd.DataFrame) -> tuple[int, int]:
    """Return the first and the last ``year``."""
    return int(rows["year"].min()), int(rows["year"].max())


def year_scale(start: int, end: int) -> alt.Scale:
    """Return the scale of whole years from `start` to `end`, with half a year at each side."""
    return alt.Scale(domain=[start - 0.5, end + 0.5], nice=False)


def year_labels(start: int, end: int, **options: Any) -> alt.Axis:
    """Return an axis of whole years; Vega would label half years where there are few."""
    if end - start < 8:
        options["values"] = list(range(start, end + 1))
    return alt.Axis(format="d", **options)


def year_axis(start: int, end: int) -> alt.X:
    """Return an x encoding for whole years from `start` to `end`."""
    return alt.X("year:Q", title=None, scale=year_scale(start, end), axis=year_labels(start, end))


def along_years(first: float, last: Any, ticks: Sequence[int]) -> dict[str, Any]:
    """Return what encodings of decimal years from `first` to `last` have in common."""
    scale = alt.Scale(domainMin=first, domainMax=last, nice=False, zero=False)
    return {"title": None, "scale": scale, "axis": alt.Axis(format="d", values=ticks, grid=True)}


def year_bars(base: alt.Chart, span: tuple[int, int], half: float) -> alt.Chart:
    """Return bars that reach `half` a year to both sides of their ``year``."""
    axis = year_labels(*span, grid=False, labelSeparation=5)
    x = alt.X("_from:Q", bin="binned", title=None, axis=axis, scale=year_scale(*span))
    edges = {"_from": f"datum.year - {half}", "_to": f"datum.year + {half}"}
    return base.transform_calculate(**edges).mark_bar(binSpacing=0).encode(x=x, x2="_to:Q")
