"""A new chapter builds as it is made; where one cannot be made, nothing is."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from peru_asia import files, paths
from peru_asia.__main__ import main
from peru_asia.book.make import preflight
from peru_asia.book.text import anatomy
from tests.copies import copy_to, run

TOC = """\
format: jb-book
root: chapters/index
parts:
- caption: Mines and trade
  numbered: true
  chapters:
  - file: chapters/trade/boom
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with one chapter, which a test may change."""
    shutil.copytree(paths.CHAPTERS / ".new", tmp_path / "chapters" / ".new")
    for name in ("_config.yml", "references.bib", "chapters/index.md", "chapters/trade/boom.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy2(paths.ROOT / name, tmp_path / name)
    (tmp_path / "_toc.yml").write_text(TOC, "utf-8")
    places = {"ROOT": "", "CONFIG": "_config.yml", "TOC": "_toc.yml", "CHAPTERS": "chapters",
              "BUILD": "_build", "PINS": "pins"}  # fmt: skip
    for name, place in places.items():
        monkeypatch.setattr(paths, name, tmp_path / place)
    return tmp_path


def new(*arguments: str) -> str:
    return CliRunner().invoke(main, ["new", "chapter", *arguments]).output


def everything(root: Path) -> dict[str, str]:
    return {str(path): path.read_text("utf-8") for path in files.walk(root, ".md", ".yml", ".yaml")}


@pytest.mark.parametrize("kind", ["chapter", "essay"])
@pytest.mark.parametrize("part", ["mines and Trade", "trade"])
def test_a_new_chapter_is_in_order_and_last_in_its_part(root: Path, kind: str, part: str) -> None:
    said = new("new-ports", "--part", part, *(["--essay"] if kind == "essay" else []))
    assert "make html CHAPTER=trade/new-ports" in said
    assert paths.TOC.read_text("utf-8") == f"{TOC}  - file: chapters/trade/new-ports\n"
    assert preflight.problems() == []
    assert preflight.left_out() == []
    path = root / "chapters" / "trade" / "new-ports.md"
    made = anatomy.read(path)
    assert (made.name, made.title, made.minutes) == ("trade/new-ports", "New ports", 40)
    assert not {"NAME", "TITLE"}.intersection(path.read_text("utf-8").split())
    assert ("## Exercises" in path.read_text("utf-8")) == (kind == "chapter")
    assert (root / "pins" / "trade-new-ports.yaml").is_file()


REFUSED = {
    "a part": (["ports", "--part", "trad"], "there is no part 'trad'; did you mean 'trade'"),
    "no part": (["ports"], "Missing option '--part'"),
    "an option": (["ports", "--part", "trade", "--esay"], "Did you mean '--essay'?"),
    "a name": (["My Ports!", "--part", "trade"], "did you mean 'my-ports'?"),
    "a number": (["12", "--part", "trade"], "'12' cannot name a chapter"),
    "a folder": (["china/ports", "--part", "trade"], "did you mean 'ports'?"),
    "outside": (["../ports", "--part", "trade"], "did you mean 'ports'?"),
    "taken": (["trade/boom.md", "--part", "trade"], "chapters/trade/boom.md is there already"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_made_is_told_and_nothing_is_written(root: Path, case: str) -> None:
    arguments, told = REFUSED[case]
    before = everything(root)
    assert told in new(*arguments)
    assert everything(root) == before


def test_nothing_is_left_of_what_could_not_be_written(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, put = everything(root), files.put

    def fail(path: Path, content: str) -> None:
        if path == paths.TOC:
            raise OSError("no space left")
        put(path, content)

    monkeypatch.setattr(files, "put", fail)
    new("ports", "--part", "trade")
    assert everything(root) == before


def test_an_essay_must_doubt_itself(root: Path) -> None:
    text = (root / "chapters" / ".new" / "essay.md").read_text("utf-8")
    assert list(anatomy.problems_in(text)) == []
    assert list(anatomy.problems_in(text.replace("## What could", "## Nothing could"))) == [
        "no section 'What could be wrong'; add '## What could be wrong'"
    ]
    assert "no question" in next(anatomy.problems_in(text.replace("Question", "Doubt")))


@pytest.mark.slow
def test_a_new_chapter_runs_and_prints_what_was_pinned(tmp_path: Path) -> None:
    copy_to(tmp_path)
    (tmp_path / "tests").mkdir()
    for name, essay in (("ports", []), ("my-ports", ["--essay"])):
        assert run(tmp_path, "new", "chapter", name, "--part", "trade", *essay).returncode == 0
        accepted = run(tmp_path, "accept", f"trade/{name}")
        assert accepted.returncode == 0, accepted.stderr
        assert f"Ran trade/{name}" in accepted.stdout
        assert "is new" not in accepted.stdout
        assert "it was" not in accepted.stdout
