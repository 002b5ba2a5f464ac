import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import data
from peru_asia.indicators import cagr, growth_factor, value_at

POSITIVE = st.floats(min_value=1e-3, max_value=1e6)


def exports_to_china(year: int) -> float:
    table = data.load("trade_by_partner")
    return value_at(table, "value_usd_m", partner="CHN", flow="export", year=year)


def test_growth_factor_of_a_trebling_is_three() -> None:
    assert growth_factor(50, 150) == 3


def test_growth_to_nothing_is_a_factor_of_zero() -> None:
    assert growth_factor(50, 0) == 0


@pytest.mark.parametrize("start", [0, -1])
def test_growth_from_nothing_or_less_has_no_meaning(start: float) -> None:
    with pytest.raises(ValueError, match=f"growth from {start} has no meaning"):
        growth_factor(start, 10)
    with pytest.raises(ValueError, match="no meaning"):
        cagr(start, 10, 5)


def test_cagr_worked_by_hand() -> None:
    # 100 -> 110 -> 121: ten per cent in each of two years.
    assert cagr(100, 121, 2) == pytest.approx(10)
    # Halved in one year.
    assert cagr(100, 50, 1) == pytest.approx(-50)
    # 16 = 2 ** 4: doubled every year for four years.
    assert cagr(1, 16, 4) == pytest.approx(100)
    assert cagr(5, 5, 9) == 0
    assert cagr(5, 0, 3) == -100


@pytest.mark.parametrize(("end", "years"), [(10, 0), (10, -3), (-1, 3)])
def test_cagr_refuses_what_has_no_rate(end: float, years: float) -> None:
    with pytest.raises(ValueError, match=f"from 5 to {end} in {years} years"):
        cagr(5, end, years)


def test_exports_to_china_1995_to_2011_grew_as_the_study_of_2013_prints() -> None:
    first, last = exports_to_china(1995), exports_to_china(2011)
    # 6,972.6 / 349.0 = 19.98; 19.98 ** (1/16) = 1.2058.
    assert round(growth_factor(first, last), 1) == 20.0
    assert round(cagr(first, last, 2011 - 1995), 1) == 20.6


@given(POSITIVE, st.floats(min_value=-50, max_value=100), st.integers(1, 40))
def test_cagr_finds_the_rate_that_was_compounded(start: float, rate: float, years: int) -> None:
    end = start * (1 + rate / 100) ** years
    assert cagr(start, end, years) == pytest.approx(rate, abs=1e-6)


@given(POSITIVE, POSITIVE, st.integers(1, 60), st.sampled_from([0.001, 1000.0]))
def test_growth_does_not_depend_on_the_unit(
    start: float, end: float, years: int, factor: float
) -> None:
    assert cagr(start * factor, end * factor, years) == pytest.approx(
        cagr(start, end, years), abs=1e-9
    )


@given(POSITIVE, POSITIVE, POSITIVE)
def test_factors_of_two_spans_multiply(first: float, middle: float, last: float) -> None:
    whole = growth_factor(first, middle) * growth_factor(middle, last)
    assert whole == pytest.approx(growth_factor(first, last))
