"""Kinds of fact: which sorts of claim hold, which do not, and by how much they miss."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

PLANS = "Plans"

KINDS = {
    "Stakes of owners": ("stake_pct",),
    "Dates and spans": ("year_of_event", "event_date", "duration", "anniversary"),
    "Shares of a whole": (
        "export_share", "output_share", "fdi_share", "population_share", "persons_share",
    ),
    "Growth": (
        "growth_rate", "growth_rate_avg", "growth_rate_cagr", "growth_factor", "growth_increase",
    ),
    "Trade values": ("export_value", "import_value", "trade_value", "trade_balance_sign"),
    "Sums invested": ("investment_value", "fdi_stock"),
    PLANS: (),
}  # fmt: skip
"""Quantities of the claims by kind of fact; every other quantity is a count or a rank.

A plan is one whatever its quantity: it had not come about when the text appeared.
"""

OTHERS = "Counts and ranks"

HELD = ("reproduced", "revised", "close")
"""Verdicts under which a reader may use the printed figure."""

# Quantities that have a size, by the rows that a chart has for them.
_SIZED_KINDS = {
    "Trade values": ("export_value", "import_value", "trade_value"),
    "Growth": ("growth_rate", "growth_rate_cagr", "growth_factor"),
    "Shares of trade and output": ("export_share", "output_share"),
    "Sums invested": ("investment_value", "fdi_stock"),
    PLANS: (),
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


def _among(kinds: Mapping[str, tuple[str, ...]], claims: pd.DataFrame) -> pd.Series:
    """Return which of the kinds each claim is of; empty if none has its quantity."""
    of = {quantity: kind for kind, some in kinds.items() for quantity in some}
    return claims["quantity"].astype(str).map(of).mask(claims["plan"].astype(bool), PLANS)


def kinds(claims: pd.DataFrame) -> pd.Series:
    """Return the kind of fact of each claim, from its ``quantity`` and ``plan``."""
    return _among(KINDS, claims).fillna(OTHERS)


def by_kind(ledger: pd.DataFrame) -> pd.DataFrame:
    """Count the tested claims by kind of fact, and measure how far they miss.

    Parameters
    ----------
    ledger : the ledger with the column ``quantity`` of the claims; ``source``, ``verdict``,
        ``basis``, ``claimed`` and ``computed`` are its own

    Returns
    -------
    One row a source and kind: ``tested`` (claims set against open data), ``held`` (a verdict of
    `HELD`), ``held_pct``, ``sized`` (claims with two figures whose ratio means something, so
    neither years nor claims of nothing) and ``median_off_pct``: the median of ``|computed / claimed
    - 1|`` over these, in per cent, with the lower end of a range. Empty where none is sized.
    """
    rows = ledger[ledger["basis"] == "data"]
    rows = rows.assign(
        kind=kinds(rows),
        held=rows["verdict"].isin(HELD),
        off_pct=(100 * (rows["computed"] / rows["claimed"] - 1).abs()).where(
            (rows["unit"] != "year") & (rows["claimed"] != 0)
        ),
    )
    out = rows.groupby(["source", "kind"], as_index=False, observed=True).agg(
        tested=("held", "size"),
        held=("held", "sum"),
        sized=("off_pct", "count"),
        median_off_pct=("off_pct", "median"),
    )
    return out.assign(held_pct=100 * out["held"] / out["tested"])


def ratios(claims: pd.DataFrame) -> pd.DataFrame:
    """Keep the claims of a size that data tested, each with computed over claimed.

    Parameters
    ----------
    claims : the ledger with the columns ``quantity``, ``qualifier`` and ``claim`` of the claims

    Returns
    -------
    The rows of `claims` with ``kind``, and ``low``, ``high`` and ``ratio``: the two ends of the
    computed over those of the claimed value, and the middle of them. Sorted by kind, then ratio.
    Claims of bounds, and those whose ratio is zero or has no value, are left out.
    """
    out = claims.assign(kind=_among(_SIZED_KINDS, claims))
    out = out[(out["basis"] == "data") & out["qualifier"].isin(_SIZED) & out["kind"].notna()]
    out = out[out["unit"] != "year"]  # of plans: a year has no ratio
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
    out["_kind"] = out["kind"].map(list(_SIZED_KINDS).index)
    return out.sort_values(["_kind", "ratio"], ignore_index=True).drop(columns="_kind")
