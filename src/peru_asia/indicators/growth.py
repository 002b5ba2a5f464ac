"""How much and how fast a series grew."""


def growth_factor(start: float, end: float) -> float:
    """Return how many times as large `end` is as `start`.

    A factor of 3 is growth *by* 200 per cent: the difference between growing "threefold" and
    growing "by three times" that reports often blur.

    Raises
    ------
    ValueError : if `start` is not positive

    Examples
    --------
    >>> ind.growth_factor(20, 60)
    3.0
    """
    if start <= 0:
        raise ValueError(f"growth from {start} has no meaning; the start must be positive")
    return end / start


def cagr(start: float, end: float, years: float) -> float:
    """Return the compound annual growth rate (CAGR) in per cent a year.

    The rate that takes `start` to `end` in `years` equal steps,
    ``100 * ((end / start) ** (1 / years) - 1)``. It depends on the two end points alone. From 1995
    to 2011 there are 16 steps, not 17.

    Raises
    ------
    ValueError : if `start` or `years` is not positive, or `end` is negative

    Examples
    --------
    >>> round(ind.cagr(100, 200, years=10), 1)
    7.2
    """
    if years <= 0 or end < 0:
        raise ValueError(f"no growth rate from {start} to {end} in {years} years")
    return 100 * (growth_factor(start, end) ** (1 / years) - 1)
