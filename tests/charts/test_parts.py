import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.charts.base import parts


def yearly(**series: list[int]) -> pd.DataFrame:
    rows = [(name, year) for name, years in series.items() for year in years]
    return pd.DataFrame(rows, columns=["partner", "year"])


def runs(table: pd.DataFrame) -> list[tuple[str, int, int, bool]]:
    out = parts.segments(table, by=["partner"])
    return list(out[["partner", "year", "_segment", "_alone"]].itertuples(index=False, name=None))


def test_a_gap_begins_a_new_segment() -> None:
    assert runs(yearly(CHN=[2000, 2001, 2004, 2005])) == [
        ("CHN", 2000, 0, False),
        ("CHN", 2001, 0, False),
        ("CHN", 2004, 1, False),
        ("CHN", 2005, 1, False),
    ]


def test_a_year_between_two_gaps_stands_alone() -> None:
    alone = {year: single for _, year, _, single in runs(yearly(CHN=[2000, 2001, 2003, 2005]))}
    assert alone == {2000: False, 2001: False, 2003: True, 2005: True}


def test_each_series_is_counted_for_itself() -> None:
    table = yearly(JPN=[2010], CHN=[2000, 2002])
    assert runs(table) == [
        ("CHN", 2000, 0, True),
        ("CHN", 2002, 1, True),
        ("JPN", 2010, 0, True),
    ]


def test_rows_in_any_order_give_the_same_segments() -> None:
    table = yearly(CHN=[2000, 2001, 2004], JPN=[1999, 2000])
    assert runs(table.iloc[::-1]) == runs(table)


def test_a_series_told_apart_by_two_columns_breaks_where_either_changes() -> None:
    table = yearly(CHN=[2003, 2004, 2005, 2006]).assign(gold=[True, True, False, False])
    out = parts.segments(table, by=["partner", "gold"])
    assert out.groupby(["partner", "gold", "_segment"]).size().tolist() == [2, 2]


def test_an_empty_table_has_no_segments_and_no_dots() -> None:
    out = parts.segments(yearly(), by=["partner"])
    assert len(out) == 0
    assert {"_segment", "_alone"} <= set(out.columns)


def test_segments_leave_the_given_table_alone() -> None:
    table = yearly(CHN=[2001, 2000])
    before = table.copy()
    parts.segments(table, by=["partner"])
    pd.testing.assert_frame_equal(table, before)


@given(st.lists(st.integers(1950, 2030), unique=True, min_size=1))
def test_segments_are_the_unbroken_runs(years: list[int]) -> None:
    out = parts.segments(yearly(CHN=years), by=["partner"])
    for _, run in out.groupby("_segment"):
        first, last = run["year"].min(), run["year"].max()
        assert run["year"].tolist() == list(range(first, last + 1))
        assert run["_alone"].eq(len(run) == 1).all()
        assert first - 1 not in years
        assert last + 1 not in years


def test_values_far_apart_stay_where_they_are() -> None:
    values = pd.Series({"CHN": 100.0, "JPN": 50.0, "KOR": 0.0})
    pd.testing.assert_series_equal(parts.spread(values, gap=0.1), values)


def test_values_too_close_move_up_by_the_gap() -> None:
    # The range is 0 to 100, so the least distance is 10.
    placed = parts.spread(pd.Series({"KOR": 52.0, "JPN": 50.0, "CHN": 100.0}), gap=0.1)
    assert placed.to_dict() == {"KOR": 60, "JPN": 50, "CHN": 100}
    assert list(placed.index) == ["KOR", "JPN", "CHN"]


def test_a_logarithmic_gap_is_a_factor() -> None:
    # From 1 to 10,000 are four decades; a quarter of them is one decade.
    placed = parts.spread(pd.Series([1.0, 2.0, 10_000.0]), gap=0.25, log=True)
    assert placed.tolist() == pytest.approx([1, 10, 10_000])


def test_equal_values_and_a_single_one_can_be_placed() -> None:
    assert parts.spread(pd.Series([7.0]), gap=0.1).tolist() == [7]
    for values, log in [([0.0, 0.0], False), ([5.0, 5.0], True)]:
        low, high = sorted(parts.spread(pd.Series(values), gap=0.1, log=log))
        assert low < high
    assert parts.spread(pd.Series(dtype=float), gap=0.1).empty


@given(
    st.lists(st.floats(min_value=0.01, max_value=1e6), min_size=1, max_size=8),
    st.booleans(),
)
def test_labels_are_never_closer_than_the_gap_and_keep_their_order(
    values: list[float], log: bool
) -> None:
    given_at = pd.Series(values)
    placed = parts.spread(given_at, gap=0.075, log=log)
    before, after = (np.log10(s) if log else s for s in (given_at, placed))
    extent = before.max() - (before.min() if log else 0) or 1.0
    order = after.sort_values()
    assert (order.diff().dropna() >= 0.075 * extent * (1 - 1e-9)).all()
    assert before[order.index].is_monotonic_increasing
    assert (after >= before - 1e-9).all()
