import pytest

from peru_asia import data
from peru_asia.book.cells.forms import NBSP
from peru_asia.book.web.claims import printed
from peru_asia.errors import BookError

CLAIMS = data.load("claims").set_index("id")
NUMBERED = CLAIMS[CLAIMS["value"].notna()]
ENDINGS = {
    "pct": "%",
    "ratio": f"{NBSP}times",
    "years": f"{NBSP}years",
    "days": f"{NBSP}days",
    "km": f"{NBSP}km",
    "ha": f"{NBSP}ha",
}


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("C069", "67%"),
        ("C057", "25.7%"),
        ("C080", f"18.9{NBSP}times"),
        ("C077", f"US${NBSP}7.7{NBSP}billion"),
        ("C088", f"US${NBSP}90{NBSP}million"),
        ("C021", "100,000"),
        ("C001", "2016"),
        ("C233", f"1,100{NBSP}ha"),
    ],
)
def test_a_claim_is_printed_as_its_source_prints_it(claim: str, text: str) -> None:
    assert printed(claim) == (text, CLAIMS.loc[claim, "source"])


@pytest.mark.parametrize("unit", ENDINGS)
def test_units_follow_the_number(unit: str) -> None:
    for claim in NUMBERED.index[NUMBERED["unit"] == unit]:
        assert printed(claim)[0].endswith(ENDINGS[unit]), claim


def test_dollars_stand_before_the_number_and_their_scale_behind_it() -> None:
    for claim in NUMBERED.index[NUMBERED["unit"] == "usd_m"]:
        text, _ = printed(claim)
        assert text.startswith(f"US${NBSP}"), claim
        assert text.endswith((f"{NBSP}million", f"{NBSP}billion")), claim


def test_years_have_no_thousands_comma() -> None:
    for claim in NUMBERED.index[NUMBERED["unit"] == "year"]:
        assert len(printed(claim)[0]) == 4, claim


def test_no_claim_breaks_at_the_end_of_a_line_or_has_a_hyphen_for_a_minus() -> None:
    for claim in NUMBERED.index:
        text, source = printed(claim)
        assert " " not in text, claim
        assert "-" not in text, claim
        assert source


def test_an_unknown_claim_is_named_and_the_nearest_suggested() -> None:
    with pytest.raises(BookError, match=r"no claim 'C69'.*did you mean .*'C069'"):
        printed("C69")


def test_a_claim_without_a_number_is_named() -> None:
    for claim in CLAIMS.index[CLAIMS["value"].isna()]:
        with pytest.raises(BookError, match=claim):
            printed(claim)
