import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators import event_study

# A grows fourfold at the event, B twofold, C not at all.
PANEL = pd.DataFrame(
    {"A": [100.0, 100.0, 400.0], "B": [50.0, 50.0, 100.0], "C": [7.0, 7.0, 7.0]},
    index=[2008, 2009, 2010],
)
SPANS = {"reference": (2008, 2009), "after": (2010, 2010)}
LN2 = 100 * math.log(2)


@st.composite
def panels(draw: st.DrawFn) -> pd.DataFrame:
    partners = draw(st.integers(3, 6))
    sizes = st.lists(st.floats(0.1, 1e4), min_size=4, max_size=4)
    return pd.DataFrame(
        {f"P{n}": draw(sizes) for n in range(partners)}, index=[2008, 2009, 2010, 2011]
    )


def around(panel: pd.DataFrame) -> pd.Series:
    return event_study.change(panel, reference=(2008, 2009), after=(2010, 2011))


def test_changes_and_gaps_worked_by_hand() -> None:
    changes = event_study.change(PANEL, **SPANS)
    assert changes.to_dict() == pytest.approx({"A": 2 * LN2, "B": LN2, "C": 0})
    # A against the mean of B and C; B against C alone, never against A.
    gaps = event_study.placebo_gaps(changes, "A", ["B", "C"])
    assert gaps.to_dict() == pytest.approx({"A": 1.5 * LN2, "B": LN2, "C": -LN2})


def test_leaving_out_a_control_worked_by_hand() -> None:
    changes = event_study.change(PANEL, **SPANS)
    assert event_study.leave_one_out(changes, "A", ["B", "C"]).to_dict() == pytest.approx(
        {"B": 2 * LN2, "C": LN2}
    )


def test_permutation_worked_by_hand() -> None:
    changes = event_study.change(PANEL, **SPANS)
    # Gaps in ln 2: A 1.5, B 1 - (2 + 0) / 2 = 0, C 0 - (2 + 1) / 2 = -1.5; A's is the largest.
    drawn = event_study.permutation_gaps({"one": changes}, {"one": "A"}, ["B", "C"])
    assert drawn.tolist() == pytest.approx([1.5 * LN2, 0, -1.5 * LN2])
    # Two events on the same dates: six ways, and (A, B), (B, A) tie at the top.
    drawn = event_study.permutation_gaps(
        {"one": changes, "two": changes}, {"one": "A", "two": "B"}, ["C"]
    )
    assert len(drawn) == 6
    assert drawn[0] == drawn.max() == pytest.approx(1.5 * LN2)
    assert (drawn >= drawn[0] - 1e-9).sum() == 2


def test_an_event_series_is_zero_before_and_counts_from_the_event() -> None:
    series = event_study.event_series(PANEL, event=2010, reference=(2008, 2009))
    own = series[series["partner"] == "A"].set_index("event_time")["log_points"]
    assert own.to_dict() == pytest.approx({-2: 0, -1: 0, 0: 2 * LN2})


def test_controls_are_chosen_by_the_years_before_alone() -> None:
    later = PANEL.assign(D=[60.0, 60.0, np.nan], E=[np.nan, 60.0, 60.0])
    assert event_study.controls(
        later, among=["C", "D", "B", "E", "Z"], reference=(2008, 2009), least=50
    ) == ["D", "B"]


def test_gaps_in_the_data_stay_gaps() -> None:
    holes = PANEL.assign(C=[7.0, np.nan, 7.0])
    changes = event_study.change(holes, **SPANS)
    assert math.isnan(changes["C"])
    with pytest.raises(ValueError, match="A cannot be compared"):
        event_study.gap(changes, "A", ["B", "C"])
    series = event_study.event_series(holes, event=2010, reference=(2008, 2009))
    assert set(series["partner"]) == {"A", "B"}


def test_wrong_use_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="must end before"):
        event_study.change(PANEL, reference=(2008, 2010), after=(2010, 2010))
    with pytest.raises(ValueError, match="every year from 2010 to 2011"):
        event_study.change(PANEL, reference=(2008, 2009), after=(2010, 2011))
    with pytest.raises(ValueError, match="no logarithm"):
        event_study.change(PANEL.assign(C=0.0), **SPANS)
    with pytest.raises(ValueError, match="A cannot be compared"):
        event_study.gap(event_study.change(PANEL, **SPANS), "A", ["A"])


@given(panels())
def test_the_mean_of_leaving_each_out_is_the_gap(panel: pd.DataFrame) -> None:
    partner, *others = panel.columns
    changes = around(panel)
    left = event_study.leave_one_out(changes, partner, others)
    whole = event_study.gap(changes, partner, others)
    assert left.mean() == pytest.approx(whole, abs=1e-6)
    assert left.min() - 1e-6 <= whole <= left.max() + 1e-6


@given(panels(), st.floats(0.01, 100), st.floats(0.01, 100))
def test_neither_units_nor_a_shock_to_all_change_a_gap(
    panel: pd.DataFrame, unit: float, shock: float
) -> None:
    """One partner counted in another unit, and all partners' trade after the event scaled alike."""
    partner, *others = panel.columns
    moved = panel.copy()
    moved[others[0]] *= unit
    moved.loc[2010:] *= shock
    before, after = (
        event_study.placebo_gaps(around(one), partner, others) for one in (panel, moved)
    )
    pd.testing.assert_series_equal(before, after, atol=1e-6, rtol=1e-9)


@given(panels())
def test_permutations_begin_with_the_true_assignment(panel: pd.DataFrame) -> None:
    first, second, *others = panel.columns
    changes = around(panel)
    drawn = event_study.permutation_gaps(
        {"x": changes, "y": changes}, {"x": first, "y": second}, others
    )
    assert len(drawn) == math.perm(len(panel.columns), 2)
    true = [event_study.gap(changes, one, others) for one in (first, second)]
    assert drawn[0] == pytest.approx(sum(true) / 2)


@given(panels(), st.floats(1, 1000))
def test_an_effect_added_by_hand_is_found(panel: pd.DataFrame, effect: float) -> None:
    partner, *others = panel.columns
    treated = panel.copy()
    treated.loc[2010:, partner] *= math.exp(effect / 100)
    found = event_study.gap(around(treated), partner, others) - event_study.gap(
        around(panel), partner, others
    )
    assert found == pytest.approx(effect, abs=1e-6)
