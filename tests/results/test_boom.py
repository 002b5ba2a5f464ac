"""What the chapter "Boom or agreements?" rests on and its facts alone do not show."""

from functools import cache

import pandas as pd
import pytest

from peru_asia import data
from peru_asia.indicators import event_study, prices

EVENTS = {"CHN": 2010, "KOR": 2011, "JPN": 2012}
SIX = ["HKG", "IND", "IDN", "PHL", "TWN", "VNM"]


@cache
def panel() -> pd.DataFrame:
    table = data.load("trade_by_partner").query("flow == 'export'")
    wide = table.pivot(index="year", columns="partner", values="value_usd_m").astype(float)
    return wide.where(wide > 0)


def test_iron_has_no_price_that_can_be_compared() -> None:
    # The contract price of 2005 was 71.5% over that of 2004 (65.00 after 37.90 cents a unit); the
    # spot price a tonne begins in 2006. A basket must not mix the two.
    table = data.load("commodity_prices").query("price_basis == 'nominal'")
    world = table.pivot(index="year", columns="commodity", values="price").astype(float)
    assert world["iron_ore"][2005] / world["iron_ore"][2004] == pytest.approx(1.715, abs=0.001)
    goods = prices.with_prices(data.load("exports_by_sector"), world)
    assert "iron" not in set(goods["item"])


def test_the_rule_chooses_the_same_six_partners_for_each_agreement() -> None:
    bound = set(data.load("agreements").query("in_force_2016_11")["partner"])
    asia = data.region("east_asia", "southeast_asia", "south_asia")
    for start in EVENTS.values():
        chosen = event_study.controls(
            panel(),
            among=[name for name in asia if name not in bound],
            reference=(start - 5, start - 1),
            least=5,
        )
        assert sorted(chosen) == sorted(SIX)


def test_the_gap_of_japan_is_negative_whatever_the_windows() -> None:
    """The chapter says so of every pair of windows that its sliders allow."""
    start = EVENTS["JPN"]
    for before in range(1, 6):
        for after in range(1, 8):
            changes = event_study.change(
                panel().loc[2005:, ["JPN", *SIX]],
                reference=(start - before, start - 1),
                after=(start + 1, start + after),
            )
            assert event_study.gap(changes, "JPN", SIX) < 0, (before, after)


def test_the_growth_of_trade_in_the_first_year_is_that_of_the_ledger(
    ledger: pd.DataFrame,
) -> None:
    trade = data.load("trade_by_partner").query("partner == 'CHN'")
    both = trade.groupby("year")["value_usd_m"].sum()
    found = ledger.set_index("id")["computed"]["C099"]
    assert 100 * (both[2011] / both[2010] - 1) == pytest.approx(found)
