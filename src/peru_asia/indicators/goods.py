"""Groups of goods: broad groups that two lists have in common, and Lall's classes of technology.

Lall classes the groups of the Standard International Trade Classification (SITC). The customs
agency's lines are coarser: one line may hold goods of several classes. So a line is led to the
*set* of tiers that its goods may have, and a share is given as an interval.

Tables have one row for each ``item`` and ``year``.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from peru_asia.errors import BookError
from peru_asia.indicators.shares import VALUE, select

Groups = Mapping[str, Sequence[str]]
Tiers = frozenset[str]

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

# The labels of Sanborn and Yong (2013), after Lall (2000).
PAPER_LEVELS: Final[Mapping[str, str]] = {
    "PG": "primary",
    "NRBM": "resource_based",
    "LTM": "low",
    "MTM": "medium",
    "HTM": "high",
}

_PRIMARY: Final = frozenset({"primary"})
_RESOURCE: Final = frozenset({"resource_based"})
_EITHER: Final = _PRIMARY | _RESOURCE
_LOW: Final = frozenset({"low"})
_MANUFACTURES: Final = frozenset({"low", "medium", "high"})

# Lines of the customs agency's list of exports (table exports_by_sector), by the Lall tiers of the
# SITC groups that their goods belong to. A metal whose ore and refined metal share a line may be
# either: ore is resource-based (SITC 281, 283, 287), the metal primary (SITC 681 to 687).
# "textiles" is called low, although a little wool (primary) and man-made fabric (medium) is in it.
CUSTOMS_TIERS: Final[Mapping[str, Tiers]] = {
    "gold": frozenset({"unclassified"}),
    "silver": _PRIMARY,
    "tin": _PRIMARY,
    "fishmeal": _PRIMARY,
    "coffee": _PRIMARY,
    "cotton": _PRIMARY,
    "crude_oil": _PRIMARY,
    "natural_gas": _PRIMARY,
    "copper": _EITHER,
    "zinc": _EITHER,
    "lead": _EITHER,
    "mining_other": _EITHER,
    "agriculture_traditional_other": _EITHER,
    "agriculture_nontraditional": _EITHER,
    "fishing_nontraditional": _EITHER,
    "iron": _RESOURCE,
    "fish_oil": _RESOURCE,
    "sugar": _RESOURCE,
    "oil_products": _RESOURCE,
    "textiles": _LOW,
    "crafts": _LOW,
    "metalworking": _MANUFACTURES,
    "jewellery_various": _MANUFACTURES,
    "chemicals": _RESOURCE | _MANUFACTURES,
    "steel_metals": _EITHER | {"low", "medium"},
    "nonmetallic_minerals": _EITHER | {"low"},
    "wood_paper": _EITHER | {"low", "unclassified"},
    "hides_leather": _PRIMARY | _LOW,
    "other": _EITHER | _MANUFACTURES | {"unclassified"},
}


def regroup(table: pd.DataFrame, groups: Groups) -> pd.DataFrame:
    """Add up the items of each group.

    Parameters
    ----------
    table : items in no group, such as totals, are left out
    groups : items by group, in the order wanted

    Returns
    -------
    Columns ``year``, ``group``, ``value_usd_m`` and ``share_pct``: per cent of the sum of the
    groups, which the source's printed total may exceed.

    Raises
    ------
    BookError : if an item of `groups` is in no row
    ValueError : if an item is in two groups

    Examples
    --------
    >>> goods = {"year": 2011, "item": ["copper", "zinc", "coffee"], "value_usd_m": [6.0, 2, 2]}
    >>> ind.regroup(pd.DataFrame(goods), {"metals": ["copper", "zinc"], "food": ["coffee"]})
       year   group  value_usd_m  share_pct
    0  2011  metals          8.0       80.0
    1  2011    food          2.0       20.0
    """
    group_of = {one: group for group, items in groups.items() for one in items}
    if len(group_of) != sum(len(items) for items in groups.values()):
        raise ValueError("an item is in two groups and would be counted twice")
    rows = select(table, sorted(group_of), "item")
    rows = rows.assign(group=rows["item"].map(group_of))
    sums = rows.groupby(["year", "group"], observed=True)[VALUE].sum().unstack("group")
    long = sums[list(groups)].stack().rename(VALUE).reset_index()
    whole = long.groupby("year")[VALUE].transform("sum")
    return long.assign(share_pct=100 * long[VALUE] / whole.where(whole > 0))


def tier_bounds(
    table: pd.DataFrame, tiers: Mapping[str, Iterable[str]], within: Iterable[str]
) -> pd.DataFrame:
    """Return the least and the most that some tiers can have of a total, in per cent.

    The least counts the items all of whose tiers are among `within`, the most those of which any
    is. The truth lies between them whatever the mix inside each item; no guess is made of it.

    Parameters
    ----------
    table : parts of one total and nothing else
    tiers : those that the goods of each item may have
    within : those whose share is asked for

    Returns
    -------
    By year, ``least_pct`` and ``most_pct``; missing where the total is zero.

    Raises
    ------
    BookError : if an item has no tiers: leaving it out would narrow the interval falsely

    Examples
    --------
    >>> goods = pd.DataFrame({"year": 2011, "item": ["iron", "copper"], "value_usd_m": [1.0, 3.0]})
    >>> ind.tier_bounds(goods, ind.CUSTOMS_TIERS, ["resource_based"])
          least_pct  most_pct
    year
    2011       25.0     100.0
    """
    known = {name: frozenset(some) for name, some in tiers.items()}
    if unknown := [name for name in dict.fromkeys(table["item"]) if not known.get(name)]:
        raise BookError(f"'{unknown[0]}' has no tiers; name those that its goods may have")
    sets, asked = [known[name] for name in table["item"]], frozenset(within)
    amounts = pd.DataFrame(
        {
            "least_pct": table[VALUE].where([one <= asked for one in sets], 0.0),
            "most_pct": table[VALUE].where([bool(one & asked) for one in sets], 0.0),
            "whole": table[VALUE],
        }
    )
    sums = amounts.groupby(table["year"], observed=True).sum()
    whole = sums.pop("whole")
    return (100 * sums).div(whole.where(whole > 0), axis=0)
