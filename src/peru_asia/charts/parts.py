"""Parts that several charts share: gaps, hover, legend selection, marks for breaks in a series."""

import json
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from peru_asia.charts import theme

# Columns that a chart needs but a reader of its data does not start with this; they are left out of
# the data table and the downloads.
PRIVATE = "_"

_MARK_ROOM = 24  # pixels that the marks of `break_mark` need between legend and plot


def legend(*, marked: object = None) -> alt.Legend:
    """Return the legend, farther from the plot where there is something `marked` above it."""
    return alt.Legend(offset=_MARK_ROOM) if marked else alt.Legend()


def segments(table: pd.DataFrame, *, by: Sequence[str], x: str = "year") -> pd.DataFrame:
    """Count the unbroken runs of each series, so that no line is drawn across a gap.

    Parameters
    ----------
    table
        Tidy table with a whole-number column `x`.
    by
        Columns that tell the series apart.
    x
        Column that should rise by one from row to row.

    Returns
    -------
    pandas.DataFrame
        Sorted by `by` and `x`, with a column ``_segment`` (0, 1, …) and a column ``_alone`` that
        is true where a run is a single row, which a line would not show.
    """
    out = table.sort_values([*by, x]).reset_index(drop=True)
    groups = out.groupby(list(by), observed=True, sort=False)
    out["_segment"] = (
        (groups[x].diff() > 1)
        .groupby([out[name] for name in by], observed=True, sort=False)
        .cumsum()
        .astype(int)
    )
    runs = out.groupby([*by, "_segment"], observed=True, sort=False)
    out["_alone"] = runs[x].transform("size") == 1
    return out


def dots(encoded: alt.Chart, rows: pd.DataFrame) -> list[alt.Chart]:
    """Return a layer of dots for the runs of `segments` that are a single row, if there are any."""
    if not rows["_alone"].any():
        return []
    return [encoded.transform_filter("datum._alone").mark_point(filled=True, size=28, clip=True)]


def legend_selection(field: str, name: str = "shown") -> alt.Parameter:
    """Return a selection made by clicking the legend; with nothing chosen all is shown."""
    return alt.selection_point(name, fields=[field], bind="legend")


def emphasis(selection: alt.Parameter, faded: float = 0.12) -> alt.Opacity:
    """Return an opacity that fades what the legend's `selection` leaves out."""
    return alt.when(selection).then(alt.value(1)).otherwise(alt.value(faded))


def hover_rule(
    base: alt.Chart,
    *,
    key: str,
    value: str,
    names: Sequence[str],
    format: str,
    x: str = "year",
    empty: str = "no data",
) -> alt.Chart:
    """Return a band over the year under the pointer, with every series' value in its tooltip.

    Parameters
    ----------
    base
        Chart of the long table.
    key, value
        Columns: what tells the series apart, and what the tooltip shows.
    names
        Values of `key`, in the order of the tooltip.
    format
        d3 number format of the values.
    x
        Column of whole years.
    empty
        What the tooltip says where a series has no value.
    """
    # Bands side by side rather than Vega-Lite's "nearest": its tooltips cannot read text fields.
    at = alt.selection_point("at", fields=[x], on="pointerover", clear="pointerout", empty=False)
    shown = base.transform_pivot(key, value=value, groupby=[x]).transform_calculate(
        _start=f"datum['{x}'] - 0.5", _end=f"datum['{x}'] + 0.5"
    )
    for index, name in enumerate(names):
        field = f"datum[{json.dumps(name)}]"
        tip = f"isValid({field}) ? format({field}, '{format}') : '{empty}'"
        shown = shown.transform_calculate(**{f"_tip{index}": tip})
    return (
        shown.mark_rect(color=theme.TEXT)
        .encode(
            x=alt.X("_start:Q"),
            x2="_end:Q",
            opacity=alt.when(at).then(alt.value(0.14)).otherwise(alt.value(0)),
            tooltip=[
                alt.Tooltip(f"{x}:Q", title="Year", format="d"),
                *(alt.Tooltip(f"_tip{i}:N", title=name) for i, name in enumerate(names)),
            ],
        )
        .add_params(at)
    )


def break_mark(year: float, before: str, after: str) -> alt.LayerChart:
    """Return a dashed rule where a series changes its source, with both names above the plot.

    The rule stands half a year before `year`, between the last year of the old source and the
    first of the new one. The chart's legend makes room
    for them with ``legend(marked=...)``.
    """
    base = alt.Chart(pd.DataFrame({"year": [year - 0.5]})).encode(x="year:Q")
    rule = base.mark_rule(strokeDash=[3, 3], color=theme.MUTED, strokeWidth=1)
    text = {"baseline": "bottom", "color": theme.MUTED, "fontSize": 12}
    left = base.mark_text(align="right", dx=-4, text=f"{before} ◂", **text)
    right = base.mark_text(align="left", dx=4, text=f"▸ {after}", **text)
    return rule + left.encode(y=alt.value(-4)) + right.encode(y=alt.value(-4))


def spread(
    values: pd.Series, *, gap: float, within: pd.Series | None = None, log: bool = False
) -> pd.Series:
    """Move values that lie too close apart, so that labels at them do not overlap.

    Parameters
    ----------
    values
        Where the labels belong.
    gap
        Least distance as a fraction of the axis: from zero (or, if `log`, from the smallest
        value) to the largest.
    within
        All values on the axis, if there are more than those with labels.
    log
        Measure distance on a logarithmic scale.

    Returns
    -------
    pandas.Series
        Places in the order and unit of `values`, moved upwards where needed.
    """
    if values.empty:
        return values
    scaled = np.log10(values) if log else values
    seen = scaled if within is None else np.log10(within) if log else within
    step = gap * (seen.max() - (seen.min() if log else min(0.0, seen.min())) or 1.0)
    placed, floor = {}, -np.inf
    for label, value in scaled.sort_values().items():
        floor = max(value, floor + step)
        placed[label] = floor
    out = pd.Series(placed).reindex(values.index)
    return 10**out if log else out


def breaks_inside(year: int | None, rows: pd.DataFrame) -> bool:
    """Tell whether a break at `year` lies between the first and the last year of `rows`."""
    return year is not None and bool((rows["year"] < year).any() and (rows["year"] >= year).any())


def year_scale(start: int, end: int) -> alt.Scale:
    """Return the scale of whole years from `start` to `end`, with half a year at each side."""
    return alt.Scale(domain=[start - 0.5, end + 0.5], nice=False)


def year_labels(start: int, end: int, **options: object) -> alt.Axis:
    """Return an axis of whole years; Vega would label half years where there are few."""
    values = {"values": list(range(start, end + 1))} if end - start < 8 else {}
    return alt.Axis(format="d", **values, **options)


def year_axis(start: int, end: int) -> alt.X:
    """Return an x encoding for whole years from `start` to `end`."""
    return alt.X("year:Q", title=None, scale=year_scale(start, end), axis=year_labels(start, end))
