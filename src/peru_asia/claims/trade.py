"""Checks of trade with partners: values, shares, growth, ranks and balances."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from peru_asia import data, indicators
from peru_asia.claims.pages import what_a_page_says
from peru_asia.claims.registry import Claim, Finding, Value, check
from peru_asia.errors import BookError

_PRINCIPAL = ["CHN", "JPN", "KOR"]

_FLOWS = {"export": ["export"], "import": ["import"], "total": ["export", "import"]}

# What the prose calls a flow, and how it goes on with a partner.
_WORDS = {"export": "exports", "import": "imports", "total": "trade"}
_LINKS = {"export": "to", "import": "from", "total": "with"}


def by_partner(flow: str) -> pd.DataFrame:
    """Return year, partner and value of a flow; ``total`` adds exports and imports.

    A partner whose one flow is missing in a year has no total in that year.
    """
    return _by_partner(flow, data.describe("trade_by_partner").stamp).copy()


@lru_cache(maxsize=8)
def _by_partner(flow: str, _stamp: object) -> pd.DataFrame:
    table = data.load("trade_by_partner")
    groups = table[table["flow"].isin(_FLOWS[flow])].groupby(["year", "partner"])["value_usd_m"]
    return groups.sum()[groups.size() == len(_FLOWS[flow])].reset_index()


def value(partner: str, flow: str, year: int) -> float:
    """Return Peru's trade with a partner in a year, in millions of US dollars."""
    return indicators.value_at(by_partner(flow), "value_usd_m", partner=partner, year=year)


def _first_and_last(claim: Claim) -> tuple[float, float, int]:
    """Return the trade of the claim's first and last year, and the number of years between."""
    first, last = (value(claim.partner, claim.flow, year) for year in claim.years)
    return first, last, claim.years[1] - claim.years[0]


def _asia(*, south: bool = False) -> list[str]:
    """Return the Asian partners of the table, without South Asia unless it is wanted."""
    regions = ["east_asia", "southeast_asia", *(["south_asia"] if south else [])]
    known = set(data.load("trade_by_partner")["partner"])
    return [code for code in data.region(*regions) if code in known]


def _asian_shares(flow: str, *, south: bool = False) -> pd.DataFrame:
    """Return the partners' shares in Peru's trade with Asia, and ``principal``: a row a year."""
    shares = indicators.share(by_partner(flow), among=_asia(south=south))
    wide = shares.pivot(index="year", columns="partner", values="share_pct")
    return wide.assign(principal=wide[_PRINCIPAL].sum(axis=1))


def other_records(partner: str, flow: str, year: int) -> dict[str, float]:
    """Return the same trade in every record of ``trade_reporters``, by the record's name."""
    table = data.load("trade_reporters").query(
        "partner == @partner and year == @year and flow in @_FLOWS[@flow]"
    )
    records = table.groupby(["reporter", "source"], observed=True)["value_usd_m"]
    whole = records.sum()[records.size() == len(_FLOWS[flow])]
    return {
        f"the report of {data.partner_name(str(reporter))} in {source}": float(amount)
        for (reporter, source), amount in whole.items()
    }


def _quotations(claim: Claim, flow: str) -> Mapping[str, float]:
    """Return what other texts quote for the claim's partner and year, by maker and text."""
    table = data.load("trade_quotes").query(
        "partner == @claim.partner and flow == @flow and year_from == @claim.year_from "
        "and period == 'full_year' and source != @claim.source and comparable"
    )
    names = "the figure of " + table["maker"].astype(str) + " in " + table["source"].astype(str)
    return dict(zip(names, table["value_usd_m"].astype(float), strict=True))


@check("C077", "C088", "C089", "C197", "C198", "C201", "C203", "C204", "C205",
       tables=["trade_by_partner", "trade_reporters", "trade_quotes"])  # fmt: skip
def value_of_trade(claim: Claim) -> Finding:
    """Return the value of a flow in a year, beside other records and quotations of it."""
    others: dict[str, Value] = {}
    for flow in {"export", "import"} - {claim.flow} if claim.flow != "total" else ():
        others["for the other flow"] = value(claim.partner, flow, claim.year)
        for name, quoted in _quotations(claim, flow).items():
            others[f"for {_WORDS[flow]}, by {name},"] = quoted
    partner = ""
    if claim.partner != "WLD":
        partner = f" {_LINKS[claim.flow]} {data.partner_name(claim.partner)}"
    return Finding(
        value(claim.partner, claim.flow, claim.year),
        f"Peru's {_WORDS[claim.flow]}{partner} in {claim.year} in the customs record",
        series={
            **other_records(claim.partner, claim.flow, claim.year),
            **_quotations(claim, claim.flow),
        },
        readings=others,
    )


@check("C078", tables=["trade_by_partner"])
def share_of_all_trade(claim: Claim) -> Finding:
    """Return the partner's share of Peru's trade with the world."""
    table = indicators.share(by_partner(claim.flow), total="WLD")
    share = indicators.value_at(table, "share_pct", partner=claim.partner, year=claim.year)
    return Finding(share, f"share of {data.partner_name(claim.partner)} in {claim.year}")


@check("C069", "C070", "C071", "C072", "C074", tables=["trade_by_partner", "partners"])
def share_of_asian_trade(claim: Claim) -> Finding:
    """Return the partner's share of Peru's trade with East and Southeast Asia."""
    share, wider = (
        float(_asian_shares(claim.flow, south=south).loc[claim.year, claim.partner])
        for south in (False, True)
    )
    return Finding(
        share,
        f"share in {claim.year} with Asia as East and Southeast Asia (with South Asia {wider:.1f})",
    )


@check("C068", tables=["trade_by_partner", "partners"])
def joint_share_of_asian_trade(claim: Claim) -> Finding:
    """Return the share of China, Japan and Korea together in trade with Asia."""
    share = float(_asian_shares(claim.flow).loc[claim.year, "principal"])
    return Finding(share, f"China, Japan and Korea in {_WORDS[claim.flow]} to Asia in {claim.year}")


@check("C067", tables=["trade_by_partner", "partners"])
def mean_joint_share(claim: Claim) -> Finding:
    """Return the mean of the yearly joint shares, and other ways to take an average."""
    start, end = claim.years
    span = by_partner(claim.flow).query("@start <= year <= @end")
    principal, asia = (
        float(span.loc[span["partner"].isin(who), "value_usd_m"].sum())
        for who in (_PRINCIPAL, _asia())
    )
    of_exports, of_trade = (
        float(_asian_shares(flow).loc[start:end, "principal"].mean())
        for flow in (claim.flow, "total")
    )
    return Finding(
        of_exports,
        f"mean of the yearly shares of exports, {start} to {end}",
        readings={
            "as a share of trade": of_trade,
            "with all years added up first": 100 * principal / asia,
        },
    )


@check("C073", tables=["trade_by_partner", "partners"])
def mean_share_of_asian_trade(claim: Claim) -> Finding:
    """Return the mean of a partner's yearly shares, with their range."""
    start, end = claim.years
    shares = _asian_shares(claim.flow).loc[start:end, claim.partner]
    return Finding(
        float(shares.mean()),
        f"mean of the yearly shares, which run from {shares.min():.1f} to {shares.max():.1f}",
        readings={f"as the share of {year}": float(shares.loc[year]) for year in claim.years},
    )


@check("C079", "C092", "C109", tables=["trade_by_partner"])
def compound_growth(claim: Claim) -> Finding:
    """Return the compound yearly rate of growth."""
    start, end, years = _first_and_last(claim)
    whole = 100 * (indicators.growth_factor(start, end) - 1)
    return Finding(
        indicators.cagr(start, end, years),
        f"compound yearly growth over {years} years (from first to last {whole:,.0f} per cent)",
    )


@check("C080", tables=["trade_by_partner"])
def accumulated_growth(claim: Claim) -> Finding:
    """Return by how many times its first value a flow grew: the factor less one."""
    start, end, _ = _first_and_last(claim)
    factor = indicators.growth_factor(start, end)
    return Finding(
        factor - 1,
        f"increase from {claim.year_from} to {claim.year_to} over the value of {claim.year_from}",
        readings={"as a factor": factor},
    )


@check("C081", "C090", "C091", "C199", tables=["trade_by_partner", "published_tables"])
def times_as_large(claim: Claim) -> Finding:
    """Return the factor of growth; the increase, one less, is another reading of the words."""
    start, end, _ = _first_and_last(claim)
    factor = indicators.growth_factor(start, end)
    readings: dict[str, Value] = {"as an increase": factor - 1}
    total = data.load("published_tables").query(
        "table == 2 and sector == 'total' and partner == @claim.partner "
        "and year_to == @claim.year_to"
    )
    if claim.flow == "export" and len(total) == 1:
        printed = float(total["value"].iloc[0])
        readings["as an increase up to the total of Table 2"] = printed / start - 1
    return Finding(
        factor,
        f"value of {claim.year_to} over that of {claim.year_from}",
        readings=readings,
    )


@check("C099", tables=["trade_by_partner", "trade_by_partner_monthly"])
def growth_in_the_first_year_of_the_agreement(claim: Claim) -> Finding:
    """Return the growth between the claim's calendar years; exports also by twelve months."""
    start, end, _ = _first_and_last(claim)
    table = data.load("trade_by_partner_monthly").query("partner == @claim.partner")
    months = 12 * (table["year"] - claim.year) + table["month"]
    # The agreement came into force in March: months 3 to 14, against the twelve before.
    sums = [float(table[months.between(*span)]["value_usd_m"].sum()) for span in ((-9, 2), (3, 14))]
    return Finding(
        100 * (indicators.growth_factor(start, end) - 1),
        f"growth of trade from {claim.year_from} to {claim.year_to}, calendar years",
        readings={
            "for exports from March to February": 100 * (indicators.growth_factor(*sums) - 1)
        },
    )


@check("C029", "C076", "C273", "C299", tables=["trade_by_partner", "trade_reporters"])
def place_among_partners(claim: Claim) -> Finding:
    """Return the partner's place among the United States and the Asian partners.

    The records of the two countries in other sources give the place that each of them implies.
    """
    values = by_partner(claim.flow).query("year == @claim.year and partner != 'WLD'")
    values = values.set_index("partner")["value_usd_m"]
    if claim.partner not in values:
        raise BookError(
            f"trade_by_partner has no {claim.flow} with {claim.partner} in {claim.year}"
        )
    own, rival = (other_records(code, claim.flow, claim.year) for code in (claim.partner, "USA"))
    return Finding(
        int(values.rank(ascending=False)[claim.partner]),
        f"place by {_WORDS[claim.flow]} in {claim.year}: {data.partner_name(claim.partner)} "
        f"{values[claim.partner]:,.0f} million, United States {values['USA']:,.0f} million",
        series={
            f"{name}, where it is {own[name]:,.0f} to {rival[name]:,.0f} million": 1
            + int(rival[name] > own[name])
            for name in own
            if name in rival
        },
    )


@check("C048", "C049", tables=["long_run_trade"])
def place_in_the_long_run(claim: Claim) -> Finding:
    """Return the partner's place at the end of the period among eleven large partners."""
    start, end = claim.years
    table = data.load("long_run_trade").query(
        "flow == @claim.flow and partner != 'WLD' and @start <= year <= @end"
    )
    wide = table.pivot(index="year", columns="partner", values="value_usd_m")
    ranks = wide.rank(axis=1, ascending=False)[claim.partner]
    most = int(ranks.mode().iloc[0])
    return Finding(
        int(ranks.loc[end]),
        f"place of {data.partner_name(claim.partner)} in {end} among {wide.shape[1]} large "
        f"partners; most often {most} from {start} on, {int(ranks.loc[start])} in {start}",
    )


@check("C083", "C274", tables=["trade_by_partner"])
def sign_of_the_balance(claim: Claim) -> Finding:
    """Return exports less imports; the claim is that Peru sells more than it buys."""
    table = data.load("trade_by_partner").query("partner == @claim.partner and year == @claim.year")
    balance = indicators.value_at(indicators.balance(table), "balance", year=claim.year)
    note = f"exports less imports in {claim.year}: {balance:,.0f} million US dollars"
    return Finding(balance, note, holds=balance > 0)


@check("C275", tables=["trade_by_partner"])
def more_than_with_the_united_states(claim: Claim) -> Finding:
    """Return the partner's trade over that of the United States."""
    own, rival = (value(code, claim.flow, claim.year) for code in (claim.partner, "USA"))
    note = f"trade of {claim.year} over that with the United States: {own:,.0f} to {rival:,.0f}"
    return Finding(own / rival, f"{note} million", holds=own > rival)


@check("C277", tables=["trade_by_partner"])
def place_by_increase(claim: Claim) -> Finding:
    """Return the partner's place by how much more is bought from it than in the first year."""
    start, end = claim.years
    table = by_partner(claim.flow).query("year in [@start, @end] and partner != 'WLD'")
    wide = table.pivot(index="partner", columns="year", values="value_usd_m").dropna()
    more = (wide[end] - wide[start]).sort_values(ascending=False)
    leading = ", ".join(
        f"{data.partner_name(code)} {much:,.0f} million" for code, much in more.head(2).items()
    )
    note = f"place by the increase of {_WORDS[claim.flow]} from {start} to {end}: {leading}"
    return Finding(1 + list(more.index).index(claim.partner), note)


_FOUR = ["THA", "PHL", "MYS", "IDN"]


def _with_four_of_southeast_asia(flow: str) -> tuple[pd.Series, pd.Series]:
    """Return the trade with four partners by year, and that with the world."""
    trade = by_partner(flow).pivot(index="year", columns="partner", values="value_usd_m")
    return trade[_FOUR].sum(axis=1, min_count=len(_FOUR)), trade["WLD"]


@check("C287", tables=["trade_by_partner"])
def rise_of_the_share_of_four(claim: Claim) -> Finding:
    """Return how the four partners' share in all trade changed between the claim's years."""
    start, end = claim.years
    four, world = _with_four_of_southeast_asia(claim.flow)
    shares = 100 * four / world
    return Finding(
        100 * (shares[end] / shares[start] - 1),
        f"change of their share in all trade from {start} ({shares[start]:.2f} per cent) to "
        f"{end} ({shares[end]:.2f}), in per cent of it (in 1993 it was {shares[1993]:.2f})",
        holds=shares[end] > shares[start],
    )


@check("C288", tables=["trade_by_partner"])
def end_of_the_rise_with_four(claim: Claim) -> Finding:
    """Return how the trade with the four partners changed between the claim's years."""
    start, end = claim.years
    four, _ = _with_four_of_southeast_asia(claim.flow)
    note = f"change of trade with them from {start} to {end}, {four[start]:.0f} to {four[end]:.0f}"
    change = 100 * (four[end] / four[start] - 1)
    return Finding(change, f"{note} million, in per cent", holds=change < 0)


@check("C291", tables=["trade_by_partner", "partners"])
def joint_share_of_the_last_years(claim: Claim) -> Finding:
    """Return how much larger the three partners' share was in the last five years than before."""
    start, end = claim.years
    shares = _asian_shares(claim.flow)["principal"].loc[start:end]
    last, before = shares.iloc[-5:].mean(), shares.iloc[:-5].mean()
    note = f"points by which the mean of {end - 4} to {end} ({last:.1f}) is above that before"
    return Finding(last - before, f"{note} ({before:.1f})", holds=last > before)


@check("C012", "C120", tables=["exports_by_sector"])
def share_of_mining(claim: Claim) -> Finding:
    """Return the share of mining in all exports, in the customs agency's list of sectors.

    A claim without a year is taken for the last full year before its text of 2013.
    """
    year = claim.year_to or 2012
    table = data.load("exports_by_sector").query("year == @year").set_index("item")["value_usd_m"]
    oil = float(100 * (table["mining"] + table["oil_gas"]) / table["total"])
    return Finding(
        float(100 * table["mining"] / table["total"]),
        f"share of mining in all exports in {year} (with oil and gas {oil:.1f})",
        readings={"with oil and gas": oil},
    )


@check("C202", tables=["exports_by_sector", "claim_pages"])
def share_of_mining_beside_that_to_china(claim: Claim) -> Finding:
    """Return the share of mining in all exports; that in exports to China is another reading."""
    found = share_of_mining(claim)
    to_china = "as a share of exports to China in early 2021, by the Lima chamber,"
    return replace(found, readings={**found.readings, to_china: what_a_page_says(claim).value})
