import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from peru_asia import data
from peru_asia.book import number
from peru_asia.book.cells import facts
from peru_asia.book.cells.facts import MINUS, NBSP, formatted
from peru_asia.errors import BookError

FORMS = ["percent", "points", "usd_m", "times", "plain", "index", "count", "year"]


@pytest.mark.parametrize(
    ("value", "form", "digits", "text"),
    [
        (20.58, "percent", None, "20.6%"),
        (20.58, "percent", 0, "21%"),
        (0.52, "points", None, f"0.5{NBSP}percentage points"),
        (19.98, "times", None, f"20.0{NBSP}times"),
        (1234.56, "plain", None, "1,234.6"),
        (0.3836, "index", None, "0.38"),
        (1234567.2, "count", None, "1,234,567"),
        (1, "ordinal", None, "1st"),
        (12, "ordinal", None, "12th"),
        (23, "ordinal", None, "23rd"),
        (111, "ordinal", None, "111th"),
        (2011, "year", None, "2011"),
        (2011.0, "year", None, "2011"),
        (349.02, "usd_m", None, f"US${NBSP}349.0{NBSP}million"),
        (999.9, "usd_m", None, f"US${NBSP}999.9{NBSP}million"),
        (1000, "usd_m", None, f"US${NBSP}1.0{NBSP}billion"),
        (6972.6, "usd_m", None, f"US${NBSP}7.0{NBSP}billion"),
        (6972.6, "usd_m", 2, f"US${NBSP}6.97{NBSP}billion"),
        (1234567.0, "usd_m", None, f"US${NBSP}1,234.6{NBSP}billion"),
    ],
)
def test_each_form_prints_as_a_reader_expects(
    value: float, form: str, digits: int | None, text: str
) -> None:
    assert formatted(value, form, digits) == text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (-3.24, "percent", f"{MINUS}3.2%"),
        (-3.24, "plain", f"{MINUS}3.2"),
        (-1234, "count", f"{MINUS}1,234"),
        (-45.0, "usd_m", f"{MINUS}US${NBSP}45.0{NBSP}million"),
        (-1500.0, "usd_m", f"{MINUS}US${NBSP}1.5{NBSP}billion"),
    ],
)
def test_a_negative_number_has_a_real_minus_sign_in_front(
    value: float, form: str, text: str
) -> None:
    assert formatted(value, form) == text


def test_one_setting_changes_what_stands_between_thousands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(facts, "THOUSANDS", "\u2009")
    assert formatted(-1234567, "count") == f"{MINUS}1\u2009234\u2009567"


@pytest.mark.parametrize("form", [form for form in FORMS if form != "year"])
def test_what_rounds_to_zero_has_no_sign(form: str) -> None:
    assert formatted(-0.0004, form) == formatted(0, form)


def test_what_rounds_to_a_thousand_million_is_a_billion() -> None:
    assert formatted(999.96, "usd_m") == f"US${NBSP}1.0{NBSP}billion"


@pytest.mark.parametrize("value", [np.float64(7.25), np.int64(7), pd.Series([7], dtype="Int64")[0]])
def test_values_come_as_pandas_gives_them(value: object) -> None:
    assert formatted(value, "count") == "7"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, pd.NA, None])
@pytest.mark.parametrize("form", ["percent", "year"])
def test_a_gap_in_the_data_is_never_printed(value: object, form: str) -> None:
    with pytest.raises(BookError, match="cannot be printed"):
        formatted(value, form)


def test_an_unknown_form_is_named_and_the_nearest_suggested() -> None:
    with pytest.raises(BookError, match=r"'procent'.*did you mean 'percent'"):
        formatted(1, "procent")


@given(st.floats(min_value=-1e12, max_value=1e12), st.sampled_from(FORMS))
def test_a_number_never_breaks_at_the_end_of_a_line(value: float, form: str) -> None:
    text = formatted(abs(value) if form == "year" else value, form)
    assert "-" not in text
    assert " " not in text.replace("percentage points", "")


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(0, 4))
def test_what_is_printed_is_the_value_rounded(value: float, digits: int) -> None:
    text = formatted(value, "plain", digits).replace(",", "").replace(MINUS, "-")
    assert float(text) == pytest.approx(value, abs=0.5000001 * 10**-digits)
    assert len(text.partition(".")[2]) == digits


def test_number_hands_the_text_to_the_prose_and_shows_nothing(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
    InteractiveShell.instance()
    try:
        with capture_output() as captured:
            number("share_china", 100 / 3, "percent", tables=["trade_by_partner"])
    finally:
        InteractiveShell.clear_instance()
    [output] = captured.outputs
    # The form in which MyST-NB looks for what {glue:text} prints; nothing that a page would show.
    glued = {
        name.removeprefix("application/papermill.record/"): v for name, v in output.data.items()
    }
    assert glued.pop("text/plain") == "'33.3%'"
    assert glued == {
        "application/vnd.peru-asia.number+json": {
            "tables": {"trade_by_partner": data.describe("trade_by_partner").vintage},
            "formula": "100 / 3",
        }
    }
    assert output.metadata["scrapbook"]["name"] == "share_china"
    assert captured.stdout == ""
