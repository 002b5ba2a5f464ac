"""Before and after an event, against those that had none.

A plain counterfactual: had there been no agreement, exports to the partner would have changed by as
many log points as the mean of the control partners. What it assumes (parallel paths) cannot be
tested after the event; what can be shown is whether partners without an agreement strayed as far
from each other as the partner with one did from them (a placebo test, or permutation test).

Its p-values hold if the partners are exchangeable: without an effect, any of them was as likely to
have had any of the changes. Agreements are not drawn by lot, and a large, steady partner strays
less by chance than a small one. So a p-value here measures how unusual the gap is among these
partners; it is not the chance that there was no effect.

`panel` has years down, partners across, positive values, missing where there is none. `reference`
is a span of years, first and last, whose mean of logs is the level "before"; `after` a span whose
mean is the level "after". Changes and gaps are in log points, hundredths of a natural logarithm:
10 log points are 10.5 per cent, 100 are 2.7 times. `changes` are by partner, as `change` returns
them; `partner` is the one that had the event, and `against` are its controls.

Sources: Abadie, A., Diamond, A. and Hainmueller, J. (2010), "Synthetic Control Methods for
Comparative Case Studies", Journal of the American Statistical Association 105(490), for placebos in
few units. Fisher, R. A. (1935), The Design of Experiments. Oliver and Boyd, for the permutation
test.
"""

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
import pandas as pd

Span = tuple[int, int]  # first and last year


def controls(
    panel: pd.DataFrame, *, among: Sequence[str], reference: Span, least: float
) -> list[str]:
    """Choose the partners to compare with: those with a steady trade before the event.

    Those of `among`, in its order, that have a value of at least `least` in each reference year.
    The rule looks at the years before alone, so that nothing that happened afterwards decides who
    is compared.

    Examples
    --------
    >>> panel = pd.DataFrame({"A": [10.0, 10, 20], "B": [10.0, 10, 11]}, [2008, 2009, 2010])
    >>> ind.event_study.controls(panel, among=["B"], reference=(2008, 2009), least=5)
    ['B']
    """
    before = panel.loc[slice(*reference)]
    return [name for name in among if name in panel and bool((before[name] >= least).all())]


def event_series(panel: pd.DataFrame, *, event: int, reference: Span) -> pd.DataFrame:
    """Put every partner's series on the clock of an event.

    Returns
    -------
    Columns ``partner``, ``year``, ``event_time`` (years since `event`) and ``log_points`` (change
    against the mean log of the reference years). Years without a value are left out.

    Examples
    --------
    >>> panel = pd.DataFrame({"A": [10.0, 10, 20], "B": [10.0, 10, 11]}, [2008, 2009, 2010])
    >>> ind.event_study.event_series(panel[["A"]], event=2010, reference=(2008, 2009)).round(1)
      partner  year  event_time  log_points
    0       A  2008          -2         0.0
    1       A  2009          -1         0.0
    2       A  2010           0        69.3
    """
    logs = _logs(panel)
    level = 100 * (logs - logs.loc[slice(*reference)].mean(skipna=False))
    long = level.rename_axis(index="year", columns="partner").stack().rename("log_points")
    out = long.dropna().reset_index().assign(event_time=lambda rows: rows["year"] - event)
    return out[["partner", "year", "event_time", "log_points"]]


def change(panel: pd.DataFrame, *, reference: Span, after: Span) -> pd.Series:
    """Return each partner's mean log of the years after less that of the years before.

    It is missing where a year of either span is.

    Raises
    ------
    ValueError : if a span has years that are not in the panel, or the spans overlap

    Examples
    --------
    >>> panel = pd.DataFrame({"A": [10.0, 10, 20], "B": [10.0, 10, 11]}, [2008, 2009, 2010])
    >>> changes = ind.event_study.change(panel, reference=(2008, 2009), after=(2010, 2010))
    >>> changes.round(1).to_dict()
    {'A': 69.3, 'B': 9.5}
    """
    if reference[1] >= after[0]:
        raise ValueError("the years before must end before the years after begin")
    logs = _logs(panel)
    for first, last in (reference, after):
        if not set(range(first, last + 1)) <= set(panel.index):
            raise ValueError(f"the panel does not hold every year from {first} to {last}")
    before, later = (logs.loc[slice(*span)].mean(skipna=False) for span in (reference, after))
    return 100 * (later - before)


def gap(changes: pd.Series, partner: str, against: Sequence[str]) -> float:
    """Return a partner's change less the mean change of those it is compared with, in log points.

    It is never compared with itself.

    Raises
    ------
    ValueError : if no control is left, or a change is missing

    Examples
    --------
    >>> changes = pd.Series({"A": 69.3, "B": 9.5, "C": 11.5, "D": 30.0})
    >>> round(ind.event_study.gap(changes, "A", ["B", "C", "D"]), 1)
    52.3
    """
    others = [name for name in against if name != partner]
    own, *rest = changes.reindex([partner, *others]).to_numpy(float, na_value=np.nan)
    if not rest or np.isnan([own, *rest]).any():
        raise ValueError(f"{partner} cannot be compared: a control or a year is missing")
    return float(own - np.mean(rest))


def placebo_gaps(changes: pd.Series, partner: str, against: Sequence[str]) -> pd.Series:
    """Return the gap of the partner and the gap that each control would show in its place.

    By partner, `partner` first. A control in its place is compared with the other controls, never
    with the partner itself: an effect of the event must not widen the placebos. The price is that
    the placebos rest on one control fewer and are a little wider by construction, by the factor
    n / (n - 1) for n controls: coming first is rarer by chance than one in n + 1.

    Examples
    --------
    >>> changes = pd.Series({"A": 69.3, "B": 9.5, "C": 11.5, "D": 30.0})
    >>> ind.event_study.placebo_gaps(changes, "A", ["B", "C", "D"]).round(1).to_dict()
    {'A': 52.3, 'B': -11.2, 'C': -8.2, 'D': 19.5}
    """
    names = [partner, *(name for name in against if name != partner)]
    return pd.Series({name: gap(changes, name, against) for name in names})


def leave_one_out(changes: pd.Series, partner: str, against: Sequence[str]) -> pd.Series:
    """Return the partner's gap with each control left out in turn, by the control left out.

    Examples
    --------
    >>> changes = pd.Series({"A": 69.3, "B": 9.5, "C": 11.5, "D": 30.0})
    >>> ind.event_study.leave_one_out(changes, "A", ["B", "C", "D"]).round(1).to_dict()
    {'B': 48.6, 'C': 49.6, 'D': 58.8}
    """
    names = [name for name in against if name != partner]
    return pd.Series(
        {out: gap(changes, partner, [name for name in names if name != out]) for out in names}
    )


def permutation_gaps(
    changes: Mapping[str, pd.Series], treated: Mapping[str, str], against: Sequence[str]
) -> np.ndarray:
    """Give several events to any of the partners, in every possible way.

    The statistic is the mean over the events of the gap against the partners that were given no
    event. If the events did nothing and the partners are exchangeable (see the module), every way
    of giving them out is as good as the true one. A value that few of them reach shows how large
    an effect must be for the test to notice it.

    Parameters
    ----------
    changes, treated : by event, all partners' changes and the partner that had it
    against : partners that had none

    Returns
    -------
    Mean gaps, one a way; the true one stands first.

    Raises
    ------
    ValueError : as `gap`

    Examples
    --------
    >>> changes = {"pact": pd.Series({"A": 69.3, "B": 9.5, "C": 11.5})}
    >>> ind.event_study.permutation_gaps(changes, {"pact": "A"}, ["B", "C"]).round(1).tolist()
    [58.8, -30.9, -27.9]
    """
    pool = [*treated.values(), *(name for name in against if name not in treated.values())]

    def mean_gap(given: Sequence[str]) -> float:
        rest = [name for name in pool if name not in given]
        pairs = zip(treated, given, strict=True)
        return float(np.mean([gap(changes[event], name, rest) for event, name in pairs]))

    # The pool begins with the treated, in their order, and so do its permutations.
    return np.array([mean_gap(given) for given in permutations(pool, len(treated))])


def _logs(panel: pd.DataFrame) -> pd.DataFrame:
    if (panel <= 0).any(axis=None):
        raise ValueError("a value of zero or less has no logarithm; leave it missing")
    return pd.DataFrame(np.log(panel.astype(float)))
