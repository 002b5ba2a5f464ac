"""The chapter on agreements: results that no pin says, each with the reason why it must be so."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind

SUMMIT, NOW = "2016-11-30", "2026-02-28"


@pytest.fixture(scope="module")
def agreements() -> pd.DataFrame:
    return data.load("agreements")


def test_the_members_that_the_text_names(agreements: pd.DataFrame) -> None:
    """All nine entered between 2009 and 2012; in 2015 five new markets were hoped for."""
    then, now = (ind.agreements.status_on(agreements, day)["status"] for day in (SUMMIT, NOW))
    nine, five = (set(then.index[then == status]) for status in ("in_force", "signed"))
    assert nine == {"USA", "CHL", "CAN", "SGP", "CHN", "KOR", "MEX", "JPN", "THA"}
    assert five == {"AUS", "BRN", "MYS", "NZL", "VNM"}
    assert set(now.index[now == "in_force"]) == nine | five
    assert set(now.index[now == "signed"]) == {"HKG", "IDN"}
    assert set(now.index[now == "none"]) == {"PHL", "PNG", "RUS", "TWN"}
    # The nine and the five are the fourteen that the Peru Support Group printed (C004).
    assert data.load("claims").set_index("id").loc["C004", "value"] == len(nine | five)


def test_the_flags_of_the_table_say_the_same_as_the_dates(agreements: pd.DataFrame) -> None:
    """The columns of evidence were typed apart from the dates."""
    for day, column in ((SUMMIT, "in_force_2016_11"), (NOW, "in_force_2026_02")):
        status = ind.agreements.status_on(agreements, day)["status"]
        flagged = set(agreements.loc[agreements[column], "partner"])
        assert set(status.index[status == "in_force"]) == flagged


def test_korea_is_the_quickest_and_thailand_the_slowest(agreements: pd.DataFrame) -> None:
    """The text's ranking; members that joined the CPTPP after Peru do not count."""
    waits = ind.agreements.waits(agreements).dropna(subset=["days_low"])
    first = waits.groupby("agreement")["days_low"].min().sort_values()
    assert first.index[0] == "KOR_FTA"
    assert first.index[-2:].tolist() == ["CPTPP", "THA_PROTOCOL"]
    # Mexico's days lie between those of Japan and China.
    assert first["JPN_EPA"] < first["MEX_AIC"] < first["CHN_FTA"]
    # 29 May 2008 to 29 May 2009 are 365; June and July 30 + 31; the rest of May 2; 1 August.
    assert first["PESFTA"] == 365 + 2 + 61 + 1


def test_preferences_only_lower_a_rate() -> None:
    """Swapped columns, as in the copy that was read, would fail."""
    rates = data.load("tariffs").query("importer == 'PER'")
    rates = rates.pivot_table(index="year", columns="measure", values="rate_pct", observed=True)
    pairs = rates[["applied_weighted_mean", "mfn_weighted_mean"]].dropna()
    assert (pairs["applied_weighted_mean"] <= pairs["mfn_weighted_mean"]).all()
