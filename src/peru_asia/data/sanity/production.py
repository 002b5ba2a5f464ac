"""Checks of what the mines produce: one table against another, tonnes against print."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

from collections.abc import Iterator

import pandas as pd

from peru_asia.data.sanity.registry import absent, check, read, report

_POUND = 0.00045359237

# Tonnes in one of the units in which sources print output.
_TONNES = {
    "t": 1,
    "thousand t": 1e3,
    "million t": 1e6,
    "kg": 1e-3,
    "million g": 1,
    "million kg": 1e3,
    "thousand lb": 1e3 * _POUND,
    "million lb": 1e6 * _POUND,
    "million lb recoverable": 1e6 * _POUND,
}


@check
def output_follows_print() -> Iterator[str]:
    """Output in tonnes is the printed figure times its unit, to the rounding of a tonne."""
    for name in ("mineral_production", "mine_output"):
        table = read(name)
        # Sums such as '254836 + 35261' are no number and are passed over.
        printed = pd.to_numeric(table["value_printed"], errors="coerce")
        table["tonnes"] = printed * table["unit_printed"].map(_TONNES)
        yield from report(
            name,
            table[printed.notna() & ~((table["output_t"] - table["tonnes"]).abs() <= 0.51)],
            "output_t",
            "is {output_t}, but {value_printed} {unit_printed} are {tonnes:.1f} t; correct one",
        )


@check
def one_preferred_figure_for_each_year() -> Iterator[str]:
    """Of several sources for a mineral and a year exactly one is preferred; a chart draws it."""
    table = read("mineral_production")
    table["count"] = table.groupby(["mineral", "year"])["preferred"].transform("sum")
    bad = table[table["count"] != 1].drop_duplicates(["mineral", "year"])
    yield from report(
        "mineral_production",
        bad,
        "preferred",
        "{mineral} has {count} preferred rows in {year}; mark exactly one as true",
    )


@check
def companies_have_the_same_months() -> Iterator[str]:
    """Every company of a year has all months of the edition, idle ones with zero."""
    table = read("copper_production")
    table["months"] = table.groupby(["year", "company"])["month"].transform("size")
    table["edition"] = table.groupby("year")["month"].transform("nunique")
    bad = table[table["months"] != table["edition"]].drop_duplicates(["year", "company"])
    yield from report(
        "copper_production",
        bad,
        "month",
        "{company} has {months} of {edition} months in {year}; add the others, with zero if idle",
    )


@check
def mine_output_equals_months() -> Iterator[str]:
    """The ministry's figure for a mine and year is the sum of its months, to the tonne."""
    months = read("copper_production").groupby(["mine", "year"])["copper_t"].sum()
    table = read("mine_output")
    ministry = table[table["source"] == "minem2023copper"].join(
        months.rename("sum_t"), on=["mine", "year"]
    )
    missing = ministry[ministry["sum_t"].isna()]
    yield from absent("mine_output", missing, "copper_production", ["mine", "year"])
    yield from report(
        "mine_output",
        ministry[(ministry["output_t"] - ministry["sum_t"]).abs() > 0.51],
        "output_t",
        "is {output_t}, but the months in copper_production add up to {sum_t:.1f}; correct one",
    )


@check
def national_copper_equals_months() -> Iterator[str]:
    """Copper of a complete year is the sum over all companies, to the printed thousand tonnes."""
    months = read("copper_production").groupby("year")
    sums = months["copper_t"].sum()[months["month"].nunique() == 12].rename("sum_t")
    table = read("mineral_production")
    copper = table[(table["mineral"] == "copper") & table["preferred"]].join(sums, on="year")
    yield from report(
        "mineral_production",
        copper[(copper["output_t"] - copper["sum_t"]).abs() > 500],
        "output_t",
        "is {output_t}, but the months in copper_production add up to {sum_t:.0f}; correct one",
    )


@check
def stakes_stay_within_a_mine() -> Iterator[str]:
    """The shares of a mine never exceed the whole, and one country at most controls it."""
    table = read("mine_owners")
    for year in range(int(table["year_from"].min()), int(table["year_from"].max()) + 1):
        ended = table["year_to"].notna() & (table["year_to"] < year)
        held = table[(table["year_from"] <= year) & ~ended].assign(year=year)
        held["sum_pct"] = held.groupby("mine")["stake_pct"].transform("sum")
        ruling = held[held["controls"]].groupby("mine")["country"].nunique()
        held["rulers"] = held["mine"].map(ruling).fillna(0)
        bad = held[(held["sum_pct"] > 100 + 1e-9) | (held["rulers"] > 1)]
        yield from report(
            "mine_owners",
            bad.drop_duplicates("mine"),
            "stake_pct",
            "{mine} has {sum_pct:.2f} % in {year} and {rulers:.0f} controlling countries; "
            "end a row with year_to or correct a share",
        )


@check
def printed_shares_follow_print() -> Iterator[str]:
    """A row has tonnes or a share, equal to the printed figure, and parts stay within Peru."""
    table = read("producer_shares")
    printed = table["value_printed"].astype(float)
    tonnes = printed * table["unit_printed"].map(_TONNES)
    table["expected"] = tonnes.where(table["unit_printed"] != "%", printed)
    given = table[["output_t", "share_pct"]]
    table["got"] = given["output_t"].fillna(given["share_pct"])
    off = (table["got"] - table["expected"]).abs() > 0.51 * (table["unit_printed"] != "%")
    yield from report(
        "producer_shares",
        table[off | (given.notna().sum(axis=1) != 1)],
        "value_printed",
        "is {value_printed} {unit_printed}, but the row has {got}; correct one",
    )
    period = ["mineral", "year", "first_month", "last_month"]
    national = table[table["mine"] == "peru"].set_index(period)["output_t"].rename("peru_t")
    table = table.join(national, on=period)
    parts = table[table["mine"] != "peru"]
    share = parts["share_pct"].fillna(100 * parts["output_t"] / parts["peru_t"])
    sums = share.groupby([parts[name] for name in period]).sum().rename("sum_pct")
    yield from report(
        "producer_shares",
        parts.join(sums, on=period).query("sum_pct > 100").drop_duplicates(period),
        "share_pct",
        "the parts of {mineral} in {year} add up to {sum_pct:.1f} %; correct one",
    )
