"""Key results of the chapter "Who gains?", each with the reason for its value."""

from functools import cache

import pandas as pd
import pytest

from peru_asia import data, indicators
from peru_asia.indicators import prices


def by_item(name: str) -> pd.DataFrame:
    table = data.load(name).astype({"item": str})
    return table.pivot(index="year", columns="item", values="value_usd_m").astype(float)


@cache
def world() -> pd.DataFrame:
    table = data.load("commodity_prices").query("price_basis == 'nominal'")
    return table.pivot(index="year", columns="commodity", values="price").astype(float)


@cache
def deflator() -> pd.Series:
    return indicators.line_prices(data.load("commodity_prices"), ["textiles"])["textiles"]


@cache
def import_price() -> pd.Series:
    """Fuels at the price of crude oil, all else at the deflator of manufactures, 2005 = 1."""
    bought = by_item("imports_by_use")
    pair = {
        "fuels": (bought["31"], world()["crude_oil"]),
        "other": (bought["total"] - bought["31"], deflator()),
    }
    rows = pd.concat(
        pd.DataFrame({"value_usd_m": value, "price": price}).loc[2005:2024].assign(item=name)
        for name, (value, price) in pair.items()
    )
    return indicators.basket_index(rows.rename_axis("year").reset_index(), base=2005)


def gain_in_gdp(base: int) -> pd.Series:
    goods = prices.with_prices(data.load("exports_by_sector"), world())
    wide = goods.pivot(index="year", columns="item", values=["value_usd_m", "price"])
    gain = indicators.price_gain(wide["value_usd_m"], wide["price"], import_price(), base=base)
    gdp = data.load("macro").query("country == 'PER' and indicator == 'gdp'")
    return 100 * gain.sum(axis=1) / gdp.set_index("year")["value"].astype(float)


def test_the_price_of_imports_lies_between_its_two_parts() -> None:
    # The deflator rose 1.31 times from 2005 to 2024, crude oil 1.47 times;
    # fuels are 19 per cent of imports at first and 16 at last.
    assert deflator()[2024] / deflator()[2005] == pytest.approx(1.31, abs=0.005)
    oil = world()["crude_oil"]
    assert oil[2024] / oil[2005] == pytest.approx(1.47, abs=0.01)
    assert import_price()[2024] == pytest.approx(0.82 * 1.31 + 0.18 * 1.47, abs=0.01)


def test_copper_s_gain_of_2024_by_hand() -> None:
    # 22,949 sold; copper cost 9,142 against 3,679 dollars a tonne, imports 1.34 of 2005:
    # 22,949 * (1 - 1.34 / 2.485) = 10,580.
    copper = by_item("exports_by_sector")["copper"]
    assert copper[2024] == pytest.approx(22948.8, abs=0.1)
    relative = world()["copper"][2024] / world()["copper"][2005]
    gain = copper[2024] * (1 - import_price()[2024] / relative)
    assert gain == pytest.approx(10580, abs=5)


def test_the_sign_of_the_price_gain_hangs_on_the_base() -> None:
    from_2005, from_2011 = gain_in_gdp(2005), gain_in_gdp(2011)
    # 24,366 of 289,222 in 2024, and 14,472 of 171,762 in 2011: as much of product, by chance.
    assert from_2005[2024] == pytest.approx(8.4, abs=0.05)
    assert from_2005[2011] == pytest.approx(8.4, abs=0.05)
    assert (from_2005.loc[2006:] > 0).all()
    # Against the peak of 2011 every year to 2019 is a loss.
    assert (from_2011.loc[2012:2019] < 0).all()
    assert from_2011[2015] == pytest.approx(-1.5, abs=0.05)
    assert from_2011[2024] == pytest.approx(2.2, abs=0.05)


def test_textiles_lag_behind_every_yardstick() -> None:
    sold, bought = by_item("exports_by_sector"), by_item("imports_by_use")
    cloth = sold["textiles"]
    factories = [item for item in indicators.MANUFACTURES if item != "textiles"]
    yardsticks = {
        "manufactures": sold[factories].sum(axis=1),
        "non-traditional": sold["nontraditional"] - cloth,
        "all": sold["total"] - cloth,
        "prices": deflator().loc[2005:2024],
        "clothing": bought["15"],
    }
    part = {
        name: 100 * cloth[2024] / indicators.kept_pace(cloth, one, base=2005)[2024]
        for name, one in yardsticks.items()
    }
    # 1,275 to 1,637 is 1.28 times; the deflator's 1.31 leaves 98%.
    assert cloth[2024] / cloth[2005] == pytest.approx(1.28, abs=0.005)
    assert part["prices"] == pytest.approx(98, abs=0.5)
    assert part["manufactures"] == pytest.approx(34, abs=0.5)
    # Others that are not traditional: 20,468 less 1,637, over 3,009 in 2005, is 6.26 times.
    assert part["non-traditional"] == pytest.approx(100 * 1.28 / 6.26, abs=0.5)
    assert max(part.values()) < 100


def test_textiles_held_their_share_in_the_nineties() -> None:
    old = data.load("exports_by_product_group").query("flow == 'export'")
    old = old.pivot(index="year", columns="item", values="value_usd_m").astype(float)
    share = 100 * old["textiles_clothing"] / old["all_products"]
    # 363.77 of 3,359.37; 707.54 of 6,866.04.
    assert share[1992] == pytest.approx(10.8, abs=0.05)
    assert share[2000] == pytest.approx(10.3, abs=0.05)
    assert share[2015] == pytest.approx(4.1, abs=0.05)


def test_the_duty_saved_is_nearly_all_the_lower_rate_for_everyone() -> None:
    rates = data.load("tariffs").query("importer == 'PER' and year >= 2005")
    rates = rates.pivot(index="year", columns="measure", values="rate_pct").astype(float)
    imports = by_item("imports_by_use")["total"]
    saved = indicators.duty_saved(
        imports, rates["mfn_weighted_mean"], rates["applied_weighted_mean"], base=2005
    )
    # 9.12 - 1.96 = 7.16 points for everyone; 8.33 - 0.66 = 7.67 in all.
    assert saved["everyone"][2022] == pytest.approx(imports[2022] * 0.0716)
    assert saved.loc[2022].sum() == pytest.approx(imports[2022] * 0.0767)
    # 7.16 of 7.67.
    assert 100 * saved["everyone"][2022] / saved.loc[2022].sum() == pytest.approx(93, abs=0.5)
    # No applied rate is known for these, so that the saving is a gap and no zero.
    assert saved.loc[[2012, 2015, 2016]].isna().all(axis=None)


def test_five_companies_mine_most_of_the_copper() -> None:
    table = data.load("copper_production").query("year == 2021")
    tonnes = table.groupby("company")["copper_t"].sum().sort_values(ascending=False)
    # 460,652 + 418,596 + 398,362 + 290,106 + 235,691 of 2,326,035.
    assert tonnes.head(5).sum() / tonnes.sum() == pytest.approx(1803407 / 2326035, abs=1e-4)
    chinese = table[table["control_partner"].astype(object) == "CHN"]["copper_t"].sum()
    # The ledger's C214: 23.4%.
    assert 100 * chinese / tonnes.sum() == pytest.approx(23.4, abs=0.05)


def test_lima_has_a_port_and_next_to_no_mines() -> None:
    portfolio = data.load("mining_portfolio").groupby("department")["capex_usd_m"].sum()
    # 96 + 410 + 130 + 235 of 63,004.
    assert portfolio["Lima"] == 871
    assert 100 * portfolio["Lima"] / portfolio.sum() == pytest.approx(1.4, abs=0.05)
    sites = data.load("project_sites")
    ports = sites[sites["kind"] == "port"]
    assert set(ports["department"]) == {"Lima", "Ica"}
    mines = sites[sites["kind"].isin(["mine", "project"])]
    assert "Lima" not in set(mines["department"])


def test_income_caught_up_and_stopped() -> None:
    income = data.load("long_run_gdp").pivot(
        index="year", columns="country", values="gdp_per_capita_intl_usd_2011"
    )
    relative = 100 * income["PER"] / income["USA"]
    assert relative[[1975, 1990, 2013, 2018]].round().tolist() == [27, 13, 22, 22]


def test_las_bambas_sold_at_most_0_29_million_dollars_an_employee() -> None:
    output = data.load("mine_output").query(
        "mine == 'las_bambas' and mineral == 'copper' and year == 2019"
    )
    assert output["output_t"].tolist() == [382500]
    said = data.load("case_statements").set_index("quantity")["value"].astype(float)
    # 382,500 t at 6,010.1 dollars is 2,299 million, over more than 8,000 people.
    sales = 382500 * world()["copper"][2019] / said["employees_affected"]
    assert sales == pytest.approx(287_000, abs=1000)
