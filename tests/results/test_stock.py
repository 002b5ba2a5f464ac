"""What the chapter on the size of Asian investment says, pinned: each value with its reason."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def stated() -> pd.DataFrame:
    table = data.load("chinese_stock_by_source").dropna(subset=["year", "value_usd_m"])
    # AEI's tracker speaks twice, once through a newspaper.
    return table.assign(producer=table["producer"].str.removesuffix(", in La República"))


@pytest.fixture(scope="module")
def counted() -> pd.DataFrame:
    table = data.load("chinese_deals")
    return table[table["count_in_total"]]


@pytest.fixture(scope="module")
def total() -> pd.Series:
    table = data.load("fdi_stock_total").query("series == 'unctad_inward_stock'")
    return table.set_index("year")["value_usd_m"]


def test_the_sources_of_2020_lie_nearly_a_hundredfold_apart(stated: pd.DataFrame) -> None:
    ranges = ind.estimate_ranges(stated, by="year", value="value_usd_m", source="producer")
    apart = ranges[ranges["sources"] > 1].set_index("year")
    # 29,250 / 304 = 96.217, both amounts printed in one newspaper column.
    assert apart["factor"][2020] == pytest.approx(29250 / 304)
    assert apart["lowest_source"][2020] == "ProInversión"
    assert apart["highest_source"][2020] == "AEI tracker"
    assert apart["sources"][2020] == 3
    # 28,715 / 2,309.5 = 12.43; 27,877 / 2,350.2 = 11.86; 31,830 / 3,651.8 = 8.72: without the
    # register, of which there is no amount after 2020.
    assert apart["factor"].round(1).drop(2020).to_dict() == {2022: 12.4, 2023: 11.9, 2024: 8.7}
    # 29,250 / 1,705.1 = 17.15 without the register.
    assert ind.spread_factor([29250, 1705.1]) == pytest.approx(17.15, abs=0.01)


def test_the_register_of_2012_was_near_the_imf() -> None:
    # 3.5% of 22,700 = 794.5 as printed in 2013; the IMF has 1,072.7, 1.35 times as much; by 2020
    # the register had lost 1 - 304 / 794.5 = 62%.
    row = data.load("fdi_by_country").set_index("observation_id").loc["F44"]
    register = row["share_pct"] / 100 * row["total_usd_m"]
    assert register == pytest.approx(794.5)
    assert ind.spread_factor([register, 1072.7]) == pytest.approx(1.35, abs=0.005)
    assert round(100 * (1 - 304 / register)) == 62


def test_each_deal_counts_once(counted: pd.DataFrame) -> None:
    table = data.load("chinese_deals")
    # The data package's own selection; 39,649.2 less 8,068 of repeats, 1,942 of 2026, 473 of
    # building contracts and 117.2 that ICLAC leaves out.
    assert (len(counted), counted["amount_usd_m"].sum()) == (28, 29049)
    assert pytest.approx(29049) == 39649.2 - 8068 - 1942 - 473 - 117.2
    assert table["amount_usd_m"].sum() == pytest.approx(39649.2)
    repeats = table.set_index("iclac_id")["double_count_of"].dropna()
    assert not set(repeats.index) & set(counted["iclac_id"])
    assert set(repeats) <= set(counted["iclac_id"])


def test_deals_passed_the_official_position_in_2013(
    stated: pd.DataFrame, counted: pd.DataFrame
) -> None:
    deals = ind.running_total(counted, value="amount_usd_m")
    imf = stated[stated["producer"] == "IMF"].set_index("year")["value_usd_m"]
    # By hand to 2012: 200 + 185 + 106 + 21 + 109 = 621; 2013 adds Toromocho and the Petrobras
    # fields, 4,820 + 2,890.
    assert (deals[2012], deals[2013]) == (621, 8331)
    ahead = (imf > deals.reindex(imf.index)).to_dict()
    assert [year for year, larger in ahead.items() if larger] == [2010, 2011, 2012]
    # 2018 to 2024: (3,651.8 - 833.7) / (28,722 - 17,354) = 24.8%.
    assert (imf[2024] - imf[2018]) / (deals[2024] - deals[2018]) == pytest.approx(0.248, abs=0.001)


def test_most_of_the_money_went_to_former_owners(counted: pd.DataFrame, total: pd.Series) -> None:
    kinds = counted.groupby("type", observed=True)["amount_usd_m"].sum()
    # 19,379 of 29,049 by ICLAC's own typing.
    assert 100 * kinds["acquisition"] / kinds.sum() == pytest.approx(66.7, abs=0.05)
    # UNCTAD: 78,643 - 74,107 in the year of Las Bambas (5,850); a fall in that of Luz del Sur.
    assert total[2014] - total[2013] == pytest.approx(4536.7, abs=0.1)
    assert total[2020] < total[2019]


def test_mining_has_about_half_of_the_deals_to_2021(counted: pd.DataFrame) -> None:
    # 7,000 + 4,820 + 185 + 106 + 21 = 12,132 of 22,986; the article of 2022 prints 63% (C212).
    early = counted[counted["year"] <= 2021].groupby("sector", observed=True)["amount_usd_m"].sum()
    assert (early["mining"], early.sum()) == (12132, 22986)


def test_the_register_holds_a_quarter_of_the_stock(total: pd.Series) -> None:
    stocks = data.load("fdi_stock_total")
    register = ind.value_at(stocks, "value_usd_m", series="proinversion_registry", year=2020)
    # 26,806 / 111,670.8.
    assert 100 * register / total[2020] == pytest.approx(24.0, abs=0.05)


def test_bounds_of_asias_share_in_2020(total: pd.Series) -> None:
    # Least: 304 / 118,471 = 0.26%. Most: (29,250 + 7,000 + 6,600) / 111,670.8 = 38.4%.
    low, high = ind.share_bounds([(304, 29250), (0, 7000), (0, 6600)], (total[2020], 118471))
    assert (round(low, 2), round(high, 1)) == (0.26, 38.4)
    table = data.load("fdi_by_country")
    asia = table[table["partner"].isin(["JPN", "KOR"])].groupby("partner")["value_usd_m"].max()
    assert asia[["JPN", "KOR"]].tolist() == [7000, 6600]


def test_chinas_gap_between_register_and_estimate_is_its_own() -> None:
    table = data.load("fdi_by_country")
    table = table[(table["year"] == 2020) & (table["source"] == "larepublica2021campodonico")]
    wide = table.pivot(index="partner", columns="series", values="value_usd_m").dropna()
    factor = wide["home_agency_or_tracker"] / wide["proinversion_registry"]
    # 29,250 / 304, 13,000 / 4,004 and 7,500 / 2,700.
    assert factor.round(1).to_dict() == {"CHL": 3.2, "CHN": 96.2, "USA": 2.8}


def test_china_holds_a_fifth_of_the_portfolio_and_little_of_it_is_under_way() -> None:
    shares = data.load("portfolio_by_country").query("partner == 'CHN'").set_index("portfolio_year")
    # As printed: 10,775 of 53,168 and 11,371 of 54,556.
    assert shares["share_pct"].to_dict() == {2021: 20.3, 2024: 20.8}
    projects = data.load("mining_portfolio")
    held = projects[projects["control_partner"] == "CHN"]
    # Seven projects, 12,976 of 63,004; only Reposición Ferrobamba (1,753) is under way.
    assert (len(held), held["capex_usd_m"].sum(), projects["capex_usd_m"].sum()) == (
        7,
        12976,
        63004,
    )
    assert held.loc[held["stage"] == "execution", "capex_usd_m"].tolist() == [1753]


def test_three_years_hold_most_of_the_loans() -> None:
    finance = data.load("development_finance")
    by_year = finance.groupby("year")["commitments_2021_usd_m"].sum()
    # AidData's country total for Peru is 17,056.85; 2,789.2 + 7,968.3 + 3,163.0 are 81.6% of it.
    assert by_year.sum() == pytest.approx(17056.85, abs=0.01)
    assert sorted(by_year.nlargest(3).index) == [2010, 2014, 2020]
    assert 100 * by_year.nlargest(3).sum() / by_year.sum() == pytest.approx(81.6, abs=0.05)
