"""The named checks: each passes on the package, and finds what was spoiled on purpose."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from peru_asia import paths
from peru_asia.data import sanity
from peru_asia.data.package import describe, tables

# By name; a rule may stand in the descriptors of several tables.
CHECKS: dict[str, list[sanity.registry.Check]] = {}
for _name, _check in sanity.checks():
    CHECKS.setdefault(_name, []).append(_check)

Row = dict[str, str]


def found_by(check: str) -> list[str]:
    """What a check finds, in all the tables that have it."""
    return [line for each in CHECKS[check] for line in each()]


@dataclass
class Spoiled:
    """A cell that a test changes, and where the check must see it.

    `row` chooses the first row with these values ('*' is any value). The check must name the
    cell itself, or `column` of the same row, or the first row `at` of `table_at`, or begin a
    line with `line`.
    """

    check: str
    table: str
    row: Row
    cell: str
    value: str
    column: str | None = None
    at: Row | None = None
    table_at: str | None = None
    line: str | None = None


CHINA_2011 = {"year": "2011", "partner": "CHN", "flow": "export"}
SUNAT_2011 = CHINA_2011 | {"source": "sunat2025exports"}

SPOILED = [
    # Trade by partner
    Spoiled(
        "partners_stay_within_world",
        "trade_by_partner",
        {"year": "2011", "partner": "WLD", "flow": "export"},
        "value_usd_m",
        "10000",
    ),
    Spoiled(
        "every_apec_member_is_a_destination",
        "agreements",
        {"partner": "PNG"},
        "partner",
        "LAC",
    ),
    Spoiled(
        "partner_series_equals_reporters", "trade_by_partner", CHINA_2011, "value_usd_m", "6972.7"
    ),
    Spoiled(
        "destinations_add_up_to_world",
        "exports_by_destination",
        {"year": "2011", "destination": "CHINA"},
        "value_usd_m",
        "6972.7",
        "year",
        at={"year": "2011"},
    ),
    Spoiled(
        "destinations_equal_partners",
        "exports_by_destination",
        {"year": "1997", "destination": "CHN"},
        "value_usd_m",
        "490.7",
    ),
    Spoiled(
        "series_break_marks_change_of_source",
        "trade_by_partner",
        CHINA_2011 | {"year": "2005"},
        "series_break",
        "false",
    ),
    Spoiled(
        "gold_is_left_out_by_wits_only",
        "trade_by_partner",
        CHINA_2011 | {"year": "1997"},
        "excludes_gold",
        "false",
    ),
    Spoiled(
        "gold_is_left_out_by_wits_only", "trade_reporters", SUNAT_2011, "excludes_gold", "true"
    ),
    Spoiled(
        "months_add_up_to_year",
        "trade_by_partner_monthly",
        CHINA_2011 | {"month": "1"},
        "value_usd_m",
        "1",
        "value_usd_m",
        at=SUNAT_2011,
        table_at="trade_reporters",
    ),
    Spoiled(
        "months_add_up_to_year",
        "trade_by_partner",
        {"year": "2011", "partner": "IND", "flow": "export"},
        "value_usd_m",
        "1",
    ),
    Spoiled(
        "months_add_up_to_year",
        "exports_by_destination",
        {"partner": "CHL", "year": "2011"},
        "value_usd_m",
        "1",
    ),
    Spoiled(
        "months_are_complete",
        "trade_by_partner_monthly",
        CHINA_2011 | {"month": "1"},
        "year",
        "2012",
        "month",
    ),
    Spoiled("sunat_agrees_with_wits", "trade_reporters", SUNAT_2011, "value_usd_m", "7100"),
    Spoiled(
        "sunat_agrees_with_wits",
        "trade_reporters",
        SUNAT_2011 | {"year": "2008"},
        "value_usd_m",
        "3735",
    ),
    Spoiled(
        "sunat_totals_agree",
        "trade_reporters",
        {"year": "2018", "source": "sunat2025sectors"},
        "value_usd_m",
        "48000",
    ),
    Spoiled(
        "china_counts_more_than_peru",
        "trade_reporters",
        {"year": "2015", "source": "imf2023dots"},
        "value_usd_m",
        "5000",
    ),
    Spoiled(
        "unrevised_comtrade_is_marked",
        "trade_reporters",
        {"year": "2021", "source": "comtrade2026", "partner": "CHN", "flow": "export"},
        "quality",
        "ok",
    ),
    Spoiled(
        "comtrade_of_doubtful_years_is_marked",
        "trade_reporters",
        {"year": "2015", "source": "comtrade2026", "partner": "CHN", "flow": "export"},
        "quality",
        "ok",
    ),
    Spoiled(
        "changes_alone_have_no_value", "trade_statements", {"measure": "change"}, "value", "12"
    ),
    Spoiled(
        "shares_are_per_cent", "trade_statements", {"measure": "share_of_item"}, "unit", "usd_m"
    ),
    Spoiled("statements_start_in_their_year", "trade_statements", {"year": "2024"}, "year", "2023"),
    Spoiled("totals_agree_with_quotes", "trade_statements", {"quote_id": "Q062"}, "value", "28648"),
    Spoiled(
        "parts_of_a_statement_fit_its_total",
        "trade_statements",
        {"period": "2024", "partner": "CHN", "item": "non_traditional"},
        "value",
        "26000",
    ),
    Spoiled(
        "all_reporters_are_near_imports",
        "trade_reporters",
        {"year": "2015", "source": "wits2021world", "flow": "import"},
        "value_usd_m",
        "30000",
    ),
    Spoiled("long_run_gaps_are_marked", "long_run_trade", {"quality": "missing"}, "quality", "ok"),
    # Products
    Spoiled(
        "lines_add_up_to_their_parent",
        "exports_by_sector",
        {"year": "2015", "item": "total"},
        "value_usd_m",
        "33355.341235",
    ),
    Spoiled(
        "parents_have_a_line",
        "exports_by_sector",
        {"year": "2005", "item": "chemicals"},
        "parent",
        "nontraditionals",
    ),
    Spoiled(
        "lines_add_up_to_their_parent",
        "imports_by_use",
        {"year": "2005", "item": "1"},
        "value_usd_m",
        "1",
    ),
    Spoiled(
        "parents_have_a_line", "imports_by_use", {"year": "2005", "parent": "*"}, "parent", "none"
    ),
    Spoiled(
        "totals_equal_reporters",
        "exports_by_sector",
        {"year": "2011", "level": "total"},
        "value_usd_m",
        "37891.1",
    ),
    Spoiled(
        "totals_equal_reporters",
        "imports_by_use",
        {"year": "2011", "level": "total"},
        "value_usd_m",
        "37891.1",
    ),
    Spoiled(
        "totals_equal_reporters",
        "exports_by_product_group",
        {"year": "2011", "flow": "import", "classification": "total"},
        "value_usd_m",
        "37891.1",
    ),
    Spoiled(
        "product_groups_add_up_to_exports",
        "exports_by_product_group",
        {"year": "1992", "flow": "export", "classification": "total"},
        "value_usd_m",
        "1",
    ),
    Spoiled(
        "processing_stages_nearly_add_up",
        "exports_by_product_group",
        {"year": "1992", "flow": "import", "classification": "total"},
        "value_usd_m",
        "1",
    ),
    Spoiled(
        "sections_add_up_to_all_products",
        "exports_by_partner_section",
        CHINA_2011 | {"year": "2005", "section": "all"},
        "value_usd_m",
        "1",
    ),
    Spoiled(
        "copper_ore_stays_within_exports_to_china",
        "copper_ore_to_china",
        {"year": "2020"},
        "value_usd_m",
        "99999",
    ),
    Spoiled(
        "tariff_sources_agree",
        "tariffs",
        {"year": "2010", "measure": "weighted_average"},
        "rate_pct",
        "2.62",
    ),
    Spoiled(
        "prices_are_positive",
        "commodity_prices",
        {"year": "1990", "commodity": "gold"},
        "price",
        "0",
    ),
    Spoiled(
        "prices_are_positive",
        "commodity_prices_monthly",
        {"year": "1990", "commodity": "gold"},
        "price",
        "-1",
    ),
    Spoiled(
        "annual_prices_average_the_months",
        "commodity_prices",
        {"year": "2005", "commodity": "copper", "price_basis": "nominal"},
        "price",
        "4000",
    ),
    Spoiled(
        "a_code_means_the_same_everywhere",
        "commodity_prices_monthly",
        {"commodity": "copper"},
        "unit",
        "usd_per_bbl",
    ),
    Spoiled(
        "a_code_means_the_same_everywhere",
        "lall_classification",
        {"sitc_group": "001"},
        "tier",
        "low",
    ),
    Spoiled(
        "lall_hs_follows_classification",
        "lall_hs",
        {"hs_code": "260300"},
        "lall_class_rev3",
        "RB1",
    ),
    # Investment
    Spoiled(
        "project_ids_follow_the_paper",
        "projects_2013",
        {"project_id": "CN5"},
        "row_no",
        "6",
        "project_id",
    ),
    Spoiled(
        "project_amounts_follow_print",
        "projects_2013",
        {"project_id": "JP1"},
        "amount_usd_m",
        "276",
    ),
    Spoiled(
        "project_amounts_follow_print",
        "projects_2013",
        {"project_id": "JP2"},
        "amount_usd_m",
        "21",
    ),
    Spoiled(
        "every_project_has_an_outcome",
        "project_outcomes",
        {"project_id": "KR3"},
        "project_id",
        "KR9",
        "project_id",
        at={"project_id": "KR3"},
        table_at="projects_2013",
    ),
    Spoiled(
        "only_an_investor_that_left_has_an_exit",
        "project_outcomes",
        {"project_id": "CN1"},
        "asian_exit_year",
        "2020",
    ),
    Spoiled(
        "deals_in_totals_follow_their_reason",
        "deals_since_2013",
        {"deal_id": "D05"},
        "in_asian_totals",
        "true",
    ),
    Spoiled(
        "only_investors_are_in_totals",
        "deals_since_2013",
        {"deal_id": "D01"},
        "asian_role",
        "seller",
    ),
    Spoiled(
        "sectors_of_the_tracker_add_up",
        "tracker_by_sector",
        {"sector": "metals"},
        "value_usd_m",
        "16140",
    ),
    Spoiled(
        "part_of_a_company_counts_at_its_part",
        "deals_since_2013",
        {"deal_id": "D01"},
        "value_basis",
        "equity_value_whole_firm",
    ),
    Spoiled(
        "one_plant_counts_once",
        "deals_since_2013",
        {"deal_id": "D24"},
        "asset",
        "San Gabán III plant, 209 MW",
        "in_asian_totals",
    ),
    Spoiled(
        "mining_statements_say_something",
        "mining_statements",
        {"statement_id": "MS01"},
        "unit",
        "",
        "value",
    ),
    Spoiled(
        "metals_are_weighed_and_money_is_not",
        "mining_statements",
        {"statement_id": "MS04"},
        "mineral",
        "",
    ),
    Spoiled(
        "deal_value_has_a_basis",
        "deals_since_2013",
        {"deal_id": "D05"},
        "value_usd_m",
        "",
        "value_basis",
    ),
    Spoiled(
        "every_chinese_deal_has_an_owner",
        "deals_since_2013",
        {"deal_id": "D12"},
        "asian_partner",
        "CHN",
        "deal_id",
    ),
    Spoiled(
        "owners_have_a_source",
        "deal_buyers",
        {"deal_id": "D32"},
        "ownership",
        "state",
        "source",
    ),
    Spoiled(
        "chinese_deals_are_counted_once",
        "chinese_deals",
        {"iclac_id": "PER-0053"},
        "count_in_total",
        "true",
        "count_reason",
    ),
    Spoiled(
        "the_deal_that_is_repeated_counts",
        "chinese_deals",
        {"iclac_id": "PER-0053"},
        "double_count_of",
        "PER-0059",
    ),
    Spoiled(
        "investment_follows_its_deal", "chinese_deals", {"iclac_id": "PER-0086"}, "year", "2018"
    ),
    Spoiled(
        "portfolio_shares_follow_amounts",
        "portfolio_by_country",
        {"portfolio_year": "2024", "partner": "CHN"},
        "share_pct",
        "22.8",
    ),
    Spoiled(
        "china_shares_follow_amounts", "china_shares", {"share_id": "H09"}, "share_pct", "10.9"
    ),
    Spoiled(
        "only_computed_shares_have_their_parts",
        "china_shares",
        {"share_id": "H01"},
        "basis",
        "computed",
    ),
    Spoiled("china_shares_repeat_a_fact", "china_shares", {"share_id": "H09"}, "part", "34914"),
    Spoiled(
        "investment_by_sector_adds_up",
        "fdi_by_country",
        {"observation_id": "F13"},
        "value_usd_m",
        "9266",
        "value_usd_m",
        at={"observation_id": "F12"},
    ),
    Spoiled(
        "repeated_cells_are_equal",
        "chinese_stock_by_source",
        {"observation_id": "F01"},
        "value_usd_m",
        "31831",
    ),
    Spoiled(
        "stock_is_about_china",
        "chinese_stock_by_source",
        {"observation_id": "F01"},
        "observation_id",
        "F02",
    ),
    Spoiled(
        "unctad_stock_has_no_gap",
        "fdi_stock_total",
        {"series": "unctad_inward_stock", "year": "2000"},
        "year",
        "2001",
    ),
    Spoiled(
        "a_site_stands_for_one_project_or_deal",
        "project_sites",
        {"site_id": "CN1"},
        "deal_id",
        "D03",
        "site_id",
    ),
    Spoiled("repeated_cells_are_equal", "project_sites", {"site_id": "CN1"}, "lat", "-11.7"),
    Spoiled("only_rough_points_have_no_source", "project_sites", {"site_id": "CN4"}, "source", ""),
    # Production
    Spoiled(
        "output_follows_print",
        "mine_output",
        {"mine": "antamina", "year": "2004"},
        "output_t",
        "361100",
    ),
    Spoiled(
        "output_follows_print",
        "mineral_production",
        {"mineral": "copper", "year": "2021"},
        "unit_printed",
        "t",
        "output_t",
    ),
    Spoiled(
        "one_preferred_figure_for_each_year",
        "mineral_production",
        {"mineral": "copper", "year": "2009", "preferred": "false"},
        "preferred",
        "true",
        at={"mineral": "copper", "year": "2009"},
    ),
    Spoiled(
        "companies_have_the_same_months",
        "copper_production",
        {"year": "2021", "month": "5"},
        "company",
        "NOBODY S.A.",
        "month",
    ),
    Spoiled(
        "mine_output_equals_months",
        "mine_output",
        {"mine": "las_bambas", "source": "minem2023copper"},
        "output_t",
        "290206",
    ),
    Spoiled(
        "national_copper_equals_months",
        "mineral_production",
        {"mineral": "copper", "year": "2021"},
        "output_t",
        "2327000",
    ),
    Spoiled(
        "stakes_stay_within_a_mine",
        "mine_owners",
        {"mine": "antamina", "holder": "BHP"},
        "stake_pct",
        "34",
    ),
    Spoiled(
        "stakes_stay_within_a_mine",
        "mine_owners",
        {"mine": "quellaveco", "holder": "Mitsubishi"},
        "controls",
        "true",
        "stake_pct",
        at={"mine": "quellaveco"},
    ),
    Spoiled(
        "printed_shares_follow_print",
        "producer_shares",
        {"mine": "las_bambas", "year": "2025"},
        "output_t",
        "96733",
        "value_printed",
    ),
    Spoiled(
        "printed_shares_follow_print",
        "producer_shares",
        {"mine": "peru", "year": "2018"},
        "value_printed",
        "1133",
    ),
    # Conflicts
    Spoiled(
        "report_numbers_follow_the_month",
        "conflict_reports",
        {"flag": "number_clash"},
        "flag",
        "none",
        "report_no",
    ),
    Spoiled(
        "report_numbers_follow_the_month",
        "conflict_reports",
        {"report_no": "*", "flag": "none"},
        "report_no",
        "1",
    ),
    Spoiled(
        "active_and_latent_add_up",
        "conflict_reports",
        {"flag": "sum_mismatch"},
        "flag",
        "none",
    ),
    Spoiled(
        "active_and_latent_add_up",
        "conflicts_monthly",
        {"month": "2017-09"},
        "latent",
        "58",
        "total",
    ),
    Spoiled(
        "socioenvironmental_conflicts_are_a_part",
        "conflicts_monthly",
        {"socioenvironmental": "*"},
        "socioenvironmental",
        "999",
    ),
    Spoiled(
        "mining_conflicts_are_socioenvironmental",
        "conflict_reports",
        {"mining": "*", "socioenvironmental": "*"},
        "mining",
        "999",
    ),
    Spoiled(
        "mining_conflicts_are_socioenvironmental",
        "conflicts_monthly",
        {"mining": "*", "socioenvironmental": "*"},
        "mining",
        "999",
    ),
    Spoiled(
        "socioenvironmental_conflicts_are_a_part",
        "conflict_reports",
        {"socioenvironmental": "*", "total": "*"},
        "socioenvironmental",
        "999",
    ),
    Spoiled(
        "mining_share_follows_counts",
        "conflict_reports",
        {"mining_share_of_socioenvironmental_pct": "*", "mining": "*", "socioenvironmental": "*"},
        "mining_share_of_socioenvironmental_pct",
        "12",
    ),
    Spoiled(
        "socioenvironmental_share_follows_counts",
        "conflict_reports",
        {"socioenvironmental_share_pct": "*", "socioenvironmental": "*", "total": "*"},
        "socioenvironmental_share_pct",
        "12",
    ),
    Spoiled(
        "months_run_without_a_hole",
        "conflicts_monthly",
        {"month": "2015-03"},
        "month",
        "2015-13",
    ),
    Spoiled("months_are_in_their_year", "conflicts_monthly", {"month": "2015-03"}, "year", "2016"),
    Spoiled(
        "methods_change_in_2024",
        "conflicts_monthly",
        {"month": "2024-01"},
        "method",
        "before_2024",
    ),
    Spoiled(
        "official_totals_are_reported", "conflicts_monthly", {"month": "2017-09"}, "total", "167"
    ),
    Spoiled(
        "a_total_says_what_it_rests_on",
        "conflicts_monthly",
        {"basis": "official_total"},
        "basis",
        "",
    ),
    Spoiled(
        "only_active_cases_have_a_phase",
        "mining_conflict_cases",
        {"status": "latent"},
        "phase",
        "early",
    ),
    Spoiled(
        "every_case_has_its_operator",
        "case_operators",
        {"case_id": "MC60"},
        "case_id",
        "MC61",
        at={"case_id": "MC60"},
        table_at="mining_conflict_cases",
    ),
    Spoiled(
        "portfolio_operators_are_known",
        "case_operators",
        {"case_id": "MC02"},
        "portfolio_operator",
        "Las Bambas",
    ),
    Spoiled(
        "copper_companies_are_known",
        "case_operators",
        {"case_id": "MC60"},
        "copper_company",
        "MINERA CHINALCO",
    ),
    Spoiled(
        "owners_of_copper_agree_with_the_cases",
        "mine_owners",
        {"mine": "las_bambas", "holder": "MMG"},
        "country",
        "CHE",
    ),
    Spoiled(
        "owners_of_copper_agree_with_the_cases",
        "copper_production",
        {"mine": "nexa", "year": "2021"},
        "mine",
        "",
    ),
    Spoiled(
        "owners_of_copper_agree_with_the_cases",
        "copper_production",
        {"mine": "santa_luisa", "year": "2021"},
        "control_partner",
        "",
    ),
    Spoiled(
        "an_event_counts_once",
        "conflict_events",
        {"event_id": "SH-2015-05", "count_in_totals": "false"},
        "count_in_totals",
        "true",
        at={"event_id": "SH-2015-05"},
    ),
    Spoiled(
        "cumulative_deaths_equal_events",
        "conflict_events",
        {"event_type": "cumulative"},
        "deaths",
        "11",
    ),
    Spoiled(
        "events_follow_their_deal",
        "conflict_events",
        {"event_id": "LB-2015-09"},
        "start_date",
        "2013-09-25",
    ),
    Spoiled(
        "statements_name_events_of_their_case",
        "case_statements",
        {"event_id": "SH-2012"},
        "event_id",
        "LB-2015-09",
    ),
    Spoiled(
        "figures_of_statements_are_whole",
        "case_statements",
        {"quantity": "families_left"},
        "unit",
        "",
        "value",
    ),
    Spoiled(
        "blockades_name_known_events",
        "las_bambas_blockades",
        {"event_id": "*"},
        "event_id",
        "LB-2031",
    ),
    Spoiled(
        "lower_bounds_stay_below_exact_counts",
        "las_bambas_blockades",
        {"span": "since_2016", "qualifier": "exact"},
        "days",
        "500",
    ),
    # Diplomacy
    Spoiled(
        "economies_are_counted",
        "agreement_counts",
        {"as_of": "2016-11", "definition": "in_force"},
        "economies",
        "10",
    ),
    Spoiled(
        "agreement_counts_follow_agreements",
        "agreements",
        {"agreement": "CHN_FTA"},
        "in_force_2016_11",
        "false",
        "members",
        at={"as_of": "2016-11", "definition": "in_force"},
        table_at="agreement_counts",
    ),
    Spoiled(
        "agreements_are_in_force_since_their_date",
        "agreements",
        {"agreement": "CHN_FTA"},
        "in_force",
        "2017-03-01",
        "in_force_2016_11",
    ),
    Spoiled(
        "agreements_are_in_force_since_their_date",
        "agreements",
        {"agreement": "CHN_FTA"},
        "status",
        "signed",
    ),
    Spoiled(
        "vote_shares_follow_counts",
        "un_vote_agreement",
        {"year": "1949", "partner": "USA"},
        "agreement_pct",
        "65.48",
    ),
    Spoiled(
        "votes_hold_equal_and_opposite_ones",
        "un_vote_agreement",
        {"year": "1949", "partner": "USA"},
        "opposite_vote",
        "99",
        "votes_both_cast",
    ),
    Spoiled(
        "sides_add_up",
        "un_vote_sides",
        {"year": "1971", "other": "USA"},
        "with_china",
        "11",
        "opposed",
    ),
    Spoiled(
        "chinas_votes_are_opposed_ones",
        "un_vote_sides",
        {"year": "1971", "other": "USA"},
        "china_yes",
        "15",
    ),
    Spoiled(
        "no_year_has_more_votes_than_were_held",
        "un_vote_sides",
        {"year": "1971", "other": "USA"},
        "votes_all_cast",
        "120",
    ),
    Spoiled(
        "visits_happen_where_their_direction_says",
        "leader_visits",
        {"visit_id": "V01"},
        "direction",
        "to_peru",
    ),
    Spoiled(
        "arrived_doses_stay_within_given_doses",
        "vaccine_doses",
        {"measure": "administered_to_date", "maker": "pfizer"},
        "doses",
        "5000000",
    ),
    Spoiled(
        "finance_has_all_classes_each_year",
        "development_finance",
        {"year": "2013", "flow_class": "vague_official"},
        "flow_class",
        "other_official",
        at={"year": "2013"},
    ),
    Spoiled(
        "comparable_quotes_are_full_years",
        "trade_quotes",
        {"period": "jan_jun"},
        "comparable",
        "true",
    ),
    # Claims
    Spoiled(
        "named_tables_are_there", "claims", {"table_hint": "timeline"}, "table_hint", "timelines"
    ),
    Spoiled(
        "package_evidence_names_its_table",
        "claims",
        {"evidence": "package_table"},
        "table_hint",
        "",
    ),
    Spoiled("items_are_known_projects_and_deals", "claims", {"item": "CN16"}, "item", "CN17"),
    Spoiled(
        "outcomes_of_recommendations_have_evidence",
        "recommendations",
        {"recommendation_id": "R08"},
        "evidence",
        "",
    ),
    Spoiled(
        "values_have_their_decimals",
        "published_tables",
        {"sector": "total", "partner": "CHN", "period": "2011"},
        "decimals",
        "0",
    ),
    Spoiled("values_have_their_decimals", "claims", {"value": "8.3"}, "decimals", "0"),
    Spoiled(
        "totals_are_the_same_in_both_tables",
        "published_tables",
        {"table": "3", "sector": "total", "partner": "CHN", "period": "2011"},
        "value",
        "6972.6",
    ),
    Spoiled(
        "printed_shares_add_up",
        "published_tables",
        {"table": "2", "partner": "JPN", "period": "2008", "sector": "fishery"},
        "value",
        "19.7",
        at={"table": "2", "partner": "JPN", "period": "2008", "measure": "export_share"},
    ),
    Spoiled(
        "periods_match_their_years",
        "published_tables",
        {"period": "1995-2000"},
        "period",
        "1995-2001",
    ),
    Spoiled(
        "corrections_name_the_text_of_their_claim",
        "corrections",
        {"subject": "Seller of Chaglla"},
        "text",
        "sanborn2013",
    ),
    Spoiled(
        "corrections_have_the_date_that_their_basis_needs",
        "corrections",
        {"subject": "Stake in Luz del Sur"},
        "known_since",
        "",
    ),
    Spoiled(
        "updates_are_younger_than_the_text",
        "corrections",
        {"subject": "Opening of Chancay"},
        "weight",
        "detail",
    ),
    # All tables
    Spoiled(
        "shares_lie_between_0_and_100",
        "deals_since_2013",
        {"deal_id": "D01"},
        "stake_pct",
        "174.3",
    ),
    Spoiled("shares_lie_between_0_and_100", "claims", {"quantity": "stake_pct"}, "value", "-3"),
    Spoiled("dates_are_in_order", "leader_visits", {"end_date": "*"}, "end_date", "2003-01-01"),
    Spoiled("dates_are_in_order", "agreements", {"agreement": "CHN_FTA"}, "in_force", "2008"),
    Spoiled("dates_are_in_order", "mining_portfolio", {"end_year": "*"}, "end_year", "2021"),
    Spoiled(
        "ranges_run_from_low_to_high",
        "un_ideal_points",
        {"country": "CHN", "year": "1971", "votes": "all_votes"},
        "low_5",
        "-0.5",
        "ideal_point",
    ),
    Spoiled("ranges_run_from_low_to_high", "claims", {"value_high": "*"}, "value_high", "-9"),
    Spoiled(
        "no_date_is_in_the_future",
        "conflict_events",
        {"event_id": "LB-2025-04"},
        "start_date",
        "2026-12-01",
    ),
    Spoiled(
        "no_date_is_in_the_future", "conflicts_monthly", {"month": "2025-11"}, "month", "2027-01"
    ),
    Spoiled(
        "sources_are_in_the_bibliography",
        "timeline",
        {"source": "sanborn2013"},
        "source",
        "sanborn2031",
    ),
    Spoiled(
        "sources_of_rows_are_in_the_descriptor",
        "agreement_counts",
        {"as_of": "2024-07"},
        "source",
        "imf2023dots",
        line="data/diplomacy/agreement_counts.yaml, sources: 'imf2023dots' is missing, "
        "which data/diplomacy/agreement_counts.csv, column source",
    ),
    Spoiled("text_is_clean", "timeline", {"timeline_id": "T001"}, "summary", "Two  spaces."),
    Spoiled("text_is_clean", "timeline", {"timeline_id": "T001"}, "summary", "A space after. "),
    Spoiled("text_is_clean", "timeline", {"timeline_id": "T001"}, "summary", "A line\nbreak."),
    Spoiled("text_is_clean", "timeline", {"timeline_id": "T001"}, "summary", "EspaÃ±a."),
    Spoiled("text_is_clean", "timeline", {"timeline_id": "T001"}, "summary", "Espa\ufffda."),
    Spoiled("points_lie_in_peru", "mines", {"commodity": "copper"}, "lat", "6.7"),
    Spoiled("points_lie_in_peru", "mines", {"commodity": "copper"}, "lon", "-82"),
    Spoiled("points_lie_in_peru", "chinese_deals", {"lat": "*"}, "lon", "", "lat"),
    # Sectors
    Spoiled(
        "sectors_cover_the_article",
        "china_sectors",
        {"sector": "space"},
        "article_place",
        "Stars",
        "place",
        at={"source": "ellis2022", "place": "Space"},
        table_at="claims",
    ),
    Spoiled(
        "dates_are_in_order",
        "china_sectors",
        {"sector": "mining"},
        "largest_year",
        "1991",
    ),
    Spoiled(
        "what_belongs_together_stands_together",
        "china_sectors",
        {"sector": "trade"},
        "first_year",
        "2010",
        "first_event",
    ),
    Spoiled(
        "what_belongs_together_stands_together",
        "china_sectors",
        {"sector": "ports"},
        "largest_basis",
        "",
    ),
    Spoiled("sector_grades_follow_the_facts", "china_sectors", {"sector": "aiib"}, "grade", "none"),
    Spoiled(
        "sector_grades_follow_the_facts", "china_sectors", {"sector": "finance"}, "grade", "one"
    ),
    Spoiled(
        "sector_grades_follow_the_facts",
        "china_sectors",
        {"sector": "education"},
        "grade",
        "several",
    ),
    Spoiled(
        "sector_grades_follow_the_facts",
        "china_sectors",
        {"sector": "education"},
        "grade",
        "official",
    ),
    Spoiled("named_tables_are_there", "china_sectors", {"sector": "trade"}, "tables", "trades"),
    Spoiled(
        "what_belongs_together_stands_together",
        "china_sector_facts",
        {"measure": "throughput"},
        "unit",
        "",
    ),
    Spoiled(
        "only_events_have_no_value",
        "china_sector_facts",
        {"measure": "throughput"},
        "measure",
        "event",
    ),
    # Names
    Spoiled(
        "names_are_in_order",
        "names",
        {"name": "Chancay"},
        "name",
        "Zhancay",
        at={"name": "China Fishery"},
    ),
    Spoiled(
        "names_are_in_order",
        "names",
        {"name": "Block 58"},
        "name",
        "Block 580",
        at={"name": "Block 115"},
    ),
    Spoiled("a_form_belongs_to_one_name", "names", {"name": "Zijin"}, "forms", "Volcan"),
    Spoiled(
        "forms_run_from_the_longest", "names", {"name": "Jerí, José"}, "forms", "Jerí|José Jerí"
    ),
    Spoiled("short_names_tell_things_apart", "short_names", {"key": "antamina"}, "key", "antamine"),
    Spoiled(
        "short_names_tell_things_apart",
        "short_names",
        {"key": "toquepala"},
        "short_name",
        "Toromocho",
        at={"key": "toromocho"},
        table_at="short_names",
    ),
    Spoiled("every_form_is_in_a_chapter", "names", {"name": "Zijin"}, "forms", "Ziijin"),
]

# Checks of the descriptor and of the bibliography, which have tests of their own below.
ELSEWHERE = {
    "coverage_is_told_by_the_rows",
    "no_vintage_is_in_the_future",
    "every_reference_is_used",
    "citations_tell_works_apart",
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the package that a test may spoil, if it mends it afterwards."""
    root = tmp_path_factory.mktemp("book")
    shutil.copytree(paths.DATA, root / "data")
    shutil.copytree(paths.CHAPTERS, root / "chapters")
    shutil.copy2(paths.BIBLIOGRAPHY, root / "references.bib")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "ROOT", root)
        patch.setattr(paths, "DATA", root / "data")
        patch.setattr(paths, "DESCRIPTOR", root / "data" / "datapackage.yaml")
        patch.setattr(paths, "PACKAGE", root / "data" / "package.yaml")
        patch.setattr(paths, "CHAPTERS", root / "chapters")
        patch.setattr(paths, "BIBLIOGRAPHY", root / "references.bib")
        yield root


@contextmanager
def restored(path: Path) -> Iterator[None]:
    """Put a file back as it was, time stamp too, so that what was read of it stays known."""
    before, status = path.read_bytes(), path.stat()
    try:
        yield
    finally:
        path.write_bytes(before)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def read_text(table: str) -> pd.DataFrame:
    return pd.read_csv(describe(table).path, dtype="str", keep_default_na=False)


def first(frame: pd.DataFrame, row: Row) -> int:
    """Position of the first row with these values."""
    chosen = pd.Series(True, index=frame.index)
    for column, value in row.items():
        if column in frame:
            chosen &= (frame[column] != "") if value == "*" else (frame[column] == value)
    assert chosen.any(), f"no row {row}"
    return int(chosen.to_numpy().argmax())


def where(case: Spoiled, frame: pd.DataFrame) -> str:
    """The beginning of the line that the check must report."""
    if case.line:
        return case.line
    table = case.table_at or case.table
    row = first(read_text(table) if case.table_at else frame, case.at or case.row) + 2
    path = describe(table).path.relative_to(paths.ROOT).as_posix()
    return f"{path}, row {row}, column {case.column or case.cell}: "


@pytest.mark.parametrize("name", CHECKS)
def test_the_package_passes(name: str) -> None:
    assert found_by(name) == []


@pytest.mark.parametrize("case", SPOILED, ids=lambda case: f"{case.check}-{case.table}-{case.cell}")
def test_a_spoiled_cell_is_found_and_named(case: Spoiled, package: Path) -> None:
    path = describe(case.table).path
    frame = read_text(case.table)
    expected = where(case, frame)
    frame.loc[first(frame, case.row), case.cell] = case.value
    with restored(path):
        frame.to_csv(path, index=False, lineterminator="\n")
        found = found_by(case.check)
    assert any(line.startswith(expected) for line in found), found
    # Each line says after the place what is wrong, and how to mend it.
    assert all(";" in line and "{" not in line for line in found)


def test_every_check_has_a_spoiled_cell() -> None:
    assert {case.check for case in SPOILED} | ELSEWHERE == set(CHECKS)
    told = {(case.check, case.table_at or case.table) for case in SPOILED}
    rules = {(rule, table.name) for table in tables().values() for rule in table.rules}
    assert rules <= told


def test_a_check_says_what_must_hold() -> None:
    said = {function.__name__: function.__doc__ for function in sanity.CHECKS}
    for table in tables().values():
        said |= {name: rule["holds"] for name, rule in table.rules.items()}
    assert set(said) == set(CHECKS)
    assert all(holds and holds.endswith(".") for holds in said.values())


def test_a_vintage_in_the_future_is_found(package: Path) -> None:
    path = describe("imports_by_use").path.with_suffix(".yaml")
    with restored(path):
        text = path.read_text("utf-8")
        assert "vintage: 2025-07\n" in text
        path.write_text(text.replace("vintage: 2025-07\n", "vintage: 2027-07\n", 1), "utf-8")
        (line,) = found_by("no_vintage_is_in_the_future")
    assert line.startswith("data/trade/imports_by_use.yaml, vintage: 2027-07 is after this edition")


def test_a_coverage_that_the_rows_tell_is_found(package: Path) -> None:
    path = describe("imports_by_use").path.with_suffix(".yaml")
    with restored(path):
        text = path.read_text("utf-8").replace("by use", "by use, 2005-2024")
        path.write_text(text + "coverage: 2005-2024\n", "utf-8")
        line, title = found_by("coverage_is_told_by_the_rows")
    assert title.startswith("data/trade/imports_by_use.yaml, title: the rows tell the years")
    assert line.startswith("data/trade/imports_by_use.yaml, coverage: the rows tell the years")


def test_an_unused_reference_is_found(package: Path) -> None:
    path = paths.BIBLIOGRAPHY
    with restored(path):
        entry = "\n@misc{nobody2020never, title = {Never cited}, year = {2020}}\n"
        path.write_text(path.read_text("utf-8") + entry, "utf-8")
        (line,) = found_by("every_reference_is_used")
        assert line.startswith("references.bib, entry nobody2020never: ")
        chapter = paths.CHAPTERS / "cites.md"
        chapter.write_text("As {cite:t}`sanborn2013, nobody2020never` never said.", "utf-8")
        assert found_by("every_reference_is_used") == []
        chapter.unlink()


def test_two_works_of_one_author_and_year_are_told_apart(package: Path) -> None:
    path = paths.BIBLIOGRAPHY
    with restored(path):
        entry = "\n@misc{ellis2022again, author = {Ellis, R. Evan}, title = {x}, year = {2022}}\n"
        path.write_text(path.read_text("utf-8") + entry, "utf-8")
        (line,) = found_by("citations_tell_works_apart")
        assert line.startswith("references.bib, entry ellis2022again: the text prints it as Ellis")
        assert "ellis2022;" in line


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("wrong: value_usd_m.isna()", "wrong: value_usd.isna()", "name 'value_usd' is not defined"),
        ("wrong: value_usd_m.isna()", "wrong: value_usd_m isna()", "invalid syntax"),
        ("    wrong:", "    rows: year > 'x'\n    wrong:", ""),
        (
            "    wrong:",
            "    join: {other: {of: macro, by: [yaer], take: value}}\n    wrong:",
            "yaer",
        ),
    ],
)
def test_a_rule_that_cannot_be_understood_is_named(
    package: Path, old: str, new: str, told: str
) -> None:
    path = describe("long_run_trade").path.with_suffix(".yaml")
    with restored(path):
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        place = r"long_run_trade\.yaml, rules, long_run_gaps_are_marked: .*"
        (line,) = sanity.problems()
    assert re.search(f"{place}{told}.*; correct the rule$", line)


def test_where_counts_the_header_as_row_1() -> None:
    place = sanity.where("copper_ore_to_china", 0, "year")
    assert place == "data/trade/copper_ore_to_china.csv, row 2, column year"
