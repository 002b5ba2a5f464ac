"""The rules by which a claim and a finding become a verdict."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.claims.registry import CHECKS, Claim, Finding, Value, check
from peru_asia.claims.verdicts import VERDICTS, agrees, is_close, number, verdict

NAN = math.nan


def make(
    value: float = 20.6, decimals: int = 1, qualifier: str = "exact", **other: object
) -> Claim:
    columns = {
        "id": "C999", "source": "sanborn2013", "place": "p. 1", "quantity": "share",
        "value_high": NAN, "unit": "pct", "period": "2011", "year_from": 2011, "year_to": 2011,
        "partner": "CHN", "flow": "export", "item": "", "share_of": "",
        "evidence": "package_table",
    }  # fmt: skip
    return Claim(value=value, decimals=decimals, qualifier=qualifier, **(columns | other))


@pytest.mark.parametrize(
    ("value", "decimals", "qualifier", "good", "bad"),
    [
        (20.6, 1, "exact", [20.55, 20.6, 20.6499], [20.54, 20.66]),
        (59, 0, "exact", [58.5, 59.4], [58.4, 59.6]),
        (7700, -2, "exact", [7650, 7749], [7640, 7760]),
        (0, 1, "exact", [0.04, -0.04], [0.06]),
        (-11.9, 1, "exact", [-11.93], [11.9, -12.0]),
        (500, -2, "about", [451, 549, 510], [440, 560]),
        (16.2, 1, "about", [16.2, 16.5], [16.6, 15.8]),
        (92, 0, "nearly", [91, 91.4, 92, 92.4], [90.9, 92.6]),
        (7800, -2, "nearly", [7700, 7814], [7690, 7860]),
        (160, -1, "more_than", [164, 160.1], [160, 159]),
        (14, 0, "at_least", [14, 15], [13]),
        (1, 0, "less_than", [0.3], [1, 1.1]),
        (5, 0, "up_to", [5, 4], [5.1]),
    ],
)
def test_a_value_meets_a_claim_at_its_printed_precision(
    value: float, decimals: int, qualifier: str, good: list[float], bad: list[float]
) -> None:
    claim = make(value, decimals, qualifier)
    assert all(agrees(claim, number) for number in good)
    assert not any(agrees(claim, number) for number in bad)


@pytest.mark.parametrize(
    ("claim", "value", "expected"),
    [
        (make(100_000, -5, "about"), (90_000, 100_000), True),
        (make(2118, 0, "about"), (2200, 2300), False),
        (make(1, 0, "less_than"), (0.3, 1.3), False),
        (make(5, 0, "up_to"), (10.0, 20.0), False),
        (make(14, 0, "at_least"), (13.0, 20.0), False),
        (make(3, 0, value_high=5.0), (3.2, 4.8), True),
        (make(3, 0, value_high=5.0), (3.2, 5.8), False),
        (make(3, 0, value_high=5.0), 4.0, True),
        (make(3, 0, value_high=5.0), 6.0, False),
    ],
)
def test_ranges(claim: Claim, value: Value, expected: bool) -> None:
    assert agrees(claim, value) is expected


@given(st.floats(-1e6, 1e6), st.integers(-3, 3))
def test_what_is_rounded_is_met_by_what_it_was(value: float, decimals: int) -> None:
    assert agrees(make(round(value, decimals), decimals), value)


def test_close_is_two_per_cent_and_never_for_years_ranks_and_counts() -> None:
    assert is_close(make(100.0), 102.0)
    assert not is_close(make(100.0), 102.1)
    assert not is_close(make(0.0), 0.01)
    for unit in ("year", "rank", "count"):
        assert not is_close(make(2010, unit=unit), 2011)


REVISED = {"the older edition": 20.6}


@pytest.mark.parametrize(
    ("claim", "finding", "expected", "words"),
    [
        (make(), Finding(20.58, "rate"), "reproduced", "rate"),
        (make(), Finding(22.0, series=REVISED), "revised", "the older edition (20.6)"),
        (make(), Finding(20.7, series=REVISED), "revised", "the older edition"),
        (make(), Finding(20.7), "close", "0.5 per cent away"),
        (make(), Finding(20.651), "close", "0.2 per cent away"),
        (make(20_000, 0), Finding(20_001), "close", "less than 0.1 per cent away"),
        (make(), Finding(25.0), "differs", ""),
        (make(), Finding(25.0, readings={"as x": 20.6}), "differs", "as x it would fit (20.6)"),
        (make(), Finding(25.0, readings={"as x": 30.0}), "differs", ""),
        (make(), Finding(25.0, rivals={"C001": 30.0}), "contradicts", "C001 gives 30"),
        (make(), Finding(25.0, rivals={"C001": 20.61}), "differs", ""),
        (make(), Finding(20.6, rivals={"C001": 30.0}), "reproduced", ""),
        (make(), Finding(25.0, basis="source"), "contradicts", ""),
        (make(), Finding(25.0, basis="other_source"), "contradicts", ""),
        (make(), Finding(20.6, basis="source"), "reproduced", ""),
        (make(118, 0), Finding(120, decimals=-1), "reproduced", ""),
        (make(118, 0), Finding(150, decimals=-1), "differs", ""),
        (make(NAN), Finding(608, "surplus", holds=True), "reproduced", "surplus"),
        (make(NAN), Finding(-608, "deficit", holds=False), "differs", "deficit"),
        (make(NAN), Finding(4, basis="source", holds=False), "contradicts", ""),
        (make(), None, "not_testable", "the tables hold no figure"),
        (make(evidence="treaty_text"), None, "not_testable", "text of a treaty"),
    ],
)
def test_every_rule(claim: Claim, finding: Finding | None, expected: str, words: str) -> None:
    judgement = verdict(claim, finding)
    assert judgement.verdict == expected
    assert expected in VERDICTS
    assert words in judgement.reason
    assert ("it would fit" in judgement.reason) == ("it would fit" in words)


@pytest.mark.parametrize(
    ("period", "date", "expected"),
    [
        ("2011-03-21", "2011-03-21", "reproduced"),
        ("2011-03", "2011-03-21", "reproduced"),
        ("2011-03-21", "2011-03", "reproduced"),
        ("2016-11-14/2016-11-20", "2016-11-14", "reproduced"),
        ("2011", "2011-05-01", "reproduced"),
        ("2011-03-21", "2011-03-22", "differs"),
        ("2011-03", "2011-04", "differs"),
    ],
)
def test_a_date_is_compared_as_finely_as_both_give_it(
    period: str, date: str, expected: str
) -> None:
    year = float(date[:4])
    claim = make(year, 0, unit="year", period=period)
    assert verdict(claim, Finding(year, "signed", date=date)).verdict == expected


def test_every_kind_of_evidence_has_a_reason() -> None:
    from peru_asia.data import describe

    fields = {field["name"]: field for field in describe("claims").fields}
    for kind in fields["evidence"]["constraints"]["enum"]:
        assert len(verdict(make(evidence=kind), None).reason) > 20
    qualifiers = fields["qualifier"]["constraints"]["enum"]
    assert all(agrees(make(50.0, 0, name), 50.0) for name in qualifiers if "than" not in name)


def test_numbers_for_a_reader() -> None:
    assert number(13_337.4) == "13,337"
    assert number(2016.0, "year") == "2016"
    assert number((90_000.0, 100_000.0)) == "90,000 to 100,000"
    assert number(18.978) == "18.98"
    assert number(7.5) == "7.5"
    assert number(0.0) == "0"


def test_a_claim_has_one_check() -> None:
    taken = next(iter(CHECKS))
    with pytest.raises(ValueError, match="two checks"):
        check(taken, tables=["claims"])(lambda claim: Finding(1.0))
