"""Charts of how two series move together: the path of their pairs, and correlations by lag."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme

_TOO_FEW = "too few pairs of months to say"


def paths(
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    period: str,
    title: str,
    x_title: str,
    step: str,
    at: str,
    lag: str | None = None,
    lag_name: str = "Lag",
    at_name: str = "Month",
    format: str = ",.0f",
) -> alt.LayerChart:
    """Draw the pairs of two series as a path through the plane; the reader picks the lag.

    One coefficient sums up a cloud; the path shows of what times the cloud is made. Neighbouring
    steps are joined. Scales do not start at zero.

    Parameters
    ----------
    table
        One row a pair (and lag); columns `x`, `y`, `period`, `step`, `at` and `lag`. Pairs
        with a missing side are left out.
    x, y
        Columns of the two series.
    period
        Column of the stretch of time that a pair belongs to, at most seven, in order.
    title, x_title
        Units of `y` and of `x`.
    step
        Column of whole numbers that rise by one from one step to the next.
    at
        Column of what a pair is called in the tooltip, such as its month.
    lag
        Column of the lag; the first value is shown first.
    lag_name
        Label of the control.
    at_name
        Title of `at` in the tooltip.
    format
        d3 number format of the tooltip.
    """
    rows = layout.columns_of(table, at, step, period, lag, x, y).dropna(subset=[x, y])
    rows = rows.rename(columns={step: "_step"})
    rows = parts.segments(rows, by=[*([lag] if lag else []), period], x="_step")
    order = list(dict.fromkeys(rows.sort_values("_step")[period]))
    shown = parts.legend_selection(period)
    chart = alt.Chart(rows)
    params: list[alt.Parameter] = []
    if lag:
        options = list(dict.fromkeys(layout.columns_of(table, lag)[lag]))
        params.append(parts.menu("lag", options, lag_name))
        chart = chart.transform_filter(f"datum['{lag}'] == lag")
    zoomed = alt.Scale(zero=False, nice=True)
    base = chart.encode(
        x=alt.X(
            f"{x}:Q",
            scale=zoomed,
            axis=alt.Axis(title=x_title, grid=True, tickCount=layout.by_width(4, 8), format=",~r"),
        ),
        y=alt.Y(f"{y}:Q", scale=zoomed, axis=alt.Axis(tickCount=6)),
        color=alt.Color(
            f"{period}:N",
            sort=order,
            scale=palette.category_scale(order),
            legend=layout.legend(order, beside=0),
        ),
        opacity=parts.emphasis(shown, 0.06),
    )
    line = base.mark_line(strokeWidth=1, strokeOpacity=0.5).encode(
        detail="_segment:N", order="_step:Q"
    )
    base, tips = layout.told(
        base, {at: at_name, x: f"{x_title[:40]}|{format}", y: f"{title[:40]}|{format}"}
    )
    dot = base.mark_point(filled=True, size=52, stroke=theme.PAPER, strokeWidth=0.7).encode(
        shape=alt.Shape(f"{period}:N", sort=order, scale=palette.shape_scale(order)),
        tooltip=tips,
    )
    return (
        parts.layer(line, dot.add_params(shown))
        .add_params(*params)
        .properties(width="container", height=theme.HEIGHT + 60, title=layout.title(title))
    )


def lag_profile(
    table: pd.DataFrame,
    panels: Mapping[str, str],
    *,
    measure: str = "measure",
    series: str = "series",
    series_name: str = "Series",
    x_title: str = "lag, months",
    panel_height: int = 190,
) -> alt.LayerChart:
    """Draw correlations by lag with their intervals, a panel a measure; the reader picks a series.

    The shaded band lies where correlations at lags that cannot matter lie; the bar at each lag is
    the interval of `peru_asia.indicators.lagged_correlations`.

    Parameters
    ----------
    table
        One row a series, measure and lag: `series`, `measure`, ``lag``, ``pairs``,
        ``effective_pairs``, ``correlation``, ``low``, ``high``, and ``band_low`` and
        ``band_high``, the same in all rows of a series and measure. Lags without a
        correlation are gaps.
    panels
        Headings by value of `measure`, from above to below.
    measure, series
        Columns. The first series is shown first.
    series_name
        Label of the control.
    x_title
        Title of the axis of lags.
    panel_height
        Height of a panel.
    """
    numbers = ["correlation", "low", "high", "pairs", "effective_pairs"]
    rows = layout.columns_of(table, series, measure, "lag", *numbers, "band_low", "band_high")
    options = list(dict.fromkeys(rows[series]))
    picked = parts.menu("picked", options, series_name)
    head = 30
    full = (panel_height + head) * len(panels)
    layers: list[alt.Chart | alt.LayerChart] = []
    span = [float(rows["lag"].min()) - 0.8, float(rows["lag"].max()) + 0.8]
    x = alt.X(
        "lag:Q",
        scale=alt.Scale(domain=span, nice=False),
        axis=alt.Axis(title=x_title, grid=False, tickCount=layout.by_width(6, 11), format="d"),
    )
    for index, (code, heading) in enumerate(panels.items()):
        start = index * (panel_height + head) + head
        foot = f"height * {(start + panel_height) / full:.5f}"
        top = f"height * {start / full:.5f}"
        y_scale = alt.Scale(domain=[-1, 1], nice=False, range=[layout.expr(foot), layout.expr(top)])
        y_axis = alt.Axis(
            values=[-1, -0.5, 0, 0.5, 1],
            labelExpr="datum.value == 0 ? '0' : format(datum.value, '+.1~f')",
            title=None,
            orient="left",
            grid=True,
        )
        y = {"scale": y_scale, "axis": y_axis}
        base = alt.Chart(rows[rows[measure] == code]).transform_filter(
            f"datum['{series}'] == picked"
        )
        base = base.encode(x=x)
        band = (
            base.transform_aggregate(
                band_low="min(band_low)", band_high="max(band_high)", groupby=[series]
            )
            .mark_rect(fill=theme.DOMAIN, opacity=0.28)
            .encode(
                x=alt.value(0),
                x2=alt.value("width"),
                y=alt.Y("band_low:Q", **y),
                y2="band_high:Q",
            )
        )
        zero = alt.Chart(pd.DataFrame({"_zero": [0]})).mark_rule(color=theme.MUTED)
        has = base.transform_filter("isValid(datum.correlation)")
        bars = has.mark_rule(color=palette.SEQUENTIAL[3], opacity=0.45, strokeWidth=2).encode(
            y=alt.Y("low:Q", **y), y2="high:Q"
        )
        told, tips = layout.told(
            has,
            {
                series: series_name,
                "lag": "Lag",
                "correlation": "Correlation|+.2f",
                "low": "from|+.2f",
                "high": "to|+.2f",
                "pairs": "Pairs|,.0f",
                "effective_pairs": "worth about|,.0f",
            },
        )
        dots = told.mark_point(
            filled=True, color=palette.CATEGORY[0], size=layout.by_width(16, 34), opacity=1
        ).encode(y=alt.Y("correlation:Q", **y), tooltip=tips)
        none = (
            base.transform_aggregate(_any="valid(correlation)", groupby=[series])
            .transform_filter("datum._any == 0")
            .mark_text(color=theme.MUTED, fontStyle="italic", text=_TOO_FEW)
            .encode(
                x=alt.value(layout.expr("width / 2")),
                y=alt.value(layout.expr(f"({top} + {foot}) / 2 - 12")),
            )
        )
        words = alt.Chart(pd.DataFrame({"_heading": [heading]})).mark_text(
            align="left", baseline="bottom", color=theme.MUTED
        )
        layers.append(
            parts.layer(
                band,
                zero.encode(y=alt.Y("_zero:Q", **y)),
                bars,
                dots,
                none,
                words.encode(
                    text="_heading:N", x=alt.value(0), y=alt.value(layout.expr(f"{top} - 8"))
                ),
            )
        )
    return (
        parts.layer(*layers)
        .add_params(picked)
        .resolve_scale(y="independent")
        .properties(width="container", height=full + 40)
    )
