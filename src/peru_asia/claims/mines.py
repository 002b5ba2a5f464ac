"""Checks of mines: who works which, how much they yield, and how long they stood still."""

import pandas as pd

from peru_asia import data, indicators
from peru_asia.claims.registry import Claim, Finding, check


def _projects(claim: Claim) -> pd.DataFrame:
    """Return the mining rows of the 2013 list for the claim's partner, with what became of them."""
    table = data.load("projects_2013")
    rows = table[(table["partner"] == claim.partner) & (table["sector"] == "mining")]
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
    year, _ = claim.years
    own = set(_projects(claim)["project_id"])
    mines = data.load("mines")
    ids = set(mines[mines["project_id"].isin(own)]["mine_id"])
    output = data.load("mine_output").query("year < @year")
    working = sorted(output[output["mine_id"].isin(ids)]["mine"].unique())
    return Finding(
        len(working), f"mines of Table 7 with output before {year}: {', '.join(working)}"
    )


@check("C211", tables=["project_outcomes", "projects_2013", "deals_since_2013"])
def controlled_mines(claim: Claim) -> Finding:
    """Return how many mines the partner works; with projects that it holds, as a reading."""
    year, _ = claim.years
    projects = _projects(claim)
    held = projects[projects["asian_investor"].isin(["retained", "sold_within_china"])]
    listed = held[(held["site_state"] == "operating") & (held["start_year"] <= year)]
    deals = data.load("deals_since_2013").query("sector == 'mining' and status == 'operating'")
    bought = deals[(deals["asian_partner"] == claim.partner) & (deals["year_operating"] <= year)]
    names = [*listed["project"], *bought["deal"]]
    return Finding(
        len(names),
        f"mines and plants at work in {year}: {', '.join(sorted(names))}",
        readings={
            "with the projects that were held but not built": len(names)
            + int((held["site_state"] == "not_built").sum())
        },
    )


@check("C271", tables=["project_outcomes", "projects_2013"])
def mines_that_were_built(claim: Claim) -> Finding:
    """Return how many of the two projects that the claim names operate."""
    table = data.load("project_outcomes").set_index("project_id")
    named = table.loc[["CN2", "CN4"]]
    states = data.load("projects_2013").set_index("project_id").loc[named.index, "project"]
    words = [
        f"{name} {str(named.loc[key, 'site_state']).replace('_', ' ')}"
        for key, name in states.items()
    ]
    return Finding(
        int((named["site_state"] == "operating").sum()),
        f"mines at work: {', '.join(words)}",
        readings={"as projects": len(named)},
    )


@check("C213", tables=["mine_output", "mineral_production"])
def share_of_iron(claim: Claim) -> Finding:
    """Return Shougang's share of the iron mined, in the nearest year that both tables have."""
    year, _ = claim.years
    mine = data.load("mine_output")
    mine = mine[
        (mine["mineral"] == claim.item)
        & (mine["product"] == "metal_content")
        & ~mine["doubtful"]
        & (mine["mine"] == "marcona")
    ].set_index("year")["output_t"]
    total = data.load("mineral_production").query("mineral == @claim.item and preferred")
    nearest = min(set(mine.index) & set(total["year"]), key=lambda known: abs(known - year))
    return Finding(
        100 * float(mine[nearest]) / indicators.value_at(total, "output_t", year=nearest),
        f"output of Marcona over that of Peru in {nearest}, both rounded",
    )


@check("C214", tables=["copper_production", "mineral_production"])
def share_of_copper(claim: Claim) -> Finding:
    """Return the share of mines under Chinese control in the copper of the claim's year."""
    year, _ = claim.years
    table = data.load("copper_production").query("year == @year")
    own = table[table["control_partner"] == claim.partner]
    mines = ", ".join(sorted(own["mine"].dropna().unique())).replace("_", " ")
    return Finding(
        float(100 * own["copper_t"].sum() / table["copper_t"].sum()),
        f"share of {mines} in the copper of {year}",
    )


@check("C215", tables=["las_bambas_blockades"])
def days_blocked(claim: Claim) -> Finding:
    """Return the days on which the road was closed, up to the year before the claim's last."""
    table = data.load("las_bambas_blockades")
    start, end = claim.years
    roads = table[(table["measure"] == "road_blocked") & (table["qualifier"] == "exact")]
    whole = indicators.value_at(roads, "days", span="since_2016", year_from=start, year_to=end)
    last = indicators.value_at(roads, "days", span="year", year_from=end)
    stops = table[
        (table["measure"] == "production_stopped")
        & (table["span"] == "year")
        & (table["year_from"] == end)
    ]
    return Finding(
        whole - last,
        f"days with the road closed from {start} to {end - 1}; the mine itself stood still for "
        f"{stops['days'].max():.0f} days in {end}",
    )
