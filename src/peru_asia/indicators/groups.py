"""Broad groups of goods that two lists of products have in common."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from peru_asia.indicators.shares import VALUE, select

Groups = Mapping[str, Sequence[str]]

# The same broad groups in the Harmonized System's groups (table exports_by_product_group) and in
# the customs agency's lines (table exports_by_sector). Fishmeal is food in both, steel and
# jewellery go with the metals; the lists still draw some edges differently.
HS_GROUPS: Final[Groups] = {
    "Minerals and metals": ["minerals", "metals", "stone_glass"],
    "Oil and gas": ["fuels"],
    "Farm, fish and food": ["animal", "vegetable", "food_products"],
    "Textiles and leather": ["textiles_clothing", "hides_skins", "footwear"],
    "Chemicals and plastics": ["chemicals", "plastic_rubber"],
    "Machines, wood, other": [
        "machinery_electrical", "transport_equipment", "wood", "miscellaneous",
    ],
}  # fmt: skip
CUSTOMS_GROUPS: Final[Groups] = {
    "Minerals and metals": [
        "mining", "steel_metals", "nonmetallic_minerals", "jewellery_various",
    ],
    "Oil and gas": ["oil_gas"],
    "Farm, fish and food": [
        "agriculture_traditional", "agriculture_nontraditional", "fishing_traditional",
        "fishing_nontraditional",
    ],
    "Textiles and leather": ["textiles", "hides_leather"],
    "Chemicals and plastics": ["chemicals"],
    "Machines, wood, other": ["metalworking", "wood_paper", "crafts", "other"],
}  # fmt: skip

# Lines of the customs agency's non-traditional products that are manufactures, and those of them
# that are neither chemicals nor made of minerals in bulk.
MANUFACTURES: Final[Sequence[str]] = (
    "textiles", "chemicals", "steel_metals", "metalworking", "nonmetallic_minerals",
    "jewellery_various", "wood_paper", "hides_leather", "crafts",
)  # fmt: skip
LIGHT_MANUFACTURES: Final[Sequence[str]] = (
    "textiles", "metalworking", "wood_paper", "hides_leather", "crafts",
)  # fmt: skip
NON_TRADITIONAL: Final[Sequence[str]] = (
    *MANUFACTURES, "agriculture_nontraditional", "fishing_nontraditional",
)  # fmt: skip


def regroup(
    table: pd.DataFrame,
    groups: Groups,
    *,
    item: str = "item",
    by: str = "year",
    value: str = VALUE,
) -> pd.DataFrame:
    """Add up the items of each group.

    Parameters
    ----------
    table
        Tidy table with one row for each `item` and `by`; items in no group, such as totals, are
        left out.
    groups
        Items by group, in the order wanted.
    item, by, value
        Columns.

    Returns
    -------
    pandas.DataFrame
        Columns `by`, ``group``, `value` (in its unit) and ``share_pct``: per cent of the sum of
        the groups, which the source's printed total may exceed.

    Raises
    ------
    BookError
        If an item of `groups` is in no row.
    ValueError
        If an item is in two groups.
    """
    group_of = {one: group for group, items in groups.items() for one in items}
    if len(group_of) != sum(len(items) for items in groups.values()):
        raise ValueError("an item is in two groups and would be counted twice")
    rows = select(table, sorted(group_of), item)
    rows = rows.assign(group=rows[item].map(group_of))
    sums = rows.groupby([by, "group"], observed=True)[value].sum().unstack("group")[list(groups)]
    long = sums.stack().rename(value).reset_index()
    whole = long.groupby(by)[value].transform("sum")
    return long.assign(share_pct=100 * long[value] / whole.where(whole > 0))
