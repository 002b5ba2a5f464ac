"""Checks of agreements, votes, visits, vaccines, quotations and finance."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

from collections.abc import Iterator

import pandas as pd

from peru_asia.data.sanity.registry import check, read, report


def _members(agreements: pd.DataFrame) -> dict[tuple[str, str], set[str]]:
    """Return who is a partner of Peru, by date and definition."""

    def partners(rows: pd.Series) -> set[str]:
        return set(agreements.loc[rows, "partner"])

    in_2016 = partners(agreements["in_force_2016_11"])
    in_2026 = partners(agreements["in_force_2026_02"])
    return {
        ("2016-11", "in_force"): in_2016,
        ("2016-11", "in_force_or_signed_tpp"): in_2016 | partners(agreements["agreement"] == "TPP"),
        ("2026-02", "in_force"): in_2026,
        ("2026-02", "in_force_or_signed"): in_2026 | partners(agreements["status"] == "signed"),
    }


@check
def agreement_counts_follow_agreements() -> Iterator[str]:
    """A computed count is what the table of agreements gives at that date."""
    members = _members(read("agreements"))
    table = read("agreement_counts")
    computed = table[table["basis"] == "computed"].copy()
    keys = zip(computed["as_of"], computed["definition"], strict=True)
    computed["expected"] = [" ".join(sorted(members.get(key, ()))) for key in keys]
    computed["listed"] = computed["members"].str.split().str.len()
    yield from report(
        "agreement_counts",
        computed[computed["members"] != computed["expected"]],
        "members",
        "'{members}' should be '{expected}' by the table agreements; correct one of the two",
    )
    yield from report(
        "agreement_counts",
        computed[computed["economies"] != computed["listed"]],
        "economies",
        "is {economies}, but {listed} economies are listed as members; make them agree",
    )


@check
def agreements_are_in_force_since_their_date() -> Iterator[str]:
    """An agreement is in force in a month exactly if its date of entry is not later."""
    table = read("agreements")
    months = sorted(column for column in table if column.startswith("in_force_"))
    for column in months:
        month = column.removeprefix("in_force_").replace("_", "-")
        # Where only the year is known, the whole year counts; a row without a date is not judged.
        began = [str(date) <= month[: len(str(date))] for date in table["in_force"].str[:7]]
        dated = table["in_force"].notna()
        yield from report(
            "agreements",
            table[dated & (table[column] != began)],
            column,
            f"is {{{column}}}, but the date of entry into force is {{in_force}}; make them agree",
        )
    yield from report(
        "agreements",
        table[table[months[-1]] != (table["status"] == "in_force")],
        "status",
        f"is '{{status}}', but {months[-1]} is {{{months[-1]}}}; make them agree",
    )


@check
def vote_shares_follow_counts() -> Iterator[str]:
    """The share of equal votes is equal votes among those that both cast, to two decimals."""
    table = read("un_vote_agreement")
    table["share"] = 100 * table["same_vote"] / table["votes_both_cast"]
    yield from report(
        "un_vote_agreement",
        table[(table["agreement_pct"] - table["share"]).abs() > 0.0051],
        "agreement_pct",
        "is {agreement_pct}, but {same_vote} of {votes_both_cast} are {share:.2f}; correct one",
    )
    yield from report(
        "un_vote_agreement",
        table[table["same_vote"] + table["opposite_vote"] > table["votes_both_cast"]],
        "votes_both_cast",
        "{votes_both_cast} votes cannot hold {same_vote} equal and {opposite_vote} opposite ones; "
        "correct one",
    )


@check
def sides_add_up() -> Iterator[str]:
    """Peru's three choices make all opposed votes, and no year has more votes than were held."""
    table = read("un_vote_sides")
    table["sum"] = table["with_china"] + table["with_other"] + table["abstained"]
    yield from report(
        "un_vote_sides",
        table[table["sum"] != table["opposed"]],
        "opposed",
        "is {opposed}, but Peru's choices add up to {sum}; correct one",
    )
    yield from report(
        "un_vote_sides",
        table[table["china_yes"] > table["opposed"]],
        "china_yes",
        "is {china_yes}, more than the {opposed} opposed votes; correct one",
    )
    held = read("un_vote_agreement").rename(columns={"partner": "other"})
    table["held"] = table.groupby(["year", "other"])["votes_all_cast"].transform("sum")
    table = table.merge(held[["year", "other", "votes_both_cast"]], how="left")
    yield from report(
        "un_vote_sides",
        table[table["held"] > table["votes_both_cast"]],
        "votes_all_cast",
        "the year has {held} votes of all three, but un_vote_agreement has only "
        "{votes_both_cast} of Peru and {other}; correct one",
    )


@check
def visits_happen_where_their_direction_says() -> Iterator[str]:
    """A visit to Peru is in Peru, one from Peru in the partner's country, others elsewhere."""
    table = read("leader_visits")
    expected = pd.Series("third_country", index=table.index)
    expected[table["place_country"] == table["partner"]] = "from_peru"
    expected[table["place_country"] == "PER"] = "to_peru"
    yield from report(
        "leader_visits",
        table[table["direction"] != expected],
        "direction",
        "is '{direction}', but the place is {place_country} and the partner {partner}; correct one",
    )


@check
def arrived_doses_stay_within_given_doses() -> Iterator[str]:
    """Doses that had arrived by June 2021 are no more than those given by July 2023."""
    table = read("vaccine_doses")
    arrived = table[table["measure"] == "arrived"].groupby("maker")["doses"].sum()
    given = table[table["measure"] == "administered_to_date"]
    given = given.join(arrived.rename("arrived"), on="maker")
    yield from report(
        "vaccine_doses",
        given[given["doses"] < given["arrived"]],
        "doses",
        "{doses} doses of {maker} were given, but {arrived:.0f} had arrived early; correct one",
    )


@check
def finance_has_all_classes_each_year() -> Iterator[str]:
    """Every year of AidData's finance has its three classes, with zero where nothing was found."""
    table = read("development_finance")
    table["classes"] = table.groupby("year")["flow_class"].transform("nunique")
    classes = table["flow_class"].nunique()
    yield from report(
        "development_finance",
        table[table["classes"] != classes].drop_duplicates("year"),
        "flow_class",
        f"{{year}} has {{classes}} of {classes} classes; add the others, with zero if nothing "
        "was found",
    )


@check
def comparable_quotes_are_full_years() -> Iterator[str]:
    """Only a figure for one full year may be held against the annual series."""
    table = read("trade_quotes")
    one_year = (table["period"] == "full_year") & (table["year_from"] == table["year_to"])
    yield from report(
        "trade_quotes",
        table[table["comparable"] & ~one_year],
        "comparable",
        "is {comparable}, but the figure is for {period} of {year_from} to {year_to}; mark it "
        "false",
    )
