"""Computed set against claimed: which claims have a ratio, and how printed cells are named."""

import math

import pandas as pd
import pytest

from peru_asia import claims


def claim(**changes: object) -> dict[str, object]:
    return {
        "id": "C001",
        "source": "one2013",
        "claim": "Trade came to 100.",
        "quantity": "trade_value",
        "qualifier": "exact",
        "claimed": 100.0,
        "claimed_high": math.nan,
        "computed": 110.0,
        "computed_high": math.nan,
        "printed": "100",
        "found": "110",
        "verdict": "differs",
        "basis": "data",
        "unit": "usd_m",
        "plan": False,
    } | changes


CLAIMS = pd.DataFrame(
    [
        claim(),
        claim(id="C002", computed=50.0),
        claim(id="C003", source="two2016a", computed=90.0, computed_high=120.0,
              qualifier="about", verdict="reproduced"),
        claim(id="C004", source="two2016b", claimed=3.0, claimed_high=5.0, computed=10.0,
              computed_high=20.0, quantity="population_share"),
        claim(id="C005", qualifier="more_than", verdict="reproduced"),
        claim(id="C006", quantity="event_date", verdict="reproduced"),
        claim(id="C007", basis="source", verdict="contradicts"),
        claim(id="C008", basis="", computed=math.nan, verdict="not_testable"),
        claim(id="C009", computed=0.0),
        claim(id="C010", plan=True, verdict="plan_changed"),
        claim(id="C011", plan=True, unit="year", quantity="year_of_event"),
    ]
)  # fmt: skip


def test_ratios_keep_sized_claims_that_data_tested() -> None:
    out = claims.ratios(CLAIMS)
    assert out["id"].tolist() == ["C002", "C003", "C001", "C010", "C004"]


def test_ratio_of_a_range_around_the_claim_is_one() -> None:
    out = claims.ratios(CLAIMS).set_index("id")
    assert out.loc["C003", ["low", "high", "ratio"]].tolist() == [0.9, 1.2, 1.0]
    assert out["ratio"]["C002"] == pytest.approx(0.5)


def test_ratio_of_two_ranges_sets_each_end_against_its_own() -> None:
    out = claims.ratios(CLAIMS).set_index("id")
    assert out.loc["C004", ["low", "high"]].tolist() == pytest.approx([10 / 3, 4.0])


def test_cells_are_named_and_totals_are_in_per_cent() -> None:
    cells = pd.DataFrame(
        {
            "table": [2, 2, 3, 3, 4],
            "row_label": ["Fishery", "Total exports", "PG", "Total exports", "PG"],
            "partner": ["CHN"] * 5,
            "period": ["1997"] * 5,
            "unit": ["pct", "usd_m", "pct", "usd_m", "pct"],
            "difference": [0.1, -99.0, 0.3, -99.0, 1.0],
            "difference_pct": [0.2, -2.6, 0.4, -2.6, 2.0],
        }
    )
    out = claims.named_cells(cells, {"CHN": "China"})
    assert out["row"].tolist() == [
        "Table 2: fishery", "Table 2: total exports", "Table 3: primary goods",
    ]  # fmt: skip
    assert out["difference"].tolist() == [0.1, -2.6, 0.3]
    assert set(out["column"]) == {"China 1997"}
