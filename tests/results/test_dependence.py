"""Key results of the chapter on dependence, each with the reason for its value."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind
from peru_asia.indicators.comovement import change


@pytest.fixture(scope="module")
def exports() -> pd.DataFrame:
    table = data.load("trade_by_partner").query("flow == 'export'")
    return table.pivot(index="year", columns="partner", values="value_usd_m")


@pytest.fixture(scope="module")
def sectors() -> pd.DataFrame:
    return data.load("exports_by_sector").pivot(index="year", columns="item", values="value_usd_m")


@pytest.fixture(scope="module")
def prices() -> pd.DataFrame:
    table = data.load("commodity_prices").query("price_basis == 'nominal'")
    return table.pivot(index="year", columns="commodity", values="price")


@pytest.fixture(scope="module")
def base(exports: pd.DataFrame, sectors: pd.DataFrame) -> ind.exposure.Base:
    ore = data.load("copper_ore_to_china").set_index("year")["value_usd_m"]
    others = sectors["mining"] - sectors["copper"] - sectors["gold"]
    return ind.exposure.Base(
        exports["WLD"][2024], exports["CHN"][2024], sectors["copper"][2024], ore[2024], others[2024]
    )


def test_the_base_is_what_customs_print_for_2024(base: ind.exposure.Base) -> None:
    # SUNAT G 6 and G 1, US$ m: 73,594; 24,565; 22,949; 45,571 - 22,949 - 13,636. Comtrade: 15,432.
    assert [round(value) for value in base] == [73594, 24565, 22949, 15432, 8986]


def test_a_tenth_off(base: ind.exposure.Base) -> None:
    # A tenth of the base above; both at most: 2,456 + 3,194 less 1% of 15,432 + 8,986.
    assert ind.exposure.loss_bounds(base, "demand", 10) == pytest.approx((0, 2456.5), abs=0.1)
    assert ind.exposure.loss_bounds(base, "price", 10) == pytest.approx((2294.9, 3193.5), abs=0.1)
    assert ind.exposure.loss_bounds(base, "both", 10) == pytest.approx((2294.9, 5405.8), abs=0.1)


def test_the_shares_of_gdp(exports: pd.DataFrame, base: ind.exposure.Base) -> None:
    gdp = data.load("macro").query("indicator == 'gdp'").pivot(
        index="year", columns="country", values="value"
    )  # fmt: skip
    # The World Bank's GDP of 2024: 289,222 for Peru, 18.7 million for China.
    share = 100 * exports["CHN"] / gdp["PER"]
    assert (round(share[2005], 1), round(share[2024], 1), share.idxmax()) == (2.5, 8.5, 2021)
    assert round(100 * exports["CHN"][2024] / gdp["CHN"][2024], 2) == 0.13
    assert round(100 * 2456.5 / gdp["PER"][2024], 1) == 0.8
    assert round(100 * 3193.5 / gdp["PER"][2024], 1) == 1.1


def test_one_flow(exports: pd.DataFrame, sectors: pd.DataFrame, base: ind.exposure.Base) -> None:
    # 15,432 of 73,594, of 24,565 and of 22,949; in 2014 3,414 of 38,646.
    parts = (base.total, base.to_buyer, base.metal)
    assert [round(100 * base.metal_to_buyer / whole) for whole in parts] == [21, 63, 67]
    assert round(100 * 3414.42 / exports["WLD"][2014]) == 9
    # The ministry's share of copper to China to November 2024, refined metal included, is higher.
    stated = data.load("china_shares").set_index("share_id")["share_pct"]
    assert stated["H03"] > 100 * base.metal_to_buyer / base.metal


def test_exports_move_with_copper(
    exports: pd.DataFrame, sectors: pd.DataFrame, prices: pd.DataFrame
) -> None:
    copper = change(prices["copper"], relative=True)

    def tie(flow: pd.Series) -> float:
        return round(ind.correlation(copper, change(flow.loc[2005:], relative=True)), 2)

    # Pandas' own correlation of the same changes, 2006 to 2024.
    assert tie(exports["WLD"]) == 0.87
    assert tie(exports["CHN"]) == 0.61
    assert tie(exports["USA"]) == 0.39
    assert tie(sectors["total"] - sectors["copper"]) == 0.79


def test_other_metals_follow_copper_part_of_the_way(
    sectors: pd.DataFrame, prices: pd.DataFrame
) -> None:
    names = {"zinc": "zinc", "lead": "lead", "tin": "tin", "iron": "iron_ore", "silver": "silver"}
    basket = ind.exposure.basket_change(prices, sectors.loc[2024, list(names)].rename(names))
    copper = change(prices["copper"], relative=True)
    # numpy.polyfit of the same pairs, 1961 to 2024.
    assert basket.notna().sum() == 64
    assert round(ind.comovement.slope(copper, basket), 2) == 0.64


def test_the_falls_of_copper(
    exports: pd.DataFrame, sectors: pd.DataFrame, prices: pd.DataFrame
) -> None:
    def rate(series: pd.Series, first: int, last: int) -> float:
        return round(100 * (series[last] / series[first] - 1), 1)

    # Pink Sheet: 6,956 to 5,150 and 8,828 to 4,868 dollars a tonne.
    assert rate(prices["copper"], 2008, 2009) == -26.0
    assert rate(prices["copper"], 2011, 2016) == -44.9
    # Customs: 31,008 to 27,074 and 46,386 to 36,321; to China 3,636 to 4,078, 6,973 to 8,492.
    assert (rate(exports["WLD"], 2008, 2009), rate(exports["CHN"], 2008, 2009)) == (-12.7, 12.2)
    assert (rate(exports["WLD"], 2011, 2016), rate(exports["CHN"], 2011, 2016)) == (-21.7, 21.8)
    # (1 - 0.051) / (1 - 0.449): the volume that the value and the price imply.
    assert rate(sectors["copper"] / prices["copper"], 2011, 2016) == 72.2
    # In no year did sales to China fall by more than in 2020.
    yearly = change(exports["CHN"].loc[2005:], relative=True)
    assert (yearly.idxmin(), round(yearly.min(), 1), (yearly < 0).sum()) == (2020, -7.3, 4)


def test_the_spring_of_2020() -> None:
    months = data.load("trade_by_partner_monthly").query("month <= 5 and partner == 'CHN'")
    five = months.groupby("year")["value_usd_m"].sum()
    # 3,611 after 5,568.
    assert round(100 * (five[2020] / five[2019] - 1)) == -35
