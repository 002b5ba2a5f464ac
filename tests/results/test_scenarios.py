"""Results of the chapter on scenarios that its facts do not print."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from peru_asia import data
from peru_asia.indicators import scenarios as sc

START, SPAN = 2024, 11


@cache
def base() -> sc.Base:
    # The groups from the customs table: copper; six other metals; four branches of food; gold.
    sold = data.load("exports_by_sector").query("year == @START").set_index("item")["value_usd_m"]
    values = {
        "copper": 22948.8,
        "metals": 2181.554 + 2477.133 + 908.387 + 128.673 + 1752.528 + 1538.042,
        "food": 1229.272 + 11120.645 + 2287.925 + 1315.868,
        "gold": 13635.996,
    }
    assert values["copper"] == pytest.approx(sold["copper"], abs=0.1)
    values["other"] = sold["total"] - sum(values.values())
    return sc.Base(
        year=START,
        values=values,
        output_t=2740000,  # rounded in its source
        capex_usd_m=38618,  # 36 copper plans of 45,487 without six that replace, tune or refine
        # Toromocho 4,855 and Mina Justa 1,800 over eleven months' output put on a year.
        usd_per_t=(4855 + 1800) * 1e6 / ((217919.983 + 110564.98) * 12 / 11),
        china_copper_pct=100 * 15432.371 / 22948.839,
        china_rest_pct=100 * (24564.974 - 15432.371) / (73593.943 - 22948.839),
        asia_rest_pct=100 * (36170.783 - 24564.974) / (73593.943 - 24564.974),
    )


HALF = 7.34686 / 2  # food grew from 7,314 to 15,954 in eleven years, in dollars of 2024
SAME = sc.Assumptions(
    copper_price=1.0,
    metals_price=1.0,
    completion_pct=100 * 4 / 19,  # four of nineteen plans of 2013 were built, seven unknown
    lost_t=0.0,
    food_growth_pct=HALF,
    china_copper_pct=base().china_copper_pct,
    china_rest_pct=base().china_rest_pct,
    asia_rest_pct=base().asia_rest_pct,
)


def ends(to: sc.Assumptions) -> pd.Series:
    out = sc.destinations(sc.project(base(), to, SPAN), base(), to)
    return out[out["year"] == START + SPAN].set_index("destination")["value_usd_m"]


def test_china_s_share_was_never_above_that_of_2013() -> None:
    table = data.load("trade_by_partner").query("flow == 'export'")
    exports = table.pivot(index="year", columns="partner", values="value_usd_m").astype(float)
    share = exports["CHN"] / exports["WLD"]
    assert share.loc[2005:2013].idxmax() == 2013


def test_the_price_moves_asia_most_and_the_part_of_china_next() -> None:
    middle = replace(SAME, completion_pct=47, food_growth_pct=3.7, china_copper_pct=67)
    middle = replace(middle, asia_rest_pct=24)

    def spread(field: str, least: float, most: float) -> float:
        low, high = (ends(replace(middle, **{field: at})) for at in (least, most))
        return float((high - low)[["China", "Rest of Asia"]].sum() / 1000)

    found = [
        spread("copper_price", 0.657, 1.490),
        spread("china_copper_pct", 38.51, 67.48),
        spread("asia_rest_pct", 23.67, 32.61),
        spread("completion_pct", 100 * 4 / 19, 100 * 11 / 19),
        spread("food_growth_pct", HALF, 2 * HALF),
    ]
    # Worked out once more in plain pandas from the customs tables.
    assert found == pytest.approx([19.4, 6.9, 5.2, 4.8, 4.2], abs=0.1)
