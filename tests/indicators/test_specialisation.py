import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.errors import BookError
from peru_asia.indicators import grubel_lloyd, rca

AMOUNT = st.floats(min_value=0.01, max_value=1e6)
GOODS = st.lists(AMOUNT, min_size=1, max_size=8)


def flows(**partners: list[float | None]) -> pd.DataFrame:
    rows = [
        (2015, partner, str(good), value)
        for partner, values in partners.items()
        for good, value in enumerate(values)
        if value is not None
    ]
    return pd.DataFrame(rows, columns=["year", "partner", "section", "value_usd_m"])


def ratios(table: pd.DataFrame, partner: str) -> list[float]:
    out = rca(table, among=table["section"])
    return out[out["partner"] == partner].sort_values("section")["rca"].tolist()


def test_rca_worked_by_hand() -> None:
    table = flows(CHN=[60, 40], WLD=[200, 600])
    # China: 60% and 40%. The world: 25% and 75%. 60/25 = 2.4 and 40/75 = 0.5333.
    assert ratios(table, "CHN") == pytest.approx([2.4, 0.533333], abs=1e-6)


def test_the_reference_has_no_row_and_another_one_may_be_named() -> None:
    table = flows(CHN=[60, 40], USA=[30, 30])
    out = rca(table, reference="USA", among=table["section"])
    assert set(out["partner"]) == {"CHN"}
    # 60/50 and 40/50.
    assert out["rca"].tolist() == pytest.approx([1.2, 0.8])


def test_a_good_that_the_reference_does_not_trade_has_no_ratio() -> None:
    table = flows(CHN=[50, 50, 10], WLD=[100, 0, None])
    first, *rest = ratios(table, "CHN")
    # 50/110 over 1.
    assert first == pytest.approx(0.454545, abs=1e-6)
    assert all(math.isnan(ratio) for ratio in rest)


def test_years_are_apart() -> None:
    table = flows(CHN=[1, 1], WLD=[1, 1])
    later = flows(CHN=[3, 1], WLD=[1, 1]).assign(year=2016)
    out = rca(pd.concat([table, later]), among=["0", "1"]).set_index(["year", "section"])["rca"]
    assert out[2015, "0"] == pytest.approx(1)
    assert out[2016, "0"] == pytest.approx(1.5)  # 75% over 50%


def test_wrong_tables_are_refused() -> None:
    with pytest.raises(BookError, match="WLD"):
        rca(flows(CHN=[1]), among=["0"])
    with pytest.raises(ValueError, match="twice"):
        rca(pd.concat([flows(CHN=[1], WLD=[1])] * 2), among=["0"])


def test_goods_that_are_not_all_are_refused_unless_the_caller_says_which_are_meant() -> None:
    table = flows(CHN=[60, 40, 200], WLD=[200, 600, 800])  # half of what China buys is not there
    table["section"] = table["section"].replace("2", "all")
    with pytest.raises(BookError, match="CHN, 2015: the parts cover 50%"):
        rca(table, total="all")
    # 60/200 over 200/800; of the two goods alone 60/100 over 200/800.
    assert rca(table, total="all", least=50)["rca"].tolist()[0] == pytest.approx(1.2)
    assert rca(table, among=["0", "1"])["rca"].tolist()[0] == pytest.approx(2.4)
    with pytest.raises(ValueError, match="what the parts are parts of"):
        rca(table)


@given(GOODS, st.sampled_from([0.001, 1.0, 500.0]))
def test_a_partner_like_the_world_has_one_everywhere(goods: list[float], scale: float) -> None:
    table = flows(CHN=[scale * value for value in goods], WLD=goods)
    assert ratios(table, "CHN") == pytest.approx([1.0] * len(goods))


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=8))
def test_the_mean_weighted_by_the_world_is_one(pairs: list[tuple[float, float]]) -> None:
    partner, world = (list(values) for values in zip(*pairs, strict=True))
    weights = [value / sum(world) for value in world]
    found = ratios(flows(CHN=partner, WLD=world), "CHN")
    assert sum(w * r for w, r in zip(weights, found, strict=True)) == pytest.approx(1)


AMOUNT_OR_NONE = st.floats(min_value=0, max_value=1e6, allow_subnormal=False)
PAIRS = st.lists(st.tuples(AMOUNT_OR_NONE, AMOUNT_OR_NONE), min_size=1, max_size=8).filter(
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


def test_wrong_trade_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        grubel_lloyd(pd.concat([trade([(1, 1)])] * 2))
    with pytest.raises(ValueError, match="negative"):
        grubel_lloyd(trade([(-1, 1)]))
    with pytest.raises(BookError, match="'all' is no part"):
        grubel_lloyd(trade([(1, 1)]).assign(section="all"))


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
