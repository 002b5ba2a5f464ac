"""Every fact prints what it must: see the pins, a file for each chapter beside this one."""

import re
from pathlib import Path

import pytest

from peru_asia import paths
from peru_asia.book.make import pins
from peru_asia.book.text.chapters import name_of, notebooks

CHAPTERS = [name_of(path) for path in notebooks()]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_facts_print_what_was_pinned(book: Path, chapter: str) -> None:
    changed = pins.differences(chapter)
    assert not changed, f"if this must be so: python -m peru_asia accept {chapter}"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_worked_solutions_have_reasons(chapter: str) -> None:
    text = (paths.CHAPTERS / f"{chapter}.md").read_text("utf-8")
    shown = re.findall(r"\{glue:text\}`(sol_\w+)`", text)
    pinned = pins.pinned(chapter)
    without = [name for name in shown if len(pinned[name].get("because", "").split()) < 2]
    assert not without


def test_no_pins_are_left_of_a_chapter_that_is_gone() -> None:
    assert {path.name for path in paths.PINS.glob("*.yaml")} <= {
        pins.file_of(chapter).name for chapter in CHAPTERS
    }
