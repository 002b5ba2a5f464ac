"""Checks of mines: who works which, how much they yield, and how long they stood still."""

import pandas as pd

from peru_asia import data, indicators
from peru_asia.claims.registry import Claim, Finding, check


def _projects(claim: Claim) -> pd.DataFrame:
    """Return the mining rows of the 2013 list for the claim's partner, with what became of them."""
    rows = data.load("projects_2013").query("partner == @claim.partner and sector == 'mining'")
    outcomes = data.load("project_outcomes").drop(columns=["source", "source_place", "note"])
    return rows.merge(outcomes, on="project_id")


@check("C036", tables=["projects_2013"])
def companies_in_mining(claim: Claim) -> Finding:
    """Return how many companies of the partner the list of projects names in mining."""
    names = _projects(claim)["companies"].str.split("; ").explode().unique()
    return Finding(len(names), "Chinese companies in the mining rows of Table 7", basis="source")


@check("C037", tables=["mine_output", "mines", "projects_2013"])
def mines_with_output(claim: Claim) -> Finding:
    """Return how many mines of the list have output in the year before the claim or earlier."""
    mines = data.load("mines").merge(_projects(claim)["project_id"])["mine_id"]
    output = data.load("mine_output").query("year < @claim.year").merge(mines)
    working = sorted(output["mine"].unique())
    note = f"mines of Table 7 with output before {claim.year}: {', '.join(working)}"
    return Finding(len(working), note)


@check("C211", tables=["project_outcomes", "projects_2013", "deals_since_2013",
                       "portfolio_by_country"])  # fmt: skip
def controlled_mines(claim: Claim) -> Finding:
    """Return how many mines the partner works; with projects that it holds, as a reading."""
    held = _projects(claim).query("asian_investor in ['retained', 'sold_within_china']")
    listed = held.query("site_state == 'operating' and start_year <= @claim.year")
    bought = data.load("deals_since_2013").query(
        "sector == 'mining' and status == 'operating' and asian_partner == @claim.partner "
        "and year_operating <= @claim.year"
    )
    names = sorted([*listed["project"], *bought["deal"]])
    not_built = int((held["site_state"] == "not_built").sum())
    return Finding(
        len(names),
        f"mines and plants at work in {claim.year}: {', '.join(names)}",
        readings={
            "with the projects that were held but not built": len(names) + not_built,
            f"as Chinese projects in the ministry's portfolio of {claim.year}": int(
                indicators.value_at(
                    data.load("portfolio_by_country"), "projects",
                    portfolio_year=claim.year, partner=claim.partner,
                )
            ),
        },
    )  # fmt: skip


@check("C271", tables=["project_outcomes", "projects_2013"])
def mines_that_the_company_leads(_: Claim) -> Finding:
    """Return how many of the two mines that the claim names Jiangxi leads, built or not."""
    outcomes = data.load("project_outcomes").set_index("project_id")
    names = data.load("projects_2013").set_index("project_id")["project"]
    owners = outcomes.loc[["CN2", "CN4"], "owners"]
    words = [f"{names[key]} {owner}" for key, owner in owners.items()]
    states = outcomes.loc[owners.index, "site_state"].astype(str).str.replace("_", " ").unique()
    return Finding(
        int(owners.str.startswith("Jiangxi").sum()),
        f"of the two, those that Jiangxi leads; owners: {', '.join(words)} ({', '.join(states)})",
    )


@check("C278", tables=["copper_production"])
def place_among_chinese_mines(claim: Claim) -> Finding:
    """Return the mine's place by copper among those under Chinese control."""
    table = data.load("copper_production").query(
        "year == @claim.year and control_partner == @claim.partner"
    )
    mines = table.groupby("mine", observed=True)["copper_t"].sum().sort_values(ascending=False)
    tonnes = ", ".join(f"{str(mine).replace('_', ' ')} {t:,.0f} t" for mine, t in mines.items())
    return Finding(
        1 + list(mines.index).index(claim.item), f"place by copper in {claim.year}: {tonnes}"
    )


def _in_each_year(claim: Claim, what: str, events: pd.DataFrame) -> Finding:
    """Count the events at the mine in the claim's months; it holds if each year has one."""
    start, end = claim.period.split("/")
    dates = events.loc[events["mine"] == claim.item, "start_date"]
    dates = dates[dates.str[:7].between(start, end)]
    first, last = claim.years
    return Finding(
        len(dates),
        f"{what} in a list of events from {start} to {end}: {', '.join(dates)}",
        holds=dates.str[:4].nunique() == last - first + 1,
    )


@check("C279", tables=["conflict_events"])
def protests_at_a_mine(claim: Claim) -> Finding:
    """Return how many protests at the mine the list of events has in the claim's time."""
    return _in_each_year(claim, "protests", data.load("conflict_events"))


@check("C280", tables=["conflict_events"])
def stops_of_a_mine(claim: Claim) -> Finding:
    """Return how many stops of the mine the list of events has in the claim's time."""
    stops = data.load("conflict_events").query("event_type2 == 'suspension'")
    return _in_each_year(claim, "stops of the mine", stops)


@check("C214", tables=["copper_production", "producer_shares"])
def share_of_copper(claim: Claim) -> Finding:
    """Return the share of mines under Chinese control in the copper of the claim's year."""
    table = data.load("copper_production").query("year == @claim.year")
    own = table[table["control_partner"] == claim.partner]
    mines = ", ".join(sorted(own["mine"].dropna().unique())).replace("_", " ")
    share = float(100 * own["copper_t"].sum() / table["copper_t"].sum())
    months = data.load("producer_shares").query("mineral == 'copper' and year == 2018")
    tonnes = months.set_index("mine")["output_t"]
    return Finding(
        share,
        f"share of {mines} in the copper of {claim.year}",
        readings={
            "for January to July 2018": float(
                100 * tonnes[["las_bambas", "toromocho"]].sum() / tonnes["peru"]
            )
        },
    )


@check("C215", tables=["las_bambas_blockades"])
def days_blocked(claim: Claim) -> Finding:
    """Return the days on which the road was closed, up to the year before the claim's last."""
    start, end = claim.years
    table = data.load("las_bambas_blockades")
    roads = table.query("measure == 'road_blocked' and qualifier == 'exact'")
    whole = indicators.value_at(roads, "days", span="since_2016", year_from=start, year_to=end)
    last = indicators.value_at(roads, "days", span="year", year_from=end)
    stops = table.query("measure == 'production_stopped' and span == 'year' and year_from == @end")
    return Finding(
        whole - last,
        f"days with the road closed from {start} to {end - 1}; the mine itself stood still for "
        f"{stops['days'].max():.0f} days in {end}",
    )
