import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import data
from peru_asia.errors import BookError
from peru_asia.indicators import first_year, value_at

TABLE = pd.DataFrame(
    {
        "year": [2000, 2000, 2001, 2001],
        "partner": ["CHN", "JPN", "CHN", "JPN"],
        "value": [1.5, 2.5, np.nan, 4.5],
    }
)


def series(*values: float, start: int = 2000) -> pd.Series:
    return pd.Series(values, index=range(start, start + len(values)), dtype=float)


def test_value_at_finds_the_one_row() -> None:
    assert value_at(TABLE, "value", year=2001, partner="JPN") == 4.5


def test_value_at_reads_the_published_table() -> None:
    table = data.load("trade_by_partner")
    # SUNAT, Cuadro G 6: US$ 6,972.6 m to China in 2011.
    value = value_at(table, "value_usd_m", year=2011, partner="CHN", flow="export")
    assert value == pytest.approx(6972.6, abs=0.05)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"year": 1999, "partner": "CHN"}, "0 rows have year=1999, partner='CHN'"),
        ({"year": 2000}, "2 rows have year=2000"),
        ({"year": 2001, "partner": "CHN"}, "value is missing where year=2001, partner='CHN'"),
    ],
)
def test_a_number_is_never_guessed(where: dict, message: str) -> None:
    with pytest.raises(BookError, match=message):
        value_at(TABLE, "value", **where)


def test_first_year_that_lasts_and_first_year_at_all() -> None:
    china, usa = series(1, 5, 2, 6, 7), series(3, 3, 3, 3, 3)
    # Ahead in 2001, behind in 2002, ahead again from 2003 on.
    assert first_year(china, usa, lasting=False) == 2001
    assert first_year(china, usa) == 2003
    assert first_year(china, 6.5) == 2004


def test_a_tie_is_not_ahead() -> None:
    assert first_year(series(1, 3, 4), 3) == 2002


def test_years_missing_in_either_series_are_skipped() -> None:
    above = series(9, np.nan, 1, 9)
    below = series(5, 5, 5, 5, start=2001)
    # 2000 has no other side, 2001 no value, 2002 is behind.
    assert first_year(above, below) == 2003


def test_order_of_the_years_does_not_matter() -> None:
    assert first_year(series(1, 5, 2, 6)[::-1], 3) == 2003


@pytest.mark.parametrize(
    ("values", "lasting", "message"),
    [([1, 2], False, "never exceeds the other$"), ([9, 1], True, "never .* for good")],
)
def test_what_never_happens_has_no_year(values: list, lasting: bool, message: str) -> None:
    with pytest.raises(BookError, match=message):
        first_year(series(*values), 5, lasting=lasting)


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=20))
def test_from_the_lasting_year_on_the_lead_is_never_lost(values: list[int]) -> None:
    lead = series(*values)
    if values[-1] > 0:
        year = first_year(lead)
        assert (lead.loc[year:] > 0).all()
        assert year == 2000 or lead[year - 1] <= 0
    else:
        with pytest.raises(BookError):
            first_year(lead)
