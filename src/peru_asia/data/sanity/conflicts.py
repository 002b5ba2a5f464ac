"""Checks of social conflicts: the ombudsman's reports, the cases, the events."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

from collections.abc import Iterator

import pandas as pd

from peru_asia.data.sanity.registry import check, read, report

_COUNTS = ["total", "active", "latent", "socioenvironmental", "mining"]


def _months(table: pd.DataFrame) -> pd.Series:
    """Count the months since the year 0."""
    return 12 * table["month"].str[:4].astype(int) + table["month"].str[5:].astype(int)


def _splits_badly(table: pd.DataFrame) -> pd.Series:
    """Say of each row whether active and latent cases miss the total, where all are known."""
    return (table["active"] + table["latent"] != table["total"]).fillna(False)


@check
def report_numbers_follow_the_month() -> Iterator[str]:
    """Reports are monthly since no. 1 of March 2004, so month and number fix each other."""
    table = read("conflict_reports")
    table["expected"] = _months(table) - 12 * 2004 - 2
    differs = (table["report_no"] != table["expected"]).fillna(False)
    yield from report(
        "conflict_reports",
        table[differs != (table["flag"] == "number_clash")],
        "report_no",
        "is {report_no} in {month}, whose number is {expected}; correct the month or the number, "
        "or flag number_clash if the page prints it so",
    )


@check
def active_and_latent_add_up() -> Iterator[str]:
    """Active and latent conflicts make up the total; a page that errs is flagged sum_mismatch."""
    table = read("conflict_reports")
    yield from report(
        "conflict_reports",
        table[_splits_badly(table) != (table["flag"] == "sum_mismatch")],
        "flag",
        "is '{flag}', but {active} active and {latent} latent stand beside {total} in all; "
        "correct a figure or the flag",
    )
    table = read("conflicts_monthly")
    yield from report(
        "conflicts_monthly",
        table[_splits_badly(table)],
        "total",
        "{active} active and {latent} latent are not {total}; correct them, or leave both empty",
    )


@check
def kinds_of_conflict_are_nested() -> Iterator[str]:
    """Mining conflicts are a part of the socio-environmental ones, and these of all."""
    for name in ("conflict_reports", "conflicts_monthly"):
        table = read(name)
        for part, whole in (("mining", "socioenvironmental"), ("socioenvironmental", "total")):
            yield from report(
                name,
                table[(table[part] > table[whole]).fillna(False)],
                part,
                f"{{{part}}} is more than the {{{whole}}} of {whole}; look both up again",
            )


@check
def conflict_shares_follow_counts() -> Iterator[str]:
    """A printed share is the ratio of the printed counts, within a point of rounding."""
    table = read("conflict_reports")
    for column, part, whole in (
        ("socioenvironmental_share_pct", "socioenvironmental", "total"),
        ("mining_share_of_socioenvironmental_pct", "mining", "socioenvironmental"),
    ):
        table["share"] = 100 * table[part] / table[whole]
        yield from report(
            "conflict_reports",
            table[((table[column] - table["share"]).abs() > 1).fillna(False)],
            column,
            f"is {{{column}}}, but {{{part}}} of {{{whole}}} are {{share:.1f}}; look both up again",
        )


@check
def months_run_without_a_hole() -> Iterator[str]:
    """Every month has a row, if an empty one, so that a chart draws gaps as gaps."""
    table = read("conflicts_monthly")
    step = _months(table).diff().fillna(1)
    yield from report(
        "conflicts_monthly",
        table[step != 1],
        "month",
        "{month} does not follow the month of the row before; add the missing rows or sort them",
    )
    yield from report(
        "conflicts_monthly",
        table[table["year"] != table["month"].str[:4].astype(int)],
        "year",
        "{month} is not in {year}; correct one",
    )
    since = table["year"] >= 2024
    yield from report(
        "conflicts_monthly",
        table[since != (table["method"] == "since_2024")],
        "method",
        "is '{method}' in {month}, but the ombudsman changed it in January 2024; correct it",
    )


@check
def official_totals_are_reported() -> Iterator[str]:
    """An official figure stands in conflict_reports, in a row of the same month."""
    monthly = read("conflicts_monthly")
    reports = read("conflict_reports")
    official = monthly[(monthly["basis"] == "official_total")]
    for column in _COUNTS:
        printed = set(zip(reports["month"], reports[column], strict=True))
        given = zip(official["month"], official[column], strict=True)
        unknown = [pd.notna(count) and (month, count) not in printed for month, count in given]
        yield from report(
            "conflicts_monthly",
            official[unknown],
            column,
            f"is {{{column}}}, but no row of conflict_reports has that for {{month}}; make one of "
            "the two right",
        )


@check
def a_total_says_what_it_rests_on() -> Iterator[str]:
    """A month has a basis exactly if it has a total."""
    table = read("conflicts_monthly")
    yield from report(
        "conflicts_monthly",
        table[table["total"].isna() != table["basis"].isna()],
        "basis",
        "is '{basis}', but the total is '{total}'; fill or empty both",
    )


@check
def only_active_cases_have_a_phase() -> Iterator[str]:
    """The ombudsman gives a phase to active cases and to no other."""
    table = read("mining_conflict_cases")
    yield from report(
        "mining_conflict_cases",
        table[(table["status"] == "active") != table["phase"].notna()],
        "phase",
        "is '{phase}', but the case is {status}; only an active case has a phase",
    )


@check
def an_event_counts_once() -> Iterator[str]:
    """Of the sources of an event one counts, so that sums hold no event twice."""
    table = read("conflict_events")
    table["count"] = table.groupby("event_id")["count_in_totals"].transform("sum")
    expected = (table["event_type"] != "cumulative").astype(int)
    yield from report(
        "conflict_events",
        table[table["count"] != expected].drop_duplicates("event_id"),
        "count_in_totals",
        "{event_id} counts {count} times; exactly one of its rows should, and none of a sum",
    )


@check
def cumulative_deaths_equal_events() -> Iterator[str]:
    """The deaths of a row that sums up a mine's events are those of the events."""
    table = read("conflict_events")
    counted = table[table["count_in_totals"]]
    for index, total in table[table["event_type"] == "cumulative"].iterrows():
        year = counted["start_date"].str[:4]
        last = "9999" if pd.isna(total["end_date"]) else total["end_date"][:4]
        inside = (counted["mine"] == total["mine"]) & year.between(total["start_date"][:4], last)
        events = counted.loc[inside, "deaths"].sum()
        if events != total["deaths"]:
            yield from report(
                "conflict_events",
                table.loc[[index]],
                "deaths",
                f"is {{deaths}}, but the events of {{mine}} add up to {events}; correct one",
            )


@check
def events_follow_their_deal() -> Iterator[str]:
    """An event linked to a deal does not come before the deal was announced."""
    announced = read("deals_since_2013").set_index("deal_id")["year_announced"]
    table = read("conflict_events").join(announced, on="deal_id")
    year = table["start_date"].str[:4].astype("Int64")
    yield from report(
        "conflict_events",
        table[(year < table["year_announced"]).fillna(False)],
        "start_date",
        "{start_date} is before {deal_id} was announced ({year_announced}); correct the date or "
        "the link",
    )


@check
def blockades_name_known_events() -> Iterator[str]:
    """A count of days that names an event names one of conflict_events, in its year."""
    events = read("conflict_events").drop_duplicates("event_id").set_index("event_id")
    table = read("las_bambas_blockades")
    table["start"] = table["event_id"].map(events["start_date"].str[:4].astype("Int64"))
    named = table["event_id"].notna()
    in_span = (table["year_from"] <= table["start"]) & (table["start"] <= table["year_to"])
    yield from report(
        "las_bambas_blockades",
        table[named & ~in_span.fillna(False)],
        "event_id",
        "{event_id} is no event of {year_from} to {year_to} in conflict_events; correct the link",
    )


@check
def lower_bounds_stay_below_exact_counts() -> Iterator[str]:
    """A count of 'more than' days since 2016 is below the exact count of as long or longer."""
    table = read("las_bambas_blockades")
    since = table[table["span"] == "since_2016"]
    for index, exact in since[since["qualifier"] == "exact"].iterrows():
        bounds = since[(since["qualifier"] == "more_than") & (since["year_to"] <= exact["year_to"])]
        if (bounds["days"] > exact["days"]).any():
            yield from report(
                "las_bambas_blockades",
                table.loc[[index]],
                "days",
                f"is {{days}}, but {bounds['days'].max()} is given as a lower bound for no longer "
                "a time; look both up again",
            )


@check
def statements_name_events_of_their_case() -> Iterator[str]:
    """A statement that names an event names one of conflict_events, at the same mine or port."""
    events = read("conflict_events").drop_duplicates("event_id").set_index("event_id")
    table = read("case_statements")
    table["at"] = table["event_id"].map(events["mine"])
    yield from report(
        "case_statements",
        table[table["event_id"].notna() & (table["at"] != table["mine"])],
        "event_id",
        "{event_id} is no event at {mine} in conflict_events; correct the link",
    )


@check
def figures_of_statements_are_whole() -> Iterator[str]:
    """A figure in a statement has its quantity and its unit, and neither stands without one."""
    table = read("case_statements")
    filled = table[["quantity", "value", "unit"]].notna()
    yield from report(
        "case_statements",
        table[filled.any(axis=1) & ~filled.all(axis=1)],
        "value",
        "of {statement_id}, its quantity '{quantity}' and its unit '{unit}' stand together or not "
        "at all; fill or empty them",
    )


@check
def every_case_has_its_operator() -> Iterator[str]:
    """Each mining conflict has one operator, under names that the lists of companies know."""
    table, cases = read("case_operators"), read("mining_conflict_cases")
    yield from report(
        "mining_conflict_cases",
        cases[~cases["case_id"].isin(table["case_id"])],
        "case_id",
        "{case_id} has no row in case_operators; add one",
    )
    for column, name, company in (
        ("copper_company", "copper_production", "company"),
        ("portfolio_operator", "mining_portfolio", "operator"),
    ):
        known = set(read(name)[company])
        yield from report(
            "case_operators",
            table[table[column].notna() & ~table[column].isin(known)],
            column,
            f"{{{column}}} is in no row of {name}; write it as it stands there",
        )


@check
def owners_of_copper_agree_with_the_cases() -> Iterator[str]:
    """Large copper companies have owners, who are Chinese where cases and production say so."""
    table, output = read("mine_owners"), read("copper_production")
    yearly = output.groupby(["company", "year"])["copper_t"].sum().groupby("company").max()
    large = set(yearly[yearly >= 10_000].index)
    unknown = output["company"].isin(large) & ~output["mine"].isin(table["mine"])
    yield from report(
        "copper_production",
        output[unknown].drop_duplicates("company"),
        "mine",
        "is '{mine}', but {company} made 10,000 tonnes in a year; give it the code of its owners "
        "in mine_owners",
    )
    asian = table[table["controls"] & table["country"].isin(["CHN", "JPN", "KOR"])]
    output["asian"] = output["mine"].map(asian.drop_duplicates("mine").set_index("mine")["country"])
    differs = output["control_partner"].fillna("") != output["asian"].fillna("")
    yield from report(
        "copper_production",
        output[output["mine"].notna() & differs].drop_duplicates("company"),
        "control_partner",
        "is '{control_partner}', but mine_owners has {mine} under '{asian}'; correct one",
    )
    chinese = read("mining_conflict_cases").set_index("case_id")["asian_owner"].eq("CHN")
    operators = read("case_operators")
    of_china = set(operators.loc[operators["case_id"].map(chinese), "operator"])
    listed = table["mine"].isin(operators["operator"])
    differs = table["mine"].isin(of_china) != table["country"].eq("CHN")
    yield from report(
        "mine_owners",
        table[table["controls"] & listed & differs],
        "country",
        "is '{country}', which goes against asian_owner of the cases of {mine}; correct one",
    )
