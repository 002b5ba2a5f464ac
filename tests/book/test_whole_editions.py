"""The student's and the instructor's book as built: every file of them is searched."""

import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from peru_asia import paths
from peru_asia.book.text.editions import Edition, select
from peru_asia.files import walk
from tests.book.conftest import text_of

CHAPTERS = list(walk(paths.CHAPTERS, ".md"))
SHARDS = 10  # words in a row that tell a passage from all others


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text)


def shards(text: str) -> set[str]:
    """All runs of a few words in the text, whatever stands between the words."""
    found = words(text)
    return {" ".join(found[i : i + SHARDS]) for i in range(len(found) - SHARDS + 1)}


def secret(edition: Edition) -> set[str]:
    """What the chapters say in passages that the edition leaves out, and nowhere else."""
    whole, kept = set[str](), set[str]()
    for chapter in CHAPTERS:
        text = chapter.read_text("utf-8")
        whole |= shards(text)
        kept |= shards(select(text, edition, chapter.name))
    # What tables and helpers say, every edition has; a solution may quote it.
    for folder in (paths.DATA, paths.SOURCE):
        for path in walk(folder, ".csv", ".yaml", ".py"):
            kept |= shards(path.read_text("utf-8"))
    return whole - kept


def texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the text of a file, or of the files in it."""
    if name.endswith((".zip", ".whl")):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for inside in archive.namelist():
                yield from texts(f"{name}/{inside}", archive.read(inside))
    elif name.endswith(".html"):
        yield name, content.decode()
        yield name, BeautifulSoup(content, "lxml").get_text(" ")
    elif name.endswith(".ipynb"):
        cells = json.loads(content)["cells"]
        yield name, "\n".join("".join(cell["source"]) for cell in cells)
    else:  # a picture or a font decodes to no words
        yield name, content.decode(errors="replace")


def leaks(edition: Edition) -> dict[str, list[str]]:
    hidden = secret(edition)
    found = {}
    read = [(edition.pdf().name, " ".join(text_of(edition.pdf())))]
    for path in edition.html.rglob("*"):
        if path.is_file() and path.name != "vega-bundle.js":
            read += texts(str(path.relative_to(edition.html)), path.read_bytes())
    for name, text in read:
        if out := shards(text) & hidden:
            found[name] = sorted(out)[:5]
    return found


def test_the_search_finds_what_is_there(book: Path) -> None:
    """The reader's edition has the solutions that the student's leaves out."""
    hidden = secret(Edition.STUDENT)
    assert len(hidden) > 10_000
    page = Edition.READER.html / "chapters/trade/partners.html"
    assert any(shards(text) & hidden for _, text in texts(page.name, page.read_bytes()))


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
            soup = BeautifulSoup(page.read_text("utf-8"), "lxml")
            assert len(soup.select("div.exercise")) == asked
            assert len(soup.select("div.exercise .hint")) == asked
            assert soup.select("div.solution") == []


def test_the_instructor_has_solutions_and_notes_on_the_web_and_in_print(
    instructor: Edition,
) -> None:
    page = instructor.html / "chapters/trade/partners.html"
    text = BeautifulSoup(page.read_text("utf-8"), "lxml").get_text(" ")
    pdf = " ".join(text_of(instructor.pdf()))
    for said in ("For the instructor", "Common misreadings.", "Solution to"):
        assert said in text
        assert said in pdf
