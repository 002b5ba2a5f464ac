"""Lines with a band of uncertainty around each."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, parts, theme


def lines(
    table: pd.DataFrame,
    names: Mapping[str, str],
    *,
    value: str,
    low: str,
    high: str,
    title: str,
    by: str = "partner",
    since: int | None = None,
    format: str = "+.2f",
    height: int = theme.HEIGHT + 60,
) -> alt.LayerChart:
    """Draw estimates over the years as lines, each in the band in which it may lie.

    For estimates on one scale whose uncertainty decides what can be said: where two bands lie
    over each other, the order of the two is not known. Clicking the legend shows one series alone.

    Parameters
    ----------
    table
        One row a series and year; columns ``year``, `by`, `value`, `low` and `high`. Years
        without a value are gaps.
    names
        Names by code of the series, in the order of the legend. The colour is the partner's.
    value, low, high
        Columns of the estimate and of the ends of its band.
    title
        Unit of the values, with the width of the band.
    by
        Column of the codes.
    since
        First year to draw.
    format
        d3 number format of the tooltip.
    height
        Height of the figure.
    """
    rows = layout.columns_of(table[table[by].isin(list(names))], "year", by, value, low, high)
    rows = rows.dropna(subset=[value, low, high])
    rows = rows[rows["year"] >= since] if since else rows
    rows["name"] = rows[by].map(dict(names))
    rows = parts.segments(rows.drop(columns=by), by=["name"])
    order = list(names.values())
    start, end = parts.year_span(rows)
    ends = rows[rows["year"] == rows.groupby("name")["year"].transform("max")]
    rows["_label_at"] = parts.spread(ends[value], gap=0.055, within=rows[[low, high]].stack())

    shown = parts.legend_selection("name")
    scale = alt.Scale(zero=False, nice=True)
    axis = layout.value_axis(
        rows[[low, high]],
        labelExpr="datum.value == 0 ? '0' : format(datum.value, '+~r')",
    )
    base = alt.Chart(rows).encode(
        x=parts.year_axis(start, end),
        color=alt.Color(
            "name:N",
            sort=order,
            scale=theme.partner_scale(list(names), order),
            legend=layout.legend(order, symbolOpacity=1),
        ),
    )
    band = base.mark_area(strokeWidth=0).encode(
        y=alt.Y(f"{low}:Q", scale=scale, axis=axis),
        y2=f"{high}:Q",
        detail="_segment:N",
        opacity=alt.when(shown).then(alt.value(0.22)).otherwise(alt.value(0.03)),
    )
    encoded = base.encode(
        y=alt.Y(f"{value}:Q", scale=scale, axis=axis), opacity=parts.emphasis(shown)
    )
    line = encoded.mark_line().encode(detail="_segment:N").add_params(shown)
    label = (
        encoded.transform_filter("isValid(datum._label_at)")
        .mark_text(align="left", dx=6, fontWeight=600, limit=84)
        .encode(text="name:N", y=alt.Y("_label_at:Q", scale=scale, axis=axis))
    )
    hover = parts.hover_rule(
        alt.Chart(rows).encode(x=parts.year_axis(start, end)),
        key="name",
        value=value,
        names=order,
        format=format,
    )
    return parts.layer(band, line, *parts.dots(encoded, rows), label, hover).properties(
        width="container", height=height, title=layout.title(title)
    )
