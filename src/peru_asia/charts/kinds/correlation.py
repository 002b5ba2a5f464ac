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
    named: Mapping[int, str],
    choice: str,
    label: str,
) -> alt.LayerChart:
    """Draw pairs of yearly changes as dots around zero; some years carry their name.

    The scales hold all that the reader may choose, so that a cloud that looks larger is larger.

    Parameters
    ----------
    table : one row a year; columns `at` (the year), `x` and `y` (per cent) and `choice`. Pairs with
        a missing side are left out.
    x_title : unit of `x`; `title` is that of `y`
    named : years that carry a name, with where it stands: ``left``, ``right`` or ``above``
    """
    rows = inputs.filled(inputs.need(table, at, choice, x, y), x, y)
    inputs.only(rows, at, named)
    chart, params = parts.picked(alt.Chart(rows), choice, (), label)
    along = alt.Axis(title=x_title, grid=True, tickCount=layout.by_width(5, 9))
    base = chart.encode(
        x=alt.X(f"{x}:Q", scale=_around(rows[x]), axis=along),
        y=alt.Y(f"{y}:Q", scale=_around(rows[y]), axis=alt.Axis(tickCount=7, grid=True)),
    )
    told = {at: "Year|d", x: f"{x_title[:40]}|.1f", y: f"{title[:40]}|.1f"}
    base, tips = layout.told(base, told)
    dot = base.mark_point(filled=True, size=60, color=theme.PARTNERS["JPN"], opacity=0.85)
    words = []
    for side in sorted(set(named.values())):
        years = [year for year, place in named.items() if place == side]
        here = base.transform_filter(alt.FieldOneOfPredicate(field=at, oneOf=years))
        words.append(here.mark_text(**_BESIDE[side]).encode(text=alt.Text(f"{at}:Q", format="d")))
    zeros = [parts.rule(axis, "zero", 0, color=theme.DOMAIN) for axis in ("x", "y")]
    height = theme.HEIGHT + 40
    layers = [*zeros, dot.encode(tooltip=tips), *words]
    return layout.fit(*layers, height=height, unit=title, params=params)


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
    format: str = ",.0f",
) -> alt.LayerChart:
    """Draw the pairs of two series as a path through the plane; the reader picks the lag.

    One coefficient sums up a cloud; the path shows of what times the cloud is made. Neighbouring
    steps are joined. Scales do not start at zero.

    Parameters
    ----------
    table : one row a pair and `choice` (the lag, or what else the reader picks); columns `x`, `y`
        and those below. Pairs with a missing side are left out.
    period : column of the stretch of time that a pair belongs to, at most seven, in order
    x_title : unit of `x`; `title` is that of `y`
    step : column of whole numbers that rise by one from one step to the next
    at : column of what a pair is called in the tooltip, such as its month
    """
    rows = inputs.filled(inputs.need(table, at, step, period, choice, x, y), x, y)
    rows = rows.assign(_step=rows[step])
    options = list(dict.fromkeys(rows[choice]))
    rows = parts.segments(rows, by=[choice, period], x="_step")
    order = list(dict.fromkeys(rows.sort_values("_step")[period]))
    chart, params = parts.picked(alt.Chart(rows), choice, options, label)
    zoomed = alt.Scale(zero=False, nice=True)
    along = alt.Axis(title=x_title, grid=True, tickCount=layout.by_width(4, 8), format=",~r")
    look, shown = parts.by_legend(period, order, faded=0.06, beside=0)
    base = chart.encode(
        x=alt.X(f"{x}:Q", scale=zoomed, axis=along),
        y=alt.Y(f"{y}:Q", scale=zoomed, axis=alt.Axis(tickCount=6)),
        **look,
    )
    line = base.mark_line(strokeWidth=1, strokeOpacity=0.5)
    line = line.encode(detail="_segment:N", order="_step:Q")
    told = {x: f"{x_title[:40]}|{format}", y: f"{title[:40]}|{format}"}
    base, tips = layout.told(base, {at: layout.spoken(at), **told})
    dot = base.mark_point(filled=True, size=52, stroke=theme.PAPER, strokeWidth=0.7)
    dot = dot.encode(shape=palette.shape(period, order), tooltip=tips).add_params(shown)
    return layout.fit(line, dot, height=theme.HEIGHT + 60, unit=title, params=params)


def correlogram(
    table: pd.DataFrame, panels: Mapping[str, str], *, x_title: str = "lag, months"
) -> alt.LayerChart:
    """Draw correlations by lag with their intervals, a panel a measure; the reader picks a series.

    The shaded band lies where correlations at lags that cannot matter lie; the bar at each lag is
    the interval of `peru_asia.indicators.lagged_correlations`.

    Parameters
    ----------
    table : one row a series, measure and lag: ``series``, ``measure``, ``lag``, ``pairs``,
        ``effective_pairs``, ``correlation``, ``low``, ``high``, and ``band_low`` and ``band_high``,
        the same in all rows of a series and measure. Lags without a correlation are gaps.
    panels : headings by measure, from above to below
    """
    told = {
        "series": "Series",
        "lag": "Lag",
        "correlation": "Correlation|+.2f",
        "low": "from|+.2f",
        "high": "to|+.2f",
        "pairs": "Pairs|,.0f",
        "effective_pairs": "worth about|,.0f",
    }
    rows = inputs.need(table, "series", "measure", *told, "band_low", "band_high")
    options = list(dict.fromkeys(rows["series"]))
    span = alt.Scale(domain=[rows["lag"].min() - 0.8, rows["lag"].max() + 0.8], nice=False)
    ticks = alt.Axis(title=x_title, grid=False, tickCount=layout.by_width(6, 11), format="d")
    axis = alt.Axis(
        values=[-1, -0.5, 0, 0.5, 1],
        labelExpr="datum.value == 0 ? '0' : format(datum.value, '+.1~f')",
        title=None,
        orient="left",
        grid=True,
    )
    across = {"x": alt.value(0), "x2": alt.value("width")}
    layers, params = [], []
    for code, panel in zip(
        panels, layout.stacked_panels(list(panels.values()), tall=190), strict=True
    ):
        place = [layout.expr(panel.foot), layout.expr(panel.top)]
        scale = alt.Scale(domain=[-1, 1], nice=False, range=place)
        y: dict[str, Any] = {"scale": scale, "axis": axis}
        own = alt.Chart(inputs.only(rows, "measure", [code]))
        own = own.encode(x=alt.X("lag:Q", scale=span, axis=ticks))
        base, params = parts.picked(own, "series", options, "Series")
        band = base.transform_aggregate(
            band_low="min(band_low)", band_high="max(band_high)", groupby=["series"]
        ).mark_rect(fill=theme.DOMAIN, opacity=0.28)
        zero = parts.rule("y", "_zero", 0, color=theme.MUTED)
        has, tips = layout.told(parts.having(base, "correlation"), told)
        bars = has.mark_rule(color=palette.SEQUENTIAL[3], opacity=0.45, strokeWidth=2)
        size = layout.by_width(16, 34)
        dots = has.mark_point(filled=True, color=palette.CATEGORY[0], size=size, opacity=1)
        none = base.transform_aggregate(_any="valid(correlation)", groupby=["series"])
        none = none.transform_filter("datum._any == 0").mark_text(
            color=theme.MUTED, fontStyle="italic", text=_TOO_FEW
        )
        middle = layout.expr(f"({panel.top} + {panel.foot}) / 2 - 12")
        layers.append(
            layout.layer(
                band.encode(y=alt.Y("band_low:Q", **y), y2="band_high:Q", **across),
                zero.encode(y=alt.Y("_zero:Q", **y)),
                bars.encode(y=alt.Y("low:Q", **y), y2="high:Q"),
                dots.encode(y=alt.Y("correlation:Q", **y), tooltip=tips),
                none.encode(x=alt.value(layout.expr("width / 2")), y=alt.value(middle)),
                panel.heading,
            )
        )
    chart = layout.fit(*layers, height=panel.full + 40, params=params)
    return chart.resolve_scale(y="independent")


def _around(values: pd.Series) -> alt.Scale:
    """Return a scale that holds all values and zero, whichever of them are shown."""
    return alt.Scale(domain=[min(values.min(), 0), max(values.max(), 0)], nice=True)
