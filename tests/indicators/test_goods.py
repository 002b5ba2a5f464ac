import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import data
from peru_asia.errors import BookError
from peru_asia.indicators import (
    CUSTOMS_GROUPS,
    CUSTOMS_TIERS,
    HS_GROUPS,
    LIGHT_MANUFACTURES,
    MANUFACTURES,
    NON_TRADITIONAL,
    PAPER_LEVELS,
    regroup,
    tier_bounds,
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


ALL = ("primary", "resource_based", "low", "medium", "high", "unclassified")
SETS = st.frozensets(st.sampled_from(ALL), min_size=1)
LINES = st.lists(st.tuples(st.floats(0.01, 1e6), SETS), min_size=1, max_size=8)


def lines(*values: float, year: int = 2011) -> pd.DataFrame:
    return pd.DataFrame(
        {"year": year, "item": [f"i{n}" for n, _ in enumerate(values)], "value_usd_m": values}
    )


def test_bounds_worked_by_hand() -> None:
    table = lines(50, 30, 20)
    tiers = {"i0": {"primary"}, "i1": {"primary", "resource_based"}, "i2": {"low"}}
    bounds = tier_bounds(table, tiers, {"primary"}).loc[2011]
    # The first line must be primary, the second may be: 50 to 80 of 100.
    assert bounds.tolist() == pytest.approx([50, 80])
    both = tier_bounds(table, tiers, {"primary", "resource_based"}).loc[2011]
    assert both.tolist() == pytest.approx([80, 80])


def test_years_are_apart_and_an_empty_year_has_no_bounds() -> None:
    table = pd.concat([lines(1, 3), lines(0, 0, year=2012)])
    bounds = tier_bounds(table, {"i0": {"low"}, "i1": {"high"}}, {"low"})
    assert bounds.loc[2011].tolist() == pytest.approx([25, 25])
    assert bounds.loc[2012].isna().all()


@pytest.mark.parametrize("tiers", [{"i0": {"low"}}, {"i0": {"low"}, "i1": set()}])
def test_an_item_without_tiers_is_refused(tiers: dict[str, set[str]]) -> None:
    with pytest.raises(BookError, match="'i1' has no tiers"):
        tier_bounds(lines(1, 1), tiers, {"low"})


@given(LINES, SETS)
def test_least_and_most_are_in_order_and_mirror_the_other_tiers(
    parts: list[tuple[float, frozenset[str]]], asked: frozenset[str]
) -> None:
    table = lines(*(value for value, _ in parts))
    tiers = {f"i{n}": some for n, (_, some) in enumerate(parts)}
    least, most = tier_bounds(table, tiers, asked).loc[2011]
    assert -1e-9 <= least <= most + 1e-9 <= 100 + 2e-9
    other = tier_bounds(table, tiers, frozenset(ALL) - asked).loc[2011]
    assert least == pytest.approx(100 - other["most_pct"], abs=1e-6)


def test_every_line_of_the_customs_list_has_tiers_that_the_classification_has() -> None:
    sectors = data.load("exports_by_sector")
    leaves = set(sectors["item"]) - set(sectors["parent"].dropna())
    assert leaves == set(CUSTOMS_TIERS)
    known = set(data.load("lall_classification")["tier"])
    assert set().union(*CUSTOMS_TIERS.values()) == known
    assert set(PAPER_LEVELS.values()) == known - {"unclassified"}


@pytest.mark.parametrize(
    ("line", "group"),
    [("gold", "971"), ("silver", "681"), ("tin", "687"), ("fishmeal", "081"), ("coffee", "071"),
     ("cotton", "263"), ("crude_oil", "333"), ("natural_gas", "343"), ("copper", "283"),
     ("copper", "682"), ("zinc", "287"), ("zinc", "686"), ("lead", "287"), ("lead", "685"),
     ("iron", "281"), ("fish_oil", "411"), ("sugar", "061"), ("oil_products", "334"),
     ("textiles", "651"), ("hides_leather", "611"), ("hides_leather", "211"),
     ("jewellery_various", "897"), ("chemicals", "522"), ("chemicals", "553"),
     ("steel_metals", "672"), ("nonmetallic_minerals", "661"), ("wood_paper", "641")],
)  # fmt: skip
def test_the_map_of_lines_follows_the_list_of_groups(line: str, group: str) -> None:
    lall = data.load("lall_classification").query("sitc_revision == 3")
    tier = lall[lall["sitc_group"] == group]["tier"].item()
    assert tier in CUSTOMS_TIERS[line]
