import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators.agreements import coverage, date_span, in_force_since, status_on, waits

CODES = ["AUS", "CHN", "JPN", "USA"]


def agreements(*rows: tuple) -> pd.DataFrame:
    columns = ["partner", "agreement", "type", "signed", "in_force", "in_force_2016_11"]
    return pd.DataFrame(rows, columns=columns)


def exports(*rows: tuple[int, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "partner", "value_usd_m"])


TABLE = agreements(
    ("CHN", "FTA", "bilateral", "2009-04-28", "2010-03-01", True),
    ("CHN", "UPGRADE", "amendment", "2024-11-14", None, False),
    ("SGP", "FTA", "bilateral", "2008-05-29", "2009", True),
    ("THA", "PROTOCOL", "partial", "2005-11-19", None, True),
    ("AUS", "TPP", "plurilateral", "2016-02-04", None, False),
    ("AUS", "FTA", "bilateral", "2018-02-12", "2020-02-11", False),
    ("TWN", "none", None, None, None, False),
    ("PER", "self", None, None, None, False),
)


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def test_a_date_means_all_the_days_that_it_may_mean() -> None:
    spans = date_span(pd.Series(["2009", "2012-02", "2010-03-01", None]))
    # 2012 was a leap year.
    assert spans["first"].tolist()[:3] == [day("2009-01-01"), day("2012-02-01"), day("2010-03-01")]
    assert spans["last"].tolist()[:3] == [day("2009-12-31"), day("2012-02-29"), day("2010-03-01")]
    assert spans.loc[3].isna().all()


def test_in_force_since_takes_the_last_day_that_is_certain() -> None:
    since = in_force_since(TABLE)
    assert since["CHN"] == day("2010-03-01")  # the amendment of 2024 changes nothing
    assert since["SGP"] == day("2009-12-31")  # only the year is known
    assert since["THA"] == day("2016-11-30")  # no date, but known to be in force that month
    assert since["AUS"] == day("2020-02-11")  # the text signed in 2016 never counted
    assert since[["TWN", "PER"]].isna().all()


def test_the_first_of_two_agreements_counts() -> None:
    second = agreements(("CHN", "PACT", "plurilateral", "2001-01-01", "2003-05-06", True))
    since = in_force_since(pd.concat([TABLE, second]))
    assert since["CHN"] == day("2003-05-06")


def test_status_changes_on_the_day_and_not_before() -> None:
    assert status_on(TABLE, "2010-02-28").loc["CHN"].tolist() == ["signed", 2009, True]
    assert status_on(TABLE, "2010-03-01").loc["CHN"].tolist() == ["in_force", 2010, True]
    at_the_summit = status_on(TABLE, "2016-11-30")["status"].to_dict()
    assert at_the_summit == {
        "AUS": "signed",
        "CHN": "in_force",
        "PER": "self",
        "SGP": "in_force",
        "THA": "in_force",
        "TWN": "none",
    }
    # Thailand's entry has no date: the year is that of the evidence.
    assert status_on(TABLE, "2016-11-30").loc["THA"].tolist() == ["in_force", 2016, False]
    assert status_on(TABLE, "2016-11-30")["year"].isna().to_dict()["TWN"]


def test_waits_count_days_and_keep_what_is_not_known_open() -> None:
    days = waits(TABLE).set_index(["partner", "agreement"])[["days_low", "days_high"]]
    # 28 April 2009 to 28 February 2010 are 306 days (365 less the 59 of March and April up to the
    # 28th), and one more day leads to 1 March.
    assert days.loc[("CHN", "FTA")].tolist() == [307, 307]
    # 29 May 2008 to 1 January 2009 are 217 days, to 31 December 2009 another 364.
    assert days.loc[("SGP", "FTA")].tolist() == [217, 581]
    assert days.loc[("THA", "PROTOCOL")].isna().all()


YEARS = exports(
    (2009, "CHN", 20), (2009, "AUS", 10), (2009, "TWN", 20), (2009, "WLD", 100),
    (2010, "CHN", 60), (2010, "AUS", 20), (2010, "TWN", 20), (2010, "WLD", 200),
    (2020, "CHN", 90), (2020, "AUS", 30), (2020, "WLD", 300),
)  # fmt: skip


def test_coverage_counts_partners_in_force_by_the_end_of_the_year() -> None:
    # 2009: nobody. 2010: China, 60 of 200. 2020: China and Australia, 120 of 300.
    out = coverage(YEARS, TABLE)
    assert out["year"].tolist() == [2009, 2010, 2020]
    assert out["covered_usd_m"].tolist() == [0, 60, 120]
    assert out["share_pct"].tolist() == pytest.approx([0, 30, 40])


def test_a_year_of_entry_does_not_count_from_its_first_day() -> None:
    # China's agreement of March 2010 and Australia's of February 2020 are not yet there.
    assert coverage(YEARS, TABLE, day="01-01")["share_pct"].tolist() == pytest.approx([0, 0, 30])


def test_a_fixed_list_shows_what_the_same_partners_bought_before() -> None:
    fixed = coverage(YEARS, TABLE, as_of="2020-12-31")["share_pct"]
    # 30 of 100, 80 of 200, 120 of 300.
    assert fixed.tolist() == pytest.approx([30, 40, 40])


def test_coverage_is_missing_without_a_total() -> None:
    assert coverage(exports((2010, "CHN", 5), (2010, "WLD", 0)), TABLE)["share_pct"].isna().all()


def test_a_partner_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        coverage(exports((2010, "CHN", 5), (2010, "CHN", 6), (2010, "WLD", 20)), TABLE)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    days = st.dates(pd.Timestamp("2000-01-01").date(), pd.Timestamp("2012-12-31").date())
    rows = []
    for code in draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True)):
        since = draw(st.one_of(st.none(), days))
        rows.append((code, "FTA", "bilateral", "1999-01-01", since and since.isoformat(), False))
    amounts = st.floats(min_value=0, max_value=1e6, allow_subnormal=False)
    trade = []
    for year in draw(st.lists(st.integers(2000, 2012), min_size=1, max_size=4, unique=True)):
        parts = [(year, code, draw(amounts)) for code in CODES]
        trade += [*parts, (year, "WLD", sum(part[2] for part in parts) + draw(amounts) + 1)]
    return exports(*trade), agreements(*rows)


@given(worlds())
def test_coverage_is_a_share_and_a_later_day_never_lowers_it(world: tuple) -> None:
    trade, table = world
    early = coverage(trade, table, day="01-01")["share_pct"]
    late = coverage(trade, table)["share_pct"]
    everything = coverage(trade, table, as_of="2030-01-01")["share_pct"]
    assert (early >= 0).all()
    assert (early <= late).all()
    assert (late <= everything).all()
    assert (everything <= 100).all()


@given(worlds())
def test_coverage_does_not_depend_on_the_order_of_rows(world: tuple) -> None:
    trade, table = world
    shuffled = coverage(trade.iloc[::-1], table.iloc[::-1])
    pd.testing.assert_frame_equal(shuffled, coverage(trade, table))


@given(worlds(), st.dates(pd.Timestamp("1990-01-01").date(), pd.Timestamp("2020-01-01").date()))
def test_status_and_since_agree(world: tuple, on: object) -> None:
    _, table = world
    since, status = in_force_since(table), status_on(table, on.isoformat())["status"]
    assert (status == "in_force").tolist() == since.le(pd.Timestamp(on)).tolist()
    # All that is not in force was signed on the first day of 1999.
    not_yet = on.isoformat() < "1999-01-01"
    assert set(status) <= ({"none", "in_force"} if not_yet else {"signed", "in_force"})
