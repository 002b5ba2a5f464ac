"""The register of corrections: what a text printed, what others report, and since when."""

import numpy as np
import pandas as pd

from peru_asia import data
from peru_asia.indicators.agreements import date_span

STANDINGS = {
    "known_before": "public before the text",
    "known_after": "public only later",
    "own_figures": "follows from the text's own figures",
}
"""Names of the standings, in the order of every legend."""

# Mean length of a Gregorian month.
_DAYS_A_MONTH = 365.2425 / 12


def corrections() -> pd.DataFrame:
    """Return the table ``corrections`` with the time between record and text (see `with_lead`)."""
    return with_lead(data.load("corrections"))


def with_lead(table: pd.DataFrame) -> pd.DataFrame:
    """Add when the other record was public, and for how long when the text appeared.

    Dates may be years, months or days. The record counts from the last day of its year or month,
    the text from the first of its own, so that ``lead_months`` is the least that the dates allow.

    Parameters
    ----------
    table : columns ``known_since``, ``known_basis`` (``own_figures`` has no date) and
        ``text_date``

    Returns
    -------
    The rows of the table with ``known`` (day on which the other record was public at the latest),
    ``published`` (first day on which the text may have appeared), ``standing`` (a key of
    `STANDINGS`) and ``lead_months`` (months from the first to the second: positive where the text
    could have known).
    """
    basis = table["known_basis"].astype(str)
    undated = basis == "own_figures"
    known = date_span(table["known_since"])["last"]
    published = table["text_date"].map(pd.Timestamp).astype("datetime64[ns]")
    lead = (published - known).dt.days / _DAYS_A_MONTH
    standing = np.where(known < published, "known_before", "known_after")
    return table.assign(
        known=known,
        published=published,
        standing=basis.where(undated, pd.Series(standing, index=table.index)),
        lead_months=lead,
    )
