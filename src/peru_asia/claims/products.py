"""Checks of the printed tables of exports by product, sector and level of technology."""

import pandas as pd

from peru_asia import data, indicators
from peru_asia.claims.registry import Claim, Finding, check

_LEVELS = ("PG", "NRBM", "LTM", "MTM", "HTM")
_SHARES = {"export_share": {"sector": 2, "level": 3}, "growth_rate_avg": {"level": 4}}


def printed(table: int, **where: object) -> pd.DataFrame:
    """Return the cells of one printed table, narrowed down by the values of columns."""
    rows = data.load("published_tables")
    rows = rows[rows["table"] == table]
    for name, wanted in where.items():
        rows = rows[rows[name] == wanted]
    return rows


@check("C084", "C085", "C086", "C087", "C103", "C104", "C105", "C106", "C107", "C108", "C110",
       "C111", "C112", "C113", "C114", "C115", "C116", "C117", "C118",
       tables=["published_tables"])  # fmt: skip
def cell_that_the_text_repeats(claim: Claim) -> Finding:
    """Return the cell of the printed table that the text quotes, for partner and years."""
    kind = "level" if claim.item in _LEVELS else "sector"
    number = _SHARES[claim.quantity][kind]
    column = "tech_level" if kind == "level" else "sector"
    cells = printed(number, **{column: claim.item})
    cells = cells[(cells["year_from"] == claim.year_from) & (cells["year_to"] == claim.year_to)]
    value = indicators.value_at(cells, "value", partner=claim.partner)
    world = indicators.value_at(cells, "value", partner="WLD")
    return Finding(
        value,
        f"cell of {data.partner_name(claim.partner)} in the paper's Table {number} "
        f"(world {world:g})",
        basis="source",
    )


@check("C082", tables=["published_tables"])
def lines_over_total(claim: Claim) -> Finding:
    """Return the leading export lines of Table 1 as a share of the total of Table 2."""
    year, _ = claim.years
    lines = printed(1, flow=claim.flow, partner=claim.partner)["value"].sum() / 1e6
    total = indicators.value_at(
        printed(2, sector="total", partner=claim.partner), "value", year_to=year
    )
    return Finding(
        100 * float(lines) / total,
        "five export lines of Table 1 over the total of Table 2",
        basis="source",
    )


@check("C121", tables=["published_tables"])
def joint_share_of_a_sector(claim: Claim) -> Finding:
    """Return a sector's share of exports to China, Japan and Korea, weighted by their totals."""
    year, _ = claim.years
    cells = printed(2, year_to=year)
    cells = cells[cells["partner"] != "WLD"].set_index("partner")
    totals = cells[cells["sector"] == "total"]["value"]
    shares = cells[cells["sector"] == claim.item]["value"]
    return Finding(
        float((shares * totals).sum() / totals.sum()),
        "shares of the three partners of Table 2, weighted by their totals",
        basis="source",
    )


@check("C119", tables=["published_tables"])
def place_in_growth(claim: Claim) -> Finding:
    """Return the partner's place by growth in Table 4: the worse of its places in the levels."""
    start, end = claim.years
    cells = printed(4, year_from=start, year_to=end)
    places = {
        level: cells[cells["tech_level"] == level]
        .set_index("partner")["value"]
        .rank(ascending=False)[claim.partner]
        for level in claim.item.split("_")
    }
    return Finding(
        int(max(places.values())),
        f"place in Table 4, {start} to {end}, in both levels of technology",
        basis="source",
    )


@check("C122", tables=["published_tables"])
def years_in_the_heading(claim: Claim) -> Finding:
    """Return how many years bound the periods of Table 4; its heading names three."""
    cells = printed(4)
    years = sorted({*cells["year_from"], *cells["year_to"]})
    return Finding(
        len(years),
        f"the periods of Table 4 need {len(years)} years: {', '.join(map(str, years))}",
        basis="source",
        holds=len(years) == 3,
    )
