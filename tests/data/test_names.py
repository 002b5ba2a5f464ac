"""Codes and what they are called."""

import pytest

from peru_asia import data
from peru_asia.errors import BookError


def test_short_names_come_in_the_order_in_which_they_are_asked_for() -> None:
    assert list(data.short_names("partners", ["USA", "CHN"]).items()) == [
        ("USA", "United States"),
        ("CHN", "China"),
    ]
    assert data.short_names("mines", ["las_bambas"]) == {"las_bambas": "Las Bambas"}
    assert data.partner_name("KOR") == data.short_names("partners")["KOR"]


def test_the_names_are_the_callers_own_to_change() -> None:
    data.short_names("goods")["copper"] = "Cu"
    assert data.short_names("goods", ["copper"]) == {"copper": "Copper"}


def test_every_mine_with_owners_or_output_and_every_price_has_a_short_name() -> None:
    mines, goods = data.short_names("mines"), data.short_names("goods")
    assert set(data.load("mine_owners")["mine"]) | set(data.load("mine_output")["mine"]) <= set(
        mines
    )
    assert set(data.load("commodity_prices")["commodity"]) <= set(goods)
    named = data.load("copper_production").dropna(subset="mine")
    assert set(named["company"]) <= set(data.short_names("companies"))


@pytest.mark.parametrize(
    ("kind", "keys", "told"),
    [
        ("partner", None, "no short names of 'partner'; did you mean 'partners'"),
        ("mines", ["las_banbas"], "'las_banbas' among the mines .* did you mean 'las_bambas'"),
        ("partners", ["CHX"], "'CHX' among the partners .* did you mean 'CH"),
    ],
)
def test_an_unknown_kind_or_key_is_told_with_the_nearest(kind, keys, told) -> None:
    with pytest.raises(BookError, match=told):
        data.short_names(kind, keys)
