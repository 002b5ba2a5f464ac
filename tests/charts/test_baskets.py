"""What the charts of baskets work out themselves, against the indicators."""

import math
import re

import pandas as pd
import pytest

from peru_asia.charts import baskets, theme
from peru_asia.indicators import bennet, prices
from tests.charts.pictures import svg_of

BASKET = pd.DataFrame(
    {
        "year": [2005, 2006, 2007] * 2,
        "item": ["copper"] * 3 + ["fish"] * 3,
        "value_usd_m": [6.0, 7.0, 4.0, 4.0, 5.0, 8.0],
        "price": [2.0, 3.0, 4.0, 1.0, 1.0, 1.0],
    }
)


def lines_of(svg: str) -> list[list[tuple[float, float]]]:
    """Return the points of each line that is drawn."""
    groups = re.findall(r'mark-line role-mark[^"]*".*?</g>', svg, re.DOTALL)
    paths = [path for group in groups for path in re.findall(r' d="(M[^"]+)"', group)]
    return [
        [tuple(map(float, point.split(","))) for point in re.findall(r"[-\d.]+,[-\d.]+", path)]
        for path in paths
    ]


def test_indices_are_drawn_where_the_indicator_puts_them() -> None:
    chart = baskets.basket_index(BASKET, base=2005)
    drawn = lines_of(svg_of(chart))
    expected = [
        prices.basket_index(BASKET, base=2005, formula=formula)
        for formula in ("laspeyres", "fisher", "paasche")
    ]
    assert len(drawn) == 3
    # On a logarithmic scale heights over the base are proportional to logarithms.
    height = [line[0][1] - line[-1][1] for line in drawn]
    logs = [math.log(index[2007]) for index in expected]
    assert [h / height[0] for h in height] == pytest.approx([x / logs[0] for x in logs], rel=1e-2)


def test_a_year_that_lacks_a_good_is_left_out() -> None:
    holes = BASKET.assign(price=BASKET["price"].where(BASKET.index != 1))
    chart = baskets.basket_index(holes, base=2005)
    assert {row["year"] for row in next(iter(chart.to_dict()["datasets"].values()))} == {2005, 2007}


def test_bars_are_as_long_as_the_effects() -> None:
    chart = baskets.effect_bars(
        BASKET, {"copper": "Copper", "fish": "Fish"}, start=2005, end=2007, whole="All",
        title="US$ m",
    )  # fmt: skip
    svg = svg_of(chart)
    wide = BASKET.pivot(index="year", columns="item", values=["value_usd_m", "price"])
    columns = ("value_usd_m", "price")
    effects = bennet(*(wide[of].loc[year] for of in columns for year in (2005, 2007)))
    total = effects.sum()
    fills = {theme.NEGATIVE: "price_effect", theme.POSITIVE: "quantity_effect"}
    lengths = {name: [] for name in fills.values()}
    bars = re.findall(r"mark-rect role-mark.*?</g>", svg, re.DOTALL)
    for bar in (path for group in bars for path in re.findall(r"<path[^>]*>", group)):
        fill = re.search(r'fill="(#\w+)"', bar)
        across = re.search(r"M[-\d.]+,[-\d.]+h([-\d.]+)", bar)
        if fill and across and fill[1] in fills:
            lengths[fills[fill[1]]].append(abs(float(across[1])))
    # The longest bar of each kind: copper's price (4) and quantity (-6).
    assert max(lengths["price_effect"]) / max(lengths["quantity_effect"]) == pytest.approx(
        max(effects["price_effect"].max(), total["price_effect"])
        / effects["quantity_effect"].abs().max(),
        rel=1e-2,
    )
