"""How concentrated a total is on few parts."""

from collections.abc import Iterable

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
    parts = pd.Series(values, dtype=float).dropna()
    if (parts < 0).any():
        raise ValueError("a part of a total cannot be negative")
    whole = parts.sum()
    return float(((parts / whole) ** 2).sum()) if whole else float("nan")
