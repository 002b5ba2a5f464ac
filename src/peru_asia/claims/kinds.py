"""Kinds of fact: which sorts of claim hold, and which do not."""

import pandas as pd

KINDS = {
    "Stakes of owners": ("stake_pct",),
    "Dates and spans": ("year_of_event", "event_date", "duration", "anniversary"),
    "Shares of a whole": (
        "export_share", "output_share", "fdi_share", "population_share", "persons_share",
    ),
    "Growth": ("growth_rate", "growth_rate_avg", "growth_rate_cagr", "growth_factor"),
    "Trade values": ("export_value", "import_value", "trade_value", "trade_balance_sign"),
    "Sums invested": ("investment_value", "fdi_stock"),
}  # fmt: skip
"""Quantities of the claims by kind of fact; every other quantity is a count or a rank."""

OTHERS = "Counts and ranks"

HELD = ("reproduced", "revised", "close")
"""Verdicts under which a reader may use the printed figure."""


def kinds(quantities: pd.Series) -> pd.Series:
    """Return the kind of fact of each quantity."""
    by_quantity = {quantity: kind for kind, some in KINDS.items() for quantity in some}
    return quantities.astype(str).map(by_quantity).fillna(OTHERS)


def by_kind(ledger: pd.DataFrame) -> pd.DataFrame:
    """Count the tested claims by kind of fact, and measure how far they miss.

    Parameters
    ----------
    ledger
        The ledger with the column ``quantity`` of the claims; ``source``, ``verdict``,
        ``basis``, ``claimed`` and ``computed`` are its own.

    Returns
    -------
    pandas.DataFrame
        One row a source and kind: ``tested`` (claims set against open data), ``held`` (a verdict
        of `HELD`), ``held_pct``, ``sized`` (claims with two figures whose ratio means something,
        so neither years nor claims of nothing) and ``median_off_pct``: the median of
        ``|computed / claimed - 1|`` over these, in per cent, with the lower end of a range. Empty
        where none is sized.
    """
    rows = ledger[ledger["basis"] == "data"]
    rows = rows.assign(
        kind=kinds(rows["quantity"]),
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
