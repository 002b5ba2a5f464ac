"""Checks of one table or several that take more than a rule of a descriptor."""

# The docstring of a check states a fact, it gives no order.
# ruff: noqa: D401

from collections.abc import Iterator

import pandas as pd

from peru_asia.data.package import descriptors
from peru_asia.data.sanity.registry import absent, check, read, report, where

# Rows that repeat those of another table: the table, the key, the other table and the columns.
_REPEATED = [
    (
        *("chinese_stock_by_source", "observation_id", "fdi_by_country"),
        ["series", "year", "value_usd_m", "share_pct", "source"],
    ),
    ("project_sites", "mine_id", "mines", ["lat", "lon"]),
]

# What is the same wherever a code stands: the table that knows it, the code, the column, and the
# tables where it is looked at.
_ALWAYS_THE_SAME = [
    ("commodity_prices", "commodity", "unit", ["commodity_prices", "commodity_prices_monthly"]),
    ("lall_classification", "lall_class", "tier", ["lall_classification"]),
    ("lall_classification", "lall_class", "class_label", ["lall_classification"]),
]

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

# The article of 2022 knows what happened up to July; later facts are news to it.
_ARTICLE = "ellis2022"
_AFTER = "2022-08"


def _same(one: pd.Series, other: pd.Series) -> pd.Series:
    return (one == other).fillna(False) | (one.isna() & other.isna())


@check
def repeated_cells_are_equal() -> Iterator[str]:
    """Cells that repeat those of another table, such as a mine's coordinates, do so exactly."""
    for name, key, origin, columns in _REPEATED:
        table, known = read(name), read(origin).set_index(key)
        for column in columns:
            rows = table.assign(given=table[column], expected=table[key].map(known[column]))
            rows = rows[rows[key].notna() & ~_same(rows["given"], rows["expected"])]
            message = (
                f"is '{{given}}', but '{{expected}}' in row {{{key}}} of {origin}; correct one"
            )
            yield from report(name, rows, column, message)


@check
def a_code_means_the_same_everywhere() -> Iterator[str]:
    """A commodity has one unit, or a line would jump; a class of Lall (2000) one tier and label."""
    for origin, code, column, names in _ALWAYS_THE_SAME:
        usual = read(origin).groupby(code)[column].agg(lambda values: values.mode()[0])
        for name in names:
            table = read(name)
            table["usual"] = table[code].map(usual)
            message = (
                f"{{{code}}} stands under '{{usual}}' elsewhere, not '{{{column}}}'; correct one"
            )
            yield from report(name, table[table[column] != table["usual"]], column, message)


@check
def lall_hs_follows_classification() -> Iterator[str]:
    """The class and tier of a product are those of its three-digit group in the list."""
    groups = read("lall_classification").set_index(["sitc_revision", "sitc_group"])
    table = read("lall_hs")
    for revision in (2, 3):
        group = table[f"sitc{revision}_code"].str[:3]
        for column in ("lall_class", "tier"):
            name = f"{column}_rev{revision}"
            table["expected"] = group.map(groups.loc[revision][column])
            message = f"is {{{name}}}, but lall_classification has {{expected}}; correct one"
            yield from report("lall_hs", table[table[name] != table["expected"]], name, message)


@check
def partner_series_equals_reporters() -> Iterator[str]:
    """A value from one source is the same in trade_by_partner and trade_reporters."""
    keys = ["year", "partner", "flow", "source"]
    reporters = read("trade_reporters")
    peru = reporters[reporters["reporter"] == "PER"].set_index(keys)["value_usd_m"]
    table = read("trade_by_partner").join(peru.rename("other"), on=keys)
    shared = table[table["partner"].isin(reporters["partner"]) & (table["basis"] == "reported")]
    missing = shared[shared["other"].isna()]
    yield from absent("trade_by_partner", missing, "trade_reporters", keys, ", reporter PER")
    wrong = shared[(shared["value_usd_m"] - shared["other"]).abs() > 1e-5]
    message = (
        "{value_usd_m} differs from {other} in trade_reporters ({source}); correct one of them"
    )
    yield from report("trade_by_partner", wrong, "value_usd_m", message)


@check
def series_break_marks_change_of_source() -> Iterator[str]:
    """series_break is true exactly where the source changes, because charts draw it."""
    table = read("trade_by_partner")
    in_order = table.sort_values(["partner", "flow", "year"])
    before = in_order.groupby(["partner", "flow"])["source"].shift()
    table["changes"] = before.notna() & (before != in_order["source"])
    wrong = table[table["changes"] != table["series_break"]]
    message = "is {series_break}, but that the source changes here is {changes}; make them equal"
    yield from report("trade_by_partner", wrong, "series_break", message)


@check
def output_follows_print() -> Iterator[str]:
    """Output in tonnes is the printed figure times its unit, to the rounding of a tonne."""
    for name in ("mineral_production", "mine_output"):
        table = read(name)
        # Sums such as '254836 + 35261' are no number and are passed over.
        printed = pd.to_numeric(table["value_printed"], errors="coerce")
        table["tonnes"] = printed * table["unit_printed"].map(_TONNES)
        near = (table["output_t"] - table["tonnes"]).abs() <= 0.51
        message = (
            "is {output_t}, but {value_printed} {unit_printed} are {tonnes:.1f} t; correct one"
        )
        yield from report(name, table[printed.notna() & ~near], "output_t", message)


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
        yield from report(
            "mine_owners",
            held[(held["sum_pct"] > 100 + 1e-9) | (held["rulers"] > 1)].drop_duplicates("mine"),
            "stake_pct",
            "{mine} has {sum_pct:.2f} % in {year} and {rulers:.0f} controlling countries; "
            "end a row with year_to or correct a share",
        )


@check
def printed_shares_follow_print() -> Iterator[str]:
    """A row has tonnes or a share, equal to the printed figure, and parts stay within Peru."""
    table = read("producer_shares")
    printed = table["value_printed"].astype(float)
    share = table["unit_printed"] == "%"
    expected = printed.where(share, printed * table["unit_printed"].map(_TONNES))
    table["got"] = table["output_t"].fillna(table["share_pct"])
    both = table["output_t"].isna() == table["share_pct"].isna()
    wrong = table[both | ((table["got"] - expected).abs() > 0.51 * ~share)]
    message = "is {value_printed} {unit_printed}, but the row has {got}; correct one"
    yield from report("producer_shares", wrong, "value_printed", message)
    period = ["mineral", "year", "first_month", "last_month"]
    peru = table[table["mine"] == "peru"].set_index(period)["output_t"].rename("peru_t")
    parts = table[table["mine"] != "peru"].join(peru, on=period)
    parts["part_pct"] = parts["share_pct"].fillna(100 * parts["output_t"] / parts["peru_t"])
    parts["sum_pct"] = parts.groupby(period)["part_pct"].transform("sum")
    wrong = parts[parts["sum_pct"] > 100].drop_duplicates(period)
    message = "the parts of {mineral} in {year} add up to {sum_pct:.1f} %; correct one"
    yield from report("producer_shares", wrong, "share_pct", message)


@check
def owners_of_copper_agree_with_the_cases() -> Iterator[str]:
    """Large copper companies have owners, who are Chinese where cases and production say so."""
    table, output = read("mine_owners"), read("copper_production")
    yearly = output.groupby(["company", "year"])["copper_t"].sum().groupby("company").max()
    large = set(yearly[yearly >= 10_000].index)
    unknown = output[output["company"].isin(large) & ~output["mine"].isin(table["mine"])]
    yield from report(
        "copper_production",
        unknown.drop_duplicates("company"),
        "mine",
        "is '{mine}', but {company} made 10,000 tonnes in a year; give it the code of its owners "
        "in mine_owners",
    )
    asian = table[table["controls"] & table["country"].isin(["CHN", "JPN", "KOR"])]
    output["asian"] = output["mine"].map(asian.drop_duplicates("mine").set_index("mine")["country"])
    wrong = output[output["mine"].notna() & ~_same(output["control_partner"], output["asian"])]
    message = "is '{control_partner}', but mine_owners has {mine} under '{asian}'; correct one"
    yield from report(
        "copper_production", wrong.drop_duplicates("company"), "control_partner", message
    )
    cases = read("case_operators").merge(read("mining_conflict_cases"), on="case_id")
    of_china = cases.loc[cases["asian_owner"] == "CHN", "operator"]
    differs = table["mine"].isin(of_china) != (table["country"] == "CHN")
    wrong = table[table["controls"] & table["mine"].isin(cases["operator"]) & differs]
    message = "is '{country}', which goes against asian_owner of the cases of {mine}; correct one"
    yield from report("mine_owners", wrong, "country", message)


@check
def official_totals_are_reported() -> Iterator[str]:
    """An official figure stands in conflict_reports, in a row of the same month."""
    monthly, reports = read("conflicts_monthly"), read("conflict_reports")
    official = monthly[monthly["basis"] == "official_total"]
    for column in ("total", "active", "latent", "socioenvironmental", "mining"):
        printed = set(zip(reports["month"], reports[column], strict=True))
        given = zip(official["month"], official[column], strict=True)
        unknown = [pd.notna(count) and (month, count) not in printed for month, count in given]
        message = (
            f"is {{{column}}}, which no row of conflict_reports has for {{month}}; correct one"
        )
        yield from report("conflicts_monthly", official[unknown], column, message)


@check
def cumulative_deaths_equal_events() -> Iterator[str]:
    """The deaths of a row that sums up a mine's events are those of the events."""
    table = read("conflict_events")
    counted = table[table["count_in_totals"]]
    years = counted["start_date"].str[:4]
    sums = table[table["event_type"] == "cumulative"]
    last = sums["end_date"].str[:4].fillna("9999")
    spans = zip(sums["mine"], sums["start_date"].str[:4], last, strict=True)
    sums["events"] = [
        counted.loc[(counted["mine"] == mine) & years.between(*span), "deaths"].sum()
        for mine, *span in spans
    ]
    message = "is {deaths}, but the events of {mine} add up to {events}; correct one"
    wrong = sums[sums["events"] != sums["deaths"]]
    yield from report("conflict_events", wrong, "deaths", message)


@check
def lower_bounds_stay_below_exact_counts() -> Iterator[str]:
    """A count of 'more than' days since 2016 is below the exact count of as long or longer."""
    table = read("las_bambas_blockades").query("span == 'since_2016'")
    bounds = table[table["qualifier"] == "more_than"]
    exact = table[table["qualifier"] == "exact"].copy()
    exact["least"] = [bounds.loc[bounds["year_to"] <= to, "days"].max() for to in exact["year_to"]]
    message = "is {days}, but {least} is a lower bound for no longer a time; look both up again"
    yield from report(
        "las_bambas_blockades", exact[exact["least"] > exact["days"]], "days", message
    )


@check
def agreement_counts_follow_agreements() -> Iterator[str]:
    """A computed count is what the table of agreements gives at that date."""
    agreements, table = read("agreements"), read("agreement_counts")
    table = table[table["basis"] == "computed"]
    in_2016, in_2026 = agreements["in_force_2016_11"], agreements["in_force_2026_02"]
    members = {
        "2016-11 in_force": in_2016,
        "2016-11 in_force_or_signed_tpp": in_2016 | (agreements["agreement"] == "TPP"),
        "2026-02 in_force": in_2026,
        "2026-02 in_force_or_signed": in_2026 | (agreements["status"] == "signed"),
    }
    expected = {
        key: " ".join(sorted(set(agreements.loc[rows, "partner"]))) for key, rows in members.items()
    }
    table["expected"] = (table["as_of"] + " " + table["definition"]).map(expected).fillna("")
    message = "'{members}' should be '{expected}' by the table agreements; correct one of the two"
    wrong = table[table["members"] != table["expected"]]
    yield from report("agreement_counts", wrong, "members", message)


@check
def agreements_are_in_force_since_their_date() -> Iterator[str]:
    """An agreement is in force in a month exactly if its date of entry is not later."""
    table = read("agreements")
    months = sorted(column for column in table if column.startswith("in_force_"))
    dated = table[table["in_force"].notna()]  # a row without a date is not judged
    for column in months:
        month = column.removeprefix("in_force_").replace("_", "-")
        # Where only the year is known, the whole year counts.
        began = [date <= month[: len(date)] for date in dated["in_force"].str[:7]]
        message = f"is {{{column}}}, but in force since {{in_force}}; make them agree"
        yield from report("agreements", dated[dated[column] != began], column, message)
    wrong = table[table[months[-1]] != (table["status"] == "in_force")]
    message = f"is '{{status}}', but {months[-1]} is {{{months[-1]}}}; make them agree"
    yield from report("agreements", wrong, "status", message)


@check
def project_amounts_follow_print() -> Iterator[str]:
    """An amount is the one figure that the paper prints, or empty where it prints none or more."""
    table = read("projects_2013")
    printed = pd.to_numeric(table["amount_printed"].str.extract(r"^([\d.]+)")[0])
    expected = printed.where(table["amount_kind"].isin(["single", "over_period", "one_year"]))
    wrong = table[~_same(table["amount_usd_m"], expected)]
    message = "is '{amount_usd_m}', but the print '{amount_printed}' ({amount_kind}); correct one"
    yield from report("projects_2013", wrong, "amount_usd_m", message)


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
        # One reason is enough: a contract of 2026 is both a contract and too late.
        counts = table["count_in_total"] & (reason != "counted")
        wrong = table[((table["count_reason"] == reason) & ~holds) | (holds & counts)]
        message = (
            f"is '{{count_reason}}', but the other columns do not agree about '{reason}'; correct "
            "count_reason or count_in_total"
        )
        yield from report("chinese_deals", wrong, "count_reason", message)


@check
def china_shares_repeat_a_fact() -> Iterator[str]:
    """China's containers are those of its sectors' facts."""
    table = read("china_shares")
    fact = read("china_sector_facts").set_index("fact_id")["value"]["F030"]
    wrong = table[(table["share_id"] == "H09") & (table["part"] != fact)]
    message = f"is {{part}}, but china_sector_facts has {fact} containers in F030; correct one"
    yield from report("china_shares", wrong, "part", message)


@check
def named_tables_are_there() -> Iterator[str]:
    """A table that a claim or a sector rests on is one of this package."""
    for name, column in (("claims", "table_hint"), ("china_sectors", "tables")):
        table = read(name)
        named = table[column].str.split().explode().dropna()
        unknown = named[~named.isin(list(descriptors()))]
        rows = table.loc[unknown.index].assign(unknown=unknown)
        message = "there is no table '{unknown}' in data/; correct the name"
        yield from report(name, rows, column, message)


@check
def sectors_cover_the_article() -> Iterator[str]:
    """Every section of the article from which a claim or an event is taken has a sector."""
    covered = read("china_sectors")["article_place"]
    for name, column in (("claims", "place"), ("timeline", "source_place")):
        table = read(name)
        missing = table[(table["source"] == _ARTICLE) & ~table[column].isin(covered)]
        message = f"no sector of china_sectors has the article's section '{{{column}}}'; add one"
        yield from report(name, missing.drop_duplicates(column), column, message)


@check
def sector_grades_follow_the_facts() -> Iterator[str]:
    """A grade claims no more than the facts since the article, or the tables named, can carry."""
    facts = read("china_sector_facts")
    facts = facts[facts["date_end"].fillna(facts["date"]) >= _AFTER]
    for index, row in enumerate(read("china_sectors").to_dict("records")):
        mine = facts[facts["sector"] == row["sector"]]
        voices = {*mine["source"], *mine["source2"].dropna()}
        official = pd.notna(row["tables"]) or (mine["voice"] == "official").any()
        wrong, why = {
            "official": (not official, "no fact of an authority and no table; lower the grade"),
            "several": (len(voices) < 2, f"{len(voices)} source; lower the grade"),
            "one": (not voices, "no fact since the article; lower the grade"),
            "none": (bool(voices), "there are facts since the article; raise the grade"),
        }[row["grade"]]
        if wrong:
            yield f"{where('china_sectors', index, 'grade')}: '{row['grade']}', but {why}"
