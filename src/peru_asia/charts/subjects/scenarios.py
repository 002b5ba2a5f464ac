"""Chart of what would follow from assumptions that the reader sets."""

import json

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme
from peru_asia.indicators.scenarios import ASIA, CHINA, COPPER, FOOD, METALS, WORLD, Base

_ALL = "All exports"


def what_if(
    base: Base, *, years: int, completion_pct: float, food_growth_pct: float, title: str
) -> alt.LayerChart:
    """Let the reader set the assumptions and draw exports by destination at the end.

    The sums are worked out in the figure as `peru_asia.indicators.scenarios` does it; one slider
    moves the prices of copper and of the other metals together. China's part of all but copper
    stays as it is. Black marks show the starting year.

    Parameters
    ----------
    base, years : start and length of the span
    completion_pct, food_growth_pct : where their sliders stand at first; the others stand at the
        values of the start
    """
    sliders = {
        "price": (100, 40, 200, 5, f"Metal prices, % of {base.year}"),
        "built": (round(completion_pct), 0, 100, 1, "New mines built, % of planned US$"),
        "lost": (0, 0, 600, 20, "Output lost by today's mines, 1,000 t"),
        "food": (round(food_growth_pct, 1), -2, 10, 0.1, "Food exports, % a year"),
        "china": (round(base.china_copper_pct), 20, 90, 1, "China's part of copper, %"),
        "asia": (round(base.asia_rest_pct), 10, 60, 1, "Rest of Asia's part of what is left, %"),
    }
    planned = base.capex_usd_m * 1e6 / base.usd_per_t
    output = f"({base.output_t} - lost * 1000 + {planned} * built / 100) / {base.output_t}"
    start = pd.DataFrame({"group": list(base.values), "value_usd_m": list(base.values.values())})
    sums = {"all": _ALL, "china": CHINA, "asia": ASIA, "world": WORLD}
    order = list(sums.values())
    y = layout.named_rows("_name", order, domain=order, paddingInner=0.35)
    # A scale that stays: a bar that grows has really grown.
    scale = alt.Scale(domain=[0, 2.4 * sum(base.values.values())], nice=False)
    axis = alt.Axis(format=",~r", tickCount=layout.by_width(3, 6), grid=True, labelFlush=False)
    x = alt.X("_sum:Q", title=None, scale=scale, axis=axis)
    tips = layout.tips({"_name": "Destination", "_text": "US$ m"})

    def divided(factor: str, copper: object, rest: float, asia: object) -> alt.Chart:
        """Return the four sums of the values times `factor`, with the parts given."""
        return (
            alt.Chart(start)
            .transform_calculate(_value=f"datum.value_usd_m * ({factor})")
            .transform_calculate(_copper=f"datum.group == '{COPPER}' ? datum._value : 0")
            .transform_aggregate(all="sum(_value)", copper="sum(_copper)")
            .transform_calculate(
                china=f"({copper} * datum.copper + {rest} * (datum.all - datum.copper)) / 100"
            )
            .transform_calculate(asia=f"{asia} * (datum.all - datum.china) / 100")
            .transform_calculate(world="datum.all - datum.china - datum.asia")
            .transform_fold(list(sums), as_=["_key", "_sum"])
            .transform_calculate(
                _name=f"{json.dumps(sums)}[datum._key]", _text="format(datum._sum, ',.0f')"
            )
            .encode(x=x, y=y)
        )

    factor = (
        f"datum.group == '{COPPER}' ? price / 100 * {output} : "
        f"datum.group == '{METALS}' ? price / 100 : "
        f"datum.group == '{FOOD}' ? pow(1 + food / 100, {years}) : 1"
    )
    then = divided(factor, "china", base.china_rest_pct, "asia")
    now = divided("1", base.china_copper_pct, base.china_rest_pct, base.asia_rest_pct)
    tones = (theme.DOMAIN, theme.PARTNERS["CHN"], palette.CATEGORY[4], theme.PARTNERS["REST"])
    colour = palette.category("_name", order, dict(zip(order, tones, strict=True)))
    text = then.mark_text(align="left", dx=6, fontWeight=600)
    ticks = now.mark_tick(color=theme.TEXT, thickness=2.5, size=34)
    return layout.fit(
        then.mark_bar(clip=True).encode(tooltip=tips, color=colour),
        ticks.encode(tooltip=tips),
        text.encode(text="_text:N"),
        height=layout.rows_height(order, step=44),
        unit=title,
        params=[
            parts.slider(name, at, words, low=low, high=high, step=step)
            for name, (at, low, high, step, words) in sliders.items()
        ],
    )
