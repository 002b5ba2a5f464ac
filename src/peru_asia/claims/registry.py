"""What a claim, a check and its finding are, and which claims have a check."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import FunctionType
from typing import Any, Literal

import pandas as pd

from peru_asia import data, paths
from peru_asia.errors import BookError, did_you_mean

Value = float | tuple[float, float]
Basis = Literal["data", "source", "other_source"]


@dataclass(frozen=True)
class Claim:
    """One row of the table ``claims``; the attributes are its columns.

    Attributes
    ----------
    value, value_high : the figure as printed (nan if the text gives none), and the second one of a
        range or pair
    decimals : place to which the figure is precise: 1 for one decimal, -2 for hundreds
    qualifier : how the text hedges the figure: ``exact``, ``about``, ``nearly``, ``more_than`` ..
    plan : whether the figure was still to come when the text appeared
    """

    id: str
    source: str
    place: str
    quantity: str
    value: float
    value_high: float
    decimals: int
    qualifier: str
    unit: str
    period: str
    year_from: int | None
    year_to: int | None
    partner: str
    flow: str
    item: str
    share_of: str
    evidence: str
    plan: bool = False

    @property
    def years(self) -> tuple[int, int]:
        """First and last year; raises `BookError` if the table gives none."""
        if self.year_from is None or self.year_to is None:
            raise BookError(f"claim {self.id} has no years in data/claims/claims.csv")
        return self.year_from, self.year_to

    @property
    def year(self) -> int:
        """The first of `years`."""
        return self.years[0]


@dataclass(frozen=True)
class Finding:
    """What a check found.

    Attributes
    ----------
    value : the computed value in the claim's unit; two values are a range, or two ends
    note : what was computed, in a few words without a full stop
    basis : where it was computed from: ``data`` (tables that do not rest on the claim's source),
        ``source`` (other figures of the same source) or ``other_source`` (a figure that another
        text prints)
    series : the same quantity in another vintage or from another reporter, by name
    readings : what the same words would give if they were read in another way, by name
    rivals : what the same source or another one says of the same quantity, by name
    decimals : precision of `value` where it is coarser than that of the claim
    date : ISO date of the event, to compare with a claim that gives month or day
    holds : whether the claim is true of `value`, where its figure alone does not decide
    """

    value: Value
    note: str = ""
    basis: Basis = "data"
    series: Mapping[str, float] = field(default_factory=dict)
    readings: Mapping[str, Value] = field(default_factory=dict)
    rivals: Mapping[str, float] = field(default_factory=dict)
    decimals: int | None = None
    date: str = ""
    holds: bool | None = None


@dataclass(frozen=True)
class Check:
    """A function that recomputes a claim, and the tables that it reads."""

    function: FunctionType
    tables: tuple[str, ...]

    def __call__(self, claim: Claim) -> Finding:
        """Recompute the claim."""
        return self.function(claim)

    @property
    def module(self) -> str:
        """File of the function, from the top of the repository."""
        *_, room, name = self.function.__module__.split(".")
        return paths.relative(paths.SOURCE / room / f"{name}.py")

    @property
    def line(self) -> int:
        """Line of the file at which the function begins."""
        return self.function.__code__.co_firstlineno


CHECKS: dict[str, Check] = {}

_COLUMNS = list(Claim.__dataclass_fields__)

# What a claim has where its row has nothing; all else is a text.
_EMPTY = {
    "value": math.nan,
    "value_high": math.nan,
    "decimals": 0,
    "year_from": None,
    "year_to": None,
    "plan": False,
}


def check(*ids: str, tables: list[str]) -> Callable[[FunctionType], FunctionType]:
    """Register a function as the check of one or more claims.

    Parameters
    ----------
    ids : ids of the claims; a function that serves several is driven by the claim's columns
    tables : names of all tables that the check reads, the most telling first

    Raises
    ------
    ValueError : if a claim has a check already
    """

    def register(function: FunctionType) -> FunctionType:
        for identifier in ids:
            if identifier in CHECKS:
                raise ValueError(f"claim {identifier} has two checks")
            CHECKS[identifier] = Check(function, tuple(tables))
        return function

    return register


def claims() -> dict[str, Claim]:
    """Return every claim of the table ``claims`` by id, in the table's order."""
    return dict(_claims(data.describe("claims").stamp))


@lru_cache(maxsize=2)
def _claims(_stamp: object) -> dict[str, Claim]:
    return {row["id"]: as_claim(row) for row in records(data.load("claims"))}


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as plain values."""
    return table.astype(object).to_dict("records")


def as_claim(row: Mapping[str, Any]) -> Claim:
    """Return a row of ``claims``, or one that has its columns in part, as a claim."""
    known = {name: cell for name, cell in row.items() if pd.notna(cell)}
    return Claim(**{name: known.get(name, _EMPTY.get(name, "")) for name in _COLUMNS})


def claim(identifier: str) -> Claim:
    """Return one claim.

    Raises
    ------
    BookError : if there is no such claim; the message suggests the nearest
    """
    known = claims()
    if identifier not in known:
        raise BookError(f"there is no claim '{identifier}'; {did_you_mean(identifier, known)}")
    return known[identifier]
