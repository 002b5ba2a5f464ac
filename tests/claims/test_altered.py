"""A verdict rests on the tables: change a cell, and the verdicts that it carries change."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from peru_asia import claims, paths
from peru_asia.data import describe

Row = dict[str, str]
EXPORT_2011 = {"year": "2011", "partner": "CHN", "flow": "export"}


@dataclass
class Altered:
    """A cell that a test changes, and the verdict of a claim before and after."""

    claim: str
    before: str
    after: str
    table: str
    row: Row
    cell: str
    value: str

    def __str__(self) -> str:
        return f"{self.claim}-{self.table}"


R, D, C, P = "reproduced", "differs", "contradicts", "plan_changed"
TOROMOCHO = {"mine": "toromocho", "year": "2021"}
BLOCKADES = "las_bambas_blockades"

ALTERED = [
    Altered("C079", R, D, "trade_by_partner", EXPORT_2011, "value_usd_m", "9000"),
    Altered("C072", R, D, "trade_by_partner", EXPORT_2011, "value_usd_m", "9000"),
    Altered("C083", R, D, "trade_by_partner", EXPORT_2011, "value_usd_m", "6000"),
    Altered("C080", "close", R, "trade_by_partner", EXPORT_2011, "value_usd_m", "6945.4"),
    Altered("C091", R, D, "trade_by_partner",
            {"year": "2012", "partner": "WLD", "flow": "import"}, "value_usd_m", "60000"),
    Altered("C076", R, "revised", "trade_by_partner",
            {"year": "2012", "partner": "USA", "flow": "import"}, "value_usd_m", "7000"),
    Altered("C029", "revised", D, "trade_reporters",
            {"year": "2011", "partner": "USA", "flow": "export", "reporter": "PER",
             "source": "wits2017"}, "value_usd_m", "6500"),
    Altered("C048", R, D, "long_run_trade",
            {"year": "1979", "partner": "JPN", "flow": "export"}, "value_usd_m", "10"),
    Altered("C012", R, D, "exports_by_sector",
            {"year": "2012", "item": "mining"}, "value_usd_m", "15000"),
    Altered("C084", R, C, "published_tables",
            {"table": "2", "partner": "CHN", "period": "1997", "sector": "fishery"}, "value",
            "71.9"),
    Altered("C122", C, R, "published_tables", {"period": "1995-2000", "table": "4"},
            "year_from", "2000"),
    Altered("C004", D, R, "claims", {"id": "C004"}, "value", "9"),
    Altered("C203", D, R, "claims", {"id": "C203"}, "value", "21100"),
    Altered("C134", C, R, "claims", {"id": "C131"}, "value", "4.7"),
    Altered("C053", R, D, "agreements", {"agreement": "KOR_FTA"}, "signed", "2011-11-15"),
    Altered("C006", D, R, "claims", {"id": "C006"}, "value", "12"),
    Altered("C022", R, D, "timeline", {"timeline_id": "T005"}, "date", "1875-06-26"),
    Altered("C042", R, D, "migration", {"migration_id": "M043"}, "value", "1.3"),
    Altered("C043", C, R, "claims", {"id": "C046"}, "value", "1000"),
    Altered("C184", R, C, "projects_2013", {"project_id": "KR2"}, "shares",
            "Pluspetrol Norte 50"),
    Altered("C151", R, D, "project_outcomes", {"project_id": "JP3"}, "owners", "Teck 25"),
    Altered("C153", P, R, "project_outcomes", {"project_id": "JP4"}, "actual_usd_m", "3300"),
    Altered("C156", P, R, "mining_portfolio", {"project_id": "JP5"}, "capex_usd_m", "490"),
    Altered("C222", D, R, "deals_since_2013", {"deal_id": "D18"}, "stake_pct", "86"),
    Altered("C164", R, D, "deals_since_2013", {"deal_id": "D21"}, "stake_pct", "40"),
    Altered("C128", R, C, "fdi_by_country", {"observation_id": "F57"}, "share_pct", "15"),
    Altered("C139", R, C, "claims", {"id": "C140"}, "year_to", "2007"),
    Altered("C213", R, "close", "claim_pages", {"claim": "C213"}, "value", "98.2"),
    Altered("C281", P, R, "project_outcomes", {"project_id": "CN1"}, "start_year", "2014"),
    Altered("C103", C, R, "published_tables",
            {"table": "3", "partner": "WLD", "period": "1997", "tech_level": "PG"}, "value",
            "83.6"),
    Altered("C277", R, D, "trade_by_partner",
            {"year": "2012", "partner": "CHN", "flow": "import"}, "value_usd_m", "6000"),
    Altered("C289", D, R, "portfolio_by_country",
            {"portfolio_year": "2021", "partner": "GBR"}, "share_pct", "20"),
    Altered("C280", R, D, "conflict_events", {"event_id": "LB-2021-11-20"}, "event_type2", ""),
    Altered("C287", D, R, "trade_by_partner",
            {"year": "1997", "partner": "THA", "flow": "export"}, "value_usd_m", "200"),
    Altered("C214", D, R, "copper_production", TOROMOCHO | {"month": "1"}, "copper_t", "65000"),
    Altered("C037", R, D, "mines", {"mine_id": "ICMM00538"}, "project_id", "CN2"),
    Altered("C215", R, D, BLOCKADES, {"count_id": "LBB22"}, "days", "500"),
]  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Use a copy of the data package in place of the real one."""
    root = tmp_path_factory.mktemp("package")
    shutil.copytree(paths.DATA, root / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "ROOT", root)
        patch.setattr(paths, "DATA", root / "data")
        patch.setattr(paths, "PACKAGE", root / "data" / "package.yaml")
        yield root


@pytest.mark.parametrize("case", ALTERED, ids=str)
def test_an_altered_table_changes_the_verdict(case: Altered, package: Path) -> None:
    path = describe(case.table).path
    assert package in path.parents
    before, status = path.read_bytes(), path.stat()
    judged = claims.judge(case.claim)
    assert judged.verdict == case.before
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    chosen = pd.Series(True, index=table.index)
    for column, value in case.row.items():
        chosen &= table[column] == value
    assert chosen.any()
    table.loc[chosen, case.cell] = case.value
    try:
        table.to_csv(path, index=False, lineterminator="\n")
        altered = claims.judge(case.claim)
    finally:
        path.write_bytes(before)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert altered.verdict == case.after


def test_an_altered_table_changes_a_cell(package: Path) -> None:
    path = describe("published_tables").path
    before, status = path.read_bytes(), path.stat()
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    column = (table["table"] == "3") & (table["partner"] == "CHN") & (table["period"] == "2011")
    table.loc[column & (table["tech_level"] == "PG"), "value"] = "36.9"
    try:
        table.to_csv(path, index=False, lineterminator="\n")
        cells = claims.cells()
    finally:
        path.write_bytes(before)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    chosen = (cells["table"] == 3) & (cells["partner"] == "CHN") & (cells["period"] == "2011")
    shares = cells[chosen & (cells["measure"] == "export_share")]
    assert set(shares["verdict"]) == {"contradicts"}
