"""Key results of the chapter on products, each pinned to a value with its reason."""

import math

import pandas as pd
import pytest

from peru_asia import claims, data
from peru_asia import indicators as ind

YEARS = range(2005, 2025)


@pytest.fixture(scope="module")
def lines() -> pd.DataFrame:
    sectors = data.load("exports_by_sector")
    return sectors[~sectors["item"].isin(set(sectors["parent"].dropna()))]


@pytest.fixture(scope="module")
def by_line(lines: pd.DataFrame) -> pd.DataFrame:
    return lines.pivot(index="year", columns="item", values="value_usd_m").fillna(0)


@pytest.fixture(scope="module")
def sections() -> pd.DataFrame:
    return data.load("exports_by_partner_section").query("section != 'all'")


def share_of(by_line: pd.DataFrame, items: list[str], base: int | None = None) -> pd.Series:
    prices = ind.line_prices(data.load("commodity_prices"), by_line)
    values = by_line if base is None else ind.at_prices_of(base, by_line, prices)
    return 100 * values[items].sum(axis=1) / values.sum(axis=1)


def test_manufactures_fell_at_current_prices_and_held_at_those_of_2005(
    by_line: pd.DataFrame,
) -> None:
    factory = list(ind.MANUFACTURES)
    current, constant = share_of(by_line, factory), share_of(by_line, factory, 2005)
    # 2005: 2,945.5 of 17,300.0; 2024: 8,030.8 of 73,593.9 US$ m, from SUNAT's lines.
    assert current[2005] == pytest.approx(17.03, abs=0.01)
    assert current[2024] == pytest.approx(10.91, abs=0.01)
    # With iron at 40.3 US$ a tonne in 2005; at 65, its price in another unit, it would be 16.7.
    assert constant[2024] == pytest.approx(16.90, abs=0.01)
    assert constant.idxmax() == 2012


def test_the_loss_since_2012_is_there_at_the_prices_of_every_year(by_line: pd.DataFrame) -> None:
    for base in YEARS:
        one = share_of(by_line, list(ind.MANUFACTURES), base)
        assert one[2024] < one[2012] - 3, base
        light = share_of(by_line, list(ind.LIGHT_MANUFACTURES), base)
        assert light[2024] < light[2005], base
        new = share_of(by_line, list(ind.NON_TRADITIONAL), base)
        assert new[2024] > new[2005], base


def test_other_deflators_move_the_level_and_not_the_loss(by_line: pd.DataFrame) -> None:
    prices = ind.line_prices(data.load("commodity_prices"), by_line)
    metal = (prices[["copper", "zinc"]] / prices.loc[2005, ["copper", "zinc"]]).mean(axis=1)
    harsh = prices.assign(steel_metals=metal, chemicals=prices["crude_oil"])
    values = ind.at_prices_of(2005, by_line, harsh)
    share = 100 * values[list(ind.MANUFACTURES)].sum(axis=1) / values.sum(axis=1)
    # More than half of the fall from 17.0 to 10.9 is still a matter of prices.
    assert share[2024] > (17.03 + 10.91) / 2
    assert share[2024] < share[2012] - 3


def test_the_two_lists_agree_on_the_broad_groups() -> None:
    groups = data.load("exports_by_product_group").query("flow == 'export'")
    old = ind.regroup(groups, ind.HS_GROUPS)
    new = ind.regroup(data.load("exports_by_sector"), ind.CUSTOMS_GROUPS)
    both = old.merge(new, on=["year", "group"])
    assert sorted(set(both["year"])) == list(range(2005, 2016))
    assert (both["share_pct_x"] - both["share_pct_y"]).abs().max() < 0.9


def test_mining_and_chemicals_of_table_2_are_met_together_though_not_apart() -> None:
    cells = claims.cells()
    world = cells[(cells["table"] == 2) & (cells["partner"] == "WLD")].set_index(["row", "period"])
    wide = data.load("exports_by_sector").pivot(index="year", columns="item", values="value_usd_m")
    home = wide[["mining", "oil_gas", "chemicals", "steel_metals", "nonmetallic_minerals"]]
    home = 100 * home.sum(axis=1) / wide["total"]
    for year in (2008, 2011):
        printed = world["printed"][2, str(year)] + world["printed"][5, str(year)]
        assert abs(home[year] - printed) < 0.7
        assert abs(world["difference"][2, str(year)]) > 11  # chemicals alone


def test_chemicals_to_japan_and_korea_are_not_in_the_matrix(sections: pd.DataFrame) -> None:
    sold = sections[sections["flow"] == "export"]
    sums = sold.groupby(["partner", "year"])["value_usd_m"].sum()
    chemicals = sold[sold["section"] == "5"].set_index(["partner", "year"])["value_usd_m"]
    assert (100 * chemicals / sums)[["JPN", "KOR"]].max() < 1


def test_gold_cannot_be_unclassified_in_table_3(by_line: pd.DataFrame) -> None:
    printed = data.load("published_tables").query(
        "table == 3 and partner == 'WLD' and year_to == 2011 and unit == 'pct'"
    )
    gold = 100 * by_line["gold"][2011] / by_line.loc[2011].sum()
    # The five printed levels leave 0.2; gold is 22 per cent, more than low to high together.
    assert 100 - printed["value"].sum() == pytest.approx(0.2, abs=1e-6)
    assert gold == pytest.approx(22.06, abs=0.05)
    above = printed[printed["tech_level"].isin(["LTM", "MTM", "HTM"])]["value"].sum()
    assert above < gold


def test_the_three_asian_partners_buy_no_gold_to_speak_of(sections: pd.DataFrame) -> None:
    # Section nine holds gold; "zero per cent" in the chapter is less than a hundredth of one.
    sold = sections[sections["flow"] == "export"]
    sums = sold.groupby(["partner", "year"])["value_usd_m"].sum()
    gold = sold[sold["section"] == "9"].set_index(["partner", "year"])["value_usd_m"]
    share = (100 * gold / sums).dropna()
    assert share[share.index.get_level_values("partner").isin(["CHN", "JPN", "KOR"])].max() < 0.01
    assert share["CHE", 2015] > 99


def test_the_printed_share_of_manufactures_lies_in_the_bounds(lines: pd.DataFrame) -> None:
    bounds = ind.tier_bounds(lines, ind.CUSTOMS_TIERS, {"low", "medium", "high"})
    assert bounds.loc[2011].tolist() == pytest.approx([5.8, 14.2], abs=0.05)
    # 5.9 + 2.2 + 0.3, as Table 3 prints for the world.
    assert bounds["least_pct"][2011] < 8.4 < bounds["most_pct"][2011]
    assert (bounds.loc[2024] < bounds.loc[2005]).all()


def test_raw_materials_rose_while_the_printed_primary_goods_fell() -> None:
    groups = data.load("exports_by_product_group").query("flow == 'export'")
    wide = groups.pivot(index="year", columns="item", values="value_usd_m")
    raw = 100 * wide["raw_materials"] / wide["all_products"]
    assert raw[[1997, 2008, 2011]].round(1).tolist() == [29.0, 35.2, 38.1]


def test_copper_ore_is_most_of_what_china_buys() -> None:
    ore = data.load("copper_ore_to_china").set_index("year")["value_usd_m"]
    totals = data.load("trade_reporters").query(
        "flow == 'export' and partner == 'CHN' and source == 'comtrade2026'"
    )
    part = 100 * ore / totals.set_index("year")["value_usd_m"]
    # 3,414.4 of 7,042.6 and 15,604.0 of 23,155.7 US$ m.
    assert part[2014] == pytest.approx(48.5, abs=0.05)
    assert part.loc[2016:].max() == pytest.approx(67.4, abs=0.05)
    assert part.loc[2016:].min() > 50


def test_exports_are_more_concentrated_than_in_2005(lines: pd.DataFrame) -> None:
    of_year = lines.groupby("year")["value_usd_m"]
    equal = 1 / of_year.agg(ind.hhi)
    spread = of_year.agg(ind.entropy).map(math.exp)
    assert equal[[2005, 2024]].tolist() == pytest.approx([9.78, 6.16], abs=0.01)
    assert spread[[2005, 2024]].tolist() == pytest.approx([14.03, 10.37], abs=0.01)


def test_asia_takes_crude_materials_and_trades_little_of_one_kind(sections: pd.DataFrame) -> None:
    sold = ind.rca(sections[sections["flow"] == "export"]).set_index(["year", "partner", "section"])
    # Crude materials: 5,265 of 7,333 to China over 10,818 of 33,151 to all = 71.8 / 32.6.
    assert sold["rca"][2015, "CHN", "2"] == pytest.approx(2.20, abs=0.01)
    index = ind.grubel_lloyd(sections)
    assert index[2015, "CHN"] == pytest.approx(0.147, abs=0.001)
    assert index[2015, "CHL"] > 4 * index[2015, "CHN"]
