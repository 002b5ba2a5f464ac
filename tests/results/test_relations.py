"""Results of the chapter on the three relationships that no pin says."""

import pytest

from peru_asia import data
from peru_asia.indicators.chronology import of_partner

PEOPLE = data.load("migration")


# First and last dates as the sources of these rows print them: the treaty and the communiqué have
# two sources each, the last event of each lane is the newest page that was read.
@pytest.mark.parametrize(
    ("partner", "first", "last"),
    [
        ("CHN", "1849–1874", "17 February 2026"),
        ("JPN", "July 1872", "8 August 2025"),
        ("KOR", "1 April 1963", "9 December 2025"),
    ],
)
def test_each_lane_begins_and_ends_where_its_sources_do(
    partner: str, first: str, last: str
) -> None:
    told = of_partner(data.load("timeline"), partner)
    assert (told["when"].iloc[0], told["when"].iloc[-1]) == (first, last)


def test_the_two_editions_of_the_united_nations_agree_up_to_2015() -> None:
    born = PEOPLE[(PEOPLE["partner"] == "CHN") & (PEOPLE["measure"] == "born_in_partner")]
    both = born.pivot(index="year_to", columns="source", values="value").dropna()
    assert both.index.tolist() == [2000, 2005, 2010, 2015]
    assert (both["undesa2019migrants"] == both["undesa2020migrants"]).all()


def test_the_year_that_is_marked_as_suspect_is_left_out() -> None:
    rows = data.load("long_run_trade").query("flow == 'export' and quality == 'ok'")
    assert 1912 not in rows.loc[rows["partner"] == "GBR", "year"].tolist()
