import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators import (
    rate_interval,
    rate_ratio_interval,
    relabelled,
    share_interval,
)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # Clopper and Pearson's limits as statistical tables print them, at 95 per cent.
        (0, 10, 0.0, 0.3085),
        (1, 10, 0.0025, 0.4450),
        (5, 10, 0.1871, 0.8129),
        (2, 20, 0.0123, 0.3170),
        (10, 10, 0.6915, 1.0),
    ],
)
def test_shares_as_in_published_tables(count: int, of: int, low: float, high: float) -> None:
    out = share_interval(count, of)
    assert (round(out.low, 4), round(out.high, 4)) == (low, high)
    assert out.value == count / of


def test_shares_worked_by_hand() -> None:
    # None of n: (1 - p)^n = 0.025, so p = 1 - 0.025^(1/n). One of one: p = 0.025.
    assert share_interval(0, 4).high == pytest.approx(1 - 0.025 ** (1 / 4))
    assert share_interval(1, 1).low == pytest.approx(0.025)
    # One of two: (1 - p)^2 = 0.975 below and p^2 = 0.975 above.
    half = share_interval(1, 2)
    assert half.low == pytest.approx(1 - math.sqrt(0.975))
    assert half.high == pytest.approx(math.sqrt(0.975))


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        # Garwood's limits as tables of the Poisson distribution print them, at 95 per cent.
        (0, 0.0, 3.689),
        (1, 0.025, 5.572),
        (2, 0.242, 7.225),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (50, 37.111, 65.919),
    ],
)
def test_means_as_in_published_tables(events: int, low: float, high: float) -> None:
    out = rate_interval(events, 1.0)
    assert (round(out.low, 3), round(out.high, 3)) == (low, high)


def test_a_rate_is_its_mean_over_the_exposure() -> None:
    # None: exp(-m) = 0.025, so m = ln 40; in two years half of it a year.
    assert rate_interval(0, 2.0).high == pytest.approx(math.log(40) / 2)
    assert rate_interval(3, 2.0).value == 1.5


def test_ratio_worked_by_hand() -> None:
    # One against one in equal times: p from 1 - sqrt(0.975) to sqrt(0.975), odds of these.
    p = math.sqrt(0.975)
    out = rate_ratio_interval((1, 5.0), (1, 5.0))
    assert out.value == 1
    assert out.low == pytest.approx((1 - p) / p)
    assert out.high == pytest.approx(p / (1 - p))
    # Twice the time halves the ratio.
    assert rate_ratio_interval((1, 10.0), (1, 5.0)).value == 0.5
    assert rate_ratio_interval((3, 1.0), (0, 1.0)).high == math.inf
    assert rate_ratio_interval((0, 1.0), (3, 1.0))[:2] == (0, 0)


def test_relabelling_worked_by_hand() -> None:
    # Four members with equal exposure; the group has 3 and 0. Pairs: 3+0, 3+1, 3+1, 0+1, 0+1, 1+1.
    out = relabelled([3, 0, 1, 1], [1.0] * 4, [0, 1])
    assert (out.rate, out.groups, out.as_high) == (1.5, 6, 3)
    assert out.share_pct == 50
    # The rate is that of the group together, not the mean of its rates: 3 in 101, not 1.5.
    assert relabelled([3, 0, 1], [1.0, 100.0, 1.0], [0, 1]).rate == pytest.approx(3 / 101)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: share_interval(3, 2), "3 of 2"),
        (lambda: share_interval(0, 0), "0 of 0"),
        (lambda: rate_interval(-1, 1), "-1 events"),
        (lambda: rate_interval(1, 0), "in 0 is no rate"),
        (lambda: rate_ratio_interval((0, 1), (0, 1)), "no ratio"),
        (lambda: rate_ratio_interval((1, 0), (1, 1)), "positive exposure"),
        (lambda: relabelled([1], [1.0, 2.0], [0]), "do not pair"),
        (lambda: relabelled([1, 2], [1.0, 2.0], []), "has members"),
        (lambda: relabelled([1, 2], [1.0, 2.0], [2]), "on the list"),
        (lambda: relabelled([1, 2], [0.0, 2.0], [0]), "without exposure"),
    ],
)
def test_wrong_use_says_what_is_wrong(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval_and_that_in_0_to_1(pair: tuple[int, int]) -> None:
    count, of = pair
    out = share_interval(count, of)
    assert 0 <= out.low <= out.value <= out.high <= 1
    # Whoever has it and whoever has it not mirror each other.
    other = share_interval(of - count, of)
    assert other.low == pytest.approx(1 - out.high, abs=1e-9)
    # The same share of twice as many is surer.
    twice = share_interval(2 * count, 2 * of)
    assert twice.high - twice.low < out.high - out.low


@given(st.integers(0, 80), st.floats(0.1, 100))
def test_a_rate_lies_in_its_interval_and_more_events_narrow_it(
    events: int, exposure: float
) -> None:
    out = rate_interval(events, exposure)
    assert 0 <= out.low <= out.value <= out.high
    longer = rate_interval(4 * events, 4 * exposure)
    assert longer.high - longer.low < out.high - out.low


@given(st.integers(0, 20), st.integers(0, 20), st.floats(0.5, 20), st.floats(0.5, 20))
def test_a_ratio_turned_round_is_its_inverse(a: int, b: int, s: float, t: float) -> None:
    if a + b == 0:
        return
    out, back = rate_ratio_interval((a, s), (b, t)), rate_ratio_interval((b, t), (a, s))
    assert out.low <= out.value <= out.high
    if back.low:
        assert out.high == pytest.approx(1 / back.low, rel=1e-6)
    else:
        assert out.high == math.inf


@given(
    st.lists(st.tuples(st.integers(0, 9), st.floats(0.5, 9)), min_size=2, max_size=7),
    st.data(),
)
def test_relabelling_counts_the_group_itself(rows: list, data) -> None:
    group = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1))
    counts, exposures = [list(column) for column in zip(*rows, strict=True)]
    out = relabelled(counts, exposures, group)
    assert out.groups == math.comb(len(rows), len(group))
    assert 1 <= out.as_high <= out.groups
