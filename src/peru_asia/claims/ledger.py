"""The ledger of the audit: one row for each claim, its counts, and how it is printed."""

import json
import math
from typing import Any

import pandas as pd

from peru_asia.claims.registry import CHECKS, Claim, Value, claim, claims
from peru_asia.claims.verdicts import VERDICTS, Judgement, ends, number, verdict

_LINE = "{id:<6}{source:<12}{claimed:>18}{computed:>22}  {unit:<8}  {verdict:<12}  {tables}"


def ledger() -> pd.DataFrame:
    """Check every claim.

    Returns
    -------
    One row for each row of the table ``claims``, in its order: ``id``, ``source``, ``claimed`` and
    ``claimed_high`` (as printed), ``computed`` and ``computed_high`` (empty where there is no
    check; the second only for a range or pair), ``unit``, ``plan`` (whether the figure was still to
    come), ``verdict``, ``basis`` (``data``, ``source`` or ``other_source``: what the claim was set
    against), ``tables`` (names, with a comma between), ``reason``, and ``module`` and ``line`` of
    the check.
    """
    return pd.DataFrame([_row(one) for one in claims().values()])


def judge(identifier: str) -> Judgement:
    """Check one claim.

    Raises
    ------
    BookError : if there is no such claim; the message suggests the nearest
    """
    one = claim(identifier)
    return verdict(one, CHECKS[identifier](one) if identifier in CHECKS else None)


def _row(one: Claim) -> dict[str, Any]:
    check = CHECKS.get(one.id)
    finding = check(one) if check else None
    judgement = verdict(one, finding)
    low, high = ends(finding.value) if finding else (math.nan, math.nan)
    return {
        "id": one.id,
        "source": one.source,
        "claimed": one.value,
        "claimed_high": one.value_high,
        "computed": float(low),
        "computed_high": high if finding and isinstance(finding.value, tuple) else math.nan,
        "unit": one.unit,
        "plan": one.plan,
        "verdict": judgement.verdict,
        "basis": finding.basis if finding else "",
        "tables": ", ".join(check.tables) if check else "",
        "reason": judgement.reason,
        "module": check.module if check else "",
        "line": check.line if check else 0,
    }


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """Count the claims of a ledger by source and verdict.

    Returns
    -------
    A row for each source, a column for each verdict and ``total``; the last row is ``all``.
    """
    counts = pd.crosstab(table["source"], table["verdict"])
    counts = counts.reindex(columns=list(VERDICTS), fill_value=0)
    counts.loc["all"] = counts.sum()
    return counts.assign(total=counts.sum(axis=1)).rename_axis(columns=None)


def report(as_json: bool) -> str:
    """Write the ledger for the command line.

    Parameters
    ----------
    as_json : if true, a JSON list with an object for each claim: ``id``, ``source``, ``claimed``,
        ``computed``, ``unit``, ``verdict``, ``tables``. A range is a list of two numbers, a missing
        number is null, and `tables` is a list. Otherwise a table for people.
    """
    names = ["id", "source", "claimed", "computed", "unit", "verdict", "tables"]
    table = ledger()
    rows = table[names].to_dict("records")
    for row, claimed, computed in zip(
        rows, table["claimed_high"], table["computed_high"], strict=True
    ):
        row["claimed"] = _value(row["claimed"], claimed)
        row["computed"] = _value(row["computed"], computed)
    if as_json:
        for row in rows:
            row["tables"] = row["tables"].split(", ") if row["tables"] else []
        return json.dumps(rows, ensure_ascii=False, indent=1)
    for row in rows:
        for name in ("claimed", "computed"):
            row[name] = "-" if row[name] is None else number(row[name], row["unit"])
    lines = [_LINE.format(**row).rstrip() for row in [dict(zip(names, names, strict=True)), *rows]]
    return "\n".join([*lines, "", summary(table).to_string()])


def _value(low: float, high: float) -> Value | None:
    if math.isnan(low):
        return None
    return low if math.isnan(high) else (low, high)
