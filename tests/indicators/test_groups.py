import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import data
from peru_asia.errors import BookError
from peru_asia.indicators import (
    CUSTOMS_GROUPS,
    HS_GROUPS,
    LIGHT_MANUFACTURES,
    MANUFACTURES,
    NON_TRADITIONAL,
    regroup,
)


def table(**items: float) -> pd.DataFrame:
    return pd.DataFrame({"year": 2011, "item": list(items), "value_usd_m": list(items.values())})


def test_groups_worked_by_hand() -> None:
    out = regroup(
        table(ore=30, metal=20, fish=50, total=100), {"M": ["ore", "metal"], "F": ["fish"]}
    )
    out = out.set_index("group")
    # 30 + 20 = 50 and 50, so half each; the total is in no group and left out.
    assert out["value_usd_m"].to_dict() == {"M": 50, "F": 50}
    assert out["share_pct"].tolist() == pytest.approx([50, 50])


def test_wrong_groups_are_refused() -> None:
    with pytest.raises(BookError, match="'tin'"):
        regroup(table(ore=1), {"M": ["ore", "tin"]})
    with pytest.raises(ValueError, match="twice"):
        regroup(table(ore=1), {"M": ["ore"], "N": ["ore"]})


@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=8))
def test_shares_add_up_to_the_whole(values: list[float]) -> None:
    items = {f"i{n}": value for n, value in enumerate(values)}
    out = regroup(table(**items), {"A": ["i0"], "B": list(items)[1:]})
    assert out["share_pct"].sum() == pytest.approx(100)
    assert out["value_usd_m"].sum() == pytest.approx(sum(values))


def test_both_lists_are_led_to_the_same_groups_and_left_nothing_out() -> None:
    assert list(HS_GROUPS) == list(CUSTOMS_GROUPS)
    hs = data.load("exports_by_product_group").query("classification == 'hs_group'")
    assert sorted(set(hs["item"])) == sorted(item for items in HS_GROUPS.values() for item in items)
    sectors = data.load("exports_by_sector")
    groups = regroup(sectors, CUSTOMS_GROUPS).groupby("year")["value_usd_m"].sum()
    total = sectors[sectors["item"] == "total"].set_index("year")["value_usd_m"]
    # What the main groups lack of the printed total in three years; the table's gaps say so.
    gaps = (total - groups).round(1)
    assert gaps[gaps != 0].to_dict() == {2015: 310.0, 2016: 317.3, 2017: 3.5}


def test_manufactures_and_the_rest_are_the_non_traditional_products() -> None:
    sectors = data.load("exports_by_sector")
    wide = sectors.pivot(index="year", columns="item", values="value_usd_m")
    assert set(LIGHT_MANUFACTURES) < set(MANUFACTURES) < set(NON_TRADITIONAL)
    apart = wide[list(NON_TRADITIONAL)].sum(axis=1) - wide["nontraditional"]
    assert apart.abs().max() < 0.01
