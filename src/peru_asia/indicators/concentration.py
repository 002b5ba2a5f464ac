"""How concentrated a total is on few parts."""

from collections.abc import Iterable

import numpy as np
import pandas as pd


def hhi(values: Iterable[float]) -> float:
    """Return the Herfindahl-Hirschman index (HHI) of a total's parts.

    The sum of the squared shares, from ``1 / n`` for `n` equal parts to 1 for a single one. Its
    inverse is the number of equal partners that would be as concentrated. Assumes that the parts
    are all there: parts left out of `values` are treated as if they did not exist.

    Parameters
    ----------
    values
        Sizes of the parts, in any unit; missing parts are left out.

    Returns
    -------
    float
        Between 0 and 1; missing (nan) if the parts sum to zero.

    Raises
    ------
    ValueError
        If a part is negative.

    References
    ----------
    Hirschman, A. O. (1964), "The Paternity of an Index", American Economic Review 54(5).
    """
    shares = _shares(values)
    return float((shares**2).sum()) if len(shares) else float("nan")


def entropy(values: Iterable[float]) -> float:
    """Return Shannon's entropy of a total's parts, in natural units.

    ``-sum(s * ln(s))`` over the shares `s`: 0 for a single part, ``ln(n)`` for `n` equal ones. Its
    exponential is the number of equal parts that would be as spread out. It gives small parts
    more weight than `hhi` does, so that the two together tell a lost leader from a longer tail.
    Assumes, as `hhi` does, that the parts are all there; the level depends on how finely the
    total is divided, so that only series of one list of parts compare.

    Parameters
    ----------
    values
        Sizes of the parts, in any unit; missing parts are left out, and zeros add nothing.

    Returns
    -------
    float
        Between 0 and the logarithm of the number of parts; missing (nan) if the parts sum to zero.

    Raises
    ------
    ValueError
        If a part is negative.

    References
    ----------
    Shannon, C. E. (1948), "A Mathematical Theory of Communication", Bell System Technical
    Journal 27(3); Theil, H. (1967), Economics and Information Theory, North-Holland.
    """
    shares = _shares(values)
    shares = shares[shares > 0]
    return max(0.0, -float((shares * np.log(shares)).sum())) if len(shares) else float("nan")


def _shares(values: Iterable[float]) -> pd.Series:
    """Return the shares of the parts that are not missing, or none if they sum to zero."""
    parts = pd.Series(values, dtype=float).dropna()
    if (parts < 0).any():
        raise ValueError("a part of a total cannot be negative")
    whole = parts.sum()
    return parts / whole if whole else parts[:0]
