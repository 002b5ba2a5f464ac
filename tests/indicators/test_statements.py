import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators import (
    estimate_ranges,
    gap_steps,
    printed_range,
    share_bounds,
    spread_factor,
)

AMOUNTS = st.floats(min_value=1e-2, max_value=1e6)
INTERVALS = st.tuples(AMOUNTS, AMOUNTS).map(lambda ends: (min(ends), max(ends)))


STATEMENTS = pd.DataFrame(
    {
        "group": ["b", "b", "b", "a", "c", "c"],
        "value": [10.0, 4.0, None, 3.0, 0.0, 5.0],
        "value_high": [None, 20.0, 90.0, 5.0, None, None],
        "source": ["x", "y", "z", "x", "x", "x"],
    }
)


def test_a_spread_worked_by_hand() -> None:
    assert spread_factor([20, 5, 10]) == 4
    assert spread_factor([7, 7]) == 1
    assert spread_factor([3, None, 6]) == 2


@pytest.mark.parametrize("values", [[], [5], [5, None]])
def test_one_statement_cannot_disagree(values: list[float]) -> None:
    with pytest.raises(ValueError, match="cannot disagree"):
        spread_factor(values)


@pytest.mark.parametrize("least", [0, -2])
def test_there_is_no_multiple_of_nothing(least: float) -> None:
    with pytest.raises(ValueError, match="no multiple"):
        spread_factor([least, 5])


@given(st.lists(AMOUNTS, min_size=2), AMOUNTS)
def test_a_spread_is_at_least_one_and_a_statement_more_never_narrows_it(
    values: list[float], more: float
) -> None:
    assert 1 <= spread_factor(values) <= spread_factor([*values, more])


@given(st.lists(AMOUNTS, min_size=2), st.floats(min_value=0.1, max_value=10))
def test_a_spread_has_no_unit(values: list[float], rate: float) -> None:
    assert spread_factor([rate * v for v in values]) == pytest.approx(spread_factor(values))


def test_ends_of_ranges_count_and_a_statement_without_a_value_does_not() -> None:
    out = estimate_ranges(STATEMENTS, by="group").set_index("group")
    # b: 10 against a range of 4 to 20; the row that has only an upper end says nothing.
    assert out.loc["b"].tolist() == [4.0, 20.0, 5.0, 2, 2, "y", "y"]
    assert out.loc["a", ["lowest", "highest"]].tolist() == [3.0, 5.0]


def test_things_keep_the_order_of_the_table() -> None:
    assert estimate_ranges(STATEMENTS, by="group")["group"].tolist() == ["b", "a", "c"]


def test_the_first_of_those_who_state_an_end_is_named() -> None:
    table = STATEMENTS.assign(group="all", value=[7.0, 4.0, 4.0, 3.0, 3.0, 7.0], value_high=None)
    row = estimate_ranges(table, by="group").iloc[0]
    # Three is said by x alone; seven first by x, then by x again.
    assert (row["lowest_source"], row["highest_source"]) == ("x", "x")
    row = estimate_ranges(table[1:3], by="group").iloc[0]
    assert (row["lowest_source"], row["highest_source"]) == ("y", "y")


def test_nothing_is_a_multiple_of_zero() -> None:
    out = estimate_ranges(STATEMENTS, by="group").set_index("group")
    assert pd.isna(out.loc["c", "factor"])
    assert (out.loc["c", "statements"], out.loc["c", "sources"]) == (2, 1)


def test_things_may_have_several_columns_and_no_upper_ends() -> None:
    table = STATEMENTS.drop(columns="value_high")
    out = estimate_ranges(table, by=["group", "source"])
    assert len(out) == 4
    assert out.iloc[1][["group", "source", "highest"]].tolist() == ["b", "y", 4.0]


@given(st.lists(st.floats(1, 1e9), min_size=1, max_size=20), st.randoms())
def test_the_span_holds_every_statement_in_any_order(values: list[float], random) -> None:
    table = pd.DataFrame({"group": "a", "value": values, "source": "x"})
    row = estimate_ranges(table, by="group").iloc[0]
    assert row["lowest"] == min(values)
    assert row["highest"] == max(values)
    assert row["factor"] == pytest.approx(max(values) / min(values))
    random.shuffle(values)
    other = estimate_ranges(table.assign(value=values), by="group").iloc[0]
    assert other.tolist() == row.tolist()


def test_bounds_worked_by_hand() -> None:
    # Least: (1 + 2) of 100; most: (3 + 6) of 50.
    assert share_bounds([(1, 3), (2, 6)], (50, 100)) == (3, 18)
    assert share_bounds([(5, 5)], (20, 20)) == (25, 25)


@pytest.mark.parametrize(
    ("parts", "total"), [([(2, 1)], (5, 9)), ([(-1, 1)], (5, 9)), ([(1, 1)], (9, 5))]
)
def test_an_interval_stands_upright_and_above_zero(
    parts: list[tuple[float, float]], total: tuple[float, float]
) -> None:
    with pytest.raises(ValueError, match="no interval"):
        share_bounds(parts, total)


def test_there_is_no_share_of_what_may_be_nothing() -> None:
    with pytest.raises(ValueError, match="may be zero"):
        share_bounds([(1, 1)], (0, 9))


@given(
    st.lists(INTERVALS, min_size=1, max_size=4),
    INTERVALS,
    st.lists(st.floats(min_value=0, max_value=1), min_size=5, max_size=5),
)
def test_every_choice_from_the_intervals_lies_within_the_bounds(
    parts: list[tuple[float, float]], total: tuple[float, float], at: list[float]
) -> None:
    low, high = share_bounds(parts, total)
    chosen = [a + t * (b - a) for (a, b), t in zip([total, *parts], at, strict=False)]
    share = 100 * sum(chosen[1:]) / chosen[0]
    assert low * (1 - 1e-9) <= share <= high * (1 + 1e-9)


@pytest.mark.parametrize(
    ("printed", "ends"), [("12.8", (12.75, 12.85)), ("7.01", (7.005, 7.015)), ("7", (6.5, 7.5))]
)
def test_rounding_worked_by_hand(printed: str, ends: tuple[float, float]) -> None:
    assert printed_range(printed) == pytest.approx(ends)


def test_a_gap_worked_by_hand() -> None:
    steps = gap_steps({"least": 1.0, "wider": 10.0, "all": 100.0}).set_index("step")
    # 9 and 90 of a difference of 99; each step is one of two powers of ten.
    assert steps["change"].tolist() == [9, 90]
    assert steps["difference_pct"].tolist() == pytest.approx([100 / 11, 1000 / 11])
    assert steps["factor_pct"].tolist() == pytest.approx([50, 50])
    assert steps.loc["all", ["before", "after"]].tolist() == [10, 100]


def test_a_step_away_from_the_last_figure_counts_against_it() -> None:
    steps = gap_steps({"start": 10, "back": 5, "end": 20})
    assert steps["difference_pct"].tolist() == [-50, 150]
    assert steps["factor_pct"].tolist() == pytest.approx([-100, 200])


@given(st.lists(AMOUNTS, min_size=2, max_size=8))
def test_steps_add_up_to_the_gap_by_either_measure(values: list[float]) -> None:
    levels = {str(place): value for place, value in enumerate(values)}
    if values[-1] / values[0] == pytest.approx(1, abs=1e-3):
        return
    steps = gap_steps(levels)
    assert steps["difference_pct"].sum() == pytest.approx(100, rel=1e-6)
    assert steps["factor_pct"].sum() == pytest.approx(100, rel=1e-6)


@pytest.mark.parametrize(
    ("levels", "why"),
    [
        ({"alone": 3}, "no gap between"),
        ({"a": 0, "b": 3}, "no multiple"),
        ({"a": 2, "b": None}, "no multiple"),
        ({"a": 2, "b": 3, "c": 2}, "no gap to take apart"),
    ],
)
def test_what_has_no_steps_is_refused(levels: dict[str, float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        gap_steps(levels)
