"""Results of the chapter on votes and visits that no pin says, with the reason for each."""

import pytest

from peru_asia import data
from peru_asia import indicators as ind

AGREEMENT = data.load("un_vote_agreement")
SIDES = data.load("un_vote_sides")


# The last points of a figure, counted again from the single roll calls of 2019.
@pytest.mark.parametrize(
    ("partner", "share"), [("CHN", 67 / 88), ("USA", 16 / 90), ("JPN", 57 / 90), ("KOR", 55 / 90)]
)
def test_agreement_of_the_last_year(partner: str, share: float) -> None:
    value = ind.value_at(AGREEMENT, "agreement_pct", year=2019, partner=partner)
    assert value == pytest.approx(100 * share, abs=0.005)


def test_the_new_counts_fit_the_old_ones() -> None:
    # Peru and China agree in at least the opposed votes in which Peru sided with China.
    sided = SIDES[SIDES["other"] == "USA"].groupby("year")["with_china"].sum()
    same = AGREEMENT[AGREEMENT["partner"] == "CHN"].set_index("year")["same_vote"]
    assert (sided <= same).all()
    assert sided.index.equals(same.index)


def test_only_chinas_band_meets_perus_since_2000() -> None:
    gaps = ind.votes.gaps(data.load("un_ideal_points").query("votes == 'final_passage'"), "PER")
    meet = gaps[(gaps["year"] >= 2000) & gaps["meet"]]
    assert list(zip(meet["country"], meet["year"], strict=True)) == [
        ("CHN", year) for year in (2015, 2016, 2017, 2019, 2020, 2021)
    ]


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


def test_sinopharm_alone_came_before_march_2021() -> None:
    early = data.load("vaccine_doses").query("measure == 'arrived' and date < '2021-03-01'")
    assert set(early["maker"]) == {"sinopharm"}
