"""Every chapter has the same parts in the same order; what it lacks is named."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from peru_asia import paths
from peru_asia.book.text import anatomy, chapters


def test_all_numbered_parts_are_looked_at() -> None:
    names = [anatomy.read(path).name for path in chapters.numbered()]
    assert {"history/relations", "trade/boom", "outlook/scenarios"} <= set(names)
    assert len(names) >= 18


def test_a_chapter_says_what_it_is_about() -> None:
    found = anatomy.read(paths.CHAPTERS / "trade" / "partners.md")
    assert found.title == "Partners: who buys from Peru, and who sells to it"
    assert found.question.startswith("Since when is China Peru's largest market")
    assert found.objectives[0].startswith("to redo") or found.objectives[0].startswith("redo")
    assert found.minutes == 50


GOOD = (paths.CHAPTERS / "trade" / "partners.md").read_text("utf-8")

SPOILED = {
    "no question": ("{admonition} Question", "{admonition} Doubt", "no question"),
    "no minutes": ("Allow about fifty minutes.", "", "no objectives"),
    "odd minutes": ("about fifty minutes", "about fifty-one minutes", "'fifty-one minutes' is not"),
    "three sentences": (
        "**The answer in two sentences.** ",
        "**The answer in two sentences.** First this. ",
        "the answer in two sentences has 3",
    ),
    "no doubts": ("## What could be wrong", "## Doubts", "no section 'What could be wrong'"),
    "wrong order": ("## Further reading", "## Further reading\n\n## And more", "in this order"),
    "unknown kind": (
        "{exercise} Compute:",
        "{exercise} Count:",
        "no exercise of the kind 'Compute",
    ),
    "no hint": (":::{hint}\n", ":::{tip}\n", "has no hint"),
    "no solution": ("{solution-start} ex-", "{solution-start} other-", "is not followed by its"),
    "no notes": ("{instructor-start}", "{instructor}", "no section 'For the instructor'"),
    "no timing": ("**Timing.**", "*Timing.*", "notes have no '**Timing.**'"),
}


@pytest.mark.parametrize("case", SPOILED)
def test_what_is_missing_is_named(case: str) -> None:
    old, new, told = SPOILED[case]
    assert old in GOOD
    assert told in "\n".join(anatomy.problems_in(GOOD.replace(old, new, 1)))


def test_a_problem_names_its_line() -> None:
    line = GOOD[: GOOD.index(":::{exercise} Compute:")].count("\n") + 1
    *_, problem = anatomy.problems_in(GOOD.replace("{exercise} Compute:", "{exercise} Count:", 1))
    assert problem.startswith(f"line {line}: exercise '")


def test_all_missing_sections_are_named() -> None:
    spoiled = GOOD.replace("## What could be wrong", "## Doubts").replace("## Further", "## More")
    assert list(anatomy.problems_in(spoiled)) == [
        "no section 'What could be wrong'; add '## What could be wrong'",
        "no section 'Further reading'; add '## Further reading'",
    ]


def test_the_teaching_part_lists_every_chapters_objectives_and_minutes(book: Path) -> None:
    page = (book / "chapters/teaching/plans.html").read_text("utf-8")
    rows = BeautifulSoup(page, "lxml").select("#tab-objectives tbody tr")
    assert len(rows) == len(chapters.numbered())
    for row, path in zip(rows, chapters.numbered(), strict=True):
        chapter, _, objectives, minutes = row.select("td")
        found = anatomy.read(path)
        assert chapter.select_one("a")["href"] == f"../{found.name}.html"
        assert len(objectives.select("li")) == len(found.objectives)
        assert int(minutes.get_text()) == found.minutes
