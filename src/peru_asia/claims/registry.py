"""What a claim, a check and its finding are, and which claims have a check."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import Any, Literal, Protocol

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
    value, value_high
        The figure as printed (nan if the text gives none), and the second one of a range or pair.
    decimals
        Place to which the figure is precise: 1 for one decimal, -2 for hundreds.
    qualifier
        How the text hedges the figure: ``exact``, ``about``, ``nearly``, ``more_than`` ...
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

    @property
    def years(self) -> tuple[int, int]:
        """First and last year; raises `BookError` if the table gives none."""
        if self.year_from is None or self.year_to is None:
            raise BookError(f"claim {self.id} has no years in data/claims/claims.csv")
        return self.year_from, self.year_to


@dataclass(frozen=True)
class Finding:
    """What a check found.

    Attributes
    ----------
    value
        The computed value in the claim's unit; two values are a range, or two ends.
    note
        What was computed, in a few words without a full stop.
    basis
        Where it was computed from: ``data`` (tables that do not rest on the claim's source),
        ``source`` (other figures of the same source) or ``other_source`` (a figure that
        another text prints).
    series
        The same quantity in another vintage or from another reporter, by name.
    readings
        What the same words would give if they were read in another way, by name.
    rivals
        What the same source or another one says of the same quantity, by name.
    decimals
        Precision of `value` where it is coarser than that of the claim.
    date
        ISO date of the event, to compare with a claim that gives month or day.
    holds
        Whether a claim without a figure is true of `value`.
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


class Function(Protocol):
    """What recomputes a claim: a function, which knows where it is written."""

    __code__: CodeType

    def __call__(self, claim: Claim, /) -> Finding:
        """Return what the tables say of a claim."""
        ...


@dataclass(frozen=True)
class Check:
    """A function that recomputes a claim, and the tables that it reads."""

    function: Function
    tables: tuple[str, ...]

    def __call__(self, claim: Claim) -> Finding:
        """Recompute the claim."""
        return self.function(claim)

    @property
    def module(self) -> str:
        """File of the function, from the top of the repository."""
        return paths.relative(paths.SOURCE.joinpath(*self.function.__module__.split(".")[1:])) + (
            ".py"
        )

    @property
    def line(self) -> int:
        """Line of the file at which the function begins."""
        return self.function.__code__.co_firstlineno


CHECKS: dict[str, Check] = {}


def check(*ids: str, tables: Sequence[str]) -> Callable[[Function], Function]:
    """Register a function as the check of one or more claims.

    Parameters
    ----------
    ids
        Ids of the claims; a function that serves several is driven by the claim's columns.
    tables
        Names of all tables that the check reads, the most telling first.

    Raises
    ------
    ValueError
        If a claim has a check already.
    """

    def register(function: Function) -> Function:
        for identifier in ids:
            if identifier in CHECKS:
                raise ValueError(f"claim {identifier} has two checks")
            CHECKS[identifier] = Check(function, tuple(tables))
        return function

    return register


def claims() -> dict[str, Claim]:
    """Return every claim of the table ``claims`` by id, in the table's order."""
    return dict(_claims(data.describe("claims").path.stat().st_mtime_ns))


@lru_cache(maxsize=2)
def _claims(_modified: int) -> dict[str, Claim]:
    names = list(Claim.__dataclass_fields__)
    rows = data.load("claims")[names].astype(object)
    return {row["id"]: Claim(**_plain(row)) for row in rows.to_dict("records")}


def claim(identifier: str) -> Claim:
    """Return one claim.

    Raises
    ------
    BookError
        If there is no such claim; the message suggests the nearest.
    """
    known = claims()
    if identifier not in known:
        raise BookError(f"there is no claim '{identifier}'; {did_you_mean(identifier, known)}")
    return known[identifier]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, cell in row.items():
        missing = pd.isna(cell)
        if name in ("year_from", "year_to"):
            out[name] = None if missing else int(cell)
        elif name == "decimals":
            out[name] = 0 if missing else int(cell)
        elif name in ("value", "value_high"):
            out[name] = math.nan if missing else float(cell)
        else:
            out[name] = "" if missing else str(cell)
    return out
