"""Key results of the chapter on the three relationships, with the reason for each value."""

import pytest

from peru_asia import data
from peru_asia.indicators import estimate_ranges, first_year, value_at
from peru_asia.indicators.chronology import longest_silence, of_partner

PEOPLE = data.load("migration")
EVENTS = data.load("timeline")


def said(partner: str, measure: str, unit: str = "persons", group: str | None = None):
    rows = PEOPLE[(PEOPLE["partner"] == partner) & (PEOPLE["measure"] == measure)]
    rows = rows[rows["unit"] == unit]
    rows = rows if group is None else rows[rows["group"] == group]
    return estimate_ranges(rows, by="partner").iloc[0]


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
    told = of_partner(EVENTS, partner)
    assert (told["when"].iloc[0], told["when"].iloc[-1]) == (first, last)


# Differences of the years of neighbouring rows, by hand.
@pytest.mark.parametrize(
    ("partner", "between"), [("CHN", (1930, 1971)), ("JPN", (1899, 1940)), ("KOR", (1963, 2010))]
)
def test_the_longest_stretches_without_an_event(partner: str, between: tuple[int, int]) -> None:
    assert longest_silence(EVENTS[EVENTS["partner"] == partner]["date"]) == between


def test_counts_of_chinese_arrivals_are_nearly_one_number() -> None:
    # Sanborn and Yong and three pages print 100,000; an encyclopedia 90,000.
    arrivals = said("CHN", "arrivals")
    assert (arrivals["lowest"], arrivals["highest"]) == (90_000, 100_000)
    assert (arrivals["statements"], arrivals["sources"]) == (5, 5)


def test_japanese_arrivals_to_1930_add_up() -> None:
    # Under contract 18,258, then 7,933, both from one article (Morimoto); 26,191 by hand.
    parts = [value_at(PEOPLE, "value", migration_id=one) for one in ("M023", "M024")]
    assert sum(parts) == 26_191


def test_the_deported_from_peru() -> None:
    peru = said("JPN", "deported_to_usa", group="japanese_peruvians")
    assert (peru["lowest"], peru["highest"]) == (1_779, 2_000)
    # The paper's own share of its own total, and no independent count: 0.84 x 2,118 = 1,779.12.
    claims = data.load("claims").set_index("id")["value"]
    assert round(claims["C045"] / 100 * claims["C046"]) == peru["lowest"]


def test_the_population_before_the_war_less_the_deported() -> None:
    # 25,000 (BBC) less 2,000 and 26,000 less 1,779, by hand: more than twice the paper's 10,000.
    before = [value_at(PEOPLE, "value", migration_id=one) for one in ("M031", "M030")]
    peru = said("JPN", "deported_to_usa", group="japanese_peruvians")
    assert (before[0] - peru["highest"], before[1] - peru["lowest"]) == (23_000, 24_221)


def test_two_counts_of_the_japanese_of_lima() -> None:
    assert said("JPN", "residents_of_lima")["factor"] == 2.5  # 20,000 over 8,000


def test_estimates_of_chinese_descent_against_the_census() -> None:
    descent = said("CHN", "descendants")
    census = said("CHN", "census_self_identified")
    # INEI as two pages quote it: 14,307.
    assert (census["lowest"], census["highest"], census["sources"]) == (14_307, 14_307, 2)
    # 2.5 and 3.1 million over 14,307: 174.7 and 216.7.
    assert descent["lowest"] / census["lowest"] == pytest.approx(174.7, abs=0.05)
    assert descent["highest"] / census["lowest"] == pytest.approx(216.7, abs=0.05)


def test_the_census_turns_the_order_of_the_communities_round() -> None:
    # INEI as El Comercio quotes it: 22,534 Nikkei and 14,307 Tusán.
    assert said("JPN", "census_self_identified")["lowest"] == 22_534
    assert said("CHN", "descendants")["lowest"] > said("JPN", "descendants")["highest"]


def test_the_two_editions_of_the_united_nations_part_after_2015() -> None:
    born = PEOPLE[(PEOPLE["partner"] == "CHN") & (PEOPLE["measure"] == "born_in_partner")]
    wide = born.pivot(index="year_to", columns="source", values="value")
    both = wide.dropna()
    assert both.index.tolist() == [2000, 2005, 2010, 2015]
    assert (both["undesa2019migrants"] == both["undesa2020migrants"]).all()
    # 31,931 in 2020 over 20,390 in 2019: 1.566.
    step = wide["undesa2020migrants"][2020] / wide["undesa2019migrants"][2019]
    assert step == pytest.approx(1.566, abs=0.0005)


# Read off the Maddison Project's own table: the first year after which the country is never below
# Peru again (Japan had been ahead before the war, and fell behind in 1946-54).
@pytest.mark.parametrize(("country", "year"), [("JPN", 1955), ("KOR", 1982), ("CHN", 2010)])
def test_when_incomes_passed_perus(country: str, year: int) -> None:
    income = data.load("long_run_gdp").pivot(
        index="year", columns="country", values="gdp_per_capita_intl_usd_2011"
    )
    assert first_year(income[country], income["PER"]) == year


def test_long_run_buyers() -> None:
    rows = data.load("long_run_trade").query("flow == 'export' and quality == 'ok'")
    bought = rows.pivot(index="year", columns="partner", values="value_usd_m")
    # The years that the source's file has for China before 1948.
    assert bought.loc[:1947, "CHN"].dropna().index.tolist() == [1901, 1902, 1933, 1934, 1937]
    assert first_year(bought["JPN"], bought["GBR"]) == 1964
    assert first_year(bought["CHN"], bought["JPN"]) == 1999
    assert 1912 not in bought["GBR"].dropna().index  # marked as suspect
