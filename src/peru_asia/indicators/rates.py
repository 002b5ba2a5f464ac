"""Rates of rare events with exact intervals, and how often chance alone would do as much.

The intervals are meant to hold with a probability of 95 per cent; they hold with at least that.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

_TAIL = 0.025  # probability that the truth lies beyond one end of an interval
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


def share_interval(count: int, of: int) -> Interval:
    """Return a share with its exact interval after Clopper and Pearson.

    The lower end is the probability *p* for which ``P(X >= count) = 0.025`` and the upper one that
    for which ``P(X <= count) = 0.025``, with *X* binomial of `of` trials (Biometrika 26, 1934,
    404-413). The ends are 0 where `count` is 0 and 1 where it is `of`. Shares are from 0 to 1.

    It takes the things counted for independent draws with the same chance. Mines of one owner
    in one valley are not; then the interval is too narrow.

    Raises
    ------
    ValueError : if the counts are negative, `count` is above `of` or `of` is 0

    Examples
    --------
    >>> [round(end, 2) for end in ind.share_interval(3, of=10)]
    [0.3, 0.07, 0.65]
    """
    if not 0 <= count <= of or of == 0:
        raise ValueError(f"{count} of {of} is no share")
    low = 0.0 if count == 0 else _solve(lambda p: 1 - _binomial(count - 1, of, p), _TAIL)
    high = 1.0 if count == of else _solve(lambda p: 1 - _binomial(count, of, p), 1 - _TAIL)
    return Interval(count / of, low, high)


def rate_interval(events: int, exposure: float) -> Interval:
    """Return events for each unit of exposure with Garwood's exact interval.

    The lower end is the mean *m* for which ``P(X >= events) = 0.025`` and the upper one that for
    which ``P(X <= events) = 0.025``, with *X* Poisson, each divided by the exposure: years, tonnes,
    mines (Garwood 1936, Biometrika 28, 437-442).

    It takes events to come independently at a constant rate. Where one event leads to the next, or
    one quarrel is listed as several, counts scatter more and the interval is too narrow.

    Raises
    ------
    ValueError : if events are negative or the exposure is not positive

    Examples
    --------
    >>> [round(end, 2) for end in ind.rate_interval(3, exposure=10)]
    [0.3, 0.06, 0.88]
    """
    if events < 0 or not exposure > 0:
        raise ValueError(f"{events} events in {exposure} is no rate")
    top = 2 * events + 50.0  # above the upper end
    low = 0.0 if events == 0 else top * _solve(lambda u: 1 - _poisson(events - 1, u * top), _TAIL)
    high = top * _solve(lambda u: 1 - _poisson(events, u * top), 1 - _TAIL)
    return Interval(events / exposure, low / exposure, high / exposure)


def rate_ratio_interval(first: tuple[int, float], second: tuple[int, float]) -> Interval:
    """Return how many times as high the first rate is as the second, with its exact interval.

    Given the sum of the events, those of the first are binomial with
    ``p = r * t1 / (r * t1 + t2)``, where *r* is the ratio and *t* the exposures; the ends of the
    interval of *p* give those of *r* (Przyborowski and Wilenski 1940, Biometrika 31, 313-323). The
    ratio and the upper end are infinite where the second has no event.

    Parameters
    ----------
    first, second : events and exposure

    Raises
    ------
    ValueError : if neither has an event, events are negative or an exposure is not positive

    Examples
    --------
    >>> [round(end, 2) for end in ind.rate_ratio_interval((6, 10), (3, 10))]
    [2.0, 0.43, 12.36]
    """
    (events, time), (others, time_of_others) = first, second
    if min(events, others) < 0 or not min(time, time_of_others) > 0:
        raise ValueError("a rate needs events, not negative, and a positive exposure")
    if events + others == 0:
        raise ValueError("two rates without any event have no ratio")
    ends = share_interval(events, events + others)
    scale = time_of_others / time
    return Interval(*(math.inf if p == 1 else scale * p / (1 - p) for p in ends))


def relabelled(
    counts: Sequence[int], exposures: Sequence[float], group: Iterable[int]
) -> Relabelling:
    """Ask how many groups of the same size have a rate at least as high as the group's.

    All choices of as many members are gone through: Fisher's test by relabelling, with the rate of
    a group as its events together over its exposures together. It needs no assumption on how
    events scatter: a member with many keeps them all, whoever is said to own it.

    Source: Fisher (1935), The Design of Experiments, Oliver and Boyd, on tests by randomisation.

    Parameters
    ----------
    counts, exposures : events and exposure of each member
    group : positions of its members

    Returns
    -------
    The rate of the group, the number of groups of its size (the group itself among them), and how
    many of them have a rate at least as high.

    Raises
    ------
    ValueError : if the two lists differ in length, the group is empty or names a member twice or
        one that is not there, or its exposure is zero

    Examples
    --------
    >>> ind.relabelled(counts=[5, 0, 1, 2], exposures=[1, 1, 1, 1], group=[0, 3])
    Relabelling(rate=3.5, groups=6, as_high=1)
    """
    members, listed = tuple(sorted(group)), range(len(counts))
    if len(counts) != len(exposures):
        raise ValueError(f"{len(counts)} counts and {len(exposures)} exposures do not pair")
    if not members or len(set(members)) < len(members) or not set(members) <= set(listed):
        raise ValueError("a group has members, each once and each on the list")

    def rate(chosen: tuple[int, ...]) -> float:
        over = sum(exposures[i] for i in chosen)
        if not over > 0:
            raise ValueError("a group without exposure has no rate")
        return sum(counts[i] for i in chosen) / over

    observed = rate(members)
    rates = [rate(chosen) for chosen in combinations(listed, len(members))]
    # Sums in another order may differ in the last digit.
    return Relabelling(observed, len(rates), sum(r >= observed - 1e-12 for r in rates))


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
