"""Key results of the chapter on corrections, each with the reason for its value."""

import pandas as pd
import pytest

from peru_asia import claims, data


@pytest.fixture(scope="module")
def register() -> pd.DataFrame:
    return claims.corrections()


@pytest.fixture(scope="module")
def ledger(ledger: pd.DataFrame) -> pd.DataFrame:
    out = ledger.merge(data.load("claims")[["id", "quantity"]], on="id")
    return out.set_index("id", drop=False)


def test_rows_of_the_two_texts_by_standing(register: pd.DataFrame) -> None:
    # Counted by hand in data/claims/corrections.csv.
    counts = register.groupby("text", observed=True)["standing"].value_counts()
    assert counts["ellis2022"].to_dict() == {
        "known_before": 16, "known_after": 5, "own_figures": 1, "not_dated": 1
    }  # fmt: skip
    assert counts["sanborn2013"].to_dict() == {
        "own_figures": 4, "known_before": 3, "known_after": 2
    }  # fmt: skip


def test_half_the_better_facts_were_public_for_four_years(register: pd.DataFrame) -> None:
    before = register[(register["text"] == "ellis2022") & (register["standing"] == "known_before")]
    # The middle two of sixteen: China's ministry in November 2018, WITS in November 2017.
    assert sorted(before["lead_months"].round())[7:9] == [44, 56]
    assert before["lead_months"].median() // 12 == 4
    # From the paper of September 2013 to 3 August 2022 are eight years and ten months.
    assert before["lead_months"].max() == pytest.approx(8 * 12 + 10, abs=0.2)


def test_a_right_figure_beside_a_wrong_name(register: pd.DataFrame, ledger: pd.DataFrame) -> None:
    names = register[(register["text"] == "ellis2022") & (register["kind"] == "name")]
    verdicts = names["claim"].map(ledger["verdict"])
    assert len(names) == 5
    # Price of Chaglla, cost of the waterway, COSCO's 60 per cent.
    assert set(names[verdicts == "reproduced"]["claim"]) == {"C220", "C229", "C232"}


def test_trade_of_2021_is_too_low_in_print(ledger: pd.DataFrame) -> None:
    # Customs 21,132.8 and the United Nations' 14,611.6 over 15,900 and 5,600 as printed.
    found = ledger["computed"] / ledger["claimed"]
    assert found["C203"] == pytest.approx(21132.8 / 15900, abs=1e-3)
    assert found["C204"] == pytest.approx(14611.6 / 5600, abs=1e-3)
    # With the United States at 16,742: 1.3 times in print (21.5 over 16.6), 2.1 in the record.
    assert ledger["claimed"]["C198"] / ledger["claimed"]["C201"] == pytest.approx(1.295, abs=1e-3)
    assert ledger["computed"]["C198"] / ledger["computed"]["C201"] == pytest.approx(2.135, abs=1e-3)


def test_the_ministry_had_said_a_third_in_february_2022() -> None:
    quotes = data.load("trade_quotes").set_index("quote_id")
    # 33 per cent of 56,241, as printed on 2 February 2022, to the tenth of a billion.
    assert quotes["value_usd_m"]["Q128"] == pytest.approx(0.33 * 56241, abs=1)
    assert quotes["published"]["Q128"] == "2022-02-02"
    # The chamber's exports of 2020 are the article's imports: 11,115 rounds to 11.1 billion.
    assert round(quotes["value_usd_m"]["Q037"], -2) == 11100


def test_first_reports_were_an_eighth_too_low_in_two_years_only() -> None:
    quotes = data.load("trade_quotes").set_index("quote_id")["value_usd_m"]
    customs = data.load("trade_by_partner").query("partner == 'CHN' and flow == 'export'")
    customs = customs.set_index("year")["value_usd_m"]
    off = {
        year: 100 * (quotes[quote] / customs[year] - 1)
        for year, quote in ((2012, "Q010"), (2017, "Q031"), (2020, "Q037"), (2021, "Q128"),
                            (2022, "Q047"), (2023, "Q051"), (2024, "Q058"))
    }  # fmt: skip
    assert off[2020] == pytest.approx(-11.7, abs=0.1)
    assert off[2021] == pytest.approx(-12.2, abs=0.1)
    assert max(abs(off[year]) for year in (2012, 2017, 2022, 2023, 2024)) < 2.7


def test_trade_passed_twenty_five_times_2002_in_2021() -> None:
    table = data.load("trade_by_partner").query("partner == 'CHN' and year >= 1990")
    total = table.groupby("year")["value_usd_m"].sum()
    factor = total / total[2002]
    # 597.6 + 463.4 = 1,061.1 in 2002; 22,902 in 2020 and 35,744 in 2021.
    assert factor[2020] == pytest.approx(22902 / 1061.06, abs=0.01)
    assert factor[2021] == pytest.approx(35744 / 1061.06, abs=0.01)
    assert factor[factor >= 25].index.min() == 2021
    nine = (total.shift(-9) / total).dropna()
    # No nine years since 1990 come near twenty-five: 442.6 in 1999 to 7,705.5 in 2008.
    assert nine.idxmax() == 1999
    assert nine.max() == pytest.approx(17.4, abs=0.05)


def test_what_holds_by_kind(ledger: pd.DataFrame) -> None:
    table = claims.by_kind(ledger.reset_index(drop=True)).set_index(["source", "kind"])
    held = table["held"].astype(int).astype(str) + "/" + table["tested"].astype(str)
    # Counted by hand from `python -m peru_asia claims`.
    assert held["sanborn2013", "Stakes of owners"] == "18/18"
    assert held["sanborn2013", "Sums invested"] == "0/9"
    assert held["ellis2022", "Sums invested"] == "4/5"
    assert held["ellis2022", "Trade values"] == "1/6"
    totals = table.groupby("source", observed=True)[["held", "tested"]].sum()
    assert totals.loc["ellis2022"].tolist() == [10, 24]
    assert totals.loc["sanborn2013"].tolist() == [53, 73]


def test_the_records_contradict_each_other_too() -> None:
    sectors = data.load("exports_by_sector").query("item == 'total'")
    sectors = sectors.set_index("year")["value_usd_m"]
    world = data.load("trade_by_partner").query("partner == 'WLD' and flow == 'export'")
    gap = (sectors - world.set_index("year")["value_usd_m"]).dropna().abs()
    # SUNAT, G 1 less G 6: 1,169.3 in 2018, at most 11.2 (2016) otherwise.
    assert gap[2018] == pytest.approx(1169.3, abs=0.1)
    assert gap.drop(2018).max() == pytest.approx(11.2, abs=0.1)
    deals = data.load("chinese_deals")
    assert deals["double_count_of"].notna().sum() == 4
