"""Checks of what the mines produce: one table against another, tonnes against print."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

from collections.abc import Iterator

import pandas as pd

from peru_asia.data.sanity.registry import check, read, report

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
    yield from report(
        "mine_output",
        ministry[~((ministry["output_t"] - ministry["sum_t"]).abs() <= 0.51)],
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
