"""Lall's classes of technology on the lists of products that open data have.

Lall classes the groups of the Standard International Trade Classification (SITC). The customs
agency's lines are coarser: one line may hold goods of several classes. So a line is led to the
*set* of tiers that its goods may have, and a share is given as an interval.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from peru_asia.errors import BookError
from peru_asia.indicators.shares import VALUE

Tiers = frozenset[str]

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


def tier_bounds(
    table: pd.DataFrame,
    tiers: Mapping[str, Iterable[str]],
    within: Iterable[str],
    *,
    item: str = "item",
    by: str = "year",
    value: str = VALUE,
) -> pd.DataFrame:
    """Return the least and the most that some tiers can have of a total, in per cent.

    The least counts the items all of whose tiers are among `within`, the most those of which any
    is. The truth lies between them whatever the mix inside each item; no guess is made of it.

    Parameters
    ----------
    table
        Tidy table with one row for each `item` and `by`, parts of one total and nothing else.
    tiers
        The tiers that the goods of each item may have.
    within
        The tiers whose share is asked for.
    item, by, value
        Columns.

    Returns
    -------
    pandas.DataFrame
        Indexed by `by`, with ``least_pct`` and ``most_pct``; missing where the total is zero.

    Raises
    ------
    BookError
        If an item has no tiers: leaving it out would narrow the interval falsely.
    """
    sets = _sets(table[item], tiers)
    asked = frozenset(within)
    whole = table.groupby(by, observed=True)[value].sum()
    whole = whole.where(whole > 0)

    def percent(chosen: list[bool]) -> pd.Series:
        parts = table[value].where(chosen, 0.0).groupby(table[by], observed=True).sum()
        return 100 * parts / whole

    return pd.DataFrame(
        {
            "least_pct": percent([one <= asked for one in sets]),
            "most_pct": percent([bool(one & asked) for one in sets]),
        }
    )


def _sets(items: pd.Series, tiers: Mapping[str, Iterable[str]]) -> list[Tiers]:
    known = {name: frozenset(some) for name, some in tiers.items()}
    unknown = [name for name in dict.fromkeys(items) if not known.get(name)]
    if unknown:
        raise BookError(f"'{unknown[0]}' has no tiers; name those that its goods may have")
    return [known[name] for name in items]
