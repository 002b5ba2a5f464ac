"""The audit of the real tables: every check runs, and telling cases keep their verdicts."""

import json
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from peru_asia import claims, data, paths
from peru_asia.claims.history import event
from peru_asia.claims.ledger import summary
from peru_asia.claims.registry import CHECKS, claim
from peru_asia.claims.registry import claims as all_claims
from peru_asia.claims.verdicts import VERDICTS, ends
from peru_asia.errors import BookError


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return claims.cells()


@pytest.mark.parametrize("identifier", CHECKS)
def test_a_check_runs_and_does_not_look_at_the_claimed_value(identifier: str) -> None:
    one = claim(identifier)
    found = CHECKS[identifier](one)
    assert all(math.isfinite(end) for end in ends(found.value))
    assert found.note
    assert not found.note.endswith(".")
    other = CHECKS[identifier](replace(one, value=-1234.5, value_high=math.nan, decimals=0))
    assert ends(other.value) == ends(found.value)


@pytest.mark.parametrize("identifier", CHECKS)
def test_a_claim_can_fail(identifier: str) -> None:
    one = claim(identifier)
    found = CHECKS[identifier](one)
    if found.holds is not None:  # a claim without a figure: the altered tables test it
        return
    low, high = ends(found.value)
    for value in (low / 3 - 1000, 3 * high + 1000):
        wrong = replace(one, value=value, value_high=math.nan, decimals=0, qualifier="exact")
        assert claims.verdict(wrong, found).verdict in ("differs", "contradicts", "plan_changed")


def test_the_ledger_has_every_claim(ledger: pd.DataFrame) -> None:
    table = data.load("claims")
    assert ledger["id"].tolist() == table["id"].tolist()
    assert len(ledger) == 303
    assert set(ledger["verdict"]) <= set(VERDICTS)
    assert ledger["reason"].str.len().gt(5).all()


def test_at_least_seventy_claims_are_recomputed(ledger: pd.DataFrame) -> None:
    tested = ledger[ledger["verdict"] != "not_testable"]
    assert len(tested) >= 150
    assert (tested["basis"] == "data").sum() >= 100
    assert set(tested["verdict"]) == set(VERDICTS) - {"not_testable"}


def test_what_came_later_makes_no_plan_wrong(ledger: pd.DataFrame) -> None:
    plans = ledger[ledger["plan"]]
    assert len(plans) >= 20
    assert not plans["verdict"].isin(["differs", "contradicts", "revised"]).any()
    assert plans["verdict"].isin(["reproduced", "plan_changed"]).sum() >= 15
    assert (ledger.loc[ledger["verdict"] == "plan_changed", "plan"]).all()


def test_announced_sums_and_dates_to_come_are_plans() -> None:
    table = data.load("claims")
    announced = table["note"].str.contains("announced rather than spent", na=False)
    to_come = table["period"].eq("planned") | table["quantity"].eq("start_of_project")
    assert table.loc[announced | to_come, "plan"].all()
    spent = table["id"].isin(["C138", "C144", "C146", "C210", "C218", "C220", "C221"])
    assert not table.loc[spent, "plan"].any()


def test_a_row_links_to_its_check_and_its_tables(ledger: pd.DataFrame) -> None:
    known = set(data.tables())
    for row in ledger[ledger["verdict"] != "not_testable"].itertuples():
        assert set(row.tables.split(", ")) <= known
        lines = (paths.ROOT / row.module).read_text("utf-8").splitlines()
        assert lines[row.line - 1].startswith("@check(")
    without = ledger[ledger["verdict"] == "not_testable"]
    assert (without["tables"] == "").all()
    assert without["computed"].isna().all()


@pytest.mark.parametrize(
    ("identifier", "verdict", "computed", "words"),
    [
        ("C079", "reproduced", 20.58, "compound yearly growth over 16 years"),
        ("C080", "close", 18.98, "0.4 per cent"),
        ("C029", "revised", 2, "wits2017"),
        ("C004", "differs", 9, "signed but never in force"),
        ("C069", "reproduced", 66.67, "with South Asia 64.3"),
        ("C134", "contradicts", 14.64, "portfolio of projects, here of 2021, it would fit"),
        ("C205", "differs", 10310, "for exports"),
        ("C211", "differs", 4, "portfolio of 2021 it would fit (7)"),
        (
            "C202",
            "differs",
            61.84,
            "to China in early 2021, by the Lima chamber, it would fit (81)",
        ),
        ("C214", "differs", 23.41, "for January to July 2018 it would fit (24.79)"),
        ("C153", "plan_changed", 5500, "announced by 2013"),
        ("C235", "plan_changed", 2024, "the first date was missed"),
        ("C284", "plan_changed", 2025, "not built by 2025"),
        ("C229", "reproduced", 95, "terminated"),
        ("C103", "contradicts", 61.5, "for China it would fit (83.6)"),
        ("C276", "contradicts", 1, "of 4"),
        ("C130", "reproduced", 23.89, "largest part of the register"),
        ("C132", "not_testable", math.nan, "does not hold"),
        ("C139", "reproduced", 14, "from 1993 to the concessions of C140"),
        ("C141", "reproduced", 2150, "being built (Toromocho)"),
        ("C213", "reproduced", 100, "Shouxin"),
        ("C271", "differs", 0, "those that Jiangxi leads"),
        ("C215", "reproduced", 411, "57 days"),
        ("C088", "reproduced", 90.56, "customs record"),
        ("C052", "reproduced", 1963, "1963-04-01"),
        ("C136", "not_testable", math.nan, "no quantity"),
    ],
)
def test_telling_cases(
    ledger: pd.DataFrame, identifier: str, verdict: str, computed: float, words: str
) -> None:
    row = ledger.set_index("id").loc[identifier]
    assert row["verdict"] == verdict
    assert row["computed"] == pytest.approx(computed, rel=1e-3, nan_ok=True)
    assert words in row["reason"]


def test_summary_counts_every_claim(ledger: pd.DataFrame) -> None:
    table = summary(ledger)
    assert table.columns.tolist() == [*VERDICTS, "total"]
    assert table.loc["all", "total"] == len(ledger)
    assert table.loc["ellis2022", "total"] == (ledger["source"] == "ellis2022").sum()
    assert table.drop(index="all").to_numpy().sum() == 2 * len(ledger)


def test_json_is_valid_and_complete() -> None:
    rows = json.loads(claims.report(as_json=True), parse_constant=pytest.fail)
    assert [row["id"] for row in rows] == list(all_claims())
    assert all(
        list(row) == ["id", "source", "claimed", "computed", "unit", "verdict", "tables"]
        for row in rows
    )
    by_id = {row["id"]: row for row in rows}
    assert by_id["C017"]["claimed"] == [3, 5]
    assert by_id["C083"]["claimed"] is None
    assert by_id["C079"]["tables"] == ["trade_by_partner"]
    assert by_id["C136"]["computed"] is None


def test_the_printed_ledger_is_readable() -> None:
    lines = claims.report(as_json=False).splitlines()
    assert lines[0].split() == ["id", "source", "claimed", "computed", "unit", "verdict", "tables"]
    row = next(line for line in lines if line.startswith("C079"))
    assert row.split() == ["C079", "sanborn2013", "20.6", "20.58", "pct", "reproduced",
                           "trade_by_partner"]  # fmt: skip
    assert max(map(len, lines)) < 160


def test_an_event_of_the_same_source_proves_nothing() -> None:
    with pytest.raises(BookError, match="proves nothing"):
        event("T006", claim("C023"))
    with pytest.raises(BookError, match="no event"):
        event("T999", claim("C023"))


def test_an_unknown_claim_is_named_with_the_nearest() -> None:
    with pytest.raises(BookError, match="did you mean"):
        claims.judge("C0790")


def test_every_cell_of_the_printed_tables_is_audited(cells: pd.DataFrame) -> None:
    printed = data.load("published_tables")
    keys = ["table", "row", "partner", "period"]
    assert cells[keys].to_numpy().tolist() == printed[keys].to_numpy().tolist()
    assert np.allclose(cells["printed"], printed["value"])
    tested = cells[cells["verdict"] != "not_testable"]
    assert tested["computed"].notna().all()
    assert (tested["tables"] != "").all()
    assert set(cells[cells["table"].isin([2, 3])]["test"]) == {"data", "rest", "none"}


@pytest.mark.parametrize(
    ("where", "verdict", "words"),
    [
        ({"table": 2, "row": 9, "partner": "CHN", "period": "2008"}, "revised", "wits2017"),
        ({"table": 2, "row": 9, "partner": "WLD", "period": "2008"}, "revised", "wits2018"),
        ({"table": 2, "row": 9, "partner": "WLD", "period": "2011"}, "close", "1.6 per cent"),
        ({"table": 2, "row": 9, "partner": "CHN", "period": "1997"}, "reproduced", ""),
        ({"table": 2, "row": 5, "partner": "WLD", "period": "2011"}, "differs", "refined oil"),
        ({"table": 2, "row": 8, "partner": "WLD", "period": "2008"}, "reproduced", "customs"),
        ({"table": 3, "row": 2, "partner": "WLD", "period": "1997"}, "not_testable", "no class"),
        ({"table": 3, "row": 2, "partner": "CHN", "period": "2011"}, "reproduced", "99.9"),
        ({"table": 1, "row": 1, "partner": "CHN", "period": "2011"}, "reproduced", "83 per cent"),
        ({"table": 1, "row": 6, "partner": "CHN", "period": "2011"}, "not_testable", "2011"),
        ({"table": 4, "row": 5, "partner": "CHN", "period": "2005-2010"}, "reproduced", "C118"),
    ],
)
def test_telling_cells(
    cells: pd.DataFrame, where: dict[str, object], verdict: str, words: str
) -> None:
    row = cells[np.logical_and.reduce([cells[name] == value for name, value in where.items()])]
    assert len(row) == 1
    assert row["verdict"].iloc[0] == verdict
    assert words in row["reason"].iloc[0]
