import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.errors import BookError
from peru_asia.indicators.chronology import longest_silence, of_partner, written_date

EVENTS = pd.DataFrame(
    {
        "date": ["1899-04-03", "1873", "1872-06", "1971-11-02", "1873-08-21"],
        "date_end": [None, None, None, None, None],
        "partner": ["JPN", "JPN", "JPN", "CHN", "JPN"],
        "summary": ["A ship.", "A year.", "Another ship.", "Recognition.", "A day."],
        "source": ["efe2019japanese", "a", "b", "c", "d"],
        "source2": ["sanborn2013", None, None, None, None],
        "note": [None, "Doubtful.", None, None, None],
    }
)


@pytest.mark.parametrize(
    ("date", "end", "text"),
    [
        ("1909", None, "1909"),
        ("1872-06", None, "June 1872"),
        ("1899-04-03", None, "3 April 1899"),
        ("1849", "1874", "1849–1874"),
        ("2015-04-18", "2015-04-21", "18–21 April 2015"),
        ("2016-11-29", "2016-12-02", "29 November 2016 – 2 December 2016"),
        ("2021-12", "2022-06", "December 2021 – June 2022"),
        ("2010", float("nan"), "2010"),
    ],
)
def test_a_date_is_written_no_more_exactly_than_it_is_known(
    date: str, end: str | None, text: str
) -> None:
    assert written_date(date, end) == text


@pytest.mark.parametrize("date", ["", "72", "1872-6", "1872-06-03-01", "in 1872", "1872-13"])
def test_what_is_no_date_is_refused(date: str) -> None:
    with pytest.raises(BookError, match=r"is not a year|no such month"):
        written_date(date)


@given(st.dates())
def test_a_day_keeps_its_year_and_its_day(day) -> None:
    words = written_date(day.isoformat()).split()
    assert (int(words[0]), int(words[2])) == (day.day, day.year)


def test_one_partners_events_come_in_the_order_of_time_with_their_sources() -> None:
    out = of_partner(EVENTS, "JPN")
    assert out["when"].tolist() == ["June 1872", "1873", "21 August 1873", "3 April 1899"]
    assert out["year"].tolist() == [1872, 1873, 1873, 1899]
    assert out["what"].tolist()[1] == "A year. [Doubtful.]"
    assert out["cited"].iloc[-1] == "{cite:p}`efe2019japanese,sanborn2013`"


def test_a_partner_without_events_is_named() -> None:
    with pytest.raises(BookError, match="no event with the partner 'KOR'"):
        of_partner(EVENTS, "KOR")


def test_the_longest_silence_lies_between_years_with_events() -> None:
    # 1872, 1873, 1899, 1971: 72 years, then 26.
    assert longest_silence(EVENTS["date"]) == (1899, 1971)


def test_one_year_has_no_silence() -> None:
    with pytest.raises(BookError, match="two years"):
        longest_silence(pd.Series(["1873", "1873-08-21", None]))
