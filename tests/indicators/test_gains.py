import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import indicators

YEARS = [2005, 2006]
VALUES = pd.DataFrame({"copper": [100.0, 300.0], "fish": [50.0, 40.0]}, index=YEARS)
PRICES = pd.DataFrame({"copper": [10.0, 20.0], "fish": [8.0, 6.0]}, index=YEARS)
BOUGHT = pd.Series([1.0, 1.2], index=YEARS)
AMOUNT = st.floats(min_value=0.1, max_value=1e4)


def test_price_gain_worked_by_hand() -> None:
    gain = indicators.price_gain(VALUES, PRICES, BOUGHT, base=2005)
    assert gain.loc[2005].tolist() == [0, 0]
    # 15 units of copper, dear by 2.0 where imports rose by 1.2: at 12 each they bring 180 of 300.
    assert gain.loc[2006, "copper"] == pytest.approx(300 - 15 * 10 * 1.2)
    # 40 / 6 units of fish at 8 * 1.2 would have brought 64; they brought 40.
    assert gain.loc[2006, "fish"] == pytest.approx(-24)


def test_price_gain_is_the_trading_gain_of_the_national_accounts() -> None:
    # For one good, at base-year prices of imports: X / Pm - X / Px (SNA 2008, chapter 15).
    px, pm = 2.0, 1.2
    gain = indicators.price_gain(VALUES, PRICES, BOUGHT, base=2005).loc[2006, "copper"]
    assert gain / pm == pytest.approx(300 / pm - 300 / px)


def test_price_gain_from_the_later_base_is_a_loss_before_it() -> None:
    gain = indicators.price_gain(VALUES, PRICES, BOUGHT, base=2006)
    # 10 units of copper at 20 / 1.2 would have brought 166.7; they brought 100.
    assert gain.loc[2005, "copper"] == pytest.approx(100 - 10 * 20 / 1.2)
    assert gain.loc[2006].tolist() == [0, 0]


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, st.floats(min_value=0.01, max_value=100))
def test_price_gain_does_not_care_for_units_and_never_exceeds_the_value(
    value: float, old: float, new: float, paid: float, unit: float
) -> None:
    values = pd.DataFrame({"x": [value, value]}, index=YEARS)
    prices = pd.DataFrame({"x": [old, new]}, index=YEARS)
    bought = pd.Series([1.0, paid], index=YEARS)
    gain = indicators.price_gain(values, prices, bought, base=2005)
    scaled = indicators.price_gain(values, prices * unit, bought / unit, base=2005)
    pd.testing.assert_frame_equal(gain, scaled)
    assert gain.loc[2006, "x"] < value
    assert (gain.loc[2006, "x"] > 1e-9 * value) <= (new / old > paid)


def test_a_missing_price_leaves_a_gap() -> None:
    values = pd.concat([VALUES, pd.DataFrame({"copper": 1.0, "fish": 1.0}, index=[2007])])
    gain = indicators.price_gain(values, PRICES, BOUGHT, base=2005)
    assert gain.loc[2007].isna().all()


@pytest.mark.parametrize(
    ("prices", "base", "why"),
    [
        (PRICES[["copper"]], 2005, "same goods"),
        (PRICES, 1999, "no prices in 1999"),
        (PRICES * 0, 2005, "must be positive"),
        (PRICES.where(PRICES != 8), 2005, "not every price"),
    ],
)
def test_price_gain_refuses(prices: pd.DataFrame, base: int, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        indicators.price_gain(VALUES, prices, BOUGHT, base=base)


def test_kept_pace_worked_by_hand() -> None:
    cloth = pd.Series({2005: 40.0, 2006: 44.0})
    other = pd.Series({2005: 10.0, 2006: 15.0})
    assert indicators.kept_pace(cloth, other, base=2005).to_dict() == {2005: 40, 2006: 60}


@given(st.lists(AMOUNT, min_size=2, max_size=5), AMOUNT)
def test_a_series_keeps_pace_with_its_own_multiples(values: list[float], unit: float) -> None:
    series = pd.Series(values, index=range(2005, 2005 + len(values)))
    pd.testing.assert_series_equal(indicators.kept_pace(series, unit * series, base=2005), series)


@pytest.mark.parametrize(
    ("yardstick", "why"),
    [({2006: 1.0}, "no value in 2005"), ({2005: None}, "no value"), ({2005: 0.0}, "positive")],
)
def test_kept_pace_refuses(yardstick: dict[int, float | None], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        indicators.kept_pace(pd.Series({2005: 1.0}), pd.Series(yardstick), base=2005)


MFN = pd.Series({2005: 9.0, 2006: 6.0, 2007: 2.0})
APPLIED = pd.Series({2005: 8.0, 2006: 5.5, 2007: None})
IMPORTS = pd.Series({2005: 1000.0, 2006: 2000.0, 2007: 3000.0})


def test_duty_saved_worked_by_hand() -> None:
    saved = indicators.duty_saved(IMPORTS, MFN, APPLIED, base=2005)
    assert saved.loc[2005].tolist() == [0, 0]
    # Three points off for everyone; the margin shrank from 1 to 0.5.
    assert saved.loc[2006].tolist() == [60, -10]
    assert saved.loc[2007].isna().all()


@given(*[st.floats(min_value=0, max_value=30)] * 4)
def test_the_parts_make_the_fall_of_the_applied_rate(
    a: float, b: float, c: float, d: float
) -> None:
    mfn = pd.Series({2005: max(a, b), 2006: max(c, d)})
    applied = pd.Series({2005: min(a, b), 2006: min(c, d)})
    saved = indicators.duty_saved(IMPORTS, mfn, applied, base=2005)
    whole = 2000 * (applied[2005] - applied[2006]) / 100
    assert saved.loc[2006].sum() == pytest.approx(whole, abs=1e-6)


@pytest.mark.parametrize(
    ("applied", "why"),
    [(APPLIED.drop(2005), "not every rate"), (APPLIED + 5, "above the MFN")],
)
def test_duty_saved_refuses(applied: pd.Series, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        indicators.duty_saved(IMPORTS, MFN, applied, base=2005)
