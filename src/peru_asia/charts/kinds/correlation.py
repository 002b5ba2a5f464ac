"""Charts of how two series move together: pairs, their path, and correlations by lag."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme

_TOO_FEW = "too few pairs of months to say"

# Where the name of a dot stands.
_BESIDE: dict[str, dict[str, Any]] = {
    "left": {"align": "right", "dx": -7},
    "right": {"align": "left", "dx": 7},
    "above": {"align": "center", "dy": -12},
}


def scatter(
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    at: str,
    title: str,
    x_title: str,
    named: Mapping[int, str] | None = None,
    choice: str | None = None,
    label: str = "",
) -> alt.LayerChart:
    """Draw pairs of yearly changes as dots around zero; some years carry their name.

    Parameters
    ----------
    table
        One row a year; pairs with a missing side are left out.
    x, y
        Columns of the two changes, in per cent.
    at
        Column of the year.
    title, x_title
        Units of `y` and of `x`.
    named
        Years that carry a name, with where it stands: ``left``, ``right`` or ``above``.
    choice
        Column of what the reader may choose among; the first value is shown first. The scales
        hold all of them, so that a cloud that looks larger is larger.
    label
        What the menu is called.
    """
    rows = inputs.filled(inputs.need(table, at, choice, x, y), x, y)
    named = dict(named or {})
    inputs.only(rows, at, named)
    chart, params = parts.picked(alt.Chart(rows), choice, (), label)
    along = alt.Axis(title=x_title, grid=True, tickCount=layout.by_width(5, 9))
    base, tips = layout.told(
        chart.encode(
            x=alt.X(f"{x}:Q", scale=_around(rows[x]), axis=along),
            y=alt.Y(f"{y}:Q", scale=_around(rows[y]), axis=alt.Axis(tickCount=7, grid=True)),
        ),
        {at: "Year|d", x: f"{x_title[:40]}|.1f", y: f"{title[:40]}|.1f"},
    )
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=theme.DOMAIN)
    dot = base.mark_point(filled=True, size=60, color=theme.PARTNERS["JPN"], opacity=0.85)
    words = [
        base.transform_filter(
            alt.FieldOneOfPredicate(
                field=at, oneOf=[year for year, place in named.items() if place == side]
            )
        )
        .mark_text(**_BESIDE[side])
        .encode(text=alt.Text(f"{at}:Q", format="d"))
        for side in sorted(set(named.values()))
    ]
    return layout.fit(
        zero.encode(x="zero:Q"),
        zero.encode(y="zero:Q"),
        dot.encode(tooltip=tips),
        *words,
        height=theme.HEIGHT + 40,
        unit=title,
        params=params,
    )


def connected_scatter(
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    period: str,
    title: str,
    x_title: str,
    step: str,
    at: str,
    choice: str,
    label: str,
    at_name: str = "Month",
    format: str = ",.0f",
) -> alt.LayerChart:
    """Draw the pairs of two series as a path through the plane; the reader picks the lag.

    One coefficient sums up a cloud; the path shows of what times the cloud is made. Neighbouring
    steps are joined. Scales do not start at zero.

    Parameters
    ----------
    table
        One row a pair and lag; columns `x`, `y`, `period`, `step`, `at` and `choice`. Pairs
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
    choice
        Column of the lag, or of what else the reader picks; the first value is shown first.
    label
        What the menu is called.
    at_name
        Title of `at` in the tooltip.
    format
        d3 number format of the tooltip.
    """
    rows = inputs.filled(inputs.need(table, at, step, period, choice, x, y), x, y)
    rows = rows.assign(_step=rows[step])
    options = list(dict.fromkeys(rows[choice]))
    rows = parts.segments(rows, by=[choice, period], x="_step")
    order = list(dict.fromkeys(rows.sort_values("_step")[period]))
    shown = parts.legend_selection(period)
    chart, params = parts.picked(alt.Chart(rows), choice, options, label)
    zoomed = alt.Scale(zero=False, nice=True)
    along = alt.Axis(title=x_title, grid=True, tickCount=layout.by_width(4, 8), format=",~r")
    base = chart.encode(
        x=alt.X(f"{x}:Q", scale=zoomed, axis=along),
        y=alt.Y(f"{y}:Q", scale=zoomed, axis=alt.Axis(tickCount=6)),
        color=palette.category(period, order, legend=layout.legend(order, beside=0)),
        opacity=parts.emphasis(shown, 0.06),
    )
    line = base.mark_line(strokeWidth=1, strokeOpacity=0.5).encode(
        detail="_segment:N", order="_step:Q"
    )
    base, tips = layout.told(
        base, {at: at_name, x: f"{x_title[:40]}|{format}", y: f"{title[:40]}|{format}"}
    )
    dot = base.mark_point(filled=True, size=52, stroke=theme.PAPER, strokeWidth=0.7).encode(
        shape=palette.shape(period, order), tooltip=tips
    )
    height = theme.HEIGHT + 60
    return layout.fit(line, dot.add_params(shown), height=height, unit=title, params=params)


def correlogram(
    table: pd.DataFrame,
    panels: Mapping[str, str],
    *,
    measure: str = "measure",
    series: str = "series",
    x_title: str = "lag, months",
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
    x_title
        Title of the axis of lags.
    """
    numbers = ["correlation", "low", "high", "pairs", "effective_pairs"]
    rows = inputs.need(table, series, measure, "lag", *numbers, "band_low", "band_high")
    options, label = list(dict.fromkeys(rows[series])), layout.spoken(series)
    layers: list[alt.Chart | alt.LayerChart] = []
    span = [float(rows["lag"].min()) - 0.8, float(rows["lag"].max()) + 0.8]
    x = alt.X(
        "lag:Q",
        scale=alt.Scale(domain=span, nice=False),
        axis=alt.Axis(title=x_title, grid=False, tickCount=layout.by_width(6, 11), format="d"),
    )
    axis = alt.Axis(
        values=[-1, -0.5, 0, 0.5, 1],
        labelExpr="datum.value == 0 ? '0' : format(datum.value, '+.1~f')",
        title=None,
        orient="left",
        grid=True,
    )
    told = {
        series: label,
        "lag": "Lag",
        "correlation": "Correlation|+.2f",
        "low": "from|+.2f",
        "high": "to|+.2f",
        "pairs": "Pairs|,.0f",
        "effective_pairs": "worth about|,.0f",
    }
    places = layout.stacked_panels(list(panels.values()), tall=190)
    for code, panel in zip(panels, places, strict=True):
        place = [layout.expr(panel.foot), layout.expr(panel.top)]
        scale = alt.Scale(domain=[-1, 1], nice=False, range=place)
        y: dict[str, Any] = {"scale": scale, "axis": axis}
        own = inputs.only(rows, measure, [code])
        base, params = parts.picked(alt.Chart(own).encode(x=x), series, options, label)
        band = base.transform_aggregate(
            band_low="min(band_low)", band_high="max(band_high)", groupby=[series]
        ).mark_rect(fill=theme.DOMAIN, opacity=0.28)
        zero = alt.Chart(pd.DataFrame({"_zero": [0]})).mark_rule(color=theme.MUTED)
        has = base.transform_filter("isValid(datum.correlation)")
        bars = has.mark_rule(color=palette.SEQUENTIAL[3], opacity=0.45, strokeWidth=2)
        has, tips = layout.told(has, told)
        dots = has.mark_point(
            filled=True, color=palette.CATEGORY[0], size=layout.by_width(16, 34), opacity=1
        )
        none = (
            base.transform_aggregate(_any="valid(correlation)", groupby=[series])
            .transform_filter("datum._any == 0")
            .mark_text(color=theme.MUTED, fontStyle="italic", text=_TOO_FEW)
            .encode(
                x=alt.value(layout.expr("width / 2")),
                y=alt.value(layout.expr(f"({panel.top} + {panel.foot}) / 2 - 12")),
            )
        )
        across = {"x": alt.value(0), "x2": alt.value("width")}
        layers.append(
            layout.layer(
                band.encode(y=alt.Y("band_low:Q", **y), y2="band_high:Q", **across),
                zero.encode(y=alt.Y("_zero:Q", **y)),
                bars.encode(y=alt.Y("low:Q", **y), y2="high:Q"),
                dots.encode(y=alt.Y("correlation:Q", **y), tooltip=tips),
                none,
                panel.heading,
            )
        )
    height = panel.full + 40
    chart = layout.fit(*layers, height=height, params=params)
    return chart.resolve_scale(y="independent")


def _around(values: pd.Series) -> alt.Scale:
    """Return a scale that holds all values and zero, whichever of them are shown."""
    return alt.Scale(domain=[min(values.min(), 0), max(values.max(), 0)], nice=True)
