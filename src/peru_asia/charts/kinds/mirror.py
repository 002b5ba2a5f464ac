"""Two measures of the same periods, one drawn upwards and one downwards."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme

_SHARE = 0.46  # part of the height that each side takes, so that labels have room


def mirror_bars(
    table: pd.DataFrame,
    up: Mapping[str, str],
    down: Mapping[str, str],
    *,
    period: str = "month",
    every: int = 3,
    format: str = ",.0f",
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
        Column of the periods' names, each once.
    every
        One in how many periods is named on the axis; on a phone half as many.
    format
        d3 number format of the figures.

    Raises
    ------
    ValueError
        If a value is negative, for it would point the other way.
    """
    (above, name_above), (below, name_below) = next(iter(up.items())), next(iter(down.items()))
    rows = layout.columns_of(table, period, above, below)
    if (rows[[above, below]] < 0).any(axis=None):
        raise ValueError("a bar that points upwards or downwards cannot be negative")
    order = rows[period].tolist()
    rows["_up"] = _SHARE * rows[above].astype(float) / (rows[above].max() or 1)
    rows["_down"] = -_SHARE * rows[below].astype(float) / (rows[below].max() or 1)

    step = layout.by_width(2 * every, every)
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
    base, tips = layout.told(
        base,
        {
            period: period.capitalize(),
            above: f"{name_above}|{format}",
            below: f"{name_below}|{format}",
        },
    )
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
            .encode(text=alt.Text(f"{value}:Q", format=format)),
        ]
    zero = alt.Chart(pd.DataFrame({"_at": [0]})).mark_rule(color=theme.DOMAIN)
    layers.append(zero.encode(y=alt.Y("_at:Q", scale=scale, axis=None)))
    return parts.layer(*layers).properties(
        width="container",
        height=theme.HEIGHT,
        title=layout.title(f"Upwards: {name_above}. Downwards: {name_below}."),
    )
