"""The student's and the instructor's book as built: every file of them is searched."""

import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html

from peru_asia import paths
from peru_asia.book.text.editions import Edition, select
from peru_asia.files import walk
from tests.book.conftest import text_of

CHAPTERS = list(walk(paths.CHAPTERS, ".md"))
SHARDS = 10  # words in a row that tell a passage from all others
SHOWN = "//text()[not(parent::script or parent::style)]"


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text)


def shards(text: str) -> Iterator[tuple[str, ...]]:
    """All runs of a few words in the text, whatever stands between the words."""
    found = words(text)
    return zip(*(found[i:] for i in range(SHARDS)), strict=False)


def secret(edition: Edition) -> set[tuple[str, ...]]:
    """What the chapters say in passages that the edition leaves out, and nowhere else."""
    whole = set[tuple[str, ...]]()
    kept = list[str]()
    for chapter in CHAPTERS:
        text = chapter.read_text("utf-8")
        whole.update(shards(text))
        kept.append(select(text, edition, chapter.name))
    # What tables and helpers say, every edition has; a solution may quote it.
    for folder in (paths.DATA, paths.SOURCE):
        kept += [path.read_text("utf-8") for path in walk(folder, ".csv", ".yaml", ".py")]
    for text in kept:
        whole.difference_update(shards(text))
    return whole


def texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the text of a file, or of the files in it."""
    if name.endswith((".zip", ".whl")):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for inside in archive.namelist():
                yield from texts(f"{name}/{inside}", archive.read(inside))
    elif name.endswith(".html"):
        yield name, content.decode()
        yield name, " ".join(html.fromstring(content).xpath(SHOWN))
    elif name.endswith(".ipynb"):
        cells = json.loads(content)["cells"]
        yield name, "\n".join("".join(cell["source"]) for cell in cells)
    else:  # a picture or a font decodes to no words
        yield name, content.decode(errors="replace")


def leaks(edition: Edition) -> dict[str, list[tuple[str, ...]]]:
    hidden = secret(edition)
    found = {}
    read = [(edition.pdf().name, " ".join(text_of(edition.pdf())))]
    for path in edition.html.rglob("*"):
        if path.is_file() and path.name != "vega-bundle.js":
            read += texts(str(path.relative_to(edition.html)), path.read_bytes())
    for name, text in read:
        if out := hidden.intersection(shards(text)):
            found[name] = sorted(out)[:5]
    return found


def test_the_search_finds_what_is_there(book: Path) -> None:
    """The reader's edition has the solutions that the student's leaves out."""
    hidden = secret(Edition.STUDENT)
    assert len(hidden) > 10_000
    page = Edition.READER.html / "chapters/trade/partners.html"
    for _, text in texts(page.name, page.read_bytes()):  # as it is written, and as it is read
        assert hidden.intersection(shards(text))


def test_no_file_of_the_student_holds_a_solution(student: Edition) -> None:
    assert leaks(student) == {}


def test_no_file_of_the_reader_holds_notes_for_the_instructor(book: Path) -> None:
    assert leaks(Edition.READER) == {}


@pytest.mark.parametrize("word", ["sol-", "talking points", "common misreadings"])
def test_nothing_in_the_students_search_index_points_to_solutions(
    student: Edition, word: str
) -> None:
    index = (student.html / "searchindex.js").read_text("utf-8").lower()
    assert word not in index


def test_the_student_has_every_exercise_and_hint(student: Edition) -> None:
    for chapter in CHAPTERS:
        text = chapter.read_text("utf-8")
        asked = text.count("{exercise}")
        if asked and "{code-cell}" in text:
            page = student.html / chapter.relative_to(paths.ROOT).with_suffix(".html")
            root = html.parse(page).getroot()
            exercises = root.find_class("exercise")
            assert len(exercises) == asked
            assert sum(len(exercise.find_class("hint")) for exercise in exercises) == asked
            assert root.find_class("solution") == []


def test_the_instructor_has_solutions_and_notes_on_the_web_and_in_print(
    instructor: Edition,
) -> None:
    page = instructor.html / "chapters/trade/partners.html"
    text = html.parse(page).getroot().text_content()
    pdf = " ".join(text_of(instructor.pdf()))
    for said in ("For the instructor", "Common misreadings.", "Solution to"):
        assert said in text
        assert said in pdf
