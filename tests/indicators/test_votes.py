import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators.votes import choice_shares, gaps, stretch


def counts(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["period", "yes", "no", "all"])


def positions(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["country", "year", "ideal_point", "low_5", "high_95"])


def test_stretches_begin_in_round_years_and_keep_the_index() -> None:
    years = pd.Series([1999, 2000, 2004, 2005], index=[7, 8, 9, 3])
    expected = pd.Series(["1995–99", "2000–04", "2000–04", "2005–09"], index=years.index)
    pd.testing.assert_series_equal(stretch(years), expected, check_dtype=False)
    assert list(stretch(years, 10))[1] == "2000–09"
    assert list(stretch(years, 1)) == ["1999", "2000", "2004", "2005"]
    with pytest.raises(ValueError, match="0 years has no meaning"):
        stretch(years, 0)


@given(st.integers(1946, 2100), st.integers(2, 50))
def test_a_year_lies_in_its_stretch(year: int, length: int) -> None:
    name = stretch(pd.Series([year]), length)[0]
    first = int(name.split("–")[0])
    assert first <= year < first + length
    assert first % length == 0


def test_counts_are_pooled_and_not_averaged() -> None:
    # 1 of 2 and 9 of 98: together 10 of 100, where the mean of 50 and 9.2 would be 29.6.
    table = counts(("a", 1, 1, 2), ("a", 9, 80, 98))
    shares = choice_shares(table, ["yes", "no"], whole="all", by=["period"])
    assert shares.to_dict("records") == [
        {"period": "a", "choice": "yes", "votes": 10, "of": 100, "share_pct": 10.0},
        {"period": "a", "choice": "no", "votes": 81, "of": 100, "share_pct": 81.0},
    ]


def test_a_group_without_occasions_has_no_share() -> None:
    shares = choice_shares(counts(("a", 0, 0, 0)), ["yes"], whole="all", by=["period"])
    assert shares["share_pct"].isna().all()


def test_more_choices_than_occasions_are_refused() -> None:
    with pytest.raises(ValueError, match="more choices than 'all'"):
        choice_shares(counts(("a", 2, 1, 2)), ["yes", "no"], whole="all", by=["period"])


COUNT = st.tuples(st.sampled_from("ab"), st.integers(0, 90), st.integers(0, 90))


@given(st.lists(COUNT, min_size=1))
def test_shares_of_all_choices_make_a_whole(found: list[tuple[str, int, int]]) -> None:
    table = counts(*((period, yes, no, yes + no) for period, yes, no in found))
    shares = choice_shares(table, ["yes", "no"], whole="all", by=["period"]).dropna()
    assert shares["share_pct"].between(0, 100).all()
    assert shares.groupby("period")["share_pct"].sum().tolist() == pytest.approx(
        [100] * shares["period"].nunique()
    )


def test_gaps_worked_by_hand() -> None:
    table = positions(
        ("PER", 2000, 0.0, -0.25, 0.25),
        ("CHN", 2000, -1.0, -1.5, -0.5),
        ("JPN", 2000, 0.5, 0.25, 0.75),  # its band begins where Peru's ends
        ("JPN", 2001, 0.5, 0.25, 0.75),  # no position of Peru in that year
    )
    assert gaps(table, "PER").to_dict("records") == [
        {"country": "CHN", "year": 2000, "gap": -1.0, "meet": False},
        {"country": "JPN", "year": 2000, "gap": 0.5, "meet": True},
    ]


def test_two_sets_of_estimates_are_not_mixed() -> None:
    row = ("PER", 2000, 0.0, -0.25, 0.25)
    with pytest.raises(ValueError, match="twice in a year; choose one set"):
        gaps(positions(row, row), "PER")


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=2), st.floats(0, 2))
def test_a_gap_turns_its_sign_with_the_side_from_which_it_is_seen(
    at: list[float], half: float
) -> None:
    table = positions(*((c, 2000, p, p - half, p + half) for c, p in zip("ab", at, strict=True)))
    one, other = gaps(table, "a").iloc[0], gaps(table, "b").iloc[0]
    assert one["gap"] == -other["gap"]
    assert one["meet"] == other["meet"]
