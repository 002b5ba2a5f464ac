"""The worked solutions: each number that one prints is what it must be."""

import json
import re
from ast import literal_eval
from pathlib import Path

import pytest
import yaml

from peru_asia import paths
from peru_asia.book.text.chapters import name_of, notebooks
from peru_asia.book.text.editions import Edition

# By hand from the tables, or published: see the reason beside each.
PINS = Path(__file__).parents[1] / "results" / "solutions"


def printed(chapter: str, edition: Edition) -> dict[str, str]:
    """The numbers of a chapter of the built book, as its text prints them."""
    cache = edition.work / "jupyter_execute" / "chapters" / f"{chapter}.glue.json"
    glued = json.loads(cache.read_text("utf-8")) if cache.exists() else {}
    # A number is glued as Python writes it, its no-break spaces escaped.
    return {key: literal_eval(value["data"]["text/plain"]) for key, value in glued.items()}


@pytest.mark.parametrize("chapter", [name_of(path) for path in notebooks()])
def test_solutions_print_what_they_must(book: Path, chapter: str) -> None:
    pins = PINS / f"{chapter.replace('/', '-')}.yaml"
    pinned = yaml.safe_load(pins.read_text("utf-8")) if pins.exists() else {}
    text = (paths.CHAPTERS / f"{chapter}.md").read_text("utf-8")
    shown = set(re.findall(r"\{glue:text\}`(sol_\w+)`", text))
    found = printed(chapter, Edition.READER)
    found = {key: value.replace("\u00a0", " ") for key, value in found.items() if key in shown}
    expected = {key: str(pin["is"]).replace("\u00a0", " ") for key, pin in pinned.items()}
    assert found == {key: value for key, value in expected.items() if key.startswith("sol_")}
    assert all(len(pin["because"].split()) > 1 for pin in pinned.values())
