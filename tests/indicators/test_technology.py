import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import data
from peru_asia.errors import BookError
from peru_asia.indicators import CUSTOMS_TIERS, PAPER_LEVELS, tier_bounds

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
