"""Key results of the chapter on social conflicts, each with the reason for its value."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind
from peru_asia.indicators.comovement import change


@pytest.fixture(scope="module")
def conflicts() -> pd.DataFrame:
    table = data.load("conflicts_monthly")
    return table.set_index(pd.PeriodIndex(table["month"], freq="M"))


@pytest.fixture(scope="module")
def count(conflicts: pd.DataFrame) -> pd.Series:
    return conflicts[conflicts["method"] == "before_2024"]["total"]


@pytest.fixture(scope="module")
def copper() -> pd.Series:
    prices = data.load("commodity_prices_monthly").query("commodity == 'copper'")
    months = pd.PeriodIndex.from_fields(year=prices["year"], month=prices["month"], freq="M")
    return pd.Series(prices["price"].to_numpy(float), index=months)


def test_the_turning_points_that_the_text_dates(conflicts: pd.DataFrame) -> None:
    total = conflicts["total"].astype(float)
    # As the reports and the press print them: 84, 288, 167, 225 and 204.
    assert total["2006-07"] == 84
    assert (str(total.idxmax()), total.max()) == ("2009-09", 288)
    # August 2017 is the lowest month since 2014; October has as many.
    low = total.loc["2014":"2023"]
    assert low[low == low.min()].index.astype(str).tolist() == ["2017-08", "2017-10"]
    assert low.min() == 167
    wave = total.loc["2018":"2023"]
    assert (str(wave.idxmax()), wave.max()) == ("2023-08", 225)
    assert (str(total.last_valid_index()), total.dropna().iloc[-1]) == ("2025-11", 204)


def test_the_steepest_rise_lies_in_a_gap(count: pd.Series) -> None:
    assert count.loc["2007-12":"2009-08"].dropna().tolist() == [78, 284]


def test_the_list_shortens_a_little_while_copper_halves(
    conflicts: pd.DataFrame, copper: pd.Series
) -> None:
    total = conflicts["total"].astype(float)
    assert (total["2011-03"], total["2016-01"]) == (236, 211)
    assert 100 * (1 - copper["2016-01"] / copper["2011-02"]) == pytest.approx(55, abs=0.5)


def test_gaps_as_the_description_of_the_table_counts_them(conflicts: pd.DataFrame) -> None:
    # "No usable total for 105 of 233 months"; 53 are counts of case lists.
    assert (len(conflicts), conflicts["total"].isna().sum()) == (233, 105)
    assert (conflicts["basis"] == "case_records").sum() == 53
    assert conflicts["total"].loc["2014-06":"2021-12"].notna().all()


def test_the_first_total_after_the_break(conflicts: pd.DataFrame) -> None:
    since = conflicts[conflicts["method"] == "since_2024"]["total"].dropna()
    assert (str(since.index[0]), since.iloc[0]) == ("2024-10", 209)


def test_more_than_half_are_socioenvironmental_from_mid_2011_to_2023() -> None:
    shares = ind.conflicts.monthly_shares(data.load("conflict_reports")).set_index("month")
    environment = shares["socioenvironmental_pct"].dropna()
    assert (environment.loc["2011-07":"2023"] > 50).all()
    # 116 of 236 in March 2011 is 49.2%, 99 of 204 in November 2025 is 48.5%.
    assert environment["2011-03"] == pytest.approx(100 * 116 / 236)
    assert environment["2025-11"] == pytest.approx(100 * 99 / 204)
    # 73.4% is printed for July 2017.
    assert (environment.idxmax(), environment.max()) == ("2017-07", 73.4)
    # 112 of 229 in April 2013, 61 of 204 in November 2025.
    assert shares["mining_pct"]["2013-04"] == pytest.approx(100 * 112 / 229)
    assert shares["mining_pct"]["2025-11"] == pytest.approx(100 * 61 / 204)


def test_socioenvironmental_rose_while_the_total_fell(conflicts: pd.DataFrame) -> None:
    # Reports 76 (June 2010) and 111 (May 2013).
    ends = conflicts.loc[["2010-06", "2013-05"], ["socioenvironmental", "total"]]
    assert ends.to_numpy(int).tolist() == [[126, 250], [149, 225]]


def test_no_correlation_in_the_same_month(count: pd.Series, copper: pd.Series) -> None:
    # pandas' own coefficient, computed on another way.
    expected = count.astype(float).corr(copper.reindex(count.index))
    assert ind.correlation(copper, count) == pytest.approx(expected)
    assert abs(expected) < 0.1


def test_the_lagged_correlation_rests_on_four_months(count: pd.Series, copper: pd.Series) -> None:
    lags, moves = range(49), range(120, 510)
    whole = ind.lag_search(copper, count, lags, moves)
    assert whole.lag == 23
    shifted = copper.set_axis(copper.index + 23).reindex(count.index)
    assert whole.correlation == pytest.approx(count.astype(float).corr(shifted))
    assert whole.as_strong == 0
    assert count.loc[:"2008"].notna().sum() == 4
    # Without them about half of the searches at far lags do as well.
    later = ind.lag_search(copper, count.loc["2009":], lags, moves)
    assert 40 < later.share_pct < 60
    gapless = ind.lag_search(copper, count.loc["2014-06":"2021"], lags, moves)
    assert gapless.share_pct > 50


def test_changes_are_what_every_search_finds(count: pd.Series, copper: pd.Series) -> None:
    found = ind.lag_search(
        change(copper, 12, relative=True), change(count, 12), range(49), range(120, 510)
    )
    assert abs(found.correlation) < 0.3
    assert found.share_pct == 100


def test_open_mining_conflicts_of_march_2024() -> None:
    cases = data.load("mining_conflict_cases")
    # 81 cases less four solved and two withdrawn.
    remain = cases[cases["status"].isin(["active", "latent"])]
    assert len(remain) == 75
    by_department = remain["department"].value_counts()
    assert by_department.iloc[:3].to_dict() == {"Apurímac": 9, "Cusco": 9, "Áncash": 7}
    assert "Loreto" not in by_department
    assert (remain["phase"] == "dialogue").sum() == 48


def test_the_dialogue_flag_is_not_what_its_name_says() -> None:
    cases = data.load("mining_conflict_cases")
    # No case without violence bears it, and 22 that are in dialogue do not.
    assert not (cases["dialogue"] & ~cases["violence"]).any()
    assert ((cases["phase"] == "dialogue") & ~cases["dialogue"]).sum() == 22


def test_people_who_died_and_were_injured() -> None:
    totals = data.load("conflict_totals").query("counted_by == 'defensoria'")
    died = totals[totals["measure"] == "deaths"].set_index("period_to")["value"]
    hurt = totals[totals["measure"] == "injured"].set_index("period_to")["value"]
    # 271 - 195 and 4,662 - 2,312, both counted from 2006.
    assert died["2017-09"] - died["2011-09"] == 76
    assert hurt["2017-09"] - hurt["2011-09"] == 2350
    # A year: 195 / 5.75 against 76 / 6; 2,312 / 5.75 against 2,350 / 6.
    assert (round(195 / 5.75), round(76 / 6)) == (34, 13)
    assert (round(2312 / 5.75), round(2350 / 6)) == (402, 392)
