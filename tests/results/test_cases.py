"""What the chapter "Four mines and a port" says beside the numbers that it prints."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    table = data.load("conflict_events")
    places = ["marcona", "rio_blanco", "toromocho", "las_bambas", "chancay_port"]
    return table[table["mine"].isin(places)]


def test_people_died_at_three_of_the_sites_and_two_before_a_chinese_owner(
    events: pd.DataFrame,
) -> None:
    out = ind.casualties.totals(events).set_index("mine")
    assert set(out.index) == {"las_bambas", "rio_blanco", "marcona"}
    counted = events[events["count_in_totals"]]
    earlier = counted[counted["owner_country"] != "CHN"]
    # Zijin and its partners bought Monterrico in 2007.
    assert earlier[earlier["deaths"] > 0]["start_date"].max() < "2007"


def test_injured_at_las_bambas_have_a_lower_end_only(events: pd.DataFrame) -> None:
    out = ind.casualties.totals(events, "injured").set_index("mine")
    assert out["high"].isna()["las_bambas"]


def test_closed_days_by_the_calendar_and_by_the_counts_of_single_blockades(
    events: pd.DataFrame,
) -> None:
    placed = ind.stoppages.spans(events[events["mine"] == "las_bambas"], ["blockade"])
    days = ind.stoppages.calendar_days(placed)
    # 6 to 16 August 2017; 2 February to 10 April (68) and 22 September to 16 October (25) 2019;
    # 27 January to 8 February (13) and 12 to 31 December (20) 2020; 1 to 4 January, 23 July to
    # 2 August (11) and 20 November to 30 December (41) 2021.
    assert days.loc[:2021].to_dict() == {2017: 11, 2019: 93, 2020: 33, 2021: 56}
    out = ind.stoppages.blocked_by_year(data.load("las_bambas_blockades")).set_index("year")
    # 60 + 25 in 2019, 11 + 7 + 24 in 2020, 11 + 30 in 2021: as the pages print them.
    assert out["episodes"].loc[[2019, 2020, 2021]].tolist() == [85, 42, 41]


def test_the_ministry_has_no_copper_for_the_month_in_which_mine_land_was_occupied() -> None:
    copper = data.load("copper_production").query("mine == 'las_bambas'")
    assert ind.value_at(copper, "copper_t", year=2022, month=5) == 0


def test_the_article_of_2022_prints_the_size_of_the_town_as_the_pages_do() -> None:
    claim = data.load("claims").set_index("id")["value"]["C216"]
    assert ind.value_at(data.load("case_statements"), "value", quantity="people_to_move") == claim
