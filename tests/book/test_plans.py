"""The course plans agree with the chapters: what is read, for how long, and what fills a class."""

import re
from pathlib import Path

import pytest

from peru_asia import paths
from peru_asia.book.text import anatomy
from peru_asia.book.text.chapters import numbered

PLANS = paths.CHAPTERS / "teaching" / "plans.md"
A_CLASS = 90  # minutes
_TABLE = re.compile(r"^```\{list-table\} [^\n]*\n:name: (\S+)\n(.*?)^```$", re.M | re.S)
_ROW = re.compile(r"^\* - (.*?)(?=^\* - |\Z)", re.M | re.S)
_FIVES = ["five", "ten", "fifteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {word: 5 * n for n, word in enumerate(_FIVES, 1)}
_NUMBERS |= {ten: 10 * n for n, ten in enumerate(_TENS, 2)}
_NUMBERS |= {f"{ten}-five": 10 * n + 5 for n, ten in enumerate(_TENS, 2)}


def rows(table: str) -> list[list[str]]:
    """Return the cells of a plan's rows, of which there are some, without the head."""
    body = dict(_TABLE.findall(PLANS.read_text("utf-8")))[table]
    found = [re.split(r"^  - ", row, flags=re.M) for row in _ROW.findall(body)]
    assert len(found) > 1, table
    return [[" ".join(cell.split()) for cell in row] for row in found[1:]]


def minutes(text: str) -> int:
    """Return "an hour and twenty minutes" as a number."""
    words = re.fullmatch(r"(an hour and )?(\S+) minutes", text)
    assert words, text
    return (60 if words[1] else 0) + _NUMBERS[words[2]]


def read_in(cell: str) -> list[Path]:
    links = re.findall(r"\{doc\}`[^<`]*<([^>]+)>`", cell)
    return [(PLANS.parent / f"{link}.md").resolve() for link in links]


READING = {"tab-plan-know": 1, "tab-plan-gained": 1, "tab-plan-term": 0}


@pytest.mark.parametrize("table", READING)
def test_the_time_to_read_is_that_of_the_chapters(table: str) -> None:
    for row in rows(table):
        cell = row[READING[table]]
        chapters = read_in(cell)
        assert chapters, cell
        said = minutes(cell.rpartition("; ")[2])
        assert said == sum(anatomy.read(chapter).minutes for chapter in chapters), cell


@pytest.mark.parametrize("table", ["tab-plan-know", "tab-plan-gained"])
def test_what_is_done_in_class_fills_it(table: str) -> None:
    for row in rows(table):
        steps = re.findall(r"(?:^|\. )([A-Z][a-z-]+ minutes):", row[2])
        assert sum(minutes(step.lower()) for step in steps) == A_CLASS, row[0]


def test_the_one_session_fills_its_time() -> None:
    assert sum(minutes(row[0].lower()) for row in rows("tab-plan-one")) == A_CLASS


def test_a_term_reads_every_chapter_once() -> None:
    read = [chapter for row in rows("tab-plan-term") for chapter in read_in(row[0])]
    essay = "\n% anatomy: essay\n"
    long = [path for path in numbered() if essay not in path.read_text("utf-8")]
    chapters = [*long, paths.CHAPTERS / "teaching" / "sources.md"]
    assert sorted(read) == sorted(chapters)
    assert len(rows("tab-plan-term")) == 12


def test_minutes_are_read_from_words() -> None:
    assert minutes("an hour and thirty-five minutes") == 95
    assert minutes("ninety minutes") == 90
    with pytest.raises(AssertionError):
        minutes("an hour and a bit")
