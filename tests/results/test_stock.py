"""What the chapter on the size of Asian investment rests on, beside the numbers that it prints."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def stated() -> pd.DataFrame:
    table = data.load("chinese_stock_by_source").dropna(subset=["year", "value_usd_m"])
    # AEI's tracker speaks twice, once through a newspaper.
    return table.assign(producer=table["producer"].str.removesuffix(", in La República"))


def test_who_states_the_extremes(stated: pd.DataFrame) -> None:
    ranges = ind.estimate_ranges(stated, by="year", value="value_usd_m", source="producer")
    apart = ranges[ranges["sources"] > 1].set_index("year").sort_index()
    assert apart["lowest_source"][2020] == "ProInversión"
    assert apart["highest_source"][2020] == "AEI tracker"
    assert apart["sources"][2020] == 3
    # 28,715 / 2,309.5 = 12.43; 27,877 / 2,350.2 = 11.86; 31,830 / 3,651.8 = 8.72: without the
    # register, of which there is no amount after 2020.
    assert apart["factor"].round(1)[[2022, 2023, 2024]].tolist() == [12.4, 11.9, 8.7]
    assert "ProInversión" not in set(apart.loc[2021:, "lowest_source"])


def test_each_deal_counts_once() -> None:
    table = data.load("chinese_deals")
    counted = set(table.loc[table["count_in_total"], "iclac_id"])
    repeats = table.set_index("iclac_id")["double_count_of"].dropna()
    assert not set(repeats.index) & counted
    assert set(repeats) <= counted


def test_deals_passed_the_official_position_in_2013(stated: pd.DataFrame) -> None:
    table = data.load("chinese_deals")
    deals = ind.running_total(table[table["count_in_total"]], value="amount_usd_m")
    imf = stated[stated["producer"] == "IMF"].set_index("year")["value_usd_m"]
    ahead = (imf > deals.reindex(imf.index)).to_dict()
    assert [year for year, larger in ahead.items() if larger] == [2010, 2011, 2012]
