"""What the chapter on who mines copper and iron says, pinned: each value with its reason."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def owners() -> pd.DataFrame:
    return data.load("mine_owners")


@pytest.fixture(scope="module")
def of_2021() -> pd.DataFrame:
    table = data.load("copper_production").query("year == 2021").astype({"mine": object})
    output = table.groupby("mine", dropna=False, as_index=False)["copper_t"].sum()
    return output.rename(columns={"copper_t": "output_t"})


def printed(year: int) -> tuple[pd.DataFrame, float]:
    """Return the copper of the producers that a page of the year names, and Peru's."""
    table = data.load("producer_shares").query("mineral == 'copper' and year == @year")
    table = table.astype({"mine": object}).set_index("mine")
    peru = table["output_t"]["peru"]
    rows = table.drop("peru")
    tonnes = rows["output_t"].fillna(rows["share_pct"] / 100 * peru)
    return tonnes.rename("output_t").reset_index(), peru


def test_china_controls_under_a_quarter_of_the_copper_of_2021(
    of_2021: pd.DataFrame, owners: pd.DataFrame
) -> None:
    total = of_2021["output_t"].sum()
    assert total == pytest.approx(2326035, abs=1)
    parts = ind.ownership.attribute(of_2021, owners, year=2021, rule="control")
    low, high = ind.ownership.held_share(parts, ["CHN"], total=total)
    # 290,106 + 235,691 + 18,691 = 544,489 of 2,326,035; the ledger has the same for claim C214.
    assert low == pytest.approx(100 * 544489 / 2326035, abs=1e-4)
    assert round(low, 1) == 23.4
    # Companies without a code made 53,544 more: 167,902 beside the eleven large mines and Santa
    # Luisa, less 41,607 (El Brocal), 30,460 (Nexa), 27,029 (Gold Fields), 15,264 (Condestable).
    untraced = of_2021.loc[of_2021["mine"].isna(), "output_t"].sum()
    assert untraced == pytest.approx(167902 - 41607 - 30460 - 27029 - 15264, abs=3)
    assert high - low == pytest.approx(100 * untraced / total)
    assert round(high, 1) == 25.7
    by_equity = ind.ownership.attribute(of_2021, owners, year=2021, rule="equity")
    # All holders of the three are Chinese, so that the rules agree.
    assert ind.ownership.held_share(by_equity, ["CHN"], total=total)[0] == pytest.approx(low)


def test_japan_owns_what_it_does_not_control(of_2021: pd.DataFrame, owners: pd.DataFrame) -> None:
    total = of_2021["output_t"].sum()
    parts = ind.ownership.attribute(of_2021, owners, year=2021, rule="equity")
    # 21% of 418,596 + 10% of 460,652 + 70% of 2,246 = 87,905 + 46,065 + 1,572 = 135,542.
    assert ind.ownership.held_share(parts, ["JPN"], total=total)[0] == pytest.approx(
        100 * 135542 / total, abs=1e-3
    )
    control = ind.ownership.attribute(of_2021, owners, year=2021, rule="control")
    # Santa Luisa alone: 2,246 of 2,326,035.
    assert ind.ownership.held_share(control, ["JPN"], total=total)[0] == pytest.approx(
        0.0966, abs=1e-3
    )
    assert control.set_index("mine")["country"]["antamina"] == ind.ownership.JOINT


@pytest.mark.parametrize(
    ("year", "china", "japan"),
    [
        # (213 + 117) / 1,331 and (0.21 x 259 + 0.10 x 255) / 1,331.
        (2018, 24.8, 6.0),
        # 11.0 + 7.3 and 0.21 x 16.9 + 0.10 x 15.8 + 0.40 x 11.6, in per cent as printed.
        (2023, 18.3, 9.8),
        # (95,733 + 54,803) / 666,455 and (21,031 + 9,777 + 31,980) / 666,455.
        (2025, 22.6, 9.4),
    ],
)
def test_shares_of_other_years(owners: pd.DataFrame, year: int, china: float, japan: float) -> None:
    output, peru = printed(year)
    control = ind.ownership.attribute(output, owners, year=year, rule="control")
    equity = ind.ownership.attribute(output, owners, year=year, rule="equity")
    assert round(ind.ownership.held_share(control, ["CHN"], total=peru)[0], 1) == china
    assert round(ind.ownership.held_share(equity, ["JPN"], total=peru)[0], 1) == japan


def test_a_quarter_was_right_for_2017() -> None:
    table = data.load("mine_output").query("year == 2017 and source == 'gbreports2018copper'")
    mines = table.set_index("mine")["output_t"]
    peru = data.load("mineral_production").query(
        "mineral == 'copper' and year == 2017 and preferred"
    )["output_t"]
    # (454,000 + 194,700) / 2,446,000, all three rounded at the source.
    assert 100 * (mines["las_bambas"] + mines["toromocho"]) / peru.iloc[0] == pytest.approx(
        26.5, abs=0.05
    )


def test_china_buys_far_more_than_it_mines() -> None:
    ore = data.load("copper_ore_to_china").set_index("year")["value_usd_m"]
    copper = data.load("exports_by_sector").query("item == 'copper'").set_index("year")
    share = 100 * ore / copper["value_usd_m"].reindex(ore.index)
    # 3,414.4 / 8,865.5, 7,179.8 / 13,834.4, 15,604.0 / 23,123.2 and 15,432.4 / 22,948.8.
    assert share[[2014, 2017, 2023, 2024]].round(1).tolist() == [38.5, 51.9, 67.5, 67.2]


def test_november_2022_holds_the_large_companies_alone() -> None:
    table = data.load("copper_production").query("year == 2022")
    at_work = table[table["copper_t"] > 0].groupby("month")["company"].nunique()
    # The chapter leaves the month out: eleven companies against some thirty in any other month.
    assert at_work[11] <= 11 < 25 < at_work.drop(11).min()
    # Without it, the sum is the ministry's later figure for January to November, 2,187,058, less
    # its 224,976 for November.
    rest = table[table["month"] < 11]["copper_t"].sum()
    assert rest == pytest.approx(2187058 - 224976, abs=2)


def test_las_bambas_missed_over_forty_thousand_tonnes_in_one_quarter() -> None:
    table = data.load("copper_production")
    mine = table[table["mine"] == "las_bambas"].set_index(["year", "month"])["copper_t"]
    normal = mine[2021].drop(12).mean()
    # 278,039 in eleven months of 2021 are 25,276 a month; 15,707 + 0 + 16,336 from April to June.
    assert normal == pytest.approx(25276, abs=1)
    assert 3 * normal - mine[2022][[4, 5, 6]].sum() == pytest.approx(43785, abs=3)
    whole = table.groupby(["year", "month"])["copper_t"].sum()
    # 542,893 against 552,132 a year before.
    quarter = [whole[year][[4, 5, 6]].sum() for year in (2021, 2022)]
    assert 100 * (1 - quarter[1] / quarter[0]) == pytest.approx(1.67, abs=0.01)


def test_iron_is_marcona_and_product_is_not_metal() -> None:
    iron = data.load("mine_output").query("mine == 'marcona'").set_index(["product", "year"])
    peru = data.load("producer_shares").query("mineral == 'iron' and mine == 'peru'")
    low, high = ind.printed_range("12.8")
    total = peru.set_index("year")["output_t"][2022] / 1e6
    # 12.75 to 12.85 of 12.937 million tonnes.
    assert (round(100 * low / total, 1), round(100 * high / total, 1)) == (98.6, 99.3)
    fine = data.load("mineral_production").query("mineral == 'iron' and year == 2019 and preferred")
    product = iron["output_t"]["product_weight", 2019]
    # 16.10 million tonnes of product over 10.12 million of iron: the division that must not be.
    assert 100 * product / fine["output_t"].iloc[0] == pytest.approx(159.1, abs=0.05)


def test_copper_has_many_producers() -> None:
    table = data.load("copper_production").query("year == 2021")
    by_company = table.groupby("company")["copper_t"].sum()
    # The shares 19.8, 18.0, 17.1, 12.5, 10.1, 7.3 and so on, squared: as 7.4 equal companies.
    assert ind.hhi(by_company) == pytest.approx(0.1354, abs=5e-5)
    assert 100 * by_company.nlargest(4).sum() / by_company.sum() == pytest.approx(67.4, abs=0.05)
