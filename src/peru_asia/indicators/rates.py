"""Rates of rare events with exact intervals, and how often chance alone would do as much."""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

_STEPS = 80  # halvings of an interval; beyond the precision of a float


class Interval(NamedTuple):
    """A value with the ends of its interval."""

    value: float
    low: float
    high: float


class Relabelling(NamedTuple):
    """How the rate of a group compares with that of other groups of its size."""

    rate: float
    groups: int
    as_high: int

    @property
    def share_pct(self) -> float:
        """Per cent of the groups whose rate is at least as high."""
        return 100 * self.as_high / self.groups


def share_interval(count: int, of: int, *, level: float = 0.95) -> Interval:
    """Return a share with its exact interval after Clopper and Pearson.

    The lower end is the probability *p* for which ``P(X >= count) = (1 - level) / 2`` and the
    upper one that for which ``P(X <= count) = (1 - level) / 2``, with *X* binomial of `of`
    trials. The ends are 0 where `count` is 0 and 1 where it is `of`.

    Parameters
    ----------
    count
        How many of them have it.
    of
        How many there are.
    level
        Probability that the interval is meant to hold; it holds at least that.

    Returns
    -------
    Interval
        Shares from 0 to 1.

    Raises
    ------
    ValueError
        If the counts are negative, `count` is above `of`, `of` is 0 or the level is not between
        0 and 1.

    Notes
    -----
    It takes the things counted for independent draws with the same chance. Mines of one owner
    in one valley are not; then the interval is too narrow.

    References
    ----------
    Clopper and Pearson (1934), Biometrika 26, 404-413.
    """
    _check(level)
    if not 0 <= count <= of or of == 0:
        raise ValueError(f"{count} of {of} is no share")
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else _solve(lambda p: 1 - _binomial(count - 1, of, p), tail)
    high = 1.0 if count == of else _solve(lambda p: 1 - _binomial(count, of, p), 1 - tail)
    return Interval(count / of, low, high)


def rate_interval(events: int, exposure: float, *, level: float = 0.95) -> Interval:
    """Return events for each unit of exposure with Garwood's exact interval.

    The lower end is the mean *m* for which ``P(X >= events) = (1 - level) / 2`` and the upper one
    that for which ``P(X <= events) = (1 - level) / 2``, with *X* Poisson, each divided by the
    exposure.

    Parameters
    ----------
    events
        Number of events.
    exposure
        What they are set against: years, tonnes, mines. Its unit is that of the rate.
    level
        As for `share_interval`.

    Raises
    ------
    ValueError
        If events are negative, the exposure is not positive or the level is not between 0 and 1.

    Notes
    -----
    It takes events to come independently at a constant rate. Where one event leads to the next, or
    one quarrel is listed as several, counts scatter more and the interval is too narrow.

    References
    ----------
    Garwood (1936), Biometrika 28, 437-442.
    """
    _check(level)
    if events < 0 or not exposure > 0:
        raise ValueError(f"{events} events in {exposure} is no rate")
    tail = (1 - level) / 2
    top = 2 * events + 50.0  # above the upper end of any level below 1 - 1e-9
    low = 0.0 if events == 0 else top * _solve(lambda u: 1 - _poisson(events - 1, u * top), tail)
    high = top * _solve(lambda u: 1 - _poisson(events, u * top), 1 - tail)
    return Interval(events / exposure, low / exposure, high / exposure)


def rate_ratio_interval(
    first: tuple[int, float], second: tuple[int, float], *, level: float = 0.95
) -> Interval:
    """Return how many times as high the first rate is as the second, with its exact interval.

    Given the sum of the events, those of the first are binomial with
    ``p = r * t1 / (r * t1 + t2)``, where *r* is the ratio and *t* the exposures; the ends of the
    interval of *p* give those of *r*.

    Parameters
    ----------
    first, second
        Events and exposure.
    level
        As for `share_interval`.

    Returns
    -------
    Interval
        The ratio; infinite where the second has no event, as is the upper end.

    Raises
    ------
    ValueError
        If neither has an event, events are negative or an exposure is not positive.

    References
    ----------
    Przyborowski and Wilenski (1940), Biometrika 31, 313-323.
    """
    (events, time), (others, time_of_others) = first, second
    if min(events, others) < 0 or not min(time, time_of_others) > 0:
        raise ValueError("a rate needs events, not negative, and a positive exposure")
    if events + others == 0:
        raise ValueError("two rates without any event have no ratio")
    ends = share_interval(events, events + others, level=level)
    scale = time_of_others / time
    return Interval(*(math.inf if p == 1 else scale * p / (1 - p) for p in ends))


def relabelled(
    counts: Sequence[int], exposures: Sequence[float], group: Iterable[int]
) -> Relabelling:
    """Ask how many groups of the same size have a rate at least as high as the group's.

    All choices of as many members are gone through: Fisher's test by relabelling, with the rate of
    a group as its events together over its exposures together. It needs no assumption on how
    events scatter: a member with many keeps them all, whoever is said to own it.

    Parameters
    ----------
    counts, exposures
        Events and exposure of each member.
    group
        Positions of the members of the group.

    Returns
    -------
    Relabelling
        The rate of the group, the number of groups of its size (the group itself among them),
        and how many of them have a rate at least as high.

    Raises
    ------
    ValueError
        If the two lists differ in length, the group is empty or names a member twice or one
        that is not there, or its exposure is zero.

    References
    ----------
    Fisher (1935), The Design of Experiments, Oliver and Boyd, on tests by randomisation.
    """
    members = sorted(group)
    if len(counts) != len(exposures):
        raise ValueError(f"{len(counts)} counts and {len(exposures)} exposures do not pair")
    if (
        not members
        or len(set(members)) < len(members)
        or not set(members) <= set(range(len(counts)))
    ):
        raise ValueError("a group has members, each once and each on the list")

    def rate(chosen: Iterable[int]) -> float:
        chosen = list(chosen)
        over = sum(exposures[i] for i in chosen)
        if not over > 0:
            raise ValueError("a group without exposure has no rate")
        return sum(counts[i] for i in chosen) / over

    observed = rate(members)
    rates = [rate(chosen) for chosen in combinations(range(len(counts)), len(members))]
    # Sums in another order may differ in the last digit.
    return Relabelling(observed, len(rates), sum(r >= observed - 1e-12 for r in rates))


def _check(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not at {level}")


def _solve(rising: Callable[[float], float], target: float) -> float:
    """Return where a rising function of 0 to 1 reaches the target."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < target else (low, middle)
    return (low + high) / 2


def _binomial(count: int, of: int, p: float) -> float:
    """Return P(X <= count) for a binomial X."""
    return math.fsum(math.comb(of, k) * p**k * (1 - p) ** (of - k) for k in range(count + 1))


def _poisson(count: int, mean: float) -> float:
    """Return P(X <= count) for a Poisson X."""
    if mean == 0:
        return 1.0
    return math.fsum(
        math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1)
    )
