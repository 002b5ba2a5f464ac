import math
from collections.abc import Iterable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import data
from peru_asia import indicators as ind
from peru_asia.errors import BookError
from peru_asia.indicators import share, without_largest

PARTS = st.lists(st.floats(min_value=0.01, max_value=1e6), min_size=1, max_size=30)
# 60, 20 and 12 of 100 are known; 8 are not.
PARTIAL = pd.DataFrame(
    {"year": 2020, "partner": ["WLD", "CHN", "USA", "JPN"], "value_usd_m": [100.0, 60, 20, 12]}
)


def listed(parts: Iterable[float | None]) -> pd.DataFrame:
    """Parts of one year that are all there are."""
    table = pd.DataFrame({"value_usd_m": list(parts)}, dtype=float)
    return table.assign(year=2020, partner=[f"part {row}" for row in table.index])


def hhi(parts: Iterable[float | None]) -> float:
    table = listed(parts)
    return float(ind.hhi(table, among=table["partner"])["hhi"].get(2020, math.nan))


def entropy(parts: Iterable[float | None]) -> float:
    table = listed(parts)
    return float(ind.entropy(table, among=table["partner"])["entropy"].get(2020, math.nan))


def cumulative_shares(parts: Iterable[float | None]) -> pd.Series:
    table = listed(parts)
    return ind.cumulative_shares(table, among=table["partner"]).set_index("rank")["share_pct"]


def concentration_ratio(parts: Iterable[float | None], largest: int) -> float:
    table = listed(parts)
    found = ind.concentration_ratio(table, largest, among=table["partner"])["share_pct"]
    return float(found.get(2020, math.nan))


def test_parts_that_do_not_cover_their_total_say_so_and_leave_a_range() -> None:
    # 0.36 + 0.04 + 0.0144 = 0.4144; the rest of 0.08 as one part adds 0.0064.
    found = ind.hhi(PARTIAL, total="WLD").loc[2020]
    assert found.to_dict() == pytest.approx({"hhi": 0.4144, "highest": 0.4208, "coverage_pct": 92})
    spread = ind.entropy(PARTIAL, total="WLD").loc[2020]
    terms = [share * math.log(share) for share in (0.6, 0.2, 0.12, 0.08)]
    assert spread.to_dict() == pytest.approx({"entropy": -sum(terms), "coverage_pct": 92})
    top = ind.concentration_ratio(PARTIAL, 2, total="WLD").loc[2020]
    assert top.to_dict() == pytest.approx({"share_pct": 80, "coverage_pct": 92})
    assert ind.cumulative_shares(PARTIAL, total="WLD")["share_pct"].tolist() == [60, 80, 92]


MEASURES = {
    "hhi": ind.hhi,
    "entropy": ind.entropy,
    "cumulative_shares": ind.cumulative_shares,
    "concentration_ratio": lambda table, **whole: ind.concentration_ratio(table, 3, **whole),
}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_a_measure_of_all_parts_is_refused_where_too_few_are_named(measure) -> None:
    few = PARTIAL[PARTIAL["partner"] != "USA"]
    with pytest.raises(BookError, match=r"2020: the parts cover 72% .* among= .* least="):
        measure(few, total="WLD")
    assert measure(few, total="WLD", least=70)["coverage_pct"].tolist()[0] == pytest.approx(72)
    assert measure(few, among=["CHN", "JPN"])["coverage_pct"].tolist()[0] == pytest.approx(100)
    with pytest.raises(ValueError, match="what the parts are parts of"):
        measure(few)


def test_parts_that_exceed_their_total_are_refused() -> None:
    region = PARTIAL.replace({"partner": {"JPN": "EAST_ASIA"}, "value_usd_m": {12.0: 72.0}})
    with pytest.raises(BookError, match="cover 152% of their total"):
        ind.hhi(region, total="WLD")


def test_a_total_among_the_parts_is_refused() -> None:
    with pytest.raises(BookError, match="'WLD' is no part but a total"):
        ind.hhi(PARTIAL, among=PARTIAL["partner"])


def test_the_partners_of_this_book_are_not_all_that_peru_sells_to() -> None:
    trade = data.load("trade_by_partner").query("flow == 'export' and year == 2024")
    with pytest.raises(BookError, match="2024: the parts cover 62%"):
        ind.hhi(trade, total="WLD")
    buyers = data.load("exports_by_destination").query("year == 2024")
    of_all = ind.hhi(buyers, of="destination", among=buyers["destination"])["hhi"][2024]
    within = ind.hhi(trade, total="WLD", least=60).loc[2024]
    assert within["hhi"] < of_all < within["highest"]


def test_a_measure_has_a_row_for_each_group() -> None:
    twice = pd.concat([PARTIAL, PARTIAL.assign(year=2021)]).assign(flow="export")
    found = ind.hhi(twice, total="WLD", by=["flow", "year"])
    assert found.index.tolist() == [("export", 2020), ("export", 2021)]
    assert found["hhi"].tolist() == pytest.approx([0.4144] * 2)


def test_hhi_worked_by_hand() -> None:
    # Shares 0.5, 0.3, 0.2: 0.25 + 0.09 + 0.04 = 0.38.
    assert hhi([50, 30, 20]) == pytest.approx(0.38)


def test_a_single_buyer_is_full_concentration() -> None:
    assert hhi([7]) == 1


def test_the_inverse_is_the_number_of_equal_partners() -> None:
    assert 1 / hhi([3, 3, 3, 3]) == pytest.approx(4)


def test_missing_parts_are_left_out_and_zeros_change_nothing() -> None:
    # 1/4 and 3/4: 0.0625 + 0.5625 = 0.625.
    assert hhi([1, 3, None, float("nan"), 0]) == pytest.approx(0.625)


@pytest.mark.parametrize("parts", [[], [0, 0], [float("nan")]])
def test_nothing_to_share_out_has_no_index(parts: list[float]) -> None:
    assert math.isnan(hhi(parts))


def test_a_negative_part_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        hhi([3, -1])


def test_hhi_of_exports_to_asia_is_the_sum_of_their_squared_shares() -> None:
    exports = data.load("trade_by_partner").query("flow == 'export'")
    asia = data.region("east_asia", "southeast_asia")
    squares = (share(exports, among=asia).query("year == 2011")["share_pct"] / 100) ** 2
    assert ind.hhi(exports, among=asia)["hhi"][2011] == pytest.approx(squares.sum())


@given(PARTS)
def test_hhi_lies_between_equal_parts_and_one(parts: list[float]) -> None:
    assert 1 / len(parts) - 1e-9 <= hhi(parts) <= 1 + 1e-9


@given(PARTS, st.sampled_from([0.001, 7.0, 1000.0]))
def test_hhi_does_not_depend_on_unit_or_order(parts: list[float], factor: float) -> None:
    assert hhi(part * factor for part in reversed(parts)) == pytest.approx(hhi(parts))


@given(PARTS.filter(lambda parts: len(parts) > 1))
def test_merging_two_partners_never_lowers_the_index(parts: list[float]) -> None:
    merged = [parts[0] + parts[1], *parts[2:]]
    assert hhi(merged) >= hhi(parts) - 1e-12


def test_entropy_worked_by_hand() -> None:
    # Shares 1/2, 1/4, 1/4: ln(2)/2 + 2 * ln(4)/4 = ln(2)/2 + ln(2) = 1.5 * 0.693147 = 1.039721.
    assert entropy([2, 1, 1]) == pytest.approx(1.039721, abs=1e-6)


def test_a_single_product_has_no_entropy() -> None:
    assert entropy([7, 0, None]) == 0


def test_the_exponential_is_the_number_of_equal_products() -> None:
    assert math.exp(entropy([3, 3, 3, 3])) == pytest.approx(4)


@pytest.mark.parametrize("parts", [[], [0, 0], [float("nan")]])
def test_nothing_to_share_out_has_no_entropy(parts: list[float]) -> None:
    assert math.isnan(entropy(parts))


def test_entropy_refuses_a_negative_part() -> None:
    with pytest.raises(ValueError, match="negative"):
        entropy([3, -1])


@given(PARTS)
def test_entropy_lies_between_one_part_and_equal_parts(parts: list[float]) -> None:
    assert -1e-12 <= entropy(parts) <= math.log(len(parts)) + 1e-9


@given(PARTS)
def test_the_number_from_entropy_is_never_below_that_from_the_hhi(parts: list[float]) -> None:
    # Renyi numbers fall with their order: order 1 (entropy) is at least order 2 (the index).
    assert math.exp(entropy(parts)) >= 1 / hhi(parts) - 1e-9


@given(PARTS.filter(lambda parts: len(parts) > 1))
def test_merging_two_products_never_raises_entropy(parts: list[float]) -> None:
    assert entropy([parts[0] + parts[1], *parts[2:]]) <= entropy(parts) + 1e-9


DEALS = pd.DataFrame(
    {
        "deal": ["Mine", "Grid", "Port", "Shaft", "Rumour"],
        "sector": ["mining", "power", "ports", "mining", "mining"],
        "value_usd_m": [50.0, 30.0, 15.0, 5.0, None],
    }
)


def test_cumulative_shares_worked_by_hand() -> None:
    # 50, 30, 15 and 5 of 100: 50, 80, 95 and 100 per cent.
    shares = cumulative_shares([5, 50, None, 15, 30])
    assert shares.to_dict() == pytest.approx({1: 50, 2: 80, 3: 95, 4: 100})


@pytest.mark.parametrize(("largest", "expected"), [(1, 50), (3, 95), (9, 100)])
def test_concentration_ratio_worked_by_hand(largest: int, expected: float) -> None:
    assert concentration_ratio([5, 50, 15, 30], largest) == pytest.approx(expected)


def test_nothing_to_share_out_has_no_ratio() -> None:
    assert cumulative_shares([]).empty
    assert math.isnan(concentration_ratio([], 1))
    assert math.isnan(concentration_ratio([0, 0], 2))


@pytest.mark.parametrize("largest", [0, -1])
def test_a_ratio_needs_a_part(largest: int) -> None:
    with pytest.raises(ValueError, match="one or more"):
        concentration_ratio([1], largest)


def test_without_largest_worked_by_hand() -> None:
    # Mining 55, power 30, ports 15; the mine goes first, then the grid.
    left = without_largest(DEALS, 2, by="sector", name="deal")
    wide = left.pivot(index="left_out", columns="sector", values="value_usd_m")
    assert wide.to_dict("index") == {
        0: {"mining": 55, "power": 30, "ports": 15},
        1: {"mining": 5, "power": 30, "ports": 15},
        2: {"mining": 5, "power": 0, "ports": 15},
    }
    leaves = left.drop_duplicates("left_out")["leaves"].reset_index(drop=True)
    assert leaves.isna().tolist() == [True, False, False]
    assert leaves.dropna().tolist() == ["Mine", "Grid"]


def test_of_two_equal_parts_the_first_in_the_table_goes_first() -> None:
    twins = DEALS.assign(value_usd_m=[7.0, 9.0, 9.0, 1.0, 2.0])
    left = without_largest(twins, 2, by="sector", name="deal")
    assert left["leaves"].dropna().unique().tolist() == ["Grid", "Port"]


@pytest.mark.parametrize("most", [-1, 5])
def test_no_more_parts_can_be_left_out_than_there_are(most: int) -> None:
    with pytest.raises(ValueError, match="cannot be left out"):
        without_largest(DEALS, most, by="sector", name="deal")


def test_negative_parts_are_refused_everywhere() -> None:
    with pytest.raises(ValueError, match="negative"):
        cumulative_shares([3, -1])
    with pytest.raises(ValueError, match="negative"):
        without_largest(DEALS.assign(value_usd_m=-1.0), 1, by="sector", name="deal")


@given(PARTS)
def test_cumulative_shares_rise_ever_more_slowly_to_the_whole(parts: list[float]) -> None:
    shares = cumulative_shares(parts)
    steps = shares.diff().fillna(shares.iloc[0])
    assert shares.iloc[-1] == pytest.approx(100)
    assert (steps > 0).all() and (steps.diff().dropna() <= 1e-9).all()
    # No curve lies below that of equal parts.
    assert (shares >= 100 * shares.index / len(parts) - 1e-9).all()


@given(PARTS, st.sampled_from([0.001, 7.0, 1000.0]))
def test_shares_do_not_depend_on_unit_or_order(parts: list[float], factor: float) -> None:
    scaled = cumulative_shares(part * factor for part in reversed(parts))
    assert scaled.to_list() == pytest.approx(cumulative_shares(parts).to_list())


@given(PARTS, st.integers(min_value=1, max_value=30))
def test_what_is_left_and_the_ratio_make_the_whole(parts: list[float], largest: int) -> None:
    largest = min(largest, len(parts))
    table = pd.DataFrame({"value_usd_m": parts, "group": [n % 3 for n in range(len(parts))]})
    left = without_largest(table.assign(name="a part"), largest, by="group", name="name")
    sums = left.groupby("left_out")["value_usd_m"].sum()
    kept = 100 * sums[largest] / sums[0]
    assert kept + concentration_ratio(parts, largest) == pytest.approx(100)
