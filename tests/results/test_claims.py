"""Key results of the chapter on claims, each pinned to a value with its reason."""

import pandas as pd
import pytest

from peru_asia import data


@pytest.fixture(scope="module")
def differing(ledger: pd.DataFrame) -> pd.DataFrame:
    said = data.load("claims")[["id", "quantity"]]
    ledger = ledger.merge(said, on="id", validate="1:1")
    return ledger[(ledger["basis"] == "data") & (ledger["verdict"] == "differs")]


def test_claims_fail_in_families(differing: pd.DataFrame) -> None:
    failed = {source: rows.set_index("id") for source, rows in differing.groupby("source")}
    article, paper = failed["ellis2022"]["quantity"], failed["sanborn2013"]["quantity"]
    trade = article[article.isin(["trade_value", "export_value", "import_value"])]
    # The article's total of 2002, and its total, exports and imports of 2021 and imports of 2020.
    assert set(trade.index) == {"C197", "C198", "C203", "C204", "C205"}
    assert len(article) == 14
    # Three mines built, one enlarged and four projects of the ministry's later portfolio.
    plans = paper[paper == "investment_value"]
    assert set(plans.index) == {f"C{n}" for n in (153, 156, 166, 171, 172, 175, 176, 177)}
    assert len(paper) == 19


def test_the_paper_gave_gold_a_class() -> None:
    table = data.load("exports_by_partner_section").query(
        "partner == 'WLD' and flow == 'export' and year == 1995"
    )
    value = table.set_index("section")["value_usd_m"]
    other = 100 * value["9"] / value["all"]
    printed = data.load("published_tables").query(
        "table == 3 and partner == 'WLD' and year_to == 1997 and unit == 'pct'"
    )
    # 8.6 per cent of gold and the like; the levels of 1997 leave 1.9 per cent without a class.
    assert other == pytest.approx(8.58, abs=0.01)
    assert 100 - printed["value"].sum() == pytest.approx(1.9)
