"""Chart of exposure: a shock that the reader sizes."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme

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

_AMOUNTS = ("total", "to_buyer", "metal", "metal_to_buyer", "others", "others_to_buyer")


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
    table : one row a channel: ``channel`` (``demand``, ``price`` or ``both``), ``name``, the
        amounts ``total``, ``to_buyer``, ``metal``, ``metal_to_buyer``, ``others`` and
        ``others_to_buyer`` in US$ m, and the columns of `of`
    title : unit of the axis, which is thousands of what the table has
    size, most : size of the shock at the start and at the end of its slider, in per cent
    redirected, passed_on : where the other sliders start: per cent, and a part from 0 to 1
    of : more totals to give the dot's value as a per cent of: words by column
    """
    rows = inputs.need(table, "channel", "name", *_AMOUNTS, *(of or {}))
    worst = most / 100 * (rows["to_buyer"] + rows["metal"] + rows["others"]).max() / 1000
    sliders = {
        "fall": (size, "Size of the fall, %", most, 1),
        "redirected": (redirected, "Lost volume that finds another buyer, %", 100, 5),
        "passed": (passed_on, "Part of the price's fall that other goods follow", 1, 0.05),
    }
    cases = {"least": ("100", "0"), "most": ("0", "1"), "chosen": ("redirected", "passed")}
    base = alt.Chart(rows)
    for case, (bought, passed) in cases.items():
        loss = _LOSS.format(redirected=bought, passed=passed)
        base = base.transform_calculate(**{f"{case}_usd_m": loss})
        base = base.transform_calculate(**{f"_{case}": f"datum.{case}_usd_m / 1000"})
    said = "".join(
        f" + ', ' + format(100 * datum.chosen_usd_m / datum['{column}'], '.1f') + '% of {words}'"
        for column, words in (of or {}).items()
    )
    base = base.transform_calculate(
        _range="'from ' + format(datum._least, '.1f') + ' to ' + format(datum._most, '.1f')",
        _said=f"'at the sliders ' + format(datum._chosen, '.1f'){said}",
    ).encode(y=alt.Y("name:N", sort=list(rows["name"]), axis=None))
    scale = alt.Scale(domain=[0, worst], nice=True, zero=True)
    axis = alt.Axis(grid=True, tickCount=layout.by_width(4, 8), title=None)
    amounts = {
        "least_usd_m": "Least, US$ m|,.0f",
        "chosen_usd_m": "At the sliders, US$ m|,.0f",
        "most_usd_m": "Most, US$ m|,.0f",
    }
    told = layout.tips({"name": "Shock", **amounts})
    bar = base.mark_bar(height=14, color=theme.PARTNERS["REST"])
    dot = base.mark_point(filled=True, size=110, color=palette.CATEGORY[0], opacity=1)
    text, left = {"align": "left", "baseline": "middle"}, alt.XValue(2)
    return layout.fit(
        bar.encode(x=alt.X("_least:Q", scale=scale, axis=axis), x2="_most:Q", tooltip=told),
        dot.encode(x=alt.X("_chosen:Q"), tooltip=told),
        base.mark_text(dy=-34, fontWeight="bold", **text).encode(x=left, text="name:N"),
        base.mark_text(dy=-17, color=theme.MUTED, **text).encode(x=left, text="_range:N"),
        base.mark_text(dy=18, **text).encode(x=left, text="_said:N"),
        height=92 * len(rows) + 40,
        unit=title,
        params=[
            parts.slider(name, at, words, low=0, high=high, step=step)
            for name, (at, words, high, step) in sliders.items()
        ],
    )
