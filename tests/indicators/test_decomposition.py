import math

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from peru_asia.indicators import bennet, fisher, log_effects, log_parts

V_BEFORE = pd.Series({"copper": 6.0, "fish": 4.0})
V_AFTER = pd.Series({"copper": 4.0, "fish": 8.0})
P_BEFORE = pd.Series({"copper": 2.0, "fish": 1.0})
P_AFTER = pd.Series({"copper": 4.0, "fish": 1.0})
BOTH = (V_BEFORE, V_AFTER, P_BEFORE, P_AFTER)

AMOUNT = st.floats(min_value=0.01, max_value=1e4)


@st.composite
def changes(draw: st.DrawFn) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    size = draw(st.integers(1, 5))
    return tuple(pd.Series(draw(st.lists(AMOUNT, min_size=size, max_size=size))) for _ in range(4))


def test_log_effects_worked_by_hand() -> None:
    # Value 10 -> 12; Fisher's prices sqrt(1.6 * 1.2), his quantities sqrt((10/10) * (12/16)).
    parts = log_effects(*BOTH)
    assert parts.value == pytest.approx(100 * math.log(1.2))
    assert parts.price == pytest.approx(50 * math.log(1.92))
    assert parts.quantity == pytest.approx(50 * math.log(0.75))
    assert parts.price_share == pytest.approx(100 * parts.price / parts.value)


def test_a_value_that_trebles_at_a_price_that_trebles_is_all_price() -> None:
    assert log_parts(3, 3).price_share == pytest.approx(100)
    assert log_parts(3, 3).quantity == pytest.approx(0)
    # Four times the value at twice the price: half each, in logarithms.
    assert log_parts(4, 2).price_share == pytest.approx(50)


@pytest.mark.parametrize("factors", [(0, 2), (2, 0), (-1, 2)])
def test_only_positive_factors_are_split(factors: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        log_parts(*factors)


def test_what_did_not_change_has_no_shares() -> None:
    with pytest.raises(ValueError, match="did not change"):
        log_parts(1, 2).price_share  # noqa: B018


def test_bennet_worked_by_hand() -> None:
    # Copper: price (4 - 2) * (3 + 1) / 2, quantity (1 - 3) * (2 + 4) / 2; fish sells 4 more at 1.
    assert bennet(*BOTH).to_dict("index") == {
        "copper": {"price_effect": 4.0, "quantity_effect": -6.0, "change": -2.0},
        "fish": {"price_effect": 0.0, "quantity_effect": 4.0, "change": 4.0},
    }


@given(changes())
def test_bennet_leaves_nothing_over(both: tuple[pd.Series, ...]) -> None:
    effects = bennet(*both)
    size = float(sum(one.sum() for one in both[:2]))
    prices_moved = (both[2] / both[3]).max() + (both[3] / both[2]).max()
    left = effects["price_effect"] + effects["quantity_effect"] - effects["change"]
    assert left.abs().max() <= 1e-12 * size * prices_moved


@given(changes())
def test_fisher_leaves_his_own_quantity_index(both: tuple[pd.Series, ...]) -> None:
    before, after, p_before, p_after = both
    parts = log_effects(*both)
    q_before, q_after = before / p_before, after / p_after
    # The quantity index is the price index with prices and quantities changing places.
    quantity = fisher(q_before, q_after, p_before, p_after)
    assert parts.quantity == pytest.approx(100 * math.log(quantity), abs=1e-6)
    assert parts.price + parts.quantity == pytest.approx(parts.value, abs=1e-9)


@given(changes())
def test_turned_in_time_every_effect_changes_its_sign(both: tuple[pd.Series, ...]) -> None:
    back = (both[1], both[0], both[3], both[2])
    assert log_effects(*back).price == pytest.approx(-log_effects(*both).price, abs=1e-6)
    there, again = bennet(*both)["price_effect"], bennet(*back)["price_effect"]
    pd.testing.assert_series_equal(again, -there, rtol=1e-9, atol=1e-6)


@given(changes(), AMOUNT, AMOUNT)
def test_units_do_not_matter(both: tuple[pd.Series, ...], money: float, weight: float) -> None:
    before, after, p_before, p_after = both
    other = (money * before, money * after, weight * p_before, weight * p_after)
    assert log_effects(*other).price == pytest.approx(log_effects(*both).price, abs=1e-6)
    pd.testing.assert_frame_equal(
        bennet(*other), money * bennet(*both), rtol=1e-6, atol=1e-6 * money
    )


@given(changes())
def test_with_one_good_every_formula_agrees(both: tuple[pd.Series, ...]) -> None:
    one = [series.iloc[:1] for series in both]
    assume(abs(math.log(one[1].iloc[0] / one[0].iloc[0])) > 1e-6)
    shares = [log_effects(*one, formula=name).price for name in ("laspeyres", "paasche", "fisher")]
    assert shares == pytest.approx([100 * math.log(one[3].iloc[0] / one[2].iloc[0])] * 3, abs=1e-9)
