"""What the chapter on deals since 2013 rests on, beside the numbers that it prints."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def counted() -> pd.DataFrame:
    deals = data.load("deals_since_2013")
    return deals[deals["in_asian_totals"]]


@pytest.fixture(scope="module")
def listed() -> pd.DataFrame:
    table = data.load("chinese_deals")
    return table[table["count_in_total"]]


def test_one_counted_deal_has_no_amount(counted: pd.DataFrame) -> None:
    # Block VI.
    assert counted.loc[counted["value_usd_m"].isna(), "deal_id"].tolist() == ["D32"]


def test_the_largest_of_each_list(counted: pd.DataFrame, listed: pd.DataFrame) -> None:
    ours = counted.set_index("deal_id")["value_usd_m"].nlargest(5)
    assert ours.to_dict() == {"D03": 5850, "D18": 3590, "D24": 2900, "D02": 2600, "D07": 1400}
    asset = listed["deal_id"].fillna(listed["project_id"]).fillna(listed["iclac_id"])
    theirs = listed.groupby(asset)["amount_usd_m"].sum().nlargest(5)
    # One of the five differs: Toromocho there, Chaglla here.
    assert list(theirs.index) == ["D03", "CN1", "D18", "D24", "D02"]


def test_two_entries_of_iclac_are_oil(listed: pd.DataFrame) -> None:
    oil = listed[listed["investor"].str.contains("Petroleum")]
    assert oil["iclac_id"].tolist() == ["PER-0024", "PER-0092"]
    # None since 2015, so that all energy of the later years is power.
    assert oil["year"].max() < 2015


def test_without_las_bambas_power_leads_on_both_lists(
    counted: pd.DataFrame, listed: pd.DataFrame
) -> None:
    left = ind.without_largest(counted, 1, by="sector", name="deal")
    stays = left.pivot(index="left_out", columns="sector", values="value_usd_m")
    assert stays["mining"][1] < stays["mining"][0] < stays["electricity"][0]
    sums = listed.groupby("sector", observed=True)["amount_usd_m"].sum()
    assert sums["mining"] - 7000 < sums["energy"] < sums["mining"]


def test_each_list_lacks_what_the_other_has(counted: pd.DataFrame, listed: pd.DataFrame) -> None:
    # Neither Copeinca nor the purchase of La Arena is among those that ICLAC counts.
    assert {"D01", "D29"} <= set(counted["deal_id"])
    assert not {"D01", "D29"} & set(listed["deal_id"])
    # 7,000 - 5,850; 1,213 - 225; 4,419 - 3,590: 2,967 of the 3,117 between the lists.
    ours = data.load("deals_since_2013").set_index("deal_id")["value_usd_m"]
    gap = (listed.groupby("deal_id")["amount_usd_m"].sum() - ours).dropna()
    assert gap[["D03", "D17", "D18"]].sum() / gap.sum() == pytest.approx(2967 / 3117)
