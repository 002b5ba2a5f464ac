"""What prices, tariffs and a lagging sector are worth in money, against a stated alternative.

All series and tables are by year; `base` is the year whose prices or rates are the alternative.
"""

import pandas as pd


def price_gain(
    values: pd.DataFrame, prices: pd.DataFrame, bought: pd.Series, *, base: int
) -> pd.DataFrame:
    """Return what sellers receive because their prices outran those of what the country buys.

    ``values[t] * (1 - (bought[t] / bought[base]) / (prices[t] / prices[base]))`` for each good: the
    value of the year less what the same quantity would have brought, had its price since the base
    year moved with the price of imports. It is the trading gain of the national accounts in the
    money of each year, for exports alone. In the base year it is zero, and it is negative where a
    price fell behind. It is an amount received at the border, not a profit: who keeps it, the
    formula does not say.

    Assumes that each good was sold at its price and that the quantities are given; had prices been
    others, less or more would have been sold.

    Source: European Commission, IMF, OECD, United Nations and World Bank (2009), System of National
    Accounts 2008, chapter 15, on trading gains; Kohli, U. (2004), Journal of International
    Economics 62(1), 83-106.

    Parameters
    ----------
    values : exports by good, in current money
    prices : of the same goods and years, in any unit
    bought : price index of imports

    Returns
    -------
    As `values`, in current money; missing where a value or price is.

    Raises
    ------
    ValueError : if the goods differ, the base year lacks a price, or a price is not positive

    Examples
    --------
    >>> values = pd.DataFrame({"A": [10.0, 30]}, [2001, 2011])
    >>> prices = pd.DataFrame({"A": [1.0, 3]}, [2001, 2011])
    >>> bought = pd.Series({2001: 1.0, 2011: 1.5})
    >>> ind.price_gain(values, prices, bought, base=2001)["A"].to_dict()
    {2001: 0.0, 2011: 15.0}
    """
    if set(values.columns) != set(prices.columns):
        raise ValueError("values and prices must name the same goods")
    if base not in prices.index or base not in bought.index:
        raise ValueError(f"there are no prices in {base}")
    used = prices[list(values.columns)].reindex(values.index)
    if prices.loc[base].isna().any() or pd.isna(bought[base]):
        raise ValueError(f"not every price is known in {base}")
    if (used <= 0).any(axis=None) or (bought <= 0).any():
        raise ValueError("prices must be positive")
    sold_at = used / prices.loc[base, list(values.columns)]
    paid = (bought / bought[base]).reindex(values.index)
    return values * (1 - sold_at.rdiv(paid, axis=0))


def kept_pace(series: pd.Series, yardstick: pd.Series, *, base: int) -> pd.Series:
    """Return what a series would be, had it grown like a yardstick since the base year.

    ``series[base] * yardstick[t] / yardstick[base]``, the constant-share alternative. It describes
    a distance and no cause: the yardstick has causes of its own, and should not contain the series.

    Returns
    -------
    In the unit of `series`, for the years of `yardstick`.

    Raises
    ------
    ValueError : if one of the two has no value in the base year, or the yardstick is not positive
        there

    Examples
    --------
    >>> sector, others = pd.Series({2001: 10.0}), pd.Series({2001: 50.0, 2011: 150.0})
    >>> ind.kept_pace(sector, others, base=2001).to_dict()
    {2001: 10.0, 2011: 30.0}
    """
    for one in (series, yardstick):
        if pd.isna(one.get(base)):
            raise ValueError(f"there is no value in {base}")
    if yardstick[base] <= 0:
        raise ValueError("the yardstick must be positive in the base year")
    return series[base] * yardstick / yardstick[base]


def duty_saved(
    imports: pd.Series, mfn: pd.Series, applied: pd.Series, *, base: int
) -> pd.DataFrame:
    """Return the duty that imports would have paid at the mean rates of a base year, and did not.

    ``imports[t] * (applied[base] - applied[t]) / 100``, in two parts: the fall of the rate for all
    comers (most favoured nation, MFN), and the growth of the margin between that rate and the one
    applied after preferences. What importers save, the treasury forgoes.

    Assumes that the same goods would have come in at the old rates. They would not: trade answers
    to duties, so that the sum is the most that was saved on these grounds. The means are weighted
    by imports, so that a change in their mix looks like a change in rates.

    Parameters
    ----------
    imports : value
    mfn, applied : mean rates, in per cent; the applied one counts preferences

    Returns
    -------
    Columns ``everyone`` and ``preferences``, in the unit of `imports`; missing where a rate is.

    Raises
    ------
    ValueError : if a rate is missing in the base year, or an applied rate exceeds the MFN rate

    Examples
    --------
    >>> imports = pd.Series({2001: 100.0, 2011: 200.0})
    >>> mfn, applied = pd.Series({2001: 10.0, 2011: 4.0}), pd.Series({2001: 9.0, 2011: 2.0})
    >>> ind.duty_saved(imports, mfn, applied, base=2001)
          everyone  preferences
    2001       0.0          0.0
    2011      12.0          2.0
    """
    if pd.isna(mfn.get(base)) or pd.isna(applied.get(base)):
        raise ValueError(f"not every rate is known in {base}")
    margin = mfn - applied
    if (margin < 0).any():
        raise ValueError("an applied rate above the MFN rate is an error in the rates")
    both = pd.DataFrame({"everyone": mfn[base] - mfn, "preferences": margin - margin[base]}).where(
        margin.notna()
    )
    return both.mul(imports, axis=0).reindex(both.index) / 100
