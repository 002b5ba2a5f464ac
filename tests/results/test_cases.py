"""Key results of the chapter "Four mines and a port", pinned with the reason for each."""

import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def events():
    table = data.load("conflict_events")
    places = ["marcona", "rio_blanco", "toromocho", "las_bambas", "chancay_port"]
    return table[table["mine"].isin(places)]


def test_deaths_and_their_range(events) -> None:
    out = ind.casualties.totals(events).set_index("mine")
    # Las Bambas: 4 (3 by a first count) in 2015 and 1 in 2016. Marcona: one in 2015.
    # Río Blanco: 1 + 1 + 3 (2 by one count) + 2 + 3.
    assert out.loc["las_bambas", ["reported", "low", "high"]].tolist() == [5, 4, 5]
    assert out.loc["rio_blanco", ["reported", "low", "high"]].tolist() == [10, 9, 10]
    assert out.loc["marcona", ["reported", "low", "high"]].tolist() == [1, 1, 1]
    assert set(out.index) == {"las_bambas", "rio_blanco", "marcona"}


def test_two_people_died_before_the_mine_had_chinese_owners(events) -> None:
    counted = events[events["count_in_totals"]]
    earlier = counted[counted["owner_country"] != "CHN"]
    assert earlier["deaths"].sum() == 2
    # Zijin and its partners bought Monterrico in 2007.
    assert earlier[earlier["deaths"] > 0]["start_date"].max() < "2007"


def test_injured_at_las_bambas_have_a_lower_end_only(events) -> None:
    out = ind.casualties.totals(events, "injured").set_index("mine")
    # 26 (23 to 50) + 20 + more than 50 + 2 + 3.
    assert out["reported"]["las_bambas"] == 26 + 20 + 50 + 2 + 3
    assert out["low"]["las_bambas"] == 23 + 20 + 50 + 2 + 3
    assert out["high"].isna()["las_bambas"]


def test_less_than_half_of_the_closed_days_have_a_date(events) -> None:
    placed = ind.stoppages.spans(events[events["mine"] == "las_bambas"], ["blockade"])
    days = ind.stoppages.calendar_days(placed)
    # 6 to 16 August 2017; 2 February to 10 April (68) and 22 September to 16 October (25) 2019;
    # 27 January to 8 February (13) and 12 to 31 December (20) 2020; 1 to 4 January, 23 July to
    # 2 August (11) and 20 November to 30 December (41) 2021.
    assert days.loc[:2021].to_dict() == {2017: 11, 2019: 93, 2020: 33, 2021: 56}
    counts = data.load("las_bambas_blockades").set_index("count_id")["days"]
    assert counts["LBB22"] - counts["LBB13"] == 411
    assert days.loc[:2021].sum() / 411 < 0.5


def test_published_counts_of_single_blockades() -> None:
    out = ind.stoppages.blocked_by_year(data.load("las_bambas_blockades")).set_index("year")
    # 60 + 25 in 2019, 11 + 7 + 24 in 2020, 11 + 30 in 2021: as the pages print them.
    assert out["episodes"].loc[[2019, 2020, 2021]].tolist() == [85, 42, 41]
    assert out["at_least"][2022] == 186


def test_months_with_closed_days_have_less_copper(events) -> None:
    copper = data.load("copper_production").query("mine == 'las_bambas'")
    month = copper["year"].astype(str) + "-" + copper["month"].astype(str).str.zfill(2)
    road = ind.stoppages.spans(events[events["mine"] == "las_bambas"], ["blockade", "suspension"])
    days = month.map(ind.stoppages.calendar_days(road, by="month")).fillna(0)
    assert len(copper) == 23
    quiet, other = copper[days == 0]["copper_t"], copper[days > 0]["copper_t"]
    assert (len(quiet), len(other)) == (12, 11)
    assert quiet.mean() == pytest.approx(26_016, abs=1)
    assert other.mean() == pytest.approx(19_132, abs=1)
    # The ministry's own zero, in the month in which mine land was occupied throughout.
    assert copper[month == "2022-05"]["copper_t"].iloc[0] == 0
    assert days[month == "2022-05"].iloc[0] == 31


def test_marcona_is_strikes_and_las_bambas_blockades(events) -> None:
    counted = events[events["count_in_totals"]]
    kinds = counted.groupby(["mine", "event_type"], observed=True).size()
    assert kinds["marcona", "strike"] == 13
    assert kinds["las_bambas", "blockade"] == 15
    assert len(counted) == 56


def test_families_in_the_old_town_and_people_moved() -> None:
    said = data.load("case_statements")
    left = said[said["quantity"] == "families_left"].sort_values("date")["value"]
    # Columbia 2013, Convoca 2018, HYTimes 2022, La República 2025.
    assert left.tolist() == [300, 65, 18, 5]
    # The article of 2022 prints the town's size as the pages do (C216).
    claim = data.load("claims").set_index("id")["value"]["C216"]
    assert ind.value_at(said, "value", quantity="people_to_move") == claim
