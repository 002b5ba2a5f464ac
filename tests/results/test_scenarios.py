"""Key results of the chapter on scenarios, each with the reason for its value."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from peru_asia import data
from peru_asia.indicators import scenarios as sc

START, SPAN = 2024, 11


@cache
def price(basis: str) -> pd.DataFrame:
    table = data.load("commodity_prices").query("price_basis == @basis")
    return table.pivot(index="year", columns="commodity", values="price").astype(float)


@cache
def dollars() -> pd.Series:
    """Return what turns dollars of each year into those of 2024."""
    deflator = price("nominal")["copper"] / price("real_2010usd")["copper"]
    return deflator[START] / deflator


@cache
def exports() -> pd.DataFrame:
    table = data.load("trade_by_partner").query("flow == 'export'")
    return table.pivot(index="year", columns="partner", values="value_usd_m").astype(float)


def to_asia() -> pd.Series:
    everywhere = data.region("east_asia", "southeast_asia", "south_asia")
    return exports()[everywhere].sum(axis=1, min_count=1)


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


def test_the_start_is_what_customs_report() -> None:
    # Customs' own totals for 2024: 24,565 to China and 73,594 in all.
    assert exports()["CHN"][START] == pytest.approx(24564.97, abs=0.01)
    assert to_asia()[START] == pytest.approx(36170.78, abs=0.01)
    assert sum(base().values.values()) == pytest.approx(73593.94, abs=0.01)


def test_quartiles_of_the_price_of_copper_over_eleven_years() -> None:
    factors = sc.window_factors(price("real_2010usd")["copper"], SPAN)
    # 1960 to 2024 hold 65 years and so 54 spans; the longest rise is that of 1999 to 2010.
    assert len(factors) == 54
    assert factors.quantile([0.25, 0.5, 0.75]).round(2).tolist() == [0.66, 1.03, 1.49]
    assert factors.idxmax() == 1999
    # By hand: 7,534.78 over 1,572.86, less inflation of 1.000 over 0.8059.
    assert factors[1999] == pytest.approx(7534.78 / 1572.86 * 0.8059, rel=1e-3)


def test_copper_in_the_portfolio() -> None:
    portfolio = data.load("mining_portfolio").query("mineral == 'copper'")
    kept = portfolio["project"].str.match("Reposición|Optimización|Planta")
    # By hand: Antamina, Colquijirca and Ferrobamba 3,859; Cerro Verde and Constancia 2,600;
    # the plant of Río Seco 410.
    assert portfolio["capex_usd_m"].sum() == 45487
    assert portfolio[kept]["capex_usd_m"].sum() == 3859 + 2600 + 410
    assert base().capex_usd_m == 45487 - 6869


def test_the_four_scenarios() -> None:
    dear = replace(SAME, copper_price=1.4900, metals_price=1.5363, completion_pct=100 * 11 / 19)
    more = replace(
        SAME,
        completion_pct=100 * 7394 / 15571.62,
        food_growth_pct=2 * HALF,
        china_copper_pct=54.7,
        asia_rest_pct=32.6,
    )
    held = replace(SAME, lost_t=453749 - 254836)  # Las Bambas, 2017 less 2022
    slow = replace(
        SAME, copper_price=0.657, metals_price=0.8072, china_copper_pct=38.51, china_rest_pct=11.6
    )
    found = pd.DataFrame(
        {"dear": ends(dear), "more": ends(more), "held": ends(held), "slow": ends(slow)}
    )
    asia = found.loc["China"] + found.loc["Rest of Asia"]
    # As the chapter prints them, in US$ bn of 2024.
    assert (asia / 1000).to_dict() == pytest.approx(
        {"dear": 60.6, "more": 52.8, "held": 40.6, "slow": 27.7}, abs=0.1
    )
    assert (found.loc["China"] / 1000).to_dict() == pytest.approx(
        {"dear": 44.5, "more": 29.6, "held": 27.3, "slow": 13.3}, abs=0.1
    )
    # 2.74 million tonnes less 0.20 and 38,618 x 4/19 at 18,572 dollars a tonne.
    assert sc.copper_output(base(), held) == pytest.approx(2740000 - 198913 + 437800, rel=1e-3)


def test_one_year_of_origin() -> None:
    # 2013: 12,537 in dollars of the year are 13,152 of 2024, and 36,171 came.
    tried = sc.rolling(to_asia().loc[1969:] * dollars(), years=SPAN, look_back=SPAN)
    origin = tried.query("year == 2013").set_index("method")
    assert origin["said"].round(0).to_dict() == {"no_change": 13152, "trend": 81518}
    assert origin["came"].round(0).to_dict() == {"no_change": 36171, "trend": 36171}
    # The trend by hand: 2002 to 2013 from 2,122 to 13,152, the same factor once more.
    assert origin["said"]["trend"] == pytest.approx(13152.27**2 / 2122.02, rel=1e-4)


@pytest.mark.parametrize(
    ("destination", "still", "trend"), [("Asia", 2.95, 2.24), ("China", 6.24, 2.95)]
)
def test_typical_errors(destination: str, still: float, trend: float) -> None:
    # Medians over all origins with data, read from the sorted list of ratios.
    flow = to_asia() if destination == "Asia" else exports()["CHN"]
    tried = sc.rolling((flow * dollars()).loc[1969:], years=SPAN, look_back=SPAN)
    ratios = tried.groupby("method")["ratio"]
    assert ratios.apply(sc.typical_error).to_dict() == pytest.approx(
        {"no_change": still, "trend": trend}, abs=0.01
    )
    if destination == "Asia":
        assert ratios.size().to_dict() == {"no_change": 32, "trend": 32}
        assert (tried.query("method == 'no_change'")["ratio"] > 1).sum() == 31


def test_the_method_missed_china_in_2013() -> None:
    share = 100 * exports()["CHN"] / exports()["WLD"]
    # Never above that of 2013 since 2005: 7,354 of 42,569. In 2024 24,565 of 73,594.
    assert share.loc[2005:2013].idxmax() == 2013
    assert share[2013] == pytest.approx(100 * 7354.03 / 42568.95, abs=1e-3)
    # 70.8 bn at the most for all exports, of which 17.3% are 12.2; 24.6 came.
    assert 70.769 * share[2013] / 100 == pytest.approx(12.2, abs=0.05)
    assert share[START] == pytest.approx(33.4, abs=0.05)


def test_the_metals_of_2013_are_weighed_as_peru_exported_them_then() -> None:
    sold = data.load("exports_by_sector").pivot(index="year", columns="item", values="value_usd_m")
    names = ["zinc", "lead", "tin"]
    weights = sold.loc[2013, names] / price("nominal").loc[2013, names]
    basket = (price("real_2010usd")[names] * weights).sum(axis=1)
    known = sc.window_factors(basket.loc[:2013], SPAN)
    # Spans from 1960 to 2002 had ended. By the weights of 2024 it would be 0.73 and 1.52.
    assert len(known) == 43
    assert known.quantile([0.25, 0.75]).round(2).tolist() == [0.78, 1.42]


def test_why_sales_to_china_grow_where_supply_is_held_up() -> None:
    groups = sc.project(base(), replace(SAME, lost_t=453749 - 254836), SPAN)
    wide = groups.pivot(index="year", columns="group", values="value_usd_m")
    more = wide.loc[START + SPAN] - wide.loc[START]
    # Copper: 22,949 x (2,979 / 2,740 - 1) x 67.2%; food: 15,954 x (1.0367^11 - 1) x 18.0%.
    assert more["copper"] * 0.67247 == pytest.approx(22949 * 0.08718 * 0.67247, rel=1e-3)
    assert more["food"] * 0.18033 == pytest.approx(15954 * 0.48711 * 0.18033, rel=1e-3)
    assert more["food"] * 0.18033 > more["copper"] * 0.67247


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


def test_the_trend_was_better_for_long_and_then_no_better() -> None:
    tried = sc.rolling(to_asia().loc[1969:] * dollars(), years=SPAN, look_back=SPAN)
    ratio = tried.set_index(["method", "year"])["ratio"]
    early, late = (
        [sc.typical_error(ratio[method].loc[years]) for method in ("trend", "no_change")]
        for years in (slice(None, 2005), slice(2009, None))
    )
    # Medians of the sorted ratios: 24 origins up to 2005, the last five.
    assert early == pytest.approx([2.21, 3.56], abs=0.01)
    assert late == pytest.approx([2.83, 2.75], abs=0.01)
    assert (ratio["trend"].loc[:2005] > 1).sum() == 23
