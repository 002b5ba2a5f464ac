"""What the chapter on products rests on and its facts alone do not show."""

import pandas as pd
import pytest

from peru_asia import claims, data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def by_line() -> pd.DataFrame:
    sectors = data.load("exports_by_sector")
    lines = sectors[~sectors["item"].isin(set(sectors["parent"].dropna()))]
    return lines.pivot(index="year", columns="item", values="value_usd_m").fillna(0)


def share(values: pd.DataFrame, items: tuple[str, ...]) -> pd.Series:
    return 100 * values[list(items)].sum(axis=1) / values.sum(axis=1)


def test_what_fell_and_what_rose_did_so_at_the_prices_of_every_year(by_line: pd.DataFrame) -> None:
    prices = ind.line_prices(data.load("commodity_prices"), by_line)
    for base in by_line.index:
        values = ind.at_prices_of(base, by_line, prices)
        light = share(values, tuple(ind.LIGHT_MANUFACTURES))
        assert light[2024] < light[2005], base
        new = share(values, tuple(ind.NON_TRADITIONAL))
        assert new[2024] > new[2005], base


def test_other_deflators_do_not_take_the_loss_since_2012_away(by_line: pd.DataFrame) -> None:
    prices = ind.line_prices(data.load("commodity_prices"), by_line)
    metal = (prices[["copper", "zinc"]] / prices.loc[2005, ["copper", "zinc"]]).mean(axis=1)
    harsh = prices.assign(steel_metals=metal, chemicals=prices["crude_oil"])
    made = share(ind.at_prices_of(2005, by_line, harsh), tuple(ind.MANUFACTURES))
    assert made[2024] < made[2012] - 3


def test_chemicals_of_table_2_are_far_from_customs() -> None:
    cells = claims.cells()
    world = cells[(cells["table"] == 2) & (cells["partner"] == "WLD")].set_index(["row", "period"])
    for year in ("2008", "2011"):
        assert abs(world["difference"][2, year]) > 11


def test_the_three_asian_partners_buy_no_gold_to_speak_of() -> None:
    # Section nine holds gold; "zero per cent" in the chapter is less than a hundredth of one.
    sold = data.load("exports_by_partner_section").query("section != 'all' and flow == 'export'")
    sums = sold.groupby(["partner", "year"])["value_usd_m"].sum()
    gold = sold[sold["section"] == "9"].set_index(["partner", "year"])["value_usd_m"]
    part = (100 * gold / sums).dropna()
    assert part[part.index.get_level_values("partner").isin(["CHN", "JPN", "KOR"])].max() < 0.01
    assert part["CHE", 2015] > 99
