"""Before and after an event, against those that had none.

A plain counterfactual: had there been no agreement, exports to the partner would have changed by as
many log points as the mean of the control partners. What it assumes (parallel paths) cannot be
tested after the event; what can be shown is whether partners without an agreement strayed as far
from each other as the partner with one did from them (a placebo test, or permutation test).

Its p-values hold if the partners are exchangeable: without an effect, any of them was as likely to
have had any of the changes. Agreements are not drawn by lot, and a large, steady partner strays
less by chance than a small one. So a p-value here measures how unusual the gap is among these
partners; it is not the chance that there was no effect.

All functions take `panel`: years down, partners across, positive values, missing where there is
none. `reference` is a span of years, first and last, whose mean of logs is the level "before";
`after` a span whose mean is the level "after". Changes are in log points, hundredths of a natural
logarithm: 10 log points are 10.5 per cent, 100 are 2.7 times.

References
----------
Abadie, A., Diamond, A. and Hainmueller, J. (2010), "Synthetic Control Methods for Comparative Case
Studies", Journal of the American Statistical Association 105(490), for placebos in few units.
Fisher, R. A. (1935), The Design of Experiments. Oliver and Boyd, for the permutation test.
"""

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
import pandas as pd

Span = tuple[int, int]


def controls(
    panel: pd.DataFrame, *, among: Sequence[str], reference: Span, least: float
) -> list[str]:
    """Choose the partners to compare with: those with a steady trade before the event.

    The rule looks at the years before alone, so that nothing that happened afterwards decides
    who is compared.

    Parameters
    ----------
    panel
        See the module.
    among
        Candidates, such as all partners without an agreement in the window.
    reference
        Years in each of which a control has a value of at least `least`.

    Returns
    -------
    list of str
        In the order of `among`.
    """
    before = panel.loc[slice(*reference)]
    return [name for name in among if name in panel and bool((before[name] >= least).all())]


def event_series(panel: pd.DataFrame, *, event: int, reference: Span) -> pd.DataFrame:
    """Put every partner's series on the clock of an event.

    Parameters
    ----------
    panel
        See the module.
    event
        Year 0.

    Returns
    -------
    pandas.DataFrame
        Columns ``partner``, ``year``, ``event_time`` (years since the event) and ``log_points``
        (change against the mean log of the reference years). Years without a value are left
        out.
    """
    logs = _logs(panel)
    level = 100 * (logs - logs.loc[slice(*reference)].mean(skipna=False))
    long = level.rename_axis(index="year", columns="partner").stack().rename("log_points")
    out = long.dropna().reset_index()
    return out.assign(event_time=out["year"] - event)[
        ["partner", "year", "event_time", "log_points"]
    ]


def change(panel: pd.DataFrame, *, reference: Span, after: Span) -> pd.Series:
    """Return each partner's mean log of the years after less that of the years before.

    Returns
    -------
    pandas.Series
        Log points by partner; missing where a year of either span is.

    Raises
    ------
    ValueError
        If a span has years that are not in the panel, or the spans overlap.
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

    Parameters
    ----------
    changes
        As `change` returns them.
    partner
        The one that had the event; never compared with itself.
    against
        The controls.

    Raises
    ------
    ValueError
        If no control is left, or a change is missing.
    """
    others = [name for name in against if name != partner]
    own, *rest = changes.reindex([partner, *others]).to_numpy(float, na_value=np.nan)
    if not rest or np.isnan([own, *rest]).any():
        raise ValueError(f"{partner} cannot be compared: a control or a year is missing")
    return float(own - np.mean(rest))


def placebo_gaps(changes: pd.Series, partner: str, against: Sequence[str]) -> pd.Series:
    """Return the gap of the partner and the gap that each control would show in its place.

    A control in the partner's place is compared with the other controls, never with the partner
    itself: an effect of the event must not widen the placebos. The price is that the placebos
    rest on one control fewer and are a little wider by construction, by the factor n / (n - 1)
    for n controls: coming first is rarer by chance than one in n + 1.

    Returns
    -------
    pandas.Series
        Log points by partner; `partner` stands first.
    """
    names = [partner, *(name for name in against if name != partner)]
    return pd.Series({name: gap(changes, name, against) for name in names})


def placebo_rank(gaps: pd.Series, partner: str, *, sides: int = 1) -> float:
    """Return the share of all gaps at least as large as the partner's own.

    With n controls it is at least ``1 / (n + 1)``: six controls can never give less than one in
    seven, however large the effect.

    Parameters
    ----------
    gaps
        As `placebo_gaps` returns them.
    sides
        1 for gaps as high as the partner's; 2 for gaps as far from zero.

    Returns
    -------
    float
        A permutation p-value, above 0 and at most 1.
    """
    sized = gaps.abs() if sides == 2 else gaps
    # A hair of tolerance: equal gaps must count as equal whatever the order of summing.
    return float((sized >= sized[partner] - 1e-9).mean())


def leave_one_out(changes: pd.Series, partner: str, against: Sequence[str]) -> pd.Series:
    """Return the partner's gap with each control left out in turn, by the control left out."""
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
    changes
        Each event's changes, by event, as `change` returns them.
    treated
        The partner that had each event.
    against
        Partners that had none.

    Returns
    -------
    numpy.ndarray
        Mean gaps in log points, one a way; the true one stands first.

    Raises
    ------
    ValueError
        As `gap`.
    """
    events = list(treated)
    pool = [*treated.values(), *(name for name in against if name not in treated.values())]

    def mean_gap(given: Sequence[str]) -> float:
        rest = [name for name in pool if name not in given]
        return float(
            np.mean(
                [gap(changes[event], name, rest) for event, name in zip(events, given, strict=True)]
            )
        )

    # The pool begins with the treated, in their order, and so do its permutations.
    return np.array([mean_gap(given) for given in permutations(pool, len(events))])


def permutation_test(
    changes: Mapping[str, pd.Series], treated: Mapping[str, str], against: Sequence[str]
) -> tuple[float, float]:
    """Return the mean gap of several events, and how often chance would give one as high.

    Parameters and errors are those of `permutation_gaps`.

    Returns
    -------
    tuple of float
        The mean gap in log points, and the share of all ways to give out the events whose mean
        gap is at least as high (one-sided, the true way counted).
    """
    drawn = permutation_gaps(changes, treated, against)
    return float(drawn[0]), float((drawn >= drawn[0] - 1e-9).mean())


def _logs(panel: pd.DataFrame) -> pd.DataFrame:
    if (panel <= 0).any(axis=None):
        raise ValueError("a value of zero or less has no logarithm; leave it missing")
    return pd.DataFrame(np.log(panel.astype(float)))
