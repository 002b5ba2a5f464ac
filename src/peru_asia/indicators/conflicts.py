"""What the Ombudsman's list of social conflicts is made of."""

import pandas as pd

# Pages whose figures are no count of a whole month's list, by their flag in ``conflict_reports``.
_NOT_USED = ("weak_source", "from_change", "not_a_total")


def monthly_shares(reports: pd.DataFrame) -> pd.DataFrame:
    """Return each month's shares of socio-environmental and of mining conflicts.

    ``socioenvironmental_pct = 100 * socioenvironmental / total`` where a page prints both
    counts, otherwise the share as printed; ``mining_pct = 100 * mining / total``, otherwise the
    share of socio-environmental conflicts times that of mining among them. Both are per cent of
    all conflicts on the list.

    Parameters
    ----------
    reports : the table ``conflict_reports``, one row a month and page. Where pages of one month
        repeat a figure, the first that has it counts. Pages flagged as no count of a whole list
        are left out.

    Returns
    -------
    One row a month that has either share, in order: ``month``, ``socioenvironmental_pct``,
    ``mining_pct`` (missing where no page allows it), and ``formal_only``, true where the count of
    mining is of formal mining alone (pages flagged ``opinion_column``).

    Examples
    --------
    >>> reports = data.load("conflict_reports").query("month == '2015-01'")
    >>> ind.conflicts.monthly_shares(reports).round(1)
         month  socioenvironmental_pct  mining_pct  formal_only
    0  2015-01                    66.7        45.7        False
    """
    used = reports[~reports["flag"].isin(_NOT_USED)]
    counts = ["total", "socioenvironmental", "mining"]
    printed = ["socioenvironmental_share_pct", "mining_share_of_socioenvironmental_pct"]
    months = used.groupby("month", sort=True)[counts + printed].first().astype(float)
    share, among = (months[name] for name in printed)
    environment = (100 * months["socioenvironmental"] / months["total"]).fillna(share)
    mining = (100 * months["mining"] / months["total"]).fillna(environment * among / 100)
    formal = used["flag"].eq("opinion_column") & used["mining"].notna()
    out = pd.DataFrame({"socioenvironmental_pct": environment, "mining_pct": mining})
    out = out.assign(formal_only=formal.groupby(used["month"]).any())
    out = out.dropna(subset=["socioenvironmental_pct", "mining_pct"], how="all")
    return out.rename_axis("month").reset_index()
