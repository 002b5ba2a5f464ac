"""Checks of what the literature said: links to the other tables, printed decimals, totals."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

from collections.abc import Iterator

from peru_asia.data.package import descriptors
from peru_asia.data.sanity.registry import check, read, report


@check
def claims_point_to_tables() -> Iterator[str]:
    """A claim that a table can test names a table of this package."""
    table = read("claims")
    hint = table["table_hint"]
    yield from report(
        "claims",
        table[hint.notna() & ~hint.isin(list(descriptors()))],
        "table_hint",
        "there is no table '{table_hint}' in data/; correct the name",
    )
    yield from report(
        "claims",
        table[(table["evidence"] == "package_table") & hint.isna()],
        "table_hint",
        "is empty, but the evidence is a table of the package; name it",
    )


@check
def claims_name_known_projects_and_deals() -> Iterator[str]:
    """An item that looks like the id of a project or a deal is one."""
    table = read("claims")
    known = {*read("projects_2013")["project_id"], *read("deals_since_2013")["deal_id"]}
    looks_like_id = table["item"].str.fullmatch(r"(JP|KR|CN|D)\d+").fillna(False).astype(bool)
    yield from report(
        "claims",
        table[looks_like_id & ~table["item"].isin(list(known))],
        "item",
        "there is no '{item}' in projects_2013 or deals_since_2013; correct the id",
    )


@check
def claimed_values_have_their_decimals() -> Iterator[str]:
    """A value has no more digits than `decimals` says, or the tolerance would be wrong."""
    for name in ("claims", "published_tables"):
        table = read(name)
        known = table[table["value"].notna() & table["decimals"].notna()]
        pairs = zip(known["value"], known["decimals"], strict=True)
        finer = [abs(round(value, int(decimals)) - value) > 1e-9 for value, decimals in pairs]
        yield from report(
            name,
            known[finer],
            "decimals",
            "is {decimals}, but the value is {value}; make them agree with the print",
        )


@check
def printed_totals_are_the_same_in_both_tables() -> Iterator[str]:
    """Tables 2 and 3 of the paper print the same totals."""
    table = read("published_tables")
    totals = table[table["sector"] == "total"]
    by_table = totals.groupby(["partner", "period"])["value"]
    totals = totals.assign(lowest=by_table.transform("min"), highest=by_table.transform("max"))
    yield from report(
        "published_tables",
        totals[totals["lowest"] != totals["highest"]],
        "value",
        "{value} for {partner} in {period} differs between Tables 2 and 3; look both up again",
    )


@check
def printed_shares_add_up() -> Iterator[str]:
    """The shares of a partner and year add up to 100; Table 3 leaves up to two points unclassed."""
    table = read("published_tables")
    shares = table[table["measure"] == "export_share"].copy()
    keys = ["table", "partner", "period"]
    shares["sum"] = shares.groupby(keys)["value"].transform("sum")
    # Eight shares of one decimal may miss 0.4 by rounding.
    lowest = shares["table"].map({2: 99.59}).fillna(98)
    yield from report(
        "published_tables",
        shares[(shares["sum"] < lowest) | (shares["sum"] > 100.41)].drop_duplicates(keys),
        "value",
        "the shares of {partner} in {period} add up to {sum:.1f}; look them up again",
    )


@check
def printed_periods_match_their_years() -> Iterator[str]:
    """A period is its first year, or its first and last year."""
    table = read("published_tables")
    first, last = table["year_from"].astype("str"), table["year_to"].astype("str")
    table["expected"] = first.where(first == last, first + "-" + last)
    yield from report(
        "published_tables",
        table[table["period"] != table["expected"]],
        "period",
        "is '{period}', but the years are {expected}; make them agree",
    )


@check
def corrections_name_the_text_of_their_claim() -> Iterator[str]:
    """A correction and the claim that it belongs to are of one text."""
    table = read("corrections")
    texts = read("claims").set_index("id")["source"]
    table["of_claim"] = table["claim"].map(texts)
    yield from report(
        "corrections",
        table[table["claim"].notna() & (table["text"] != table["of_claim"])],
        "text",
        "is {text}, but claim {claim} is of {of_claim}; correct one of the two",
    )


@check
def corrections_have_the_date_that_their_basis_needs() -> Iterator[str]:
    """A page or an event has a date; what follows from a text's own figures has none."""
    table = read("corrections")
    dated = table["known_basis"].isin(["page", "event"])
    yield from report(
        "corrections",
        table[dated == table["known_since"].isna()],
        "known_since",
        "is '{known_since}', but the basis is {known_basis}; give or remove the date",
    )


@check
def updates_are_younger_than_the_text() -> Iterator[str]:
    """What was public when a text appeared is a correction, what came later an update."""
    table = read("corrections")
    later = table["known_since"].fillna("") > table["text_date"]
    yield from report(
        "corrections",
        table[later != (table["weight"] == "update")],
        "weight",
        "is {weight}, but the record is of {known_since} and the text of {text_date}; make them "
        "agree",
    )


@check
def outcomes_of_recommendations_have_evidence() -> Iterator[str]:
    """What happened to a recommendation is known only if a page says so."""
    table = read("recommendations")
    yield from report(
        "recommendations",
        table[(table["outcome"] != "unknown") & table["evidence"].isna()],
        "evidence",
        "is empty, but the outcome is '{outcome}'; name a page or make it unknown",
    )
