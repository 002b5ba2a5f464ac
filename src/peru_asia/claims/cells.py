"""The audit of the paper's printed Tables 1 to 4, cell by cell.

A cell is tested by data where a table of the package holds the same quantity, else by arithmetic:
what the other cells of its column or the text leave for it, within the rounding of all of them.
"""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from peru_asia import data, indicators
from peru_asia.claims import flows
from peru_asia.claims.registry import Claim, Finding, claim, claims
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

_COLUMN = ["table", "partner", "period"]


def cells() -> pd.DataFrame:
    """Test every printed cell of Tables 1 to 4.

    Returns
    -------
    pandas.DataFrame
        One row for each row of ``published_tables``, in its order: ``table``, ``row``,
        ``row_label``, ``partner``, ``period``, ``measure``, ``unit``, ``printed``, ``computed``
        (empty if nothing tests the cell), ``slack`` (how far rounding alone may move what
        arithmetic computes), ``difference`` (computed less printed), ``difference_pct`` (of the
        printed value; empty where that is zero), ``verdict``, ``test`` (``data``, ``rest`` of the
        column, ``share`` printed in the text, ``text`` that repeats the cell, or ``none``),
        ``tables`` and ``reason``.
    """
    printed = data.load("published_tables")
    sums = printed[printed["measure"] == "export_share"].groupby(_COLUMN)["value"]
    columns = {key: (float(rows.sum()), len(rows)) for key, rows in sums}
    shares = {year: _world_shares(year) for year in (1997, 2008, 2011)}
    repeated = {_key(one): one for one in claims().values() if one.item}
    out = []
    for row in printed.astype(object).to_dict("records"):
        test, finding, tables = _find(row, printed, columns, shares, repeated)
        out.append(_tested(row, test, finding, tables))
    return pd.DataFrame(out)


def _find(
    row: dict[str, Any],
    printed: pd.DataFrame,
    columns: Mapping[tuple[object, ...], tuple[float, int]],
    shares: Mapping[int, Mapping[str, Finding]],
    repeated: Mapping[tuple[object, ...], Claim],
) -> tuple[str, Finding | None, list[str]]:
    """Choose the test of a cell: its name, what it found, and the tables that it read."""
    if row["sector"] == "total":
        return "data", _total(row), ["trade_by_partner", "trade_reporters"]
    if row["table"] == 1:
        if row["flow"] == "import":
            return "none", None, []
        return "share", _line(row, printed), ["published_tables", "claims"]
    if row["partner"] == "WLD" and row["table"] == 2:
        found = shares[int(row["year_to"])].get(str(row["sector"]))
        if found is not None:
            early = row["year_to"] < 2005
            return "data", found, ["exports_by_product_group" if early else "exports_by_sector"]
    if row["measure"] == "export_share":
        total, count = columns[tuple(row[name] for name in _COLUMN)]
        return "rest", _rest(row, total, count), ["published_tables"]
    key = (row["tech_level"], row["partner"], row["year_from"], row["year_to"], row["measure"])
    if key in repeated and not repeated[key].place.startswith("Table"):
        one = repeated[key]
        found = Finding(one.value, f"figure in the text ({one.id})", basis="source")
        return "text", found, ["claims"]
    return "none", None, []


def _key(one: Claim) -> tuple[object, ...]:
    return (one.item, one.partner, one.year_from, one.year_to, one.quantity)


def _total(row: dict[str, Any]) -> Finding:
    partner, year = str(row["partner"]), int(row["year_to"])
    return Finding(
        flows.value(partner, "export", year),
        "total in the record that this book prefers",
        series=flows.other_records(partner, "export", year),
    )


def _line(row: dict[str, Any], printed: pd.DataFrame) -> Finding:
    """Return what the share in the text (C082) leaves for one export line of Table 1."""
    share = claim("C082")
    lines = printed[(printed["table"] == 1) & (printed["flow"] == "export")]["value"]
    total = 1e6 * indicators.value_at(
        printed[(printed["table"] == 2) & (printed["sector"] == "total")],
        "value", partner=row["partner"], year_to=row["year_to"],
    )  # fmt: skip
    rest = share.value / 100 * total - (float(lines.sum()) - float(row["value"]))
    slack = 0.5 * 10.0**-share.decimals / 100 * total
    return Finding(
        (rest - slack, rest + slack),
        f"what the {share.value:g} per cent of the text leave beside the other four lines",
        basis="source",
    )


def _rest(row: dict[str, Any], total: float, count: int) -> Finding:
    """Return what the other shares of the column leave of 100, within their rounding."""
    rest = 100 - (total - float(row["value"]))
    slack = 0.5 * 10.0 ** -int(row["decimals"]) * (count - 1)
    return Finding(
        (rest - slack, rest + slack),
        f"what the other shares leave of 100; the column adds up to {total:.1f}"
        + ("" if abs(total - 100) <= slack else ", so a part may stand in no class"),
        basis="source",
    )


def _world_shares(year: int) -> dict[str, Finding]:
    """Return the shares of the paper's sectors in Peru's exports of a year, as customs has them."""
    if year < 2005:
        table = data.load("exports_by_product_group").query("flow == 'export' and year == @year")
        items, total, kinds = table.set_index("item")["value_usd_m"], "all_products", _GROUPS
        note = "share in all exports by groups of the Harmonized System, another classification"
    else:
        table = data.load("exports_by_sector").query("year == @year")
        items, total, kinds = table.set_index("item")["value_usd_m"], "total", _SECTORS
        note = "share in all exports by the customs agency's own list of sectors"

    def share(names: list[str]) -> float:
        return float(100 * items[names].sum() / items[total])

    return {
        sector: Finding(
            share(names),
            note,
            readings={"without refined oil and gas": share(_NARROW[sector])}
            if sector in _NARROW and year >= 2005
            else {},
        )
        for sector, names in kinds.items()
    }


def _tested(
    row: dict[str, Any], test: str, finding: Finding | None, tables: list[str]
) -> dict[str, Any]:
    printed = float(row["value"])
    judgement = Judgement("not_testable", _why(row))
    low = high = math.nan
    if finding is not None:
        low, high = ends(finding.value)
        judgement = verdict(_as_claim(row), finding)
    computed = (low + high) / 2
    difference = computed - printed
    return {
        **{
            name: row[name]
            for name in ("table", "row", "row_label", "partner", "period", "measure", "unit")
        },
        "printed": printed,
        "computed": computed,
        "slack": (high - low) / 2,
        "difference": difference,
        "difference_pct": 100 * difference / abs(printed) if printed else math.nan,
        "verdict": judgement.verdict,
        "test": test,
        "tables": ", ".join(tables),
        "reason": judgement.reason,
    }


def _why(row: dict[str, Any]) -> str:
    if row["table"] == 1:
        return "no table of imports from China by product reaches back to 2011"
    return "no open table has exports by partner and level of technology in these years"


def _as_claim(row: dict[str, Any]) -> Claim:
    """Return a cell as an exact claim, so that one set of rules judges both."""
    return Claim(
        id=f"T{row['table']}-{row['row']}-{row['partner']}-{row['period']}",
        source=str(row["source"]), place="", quantity=str(row["measure"]),
        value=float(row["value"]), value_high=math.nan, decimals=int(row["decimals"]),
        qualifier="exact", unit=str(row["unit"]), period=str(row["period"]),
        year_from=int(row["year_from"]), year_to=int(row["year_to"]),
        partner=str(row["partner"]), flow=str(row["flow"]), item="", share_of="",
        evidence="package_table",
    )  # fmt: skip
