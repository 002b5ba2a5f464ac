"""From a claim and a finding to a verdict: the rules, in one place.

The rules are tried in this order; the first that fits decides.

``not_testable``
    No check could be written; the reason follows from the kind of evidence that would be needed.
``reproduced``
    The computed value meets the claim at the claim's own printed precision (see `agrees`).
``revised``
    The computed value does not, but another vintage or another reporter does; the reason names it.
``close``
    Within 2 per cent of the claim. Never for years, ranks and counts: those are right or wrong.
``plan_changed``
    The claim is of a plan (a sum announced, a date or a size to come) and it came otherwise: what
    came later makes no statement of a plan wrong.
``contradicts``
    What the claim was set against is a figure of the same source or of another text, and the two
    do not agree; or the tables do not bear the claim out and the source itself says otherwise.
``differs``
    None of these.
"""

import math
import re
from dataclasses import replace
from typing import NamedTuple

from peru_asia.claims.registry import Claim, Finding, Value

VERDICTS = (
    "reproduced", "revised", "close", "plan_changed", "contradicts", "differs", "not_testable",
)  # fmt: skip

CLOSE = 0.02
"""How far a value may be from the claim to be called close, as a part of the claim."""

# Right or wrong, never nearly right.
_DISCRETE = frozenset({"year", "rank", "count", "phase"})

# Room for the binary representation of decimal fractions.
_EPSILON = 1e-9

_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")

# Why a claim has no check, by the kind of evidence that could test it.
_UNTESTABLE = {
    "package_table": "the tables hold no figure on it from a second source",
    "arithmetic": "the text prints no other figure that it could be set against",
    "company_or_press": "rests on a company or on press reports; we hold no second one",
    "official_statistics_not_open": "needs official statistics that this package does not hold",
    "treaty_text": "needs the text of a treaty or a statute, which is not a table of this package",
    "historical_literature": "rests on historical literature, not on a series",
    "not_quantified": "gives no quantity that could be computed",
}


class Judgement(NamedTuple):
    """A verdict and the reason for it."""

    verdict: str
    reason: str


def ends(value: Value) -> tuple[float, float]:
    """Return the two ends of a value; those of a single value are the same."""
    return value if isinstance(value, tuple) else (value, value)


def agrees(claim: Claim, value: Value) -> bool:
    """Tell whether a value meets a claim at the claim's own printed precision.

    With `step` one unit of the last printed place, and a claim of a single figure:

    - ``exact``: the value rounds to the figure (it is at most half a step away);
    - ``about``: it rounds to the figure, or lies within 2 per cent of it;
    - ``nearly``: it rounds to the figure, or is less, but by no more than a step;
    - ``more_than``, ``at_least``: it is above, or not below;
    - ``less_than``, ``up_to``: it is below, or not above.

    A range of values, as several sources give it, meets a single figure if the figure lies in it
    to half a step; for a bound the less favourable end counts. A claim of two figures is met by
    two values, each end by its own, or by a single value that lies between them.

    Parameters
    ----------
    claim : one that has a figure
    value : what was computed, in the claim's unit
    """
    step = 10.0**-claim.decimals
    half = step / 2 + _EPSILON * max(1.0, abs(claim.value))
    low, high = ends(value)
    if not math.isnan(claim.value_high):
        if isinstance(value, tuple):
            return abs(low - claim.value) <= half and abs(high - claim.value_high) <= half
        return claim.value - half <= low <= claim.value_high + half
    bounds = {
        "more_than": low > claim.value,
        "at_least": low >= claim.value - _EPSILON,
        "less_than": high < claim.value,
        "up_to": high <= claim.value + _EPSILON,
    }
    if claim.qualifier in bounds:
        return bounds[claim.qualifier]
    if low - half <= claim.value <= high + half:
        return True
    if claim.qualifier == "about":
        return is_close(claim, value)
    return claim.qualifier == "nearly" and claim.value - step - _EPSILON <= low <= claim.value


def is_close(claim: Claim, value: Value) -> bool:
    """Tell whether a value lies within 2 per cent of a claim; never true of years and counts."""
    return claim.unit not in _DISCRETE and distance(claim, value) <= CLOSE + _EPSILON


def distance(claim: Claim, value: Value) -> float:
    """Return how far a value is from a claim, as a part of the claim, without sign.

    That of the end that is farther away where a claim has two figures, and of the nearer one
    where a single figure is set against a range.
    """
    low, high = ends(value)
    if not math.isnan(claim.value_high):
        return max(_part(low, claim.value), _part(high, claim.value_high))
    if low <= claim.value <= high:
        return 0.0
    return min(_part(low, claim.value), _part(high, claim.value))


def _part(value: float, of: float) -> float:
    return abs(value - of) / abs(of) if of else math.inf


def verdict(claim: Claim, finding: Finding | None) -> Judgement:
    """Return the verdict on a claim, and the reason for it.

    Parameters
    ----------
    finding : what the claim's check found; nothing if it has no check
    """
    if finding is None:
        return Judgement("not_testable", _UNTESTABLE[claim.evidence])
    missed = "contradicts" if finding.basis != "data" else "differs"
    if claim.plan:
        missed = "plan_changed"
    if finding.holds is not None:
        return Judgement("reproduced" if finding.holds else missed, finding.note)
    if finding.decimals is not None:
        claim = replace(claim, decimals=min(claim.decimals, finding.decimals))
    if _dates_differ(claim, finding.date):
        return Judgement(missed, f"{finding.note}: {finding.date}, not {claim.period}")
    if agrees(claim, finding.value):
        return Judgement("reproduced", finding.note)
    for name, value in finding.series.items():
        if agrees(claim, value):
            return Judgement(
                "revised", f"{finding.note}; agrees with {name} ({number(value, claim.unit)})"
            )
    if is_close(claim, finding.value):
        away = 100 * distance(claim, finding.value)
        amount = f"{away:.1f}" if away >= 0.05 else "less than 0.1"
        return Judgement("close", f"{finding.note}; {amount} per cent away")
    reason = finding.note
    for name, value in finding.readings.items():
        if agrees(claim, value) or is_close(claim, value):
            reason += f"; {name} it would fit ({number(value, claim.unit)})"
    if missed != "differs":
        return Judgement(missed, reason)
    for name, value in finding.rivals.items():
        if not (agrees(claim, value) or is_close(claim, value)):
            return Judgement("contradicts", f"{reason}; {name} gives {number(value, claim.unit)}")
    return Judgement("differs", reason)


def _dates_differ(claim: Claim, date: str) -> bool:
    first = claim.period.split("/")[0]
    if not date or claim.unit != "year" or not _DATE.fullmatch(first):
        return False
    return not (date.startswith(first) or first.startswith(date))


def number(value: Value, unit: str = "") -> str:
    """Write a computed value for a reader: some four digits, years as years, or two ends."""
    if isinstance(value, tuple):
        return " to ".join(number(end, unit) for end in value)
    if unit == "year":
        return f"{value:.0f}"
    digits = 0 if abs(value) >= 1000 else 2 if abs(value) >= 10 else 3
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
