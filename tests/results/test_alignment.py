"""Key results of the chapter on votes and visits, with the reason for each value."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind
from peru_asia.indicators.comovement import change

AGREEMENT = data.load("un_vote_agreement")
SIDES = data.load("un_vote_sides")
POINTS = data.load("un_ideal_points").query("votes == 'final_passage'")
CHOICES = ["with_china", "abstained", "with_other"]


def pooled(table: pd.DataFrame, length: int, choices: list[str], whole: str, by: list[str]):
    rows = table.assign(period=ind.votes.stretch(table["year"], length))
    shares = ind.votes.choice_shares(rows, choices, whole=whole, by=["period", *by])
    return shares.set_index(["period", "choice", *by])


# Counted again from the single roll calls of 2019: 67 of
# 88, 16 of 90, 57 of 90 and 55 of 90.
@pytest.mark.parametrize(
    ("partner", "share"), [("CHN", 67 / 88), ("USA", 16 / 90), ("JPN", 57 / 90), ("KOR", 55 / 90)]
)
def test_agreement_of_the_last_year(partner: str, share: float) -> None:
    value = ind.value_at(AGREEMENT, "agreement_pct", year=2019, partner=partner)
    assert value == pytest.approx(100 * share, abs=0.005)


def test_agreement_with_china_fell_while_its_share_of_exports_rose() -> None:
    shares = pooled(AGREEMENT, 10, ["same_vote"], "votes_both_cast", ["partner"])["share_pct"]
    china = [
        shares[decade, "same_vote", "CHN"]
        for decade in ("1980–89", "1990–99", "2000–09", "2010–19")
    ]
    # Counted again from the single roll calls, decade by decade.
    assert china == pytest.approx([88.9, 79.5, 77.0, 74.8], abs=0.05)
    exports = ind.share(data.load("trade_by_partner").query("flow == 'export'"), total="WLD")
    took = [ind.value_at(exports, "share_pct", partner="CHN", year=y) for y in (1990, 2019)]
    assert took == pytest.approx([1.7, 29.2], abs=0.05)


def test_sides_between_china_and_the_united_states() -> None:
    shares = pooled(SIDES, 10, CHOICES, "opposed", ["other"])
    # Counted a second time from the single roll calls: 183 + 181 of 207 + 214 in the 1990s,
    # 188 + 233 of 231 + 303 in the 2010s.
    assert shares["share_pct"]["1990–99", "with_china", "USA"] == pytest.approx(100 * 364 / 421)
    assert shares["share_pct"]["2010–19", "with_china", "USA"] == pytest.approx(100 * 421 / 534)
    assert SIDES.loc[SIDES["other"] == "USA", "opposed"].sum() == 2442


def test_important_votes_went_from_china() -> None:
    marked = pooled(SIDES[SIDES["other"] == "USA"], 5, CHOICES, "opposed", ["important"])
    # From the single roll calls: 22 of 23 in the late 1980s, 7 of 35 in 2010-14.
    assert marked["votes"]["1985–89", "with_china", "yes"] == 22
    assert marked["of"]["1985–89", "with_china", "yes"] == 23
    assert marked["votes"]["2010–14", "with_china", "yes"] == 7
    assert marked["of"]["2010–14", "with_china", "yes"] == 35


def test_unmarked_roll_calls_make_the_peak_of_2016() -> None:
    late = SIDES[(SIDES["other"] == "USA") & SIDES["year"].between(2016, 2017)]
    late = late.groupby("important", observed=True)[["with_other", "opposed"]].sum()
    # Rows of the table: 9 of 12 and 8 of 10; 1 of 31 and 0 of 52.
    assert late.loc["unknown"].tolist() == [17, 22]
    assert late.loc["no"].tolist() == [1, 83]


def test_unmarked_roll_calls_are_older_than_the_peak() -> None:
    # Of all three's votes: 307 of 1,633 from 1997 to 2015, 71 of 238 in 2016 and 2017.
    with_usa = SIDES[SIDES["other"] == "USA"]
    for first, last, unmarked, cast in ((1997, 2015, 307, 1633), (2016, 2017, 71, 238)):
        rows = with_usa[with_usa["year"].between(first, last)]
        assert rows["votes_all_cast"].sum() == cast
        assert rows.loc[rows["important"] == "unknown", "votes_all_cast"].sum() == unmarked


def test_the_new_counts_fit_the_old_ones() -> None:
    # Peru and China agree in at least the opposed votes in which Peru sided with China.
    sided = SIDES[SIDES["other"] == "USA"].groupby("year")["with_china"].sum()
    same = AGREEMENT[AGREEMENT["partner"] == "CHN"].set_index("year")["same_vote"]
    assert (sided <= same).all()
    assert sided.index.equals(same.index)


def test_peru_drifted_a_little_more_than_the_margin_of_one_year() -> None:
    mean = POINTS.assign(period=ind.votes.stretch(POINTS["year"]))
    mean = mean.groupby(["country", "period"])["ideal_point"].mean()
    # Sums of the five values over five, by hand: 0.2211 / 5 and -0.9087 / 5.
    assert mean["PER", "2000–04"] == pytest.approx(0.0442, abs=5e-5)
    assert mean["PER", "2020–24"] == pytest.approx(-0.18174, abs=5e-5)
    peru = POINTS[(POINTS["country"] == "PER") & (POINTS["year"] >= 2000)]
    assert ((peru["high_95"] - peru["low_5"]) / 2).mean() == pytest.approx(0.16, abs=0.005)


def test_only_chinas_band_meets_perus_since_2000() -> None:
    gaps = ind.votes.gaps(POINTS, "PER")
    meet = gaps[(gaps["year"] >= 2000) & gaps["meet"]]
    assert list(zip(meet["country"], meet["year"], strict=True)) == [
        ("CHN", year) for year in (2015, 2016, 2017, 2019, 2020, 2021)
    ]


def test_one_series_cannot_tell_trade_from_time() -> None:
    exports = ind.share(data.load("trade_by_partner").query("flow == 'export'"), total="WLD")
    share = exports[exports["partner"] == "CHN"].set_index("year")["share_pct"].loc[1971:]
    same = AGREEMENT.pivot(index="year", columns="partner", values="agreement_pct").loc[1971:]
    china, japan = (
        ind.lagged_correlations(share, same[code], [0]).iloc[0] for code in ("CHN", "JPN")
    )
    # Strong in levels, with an interval that holds zero, for a partner without any link too.
    assert china["correlation"] == pytest.approx(-0.51, abs=0.005)
    assert china["low"] < 0 < china["high"]
    assert japan["correlation"] == pytest.approx(0.48, abs=0.005)
    assert abs(ind.correlation(change(share), change(same["CHN"]))) < 0.1


def test_meetings_on_the_list_by_president() -> None:
    visits = data.load("leader_visits")
    listed = visits[
        (visits["source"] == "chinavitae2018")
        & (visits["partner"] == "CHN")
        & visits["office"].isin(["president", "premier"])
    ]
    # Counted on the list: V02, V04 to V08, V11, V14 to V16, V18 to V21.
    assert listed["peruvian_side"].value_counts().to_dict() == {
        "Ollanta Humala": 5,
        "Alejandro Toledo": 3,
        "Alan García": 3,
        "Pedro Pablo Kuczynski": 3,
    }


def test_sinopharm_came_first_and_pfizer_brought_most() -> None:
    doses = data.load("vaccine_doses")
    arrived = doses[doses["measure"] == "arrived"]
    # 300,000 and 700,000 before the first other shipment on 3 March 2021; 2.0 of 8.15 million.
    assert arrived[arrived["date"] < "2021-03-03"].groupby("maker", observed=True)[
        "doses"
    ].sum().to_dict() == {"sinopharm": 1_000_000}
    total = arrived.groupby("maker", observed=True)["doses"].sum()
    assert 100 * total["sinopharm"] / total.sum() == pytest.approx(24.5, abs=0.05)
    given = doses[doses["measure"] == "administered_to_date"].set_index("maker")["doses"]
    assert 100 * given["sinopharm"] / given.sum() == pytest.approx(26.1, abs=0.05)
