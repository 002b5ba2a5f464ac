"""The chapter on agreements: its key results, each with the reason why it must be so."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind

SUMMIT, NOW = "2016-11-30", "2026-02-28"


@pytest.fixture(scope="module")
def agreements() -> pd.DataFrame:
    return data.load("agreements")


@pytest.fixture(scope="module")
def exports() -> pd.DataFrame:
    exports = data.load("exports_by_destination").query("year >= 2005 and partner.notna()")
    world = data.load("trade_by_partner").query(
        "flow == 'export' and year >= 2005 and partner == 'WLD'"
    )
    return pd.concat([table[["year", "partner", "value_usd_m"]] for table in (exports, world)])


@pytest.fixture(scope="module")
def value(exports: pd.DataFrame) -> pd.DataFrame:
    return exports.pivot(index="year", columns="partner", values="value_usd_m")


def test_nine_are_in_force_at_the_summit_of_2016(agreements: pd.DataFrame) -> None:
    """All entered between 2009 and 2012, Thailand's protocol on the last day of 2011."""
    then = ind.agreements.status_on(agreements, SUMMIT)["status"]
    assert set(then.index[then == "in_force"]) == {
        *("USA", "CHL", "CAN", "SGP", "CHN", "KOR", "MEX", "JPN", "THA"),
    }


def test_five_more_come_only_through_the_tpp(agreements: pd.DataFrame) -> None:
    """Bloomberg BNA reported in 2015 that the TPP would open five new markets to Peru."""
    then = ind.agreements.status_on(agreements, SUMMIT)["status"]
    five = set(then.index[then == "signed"])
    assert five == {"AUS", "BRN", "MYS", "NZL", "VNM"}
    # The nine and the five are the fourteen that the Peru Support Group printed (C004).
    printed = data.load("claims").set_index("id").loc["C004", "value"]
    assert (then == "in_force").sum() + len(five) == printed == 14


def test_the_flags_of_the_table_say_the_same_as_the_dates(agreements: pd.DataFrame) -> None:
    """The columns of evidence were typed apart from the dates."""
    for day, column in ((SUMMIT, "in_force_2016_11"), (NOW, "in_force_2026_02")):
        status = ind.agreements.status_on(agreements, day)["status"]
        flagged = set(agreements.loc[agreements[column], "partner"])
        assert set(status.index[status == "in_force"]) == flagged


def test_fourteen_are_in_force_in_2026_and_two_signed(agreements: pd.DataFrame) -> None:
    """As the trade minister wrote in November 2024; the five of 2016 are among them."""
    now = ind.agreements.status_on(agreements, NOW)["status"]
    assert now.value_counts().to_dict() == {"in_force": 14, "none": 4, "signed": 2, "self": 1}
    assert set(now.index[now == "signed"]) == {"HKG", "IDN"}


@pytest.mark.parametrize(
    ("agreement", "days"),
    [
        # 28 April to 31 December 2009 are 247 days; January and February 2010 are 59; 1 March.
        ("CHN_FTA", 247 + 59 + 1),
        # 21 March to 31 March 2011 are 10; April to July 30 + 31 + 30 + 31; 1 August.
        ("KOR_FTA", 10 + 122 + 1),
        # 31 May to 31 December 2011 are 214; January and February 2012, a leap year, 60; 1 March.
        ("JPN_EPA", 214 + 60 + 1),
        # 8 March 2018 to 8 March 2021 are 1,096 with the leap day of 2020; to 19 September
        # 23 + 30 + 31 + 30 + 31 + 31 + 19.
        ("CPTPP", 1096 + 195),
        # 29 May 2008 to 29 May 2009 are 365; June and July 30 + 31; the rest of May 2; 1 August.
        ("PESFTA", 365 + 2 + 61 + 1),
        # Six years from 19 November 2005 with one leap day; 11 to 30 November; 31 December.
        ("THA_PROTOCOL", 6 * 365 + 1 + 11 + 31),
    ],
)
def test_days_from_signature_to_force(agreements: pd.DataFrame, agreement: str, days: int) -> None:
    waits = ind.agreements.waits(agreements)
    own = waits[waits["agreement"] == agreement]
    assert own["days_low"].min() == own["days_high"].min() == days


def test_korea_is_the_quickest_and_thailand_the_slowest(agreements: pd.DataFrame) -> None:
    """The text's ranking; members that joined the CPTPP after Peru do not count."""
    waits = ind.agreements.waits(agreements).dropna(subset=["days_low"])
    first = waits.groupby("agreement")["days_low"].min().sort_values()
    assert first.index[0] == "KOR_FTA"
    assert first.index[-2:].tolist() == ["CPTPP", "THA_PROTOCOL"]
    # Mexico's days lie between those of Japan and China.
    assert first["JPN_EPA"] < first["MEX_AIC"] < first["CHN_FTA"]


def test_coverage_of_2016_by_hand(agreements, exports, value) -> None:
    """SUNAT, US$ m: the nine of 20,681.1 in 36,310.0."""
    covered = ind.agreements.coverage(exports, agreements).set_index("year")
    # CHN, USA, CAN, KOR, JPN, CHL, MEX, THA, SGP.
    nine = 8492.3 + 6264.7 + 1685.3 + 1394.4 + 1264.7 + 1011.9 + 465.8 + 63.0 + 39.1
    assert covered.loc[2016, "covered_usd_m"] == pytest.approx(nine, abs=0.5)
    assert covered.loc[2016, "share_pct"] == pytest.approx(100 * nine / 36310.0, abs=0.01)
    assert covered.loc[2008, "share_pct"] == 0


def test_the_same_partners_bought_most_before_any_agreement(agreements, exports) -> None:
    """The chapter's main point; pinned so that a revision of the data shows."""
    covered = ind.agreements.coverage(exports, agreements).set_index("year")["share_pct"]
    fixed = ind.agreements.coverage(exports, agreements, as_of=NOW).set_index("year")["share_pct"]
    assert fixed[2005] == pytest.approx(61.6, abs=0.05)
    assert covered[2024] == pytest.approx(63.5, abs=0.05)
    assert covered[2024] == fixed[2024]


def test_after_2012_only_china_raised_the_coverage(agreements, exports, value) -> None:
    """The list of 2012 was nearly complete; the others' part fell while China's rose."""
    covered = ind.agreements.coverage(exports, agreements).set_index("year")["share_pct"]
    china = 100 * value["CHN"] / value["WLD"]
    assert china[2024] - china[2012] > covered[2024] - covered[2012] > 0
    assert (covered - china)[2024] < (covered - china)[2012]


def test_the_five_new_markets_bought_less_in_2024_than_in_2016(value) -> None:
    """SUNAT, US$ m: 259.6 + 0.1 + 110.6 + 24.4 + 93.2 against 89.4 + 0.0 + 263.8 + 19.8 + 68.8."""
    five = value[["AUS", "BRN", "MYS", "NZL", "VNM"]].sum(axis=1)
    assert five[2016] == pytest.approx(487.9, abs=0.1)
    assert five[2024] == pytest.approx(441.8, abs=0.1)


def test_most_of_the_fall_of_the_tariff_is_the_mfn_rate() -> None:
    """World Bank: MFN from 9.12 to 1.96, applied from 8.33 to 0.66, so 7.16 of 7.67 points."""
    tariffs = data.load("tariffs").query("importer == 'PER'").set_index(["measure", "year"])
    rate = tariffs["rate_pct"]
    mfn = rate["mfn_weighted_mean"][2005] - rate["mfn_weighted_mean"][2022]
    applied = rate["applied_weighted_mean"][2005] - rate["applied_weighted_mean"][2022]
    assert mfn == pytest.approx(7.16)
    assert applied == pytest.approx(7.67)
    # Preferences only lower a rate: swapped columns, as in the copy that was read, would fail.
    pairs = rate[["applied_weighted_mean", "mfn_weighted_mean"]].unstack("measure").dropna()
    assert (pairs["applied_weighted_mean"] <= pairs["mfn_weighted_mean"]).all()


def test_textile_exports_peaked_in_2012() -> None:
    """SUNAT, US$ m: 2,177 in 2012, 1,193 in 2016, 1,637 in 2024."""
    sectors = data.load("exports_by_sector").query("item == 'textiles'").set_index("year")
    textiles = sectors["value_usd_m"]
    assert textiles.idxmax() == 2012
    assert textiles.loc[[2012, 2016, 2024]].round().tolist() == [2177, 1193, 1637]
