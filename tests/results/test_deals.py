"""What the chapter on deals since 2013 says, pinned: each value with its reason."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def priced() -> pd.DataFrame:
    deals = data.load("deals_since_2013")
    return deals[deals["in_asian_totals"]].dropna(subset=["value_usd_m"])


@pytest.fixture(scope="module")
def listed() -> pd.DataFrame:
    table = data.load("chinese_deals")
    return table[table["count_in_total"]]


def test_the_list_and_its_total(priced: pd.DataFrame) -> None:
    deals = data.load("deals_since_2013")
    # 36 rows, of which 18 are investment of an Asian company; Block VI has no amount.
    assert (len(deals), int(deals["in_asian_totals"].sum()), len(priced)) == (36, 18, 17)
    missing = deals[deals["in_asian_totals"] & deals["value_usd_m"].isna()]
    assert missing["deal_id"].tolist() == ["D32"]
    # 19,416 from China, 570.6 from Japan, 3 from Korea.
    assert priced["value_usd_m"].sum() == pytest.approx(19416 + 570.6 + 3)


def test_five_deals_are_four_fifths(priced: pd.DataFrame) -> None:
    values = priced["value_usd_m"]
    # 5,850 / 19,989.6; with 3,590 and 2,900; with 2,600 and 1,400.
    assert ind.concentration_ratio(values, 1) == pytest.approx(100 * 5850 / 19989.6)
    assert ind.concentration_ratio(values, 3) == pytest.approx(100 * 12340 / 19989.6)
    assert ind.concentration_ratio(values, 5) == pytest.approx(100 * 16340 / 19989.6)
    assert round(1 / ind.hhi(values), 1) == 6.0


def test_five_assets_are_four_fifths_of_iclacs_list(listed: pd.DataFrame) -> None:
    asset = listed["deal_id"].fillna(listed["project_id"]).fillna(listed["iclac_id"])
    sums = listed.groupby(asset)["amount_usd_m"].sum()
    # Toromocho 4,820 + 1,355 + 357; Luz del Sur 3,590 + 561 + 123 + 145.
    assert sums.nlargest(5).to_dict() == {
        "D03": 7000,
        "CN1": 6532,
        "D18": 4419,
        "D24": 2900,
        "D02": 2890,
    }
    assert (len(sums), sums.sum()) == (21, 29049)
    assert ind.concentration_ratio(sums, 5) == pytest.approx(100 * 23741 / 29049)


def test_nine_tenths_bought_what_was_there(priced: pd.DataFrame, listed: pd.DataFrame) -> None:
    bought = priced[priced["type"] == "acquisition"]["value_usd_m"].sum()
    # The rest: 560 + 405 + 500 + 237 + 3 = 1,705; of these San Gabán III and Shouxin work.
    assert bought == pytest.approx(19989.6 - 1705)
    assert 100 * bought / 19989.6 == pytest.approx(91.5, abs=0.05)
    new = priced[(priced["type"] != "acquisition") & (priced["status"] == "operating")]
    assert new["value_usd_m"].sum() == 560 + 237
    types = listed.groupby("type", observed=True)["amount_usd_m"].sum()
    # Half a dollar of new projects for each dollar of purchases, against nine cents on our list.
    assert types.to_dict() == {"acquisition": 19379, "greenfield": 9670}
    assert round(1705 / bought, 2) == 0.09


def test_mines_to_2014_then_power(listed: pd.DataFrame) -> None:
    early = listed["year"] <= 2014
    sums = listed.groupby([early, "sector"], observed=True)["amount_usd_m"].sum()
    # 185 + 106 + 21 + 4,820 + 7,000 of 15,331.
    assert (sums[True, "mining"], sums[True].sum()) == (12132, 15331)
    # Since then no oil: all of ICLAC's energy is power.
    assert (sums[False, "energy"], sums[False, "mining"], sums[False].sum()) == (9615, 2281, 13718)
    oil = listed[listed["investor"].str.contains("Petroleum")]
    assert oil["iclac_id"].tolist() == ["PER-0024", "PER-0092"]


def test_without_las_bambas_power_leads_on_both_lists(
    priced: pd.DataFrame, listed: pd.DataFrame
) -> None:
    left = ind.without_largest(priced, 5, by="sector", name="deal")
    stays = left.pivot(index="left_out", columns="sector", values="value_usd_m")
    # 22.6 + 500 + 48 + 245 + 237 + 3 = 1,055.6 without Las Bambas.
    assert stays["mining"][0] == pytest.approx(6905.6)
    assert stays["mining"][1] == pytest.approx(1055.6)
    assert stays["electricity"][0] == 560 + 68 + 1400 + 3590 + 2900
    assert stays.loc[5].sum() == pytest.approx(3649.6)
    mining = listed[listed["sector"] == "mining"]["amount_usd_m"].sum()
    # 14,413 - 7,000 against 9,615.
    assert (mining, mining - 7000 < 9615 < mining) == (14413, True)


def test_states_own_most_of_the_chinese_buyers(priced: pd.DataFrame) -> None:
    owners = data.load("deal_buyers").set_index("deal_id")["ownership"].astype(str)
    chinese = priced[priced["asian_partner"] == "CHN"]
    held = chinese.groupby(chinese["deal_id"].map(owners))["value_usd_m"].sum()
    # Private: Copeinca 836 and Marcona's port 405; in part: La Arena 245 and Shouxin 237.
    assert held.to_dict() == {"part_state": 482, "private": 1241, "state": 17693}


def test_the_repeats_are_a_quarter_more(listed: pd.DataFrame) -> None:
    table = data.load("chinese_deals")
    repeats = table[table["count_reason"] == "double_count"]["amount_usd_m"].sum()
    # 2,900 + 2,600 + 2,500 + 68.
    assert repeats == 8068
    assert 100 * repeats / listed["amount_usd_m"].sum() == pytest.approx(27.8, abs=0.05)


def test_three_definitions_make_most_of_the_gap_between_the_lists(listed: pd.DataFrame) -> None:
    ours = data.load("deals_since_2013").set_index("deal_id")["value_usd_m"]
    theirs = listed.groupby("deal_id")["amount_usd_m"].sum()
    gap = (theirs - ours).dropna()
    assert len(gap) == 10
    # 7,000 - 5,850; 1,213 - 225; 4,419 - 3,590: 2,967 of 3,117.
    assert gap[["D03", "D17", "D18"]].tolist() == [1150, 988, 829]
    assert gap.sum() == 3117
    # Neither Copeinca nor the purchase of La Arena is among those that ICLAC counts.
    assert not {"D01", "D29"} & set(theirs.index)
