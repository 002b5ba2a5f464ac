"""How far two series with gaps move together, at one lag or another, and what that is worth.

Series are indexed by consecutive periods: whole numbers, or a pandas ``PeriodIndex``. A missing
value is a gap: pairs are made of the periods that both series have, and nothing is filled in. All
functions raise a ValueError if a period stands twice. `least` is the number of pairs below which
there is no answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

Method = Literal["pearson", "spearman"]  # coefficients of correlation

LEAST = 10  # pairs below which a correlation says nothing
_Z = 1.959964  # 97.5% point of the normal distribution


class LagSearch(NamedTuple):
    """What `lag_search` returns."""

    lag: int
    correlation: float
    placebos: int
    as_strong: int

    @property
    def share_pct(self) -> float:
        """Share of the placebos that do as well, in per cent."""
        return 100 * self.as_strong / self.placebos


def change(series: pd.Series, periods: int = 1, *, relative: bool = False) -> pd.Series:
    """Return how much a series changed over a number of periods.

    ``x(t) - x(t - periods)``, or with `relative` ``100 * (x(t) / x(t - periods) - 1)``, in per
    cent. It is missing where either end is: a change is never taken across a gap of unknown
    length, as `pandas.Series.diff` on rows would.

    Raises
    ------
    ValueError : if `periods` is not positive

    Examples
    --------
    >>> series = pd.Series([100.0, 110, 99], [2001, 2002, 2004])
    >>> ind.comovement.change(series, relative=True)
    2001     NaN
    2002    10.0
    2004     NaN
    dtype: float64
    """
    if periods < 1:
        raise ValueError(f"a change over {periods} periods has no meaning")
    _once(series)
    before = pd.Series(series.to_numpy(float), index=series.index + periods).reindex(series.index)
    now = series.astype(float)
    return 100 * (now / before - 1) if relative else now - before


def correlation(
    x: pd.Series, y: pd.Series, *, method: Method = "pearson", least: int = LEAST
) -> float:
    """Return the correlation of two series over the periods that both have.

    Pearson's coefficient, ``cov(x, y) / (sd(x) * sd(y))``, measures how near the pairs lie to a
    straight line; Spearman's is the same of the ranks (ties share their mean rank) and measures
    whether the one rises with the other at all. Both lie between -1 and 1. Neither says which
    moves which, nor whether a third thing moves both. Two series that merely trend correlate
    strongly without having to do with each other (Yule 1926; Granger and Newbold 1974).

    Source: Yule, G. U. (1926), "Why Do We Sometimes Get Nonsense-Correlations between
    Time-Series?", Journal of the Royal Statistical Society 89(1). Granger, C. W. J. and Newbold, P.
    (1974), "Spurious Regressions in Econometrics", Journal of Econometrics 2(2).

    Raises
    ------
    ValueError : if fewer than `least` periods have both, or a series does not vary over them

    Examples
    --------
    >>> x = pd.Series([1.0, 3, 2, 5, 4], range(2001, 2006))
    >>> round(ind.correlation(x, x**2, least=5), 2)
    0.98
    >>> ind.correlation(x, x**2, method="spearman", least=5)
    1.0
    """
    [(_, pairs)] = _pairs(x, y, [0])
    if len(pairs) < least:
        raise ValueError(f"{len(pairs)} pairs are too few for a correlation; {least} are needed")
    value = _coefficient(pairs, method)
    if np.isnan(value):
        raise ValueError("a series that does not vary has no correlation")
    return value


def slope(x: pd.Series, y: pd.Series) -> float:
    """Return by how much `y` is higher, on average, where `x` is higher by one.

    The least-squares slope ``cov(x, y) / var(x)`` over the periods that both have. It describes
    how the two moved together; it does not say that `x` moved `y`.

    Raises
    ------
    ValueError : if fewer than three periods have both, or `x` does not vary

    Examples
    --------
    >>> x = pd.Series([1.0, 3, 2, 5, 4], range(2001, 2006))
    >>> ind.comovement.slope(x, 10 - 2 * x)
    -2.0
    """
    pairs = pd.concat({"x": x, "y": y}, axis=1).dropna().astype(float)
    if len(pairs) < 3 or pairs["x"].nunique() < 2:
        raise ValueError(f"{len(pairs)} pairs, or an x that stays the same, give no slope")
    away = pairs["x"] - pairs["x"].mean()
    return float((away * pairs["y"]).sum() / (away**2).sum())


def effective_pairs(x: pd.Series, y: pd.Series) -> float:
    """Return the number of independent pairs that the pairs of two series are worth.

    A series that changes slowly repeats itself: a hundred months of it hold less news than a
    hundred separate draws. With ``r_x(j)`` and ``r_y(j)`` the autocorrelations of the paired
    values at distance ``j`` and ``n_j`` the number of pairs of periods that far apart, the
    variance of the correlation of two unrelated series is about ``1 / N_eff`` with::

        1 / N_eff = 1 / N + 2 / N**2 * sum(n_j * r_x(j) * r_y(j), j = 1 ... span / 5)

    Without gaps ``n_j = N - j``, and this is the formula of Bartlett as Pyper and Peterman give
    and test it; counting the distances that occur carries it over to series with gaps. It assumes
    that mean and autocorrelation do not change over time; where a boom comes but once, even the
    effective number flatters. The number lies between 2 and that of the pairs and is missing (nan)
    if a series does not vary.

    Source: Bartlett, M. S. (1935), "Some Aspects of the Time-Correlation Problem in Regard to Tests
    of Significance", Journal of the Royal Statistical Society 98(3). Pyper, B. J. and Peterman, R.
    M. (1998), "Comparison of Methods to Account for Autocorrelation in Correlation Analyses of Fish
    Data", Canadian Journal of Fisheries and Aquatic Sciences 55(9).

    Examples
    --------
    >>> x = pd.Series(range(40))  # a trend repeats itself
    >>> round(ind.effective_pairs(x, x**2), 1)
    4.4
    """
    [(at, pairs)] = _pairs(x, y, [0])
    return _worth(at, pairs)


def lagged_correlations(
    x: pd.Series, y: pd.Series, lags: Iterable[int], *, least: int = LEAST
) -> pd.DataFrame:
    """Correlate one series with another some periods earlier, for several lags.

    At lag ``k`` the pairs are ``x(t - k)`` and ``y(t)``: at a positive lag `x` comes first. The
    coefficient is Pearson's.

    Returns
    -------
    Columns ``lag``, ``pairs``, ``correlation``, ``effective_pairs`` and ``low`` and ``high``, the
    ends of the interval that Fisher's transformation gives at 95 per cent with the effective number
    of pairs: ``tanh(atanh(r) -+ 1.96 / sqrt(N_eff - 3))``. With three or fewer effective pairs the
    interval is all from -1 to 1. Where there are fewer than `least` pairs, or a series does not
    vary, all but ``lag`` and ``pairs`` are missing.

    Raises
    ------
    ValueError : if no lag has enough pairs

    Examples
    --------
    >>> x = pd.Series([1.0, 3, 2, 5, 4, 7, 5, 9, 6, 8, 7, 9])
    >>> ind.lagged_correlations(x, x.shift(1), [0, 1])[["lag", "pairs", "correlation"]].round(2)
       lag  pairs  correlation
    0    0     11         0.53
    1    1     11         1.00
    """
    rows = []
    lags = list(lags)
    for lag, (at, pairs) in zip(lags, _pairs(x, y, lags), strict=True):
        value = _coefficient(pairs, least=least)
        worth = _worth(at, pairs) if value == value else float("nan")
        low, high = _interval(value, worth)
        rows.append((lag, len(pairs), value, worth, low, high))
    names = ["lag", "pairs", "correlation", "effective_pairs", "low", "high"]
    table = pd.DataFrame(rows, columns=names)
    if table["correlation"].isna().all():
        raise ValueError(f"no lag has {least} pairs of values that vary")
    return table


def lag_search(
    x: pd.Series, y: pd.Series, lags: Sequence[int], placebos: Iterable[int]
) -> LagSearch:
    """Find the lag with the strongest correlation, and how easily such a search finds one.

    Whoever tries many lags finds some correlation. So the same search is made again among lags
    that cannot matter: every lag is moved by each of `placebos`, so far that `x` lies decades
    before `y`. Nothing is drawn at random: both series keep their own ups and downs and the gaps
    stay where they are. Placebos that overlap are not independent; the share counts how common a
    strength is and is no exact significance level.

    Parameters
    ----------
    x, y : series by period; `x` reaches far back
    lags : to search
    placebos : distances by which all lags are moved; those for which any lag has fewer than `LEAST`
        pairs are left out

    Returns
    -------
    ``lag`` and ``correlation`` (the one largest in absolute value), the number of ``placebos`` and
    how many of them are ``as_strong`` or stronger.

    Raises
    ------
    ValueError : if a lag of the search, or every placebo, lacks pairs

    Examples
    --------
    >>> x = pd.Series([1.0, 3, 2, 5, 4, 7, 5, 9, 6, 8, 7, 9] * 5)
    >>> ind.lag_search(x, x.shift(1).tail(12), [0, 1, 2], [20, 25, 30])
    LagSearch(lag=1, correlation=1.0, placebos=3, as_strong=1)
    """
    moved = list(placebos)
    wanted = sorted({lag + by for by in [0, *moved] for lag in lags})
    every = zip(wanted, _pairs(x, y, wanted), strict=True)
    values = {lag: _coefficient(pairs, least=LEAST) for lag, (_, pairs) in every}
    found = np.array([values[lag] for lag in lags])
    if np.isnan(found).any():
        raise ValueError(f"a lag of the search has fewer than {LEAST} pairs")
    best = int(np.abs(found).argmax())
    tried = np.abs([[values[lag + by] for lag in lags] for by in moved])
    tried = tried[~np.isnan(tried).any(axis=1)] if len(tried) else tried
    if not len(tried):
        raise ValueError("no placebo has enough pairs")
    # Rounding must not decide between equals.
    as_strong = int((tried.max(axis=1) >= abs(found[best]) - 1e-12).sum())
    return LagSearch(int(lags[best]), float(found[best]), len(tried), as_strong)


def _once(series: pd.Series) -> None:
    if series.index.has_duplicates:
        twice = series.index[series.index.duplicated()][0]
        raise ValueError(f"period {twice} stands twice")


def _steps(index: pd.Index) -> tuple[np.ndarray, str]:
    """Return the periods as numbers that rise by one, and of what kind they are."""
    if isinstance(index, pd.PeriodIndex):
        return index.asi8, str(index.dtype)
    return index.to_numpy(), "whole numbers"


def _pairs(
    x: pd.Series, y: pd.Series, lags: Iterable[int]
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield for each lag the periods ``t`` that have both, and ``x(t - lag)`` and ``y(t)``."""
    _once(x)
    _once(y)
    (steps, of_x), (wanted, of_y) = _steps(x.index), _steps(y.index)
    if of_x != of_y:
        raise ValueError(f"periods of {of_x} and of {of_y} do not pair; give both series the same")
    known = pd.Index(steps)  # one index for all lags: a search looks at hundreds of them
    # A place of -1, where `x` has no such period, leads to the missing value at the end.
    earlier = np.append(x.to_numpy(float, na_value=np.nan), np.nan)
    own = y.to_numpy(float, na_value=np.nan)
    for lag in lags:
        moved = earlier[known.get_indexer(wanted - lag)]
        both = ~(np.isnan(moved) | np.isnan(own))
        yield wanted[both].astype(np.int64), np.array([moved[both], own[both]]).T


def _worth(at: np.ndarray, pairs: np.ndarray) -> float:
    """Return `effective_pairs` of pairs at the periods `at`."""
    count = len(pairs)
    if count < 2 or (pairs == pairs[0]).all(axis=0).any():
        return float("nan")
    at = at - at.min()
    span = int(at.max()) + 1
    deviations = np.zeros((span, 2))
    deviations[at] = pairs - pairs.mean(axis=0)
    there = np.zeros(span)
    there[at] = 1
    variance = (deviations**2).sum(axis=0) / count
    inverse = 1 / count
    for distance in range(1, span // 5 + 1):
        meet = float(there[distance:] @ there[:-distance])
        if meet:
            products = (deviations[distance:] * deviations[:-distance]).sum(axis=0)
            of_x, of_y = products / meet / variance
            inverse += 2 / count**2 * meet * (of_x * of_y)
    return float(min(max(1 / inverse, 2), count)) if inverse > 0 else float(count)


def _coefficient(pairs: np.ndarray, method: Method = "pearson", least: int = 0) -> float:
    """Return the coefficient of pairs, missing where one side does not vary or pairs are few."""
    if method not in ("pearson", "spearman"):
        raise ValueError(f"there is no method '{method}'; choose 'pearson' or 'spearman'")
    if len(pairs) < max(least, 1):
        return float("nan")
    values = pd.DataFrame(pairs).rank().to_numpy() if method == "spearman" else pairs
    spread = values - values.mean(axis=0)
    size = np.abs(spread).max(axis=0)
    # Differences that are rounding in the last digits are none.
    if (size <= 1e-12 * np.abs(values).max(axis=0)).any() or not size.all():
        return float("nan")
    a, b = (spread / size).T
    return float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1, 1))


def _interval(value: float, worth: float) -> tuple[float, float]:
    """Return the 95 per cent interval of a correlation worth so many independent pairs."""
    if np.isnan(value):
        return float("nan"), float("nan")
    if worth <= 3:
        return -1.0, 1.0
    if abs(value) == 1:
        return value, value
    half = _Z / np.sqrt(worth - 3)
    return float(np.tanh(np.arctanh(value) - half)), float(np.tanh(np.arctanh(value) + half))
