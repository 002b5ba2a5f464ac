"""Checks of investment: stakes in projects, sums announced and spent, shares of the stock."""

import re

import pandas as pd

from peru_asia import data, indicators
from peru_asia.claims.registry import Claim, Finding, check
from peru_asia.errors import BookError, did_you_mean

# The holder whose stake a claim is about, as the list of 2013 names it.
_HOLDERS = {
    "C145": "Mitsui", "C149": "BHP Billiton", "C150": "Xstrata", "C151": "Teck",
    "C152": "Mitsubishi", "C154": "Anglo American", "C155": "Mitsubishi", "C158": "SK Energy",
    "C159": "Daewoo", "C160": "KNOC", "C162": "KNOC", "C163": "Pluspetrol",
    "C164": "KNOC", "C165": "Ecopetrol", "C167": "Brescia Group", "C168": "Korea Resources",
    "C169": "LS-Nikko Copper", "C173": "China Minmetals", "C174": "Jiangxi Copper",
    "C178": "Zijin", "C179": "Tongling", "C180": "Xiamen C&D", "C182": "CNPC",
    "C183": "Pluspetrol Resources", "C184": "CNPC", "C185": "SK Energy", "C186": "Daewoo",
    "C187": "KNOC", "C188": "Pluspetrol Resources",
}  # fmt: skip

# Names under which a holder stands in later sources.
_LATER = {"BHP Billiton": "BHP", "Xstrata": "Glencore"}


def holders(text: str) -> dict[str, float]:
    """Read a list of owners, such as ``Teck 22.5; Mitsubishi 10``, as name and per cent."""
    parts = re.findall(r"([^;]+?) (\d+(?:\.\d+)?)(?=;|$| \()", text)
    return {name.strip(): float(stake) for name, stake in parts}


def _stakes(project: str, table: str = "projects_2013", column: str = "shares") -> dict[str, float]:
    rows = data.load(table)
    text = rows[rows["project_id"] == project][column]
    if len(text) != 1 or pd.isna(text.iloc[0]):
        raise BookError(f"{table} has no {column} for project '{project}'")
    return holders(text.iloc[0])


def _stake(stakes: dict[str, float], holder: str) -> float:
    if holder not in stakes:
        raise BookError(f"no stake of '{holder}'; {did_you_mean(holder, stakes)}")
    return stakes[holder]


def _later_stake(claim: Claim) -> float:
    holder = _HOLDERS[claim.id]
    return _stake(_stakes(claim.item, "project_outcomes", "owners"), _LATER.get(holder, holder))


def _deal(identifier: str, column: str) -> float:
    return indicators.value_at(data.load("deals_since_2013"), column, deal_id=identifier)


@check("C145", "C149", "C150", "C151", "C152", "C173", "C174", "C178", "C179", "C180",
       tables=["project_outcomes"])  # fmt: skip
def stake_in_a_later_source(claim: Claim) -> Finding:
    """Return the holder's stake in a later source."""
    return Finding(_later_stake(claim), "stake in a later list of the owners")


@check("C154", "C155", tables=["project_outcomes", "deals_since_2013"])
def stake_before_a_deal(claim: Claim) -> Finding:
    """Return the later stake at Quellaveco, with the deal between the two holders undone."""
    later, moved = _later_stake(claim), _deal("D12", "stake_pct")
    before = later - moved if claim.id == "C155" else later + moved
    return Finding(before, f"later stake of {later:g} with a later deal ({moved:g}) undone")


@check("C164", "C167", tables=["deals_since_2013"])
def stake_from_an_exit(claim: Claim) -> Finding:
    """Return the stake that the Korean owners later sold, or what it left for the buyer."""
    if claim.id == "C164":
        return Finding(_deal("D21", "stake_pct"), "stake that the Korean company later sold")
    korean = _deal("D04", "stake_pct")
    return Finding(100 - korean, f"what the Korean stake of {korean:g}, later sold, leaves")


# One test of two holders is one test: the other of them, and the parts of a sum, rest on the paper.
@check("C162", "C163", "C165", "C168", "C169", "C182", "C183", tables=["projects_2013"])
def stake_as_the_rest(claim: Claim) -> Finding:
    """Return what the other holders of the same row leave."""
    stakes = _stakes(claim.item)
    others = sum(stakes.values()) - _stake(stakes, _HOLDERS[claim.id])
    return Finding(100 - others, "what the other holders leave", basis="source")


@check("C158", "C159", "C160", "C185", "C186", "C187", tables=["projects_2013"])
def stake_in_the_other_table(claim: Claim) -> Finding:
    """Return the stake in Block 8 in the paper's other table that lists it."""
    table = data.load("projects_2013").set_index("project_id")
    twin = table.loc[claim.item, "same_project_as"]
    stake = _stake(_stakes(twin), _HOLDERS[claim.id])
    return Finding(stake, f"same holder in Table {table.loc[twin, 'table_no']}", basis="source")


@check("C161", "C184", "C188", tables=["projects_2013"])
def stake_through_a_company(claim: Claim) -> Finding:
    """Return the stakes in Block 8 that Pluspetrol Norte's owners hold through it."""
    if claim.id == "C161":
        total = sum(_stake(_stakes("CN16"), name) for name in ("CNPC", "Pluspetrol Resources"))
        return Finding(total, "its two owners together in Table 7", basis="source")
    part = _stake(_stakes("CN15"), _HOLDERS[claim.id])
    norte = _stake(_stakes("KR2"), "Pluspetrol Norte")
    note = f"{part:g} per cent of the {norte:g} of Table 6"
    return Finding(part * norte / 100, note, basis="source")


@check("C153", "C166", "C171", "C175", tables=["project_outcomes"])
def sum_spent(claim: Claim) -> Finding:
    """Return what the project cost when it was built."""
    table = data.load("project_outcomes")
    spent = indicators.value_at(table, "actual_usd_m", project_id=claim.item)
    return Finding(spent, "cost when built; the claim is the sum announced by 2013")


@check("C156", "C172", "C176", "C177", tables=["mining_portfolio"])
def sum_in_the_portfolio(claim: Claim) -> Finding:
    """Return the cost of the project in the ministry's later portfolio."""
    table = data.load("mining_portfolio")
    cost = indicators.value_at(table, "capex_usd_m", project_id=claim.item)
    note = "cost in the ministry's later portfolio; the claim is the sum announced by 2013"
    return Finding(cost, note)


@check("C218", "C219", "C220", "C221", "C229", tables=["deals_since_2013"])
def value_of_a_deal(claim: Claim) -> Finding:
    """Return the value of the deal in other sources."""
    deal = data.load("deals_since_2013").set_index("deal_id").loc[claim.item]
    kind = str(deal["value_basis"]).replace("_", " ")
    seller = f", sold by {deal['seller']}" if deal["type"] == "acquisition" else ""
    note = f"{kind} of {deal['deal']} in other sources ({deal['status']}{seller})"
    return Finding(_deal(claim.item, "value_usd_m"), note)


@check("C222", "C232", tables=["deals_since_2013"])
def stake_of_a_deal(claim: Claim) -> Finding:
    """Return the stake that was bought, and in what."""
    deal = data.load("deals_since_2013").set_index("deal_id").loc[claim.item]
    note = f"stake bought in {deal['asset']} from {deal['seller']}"
    return Finding(_deal(claim.item, "stake_pct"), note)


@check("C235", "C241", tables=["deals_since_2013"])
def year_of_operation(claim: Claim) -> Finding:
    """Return the year in which the work came into operation."""
    year = _deal(claim.item, "year_operating")
    note = f"in operation in {year:.0f}"
    if claim.id == "C241":
        return Finding(year, note)
    late = ": the first date was missed" if year > claim.year else ""
    return Finding((year, year), note + late)


@check("C127", "C128", "C131", tables=["fdi_by_country"])
def share_of_registered_investment(claim: Claim) -> Finding:
    """Return the partner's share of the same register, as the press quoted it."""
    table = data.load("fdi_by_country").query("series == 'proinversion_registry'")
    share = indicators.value_at(table, "share_pct", partner=claim.partner, year=claim.years[1])
    return Finding(share, "same register as quoted by the press", basis="other_source")


@check("C141", tables=["projects_2013", "chinese_deals"])
def largest_under_way(claim: Claim) -> Finding:
    """Return the largest sum among the Chinese projects of 2013 that were being built."""
    table = data.load("projects_2013").query("partner == @claim.partner and phase == 'in_progress'")
    largest = table.loc[table["amount_usd_m"].idxmax()]
    deals = data.load("chinese_deals").query("year <= @claim.year and count_in_total")
    deal = deals.loc[deals["amount_usd_m"].idxmax(), "description"]
    return Finding(
        float(largest["amount_usd_m"]),
        f"largest sum of Table 7 of what is being built ({largest['project']}); largest in a list "
        f"of Chinese deals up to {claim.year}: {deal}",
        basis="source",
    )


@check("C212", tables=["chinese_deals"])
def share_of_mining_in_deals(claim: Claim) -> Finding:
    """Return the share of mining in the Chinese deals that were counted up to the claim's year."""
    deals = data.load("chinese_deals").query("year <= @claim.year and count_in_total")
    mining = deals.loc[deals["sector"] == "mining", "amount_usd_m"].sum()
    return Finding(
        float(100 * mining / deals["amount_usd_m"].sum()),
        f"share of mining in the Chinese deals listed up to {claim.year}",
    )


@check("C281", "C282", "C283", "C284", tables=["project_outcomes"])
def start_of_a_project(claim: Claim) -> Finding:
    """Return the year in which a project of 2013 began to produce, or was still not built."""
    outcome = data.load("project_outcomes").set_index("project_id").loc[claim.item]
    if pd.isna(outcome["start_year"]):
        at = float(outcome["evidence_year"])
        return Finding(at, f"not built by {at:.0f}", holds=False)
    year = float(outcome["start_year"])
    return Finding(year, f"began in {year:.0f}")


@check("C302", tables=["projects_2013"])
def projects_in_exploration(claim: Claim) -> Finding:
    """Return the share of the paper's Chinese mining projects that it has in exploration."""
    mining = data.load("projects_2013").query("partner == @claim.partner and sector == 'mining'")
    phases = mining.loc[~mining["phase"].isin(["not_stated", "sold"]), "phase"]
    exploring = int((phases == "exploration").sum())
    note = f"mining projects of Table 7 in exploration: {exploring} of {len(phases)} with a phase"
    return Finding(exploring, note, basis="source", holds=2 * exploring > len(phases))


@check("C289", tables=["portfolio_by_country"])
def place_in_the_portfolio(claim: Claim) -> Finding:
    """Return the partner's place in the ministry's portfolio of mining projects."""
    shares = data.load("portfolio_by_country").query("partner != 'WLD'")
    ranks = shares.assign(
        place=shares.groupby("portfolio_year")["share_pct"].rank(ascending=False)
    ).query("partner == @claim.partner")
    places = ranks.set_index("portfolio_year")["place"].astype(int)
    later = {f"by the portfolio of {year}": float(places[year]) for year in places.index[1:]}
    return Finding(
        int(places[claim.year]),
        f"place in the ministry's portfolio of {claim.year}, which counts what is to be built",
        readings=later,
    )
