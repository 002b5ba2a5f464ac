import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from peru_asia.indicators.comovement import (
    LagSearch,
    change,
    correlation,
    effective_pairs,
    lag_search,
    lagged_correlations,
    slope,
)

NAN = float("nan")


def series(*values: float, start: int = 0) -> pd.Series:
    return pd.Series(values, index=range(start, start + len(values)), dtype=float)


def noise(length: int, seed: int = 1, start: int = 0) -> pd.Series:
    values = np.random.default_rng(seed).normal(size=length)
    return pd.Series(values, index=range(start, start + length))


# Whole numbers, so that a series either varies plainly or not at all.
VALUES = st.lists(st.integers(-50, 50), min_size=12, max_size=40).filter(lambda v: len(set(v)) > 2)
MAYBE = st.lists(st.one_of(st.none(), st.integers(-50, 50)), min_size=20, max_size=40).filter(
    lambda v: len({x for x in v if x is not None}) > 2 and sum(x is not None for x in v) > 10
)


def gappy(values: list[int | None]) -> pd.Series:
    return pd.Series([NAN if v is None else v for v in values], dtype=float)


def test_pearson_worked_by_hand() -> None:
    # Deviations (-1, 0, 1) and (-1, 1, 0): products sum to 1, squares to 2 and 2, so 1 / 2.
    assert correlation(series(1, 2, 3), series(1, 3, 2), least=3) == pytest.approx(0.5)


def test_spearman_worked_by_hand_with_a_tie() -> None:
    # Ranks (1, 2, 3) and (1.5, 1.5, 3): deviations (-1, 0, 1) and (-0.5, -0.5, 1);
    # products 1.5, squares 2 and 1.5: 1.5 / sqrt(3) = 0.866.
    value = correlation(series(10, 20, 900), series(5, 5, 7), method="spearman", least=3)
    assert value == pytest.approx(np.sqrt(3) / 2)


def test_gaps_are_left_out_in_pairs() -> None:
    x = series(1, NAN, 2, 3, 100)
    y = series(1, 50, 3, 2, NAN)
    assert correlation(x, y, least=3) == pytest.approx(0.5)


def test_months_and_years_do_not_pair() -> None:
    months, years = (
        pd.Series(range(12), index=pd.period_range("2001-01", periods=12, freq=freq), dtype=float)
        for freq in ("M", "Y")
    )
    with pytest.raises(ValueError, match=r"periods of period\[M\] and of period\[Y.* do not pair"):
        correlation(months, years)
    with pytest.raises(ValueError, match="and of whole numbers do not pair"):
        lagged_correlations(months, series(*range(12)), [0])


def test_too_few_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match=r"2 pairs are too few .* 3 are needed"):
        correlation(series(1, 2, NAN), series(3, 5, 7), least=3)


def test_a_constant_has_no_correlation() -> None:
    with pytest.raises(ValueError, match="does not vary"):
        correlation(series(1, 2, 3), series(4, 4, 4), least=3)


def test_an_unknown_method_is_named() -> None:
    with pytest.raises(ValueError, match="no method 'kendall'"):
        correlation(series(1, 2, 3), series(1, 2, 4), method="kendall", least=3)


def test_a_period_twice_is_refused() -> None:
    twice = pd.Series([1.0, 2.0, 3.0], index=[0, 1, 1])
    for use in (lambda: correlation(twice, series(1, 2, 3), least=2), lambda: change(twice)):
        with pytest.raises(ValueError, match="period 1 stands twice"):
            use()


def test_periods_of_months_work_like_whole_numbers() -> None:
    x, y = noise(30), noise(30, seed=2)
    months = pd.period_range("2010-01", periods=30, freq="M")
    plain = lagged_correlations(x, y, range(-3, 4))
    dated = lagged_correlations(x.set_axis(months), y.set_axis(months), range(-3, 4))
    pd.testing.assert_frame_equal(plain, dated)


def test_nullable_integers_are_taken() -> None:
    y = pd.Series([1, 3, None, 2], dtype="Int64")
    assert correlation(series(1, 2, 9, 3), y, least=3) == pytest.approx(0.5)


def test_changes_worked_by_hand() -> None:
    found = change(series(10, 12, NAN, 15, 18), 2)
    # 15 - 12 is three; the other pairs two apart lack an end.
    assert found.dropna().to_dict() == {3: 3}
    assert change(series(10, 12), 1, relative=True)[1] == pytest.approx(20)


def test_a_change_never_jumps_a_gap() -> None:
    assert change(series(1, NAN, 5)).isna().all()


def test_a_change_needs_a_distance() -> None:
    with pytest.raises(ValueError, match="over 0 periods"):
        change(series(1, 2), 0)


def test_independent_pairs_count_in_full() -> None:
    # Alternating signs against a series whose products with a shift cancel: r_x(1) = -1 times
    # r_y(1) > 0 would *raise* the number, which is capped at the pairs.
    x, y = series(*[1, -1] * 10), series(*range(20))
    assert effective_pairs(x, y) == 20


def test_effective_pairs_worked_by_hand() -> None:
    # x = y = (1, 1, -1, -1, 0): variance 4 / 5; products one apart 1 - 1 + 1 + 0 = 1 over 4
    # pairs, so r(1) = 0.25 / 0.8 = 0.3125. The span of 5 allows distance 1 alone:
    # 1 / N_eff = 1 / 5 + 2 / 25 * 4 * 0.3125**2 = 0.23125, N_eff = 4.324.
    x = series(1, 1, -1, -1, 0)
    assert effective_pairs(x, x) == pytest.approx(1 / 0.23125)


def test_a_gap_is_counted_by_the_distances_that_occur() -> None:
    # The same with a gap of five between: values one apart meet as before, span 10 allows two.
    x = pd.Series([1.0, 1, -1, -1, 0], index=[0, 1, 2, 3, 9])
    one, two = (1 - 1 + 1) / 3 / 0.8, (-1 - 1) / 2 / 0.8
    expected = 1 / 5 + 2 / 25 * (3 * one**2 + 2 * two**2)
    assert effective_pairs(x, x) == pytest.approx(max(1 / expected, 2))


def test_slow_series_are_worth_fewer_pairs_than_noise() -> None:
    slow = noise(200).cumsum(), noise(200, seed=2).cumsum()
    assert effective_pairs(*slow) < 30 < 100 < effective_pairs(noise(200), noise(200, seed=2))


def test_what_does_not_vary_is_worth_nothing() -> None:
    assert np.isnan(effective_pairs(series(1, 1, 1), series(1, 2, 3)))


def test_interval_worked_by_hand() -> None:
    x, y = noise(40), noise(40, seed=2)
    row = lagged_correlations(x, y, [0]).iloc[0]
    half = 1.959964 / np.sqrt(row["effective_pairs"] - 3)
    assert row["low"] == pytest.approx(np.tanh(np.arctanh(row["correlation"]) - half))
    assert row["high"] == pytest.approx(np.tanh(np.arctanh(row["correlation"]) + half))


def test_a_lag_with_too_few_pairs_is_a_gap() -> None:
    table = lagged_correlations(noise(15), noise(15, seed=2), [0, 5, 6]).set_index("lag")
    assert table["pairs"].tolist() == [15, 10, 9]
    assert table["correlation"].isna().tolist() == [False, False, True]
    assert table.loc[6].drop("pairs").isna().all()


def test_no_lag_with_enough_pairs_is_refused() -> None:
    with pytest.raises(ValueError, match="no lag has 10 pairs"):
        lagged_correlations(noise(9), noise(9), [0, 1])


def test_a_search_finds_the_planted_lag_and_no_placebo_does_as_well() -> None:
    x = noise(400)
    y = x.shift(7).loc[300:] + 0.1 * noise(100, seed=3, start=300)
    found = lag_search(x, y, range(12), range(50, 200))
    assert (found.lag, found.as_strong, found.placebos) == (7, 0, 150)
    assert found.correlation > 0.98


def test_a_search_among_slow_strangers_is_matched_by_placebos() -> None:
    x, y = noise(400).cumsum(), noise(100, seed=5, start=300).cumsum()
    found = lag_search(x, y, range(12), range(50, 200))
    assert abs(found.correlation) > 0.3
    assert found.share_pct > 5


def test_a_strong_negative_correlation_is_found() -> None:
    x = noise(100)
    assert lag_search(x, -x.shift(2).loc[50:], range(5), [20]).correlation == pytest.approx(-1)


def test_placebos_out_of_reach_are_left_out() -> None:
    x = noise(60)
    found = lag_search(x, x.loc[40:], range(3), [5, 10, 1000])
    assert found.placebos == 2


@pytest.mark.parametrize(
    ("lags", "placebos", "message"),
    [([0, 500], [5], "fewer than 10 pairs"), ([0], [500], "no placebo"), ([0], [], "no placebo")],
)
def test_a_search_without_pairs_is_refused(lags: list, placebos: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lag_search(noise(60), noise(60, seed=2), lags, placebos)


def test_share_of_placebos() -> None:
    assert LagSearch(3, 0.5, 40, 10).share_pct == 25


@pytest.mark.parametrize("method", ["pearson", "spearman"])
@given(MAYBE, MAYBE)
def test_a_correlation_lies_between_minus_one_and_one(method: str, one: list, two: list) -> None:
    try:
        value = correlation(gappy(one), gappy(two), method=method, least=3)
    except ValueError:
        return
    assert -1 <= value <= 1


@given(MAYBE, MAYBE)
def test_lagged_correlations_lie_in_their_intervals(one: list, two: list) -> None:
    x, y = gappy(one), gappy(two)
    try:
        table = lagged_correlations(x, y, range(-4, 5), least=3)
    except ValueError:
        return
    known = table.dropna(subset=["correlation"])
    assert known["correlation"].between(-1, 1).all()
    assert ((known["low"] <= known["correlation"]) & (known["correlation"] <= known["high"])).all()
    assert (known["effective_pairs"] <= known["pairs"]).all()


@pytest.mark.parametrize("method", ["pearson", "spearman"])
@given(MAYBE)
def test_a_series_is_one_with_itself(method: str, values: list) -> None:
    x = gappy(values)
    assert correlation(x, x, method=method, least=3) == pytest.approx(1)
    assert correlation(x, -x, method=method, least=3) == pytest.approx(-1)


@given(VALUES, st.integers(-6, 6))
def test_a_shift_is_recovered(values: list, lag: int) -> None:
    x = gappy(values)
    moved = pd.Series(x.to_numpy(), index=x.index + lag)
    table = lagged_correlations(x, moved, range(-6, 7), least=3).set_index("lag")
    assert table["correlation"][lag] == pytest.approx(1)
    assert table["pairs"][lag] == len(values)


@given(MAYBE, VALUES, st.sampled_from([0.01, 3.0, 1000.0]), st.integers(-100, 100))
def test_units_do_not_matter(one: list, two: list, factor: float, offset: int) -> None:
    x, y = gappy(one), gappy(two)
    try:
        value = correlation(x, y, least=3)
    except ValueError:
        return
    assert correlation(x * factor + offset, y, least=3) == pytest.approx(value, abs=1e-9)
    assert correlation(y, x, least=3) == pytest.approx(value, abs=1e-12)


@given(MAYBE, VALUES)
def test_spearman_sees_order_alone(one: list, two: list) -> None:
    x, y = gappy(one), gappy(two)
    try:
        value = correlation(x, y, method="spearman", least=3)
    except ValueError:
        return
    assert correlation(np.exp(x / 10), y, method="spearman", least=3) == pytest.approx(value)


@given(VALUES, st.integers(1, 5))
def test_changes_add_up(values: list, periods: int) -> None:
    x = gappy(values)
    steps = change(x).rolling(periods).sum()
    pd.testing.assert_series_equal(change(x, periods).iloc[periods:], steps.iloc[periods:])


def test_a_slope_worked_by_hand() -> None:
    x, y = pd.Series([1.0, 2, 3, 9]), pd.Series([1.0, 3, 2, None])
    # Deviations -1, 0, 1 and values 1, 3, 2: (-1 + 2) / 2.
    assert slope(x, y) == pytest.approx(0.5)


@given(
    st.lists(st.integers(-100, 100), min_size=3, max_size=20, unique=True),
    st.floats(-5, 5),
    st.floats(-5, 5),
)
def test_the_slope_of_a_line_is_its_slope(places: list[int], rise: float, at_zero: float) -> None:
    x = pd.Series(places, dtype=float)
    assert slope(x, at_zero + rise * x) == pytest.approx(rise, abs=1e-9)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=12))
def test_the_slope_is_the_correlation_times_the_spreads(pairs: list[tuple[float, float]]) -> None:
    frame = pd.DataFrame(pairs, columns=["x", "y"])
    assume((frame.std() > 0.01).all())
    expected = frame["x"].corr(frame["y"]) * frame["y"].std() / frame["x"].std()
    assert slope(frame["x"], frame["y"]) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("x", [[1.0, 2.0], [1.0, 1.0, 1.0]])
def test_too_few_or_equal_places_give_no_slope(x: list[float]) -> None:
    with pytest.raises(ValueError, match="no slope"):
        slope(pd.Series(x), pd.Series(x))
