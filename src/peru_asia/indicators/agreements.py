"""With whom an agreement is in force, since when, after how long, and how much trade it covers.

`agreements` is always the table of that name: ``partner``, ``agreement``, ``type``, ``signed``,
``in_force``, and columns such as ``in_force_2016_11``: what was known to be in force in a month.
"""

import re

import pandas as pd

from peru_asia.indicators.shares import VALUE

_EVIDENCE = re.compile(r"in_force_(\d{4})_(\d{2})")


def date_span(dates: pd.Series) -> pd.DataFrame:
    """Return the first and the last day that a date may mean.

    Parameters
    ----------
    dates : text, ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or missing

    Returns
    -------
    Indexed as `dates`, with columns ``first`` and ``last``: equal for a day, the ends of the month
    or year for less, missing where the date is.

    Examples
    --------
    >>> ind.agreements.date_span(pd.Series(["2010-03-01", "2011-08", "2012"]))
           first       last
    0 2010-03-01 2010-03-01
    1 2011-08-01 2011-08-31
    2 2012-01-01 2012-12-31
    """
    periods = dates.astype(object).map(pd.Period, na_action="ignore")
    first = periods.map(lambda period: period.start_time, na_action="ignore")
    last = periods.map(lambda period: period.end_time.normalize(), na_action="ignore")
    return pd.DataFrame({"first": first, "last": last}, dtype="datetime64[ns]")


def in_force_since(agreements: pd.DataFrame) -> pd.Series:
    """Return the day from which each partner certainly has an agreement in force.

    The earliest of its agreements counts. A date known only to the year or month counts from its
    last day. An agreement that is in force without a known date counts from the end of the
    first month for which there is evidence. Amendments open no new market and are left out. The
    day is missing where no agreement is in force.

    Examples
    --------
    >>> agreements = data.load("agreements").query("partner in ['CHN', 'KOR']")
    >>> ind.agreements.in_force_since(agreements)
    partner
    CHN   2010-03-01
    KOR   2011-08-01
    Name: last, dtype: datetime64[ns]
    """
    since = date_span(agreements["in_force"])["last"]
    for column in sorted(agreements.columns):
        if month := _EVIDENCE.fullmatch(column):
            known = pd.Timestamp("-".join(month.groups())) + pd.offsets.MonthEnd(0)
            since = since.mask(since.isna() & agreements[column].astype(bool), known)
    since = since.mask(agreements["type"].astype(object) == "amendment")
    return since.groupby(agreements["partner"]).min()


def status_on(agreements: pd.DataFrame, on: str) -> pd.DataFrame:
    """Return how the country stands with each partner on a day, ``YYYY-MM-DD``.

    Returns
    -------
    Indexed by partner. ``status``: ``in_force``; ``signed`` if a text is signed and none in force;
    ``none``; or ``self`` for the country itself. ``year``: since when it is so, missing for the
    last two; where an agreement in force has no date, the year of the evidence, and ``dated`` is
    false.

    Examples
    --------
    >>> agreements = data.load("agreements").query("partner in ['CHN', 'KOR']")
    >>> ind.agreements.status_on(agreements, "2011-01-01")
               status    year  dated
    partner
    CHN      in_force  2010.0   True
    KOR          none     NaN   True
    """
    day = pd.Timestamp(on)
    partner = agreements["partner"]
    since = in_force_since(agreements)
    signed = date_span(agreements["signed"])["last"].groupby(partner).min()
    out = pd.DataFrame({"status": "none", "year": float("nan")}, index=since.index)
    out["dated"] = agreements["in_force"].notna().groupby(partner).any() | since.isna()
    for status, first in (("signed", signed), ("in_force", since)):
        reached = first.le(day)
        out.loc[reached, "status"] = status
        out.loc[reached, "year"] = first[reached].dt.year
    out.loc[out.index.isin(partner[agreements["agreement"] == "self"]), "status"] = "self"
    return out


def waits(agreements: pd.DataFrame) -> pd.DataFrame:
    """Measure the time from signature to entry into force.

    Returns
    -------
    The rows of `agreements` with the days that the dates may mean, ``signed_on`` (the first),
    ``force_first`` and ``force_last``, and with ``days_low`` and ``days_high``, the least and the
    most days between: equal where both dates are known to the day, missing where either is.

    Examples
    --------
    >>> agreements = data.load("agreements").query("partner == 'CHN' and type == 'bilateral'")
    >>> ind.agreements.waits(agreements)[["days_low", "days_high"]].values.tolist()
    [[307, 307]]
    """
    signed, force = date_span(agreements["signed"]), date_span(agreements["in_force"])
    return agreements.assign(
        signed_on=signed["first"],
        force_first=force["first"],
        force_last=force["last"],
        days_low=(force["first"] - signed["last"]).dt.days.clip(lower=0),
        days_high=(force["last"] - signed["first"]).dt.days,
    )


def coverage(
    exports: pd.DataFrame,
    agreements: pd.DataFrame,
    *,
    day: str = "12-31",
    as_of: str | None = None,
) -> pd.DataFrame:
    """Measure the share of exports that goes to partners with an agreement in force.

    ``100 * sum of exports to partners in force / exports to the world``, year by year. The share
    says where goods go; it does not say that they enter free of duty, nor that an exporter used the
    agreement.

    Parameters
    ----------
    exports : one row a year and partner, ``WLD`` among them; a partner without a row in a year
        bought nothing that was reported
    agreements : see the module
    day : of the year, ``MM-DD``, by which an agreement must be in force to count for that year: the
        last makes the most of a year of entry, ``01-01`` the least
    as_of : day, ``YYYY-MM-DD``, whose list of agreements is used for all years. It parts the growth
        of the share into new agreements and the growth of old partners.

    Returns
    -------
    Columns ``year``, ``covered_usd_m``, ``total_usd_m``, ``share_pct``; the share is missing where
    the total is missing or zero.

    Raises
    ------
    ValueError : if a partner stands twice in a year

    Examples
    --------
    >>> rows = "flow == 'export' and year == 2011 and partner in ['CHN', 'USA', 'WLD']"
    >>> exports = data.load("trade_by_partner").query(rows)
    >>> ind.agreements.coverage(exports, data.load("agreements")).round(1)
       year  covered_usd_m  total_usd_m  share_pct
    0  2011        13002.6      46386.0       28.0
    """
    if exports.duplicated(["year", "partner"]).any():
        raise ValueError("a partner stands twice in a year; choose one flow or source first")
    world = exports["partner"] == "WLD"
    whole, parts = exports[world].set_index("year")[VALUE].sort_index(), exports[~world]
    by = pd.to_datetime(as_of or parts["year"].astype(str) + "-" + day)
    counted = parts[parts["partner"].map(in_force_since(agreements)).le(by)]
    covered = counted.groupby("year")[VALUE].sum().reindex(whole.index, fill_value=0.0)
    table = pd.DataFrame({"covered_usd_m": covered, "total_usd_m": whole})
    return table.assign(share_pct=100 * covered / whole.where(whole != 0)).reset_index()
