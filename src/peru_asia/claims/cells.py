"""The audit of the paper's printed Tables 1 to 4, cell by cell.

A cell is tested by data where a table of the package holds the same quantity, else by arithmetic:
what the other cells of its column or the text leave for it, within the rounding of all of them.
"""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from peru_asia import data, indicators
from peru_asia.claims import trade
from peru_asia.claims.registry import Claim, Finding, as_claim, claim, claims, records
from peru_asia.claims.texts import printed
from peru_asia.claims.verdicts import Judgement, ends, verdict

# The paper's sectors in the customs agency's list, which begins in 2005.
_SECTORS = {
    "agriculture_livestock": ["agriculture_traditional", "agriculture_nontraditional"],
    "chemical": ["chemicals"],
    "fishery": ["fishing_traditional", "fishing_nontraditional"],
    "metal_mechanical_electronics": ["metalworking"],
    "mining_oil": ["mining", "oil_gas"],
    "textile_leather": ["textiles", "hides_leather"],
    "wood_paper": ["wood_paper"],
    "various": ["jewellery_various", "crafts"],
}

# Another reading of a sector: metals and crude oil, without refined products and gas.
_NARROW = {"mining_oil": ["mining", "crude_oil"]}

# The paper's sectors in the product groups of the Harmonized System, which begin in 1992.
_GROUPS = {
    "metal_mechanical_electronics": ["machinery_electrical", "transport_equipment"],
    "textile_leather": ["textiles_clothing", "hides_skins", "footwear"],
    "wood_paper": ["wood"],
}

_INCOMPLETE = (
    "the shares of this column leave a part of the exports in no class, and the paper does not say "
    "that they are all, so that the rest tells nothing"
)
# Why nothing tests a cell, by its table.
_UNTESTABLE = {
    1: "no table of imports from China by product reaches back to 2011",
    2: _INCOMPLETE,
    3: _INCOMPLETE,
    4: "no open table has exports by partner and level of technology in these years",
}

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

_COLUMN = ["table", "partner", "period"]
_SHOWN = ["table", "row", "row_label", "partner", "period", "measure", "unit"]


def cells() -> pd.DataFrame:
    """Test every printed cell of Tables 1 to 4.

    Returns
    -------
    One row for each row of ``published_tables``, in its order: ``table``, ``row``, ``row_label``,
    ``partner``, ``period``, ``measure``, ``unit``, ``printed``, ``computed`` (empty if nothing
    tests the cell), ``slack`` (how far rounding alone may move what arithmetic computes),
    ``difference`` (computed less printed), ``difference_pct`` (of the printed value; empty where
    that is zero), ``verdict``, ``test`` (``data``, ``rest`` of the column, ``share`` printed in the
    text, ``text`` that repeats the cell, or ``none``), ``tables`` and ``reason``.
    """
    shares = {year: _world_shares(year) for year in (1997, 2008, 2011)}
    # A text that prints China's figures as the world's repeats neither cell.
    repeated = {
        (one.item, one.partner, one.year_from, one.year_to, one.quantity): one
        for one in claims().values()
        if one.item and one.partner != "WLD"
    }
    return pd.DataFrame(
        _tested(row, *_find(row, shares, repeated))
        for row in records(data.load("published_tables"))
    )


def _find(
    row: dict[str, Any],
    shares: Mapping[int, Mapping[str, Finding]],
    repeated: Mapping[tuple, Claim],
) -> tuple[str, Finding | None, list[str]]:
    """Choose the test of a cell: its name, what it found, and the tables that it read."""
    if row["sector"] == "total":
        return "data", _total(row), ["trade_by_partner", "trade_reporters"]
    if row["table"] == 1 and row["flow"] == "export":
        return "share", _line(row), ["published_tables", "claims"]
    if row["partner"] == "WLD" and row["table"] == 2 and row["sector"] in shares[row["year_to"]]:
        read = "exports_by_product_group" if row["year_to"] < 2005 else "exports_by_sector"
        return "data", shares[row["year_to"]][row["sector"]], [read]
    if row["measure"] == "export_share":
        rest = _rest(row)
        return ("rest", rest, ["published_tables"]) if rest else ("none", None, [])
    key = (row["tech_level"], row["partner"], row["year_from"], row["year_to"], row["measure"])
    one = repeated.get(key)
    if one and not one.place.startswith("Table"):
        found = Finding(one.value, f"figure in the text ({one.id})", basis="source")
        return "text", found, ["claims"]
    return "none", None, []


def _total(row: dict[str, Any]) -> Finding:
    where = (row["partner"], "export", row["year_to"])
    note = "total in the record that this book prefers"
    return Finding(trade.value(*where), note, series=trade.other_records(*where))


def _line(row: dict[str, Any]) -> Finding:
    """Return what the share in the text (C082) leaves for one export line of Table 1."""
    share = claim("C082")
    totals = printed(2, sector="total", partner=row["partner"])
    total = 1e6 * indicators.value_at(totals, "value", year_to=row["year_to"])
    others = float(printed(1, flow="export")["value"].sum()) - row["value"]
    rest = share.value / 100 * total - others
    slack = 0.5 * 10.0**-share.decimals / 100 * total
    return Finding(
        (rest - slack, rest + slack),
        f"what the {share.value:g} per cent of the text leave beside the other four lines",
        basis="source",
    )


def _rest(row: dict[str, Any]) -> Finding | None:
    """Return what the other shares of the column leave of 100, within their rounding.

    Nothing if the column is short of 100: what is missing may stand in no class.
    """
    column = printed(**{name: row[name] for name in _COLUMN}, measure="export_share")["value"]
    total = float(column.sum())
    rest = 100 - (total - row["value"])
    half = 0.5 * 10.0 ** -row["decimals"]
    if round(total, 6) < 100 - half * len(column):
        return None
    slack = half * (len(column) - 1)
    return Finding(
        (rest - slack, rest + slack),
        f"what the other shares leave of 100; the column adds up to {total:.1f}",
        basis="source",
    )


def _world_shares(year: int) -> dict[str, Finding]:
    """Return the shares of the paper's sectors in Peru's exports of a year, as customs has them."""
    if year < 2005:
        table = data.load("exports_by_product_group").query("flow == 'export' and year == @year")
        total, kinds, narrow = "all_products", _GROUPS, {}
        note = "share in all exports by groups of the Harmonized System, another classification"
    else:
        table = data.load("exports_by_sector").query("year == @year")
        total, kinds, narrow = "total", _SECTORS, _NARROW
        note = "share in all exports by the customs agency's own list of sectors"
    items = table.set_index("item")["value_usd_m"]

    def share(names: list[str]) -> float:
        return float(100 * items[names].sum() / items[total])

    readings = {sector: {"without refined oil and gas": share(narrow[sector])} for sector in narrow}
    return {
        sector: Finding(share(names), note, readings=readings.get(sector, {}))
        for sector, names in kinds.items()
    }


def _tested(
    row: dict[str, Any], test: str, finding: Finding | None, tables: list[str]
) -> dict[str, Any]:
    said = row["value"]
    if finding is None:
        low = high = math.nan
        judgement = Judgement("not_testable", _UNTESTABLE[row["table"]])
    else:
        low, high = ends(finding.value)
        # Judged as an exact claim is, by the same rules.
        judgement = verdict(as_claim(row | {"qualifier": "exact"}), finding)
    computed = (low + high) / 2
    return {
        **{name: row[name] for name in _SHOWN},
        "printed": said,
        "computed": computed,
        "slack": (high - low) / 2,
        "difference": computed - said,
        "difference_pct": 100 * (computed - said) / abs(said) if said else math.nan,
        "verdict": judgement.verdict,
        "test": test,
        "tables": ", ".join(tables),
        "reason": judgement.reason,
    }


def named_cells(cells: pd.DataFrame, partners: Mapping[str, str]) -> pd.DataFrame:
    """Keep the cells of Tables 2 and 3 with names and units fit for a matrix.

    Parameters
    ----------
    cells : the audit of the printed tables, cell by cell
    partners : names by code

    Returns
    -------
    The cells with ``row`` and ``column``; differences are in the unit of a share and, for totals,
    in per cent of the printed value. The totals of Table 3 repeat those of Table 2 and are left
    out.
    """
    shares = cells["unit"] == "pct"
    out = cells[(cells["table"] == 2) | ((cells["table"] == 3) & shares)]
    labels = [_SHORT.get(label, label.lower()) for label in out["row_label"]]
    return out.assign(
        row=[f"Table {table}: {name}" for table, name in zip(out["table"], labels, strict=True)],
        column=out["partner"].map(partners) + " " + out["period"],
        difference=out["difference"].where(out["unit"] == "pct", out["difference_pct"]),
    )
