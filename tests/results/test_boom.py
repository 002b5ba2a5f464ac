"""Key results of the chapter "Boom or agreements?", each with the reason for its value."""

import math
from functools import cache

import numpy as np
import pandas as pd
import pytest

from peru_asia import data, indicators
from peru_asia.indicators import event_study, prices

EVENTS = {"CHN": 2010, "KOR": 2011, "JPN": 2012}
SIX = ["HKG", "IND", "IDN", "PHL", "TWN", "VNM"]


@cache
def exports() -> pd.DataFrame:
    table = data.load("trade_by_partner").query("flow == 'export'")
    return table.pivot(index="year", columns="partner", values="value_usd_m").astype(float)


@cache
def world() -> pd.DataFrame:
    table = data.load("commodity_prices").query("price_basis == 'nominal'")
    return table.pivot(index="year", columns="commodity", values="price").astype(float)


def basket_of_china() -> pd.Series:
    """Quantities of 2011 from the values that Table 1 of the paper of 2013 prints, US$ m."""
    bought = pd.Series({"copper": 2417.569333 + 623.283123, "fishmeal": 1042.229, "lead": 723.7236})
    return prices.quantities(bought, world().loc[2011, bought.index])


def goods() -> pd.DataFrame:
    return prices.with_prices(data.load("exports_by_sector"), world())


def change(partner: str, before: int = 3, after: int = 3) -> pd.Series:
    panel, start = exports().loc[2005:, [partner, *SIX]], EVENTS[partner]
    return event_study.change(
        panel, reference=(start - before, start - 1), after=(start + 1, start + after)
    )


def test_the_basket_is_the_one_that_the_paper_prints() -> None:
    printed = data.load("published_tables").query("table == 1 and flow == 'export'")
    values = printed.set_index(printed["hs_code"].astype(int))["value"] / 1e6
    assert values[260300] + values[740311] == pytest.approx(2417.569333 + 623.283123, abs=0.001)
    # The ledger's C082 has all five at 83% of exports to China in 2011; without iron, 69%.
    assert values.sum() / exports()["CHN"][2011] == pytest.approx(0.83, abs=0.005)
    assert values.drop(260111).sum() / exports()["CHN"][2011] == pytest.approx(0.69, abs=0.005)


def test_over_half_of_the_boom_was_price_and_nothing_since() -> None:
    cost = prices.fixed_basket_index(world(), basket_of_china(), base=2003)
    value = exports()["CHN"]
    boom = indicators.log_parts(value[2011] / value[2003], cost[2011])
    after = indicators.log_parts(value[2024] / value[2011], cost[2024] / cost[2011])
    # By hand: 6,972.6 / 677.0 = 10.30; (3,041 + 1,042 + 724) over what the same quantities cost in
    # 2003, 3,041 / 4.962 + 1,042 / 2.252 + 724 / 4.662 = 613 + 463 + 155, is 3.90.
    assert math.exp(boom.value / 100) == pytest.approx(10.30, abs=0.005)
    assert math.exp(boom.price / 100) == pytest.approx(3.90, abs=0.01)
    assert boom.price_share == pytest.approx(58.4, abs=0.3)
    # Copper cost 1.04 of 2011 in 2024, fishmeal 1.18, lead 0.86.
    assert math.exp(after.price / 100) == pytest.approx(1.04, abs=0.005)
    assert after.price_share == pytest.approx(3.1, abs=0.5)


def test_the_nine_goods_were_nearly_all_price_in_the_boom() -> None:
    wide = goods().pivot(index="year", columns="item", values=["value_usd_m", "price"])
    sums, costs = wide["value_usd_m"], wide["price"]
    assert sums.shape == (20, 9)
    shares = {
        name: indicators.log_effects(
            sums.loc[2005], sums.loc[2011], costs.loc[2005], costs.loc[2011], name
        ).price_share
        for name in prices.FORMULAS
    }
    assert shares == pytest.approx({"laspeyres": 93, "paasche": 90, "fisher": 91}, abs=0.6)
    boom = indicators.bennet(sums.loc[2005], sums.loc[2011], costs.loc[2005], costs.loc[2011])
    # Copper by hand: 3,472 / 3,678.9 and 10,721 / 8,828.2 are 0.9438 and 1.2144 m tonnes; their
    # mean, 1.0791, times a price that rose by 5,149.3 is 5,557.
    assert boom["price_effect"]["copper"] == pytest.approx(5557, abs=5)
    assert boom["price_effect"].sum() == pytest.approx(18096, abs=5)


def test_iron_has_no_price_that_can_be_compared() -> None:
    # The contract price of 2005 was 71.5% over that of 2004 (65.00 after 37.90 cents a unit); the
    # spot price a tonne begins in 2006. A basket must not mix the two.
    assert world()["iron_ore"][2005] / world()["iron_ore"][2004] == pytest.approx(1.715, abs=0.001)
    assert "iron" not in set(goods()["item"])


def test_copper_sold_at_world_prices_is_the_copper_that_was_mined() -> None:
    sold = goods().query("item == 'copper'").set_index("year")
    tonnes = 1e6 * sold["value_usd_m"] / sold["price"]
    mined = data.load("mineral_production").query("preferred and mineral == 'copper'")
    percent = (100 * tonnes / mined.set_index("year")["output_t"]).dropna().loc[2009:]
    assert percent[2011] == pytest.approx(98.3, abs=0.2)  # 1.2144 of 1.235 m tonnes
    assert percent.between(85, 105).all()


def test_copper_ore_to_china_grew_mostly_in_quantity() -> None:
    ore = data.load("copper_ore_to_china").set_index("year")["value_usd_m"]
    split = indicators.log_parts(
        ore[2024] / ore[2014], world()["copper"][2024] / world()["copper"][2014]
    )
    # 15,432 / 3,414 = 4.52 in value, 9,142 / 6,863 = 1.33 in price: 3.39 in quantity.
    assert math.exp(split.quantity / 100) == pytest.approx(3.39, abs=0.01)


def test_the_rule_chooses_the_same_six_partners_for_each_agreement() -> None:
    bound = set(data.load("agreements").query("in_force_2016_11")["partner"])
    asia = data.region("east_asia", "southeast_asia", "south_asia")
    panel = exports().where(exports() > 0)
    for start in EVENTS.values():
        chosen = event_study.controls(
            panel,
            among=[name for name in asia if name not in bound],
            reference=(start - 5, start - 1),
            least=5,
        )
        assert sorted(chosen) == sorted(SIX)


def test_no_agreement_stands_out_among_the_placebos() -> None:
    gaps = {partner: event_study.placebo_gaps(change(partner), partner, SIX) for partner in EVENTS}
    own = {partner: found[partner] for partner, found in gaps.items()}
    assert own == pytest.approx({"CHN": 20.3, "KOR": 27.0, "JPN": -41.5}, abs=0.1)
    ranks = {
        partner: round(7 * event_study.placebo_rank(found, partner))
        for partner, found in gaps.items()
    }
    assert ranks == {"CHN": 4, "KOR": 3, "JPN": 6}


def test_no_choice_of_windows_puts_an_agreement_first() -> None:
    """The chapter says so of every pair of windows that its sliders allow."""
    spans = [(before, after) for before in range(1, 6) for after in range(1, 8)]
    places = {}
    for partner in EVENTS:
        gaps = [event_study.placebo_gaps(change(partner, *span), partner, SIX) for span in spans]
        ranks = [round(7 * event_study.placebo_rank(found, partner)) for found in gaps]
        places[partner] = (min(ranks), max(ranks))
        if partner == "JPN":
            assert max(found[partner] for found in gaps) < 0
    assert places == {"CHN": (2, 4), "KOR": (2, 5), "JPN": (3, 7)}


def test_the_gap_of_china_worked_by_hand() -> None:
    # Mean logs of 2007-2009 and of 2011-2013, China: (3,040.5, 3,636.0, 4,078.8) and (6,972.6,
    # 7,843.9, 7,354.0): the geometric means are 3,559 and 7,381, 73 log points apart.
    assert change("CHN")["CHN"] == pytest.approx(100 * math.log(7381 / 3559), abs=0.1)
    left = event_study.leave_one_out(change("CHN"), "CHN", SIX)
    assert left.min() > 0
    assert all(
        event_study.gap(change("JPN", *span), "JPN", SIX) < 0
        for span in ((1, 1), (3, 3), (5, 5), (3, 7))
    )


def test_three_agreements_together_do_no_better_than_chance() -> None:
    panel = exports().loc[2005:, [*EVENTS, *SIX]]
    changes = {
        partner: event_study.change(
            panel, reference=(start - 3, start - 1), after=(start + 1, start + 3)
        )
        for partner, start in EVENTS.items()
    }
    mean, share = event_study.permutation_test(changes, {name: name for name in EVENTS}, SIX)
    assert mean == pytest.approx((20.3 + 27.0 - 41.5) / 3, abs=0.1)
    # 246 of 504 ways.
    assert share == pytest.approx(246 / 504)
    drawn = event_study.permutation_gaps(changes, {name: name for name in EVENTS}, SIX)
    assert len(drawn) == 9 * 8 * 7
    # The test is blunt: one way in twenty does as well as an effect of 46 log points.
    assert np.quantile(drawn, 0.95) == pytest.approx(45.8, abs=0.1)


def test_small_controls_swing_more_than_china() -> None:
    """Standard deviation of yearly changes over the five years before the agreement."""
    before = exports().loc[2005:2009, ["CHN", *SIX]]
    swing = 100 * before.map(math.log).diff().std()
    assert swing["CHN"] == pytest.approx(7.5, abs=0.1)
    assert swing[SIX].min() > swing["CHN"]
    # Three years' mean values: US$ 3,585 m against 411 m, Taiwan's, at most.
    size = exports().loc[2007:2009].mean()
    assert size[SIX].max() < size["CHN"] / 8


def test_adding_the_controls_up_moves_every_gap_and_changes_no_sign() -> None:
    found = {}
    for partner, start in EVENTS.items():
        values = exports().loc[2005:, [partner, *SIX]]
        spans = {"reference": (start - 3, start - 1), "after": (start + 1, start + 3)}
        sums = pd.DataFrame({"own": values[partner], "all": values[SIX].sum(axis=1)})
        found[partner] = event_study.gap(event_study.change(sums, **spans), "own", ["all"])
    assert found == pytest.approx({"CHN": 44.0, "KOR": 37.1, "JPN": -52.4}, abs=0.1)


def test_most_of_the_growth_lay_before_the_agreement() -> None:
    value = exports()["CHN"]
    # ln(4,078.8 / 677.0) = 1.796 of ln(6,972.6 / 677.0) = 2.332.
    assert math.log(value[2009] / value[2003]) / math.log(
        value[2011] / value[2003]
    ) == pytest.approx(0.770, abs=0.001)


def test_the_growth_of_trade_in_the_first_year_is_that_of_the_ledger(
    ledger: pd.DataFrame,
) -> None:
    trade = data.load("trade_by_partner").query("partner == 'CHN'")
    both = trade.groupby("year")["value_usd_m"].sum()
    found = ledger.set_index("id")["computed"]["C099"]
    assert 100 * (both[2011] / both[2010] - 1) == pytest.approx(found)


def test_non_traditional_exports_fell_more_in_2009() -> None:
    groups = data.load("exports_by_sector").query("level == 'group'")
    value = groups.pivot(index="year", columns="item", values="value_usd_m").astype(float)
    fall = 100 * (value.loc[2009] / value.loc[2008] - 1)
    # 6,196 / 7,565 and 20,721 / 23,266.
    assert fall["nontraditional"] == pytest.approx(-18.1, abs=0.1)
    assert fall["traditional"] == pytest.approx(-10.9, abs=0.1)
