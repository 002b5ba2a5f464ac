import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from peru_asia import data
from peru_asia.errors import BookError
from peru_asia.indicators import at_prices_of, line_prices, prices

# Two goods: copper doubles in price while less is sold, fish keeps its price and sells twice.
BEFORE = pd.Series({"copper": 2.0, "fish": 1.0})
AFTER = pd.Series({"copper": 4.0, "fish": 1.0})
Q_BEFORE = pd.Series({"copper": 3.0, "fish": 4.0})
Q_AFTER = pd.Series({"copper": 1.0, "fish": 8.0})
BOTH = (BEFORE, AFTER, Q_BEFORE, Q_AFTER)

AMOUNT = st.floats(min_value=0.01, max_value=1e4)


@st.composite
def baskets(draw: st.DrawFn) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    goods = [f"good {n}" for n in range(draw(st.integers(1, 5)))]
    return tuple(
        pd.Series(draw(st.lists(AMOUNT, min_size=len(goods), max_size=len(goods))), index=goods)
        for _ in range(4)
    )


def test_indices_worked_by_hand() -> None:
    # (4*3 + 1*4) / (2*3 + 1*4) = 16 / 10; (4*1 + 1*8) / (2*1 + 1*8) = 12 / 10.
    assert prices.laspeyres(*BOTH) == pytest.approx(1.6)
    assert prices.paasche(*BOTH) == pytest.approx(1.2)
    assert prices.fisher(*BOTH) == pytest.approx((1.6 * 1.2) ** 0.5)
    assert prices.lowe(BEFORE, AFTER, pd.Series({"copper": 1.0, "fish": 0.0})) == 2


def test_goods_may_stand_in_any_order() -> None:
    turned = [one.iloc[::-1] for one in BOTH[1:]]
    assert prices.fisher(BEFORE, *turned) == pytest.approx(prices.fisher(*BOTH))


def test_quantities_worked_by_hand() -> None:
    sold = prices.quantities(pd.Series({"copper": 6.0, "fish": 4.0}), BEFORE)
    assert sold.to_dict() == Q_BEFORE.to_dict()


@pytest.mark.parametrize(
    ("values", "at", "why"),
    [
        (pd.Series({"copper": 6.0}), BEFORE, "same goods"),
        (pd.Series({"copper": 6.0, "fish": None}), BEFORE, "must be there"),
        (pd.Series({"copper": 6.0, "fish": -1.0}), BEFORE, "must not be negative"),
        (pd.Series({"copper": 6.0, "fish": 4.0}), BEFORE * [1, 0], "price of zero"),
    ],
)
def test_what_cannot_be_priced_is_refused(values: pd.Series, at: pd.Series, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        prices.quantities(values, at)


def test_an_empty_basket_has_no_index() -> None:
    with pytest.raises(ValueError, match="cost nothing"):
        prices.lowe(BEFORE, AFTER, 0 * Q_BEFORE)


def table() -> pd.DataFrame:
    rows = [(2005, BEFORE, Q_BEFORE), (2006, AFTER, Q_AFTER)]
    return pd.DataFrame(
        [
            (year, good, price[good] * sold[good], price[good])
            for year, price, sold in rows
            for good in price.index
        ],
        columns=["year", "item", "value_usd_m", "price"],
    )


def test_a_basket_index_is_one_at_its_base_and_turns_with_it() -> None:
    early = prices.basket_index(table(), base=2005, formula="laspeyres")
    late = prices.basket_index(table(), base=2006, formula="laspeyres")
    assert early.to_dict() == pytest.approx({2005: 1.0, 2006: 1.6})
    # Seen from 2006 the basket is that of 2006: the inverse of Paasche's 1.2.
    assert late.to_dict() == pytest.approx({2005: 1 / 1.2, 2006: 1.0})


def test_basket_index_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="no formula 'torn'"):
        prices.basket_index(table(), base=2005, formula="torn")
    with pytest.raises(ValueError, match="no year 1999"):
        prices.basket_index(table(), base=1999)


def test_a_fixed_basket_leaves_out_years_without_a_price() -> None:
    costs = pd.DataFrame({"copper": [2.0, 4.0, 5.0], "fish": [1.0, 1.0, None]}, index=[1, 2, 3])
    assert prices.fixed_basket_index(costs, Q_BEFORE, base=2).to_dict() == pytest.approx(
        {1: 10 / 16, 2: 1.0}
    )
    with pytest.raises(ValueError, match="no year 3"):
        prices.fixed_basket_index(costs, Q_BEFORE, base=3)


def test_products_take_the_price_that_stands_for_them() -> None:
    sectors = pd.DataFrame(
        {
            "year": [2005, 2005, 2006],
            "item": ["copper", "iron", "copper"],
            "value_usd_m": [8.0, 9.0, 10.0],
        }
    )
    costs = pd.DataFrame({name: [2.0] for name in ("copper", "iron_ore")}, index=[2005])
    # Iron has no comparable price, and copper none in 2006.
    assert prices.with_prices(sectors, costs.reindex(columns=costs.columns)).to_dict("records") == [
        {"year": 2005, "item": "copper", "value_usd_m": 8.0, "price": 2.0}
    ]
    both = prices.with_prices(sectors, costs, {"copper": "copper", "iron": "iron_ore"})
    assert both["item"].tolist() == ["copper", "iron"]


def test_iron_has_one_unit_and_nothing_else_moves() -> None:
    costs = pd.DataFrame({"iron_ore": [65.0, 69.3], "tin": [7.0, 8.0]}, index=[2005, 2006])
    out = prices.iron_a_tonne(costs)
    # 65 cents for each of 62 per cent of iron are 40.30 dollars a tonne.
    assert out["iron_ore"].tolist() == pytest.approx([40.3, 69.3])
    assert out["tin"].tolist() == [7.0, 8.0]
    assert costs["iron_ore"][2005] == 65


@given(baskets())
def test_every_index_lies_between_the_price_changes_and_fisher_between_the_others(
    both: tuple[pd.Series, ...],
) -> None:
    low, high = prices.price_bounds(*both[:2])
    first, second, middle = (
        formula(*both) for formula in (prices.laspeyres, prices.paasche, prices.fisher)
    )
    for index in (first, second, middle):
        assert low * (1 - 1e-9) <= index <= high * (1 + 1e-9)
    assert min(first, second) * (1 - 1e-9) <= middle <= max(first, second) * (1 + 1e-9)


@given(baskets(), st.sampled_from(sorted(prices.FORMULAS)))
def test_an_index_is_one_where_prices_stand_still(
    both: tuple[pd.Series, ...], formula: str
) -> None:
    before, _, *sold = both
    assert prices.FORMULAS[formula](before, before, *sold) == pytest.approx(1)


@given(baskets(), AMOUNT, AMOUNT, st.sampled_from(sorted(prices.FORMULAS)))
def test_units_do_not_matter(
    both: tuple[pd.Series, ...], price_unit: float, quantity_unit: float, formula: str
) -> None:
    """Dollars or cents for all goods, and tonnes or ounces for any one of them."""
    index = prices.FORMULAS[formula]
    in_cents = [price_unit * one for one in both[:2]] + [quantity_unit * one for one in both[2:]]
    assert index(*in_cents) == pytest.approx(index(*both))
    one = pd.Series(1.0, index=both[0].index)
    one.iloc[0] = price_unit
    in_ounces = [both[0] * one, both[1] * one, both[2] / one, both[3] / one]
    assert index(*in_ounces) == pytest.approx(index(*both))


@given(baskets())
def test_fisher_reversed_in_time_is_its_inverse_and_laspeyres_is_not(
    both: tuple[pd.Series, ...],
) -> None:
    back = (both[1], both[0], both[3], both[2])
    assert prices.fisher(*back) == pytest.approx(1 / prices.fisher(*both))
    assert prices.laspeyres(*back) == pytest.approx(1 / prices.paasche(*both))


@given(baskets())
def test_bounds_are_reached_by_baskets_of_one_good(both: tuple[pd.Series, ...]) -> None:
    before, after, *_ = both
    assume(len(before) > 1)
    alone = [
        prices.lowe(before, after, (before.index == good) * pd.Series(1.0, index=before.index))
        for good in before.index
    ]
    assert prices.price_bounds(before, after) == pytest.approx((min(alone), max(alone)))


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
