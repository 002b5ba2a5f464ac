"""Scenarios: worked by hand, and what must hold whatever the numbers."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators import scenarios as sc

BASE = sc.Base(
    year=2024,
    values={"copper": 100.0, "metals": 40.0, "food": 60.0, "gold": 50.0},
    output_t=1000.0,
    capex_usd_m=2.0,  # two million dollars at 2,000 a tonne are 1,000 tonnes
    usd_per_t=2000.0,
    china_copper_pct=50.0,
    china_rest_pct=20.0,
    asia_rest_pct=25.0,
)
STILL = sc.Assumptions(
    copper_price=1.0,
    metals_price=1.0,
    completion_pct=0.0,
    lost_t=0.0,
    food_growth_pct=0.0,
    china_copper_pct=50.0,
    china_rest_pct=20.0,
    asia_rest_pct=25.0,
)
factor = st.floats(0.1, 5)
share = st.floats(0, 100)


def at_end(to: sc.Assumptions, years: int = 2) -> pd.Series:
    out = sc.project(BASE, to, years)
    return out[out["year"] == BASE.year + years].set_index("group")["value_usd_m"]


def test_a_path_worked_by_hand() -> None:
    # Price and quantity double each: four times in two steps, so twice a step.
    assert sc.value_path(10, 2, 2, 2) == pytest.approx([10, 20, 40])


@pytest.mark.parametrize("bad", [(1, -1, 1, 2), (1, 1, -0.5, 2), (1, 1, 1, 0)])
def test_a_path_needs_factors_and_steps(bad: tuple[float, float, float, int]) -> None:
    with pytest.raises(ValueError, match="path"):
        sc.value_path(*bad)


def test_a_pipeline_worked_by_hand() -> None:
    # Half of US$ 2 m at US$ 2,000 for a tonne.
    assert sc.new_tonnes(2, 50, 2000) == 500


@pytest.mark.parametrize("bad", [(1, 50, 0), (1, -1, 10), (1, 101, 10)])
def test_a_pipeline_needs_a_cost_and_a_share(bad: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="pipeline"):
        sc.new_tonnes(*bad)


def test_a_scenario_worked_by_hand() -> None:
    to = replace(
        STILL,
        copper_price=1.5,
        metals_price=0.5,
        completion_pct=50.0,
        lost_t=100.0,
        food_growth_pct=10.0,
    )
    assert sc.copper_output(BASE, to) == 1400  # 1,000 less 100 and 500 more
    found = at_end(to)
    # Copper 100 x 1.5 x 1.4, metals 40 x 0.5, food 60 x 1.1 x 1.1, gold as it was.
    assert found.to_dict() == pytest.approx(
        {"copper": 210.0, "metals": 20.0, "food": 72.6, "gold": 50.0}
    )


def test_destinations_worked_by_hand() -> None:
    to = replace(STILL, china_copper_pct=70.0, china_rest_pct=10.0, asia_rest_pct=50.0)
    out = sc.destinations(sc.project(BASE, to, 2), BASE, to)
    wide = out.pivot(index="year", columns="destination", values="value_usd_m")
    # 2024: half of 100 and a fifth of 150; a quarter of the other 170.
    assert wide.loc[2024].to_dict() == pytest.approx(
        {"China": 80, "Rest of Asia": 42.5, "Rest of the world": 127.5}
    )
    # 2025, half way: 60 of 100 and 15% of 150; 37.5% of the other 167.5.
    assert wide.loc[2025, "China"] == pytest.approx(82.5)
    assert wide.loc[2025, "Rest of Asia"] == pytest.approx(0.375 * 167.5)
    # 2026: 70 of 100 and a tenth of 150; half of the other 165.
    assert wide.loc[2026].to_dict() == pytest.approx(
        {"China": 85, "Rest of Asia": 82.5, "Rest of the world": 82.5}
    )


@given(years=st.integers(1, 30))
def test_zero_growth_keeps_every_value(years: int) -> None:
    out = sc.project(BASE, STILL, years)
    start = out["group"].map(dict(BASE.values))
    assert out["value_usd_m"].to_numpy() == pytest.approx(start.to_numpy())


@given(price=factor, metals=factor, built=share, parts=st.tuples(share, share, share))
def test_the_destinations_add_up_to_all_exports(
    price: float, metals: float, built: float, parts: tuple[float, float, float]
) -> None:
    to = replace(
        STILL,
        copper_price=price,
        metals_price=metals,
        completion_pct=built,
        china_copper_pct=parts[0],
        china_rest_pct=parts[1],
        asia_rest_pct=parts[2],
    )
    exports = sc.project(BASE, to, 4)
    split = sc.destinations(exports, BASE, to)
    totals = exports.groupby("year")["value_usd_m"].sum()
    assert split.groupby("year")["value_usd_m"].sum().to_numpy() == pytest.approx(totals.to_numpy())
    assert (split["value_usd_m"] >= -1e-9).all()


@given(low=factor, more=st.floats(0, 2), built=share, later=share)
def test_bounds_of_the_assumptions_give_bounds_of_the_result(
    low: float, more: float, built: float, later: float
) -> None:
    """A higher price with at least as many mines never gives less in any year."""
    least, most = sorted((built, later))
    under = replace(STILL, copper_price=low, completion_pct=least)
    over = replace(STILL, copper_price=low + more, completion_pct=most)
    ends = [
        sc.project(BASE, to, 3).groupby("year")["value_usd_m"].sum().to_numpy()
        for to in (under, over)
    ]
    assert (ends[1] >= ends[0] * (1 - 1e-9)).all()


def test_spans_worked_by_hand_and_over_a_gap() -> None:
    series = pd.Series({2000: 2.0, 2001: 4.0, 2002: 3.0, 2004: 8.0})
    assert sc.window_factors(series, 2).to_dict() == {2000: 1.5, 2002: pytest.approx(8 / 3)}


def test_both_methods_worked_by_hand() -> None:
    series = pd.Series({2000: 10.0, 2001: 20.0, 2002: 50.0})
    out = sc.rolling(series, years=1, look_back=1).set_index("method")
    # Only 2001 has a year before and after. Doubled before, so the trend says 40; 50 came.
    assert out["year"].to_dict() == {"no_change": 2001, "trend": 2001}
    assert out["said"].to_dict() == {"no_change": 20.0, "trend": 40.0}
    assert out["ratio"].to_dict() == {"no_change": 2.5, "trend": 1.25}


def test_the_trend_is_taken_to_the_span_ahead() -> None:
    series = pd.Series({2000: 10.0, 2002: 40.0, 2003: 60.0})
    out = sc.rolling(series, years=1, look_back=2).set_index("method")
    assert out["said"]["trend"] == pytest.approx(80)  # four times in two years, twice in one


@given(rate=st.floats(-0.2, 0.3))
def test_the_trend_never_errs_on_steady_growth(rate: float) -> None:
    series = pd.Series({year: (1 + rate) ** year for year in range(20)})
    out = sc.rolling(series, years=5, look_back=4)
    assert out.query("method == 'trend'")["ratio"].to_numpy() == pytest.approx(1.0)
    assert len(out) == 2 * (20 - 9)


@given(series=st.lists(st.floats(1, 1e6), min_size=5, max_size=25))
def test_a_method_knows_nothing_of_what_comes_later(series: list[float]) -> None:
    """Other values after the start change what came and never what was said."""
    whole = pd.Series(dict(enumerate(series)))
    changed = whole.copy()
    changed.iloc[-1] *= 3
    before, after = (sc.rolling(one, years=2, look_back=2) for one in (whole, changed))
    assert before["said"].tolist() == after["said"].tolist()
    assert before["came"].tolist() != after["came"].tolist()


def test_a_typical_error_counts_both_directions_alike() -> None:
    assert sc.typical_error(pd.Series([2.0, 0.5, 0.5])) == pytest.approx(2)
    assert sc.typical_error(pd.Series([1.0, 1.0, 9.0])) == pytest.approx(1)


@given(ratios=st.lists(st.floats(0.01, 100), min_size=1, max_size=20))
def test_a_typical_error_is_the_same_upside_down(ratios: list[float]) -> None:
    error = sc.typical_error(pd.Series(ratios))
    assert error >= 1
    assert sc.typical_error(1 / pd.Series(ratios)) == pytest.approx(error)


@pytest.mark.parametrize("bad", [[], [1.0, 0.0], [np.inf * -1]])
def test_a_typical_error_needs_positive_ratios(bad: list[float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        sc.typical_error(pd.Series(bad, dtype=float))
