"""Charts of exposure: shares side by side, a shock that the reader sizes, pairs of changes."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme

# The formula of `peru_asia.indicators.exposure.loss` in Vega's language; a test holds the two
# together. Columns of the datum: to_buyer, metal, metal_to_buyer, others, others_to_buyer.
_UNSOLD = "fall / 100 * (1 - {redirected} / 100)"
_DEMAND = f"{_UNSOLD} * datum.to_buyer"
_PRICE = "fall / 100 * (datum.metal + {passed} * datum.others)"
_OVERLAP = f"{_UNSOLD} * fall / 100 * (datum.metal_to_buyer + {{passed}} * datum.others_to_buyer)"
_LOSS = (
    f"datum.channel == 'demand' ? {_DEMAND} : datum.channel == 'price' ? {_PRICE} : "
    f"{_DEMAND} + {_PRICE} - {_OVERLAP}"
)


# Where the name of a dot stands.
_BESIDE: dict[str, dict[str, Any]] = {
    "left": {"align": "right", "dx": -7},
    "right": {"align": "left", "dx": 7},
    "above": {"align": "center", "dy": -12},
}


def _loss(redirected: str, passed: str) -> str:
    return _LOSS.format(redirected=redirected, passed=passed)


def shock(
    table: pd.DataFrame,
    *,
    title: str,
    size: int = 10,
    most: int = 30,
    redirected: int = 50,
    passed_on: float = 0.5,
    of: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw what shocks to exports take, as ranges with a dot; the reader moves three sliders.

    The bar runs from the least to the most that the formula of
    `peru_asia.indicators.exposure.loss` allows, the dot is where the sliders stand. The axis stays
    where it is, so that a larger shock is a longer bar.

    Parameters
    ----------
    table
        One row a channel: ``channel`` (``demand``, ``price`` or ``both``), ``name``, the amounts
        ``total``, ``to_buyer``, ``metal``, ``metal_to_buyer``, ``others`` and
        ``others_to_buyer`` in US$ m, and the columns of `of`.
    title
        Unit of the axis, which is thousands of what the table has.
    size, most
        Size of the shock at the start and at the end of its slider, in per cent.
    redirected, passed_on
        Where the other sliders start: per cent, and a part from 0 to 1.
    of
        More totals to give the dot's value as a per cent of: words by column.
    """
    rows = table.reset_index(drop=True)
    worst = most / 100 * (rows["to_buyer"] + rows["metal"] + rows["others"]).max() / 1000
    sliders = [
        parts.slider("fall", size, "Size of the fall, %", low=0, high=most),
        parts.slider(
            "redirected", redirected, "Lost volume that finds another buyer, %",
            low=0, high=100, step=5,
        ),
        parts.slider(
            "passed", passed_on, "Part of the price's fall that other goods follow",
            low=0, high=1, step=0.05,
        ),
    ]  # fmt: skip
    base = (
        alt.Chart(rows)
        .transform_calculate(least_usd_m=_loss("100", "0"))
        .transform_calculate(most_usd_m=_loss("0", "1"))
        .transform_calculate(chosen_usd_m=_loss("redirected", "passed"))
        .transform_calculate(
            _least="datum.least_usd_m / 1000",
            _most="datum.most_usd_m / 1000",
            _chosen="datum.chosen_usd_m / 1000",
            _range="'from ' + format(datum.least_usd_m / 1000, '.1f') + ' to ' + "
            "format(datum.most_usd_m / 1000, '.1f')",
            _said="'at the sliders ' + format(datum.chosen_usd_m / 1000, '.1f')"
            + "".join(
                f" + ', ' + format(100 * datum.chosen_usd_m / datum['{column}'], '.1f') + '% of "
                f"{words}'"
                for column, words in (of or {}).items()
            ),
        )
        .encode(y=alt.Y("name:N", sort=list(rows["name"]), axis=None))
    )
    along = alt.X(
        "_least:Q",
        scale=alt.Scale(domain=[0, worst], nice=True, zero=True),
        axis=alt.Axis(grid=True, tickCount=layout.by_width(4, 8), title=None),
    )
    told = [
        alt.Tooltip("name:N", title="Shock"),
        alt.Tooltip("least_usd_m:Q", title="Least, US$ m", format=",.0f"),
        alt.Tooltip("chosen_usd_m:Q", title="At the sliders, US$ m", format=",.0f"),
        alt.Tooltip("most_usd_m:Q", title="Most, US$ m", format=",.0f"),
    ]
    text = {"align": "left", "baseline": "middle"}
    left = alt.XValue(2)
    return (
        parts.layer(
            base.mark_bar(height=14, color=theme.PARTNERS["REST"]).encode(
                x=along, x2="_most:Q", tooltip=told
            ),
            base.mark_point(filled=True, size=110, color=palette.CATEGORY[0], opacity=1).encode(
                x=alt.X("_chosen:Q"), tooltip=told
            ),
            base.mark_text(dy=-34, fontWeight="bold", **text).encode(x=left, text="name:N"),
            base.mark_text(dy=-17, color=theme.MUTED, **text).encode(x=left, text="_range:N"),
            base.mark_text(dy=18, **text).encode(x=left, text="_said:N"),
        )
        .add_params(*sliders)
        .properties(width="container", height=92 * len(rows) + 40, title=layout.title(title))
    )


def shares(
    table: pd.DataFrame,
    *,
    item: str,
    value: str,
    group: str,
    title: str,
    colours: Mapping[str, str] | None = None,
    details: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw shares of unlike things as bars with their own whole behind them.

    Each bar stands in a pale track that is the whole of its own measure: tracks of equal length
    do not mean wholes of equal size, and the shares do not add up.

    Parameters
    ----------
    table
        One row a share, in the order of the chart.
    item
        Column of what the share is a share of, with its year.
    value
        Column of the shares, in per cent.
    group
        Column of what kind of share it is, which gives the colour.
    title
        Unit of the values.
    colours
        Colours by group.
    details
        More columns for the tooltip: title by column.
    """
    rows = layout.columns_of(table, item, value, group, *(details or {})).dropna(subset=[value])
    names, groups = list(rows[item]), list(dict.fromkeys(rows[group]))
    base, tips = layout.told(
        alt.Chart(rows).encode(
            y=alt.Y(f"{item}:N", sort=names, axis=layout.names_axis(names, grid=False))
        ),
        {item: "Share of", value: "Share, %|.1f"} | dict(details or {}),
    )
    scale = alt.Scale(domain=[0, 100])
    shown = parts.legend_selection(group)
    bar = base.mark_bar(height=13).encode(
        x=alt.X(
            f"{value}:Q",
            scale=scale,
            axis=alt.Axis(values=[0, 50, 100], grid=True, title=None),
        ),
        color=alt.Color(
            f"{group}:N",
            sort=groups,
            scale=palette.category_scale(groups, colours),
            legend=layout.legend(groups, beside=layout.axis_room(names)),
        ),
        opacity=parts.emphasis(shown),
        tooltip=tips,
    )
    track = (
        base.mark_bar(height=13, color=theme.GRID)
        .encode(x=alt.X("_whole:Q"), tooltip=tips)
        .transform_calculate(_whole="100")
    )
    # Where the bar leaves no room the number stands inside it.
    number = base.encode(text=alt.Text(f"{value}:Q", format=".0f"))
    outside = number.transform_filter(f"datum['{value}'] < 88").mark_text(align="left", dx=4)
    inside = number.transform_filter(f"datum['{value}'] >= 88").mark_text(
        align="right", dx=-4, color=theme.PAPER
    )
    return parts.layer(
        track,
        bar.add_params(shown),
        outside.encode(x=alt.X(f"{value}:Q")),
        inside.encode(x=alt.X(f"{value}:Q")),
    ).properties(
        width="container",
        height=layout.rows_height(names, step=34, room=80),
        title=layout.title(title),
    )


def changes(
    table: pd.DataFrame,
    *,
    x: str,
    y: str,
    at: str,
    title: str,
    x_title: str,
    named: Mapping[int, str] | None = None,
    by: str | None = None,
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
    by
        Column of what the reader may choose among; the first value is shown first. The scales
        hold all of them, so that a cloud that looks larger is larger.
    """
    rows = layout.columns_of(table, at, by, x, y).dropna(subset=[x, y])
    chart = alt.Chart(rows)
    params: list[alt.Parameter] = []
    if by:
        options = list(dict.fromkeys(rows[by]))
        params = [parts.menu("flow", options, by.capitalize())]
        chart = chart.transform_filter(f"datum['{by}'] == flow")
    base, tips = layout.told(
        chart.encode(
            x=alt.X(
                f"{x}:Q",
                scale=_around(rows[x]),
                axis=alt.Axis(title=x_title, grid=True, tickCount=layout.by_width(5, 9)),
            ),
            y=alt.Y(f"{y}:Q", scale=_around(rows[y]), axis=alt.Axis(tickCount=7, grid=True)),
        ),
        {at: "Year|d", x: f"{x_title[:40]}|.1f", y: f"{title[:40]}|.1f"},
    )
    zero = pd.DataFrame({"zero": [0]})
    rules = [
        alt.Chart(zero).mark_rule(color=theme.DOMAIN).encode(x="zero:Q"),
        alt.Chart(zero).mark_rule(color=theme.DOMAIN).encode(y="zero:Q"),
    ]
    dot = base.mark_point(filled=True, size=60, color=theme.PARTNERS["JPN"], opacity=0.85).encode(
        tooltip=tips
    )
    words = [
        base.transform_filter(
            alt.FieldOneOfPredicate(
                field=at, oneOf=[year for year, place in (named or {}).items() if place == side]
            )
        )
        .mark_text(**_BESIDE[side])
        .encode(text=alt.Text(f"{at}:Q", format="d"))
        for side in sorted(set((named or {}).values()))
    ]
    return (
        parts.layer(*rules, dot, *words)
        .add_params(*params)
        .properties(width="container", height=theme.HEIGHT + 40, title=layout.title(title))
    )


def _around(values: pd.Series) -> alt.Scale:
    """Return a scale that holds all values and zero, whichever of them are shown."""
    if values.empty:
        return alt.Scale()
    return alt.Scale(domain=[min(values.min(), 0), max(values.max(), 0)], nice=True)
