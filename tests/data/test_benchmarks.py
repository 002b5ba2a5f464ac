"""Figures that the tables must give, to the digit in which their sources print them."""

import pandas as pd
import pytest

from peru_asia.data import load


def chosen(table: str, **conditions: object) -> pd.DataFrame:
    frame = load(table)
    for column, value in conditions.items():
        frame = frame[frame[column] == value]
    return frame


def one(table: str, column: str = "value_usd_m", **conditions: object) -> float:
    rows = chosen(table, **conditions)
    assert len(rows) == 1, rows
    return float(rows[column].iloc[0])


# Partner, year, US$ m as printed. WITS until 2004 and SUNAT since give the book's own series.
EXPORTS = [
    ("CHN", 1997, "490.6"),
    ("CHN", 2011, "6972.6"),
    ("CHN", 2024, "24565"),
    ("JPN", 1997, "473.6"),
    ("JPN", 2011, "2174.7"),
    ("KOR", 1997, "91.5"),
    ("KOR", 2011, "1696.1"),
    ("WLD", 1997, "6759.4"),
    ("WLD", 2011, "46386.0"),
    ("WLD", 2024, "73594"),
]

# The year of the crisis as Peru first reported it to the UN; the customs agency revised it later.
WITS_2008 = [("CHN", "3735.0"), ("JPN", "1860.0"), ("KOR", "551.9")]

IMPORTS_FROM_CHINA = [(1993, "90.6"), (2012, "7814.5"), (2020, "10310"), (2021, "14612")]


def printed(value: float, like: str) -> str:
    """`value` with the decimals of `like`."""
    return f"{value:.{len(like.partition('.')[2])}f}"


@pytest.mark.parametrize(("partner", "year", "figure"), EXPORTS)
def test_exports(partner: str, year: int, figure: str) -> None:
    value = one("trade_by_partner", partner=partner, year=year, flow="export")
    assert printed(value, figure) == figure


@pytest.mark.parametrize(("partner", "figure"), WITS_2008)
def test_exports_of_2008_in_wits(partner: str, figure: str) -> None:
    value = one(
        "trade_reporters",
        partner=partner,
        year=2008,
        flow="export",
        reporter="PER",
        source="wits2017",
    )
    assert printed(value, figure) == figure


@pytest.mark.parametrize(("year", "figure"), IMPORTS_FROM_CHINA)
def test_imports_from_china(year: int, figure: str) -> None:
    value = one("trade_by_partner", partner="CHN", year=year, flow="import")
    assert printed(value, figure) == figure


# How far one source is from SUNAT's exports to China, in per cent, as the descriptor says.
GAPS = [
    ("imf2023dots", 2012, "8.0"),  # the smallest gap between China's customs and Peru's
    ("imf2023dots", 2014, "17.3"),  # and the largest
    ("comtrade2026", 2020, "-12.9"),  # three years that Comtrade has unrevised
    ("comtrade2026", 2021, "-14.8"),
    ("comtrade2026", 2022, "-16.4"),
    ("wits2017", 2008, "2.7"),  # revised after the report
]


@pytest.mark.parametrize(("source", "year", "figure"), GAPS)
def test_gap_to_sunat(source: str, year: int, figure: str) -> None:
    flow = {"partner": "CHN", "year": year, "flow": "export"}
    sunat = one("trade_reporters", source="sunat2025exports", **flow)
    rows = chosen("trade_reporters", source=source, **flow)
    # For WITS also China reports; Comtrade and WITS are compared as Peru reports.
    other = rows if source == "imf2023dots" else rows[rows["reporter"] == "PER"]
    gap = 100 * (other["value_usd_m"].iloc[0] / sunat - 1)
    # -14.85 is printed -14.8: half a digit either way.
    assert gap == pytest.approx(float(figure), abs=0.051)


@pytest.mark.parametrize(("year", "figure"), [(1995, "349.0"), (2005, "1860.9"), (2015, "7332.9")])
def test_sections_give_the_exports_to_china_of_wits(year: int, figure: str) -> None:
    rows = chosen("exports_by_partner_section", partner="CHN", flow="export", year=year)
    sections = rows.loc[rows["section"] != "all", "value_usd_m"].sum()
    assert printed(sections, figure) == figure


@pytest.mark.parametrize(
    ("year", "figure"), [(2015, "310.019"), (2016, "317.323"), (2017, "3.514")]
)
def test_main_groups_fall_short_of_exports(year: int, figure: str) -> None:
    total = one("exports_by_sector", level="total", year=year)
    groups = chosen("exports_by_sector", level="group", year=year)["value_usd_m"].sum()
    assert printed(total - groups, figure) == figure


def test_the_two_totals_of_sunat_differ_most_in_2018() -> None:
    by_sector = one("trade_reporters", source="sunat2025sectors", year=2018)
    by_destination = one("trade_reporters", source="sunat2025exports", partner="WLD", year=2018)
    assert printed(by_sector - by_destination, "1169.3") == "1169.3"


def test_tariff_sources_share_nine_years() -> None:
    applied = chosen("tariffs", importer="PER", measure="applied_weighted_mean")
    wits = chosen("tariffs", importer="PER", measure="weighted_average")
    both = set(applied.dropna(subset="rate_pct")["year"]) & set(
        wits.dropna(subset="rate_pct")["year"]
    )
    assert len(both) == 9


# Table, column, conditions, how many rows, their sum to the printed digit, and why.
SUMS = [
    ("projects_2013", "amount_usd_m", {}, 29, "15846.62", "Tables 5 to 7 print 29 rows"),
    ("mining_portfolio", "capex_usd_m", {}, 65, "63004", "Table 1 of the ministry's portfolio"),
    (
        "chinese_deals",
        "amount_usd_m",
        {"count_in_total": True},
        28,
        "29049",
        "the deals that count once",
    ),
    ("chinese_deals", "amount_usd_m", {}, 42, "39649.2", "the repository without selection"),
    ("copper_production", "copper_t", {"year": 2021}, 624, "2326035", "the ministry's total"),
    (
        "vaccine_doses",
        "doses",
        {"measure": "arrived"},
        27,
        "8149830",
        "all arrivals up to June 2021",
    ),
    (
        "vaccine_doses",
        "doses",
        {"measure": "arrived", "maker": "sinopharm"},
        4,
        "2000000",
        "the health ministry's arrivals",
    ),
    (
        "vaccine_doses",
        "doses",
        {"measure": "arrived", "maker": "pfizer"},
        21,
        "5362630",
        "the health ministry's arrivals",
    ),
    (
        "vaccine_doses",
        "doses",
        {"measure": "arrived", "maker": "astrazeneca"},
        2,
        "787200",
        "the health ministry's arrivals",
    ),
    (
        "development_finance",
        "commitments_2021_usd_m",
        {},
        63,
        "17056.85",
        "AidData's own total for Peru",
    ),
]


@pytest.mark.parametrize(("table", "column", "conditions", "count", "figure", "reason"), SUMS)
def test_sums(
    table: str, column: str, conditions: dict, count: int, figure: str, reason: str
) -> None:
    rows = chosen(table, **conditions)
    assert len(rows) == count, reason
    assert printed(float(rows[column].sum()), figure) == figure, reason


@pytest.mark.parametrize(
    ("partner", "priced", "figure"),
    # The descriptor says which deals stand in the totals, and why the others do not.
    [("CHN", 17, "19896.1"), ("JPN", 3, "570.6"), ("KOR", 1, "3.0")],
)
def test_deals_in_asian_totals(partner: str, priced: int, figure: str) -> None:
    values = chosen("deals_since_2013", in_asian_totals=True, asian_partner=partner)["value_usd_m"]
    assert values.count() == priced
    assert printed(values.sum(), figure) == figure


def test_eleven_projects_of_2013_have_one_amount() -> None:
    assert load("projects_2013")["amount_usd_m"].count() == 11


def test_unctad_gives_35_years() -> None:
    assert len(chosen("fdi_stock_total", series="unctad_inward_stock")) == 35


@pytest.mark.parametrize(("month", "difference"), [("2024-10", 0), ("2025-03", 1), ("2025-07", 0)])
def test_phases_add_up_to_the_active_conflicts_but_for_one_misprint(
    month: str, difference: int
) -> None:
    rows = chosen("conflict_totals", period_to=month)
    phases = rows[rows["measure"].astype(str).str.startswith("active_")]
    assert len(phases) == 4
    active = one("conflict_reports", "active", month=month)
    assert phases["value"].sum() - active == difference


@pytest.mark.parametrize(
    ("status", "count"),
    # Report 241 of the Defensoría lists 81 mining cases.
    [("active", 58), ("latent", 17), ("resolved", 4), ("withdrawn", 2)],
)
def test_mining_conflict_cases(status: str, count: int) -> None:
    assert len(chosen("mining_conflict_cases", status=status)) == count


def test_three_reports_print_a_split_that_does_not_add_up() -> None:
    flagged = chosen("conflict_reports", flag="sum_mismatch")
    assert sorted(flagged["month"]) == ["2009-08", "2014-08", "2023-01"]


def test_one_report_prints_a_wrong_number() -> None:
    # No. 118 is December 2013; the page is about April 2014.
    assert one("conflict_reports", "report_no", flag="number_clash", month="2014-04") == 118


@pytest.mark.parametrize(
    ("as_of", "definition", "economies"),
    # Nine in force when APEC met in Lima, fourteen with the treaty that never entered into force.
    [("2016-11", "in_force", 9), ("2016-11", "in_force_or_signed_tpp", 14)],
)
def test_agreements_with_apec(as_of: str, definition: str, economies: int) -> None:
    value = one("agreement_counts", "economies", as_of=as_of, definition=definition)
    assert value == economies


def test_days_of_blockade_before_2022() -> None:
    # 597 days since 2016 less 186 in 2022 fit the more than 400 counted in December 2021.
    since = one("las_bambas_blockades", "days", count_id="LBB22")
    in_2022 = one("las_bambas_blockades", "days", count_id="LBB13")
    assert since - in_2022 == 411
