"""Checks of trade by partner: sources against each other, months against years."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

from collections.abc import Iterator

import pandas as pd

from peru_asia.data.sanity.registry import absent, check, read, report

# Values carry six decimals of a million, so twelve months may be off by twelve halves of one.
_ROUNDING = 1e-5

# Revisions of 2008 that the customs agency made after it had reported to the UN.
_REVISED = {(2008, "CHN"): 0.0272, (2008, "JPN"): 0.0367}

# The customs agency's totals by destination and by sector; it gives no reason for the gaps.
_TOTALS_DIFFER = {2015: -3.619608, 2016: 11.232632, 2017: -8.104797, 2018: 1169.301343}


def by_year(frame: pd.DataFrame, **conditions: str) -> pd.Series:
    """Return the values of the rows that meet all conditions, by year."""
    for column, value in conditions.items():
        frame = frame[frame[column] == value]
    return frame.set_index("year")["value_usd_m"]


@check
def partners_stay_within_world() -> Iterator[str]:
    """Partners add up to no more than the World, which counts them and all others."""
    table = read("trade_by_partner")
    # Exports without gold and worlds that were summed are left out: they prove nothing.
    usable = table[~table["excludes_gold"] & (table["basis"] == "reported")]
    parts = usable[usable["partner"] != "WLD"].groupby(["flow", "year"])["value_usd_m"].sum()
    world = usable[usable["partner"] == "WLD"].join(parts.rename("parts"), on=["flow", "year"])
    bad = world[world["parts"] > world["value_usd_m"] + _ROUNDING]
    yield from report(
        "trade_by_partner",
        bad,
        "value_usd_m",
        "the {flow}s of {year} are {value_usd_m:.6f} in all, but the partners add up to "
        "{parts:.6f}; correct the total or the partner that is too high",
    )


@check
def partner_series_equals_reporters() -> Iterator[str]:
    """A value from one source is the same in trade_by_partner and trade_reporters."""
    keys = ["year", "partner", "flow", "source"]
    reporters = read("trade_reporters")
    peru = reporters[reporters["reporter"] == "PER"].set_index(keys)["value_usd_m"]
    table = read("trade_by_partner").join(peru.rename("other"), on=keys)
    shared = table[table["partner"].isin(reporters["partner"]) & (table["basis"] == "reported")]
    missing = shared["other"].isna()
    yield from absent(
        "trade_by_partner", shared[missing], "trade_reporters", keys, ", reporter PER"
    )
    yield from report(
        "trade_by_partner",
        shared[(shared["value_usd_m"] - shared["other"]).abs() > _ROUNDING],
        "value_usd_m",
        "{value_usd_m} differs from {other} in trade_reporters ({source}); correct one of the two",
    )


@check
def destinations_add_up_to_world() -> Iterator[str]:
    """All destinations of a year add up to the World, wherever both come from one source."""
    table = read("exports_by_destination")
    world = read("trade_by_partner")
    world = world[(world["partner"] == "WLD") & (world["flow"] == "export")]
    sums = table.groupby(["year", "source"])["value_usd_m"].sum().rename("sum").reset_index()
    years = world.merge(sums, on=["year", "source"]).set_index("year")
    first = table.drop_duplicates("year").join(
        years[["value_usd_m", "sum"]].rename(columns={"value_usd_m": "world"}), on="year"
    )
    yield from report(
        "exports_by_destination",
        first[(first["sum"] - first["world"]).abs() > 1e-4],  # some two hundred rounded values
        "year",
        "the destinations of {year} add up to {sum:.6f}, but trade_by_partner has {world:.6f} for "
        "the World; correct or add the destination that is wrong or missing",
    )


@check
def destinations_equal_partners() -> Iterator[str]:
    """A partner has one value for its exports, in the table of destinations too."""
    table = read("exports_by_destination")
    partners = read("trade_by_partner")
    keys = ["year", "partner", "source"]
    other = partners[partners["flow"] == "export"].set_index(keys)["value_usd_m"].rename("other")
    table = table.join(other, on=keys)
    yield from report(
        "exports_by_destination",
        table[(table["value_usd_m"] - table["other"]).abs() > _ROUNDING],
        "value_usd_m",
        "{value_usd_m} differs from {other} in trade_by_partner; correct one of the two",
    )


@check
def every_apec_member_is_a_destination() -> Iterator[str]:
    """Every APEC economy has exports, or the share that agreements cover would be too small."""
    members = read("agreements")
    known = read("exports_by_destination")["partner"]
    yield from report(
        "agreements",
        members[(members["agreement"] != "self") & ~members["partner"].isin(known)],
        "partner",
        "there are no exports to {partner} in exports_by_destination; add its code there",
    )


@check
def series_break_marks_change_of_source() -> Iterator[str]:
    """series_break is true exactly where the source changes, because charts draw it."""
    table = read("trade_by_partner")
    in_order = table.sort_values(["partner", "flow", "year"])
    before = in_order.groupby(["partner", "flow"])["source"].shift()
    table["changes"] = before.notna() & (before != in_order["source"])
    yield from report(
        "trade_by_partner",
        table[table["changes"] != table["series_break"]],
        "series_break",
        "is {series_break}, but that the source changes here is {changes}; make them equal",
    )


@check
def gold_is_left_out_by_wits_only() -> Iterator[str]:
    """excludes_gold is true exactly for WITS, but not for Peru's imports, where gold is nothing."""
    for name in ("trade_by_partner", "trade_reporters"):
        table = read(name)
        by_peru = table["reporter"] == "PER" if "reporter" in table else True
        expected = (table["source"] == "wits2017") & ~((table["flow"] == "import") & by_peru)
        yield from report(
            name,
            table[table["excludes_gold"] != expected],
            "excludes_gold",
            "is {excludes_gold} for {flow}s from {source}; only wits2017 leaves gold out, and "
            "not from what Peru imports",
        )


@check
def months_add_up_to_year() -> Iterator[str]:
    """Twelve months equal the year, because both come from one sheet of SUNAT."""
    months = read("trade_by_partner_monthly")
    months = months[~months["preliminary"]]
    keys = ["year", "partner", "flow"]
    sums = months.groupby(keys)["value_usd_m"].sum().rename("months")
    for name in ("trade_reporters", "trade_by_partner", "exports_by_destination"):
        table = read(name)
        table["flow"] = table.get("flow", "export")
        years = table[table["source"] == "sunat2025exports"].join(sums, on=keys)
        yield from report(
            name,
            years[(years["value_usd_m"] - years["months"]).abs() > _ROUNDING],
            "value_usd_m",
            "{value_usd_m} differs from {months:.6f}, the sum of the months in "
            "trade_by_partner_monthly; correct the year or a month",
        )


@check
def months_are_complete() -> Iterator[str]:
    """Every year that is not preliminary has twelve months; only the last year is preliminary."""
    table = read("trade_by_partner_monthly")
    table["months"] = table.groupby(["partner", "year"])["month"].transform("size")
    last = table["year"].max()
    yield from report(
        "trade_by_partner_monthly",
        table[(table["months"] != 12) & (table["year"] != last)].drop_duplicates(
            ["partner", "year"]
        ),
        "month",
        "{partner} has {months} months in {year}; add what is missing",
    )
    yield from report(
        "trade_by_partner_monthly",
        table[table["preliminary"] & (table["year"] != last)],
        "preliminary",
        f"is {{preliminary}} in {{year}}, but only {last} is preliminary; mark it false",
    )


@check
def sunat_agrees_with_wits() -> Iterator[str]:
    """Two records of one flow differ by under 1% in 2005-2016, but for revisions of 2008."""
    table = read("trade_reporters")
    keys = ["year", "partner", "flow"]
    peru = table[(table["reporter"] == "PER") & (table["flow"] == "export")]
    wits = peru[peru["source"] == "wits2017"].set_index(keys)["value_usd_m"]
    sunat = peru[
        (peru["source"] == "sunat2025exports") & peru["partner"].isin(["CHN", "JPN", "KOR"])
    ].join(wits.rename("wits"), on=keys)
    sunat["gap"] = sunat["wits"] / sunat["value_usd_m"] - 1
    known = [_REVISED.get(key, 0) for key in zip(sunat["year"], sunat["partner"], strict=True)]
    allowed = [0.001 if gap else 0.01 for gap in known]
    yield from report(
        "trade_reporters",
        sunat[(sunat["gap"] - known).abs() > allowed],
        "value_usd_m",
        "{value_usd_m} is {gap:.1%} away from the {wits} of wits2017; look both up again",
    )


@check
def sunat_totals_agree() -> Iterator[str]:
    """SUNAT's totals by destination and by sector are equal but for four known years."""
    table = read("trade_reporters")
    sectors = table[table["source"] == "sunat2025sectors"].join(
        by_year(table, source="sunat2025exports", partner="WLD").rename("other"), on="year"
    )
    gap = sectors["value_usd_m"] - sectors["other"] - sectors["year"].map(_TOTALS_DIFFER).fillna(0)
    yield from report(
        "trade_reporters",
        sectors[gap.abs() > _ROUNDING],
        "value_usd_m",
        "the total by sector is {value_usd_m}, that by destination {other}; look both up again",
    )


@check
def china_counts_more_than_peru() -> Iterator[str]:
    """China's imports exceed Peru's exports by 8 to 18%: the buyer counts CIF, the seller FOB."""
    table = read("trade_reporters")
    customs = table[table["source"] == "imf2023dots"].join(
        by_year(table, source="sunat2025exports", partner="CHN").rename("sunat"), on="year"
    )
    customs["gap"] = customs["value_usd_m"] / customs["sunat"] - 1
    yield from report(
        "trade_reporters",
        customs[customs["gap"].notna() & ~customs["gap"].between(0.08, 0.18)],
        "value_usd_m",
        "{value_usd_m} is {gap:.1%} above Peru's {sunat}, outside 8 to 18%; look both up again",
    )


@check
def unrevised_comtrade_is_marked() -> Iterator[str]:
    """Comtrade's exports to China are within 2% of SUNAT's, or marked as below the revision."""
    table = read("trade_reporters")
    sunat = by_year(table, source="sunat2025exports", partner="CHN").rename("sunat")
    chosen = (table["source"] == "comtrade2026") & (table["flow"] == "export")
    comtrade = table[chosen & (table["partner"] == "CHN")].join(sunat, on="year", how="inner")
    comtrade["gap"] = comtrade["value_usd_m"] / comtrade["sunat"] - 1
    near = comtrade["gap"].abs() <= 0.02
    marked = comtrade["quality"] == "below_revised"
    yield from report(
        "trade_reporters",
        comtrade[(near & marked) | (~near & ~(marked & (comtrade["gap"] < 0)))],
        "quality",
        "is {quality}, but {value_usd_m} is {gap:.1%} away from SUNAT's {sunat}; look it up "
        "again, or change the mark",
    )


@check
def all_reporters_are_near_imports() -> Iterator[str]:
    """What the world says it sold to Peru is within 5% of what Peru says it bought."""
    table = read("trade_reporters")
    sunat = by_year(table, source="sunat2025imports").rename("sunat")
    world = table[(table["source"] == "wits2021world") & (table["flow"] == "import")]
    world = world.join(sunat, on="year")
    world["gap"] = world["value_usd_m"] / world["sunat"] - 1
    yield from report(
        "trade_reporters",
        world[world["gap"].abs() > 0.05],
        "value_usd_m",
        "{value_usd_m} is {gap:.1%} away from Peru's {sunat}; look both up again",
    )


@check
def long_run_gaps_are_marked() -> Iterator[str]:
    """A value of the long series is empty exactly where its quality says missing."""
    table = read("long_run_trade")
    yield from report(
        "long_run_trade",
        table[table["value_usd_m"].isna() != (table["quality"] == "missing")],
        "quality",
        "is {quality}, but the value is '{value_usd_m}'; only an empty value is missing",
    )
