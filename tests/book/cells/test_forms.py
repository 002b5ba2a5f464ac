import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import book
from peru_asia.book.cells import forms
from peru_asia.book.cells.forms import MINUS, NBSP, Printed
from peru_asia.errors import BookError

FORMS = ["pct", "points", "usd", "times", "num", "index", "count", "year"]


def printed(value: float, form: str, digits: int | None = None) -> str:
    return str(getattr(book, form)(value, *([] if digits is None else [digits])))


@pytest.mark.parametrize(
    ("value", "form", "digits", "text"),
    [
        (20.58, "pct", None, "20.6%"),
        (20.58, "pct", 0, "21%"),
        (0.52, "points", None, f"0.5{NBSP}percentage points"),
        (19.98, "times", None, f"20.0{NBSP}times"),
        (1234.56, "num", None, "1,234.6"),
        (0.3836, "index", None, "0.38"),
        (1234567.2, "count", None, "1,234,567"),
        (1, "ordinal", None, "1st"),
        (12, "ordinal", None, "12th"),
        (23, "ordinal", None, "23rd"),
        (111, "ordinal", None, "111th"),
        (2011, "year", None, "2011"),
        (2011.0, "year", None, "2011"),
        ("2026-05-07", "day", None, "7 May 2026"),
        (349.02, "usd", None, f"US${NBSP}349.0{NBSP}million"),
        (999.9, "usd", None, f"US${NBSP}999.9{NBSP}million"),
        (1000, "usd", None, f"US${NBSP}1.0{NBSP}billion"),
        (6972.6, "usd", None, f"US${NBSP}7.0{NBSP}billion"),
        (6972.6, "usd", 2, f"US${NBSP}6.97{NBSP}billion"),
        (1234567.0, "usd", None, f"US${NBSP}1,234.6{NBSP}billion"),
    ],
)
def test_each_form_prints_as_a_reader_expects(
    value: float, form: str, digits: int | None, text: str
) -> None:
    assert printed(value, form, digits) == text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (-3.24, "pct", f"{MINUS}3.2%"),
        (-3.24, "num", f"{MINUS}3.2"),
        (-1234, "count", f"{MINUS}1,234"),
        (-45.0, "usd", f"{MINUS}US${NBSP}45.0{NBSP}million"),
        (-1500.0, "usd", f"{MINUS}US${NBSP}1.5{NBSP}billion"),
    ],
)
def test_a_negative_number_has_a_real_minus_sign_in_front(
    value: float, form: str, text: str
) -> None:
    assert printed(value, form) == text


def test_one_setting_changes_what_stands_between_thousands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forms, "THOUSANDS", "\u2009")
    assert printed(-1234567, "count") == f"{MINUS}1\u2009234\u2009567"


@pytest.mark.parametrize("form", [form for form in FORMS if form != "year"])
def test_what_rounds_to_zero_has_no_sign(form: str) -> None:
    assert printed(-0.0004, form) == printed(0, form)


def test_what_rounds_to_a_thousand_million_is_a_billion() -> None:
    assert printed(999.96, "usd") == f"US${NBSP}1.0{NBSP}billion"


@pytest.mark.parametrize("value", [np.float64(7.25), np.int64(7), pd.Series([7], dtype="Int64")[0]])
def test_values_come_as_pandas_gives_them(value: object) -> None:
    assert printed(value, "count") == "7"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, pd.NA, None])
@pytest.mark.parametrize("form", ["pct", "year"])
def test_a_gap_in_the_data_is_never_printed(value: object, form: str) -> None:
    with pytest.raises(BookError, match="cannot be printed"):
        printed(value, form)


def test_an_unknown_form_is_named_and_the_nearest_suggested() -> None:
    with pytest.raises(BookError, match=r"'pgt'.*did you mean 'pct'"):
        Printed(1, "pgt", 0)


@given(st.floats(min_value=-1e12, max_value=1e12), st.sampled_from(FORMS))
def test_a_number_never_breaks_at_the_end_of_a_line(value: float, form: str) -> None:
    text = printed(abs(value) if form == "year" else value, form)
    assert "-" not in text
    assert " " not in text.replace("percentage points", "")


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(0, 4))
def test_what_is_printed_is_the_value_rounded(value: float, digits: int) -> None:
    text = printed(value, "num", digits).replace(",", "").replace(MINUS, "-")
    assert float(text) == pytest.approx(value, abs=0.5000001 * 10**-digits)
    assert len(text.partition(".")[2]) == digits
