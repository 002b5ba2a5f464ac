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


@check("C211", tables=["project_outcomes", "projects_2013", "deals_since_2013"])
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
        readings={"with the projects that were held but not built": len(names) + not_built},
    )


@check("C271", tables=["project_outcomes", "projects_2013"])
def mines_that_were_built(_: Claim) -> Finding:
    """Return how many of the two projects that the claim names operate."""
    states = data.load("project_outcomes").set_index("project_id")["site_state"].astype(str)
    names = data.load("projects_2013").set_index("project_id")["project"]
    named = ["CN2", "CN4"]
    words = [f"{names[key]} {states[key].replace('_', ' ')}" for key in named]
    return Finding(
        int((states[named] == "operating").sum()),
        f"mines at work: {', '.join(words)}",
        readings={"as projects": len(named)},
    )


@check("C213", tables=["mine_output", "mineral_production"])
def share_of_iron(claim: Claim) -> Finding:
    """Return Shougang's share of the iron mined, in the nearest year that both tables have."""
    rows = data.load("mine_output").query(
        "mine == 'marcona' and mineral == @claim.item and product == 'metal_content' "
        "and not doubtful"
    )
    mine = rows.set_index("year")["output_t"]
    total = data.load("mineral_production").query("mineral == @claim.item and preferred")
    nearest = min(set(mine.index) & set(total["year"]), key=lambda year: abs(year - claim.year))
    return Finding(
        100 * float(mine[nearest]) / indicators.value_at(total, "output_t", year=nearest),
        f"output of Marcona over that of Peru in {nearest}, both rounded",
    )


@check("C214", tables=["copper_production", "mineral_production"])
def share_of_copper(claim: Claim) -> Finding:
    """Return the share of mines under Chinese control in the copper of the claim's year."""
    table = data.load("copper_production").query("year == @claim.year")
    own = table[table["control_partner"] == claim.partner]
    mines = ", ".join(sorted(own["mine"].dropna().unique())).replace("_", " ")
    share = float(100 * own["copper_t"].sum() / table["copper_t"].sum())
    return Finding(share, f"share of {mines} in the copper of {claim.year}")


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
