"""Checks of trade with partners: values, shares, growth, ranks and balances."""

from peru_asia import data, indicators
from peru_asia.claims import flows
from peru_asia.claims.registry import Claim, Finding, Value, check, claims

_WORDS = {"export": "exports", "import": "imports", "total": "trade"}


def _name(claim: Claim) -> str:
    if claim.partner == "WLD":
        return f"Peru's {_WORDS[claim.flow]}"
    link = {"export": "to", "import": "from", "total": "with"}[claim.flow]
    return f"Peru's {_WORDS[claim.flow]} {link} {data.partner_name(claim.partner)}"


@check("C077", "C088", "C089", "C197", "C198", "C201", "C203", "C204", "C205",
       tables=["trade_by_partner", "trade_reporters", "trade_quotes"])  # fmt: skip
def value_of_trade(claim: Claim) -> Finding:
    """Return the value of a flow in a year, beside other records and quotations of it."""
    year, _ = claim.years
    others: dict[str, Value] = {}
    for flow in {"export", "import"} - {claim.flow} if claim.flow != "total" else ():
        others["for the other flow"] = flows.value(claim.partner, flow, year)
        for name, value in flows.quotations(claim, flow).items():
            others[f"for {_WORDS[flow]}, by {name},"] = value
    return Finding(
        flows.value(claim.partner, claim.flow, year),
        f"{_name(claim)} in {year} in the customs record",
        series={
            **flows.other_records(claim.partner, claim.flow, year),
            **flows.quotations(claim, claim.flow),
        },
        readings=others,
    )


@check("C078", tables=["trade_by_partner"])
def share_of_all_trade(claim: Claim) -> Finding:
    """Return the partner's share of Peru's trade with the world."""
    year, _ = claim.years
    table = indicators.share(flows.by_partner(claim.flow), total="WLD")
    share = indicators.value_at(table, "share_pct", partner=claim.partner, year=year)
    return Finding(share, f"share of {data.partner_name(claim.partner)} in {year}")


@check("C069", "C070", "C071", "C072", "C074", tables=["trade_by_partner", "partners"])
def share_of_asian_trade(claim: Claim) -> Finding:
    """Return the partner's share of Peru's trade with East and Southeast Asia."""
    year, _ = claim.years
    wider = flows.asian_shares(claim.flow, south=True).loc[year, claim.partner]
    return Finding(
        float(flows.asian_shares(claim.flow).loc[year, claim.partner]),
        f"share in {year} with Asia as East and Southeast Asia (with South Asia {wider:.1f})",
    )


@check("C068", tables=["trade_by_partner", "partners"])
def joint_share_of_asian_trade(claim: Claim) -> Finding:
    """Return the share of China, Japan and Korea together in trade with Asia."""
    year, _ = claim.years
    share = float(flows.asian_shares(claim.flow).loc[year, "principal"])
    return Finding(share, f"China, Japan and Korea in {_WORDS[claim.flow]} to Asia in {year}")


@check("C067", tables=["trade_by_partner", "partners"])
def mean_joint_share(claim: Claim) -> Finding:
    """Return the mean of the yearly joint shares, and other ways to take an average."""
    start, end = claim.years
    trade = flows.by_partner(claim.flow)
    span = trade[trade["year"].between(start, end)]
    parts = [span[span["partner"].isin(who)] for who in (flows.PRINCIPAL, flows.asia())]
    sums = [float(part["value_usd_m"].sum()) for part in parts]
    return Finding(
        float(flows.asian_shares(claim.flow).loc[start:end, "principal"].mean()),
        f"mean of the yearly shares of exports, {start} to {end}",
        readings={
            "as a share of trade": float(
                flows.asian_shares("total").loc[start:end, "principal"].mean()
            ),
            "with all years added up first": 100 * sums[0] / sums[1],
        },
    )


@check("C073", tables=["trade_by_partner", "partners"])
def mean_share_of_asian_trade(claim: Claim) -> Finding:
    """Return the mean of a partner's yearly shares, with their range."""
    start, end = claim.years
    shares = flows.asian_shares(claim.flow).loc[start:end, claim.partner]
    return Finding(
        float(shares.mean()),
        f"mean of the yearly shares, which run from {shares.min():.1f} to {shares.max():.1f}",
        readings={
            f"as the share of {start}": float(shares.loc[start]),
            f"as the share of {end}": float(shares.loc[end]),
        },
    )


@check("C079", "C092", "C109", tables=["trade_by_partner"])
def compound_growth(claim: Claim) -> Finding:
    """Return the compound yearly rate of growth."""
    start, end, years = flows.first_and_last(claim)
    whole = 100 * (indicators.growth_factor(start, end) - 1)
    return Finding(
        indicators.cagr(start, end, years),
        f"compound yearly growth over {years} years (from first to last {whole:,.0f} per cent)",
    )


@check("C080", "C081", "C090", "C091", "C199", tables=["trade_by_partner", "published_tables"])
def times_as_large(claim: Claim) -> Finding:
    """Return the factor of growth; the increase, one less, is another reading of the words."""
    start, end, years = flows.first_and_last(claim)
    factor = indicators.growth_factor(start, end)
    readings: dict[str, Value] = {"as an increase": factor - 1}
    table = data.load("published_tables")
    total = table[
        (table["table"] == 2)
        & (table["sector"] == "total")
        & (table["partner"] == claim.partner)
        & (table["year_to"] == claim.year_to)
    ]
    if claim.flow == "export" and len(total) == 1:
        printed = float(total["value"].iloc[0])
        readings["as an increase up to the total of Table 2"] = printed / start - 1
    return Finding(
        factor,
        f"value of {claim.year_to} over that of {claim.year_from}",
        readings=readings,
        rivals={
            f"the yearly rate of {other.id} over {years} years": (1 + other.value / 100) ** years
            for other in claims().values()
            if other.quantity == "growth_rate_cagr"
            and (other.source, other.partner, other.flow) == (
                claim.source, claim.partner, claim.flow)
            and (other.year_from, other.year_to) == (claim.year_from, claim.year_to)
        },
    )  # fmt: skip


@check("C099", tables=["trade_by_partner", "trade_by_partner_monthly"])
def growth_in_the_first_year_of_the_agreement(claim: Claim) -> Finding:
    """Return the growth between the claim's calendar years; exports also by twelve months."""
    start, end, _ = flows.first_and_last(claim)
    table = data.load("trade_by_partner_monthly")
    table = table[table["partner"] == claim.partner]
    months = (table["year"] * 12 + table["month"]).sub(claim.years[0] * 12)
    # The agreement came into force in March: months 3 to 14, against the twelve before.
    sums = [float(table[months.between(*span)]["value_usd_m"].sum()) for span in ((-9, 2), (3, 14))]
    return Finding(
        100 * (indicators.growth_factor(start, end) - 1),
        f"growth of trade from {claim.year_from} to {claim.year_to}, calendar years",
        readings={
            "for exports from March to February": 100 * (indicators.growth_factor(*sums) - 1)
        },
    )


@check("C029", "C076", tables=["trade_by_partner", "trade_reporters"])
def place_among_partners(claim: Claim) -> Finding:
    """Return the partner's place among the United States and the Asian partners.

    The records of the two countries in other sources give the place that each of them implies.
    """
    year, _ = claim.years
    own, rival = (
        {"": flows.value(code, claim.flow, year), **flows.other_records(code, claim.flow, year)}
        for code in (claim.partner, "USA")
    )
    return Finding(
        flows.rank(claim.flow, claim.partner, year),
        f"place by {_WORDS[claim.flow]} in {year}: {data.partner_name(claim.partner)} "
        f"{own['']:,.0f} million, United States {rival['']:,.0f} million",
        series={
            f"{name}, where it is {own[name]:,.0f} to {rival[name]:,.0f} million": 1
            + int(rival[name] > own[name])
            for name in own
            if name and name in rival
        },
    )


@check("C048", "C049", tables=["long_run_trade"])
def place_in_the_long_run(claim: Claim) -> Finding:
    """Return the partner's place at the end of the period among eleven large partners."""
    start, end = claim.years
    table = data.load("long_run_trade")
    table = table[(table["flow"] == claim.flow) & (table["partner"] != "WLD")]
    wide = table[table["year"].between(start, end)].pivot(
        index="year", columns="partner", values="value_usd_m"
    )
    ranks = wide.rank(axis=1, ascending=False)[claim.partner]
    most = int(ranks.mode().iloc[0])
    return Finding(
        int(ranks.loc[end]),
        f"place of {data.partner_name(claim.partner)} in {end} among {wide.shape[1]} large "
        f"partners; most often {most} from {start} on, {int(ranks.loc[start])} in {start}",
    )


@check("C083", tables=["trade_by_partner"])
def sign_of_the_balance(claim: Claim) -> Finding:
    """Return exports less imports; the claim is that Peru sells more than it buys."""
    year, _ = claim.years
    table = data.load("trade_by_partner").query("partner == @claim.partner and year == @year")
    balance = indicators.value_at(indicators.balance(table), "balance", year=year)
    return Finding(
        balance,
        f"exports less imports in {year}: {balance:,.0f} million US dollars",
        holds=balance > 0,
    )


@check("C012", "C120", "C202", tables=["exports_by_sector"])
def share_of_mining(claim: Claim) -> Finding:
    """Return the share of mining in all exports, in the customs agency's list of sectors.

    A claim without a year is taken for the last full year before its text of 2013.
    """
    year = claim.year_to or 2012
    table = data.load("exports_by_sector").query("year == @year").set_index("item")["value_usd_m"]
    oil = 100 * (table["mining"] + table["oil_gas"]) / table["total"]
    return Finding(
        float(100 * table["mining"] / table["total"]),
        f"share of mining in all exports in {year} (with oil and gas {oil:.1f})",
        readings={"with oil and gas": float(oil)},
    )
