import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators.stoppages import blocked_by_year, calendar_days, spans

EVENTS = pd.DataFrame(
    [
        ("a", True, "2019-12-30", "2020-01-02", "blockade", None, None),
        ("a", False, "2019-12-01", "2020-01-31", "blockade", None, None),
        ("b", True, "2020-01-02", "2020-01", "blockade", None, 3),
        ("c", True, "2020-05", "2020-05-09", "blockade", None, 5),
        ("d", True, "2020-06-01", None, "blockade", None, None),
        ("e", True, "2020-07-01", "2020-07-01", "strike", "blockade", None),
        ("f", True, "2020-08-01", "2020-08-09", "protest", None, None),
    ],
    columns=[
        "event_id",
        "count_in_totals",
        "start_date",
        "end_date",
        "event_type",
        "event_type2",
        "days_blocked",
    ],
).astype({"days_blocked": "Int64"})


def test_an_event_is_placed_by_its_end_or_its_length() -> None:
    placed = spans(EVENTS, ["blockade"]).set_index("event_id")
    # c has no first day, d neither end nor length, f is of another kind.
    assert list(placed.index) == ["a", "b", "e"]
    # Three days from 2 January are the 2nd, 3rd and 4th.
    assert placed["last"]["b"] == pd.Timestamp("2020-01-04")
    assert placed["last"]["a"] == pd.Timestamp("2020-01-02")


def test_days_worked_by_hand() -> None:
    placed = spans(EVENTS, ["blockade"])
    # 30 and 31 December; 1 to 4 January, the 2nd being in both spans; 1 July.
    assert calendar_days(placed).to_dict() == {2019: 2, 2020: 5}
    assert calendar_days(placed, by="month").to_dict() == {
        "2019-12": 2,
        "2020-01": 4,
        "2020-07": 1,
    }


def test_wrong_use_says_what_is_wrong() -> None:
    placed = spans(EVENTS, ["blockade"])
    with pytest.raises(ValueError, match="by year or month, not by week"):
        calendar_days(placed, by="week")
    with pytest.raises(ValueError, match="ends before it begins"):
        calendar_days(placed.rename(columns={"first": "last", "last": "first"}))


def test_nothing_to_place_has_no_days() -> None:
    assert calendar_days(spans(EVENTS, ["hearing"])).empty


COUNTS = pd.DataFrame(
    [
        (2019, 2019, "road_blocked", "episode", 60, "e1"),
        (2019, 2019, "road_blocked", "episode", 68, "e1"),
        (2019, 2019, "road_blocked", "episode", 25, None),
        (2019, 2019, "transport_affected", "year", 100, None),
        (2022, 2022, "road_blocked", "year", 186, None),
        (2022, 2022, "road_blocked", "episode", 20, "e2"),
        (2024, 2024, "road_blocked", "year", None, None),
        (2016, 2022, "road_blocked", "since_2016", 597, None),
    ],
    columns=["year_from", "year_to", "measure", "span", "days", "event_id"],
).astype({"days": "Int64"})


def test_counts_of_a_year_worked_by_hand() -> None:
    out = blocked_by_year(COUNTS).set_index("year")
    # The larger count of e1, and the nameless episode: 68 + 25.
    assert out["episodes"][2019] == out["at_least"][2019] == 93
    assert math.isnan(out["whole_year"][2019])
    assert out.loc[2022].tolist() == [20, 186, 186]
    # A year without a count stays in the table, empty; a sum over years does not enter.
    assert out.loc[2024].isna().all()
    assert list(out.index) == [2019, 2022, 2024]


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 90)), min_size=1, max_size=8))
def test_days_are_between_the_longest_span_and_the_sum(ends: list[tuple[int, int]]) -> None:
    start = pd.Timestamp("2019-01-01")
    first = [start + pd.Timedelta(days=day) for day, _ in ends]
    last = [day + pd.Timedelta(days=more) for day, (_, more) in zip(first, ends, strict=True)]
    placed = pd.DataFrame({"event_id": range(len(ends)), "first": first, "last": last})
    lengths = [more + 1 for _, more in ends]
    by_year, by_month = calendar_days(placed), calendar_days(placed, by="month")
    assert max(lengths) <= by_year.sum() <= sum(lengths)
    # The same days, cut differently.
    assert by_month.groupby(by_month.index.str[:4]).sum().tolist() == by_year.tolist()
    assert by_month.max() <= 31
