"""Every paragraph of the texts that the book starts from has its place in it, or a reason.

``outline.csv`` has a row for each paragraph, in our own words: where the book takes it up (the file
of the chapter under ``chapters`` and a heading of it), or why nowhere. Tables count as paragraphs.
"""

import re
from pathlib import Path

import pandas as pd
import pytest

from peru_asia import paths

OUTLINE = pd.read_csv(Path(__file__).with_name("outline.csv"), dtype={"paragraph": int}).fillna("")
TEXTS = {"psg2016a", "psg2016b", "sanborn2013", "ellis2022"}
WORDS = 15


def headings(chapter: str) -> set[str]:
    """The headings of a chapter, outside its cells."""
    text = (paths.CHAPTERS / f"{chapter}.md").read_text("utf-8")
    prose = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    return set(re.findall(r"^##+ (.+)$", prose, re.M))


def test_all_texts_are_outlined_paragraph_by_paragraph() -> None:
    assert set(OUTLINE["source"]) == TEXTS
    for _, rows in OUTLINE.groupby(["source", "section"]):
        assert rows["paragraph"].tolist() == list(range(1, len(rows) + 1))
    assert OUTLINE["says"].str.split().str.len().between(1, WORDS).all()


def test_each_paragraph_has_a_place_or_a_reason() -> None:
    both = OUTLINE[(OUTLINE["place"] == "") == (OUTLINE["silence"] == "")]
    assert both.empty, both[["source", "section", "paragraph"]].to_string()


@pytest.mark.parametrize("chapter", sorted({*OUTLINE["place"].str.split("#").str[0]} - {""}))
def test_the_places_exist(chapter: str) -> None:
    places = OUTLINE["place"].str.split("#", n=1, expand=True)
    named = set(places.loc[places[0] == chapter, 1])
    missing = named - headings(chapter)
    assert not missing, f"no heading in chapters/{chapter}.md; it may have another name now"
