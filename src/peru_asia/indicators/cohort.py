"""What became of a fixed list of plans: completion with bounds, delays, starts by year.

A list of plans that is followed for years has rows whose fate nobody wrote down. Leaving them out
would make the rest look like the whole, so every share here comes with a lower and an upper bound:
all unknown plans failed, or all of them succeeded.

All tables have one row a plan, with the columns of ``project_outcomes``; those after `result` have
its column ``result`` too.
"""

from collections.abc import Iterable, Sequence
from math import comb

import pandas as pd

BUILT, NOT_BUILT, UNKNOWN = "built", "not_built", "unknown"  # the results of a plan
_RESULTS = [BUILT, NOT_BUILT, UNKNOWN]


def result(outcomes: pd.DataFrame) -> pd.Series:
    """Say of each plan whether it was built, whoever owned it when it opened.

    ``built`` where a start of operation is on record, ``unknown`` where the status is, and
    ``not_built`` for the others. A start outweighs an unknown status.

    Examples
    --------
    >>> plans = {"status": ["operating", "unknown", "stalled"], "start_year": [2013, None, None]}
    >>> ind.cohort.result(pd.DataFrame(plans)).tolist()
    ['built', 'unknown', 'not_built']
    """
    status = outcomes["status"].astype(str)
    out = pd.Series(NOT_BUILT, index=outcomes.index, name="result")
    out[status == UNKNOWN] = UNKNOWN
    out[outcomes["start_year"].notna()] = BUILT
    return out


_AT_WORK = ("operating", "producing_other_operator")
_STILL_IN = ("retained", "increased", "sold_within_china")


def standing(outcomes: pd.DataFrame) -> pd.Series:
    """Say of each row whether the place works and whether the country's firms are still in it.

    Two questions that one word such as "failed" would mix: a mine may work without those who
    announced it, and a firm may hold on to a mine that was never built. The answers are
    ``works_in``, ``works_out``, ``idle_in``, ``idle_out`` and ``unknown``. A stake that passed to
    another firm of the same country counts as in.

    Examples
    --------
    >>> plans = {"status": ["operating", "stalled"], "site_state": ["operating", "not_built"]}
    >>> plans = pd.DataFrame(plans).assign(asian_investor=["exited", "retained"])
    >>> ind.cohort.standing(plans).tolist()
    ['works_out', 'idle_in']
    """
    works = outcomes["site_state"].astype(str).isin(_AT_WORK).map({True: "works", False: "idle"})
    held = outcomes["asian_investor"].astype(str).isin(_STILL_IN).map({True: "in", False: "out"})
    out = (works + "_" + held).rename("standing")
    return out.mask(outcomes["status"].astype(str) == UNKNOWN, UNKNOWN)


def one_row_a_project(
    table: pd.DataFrame, *, certain_only: bool = False, first: Sequence[str] = ()
) -> pd.DataFrame:
    """Keep one row for each project where a list names the same project more than once.

    Parameters
    ----------
    table : columns ``project_id``, ``same_project_as`` (an id or empty) and
        ``same_project_certainty`` (``certain`` or ``probable``)
    certain_only : join only the rows that are certainly one project
    first : ids to keep where a choice is to be made; otherwise the row that stands first

    Examples
    --------
    >>> plans = pd.DataFrame({"project_id": ["A", "B", "C"], "same_project_as": [None, "A", None],
    ...     "same_project_certainty": [None, "certain", None]})
    >>> ind.cohort.one_row_a_project(plans)["project_id"].tolist()
    ['A', 'C']
    """
    leader = {name: name for name in table["project_id"]}

    def lead(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    linked = table[table["same_project_as"].isin(list(leader))]
    if certain_only:
        linked = linked[linked["same_project_certainty"] == "certain"]
    for name, other in zip(linked["project_id"], linked["same_project_as"], strict=True):
        leader[lead(name)] = lead(other)
    late = ~table["project_id"].isin(list(first))
    order = table.loc[late.sort_values(kind="stable").index]
    kept = order.groupby(order["project_id"].map(lead), sort=False).head(1)
    return table.loc[kept.index.sort_values()]


def completion(
    table: pd.DataFrame, *, by: str | None = None, value: str | None = None
) -> pd.DataFrame:
    """Return the share of plans that were built, with bounds for those of unknown fate.

    The lower bound is ``built / total`` (no unknown plan was built), the upper bound
    ``(built + unknown) / total`` (all were). The point is ``built / (built + not built)``: the
    share among plans whose fate is known. It lies between the bounds.

    Parameters
    ----------
    table : see the module
    by : column of the groups; one row for all plans if not given
    value : column of the weights, such as announced US$ m; rows without one are left out. Each plan
        counts one if not given.

    Returns
    -------
    Columns `by`, ``plans`` (number of rows that enter), ``total``, ``built``, ``not_built``,
    ``unknown`` (in the unit of the weights) and ``low_pct``, ``known_pct``, ``high_pct``. Shares
    are missing where their denominator is zero.

    Raises
    ------
    ValueError : if a result is none of the three, or a weight is negative

    Examples
    --------
    >>> plans = pd.DataFrame({"result": ["built", "built", "not_built", "unknown"]})
    >>> ind.cohort.completion(plans)[["plans", "low_pct", "known_pct", "high_pct"]].round(1)
       plans  low_pct  known_pct  high_pct
    0      4     50.0       66.7      75.0
    """
    strange = set(table["result"]) - set(_RESULTS)
    if strange:
        raise ValueError(f"'result' holds {sorted(map(str, strange))}; {', '.join(_RESULTS)}?")
    rows = table.assign(_weight=1.0 if value is None else table[value].astype(float))
    rows = rows.dropna(subset=["_weight"])
    if (rows["_weight"] < 0).any():
        raise ValueError(f"a weight in '{value}' is negative")
    key = rows[by] if by else pd.Series("all", index=rows.index)
    sums = rows.pivot_table(
        index=key, columns="result", values="_weight", aggfunc="sum", fill_value=0.0, observed=True
    ).reindex(columns=_RESULTS, fill_value=0.0)
    sums.columns = _RESULTS
    known = sums[BUILT] + sums[NOT_BUILT]
    total = known + sums[UNKNOWN]
    out = sums.assign(
        plans=rows.groupby(key, observed=True).size(),
        total=total,
        low_pct=100 * sums[BUILT] / total.where(total > 0),
        known_pct=100 * sums[BUILT] / known.where(known > 0),
        high_pct=100 * (sums[BUILT] + sums[UNKNOWN]) / total.where(total > 0),
    )
    return out.rename_axis(by or "all").reset_index()


def delay(table: pd.DataFrame, *, promised: str) -> pd.DataFrame:
    """Return by how many years each plan was late.

    Parameters
    ----------
    table : ``start_year``, ``result`` and ``evidence_year``, the last for which there is evidence
    promised : column of the last year promised

    Returns
    -------
    `table` with ``delay_years`` and ``delay_kind``. ``exact``: start less promise, negative where
    early. ``at_least``: not built by the last evidence, so the delay is that long or longer.
    Missing where there was no promise, the fate is unknown, or the evidence is older than the
    promise.

    Examples
    --------
    >>> plans = pd.DataFrame({"result": ["built", "not_built"], "start_year": [2016, None],
    ...     "promised": [2014, 2015], "evidence_year": [2025, 2025]})
    >>> ind.cohort.delay(plans, promised="promised")[["delay_years", "delay_kind"]]
       delay_years delay_kind
    0          2.0      exact
    1         10.0   at_least
    """
    exact, least = (
        table[until].astype(float) - table[promised].astype(float)
        for until in ("start_year", "evidence_year")
    )
    least = least.where((table["result"] == NOT_BUILT) & (least > 0))
    kind = pd.Series(pd.NA, index=table.index, dtype="object")
    kind[least.notna()] = "at_least"
    kind[exact.notna()] = "exact"
    return table.assign(delay_years=exact.fillna(least), delay_kind=kind)


def started_by(table: pd.DataFrame, years: Iterable[int], *, value: str, by: str) -> pd.DataFrame:
    """Return which share of the plans, weighted by `value`, had started by each year.

    A plan has started by a year if its start is that year or before. It has not if it started
    later, or is known not to be built by evidence of that year or a later one. Otherwise nobody
    knows, and the bounds part.

    Parameters
    ----------
    table : ``start_year``, ``result``, ``evidence_year``, `value` and `by`
    years : to report
    value, by : columns of the weights and of the groups; rows without a weight are left out

    Returns
    -------
    Columns `by`, ``year``, ``low_pct``, ``high_pct``. Both rise or stay from year to year as long
    as evidence lasts.

    Examples
    --------
    >>> plans = pd.DataFrame({"kind": "mine", "usd_m": [60, 40], "start_year": [2013, None],
    ...     "result": ["built", "unknown"], "evidence_year": [2025, None]})
    >>> ind.cohort.started_by(plans, [2012, 2014], value="usd_m", by="kind")
       kind  year  low_pct  high_pct
    0  mine  2012      0.0      40.0
    1  mine  2014     60.0     100.0
    """
    rows = table.dropna(subset=[value])
    out = []
    for group, plans in rows.groupby(by, observed=True, sort=False):
        weights = plans[value]
        total = float(weights.sum())
        if total <= 0:
            continue
        # A missing year is never reached.
        start, evidence = (plans[name].astype(float) for name in ("start_year", "evidence_year"))
        for year in years:
            not_yet = (start > year) | ((plans["result"] == NOT_BUILT) & (evidence >= year))
            sure, never = float(weights[start <= year].sum()), float(weights[not_yet].sum())
            out.append((group, year, 100 * sure / total, 100 * (total - never) / total))
    return pd.DataFrame(out, columns=[by, "year", "low_pct", "high_pct"])


def by_trait(table: pd.DataFrame, traits: Iterable[str]) -> pd.DataFrame:
    """Count the plans of each result at every level of some traits.

    Parameters
    ----------
    table : ``result`` and `traits`; a plan without a level is left out of that trait
    traits : columns that hold the name of a level, in the order to report

    Returns
    -------
    Columns ``trait``, ``level``, ``result`` and ``plans``, zeros too. Every plan counts once in
    each trait, so the traits must not be added.

    Examples
    --------
    >>> plans = {"size": ["large", "small", "small"], "result": ["built", "built", "unknown"]}
    >>> ind.cohort.by_trait(pd.DataFrame(plans), ["size"]).query("plans > 0")
      trait  level   result  plans
    0  size  large    built      1
    3  size  small    built      1
    5  size  small  unknown      1
    """
    out = []
    for trait in traits:
        counts = pd.crosstab(table[trait], table["result"]).reindex(columns=_RESULTS, fill_value=0)
        tall = counts.loc[list(dict.fromkeys(table[trait].dropna()))].stack().reset_index()
        tall.columns = ["level", "result", "plans"]
        out.append(tall.assign(trait=trait))
    return pd.concat(out, ignore_index=True)[["trait", "level", "result", "plans"]]


def split_chance(built_in: int, plans_in: int, built: int, plans: int) -> float:
    """Return how often a group would hold that many built plans or more by luck of the draw.

    The upper tail of the hypergeometric distribution, Fisher's exact test on one side: `built` of
    `plans` are drawn without regard to the group, and `built_in` or more of them fall among its
    `plans_in`. It assumes that each set of plans was as likely to be built as another, and that the
    group was chosen before anyone looked: a calibration, no test of a cause.

    Raises
    ------
    ValueError : if the counts cannot be those of a group and its whole

    Examples
    --------
    >>> round(ind.cohort.split_chance(built_in=3, plans_in=4, built=5, plans=10), 3)
    0.262
    """
    if not (0 <= built_in <= min(built, plans_in) and max(built, plans_in) <= plans):
        raise ValueError("a group cannot hold more than the whole")
    if plans_in - built_in > plans - built:
        raise ValueError("a group cannot hold more plans that were not built than there are")
    ways = sum(
        comb(plans_in, k) * comb(plans - plans_in, built - k)
        for k in range(built_in, min(built, plans_in) + 1)
    )
    return ways / comb(plans, built)
