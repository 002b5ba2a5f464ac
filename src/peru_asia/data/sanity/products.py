"""Checks of what is traded: parts and totals, tariffs, prices, technology classes."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

from collections.abc import Iterator

import pandas as pd

from peru_asia.data.sanity.registry import absent, check, read, report
from peru_asia.data.sanity.trade import by_year

# What the main groups of exports lack of the printed total; SUNAT gives no reason.
_SECTOR_GAPS = {(2015, "total"): 310.019, (2016, "total"): 317.323, (2017, "total"): 3.514}

# What the sections of UNCTAD lack of all products; for the world mostly Belgium and France.
_SECTION_GAPS = {
    (1995, "CHN", "import"): 0.020,
    (1995, "DEU", "import"): 0.518,
    (1995, "WLD", "import"): 32.792,
}


def _missing_from(
    totals: pd.DataFrame, parts: pd.Series, keys: list[str], known: dict, tolerance: float
) -> pd.DataFrame:
    """Return the totals that differ from their parts by more than is known."""
    totals = totals.join(parts.rename("parts"), on=keys)
    totals["gap"] = totals["value_usd_m"] - totals["parts"]
    expected = [known.get(key, 0) for key in totals[keys].itertuples(index=False, name=None)]
    return totals[(totals["gap"] - expected).abs() > tolerance]


def _tree(name: str, known: dict) -> Iterator[str]:
    table = read(name)
    parts = table[table["parent"].notna()].groupby(["year", "parent"])["value_usd_m"].sum()
    parts.index.names = ["year", "item"]
    yield from report(
        name,
        _missing_from(table, parts, ["year", "item"], known, 0.01),
        "value_usd_m",
        "'{item}' is {value_usd_m} in {year}, but its parts add up to {parts:.6f}; correct it "
        "or one of its parts",
    )
    lines = set(table[["year", "item"]].itertuples(index=False, name=None))
    orphan = [
        pd.notna(parent) and (year, parent) not in lines
        for year, parent in zip(table["year"], table["parent"], strict=True)
    ]
    yield from report(
        name, table[orphan], "parent", "'{parent}' has no row in {year}; add it or correct the code"
    )


@check
def export_sectors_add_up_to_parent() -> Iterator[str]:
    """Sectors add up to their parent in SUNAT's list, but for the total of three years."""
    yield from _tree("exports_by_sector", _SECTOR_GAPS)


@check
def import_uses_add_up_to_parent() -> Iterator[str]:
    """Uses of imports add up to their parent everywhere in SUNAT's list."""
    yield from _tree("imports_by_use", {})


@check
def totals_equal_reporters() -> Iterator[str]:
    """The totals of the tables by product are those of the same sources in trade_reporters."""
    reporters = read("trade_reporters")
    for name, column, source in (
        ("exports_by_sector", "level", "sunat2025sectors"),
        ("imports_by_use", "level", "sunat2025imports"),
        ("exports_by_product_group", "classification", "wits2018summary"),
    ):
        table = read(name)
        keys = ["year", "flow"] if "flow" in table else ["year"]
        others = reporters[reporters["source"] == source].set_index(keys)["value_usd_m"]
        totals = table[table[column] == "total"].join(others.rename("other"), on=keys)
        missing = totals[totals["other"].isna()]
        yield from absent(name, missing, "trade_reporters", keys, f", WLD, {source}")
        yield from report(
            name,
            totals[(totals["value_usd_m"] - totals["other"]).abs() > 1e-5],
            "value_usd_m",
            f"the total {{value_usd_m}} differs from {{other}} in trade_reporters ({source}); "
            "correct one of the two",
        )


@check
def product_groups_add_up_to_exports() -> Iterator[str]:
    """The 16 groups of the Harmonized System hold all exports; two decimals leave 0.02."""
    table = read("exports_by_product_group")
    keys = ["year", "flow"]
    groups = table[table["classification"] == "hs_group"]
    totals = table[(table["classification"] == "total") & (table["flow"] == "export")]
    yield from report(
        "exports_by_product_group",
        _missing_from(totals, groups.groupby(keys)["value_usd_m"].sum(), keys, {}, 0.02 + 1e-6),
        "value_usd_m",
        "the total of {year} is {value_usd_m}, but the groups add up to {parts:.2f}; correct one",
    )


@check
def processing_stages_nearly_add_up() -> Iterator[str]:
    """The four stages hold 95 to 100% of trade; some products have no stage."""
    table = read("exports_by_product_group")
    keys = ["year", "flow"]
    stages = table[table["classification"] == "processing_stage"].groupby(keys)["value_usd_m"].sum()
    totals = table[table["classification"] == "total"].join(stages.rename("parts"), on=keys)
    totals["parts"] = totals["parts"].fillna(0)
    yield from report(
        "exports_by_product_group",
        totals[~(totals["parts"] / totals["value_usd_m"]).between(0.95, 1)],
        "value_usd_m",
        "the {flow}s of {year} are {value_usd_m}, but the stages add up to {parts:.2f}, outside "
        "95 to 100%; correct one",
    )


@check
def sections_add_up_to_all_products() -> Iterator[str]:
    """Sections 0 to 9 of the SITC hold all products of UNCTAD, but for three known rows."""
    table = read("exports_by_partner_section")
    keys = ["year", "partner", "flow"]
    sections = table[table["section"] != "all"].groupby(keys)["value_usd_m"].sum()
    totals = table[table["section"] == "all"]
    yield from report(
        "exports_by_partner_section",
        _missing_from(totals, sections, keys, _SECTION_GAPS, 0.01),
        "value_usd_m",
        "all products are {value_usd_m}, but the sections add up to {parts:.6f}; correct one",
    )


@check
def copper_ore_stays_within_exports_to_china() -> Iterator[str]:
    """Copper ore is a part of what the same source says Peru sold to China in all."""
    ore = read("copper_ore_to_china")
    total = by_year(read("trade_reporters"), source="comtrade2026", partner="CHN", flow="export")
    ore = ore.join(total.rename("total"), on="year")
    missing = ore[ore["total"].isna()]
    more = ", CHN, export, comtrade2026"
    yield from absent("copper_ore_to_china", missing, "trade_reporters", ["year"], more)
    yield from report(
        "copper_ore_to_china",
        ore[ore["value_usd_m"] >= ore["total"]],
        "value_usd_m",
        "{value_usd_m} is not below {total}, all exports to China of {year}; look it up again",
    )


@check
def tariff_sources_agree() -> Iterator[str]:
    """WITS and the World Development Indicators give one weighted mean, to two decimals."""
    table = read("tariffs")
    peru = table[table["importer"] == "PER"]
    applied = peru[peru["measure"] == "applied_weighted_mean"].set_index("year")["rate_pct"]
    wits = peru[peru["measure"] == "weighted_average"].join(applied.rename("other"), on="year")
    yield from report(
        "tariffs",
        wits[(wits["rate_pct"] - wits["other"]).abs() > 0.005],
        "rate_pct",
        "{rate_pct} differs from {other}, the applied mean of {year}; look both up again",
    )


@check
def prices_are_positive() -> Iterator[str]:
    """A world price is above zero: a missing price is an empty cell or no row."""
    for name in ("commodity_prices", "commodity_prices_monthly"):
        table = read(name)
        yield from report(
            name,
            table[table["price"] <= 0],
            "price",
            "{price} is no price; look it up again, or drop the row",
        )


@check
def monthly_prices_average_to_annual() -> Iterator[str]:
    """The World Bank's annual price is the mean of its months, to half a per cent."""
    months = read("commodity_prices_monthly").groupby(["commodity", "year"])["price"]
    means = months.mean()[months.size() == 12].rename("mean")
    table = read("commodity_prices")
    years = table[table["price_basis"] == "nominal"].join(means, on=["commodity", "year"])
    yield from report(
        "commodity_prices",
        years[(years["mean"] / years["price"] - 1).abs() > 0.005],
        "price",
        "{price} is not the mean {mean:.4f} of the months of {year}; correct the year or a month",
    )


@check
def one_unit_for_each_commodity() -> Iterator[str]:
    """A commodity has one unit in both tables of prices, or a line would jump."""
    usual = read("commodity_prices").groupby("commodity")["unit"].agg(lambda unit: unit.mode()[0])
    for name in ("commodity_prices", "commodity_prices_monthly"):
        table = read(name)
        table["usual"] = table["commodity"].map(usual)
        yield from report(
            name,
            table[table["unit"] != table["usual"]],
            "unit",
            "{commodity} is priced in {usual} elsewhere, not in {unit}; convert the price",
        )


@check
def one_tier_for_each_lall_class() -> Iterator[str]:
    """A class of Lall (2000) belongs to one tier and has one label, as in his list."""
    table = read("lall_classification")
    for column in ("tier", "class_label"):
        usual = table.groupby("lall_class")[column].agg(lambda values: values.mode()[0])
        rows = table.assign(usual=table["lall_class"].map(usual))
        yield from report(
            "lall_classification",
            rows[rows[column] != rows["usual"]],
            column,
            f"class {{lall_class}} stands under '{{usual}}' elsewhere, not '{{{column}}}'; "
            "make them equal",
        )


@check
def lall_hs_follows_classification() -> Iterator[str]:
    """The class and tier of a product are those of its three-digit group in the list."""
    groups = read("lall_classification").set_index(["sitc_revision", "sitc_group"])
    table = read("lall_hs")
    for revision in (2, 3):
        listed = groups.loc[revision]
        group = table[f"sitc{revision}_code"].str[:3]
        for column, kind in (("lall_class", "class"), ("tier", "tier")):
            expected = group.map(listed[column])
            name = f"{column}_rev{revision}"
            bad = table.assign(expected=expected, given=table[name])
            yield from report(
                "lall_hs",
                bad[bad["given"] != expected],
                name,
                f"the {kind} is {{given}}, but lall_classification has {{expected}}; correct one",
            )
