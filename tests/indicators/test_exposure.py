import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators.exposure import CHANNELS, Base, basket_change, loss, loss_bounds

# 1,000 of exports; 300 to the buyer, 200 of them the metal; 400 of metal and 100 of others in all.
BASE = Base(total=1000, to_buyer=300, metal=400, metal_to_buyer=200, others=100)

PCT = st.floats(min_value=0, max_value=100)
PART = st.floats(min_value=0, max_value=1)
CHANNEL = st.sampled_from(CHANNELS)


@st.composite
def bases(draw: st.DrawFn) -> Base:
    """Exports that can be: no part is larger than its whole."""
    metal_to_buyer, more_metal, more_to_buyer, others, rest = (
        draw(st.floats(min_value=0, max_value=1e5)) for _ in range(5)
    )
    metal, to_buyer = metal_to_buyer + more_metal, metal_to_buyer + more_to_buyer
    return Base(metal + more_to_buyer + others + rest, to_buyer, metal, metal_to_buyer, others)


def test_a_tenth_worked_by_hand() -> None:
    # 10% of 300 is not bought; four tenths of it go elsewhere: 30 * 0.6.
    assert loss(BASE, "demand", 10, redirected_pct=40) == pytest.approx(18)
    # 10% of 400, and half of 10% of 100.
    assert loss(BASE, "price", 10, passed_on=0.5) == pytest.approx(45)
    # Of the 10% that goes unsold 0.6 * (200 + 0.5 * 100) would have lost a tenth: 0.06 * 25.
    assert BASE.others_to_buyer == 100
    assert loss(BASE, "both", 10, redirected_pct=40, passed_on=0.5) == pytest.approx(18 + 45 - 1.5)


def test_the_buyer_cannot_take_more_of_the_others_than_there_are() -> None:
    assert BASE._replace(others=30).others_to_buyer == 30
    assert BASE._replace(others=500).others_to_buyer == 100


def test_what_is_lost_whole_is_lost_once() -> None:
    # The buyer takes nothing and the metal is worth nothing: 300, and the 200 of metal sold to
    # others, and nothing more, since all other goods hold their price.
    assert loss(BASE, "both", 100) == pytest.approx(500)
    # All others follow, and all 100 of them go to the buyer: lost once, with the 300.
    assert loss(BASE, "both", 100, passed_on=1) == pytest.approx(500)


def test_the_ends_worked_by_hand() -> None:
    assert loss_bounds(BASE, "demand", 10) == pytest.approx((0, 30))
    assert loss_bounds(BASE, "price", 10) == pytest.approx((40, 50))
    assert loss_bounds(BASE, "both", 10) == pytest.approx((40, 30 + 50 - 0.01 * 300))


@given(bases(), CHANNEL, PCT, PART)
def test_no_shock_costs_nothing(base: Base, channel: str, found: float, passed: float) -> None:
    assert loss(base, channel, 0, redirected_pct=found, passed_on=passed) == 0


@given(bases(), st.sampled_from(["demand", "price"]), st.floats(0, 50), PCT, PART)
def test_one_channel_is_linear_in_the_shock(
    base: Base, channel: str, size: float, found: float, passed: float
) -> None:
    chosen = {"redirected_pct": found, "passed_on": passed}
    once, twice = (loss(base, channel, times * size, **chosen) for times in (1, 2))
    assert twice == pytest.approx(2 * once)


@given(bases(), CHANNEL, PCT, PCT, PCT, PART)
def test_a_larger_shock_never_costs_less(
    base: Base, channel: str, one: float, other: float, found: float, passed: float
) -> None:
    small, large = (
        loss(base, channel, size, redirected_pct=found, passed_on=passed)
        for size in sorted((one, other))
    )
    assert small <= large + 1e-6


@given(bases(), CHANNEL, PCT, PCT, PART)
def test_every_setting_lies_between_the_ends(
    base: Base, channel: str, size: float, found: float, passed: float
) -> None:
    low, high = loss_bounds(base, channel, size)
    chosen = loss(base, channel, size, redirected_pct=found, passed_on=passed)
    assert 0 <= low <= chosen + 1e-6
    assert chosen <= high + 1e-6


@given(bases(), PCT, PCT, PART)
def test_both_cost_at_least_the_larger_and_at_most_the_sum_and_never_all(
    base: Base, size: float, found: float, passed: float
) -> None:
    chosen = {"redirected_pct": found, "passed_on": passed}
    demand, price, both = (loss(base, channel, size, **chosen) for channel in CHANNELS)
    assert max(demand, price) - 1e-6 <= both <= demand + price + 1e-6
    assert both <= base.total + 1e-6


@pytest.mark.parametrize(
    ("channel", "settings"),
    [
        ("supply", {"size_pct": 10}),
        ("price", {"size_pct": -1}),
        ("price", {"size_pct": 101}),
        ("demand", {"size_pct": 10, "redirected_pct": 101}),
        ("price", {"size_pct": 10, "passed_on": 1.1}),
    ],
)
def test_what_has_no_meaning_is_refused(channel: str, settings: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"supply|out of range"):
        loss(BASE, channel, **settings)


PRICES = pd.DataFrame(
    {"zinc": [100.0, 110.0, 99.0, 99.0], "tin": [50.0, 40.0, 60.0, None], "gold": 1.0},
    index=[2000, 2001, 2002, 2003],
)


def test_a_basket_worked_by_hand() -> None:
    changes = basket_change(PRICES, pd.Series({"zinc": 3.0, "tin": 1.0}))
    # 2001: three parts of +10 and one of -20; 2002: three of -10 and one of +50.
    assert changes.loc[[2001, 2002]].tolist() == pytest.approx([2.5, 5.0])
    # No year before the first, and no basket without the price of tin.
    assert changes.loc[[2000, 2003]].isna().all()


def test_a_basket_does_not_jump_a_missing_year() -> None:
    changes = basket_change(PRICES.drop(2001), pd.Series({"zinc": 1.0}))
    assert changes.dropna().to_dict() == {2003: 0}


@pytest.mark.parametrize("weights", [{"zinc": 0.0}, {"zinc": 2.0, "tin": -1.0}])
def test_weights_that_make_no_basket_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        basket_change(PRICES, pd.Series(weights))
