import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators import grubel_lloyd

AMOUNT = st.floats(min_value=0, max_value=1e6, allow_subnormal=False)
PAIRS = st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=8).filter(
    lambda pairs: sum(map(sum, pairs)) > 0.01
)


def trade(pairs: list[tuple[float | None, float | None]], partner: str = "CHN") -> pd.DataFrame:
    rows = [
        (2015, partner, flow, str(good), value)
        for good, pair in enumerate(pairs)
        for flow, value in zip(("export", "import"), pair, strict=True)
        if value is not None
    ]
    return pd.DataFrame(rows, columns=["year", "partner", "flow", "section", "value_usd_m"])


def index(pairs: list[tuple[float | None, float | None]]) -> float:
    return float(grubel_lloyd(trade(pairs))[2015, "CHN"])


def test_index_worked_by_hand() -> None:
    # |80 - 20| + |10 - 30| = 80; trade 100 + 40 = 140; 1 - 80/140 = 0.428571.
    assert index([(80, 20), (10, 30)]) == pytest.approx(0.428571, abs=1e-6)


def test_ore_for_machines_is_nothing_of_one_kind() -> None:
    assert index([(100, None), (None, 60)]) == 0


def test_equal_amounts_of_each_good_are_all_of_one_kind() -> None:
    assert index([(5, 5), (70, 70)]) == 1


def test_it_is_the_mean_of_the_goods_weighted_by_their_trade() -> None:
    one, other = index([(80, 20)]), index([(10, 30)])
    # The goods' trade is 100 and 40 of 140.
    assert index([(80, 20), (10, 30)]) == pytest.approx((100 * one + 40 * other) / 140)


def test_partners_are_apart_and_no_trade_has_no_index() -> None:
    table = pd.concat([trade([(1, 1)]), trade([(1, 3)], "JPN"), trade([(0, 0)], "KOR")])
    out = grubel_lloyd(table)
    assert out[2015, "CHN"] == 1
    assert out[2015, "JPN"] == pytest.approx(0.5)  # 1 - 2/4
    assert math.isnan(out[2015, "KOR"])


def test_wrong_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        grubel_lloyd(pd.concat([trade([(1, 1)])] * 2))
    with pytest.raises(ValueError, match="negative"):
        grubel_lloyd(trade([(-1, 1)]))


@given(PAIRS)
def test_index_lies_between_none_and_one(pairs: list[tuple[float, float]]) -> None:
    assert -1e-9 <= index(pairs) <= 1 + 1e-9


@given(PAIRS)
def test_index_is_the_same_seen_from_the_other_side(pairs: list[tuple[float, float]]) -> None:
    turned = [(bought, sold) for sold, bought in pairs]
    assert index(turned) == pytest.approx(index(pairs), abs=1e-9)


@given(PAIRS.filter(lambda pairs: len(pairs) > 1))
def test_a_coarser_list_never_lowers_it(pairs: list[tuple[float, float]]) -> None:
    (sold, bought), (more, yet), *rest = pairs
    assert index([(sold + more, bought + yet), *rest]) >= index(pairs) - 1e-9
