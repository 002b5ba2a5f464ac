import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import data
from peru_asia.errors import BookError
from peru_asia.indicators import at_prices_of, line_prices

POSITIVE = st.floats(min_value=0.01, max_value=1e4)


def frame(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=[2005, 2011])


def test_values_worked_by_hand() -> None:
    values = frame(copper=[100, 300], cloth=[50, 66])
    prices = frame(copper=[4, 10], cloth=[1.0, 1.1])
    out = at_prices_of(2005, values, prices)
    # Copper 300 * 4/10 = 120; cloth 66 * 1/1.1 = 60. At old prices cloth is 60 of 180, a third.
    assert out.loc[2011].tolist() == pytest.approx([120, 60])
    later = at_prices_of(2011, values, prices)
    # Copper 100 * 10/4 = 250; cloth 50 * 1.1 = 55.
    assert later.loc[2005].tolist() == pytest.approx([250, 55])


def test_the_base_year_does_not_change() -> None:
    values = frame(copper=[100, 300])
    out = at_prices_of(2011, values, frame(copper=[4, 10]))
    assert out["copper"][2011] == 300


def test_wrong_prices_are_refused() -> None:
    values = frame(copper=[100, 300])
    with pytest.raises(BookError, match="'copper'"):
        at_prices_of(2005, values, frame(gold=[1, 2]))
    with pytest.raises(BookError, match="2010"):
        at_prices_of(2010, values, frame(copper=[1, 2]))
    with pytest.raises(ValueError, match="positive"):
        at_prices_of(2005, values, frame(copper=[1, 0]))


@given(st.lists(POSITIVE, min_size=2, max_size=2), st.lists(POSITIVE, min_size=2, max_size=2))
def test_growth_of_one_item_is_its_quantity_whatever_the_base(
    amounts: list[float], paid: list[float]
) -> None:
    values, prices = frame(ore=amounts), frame(ore=paid)
    quantity = (amounts[1] / paid[1]) / (amounts[0] / paid[0])
    for base in (2005, 2011):
        out = at_prices_of(base, values, prices)["ore"]
        assert out[2011] / out[2005] == pytest.approx(quantity)


@given(st.lists(POSITIVE, min_size=2, max_size=2), POSITIVE)
def test_the_unit_of_a_price_does_not_matter(paid: list[float], factor: float) -> None:
    values = frame(ore=[3.0, 7.0])
    other = frame(ore=[factor * price for price in paid])
    pd.testing.assert_frame_equal(
        at_prices_of(2005, values, frame(ore=paid)), at_prices_of(2005, values, other)
    )


def test_lines_have_their_own_price_or_the_deflator() -> None:
    prices = data.load("commodity_prices")
    out = line_prices(prices, ["copper", "natural_gas", "textiles"])
    printed = prices[prices["price_basis"] == "nominal"].set_index(["commodity", "year"])["price"]
    assert out["copper"][2011] == printed["copper", 2011]
    assert out["natural_gas"][2011] == printed["crude_oil", 2011]
    # Iron is in dollars a tonne in every year, so that it rose by 4.2 times and not by 2.6.
    iron = line_prices(prices, ["iron"])["iron"]
    assert iron[2011] / iron[2005] == pytest.approx(167.75 / 40.3, abs=0.001)
    # The World Bank's dollars of 2010 are those of 2010.
    assert out["textiles"][2010] == pytest.approx(1)


def test_the_deflator_is_the_same_whichever_good_it_is_taken_from() -> None:
    prices = data.load("commodity_prices").query("year >= 2005")
    wide = prices.pivot(index=["commodity", "year"], columns="price_basis", values="price")
    ratio = (wide["nominal"] / wide["real_2010usd"]).groupby("year")
    assert ((ratio.max() - ratio.min()) / ratio.mean()).max() < 1e-3
