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
    rows = inputs.need(table, "channel", "name", *_AMOUNTS, *(of or {}))
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
    dot = base.mark_point(filled=True, size=110, color=palette.CATEGORY[0], opacity=1)
    return layout.fit(
        base.mark_bar(height=14, color=theme.PARTNERS["REST"]).encode(
            x=along, x2="_most:Q", tooltip=told
        ),
        dot.encode(x=alt.X("_chosen:Q"), tooltip=told),
        base.mark_text(dy=-34, fontWeight="bold", **text).encode(x=left, text="name:N"),
        base.mark_text(dy=-17, color=theme.MUTED, **text).encode(x=left, text="_range:N"),
        base.mark_text(dy=18, **text).encode(x=left, text="_said:N"),
        height=92 * len(rows) + 40,
        unit=title,
        params=sliders,
    )
