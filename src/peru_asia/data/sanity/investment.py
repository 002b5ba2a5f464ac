"""Checks of investment: deals, projects, stocks, the mining portfolio."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

from collections.abc import Iterator

import pandas as pd

from peru_asia.data.sanity.registry import check, read, report

# Tables 5 to 7 of Sanborn and Yong (2013), and the letters that begin the ids of their rows.
_TABLES = {"JP": (5, "JPN"), "KR": (6, "KOR"), "CN": (7, "CHN")}

_ONE_AMOUNT = ["single", "over_period", "one_year"]

_STILL_THERE = ["retained", "increased", "never_closed", "not_confirmed", "unknown"]


@check
def project_ids_follow_the_paper() -> Iterator[str]:
    """A project's id is its partner, and its number the row of the paper's table."""
    table = read("projects_2013")
    printed = [
        (number, partner, int(project_id[2:]))
        for project_id in table["project_id"]
        for number, partner in [_TABLES[project_id[:2]]]
    ]
    given = table[["table_no", "partner", "row_no"]].itertuples(index=False, name=None)
    table["expected"] = printed
    table["given"] = list(given)
    yield from report(
        "projects_2013",
        table[table["expected"] != table["given"]],
        "project_id",
        "{project_id} stands for {expected} (table, partner, row), but the row says {given}; "
        "make them equal",
    )


@check
def project_amounts_follow_print() -> Iterator[str]:
    """An amount is the one figure that the paper prints, or empty where it prints none or more."""
    table = read("projects_2013")
    printed = pd.to_numeric(table["amount_printed"].str.extract(r"^([\d.]+)")[0])
    expected = printed.where(table["amount_kind"].isin(_ONE_AMOUNT))
    same = (table["amount_usd_m"] == expected) | (table["amount_usd_m"].isna() & expected.isna())
    yield from report(
        "projects_2013",
        table[~same],
        "amount_usd_m",
        "is '{amount_usd_m}', but the paper prints '{amount_printed}' ({amount_kind}); make "
        "them agree",
    )


@check
def every_project_has_an_outcome() -> Iterator[str]:
    """The outcomes cover all projects of 2013, unknown ones too: leaving one out would flatter."""
    projects = read("projects_2013")
    missing = projects[~projects["project_id"].isin(read("project_outcomes")["project_id"])]
    yield from report(
        "projects_2013",
        missing,
        "project_id",
        "{project_id} has no row in project_outcomes; add it, with status unknown if need be",
    )


@check
def only_an_investor_that_left_has_an_exit() -> Iterator[str]:
    """An exit year stands only where the Asian investor left."""
    table = read("project_outcomes")
    stays = table["asian_investor"].isin(_STILL_THERE)
    yield from report(
        "project_outcomes",
        table[stays & table["asian_exit_year"].notna()],
        "asian_exit_year",
        "is {asian_exit_year}, but the investor is '{asian_investor}'; empty it, or correct the "
        "investor",
    )


@check
def deals_in_totals_follow_their_reason() -> Iterator[str]:
    """A deal is in the Asian totals exactly if its reason is asian_investment."""
    table = read("deals_since_2013")
    counted = table["totals_reason"] == "asian_investment"
    yield from report(
        "deals_since_2013",
        table[table["in_asian_totals"] != counted],
        "in_asian_totals",
        "is {in_asian_totals}, but the reason is '{totals_reason}'; make them agree",
    )
    yield from report(
        "deals_since_2013",
        table[table["in_asian_totals"] & (table["asian_role"] != "investor")],
        "asian_role",
        "is '{asian_role}', but only an investor's deal belongs in the totals; correct one",
    )


@check
def deal_value_has_a_basis() -> Iterator[str]:
    """A value says what it is the value of; without one the basis is not_stated."""
    table = read("deals_since_2013")
    yield from report(
        "deals_since_2013",
        table[table["value_usd_m"].isna() != (table["value_basis"] == "not_stated")],
        "value_basis",
        "is '{value_basis}', but the value is '{value_usd_m}'; make them agree",
    )


@check
def every_chinese_deal_has_an_owner() -> Iterator[str]:
    """Each Chinese deal in the totals says who owns the buyer, and from where, or not_found."""
    table = read("deals_since_2013")
    owners = read("deal_buyers").set_index("deal_id")
    counted = table["in_asian_totals"] & (table["asian_partner"] == "CHN")
    yield from report(
        "deals_since_2013",
        table[counted & ~table["deal_id"].isin(owners.index)],
        "deal_id",
        "{deal_id} has no row in deal_buyers; add it, with ownership not_found if need be",
    )
    owners = owners.reset_index()
    yield from report(
        "deal_buyers",
        owners[(owners["ownership"] == "not_found") != owners["source"].isna()],
        "source",
        "is '{source}', but the ownership is '{ownership}'; make them agree",
    )


@check
def chinese_deals_are_counted_once() -> Iterator[str]:
    """count_reason says why a deal counts or not, as its other columns do."""
    table = read("chinese_deals")
    reasons = {
        "counted": table["count_in_total"],
        "double_count": table["double_count_of"].notna(),
        "excluded_by_iclac": table["excluded_by_iclac"],
        "works_contract": table["type"] == "works_contract",
    }
    for reason in table["count_reason"].unique():  # what is later than the sums that it names
        if reason.startswith("after_"):
            reasons[reason] = table["year"] > int(reason.removeprefix("after_"))
    for reason, holds in reasons.items():
        given = table["count_reason"] == reason
        # One reason is enough: a contract of 2026 is both a contract and too late.
        wrong = given & ~holds
        if reason != "counted":
            wrong |= holds & table["count_in_total"]
        yield from report(
            "chinese_deals",
            table[wrong],
            "count_reason",
            f"is '{{count_reason}}', but the other columns do not agree about '{reason}'; "
            "correct count_reason or count_in_total",
        )
    originals = set(table.loc[table["count_in_total"], "iclac_id"])
    repeats = table[table["double_count_of"].notna()]
    yield from report(
        "chinese_deals",
        repeats[~repeats["double_count_of"].isin(originals)],
        "double_count_of",
        "{double_count_of} is not counted itself, so the deal would be lost; count one of the two",
    )


@check
def investment_follows_its_deal() -> Iterator[str]:
    """Money linked to a deal does not come before the deal was announced."""
    announced = read("deals_since_2013").set_index("deal_id")["year_announced"]
    table = read("chinese_deals").join(announced, on="deal_id")
    yield from report(
        "chinese_deals",
        table[(table["year"] < table["year_announced"]).fillna(False)],
        "year",
        "{year} is before {deal_id} was announced ({year_announced}); correct the year or the link",
    )


@check
def portfolio_shares_follow_amounts() -> Iterator[str]:
    """A country's printed share is its part of the whole portfolio, to a tenth of a point."""
    table = read("portfolio_by_country")
    whole = table[table["partner"] == "WLD"].set_index("portfolio_year")["capex_usd_m"]
    table = table.join(whole.rename("whole"), on="portfolio_year")
    table["share"] = 100 * table["capex_usd_m"] / table["whole"]
    yield from report(
        "portfolio_by_country",
        table[(table["share_pct"] - table["share"]).abs() > 0.1],
        "share_pct",
        "{share_pct} is printed, but {capex_usd_m} of {whole} is {share:.1f}; look both up again",
    )


@check
def china_shares_follow_amounts() -> Iterator[str]:
    """A computed share is its part over its whole, and only a computed one has both."""
    table = read("china_shares")
    both = table["part"].notna() & table["whole"].notna()
    yield from report(
        "china_shares",
        table[both != (table["basis"] == "computed")],
        "basis",
        "is '{basis}', but part and whole are '{part}' and '{whole}'; a share is computed from "
        "both or printed without",
    )
    table["share"] = 100 * table["part"] / table["whole"]
    yield from report(
        "china_shares",
        table[(table["share_pct"] - table["share"]).abs() > 0.051],
        "share_pct",
        "is {share_pct}, but {part} of {whole} is {share:.2f}; correct one",
    )
    facts = read("china_sector_facts").set_index("fact_id")["value"]
    yield from report(
        "china_shares",
        table[(table["share_id"] == "H09") & (table["part"] != facts["F030"])],
        "part",
        f"is {{part}}, but china_sector_facts has {facts['F030']} containers in F030; correct one",
    )


@check
def investment_by_sector_adds_up() -> Iterator[str]:
    """The sectors of a sum over deals add up to its row for all sectors, to one rounding."""
    table = read("fdi_by_country")
    table = table[table["measure"] == "cumulative"]
    keys = ["series", "partner", "year"]
    parts = table[table["sector"] != "all"].groupby(keys)["value_usd_m"].sum().rename("parts")
    whole = table[table["sector"] == "all"].join(parts, on=keys)
    yield from report(
        "fdi_by_country",
        whole[(whole["value_usd_m"] - whole["parts"]).abs() > 1],
        "value_usd_m",
        "all sectors are {value_usd_m}, but they add up to {parts}; correct one",
    )


@check
def chinese_stock_equals_fdi() -> Iterator[str]:
    """chinese_stock_by_source repeats rows of fdi_by_country about China without change."""
    stock = read("chinese_stock_by_source")
    origin = read("fdi_by_country").set_index("observation_id")
    for column in ("series", "year", "value_usd_m", "share_pct", "source"):
        given = stock[column]
        expected = stock["observation_id"].map(origin[column])
        same = (given == expected).fillna(False) | (given.isna() & expected.isna())
        rows = stock.assign(given=given, expected=expected)
        yield from report(
            "chinese_stock_by_source",
            rows[~same],
            column,
            "is '{given}', but '{expected}' in row {observation_id} of fdi_by_country; correct one",
        )
    partner = stock["observation_id"].map(origin["partner"])
    yield from report(
        "chinese_stock_by_source",
        stock[partner != "CHN"],
        "observation_id",
        "{observation_id} is not about China in fdi_by_country; remove the row",
    )


@check
def unctad_stock_has_no_gap() -> Iterator[str]:
    """UNCTAD publishes the stock of foreign investment for every year since 1990."""
    table = read("fdi_stock_total")
    unctad = table[table["series"] == "unctad_inward_stock"].sort_values("year")
    step = unctad["year"].diff().fillna(unctad["year"].iloc[0] - 1989)
    yield from report(
        "fdi_stock_total",
        unctad[step != 1],
        "year",
        "the year before {year} is missing or stands twice; add or remove a row",
    )


@check
def a_site_stands_for_one_project_or_deal() -> Iterator[str]:
    """A site's id is that of its project or its deal, and never both."""
    table = read("project_sites")
    owner = table["project_id"].fillna(table["deal_id"])
    both = table["project_id"].notna() & table["deal_id"].notna()
    yield from report(
        "project_sites",
        table[both | (owner != table["site_id"])],
        "site_id",
        "{site_id} is not the one id among '{project_id}' and '{deal_id}'; correct it",
    )


@check
def sites_stand_where_their_mine_stands() -> Iterator[str]:
    """A site that names a mine has the mine's coordinates; one on a page names its source."""
    mines = read("mines").set_index("mine_id")
    table = read("project_sites")
    for column in ("lat", "lon"):
        rows = table.assign(given=table[column], expected=table["mine_id"].map(mines[column]))
        yield from report(
            "project_sites",
            rows[rows["expected"].notna() & (rows["given"] != rows["expected"])],
            column,
            "is {given}, but {expected} in row {mine_id} of mines; make them equal",
        )
    yield from report(
        "project_sites",
        table[(table["basis"] == "general_knowledge") != table["source"].isna()],
        "source",
        "is '{source}', but the basis is '{basis}'; only a rough point has no source",
    )
