import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators import disagreement, running_total, share_bounds, spread_factor

AMOUNTS = st.floats(min_value=1e-2, max_value=1e6)
INTERVALS = st.tuples(AMOUNTS, AMOUNTS).map(lambda ends: (min(ends), max(ends)))


def statements(*rows: tuple[int | None, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "producer", "value_usd_m"])


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


def test_years_are_compared_with_themselves_and_gaps_are_left_out() -> None:
    table = statements(
        (2020, "register", 300),
        (2020, "IMF", 1500),
        (2020, "tracker", 30000),
        (2022, "bank", 28000),
        (2022, "IMF", 2000),
        (2007, "bank", 2134),  # alone in its year
        (2012, "register", None),  # a share without an amount
        (2012, "IMF", 1000),
        (None, "chamber", 31000),  # without a year
    )
    found = disagreement(table)
    assert found["year"].tolist() == [2020, 2022]
    assert found["statements"].tolist() == [3, 2]
    assert found["factor"].tolist() == [100, 14]
    assert found["lowest"].tolist() == ["register", "IMF"]
    assert found["highest"].tolist() == ["tracker", "bank"]


def test_a_source_that_differs_from_itself_is_no_disagreement_of_sources() -> None:
    table = statements((2020, "bank", 116), (2020, "bank", 118))
    assert disagreement(table).empty
    with_another = disagreement(pd.concat([table, statements((2020, "UN", 100))]))
    row = with_another.iloc[0]
    assert (row["statements"], row["sources"]) == (3, 2)
    assert row["factor"] == pytest.approx(1.18)


def test_where_nobody_disagrees_the_table_is_empty_but_has_its_columns() -> None:
    found = disagreement(statements())
    assert found.empty
    assert "factor" in found.columns


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


def test_a_year_without_deals_keeps_the_total_before_it() -> None:
    table = pd.DataFrame({"year": [2007, 2009, 2009], "value_usd_m": [185.0, 100.0, 27.0]})
    found = running_total(table)
    assert found.to_dict() == {2007: 185, 2008: 185, 2009: 312}
    assert running_total(table, until=2011).loc[2011] == 312
    assert running_total(table, until=2008).index[-1] == 2008


def test_a_total_needs_rows_and_an_end_after_its_beginning() -> None:
    table = pd.DataFrame({"year": [2007], "value_usd_m": [185.0]})
    with pytest.raises(ValueError, match="no rows"):
        running_total(table.iloc[:0])
    with pytest.raises(ValueError, match="before 2007"):
        running_total(table, until=2006)


@given(st.lists(st.tuples(st.integers(1992, 2025), st.floats(0, 1e4)), min_size=1))
def test_a_running_total_never_falls_and_ends_at_the_sum(rows: list[tuple[int, float]]) -> None:
    table = pd.DataFrame(rows, columns=["year", "value_usd_m"])
    found = running_total(table)
    assert found.is_monotonic_increasing
    assert found.iloc[-1] == pytest.approx(table["value_usd_m"].sum())
    assert found.index.tolist() == list(range(table["year"].min(), table["year"].max() + 1))
