"""Charts of baskets of goods: price indices by formula, and price and quantity effects."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme
from peru_asia.charts.kinds import lines

_FORMULAS = ("Laspeyres", "Fisher", "Paasche")
_EFFECTS = ("Price", "Quantity", "Not split")


def basket_index(
    table: pd.DataFrame,
    *,
    base: int,
    item: str = "item",
    value: str = "value_usd_m",
    price: str = "price",
) -> alt.LayerChart:
    """Draw the price index of a basket by three formulas; the reader picks the base year.

    The indices are worked out in the figure as `peru_asia.indicators.basket_index` does it: with
    another base year the baskets change, so that the lines change their shape, not only their
    height.

    Parameters
    ----------
    table
        One row a good and year; columns ``year``, `item`, `value` and `price`, all positive. Years
        that lack a good are left out: another basket would look like another price.
    base
        Base year of the first view.
    item, value, price
        Columns.
    """
    rows = inputs.filled(inputs.need(table, "year", item, value, price), "year", item, value, price)
    counts = rows.groupby("year")[item].nunique()
    complete = counts[counts == rows[item].nunique()].index
    rows = inputs.filled(rows[rows["year"].isin(complete)], "year")
    first, last = parts.year_span(rows)
    picked = parts.slider("base", min(max(base, first), last), "Base year", low=first, high=last)
    chart = (
        alt.Chart(rows)
        .transform_calculate(
            _v=f"datum.year == base ? datum['{value}'] : null",
            _p=f"datum.year == base ? datum['{price}'] : null",
        )
        .transform_joinaggregate(_v0="max(_v)", _p0="max(_p)", groupby=[item])
        .transform_calculate(
            _then=f"datum._v0 * datum['{price}'] / datum._p0",
            _back=f"datum['{value}'] * datum._p0 / datum['{price}']",
        )
        .transform_aggregate(
            _old="sum(_v0)",
            _oldnew="sum(_then)",
            _newold="sum(_back)",
            _new=f"sum({value})",
            groupby=["year"],
        )
        .transform_calculate(
            Laspeyres="100 * datum._oldnew / datum._old",
            Paasche="100 * datum._new / datum._newold",
            Fisher="sqrt(datum.Laspeyres * datum.Paasche)",
        )
        .transform_fold(list(_FORMULAS), as_=["formula", "_index"])
        .encode(x=parts.year_axis(first, last))
    )
    order = list(_FORMULAS)
    shown = parts.legend_selection("formula")
    tones = alt.Scale(domain=order, range=[palette.CATEGORY[4], theme.TEXT, palette.CATEGORY[1]])
    ticks = [mark * 10**n for n in (1, 2) for mark in (1, 1.5, 2, 2.5, 3, 4, 5, 7)]
    encoded = lines.index_lines(chart, "formula", order, tones, ticks)
    dashes = alt.Scale(domain=order, range=[[6, 3], [1, 0], [2, 2]])
    line = encoded.mark_line().encode(
        opacity=parts.emphasis(shown, 0.2),
        strokeDash=alt.StrokeDash("formula:N", sort=order, scale=dashes),
    )
    hover = parts.hover_rule(chart, key="formula", value="_index", names=order, format=",.0f")
    layers = [*lines.base_year(chart), line.add_params(shown), hover]
    unit = "Price index, base year = 100, logarithmic scale"
    return layout.fit(*layers, unit=unit, params=[picked])


def effect_bars(
    table: pd.DataFrame,
    names: Mapping[str, str],
    *,
    start: int,
    end: int,
    whole: str,
    title: str,
    item: str = "item",
    value: str = "value_usd_m",
    price: str = "price",
) -> alt.LayerChart:
    """Draw what price and quantity added to the value of each good between two years.

    The effects are worked out in the figure as `peru_asia.indicators.bennet` does it, so that the
    reader can move both years.

    Parameters
    ----------
    table
        One row a good and year; columns ``year``, `item`, `value` and `price`. Goods without a
        price are drawn as one colour, not split.
    names
        Names by code of the good, from top to bottom.
    start, end
        Years of the first view.
    whole
        Name of the row, drawn on top, that adds up all goods in the table.
    title
        Unit.
    item, value, price
        Columns.
    """
    rows = inputs.need(table, "year", item, value, price)
    rows = inputs.named(rows, item, names, into="_name")
    order = [whole, *names.values()]
    first, last = parts.year_span(rows)
    params = [
        parts.slider(name, at, label, low=first, high=last)
        for name, at, label in (("start", start, "From"), ("end", end, "To"))
    ]
    split = "isValid(datum._p0) && isValid(datum._p1)"
    ends = {
        f"_{short}{n}": f"datum.year == {year} ? datum['{column}'] : null"
        for short, column in (("v", value), ("p", price))
        for n, year in enumerate(("start", "end"))
    }
    kept: dict[str, Any] = {name: f"max({name})" for name in ends}
    goods = (
        alt.Chart(rows)
        .transform_calculate(**ends)
        .transform_aggregate(**kept, groupby=["_name"])
        .transform_calculate(
            _q0="datum._v0 / datum._p0",
            _q1="datum._v1 / datum._p1",
            price=f"{split} ? (datum._p1 - datum._p0) * (datum._q0 + datum._q1) / 2 : 0",
            quantity=f"{split} ? (datum._q1 - datum._q0) * (datum._p0 + datum._p1) / 2 : 0",
            unsplit=f"{split} ? 0 : datum._v1 - datum._v0",
        )
    )
    all_goods = goods.transform_aggregate(
        price="sum(price)", quantity="sum(quantity)", unsplit="sum(unsplit)"
    ).transform_calculate(_name=f"'{whole}'")

    tones = dict(
        zip(_EFFECTS, (theme.NEGATIVE, theme.POSITIVE, theme.PARTNERS["REST"]), strict=True)
    )

    def drawn(chart: alt.Chart) -> list[alt.Chart]:
        told = chart.transform_calculate(_change="datum.price + datum.quantity + datum.unsplit")
        tips = [
            alt.Tooltip("_name:N", title="Exports"),
            *(
                alt.Tooltip(f"{field}:Q", title=f"{name}, US$ m", format="+,.0f")
                for field, name in zip(("price", "quantity", "unsplit"), _EFFECTS, strict=True)
            ),
            alt.Tooltip("_change:Q", title="Change, US$ m", format="+,.0f"),
        ]
        y = layout.named_rows("_name", order, domain=order, paddingInner=0.35)
        axis = alt.Axis(format=",~r", tickCount=layout.by_width(3, 6), grid=True, labelFlush=False)
        bars = (
            told.transform_fold(["price", "quantity", "unsplit"], as_=["_part", "_effect"])
            .transform_calculate(
                _kind="datum._part == 'price' ? 'Price' : "
                "datum._part == 'quantity' ? 'Quantity' : 'Not split'",
                _order="datum._part == 'price' ? 0 : 1",
            )
            .mark_bar()
            .encode(
                y=y,
                x=alt.X("_effect:Q", stack="zero", title=None, axis=axis),
                color=palette.category("_kind", list(tones), tones, legend=alt.Legend()),
                order="_order:Q",
                tooltip=tips,
            )
        )
        total = told.mark_tick(color=theme.TEXT, thickness=2.5, size=22).encode(
            y=y, x="_change:Q", tooltip=tips
        )
        return [bars, total]

    years = (
        all_goods.transform_calculate(_text="start + ' to ' + end")
        .mark_text(align="right", baseline="top", fontWeight=600, color=theme.MUTED)
        .encode(text="_text:N", x=alt.value("width"), y=alt.value(layout.expr("height - 18")))
    )
    layers = [*drawn(goods), *drawn(all_goods), years]
    height = layout.rows_height(order, step=30)
    return layout.fit(*layers, height=height, unit=title, params=params)
