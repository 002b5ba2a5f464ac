"""Charts of baskets of goods: price indices by formula, and price and quantity effects."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme
from peru_asia.charts.kinds import lines

_FORMULAS: list[Any] = ["Laspeyres", "Fisher", "Paasche"]
_EFFECTS = {
    "Price": theme.NEGATIVE,
    "Quantity": theme.POSITIVE,
    "Not split": theme.PARTNERS["REST"],
}
_COLUMNS = ("year", "item", "value_usd_m", "price")


def basket_index(table: pd.DataFrame, *, base: int) -> alt.LayerChart:
    """Draw the price index of a basket by three formulas; the reader picks the base year.

    The indices are worked out in the figure as `peru_asia.indicators.basket_index` does it: with
    another base year the baskets change, so that the lines change their shape, not only their
    height.

    Parameters
    ----------
    table : one row a good and year; columns ``year``, ``item``, ``value_usd_m`` and ``price``, all
        positive. Years that lack a good are left out: another basket would look like another price.
    base : base year of the first view
    """
    rows = inputs.filled(inputs.need(table, *_COLUMNS), *_COLUMNS)
    counts = rows.groupby("year")["item"].nunique()
    complete = counts[counts == rows["item"].nunique()].index
    rows = inputs.filled(rows[rows["year"].isin(complete)], "year")
    first, last = parts.year_span(rows)
    picked = parts.slider("base", min(max(base, first), last), "Base year", low=first, high=last)
    chart = (
        alt.Chart(rows)
        .transform_calculate(
            _v="datum.year == base ? datum.value_usd_m : null",
            _p="datum.year == base ? datum.price : null",
        )
        .transform_joinaggregate(_v0="max(_v)", _p0="max(_p)", groupby=["item"])
        .transform_calculate(
            _then="datum._v0 * datum.price / datum._p0",
            _back="datum.value_usd_m * datum._p0 / datum.price",
        )
        .transform_aggregate(
            _old="sum(_v0)",
            _oldnew="sum(_then)",
            _newold="sum(_back)",
            _new="sum(value_usd_m)",
            groupby=["year"],
        )
        .transform_calculate(
            Laspeyres="100 * datum._oldnew / datum._old",
            Paasche="100 * datum._new / datum._newold",
            Fisher="sqrt(datum.Laspeyres * datum.Paasche)",
        )
        .transform_fold(_FORMULAS, as_=["formula", "_index"])
        .encode(x=parts.year_axis(first, last))
    )
    tones = [palette.CATEGORY[4], theme.TEXT, palette.CATEGORY[1]]
    ticks = [mark * 10**n for n in (1, 2) for mark in (1, 1.5, 2, 2.5, 3, 4, 5, 7)]
    colours = alt.Scale(domain=_FORMULAS, range=tones)
    marks, encoded, shown = lines.index_lines(chart, "formula", _FORMULAS, colours, ticks)
    dashes = alt.Scale(domain=_FORMULAS, range=[[6, 3], [1, 0], [2, 2]])
    line = encoded.mark_line().encode(
        strokeDash=alt.StrokeDash("formula:N", sort=_FORMULAS, scale=dashes)
    )
    hover = parts.hover_rule(chart, key="formula", value="_index", names=_FORMULAS, format=",.0f")
    unit = "Price index, base year = 100, logarithmic scale"
    return layout.fit(*marks, line.add_params(shown), hover, unit=unit, params=[picked])


def effect_bars(
    table: pd.DataFrame, names: Mapping[str, str], *, start: int, end: int, whole: str, title: str
) -> alt.LayerChart:
    """Draw what price and quantity added to the value of each good between two years.

    The effects are worked out in the figure as `peru_asia.indicators.bennet` does it, so that the
    reader can move both years.

    Parameters
    ----------
    table : as for `basket_index`. Goods without a price are drawn as one colour, not split.
    names : names by code of the good, from top to bottom
    start, end : years of the first view
    whole : name of the row, drawn on top, that adds up all goods in the table
    """
    rows = inputs.named(inputs.need(table, *_COLUMNS), "item", names, into="_name")
    order = [whole, *names.values()]
    first, last = parts.year_span(rows)
    params = [
        parts.slider(name, at, label, low=first, high=last)
        for name, at, label in (("start", start, "From"), ("end", end, "To"))
    ]
    ends = {
        f"_{short}{n}": f"datum.year == {year} ? datum.{column} : null"
        for short, column in (("v", "value_usd_m"), ("p", "price"))
        for n, year in enumerate(("start", "end"))
    }
    kept: dict[str, Any] = {name: f"max({name})" for name in ends}
    sums: dict[str, Any] = {name: f"sum({name})" for name in _EFFECTS}
    effects = {
        "Price": "(datum._p1 - datum._p0) * (datum._q0 + datum._q1) / 2",
        "Quantity": "(datum._q1 - datum._q0) * (datum._p0 + datum._p1) / 2",
    }
    split = "isValid(datum._p0) && isValid(datum._p1)"
    parted = {name: f"{split} ? {effect} : 0" for name, effect in effects.items()}
    parted["Not split"] = f"{split} ? 0 : datum._v1 - datum._v0"
    base = (
        alt.Chart(rows)
        .transform_calculate(**ends)
        .transform_aggregate(**kept, groupby=["_name"])
        .transform_calculate(_q0="datum._v0 / datum._p0", _q1="datum._v1 / datum._p1", **parted)
        # Every good counts in its own row and in that of all.
        .transform_calculate(_row=f"[datum._name, '{whole}']")
        .transform_flatten(["_row"])
        .transform_aggregate(**sums, groupby=["_row"])
        .transform_calculate(_change="datum.Price + datum.Quantity + datum['Not split']")
    )
    told = {name: f"{name}, US$ m|+,.0f" for name in _EFFECTS}
    tips = layout.tips({"_row": "Exports", **told, "_change": "Change, US$ m|+,.0f"})
    y = layout.named_rows("_row", order, domain=order, paddingInner=0.35)
    axis = alt.Axis(format=",~r", tickCount=layout.by_width(3, 6), grid=True, labelFlush=False)
    bars = base.transform_fold(list(_EFFECTS), as_=["_kind", "_effect"]).transform_calculate(
        _order="datum._kind == 'Price' ? 0 : 1"
    )
    bars = bars.mark_bar().encode(
        y=y,
        x=alt.X("_effect:Q", stack="zero", title=None, axis=axis),
        color=palette.category("_kind", list(_EFFECTS), _EFFECTS, legend=alt.Legend()),
        order="_order:Q",
        tooltip=tips,
    )
    total = base.mark_tick(color=theme.TEXT, thickness=2.5, size=22)
    years = base.transform_filter(alt.datum._row == whole).transform_calculate(
        _text="start + ' to ' + end"
    )
    years = years.mark_text(align="right", baseline="top", fontWeight=600, color=theme.MUTED)
    return layout.fit(
        bars,
        total.encode(y=y, x="_change:Q", tooltip=tips),
        years.encode(text="_text:N", x=alt.value("width"), y=alt.value(layout.expr("height - 18"))),
        height=layout.rows_height(order, step=30),
        unit=title,
        params=params,
    )
