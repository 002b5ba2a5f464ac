"""What the chapter Partners says, against published values and sums worked out by hand."""

import pandas as pd
import pytest

from peru_asia import data, indicators


@pytest.fixture(scope="module")
def buyers() -> pd.DataFrame:
    return data.load("exports_by_destination")


def test_china_takes_a_third_of_exports_in_2024() -> None:
    # SUNAT's edition of 2025: 24,565 of 73,594 million dollars.
    exports = data.load("trade_by_partner").query("flow == 'export'")
    of_world = indicators.share(exports, total="WLD")
    share = indicators.value_at(of_world, "share_pct", partner="CHN", year=2024)
    assert share == pytest.approx(100 * 24_565 / 73_594, abs=0.01)


def test_buyers_of_2024_are_as_concentrated_as_seven_equal_ones(buyers: pd.DataFrame) -> None:
    # China (33.4 %), the United States (12.9 %) and the rest: 0.1114 + 0.0167 + small squares.
    hhi = indicators.hhi(buyers.query("year == 2024")["value_usd_m"])
    assert hhi == pytest.approx(0.1114 + 0.0167 + 0.016, abs=0.001)
    assert round(1 / hhi) == 7


def test_concentration_was_lowest_in_the_1990s_and_last_so_high_in_1986(
    buyers: pd.DataFrame,
) -> None:
    hhi = buyers.groupby("year")["value_usd_m"].agg(indicators.hhi)
    assert hhi.idxmin() == 1994
    earlier = hhi[hhi.index < 2010]
    assert earlier[earlier >= hhi[2024]].index.max() == 1986


def test_who_was_the_largest_partner_of_2011_depends_on_gold() -> None:
    # Exports and imports in all: 6,030 + 7,429 with the United States (5,419 + 7,429 without gold),
    # 6,973 + 6,365 with China.
    trade = data.load("trade_by_partner").query("year == 2011")
    both = trade.groupby("partner")["value_usd_m"].sum()
    assert both["USA"] == pytest.approx(13_459, abs=1)
    assert both["CHN"] == pytest.approx(13_337, abs=1)
    reporters = data.load("trade_reporters").query(
        "reporter == 'PER' and flow == 'export' and source == 'wits2017'"
    )
    gold_free = indicators.value_at(reporters, "value_usd_m", partner="USA", year=2011)
    imports = indicators.value_at(trade, "value_usd_m", partner="USA", flow="import")
    assert gold_free + imports < both["CHN"]


def test_chinas_mirror_gap_is_not_larger_than_koreas() -> None:
    wits = data.load("trade_reporters").query("source == 'wits2017' and flow == 'export'")
    sold = wits[wits["reporter"] == "PER"].set_index(["year", "partner"])["value_usd_m"]
    counted = wits[wits["reporter"] == wits["partner"]].set_index(["year", "partner"])[
        "value_usd_m"
    ]
    ratio = (counted / sold).loc[2001:2016].groupby("partner").median()
    # Of sixteen years the eighth and the ninth: 1.16 and 1.17 for China, 1.16 and 1.17 for Korea.
    assert ratio["CHN"] == pytest.approx(1.165, abs=0.01)
    assert ratio["KOR"] == pytest.approx(1.165, abs=0.01)
    assert ratio["USA"] < ratio["JPN"] < ratio["CHN"]
