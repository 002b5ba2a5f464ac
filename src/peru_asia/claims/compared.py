"""What was computed set against what was claimed, as charts and tables show it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

# Quantities that have a size, by the rows that a chart has for them.
KINDS = {
    "Trade values": ("export_value", "import_value", "trade_value"),
    "Growth": ("growth_rate", "growth_rate_cagr", "growth_factor"),
    "Shares of trade and output": ("export_share", "output_share"),
    "Sums invested": ("investment_value", "fdi_stock"),
    "Stakes of owners": ("stake_pct",),
    "People": (
        "arrivals", "persons_interned", "persons_resident", "persons_share", "population_share",
    ),
    "Counts and spans of time": (
        "agreement_partner_count", "membership_count", "mine_count", "days_lost", "anniversary",
        "duration",
    ),
}  # fmt: skip

# Claims of a bound ("more than") have no ratio that should be one.
_SIZED = ("exact", "about", "nearly")

# Rows of the printed tables by the names that fit a matrix.
_SHORT = {
    "PG": "primary goods",
    "NRBM": "resource-based goods",
    "LTM": "low technology",
    "MTM": "medium technology",
    "HTM": "high technology",
    "Metal-mechanical and electronics": "machinery, electronics",
    "Various (jewelry, crafts)": "various",
}


def ratios(claims: pd.DataFrame) -> pd.DataFrame:
    """Keep the claims of a size that data tested, each with computed over claimed.

    Parameters
    ----------
    claims
        The ledger with the columns ``quantity``, ``qualifier`` and ``claim`` of the claims.

    Returns
    -------
    pandas.DataFrame
        The rows of `claims` with ``kind``, and ``low``, ``high`` and ``ratio``: the two ends of
        the computed over those of the claimed value, and the middle of them. Sorted by kind, then
        ratio. Claims of bounds, and those whose ratio is zero or has no value, are left out.
    """
    kinds = {quantity: kind for kind, some in KINDS.items() for quantity in some}
    out = claims.assign(kind=claims["quantity"].map(kinds))
    out = out[(out["basis"] == "data") & out["qualifier"].isin(_SIZED) & out["kind"].notna()]
    second = out["computed_high"].fillna(out["computed"])
    out = out.assign(
        low=out["computed"] / out["claimed"],
        high=second / out["claimed_high"].fillna(out["claimed"]),
    )
    out["ratio"] = np.sqrt(out["low"] * out["high"])
    # A single figure inside the range that was computed has been met.
    inside = out["claimed_high"].isna() & (out["low"] <= 1) & (out["high"] >= 1)
    out.loc[inside, "ratio"] = 1.0
    out = out[(out["low"] > 0) & (out["high"] > 0)]
    out["_kind"] = out["kind"].map(list(KINDS).index)
    return out.sort_values(["_kind", "ratio"], ignore_index=True).drop(columns="_kind")


def named_cells(cells: pd.DataFrame, partners: Mapping[str, str]) -> pd.DataFrame:
    """Keep the cells of Tables 2 and 3 with names and units fit for a matrix.

    Parameters
    ----------
    cells
        The audit of the printed tables, cell by cell.
    partners
        Names by code.

    Returns
    -------
    pandas.DataFrame
        The cells with ``row`` and ``column``; differences are in the unit of a share and, for
        totals, in per cent of the printed value. The totals of Table 3 repeat those of Table 2
        and are left out.
    """
    shares = cells["unit"] == "pct"
    out = cells[(cells["table"] == 2) | ((cells["table"] == 3) & shares)]
    labels = [_SHORT.get(label, label.lower()) for label in out["row_label"]]
    return out.assign(
        row=[f"Table {table}: {name}" for table, name in zip(out["table"], labels, strict=True)],
        column=out["partner"].map(partners) + " " + out["period"],
        difference=out["difference"].where(out["unit"] == "pct", out["difference_pct"]),
    )
