"""Typed years beside facts: those of another date, and those that will not stay right."""

import pytest

from peru_asia import data, paths
from peru_asia.book.make import years

PATH = paths.CHAPTERS / "trade" / "partners.md"
LAST = int(data.load("trade_by_partner")["year"].max())


def fact(when: list[int], named: list[int]) -> dict:
    words = {"what": [], "of": [], "when": when, "named": named}
    return {"words": words, "tables": {"trade_by_partner": "2026"}}


# Three facts: of 2011, of the last year, and of a period up to it.
FACTS = {
    "trade/partners": {
        "then": fact([2011], []),
        "now": fact([LAST], [LAST]),
        "growth": fact([2011, LAST], [LAST]),
        "unknown": fact([], []),
    }
}


RIGHT = {
    "its own year": "China took {glue:text}`then` in 2011.",
    "inside its period": "It grew by {glue:text}`growth` in 2015.",
    "nothing known": f"It took {{glue:text}}`unknown` in {LAST}.",
    "printed": "In {glue:text}`last` China took {glue:text}`now`.",
    "another sentence": f"China took {{glue:text}}`now`. The port opened in {LAST}.",
    "in an alt text": 'alt="China takes {then} in 2011."',
    "a name with a year": f"It took {{glue:text}}`now`, see {{glue:text}}`china_{LAST}`.",
}
WRONG = {
    "another year after it": ("China took {glue:text}`then` in 2012.", "2012 beside then, which"),
    "another year before it": (
        "In 2012, Peru's China bought {glue:text}`then`.",
        "is of 2011; correct one of them",
    ),
    "outside its period": ("It grew by {glue:text}`growth` in 1990.", f"of 2011 and {LAST}"),
    "in an alt text": ('alt="China takes {then} "\n    "in 1990."', "line 2: typed year 1990"),
    "the end of the table": (
        f"China, by far the largest in {LAST}, took {{glue:text}}`now`.",
        "moves with the last year of trade_by_partner; print the year",
    ),
    "the end, from another chapter": (
        f"It was {{glue:text}}`../trade/partners.md::now` of all in {LAST}.",
        f"typed year {LAST} beside ../trade/partners.md::now",
    ),
}


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_in_order_is_let_be(case: str) -> None:
    assert list(years.problems_in(RIGHT[case], PATH, FACTS)) == []


@pytest.mark.parametrize("case", WRONG)
def test_a_year_that_is_wrong_or_will_be_is_named(case: str) -> None:
    text, said = WRONG[case]
    [problem, *_] = years.problems_in(text, PATH, FACTS)
    assert said in problem
