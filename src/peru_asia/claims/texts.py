"""Checks that set a text against itself or another: its tables, its sums, what it says twice."""

import pandas as pd

from peru_asia import data, indicators
from peru_asia.claims.registry import Claim, Finding, check, claim

# Claims about one and the same quantity.
_PAIRS = {"C013": "C130", "C138": "C210", "C210": "C138"}

# The printed table of a quantity, by sector or by level of technology.
_TABLES = {"export_share": {"sector": 2, "tech_level": 3}, "growth_rate_avg": {"tech_level": 4}}


def printed(table: int, **where: object) -> pd.DataFrame:
    """Return the cells of one printed table, narrowed down by the values of columns."""
    rows = data.load("published_tables")
    for name, wanted in {"table": table, **where}.items():
        rows = rows[rows[name] == wanted]
    return rows


@check(*_PAIRS, tables=["claims"])
def what_the_other_place_says(one: Claim) -> Finding:
    """Return the figure that another place or text prints for the same quantity."""
    other = claim(_PAIRS[one.id])
    same = other.source == one.source
    return Finding(
        other.value,
        f"{'the same text' if same else other.source} in {other.id}",
        basis="source" if same else "other_source",
        decimals=other.decimals,
    )


@check("C200", tables=["claims"])
def years_between(_: Claim) -> Finding:
    """Return the years between the two figures that the growth is measured from."""
    start, end = claim("C197").year, claim("C198").years[1]
    note = f"years between the figures of {start} and {end}"
    return Finding(float(end - start), note, basis="source")


@check("C139", tables=["claims"])
def years_without_larger_deals(one: Claim) -> Finding:
    """Return the years from the purchase of 1993 to the larger ones, as the text dates them."""
    first, last = (year - one.year for year in claim("C140").years)
    note = f"years from {one.year} to the concessions of C140"
    return Finding((float(first), float(last)), note, basis="source")


@check("C084", "C085", "C086", "C087", "C103", "C104", "C105", "C106", "C107", "C108", "C110",
       "C111", "C112", "C113", "C114", "C115", "C116", "C117", "C118",
       tables=["published_tables"])  # fmt: skip
def cell_that_the_text_repeats(claim: Claim) -> Finding:
    """Return the cell of the printed table that the text quotes, for partner and years."""
    column = "tech_level" if claim.item.isupper() else "sector"
    number = _TABLES[claim.quantity][column]
    cells = printed(
        number, year_from=claim.year_from, year_to=claim.year_to, **{column: claim.item}
    )
    by_partner = cells.set_index("partner")["value"]
    name = data.partner_name(claim.partner)
    note = f"cell of {name} in the paper's Table {number}"
    if claim.partner != "WLD":
        note += f" (world {by_partner['WLD']:g})"
        return Finding(float(by_partner[claim.partner]), note, basis="source")
    return Finding(
        float(by_partner["WLD"]), note, basis="source",
        readings={"for China": float(by_partner["CHN"])},
    )  # fmt: skip


@check("C082", tables=["published_tables"])
def lines_over_total(claim: Claim) -> Finding:
    """Return the leading export lines of Table 1 as a share of the total of Table 2."""
    lines = printed(1, flow=claim.flow, partner=claim.partner)["value"].sum() / 1e6
    totals = printed(2, sector="total", partner=claim.partner)
    total = indicators.value_at(totals, "value", year_to=claim.year)
    note = "five export lines of Table 1 over the total of Table 2"
    return Finding(100 * float(lines) / total, note, basis="source")


@check("C121", tables=["published_tables"])
def joint_share_of_a_sector(claim: Claim) -> Finding:
    """Return a sector's share of exports to China, Japan and Korea, weighted by their totals."""
    cells = printed(2, year_to=claim.year).query("partner != 'WLD'").set_index("partner")
    totals = cells[cells["sector"] == "total"]["value"]
    shares = cells[cells["sector"] == claim.item]["value"]
    note = "shares of the three partners of Table 2, weighted by their totals"
    return Finding(float((shares * totals).sum() / totals.sum()), note, basis="source")


@check("C119", tables=["published_tables"])
def place_in_growth(claim: Claim) -> Finding:
    """Return the partner's place by growth in Table 4: the worse of its places in the levels."""
    start, end = claim.years
    cells = printed(4, year_from=start, year_to=end)
    growth = cells.pivot(index="partner", columns="tech_level", values="value")
    places = growth[claim.item.split("_")].rank(ascending=False).loc[claim.partner]
    note = f"place among the three partners of Table 4, {start} to {end}, in both levels"
    return Finding(int(places.max()), note, basis="source")


@check("C122", tables=["published_tables"])
def years_in_the_heading(_: Claim) -> Finding:
    """Return how many years bound the periods of Table 4; its heading names three."""
    cells = printed(4)
    years = sorted({*cells["year_from"], *cells["year_to"]})
    note = f"the periods of Table 4 need {len(years)} years: {', '.join(map(str, years))}"
    return Finding(len(years), note, basis="source", holds=len(years) == 3)


@check("C134", tables=["claims", "portfolio_by_country"])
def greatest_share_in_mining(one: Claim) -> Finding:
    """Return the share of mining that would take all Chinese investment."""
    portfolio = data.load("portfolio_by_country").query("partner == @one.partner")
    return Finding(
        100 * claim("C131").value / claim("C130").value,
        "at most, if all Chinese investment (C131) were in mining (C130)",
        basis="source",
        readings={
            f"as a share of the ministry's portfolio of projects, here of {edition},": share
            for edition, share in zip(
                portfolio["portfolio_year"], portfolio["share_pct"], strict=True
            )
        },
    )


@check("C276", tables=["published_tables"])
def first_in_manufactures(one: Claim) -> Finding:
    """Return in how many levels of manufactures the partner's growth is the highest of Table 4."""
    start, end = one.years
    growth = printed(4, year_from=start, year_to=end).query("tech_level != 'PG'")
    growth = growth.pivot(index="tech_level", columns="partner", values="value")
    ahead = growth.drop(columns=one.partner).gt(growth[one.partner], axis=0)
    first = int((~ahead.any(axis=1)).sum())
    others = ", ".join(
        f"{level} {data.partner_name(growth.loc[level].idxmax())}"
        for level in growth.index[ahead.any(axis=1)]
    )
    return Finding(
        first,
        f"levels of manufactures in which Table 4 has {data.partner_name(one.partner)} first, "
        f"{start} to {end}, of {len(growth)} (first in the others: {others})",
        basis="source",
        holds=first == len(growth),
    )
