"""The register of corrections and the kinds of fact, on rows worked by hand."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import claims, data
from peru_asia.claims.corrections import STANDINGS, with_lead
from peru_asia.claims.kinds import KINDS, OTHERS, by_kind, kinds


def row(since: str | None, basis: str = "page", text: str = "2022-08-03") -> dict[str, object]:
    return {"known_since": since, "known_basis": basis, "text_date": text}


def test_the_lead_is_the_least_that_the_dates_allow() -> None:
    table = pd.DataFrame(
        [
            row("2021-08-03"),  # a year before, to the day
            row("2021-07"),  # counts from 31 July: 368 days
            row("2023-08-03"),
            row(None, "own_figures"),
            row("2013-08", text="2013-09"),  # from 31 August to 1 September
        ]
    )
    out = with_lead(table)
    assert out["standing"].tolist() == [
        "known_before", "known_before", "known_after", "own_figures", "known_before"
    ]  # fmt: skip
    assert out["lead_months"].iloc[0] == pytest.approx(12, abs=0.02)
    assert out["lead_months"].iloc[1] == pytest.approx(368 / 30.437, abs=0.001)
    assert out["lead_months"].iloc[2] == pytest.approx(-12, abs=0.02)
    assert math.isnan(out["lead_months"].iloc[3])
    assert out["lead_months"].iloc[4] == pytest.approx(1 / 30.437, abs=0.001)


def test_a_text_of_the_same_day_could_not_know() -> None:
    assert with_lead(pd.DataFrame([row("2022-08-03")]))["standing"].tolist() == ["known_after"]


@given(st.dates(), st.dates())
def test_the_sign_of_the_lead_is_the_standing(known: object, published: object) -> None:
    if min(known, published).year < 1700 or max(known, published).year > 2200:
        return
    out = with_lead(pd.DataFrame([row(known.isoformat(), text=published.isoformat())]))
    assert (out["lead_months"].iloc[0] > 0) == (out["standing"].iloc[0] == "known_before")


def test_every_standing_of_the_register_has_a_name() -> None:
    assert set(claims.corrections()["standing"]) == set(STANDINGS)


def test_a_quantity_has_one_kind() -> None:
    listed = [quantity for some in KINDS.values() for quantity in some]
    assert len(listed) == len(set(listed))
    some = pd.DataFrame(
        {"quantity": ["stake_pct", "mine_count", "stake_pct"], "plan": [False, False, True]}
    )
    assert kinds(some).tolist() == ["Stakes of owners", OTHERS, "Plans"]


def test_a_listed_quantity_is_one_of_a_claim() -> None:
    known = set(data.load("claims")["quantity"].astype(str))
    assert {quantity for some in KINDS.values() for quantity in some} <= known


def test_claims_are_counted_by_kind() -> None:
    base = {
        "source": "one",
        "quantity": "trade_value",
        "basis": "data",
        "unit": "usd_m",
        "plan": False,
    }
    ledger = pd.DataFrame(
        [
            base | {"verdict": "reproduced", "claimed": 100.0, "computed": 100.0},
            base | {"verdict": "close", "claimed": 100.0, "computed": 102.0},
            base | {"verdict": "differs", "claimed": 100.0, "computed": 50.0},
            base | {"verdict": "contradicts", "claimed": 1.0, "computed": 2.0, "basis": "source"},
            base | {"verdict": "differs", "claimed": 2016.0, "computed": 2018.0, "unit": "year",
                    "quantity": "year_of_event"},
        ]
    )  # fmt: skip
    out = by_kind(ledger).set_index("kind")
    # Two of three hold; misses of 0, 2 and 50 per cent. What was tested on texts does not count.
    assert out.loc["Trade values", ["tested", "held", "sized"]].tolist() == [3, 2, 3]
    assert out["held_pct"]["Trade values"] == pytest.approx(200 / 3)
    assert out["median_off_pct"]["Trade values"] == pytest.approx(2)
    # Two years off are no ratio.
    assert out.loc["Dates and spans", ["tested", "held", "sized"]].tolist() == [1, 0, 0]
    assert math.isnan(out["median_off_pct"]["Dates and spans"])


def test_the_kinds_of_the_real_ledger_add_up(ledger: pd.DataFrame) -> None:
    ledger = ledger.merge(data.load("claims")[["id", "quantity"]], on="id")
    assert by_kind(ledger)["tested"].sum() == (ledger["basis"] == "data").sum()
