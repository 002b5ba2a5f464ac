"""All that is wrong is said at once, by file and line, with how to mend it; and in no time."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from peru_asia import files, paths
from peru_asia.__main__ import main
from peru_asia.book.keep import fingerprint
from peru_asia.book.make import preflight
from peru_asia.book.text import passages
from tests.copies import HEADER

CONFIG = paths.CONFIG.read_text("utf-8")
TOC = "format: jb-book\nroot: chapters/index\nchapters:\n- file: chapters/one\n"
ONE = f"{HEADER}# One\n"
FIGURE = """\
```{code-cell} ipython3
:mystnb:
:  figure:
:    name: fig-one
:    caption: What it shows.

book.figure(chart)
```
"""
CELL = "```{code-cell} ipython3\nx = 1\n```\n"
OPEN = CELL.removesuffix("```\n")
SOLUTION = f":::{{solution-start}} ex-one\n:::\n{CELL}:::{{solution-end}}\n:::\n"
NOTES = f":::{{instructor-start}}\n:::\n{CELL}:::{{instructor-end}}\n:::\n"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write files of a small book; it is in order unless they say otherwise."""
    places = {"ROOT": "", "CONFIG": "_config.yml", "TOC": "_toc.yml", "CHAPTERS": "chapters",
              "BUILD": "_build", "REQUIREMENTS": "requirements.txt"}  # fmt: skip
    for name, place in places.items():
        monkeypatch.setattr(paths, name, tmp_path / place)

    def write(**texts: str) -> Path:
        for name, text in texts.items():
            name = {"config": "_config.yml", "toc": "_toc.yml"}.get(name, f"chapters/{name}.md")
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        return tmp_path

    write(config=CONFIG, toc=TOC, index="# Index\n", one="# One\n")
    (tmp_path / "references.bib").touch()
    return write


def test_nothing_is_wrong_with_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "BUILD", tmp_path)
    assert preflight.problems() == []
    assert preflight.left_out() == []


def test_a_book_may_have_chapters_or_parts_or_neither(small: Callable) -> None:
    assert preflight.problems() == []
    small(toc=TOC.replace("chapters:", "parts:\n- caption: A\n  chapters:").replace("- f", "  - f"))
    assert preflight.problems() == []
    small(toc="format: jb-book\nroot: chapters/index\n")
    assert preflight.problems() == []
    assert preflight.left_out() == ["chapters/one.md"]


BAD_SETTINGS = {
    "no YAML": (
        "toc", "format: jb-book\nroot: chapters/index\n parts: [\n",
        ["_toc.yml, line 3: not YAML (mapping values are not allowed", "look at brackets"],
    ),
    "an open bracket": (
        "toc", "format: jb-book\nroot: chapters/index\nchapters: [a\n\n\n",
        ["_toc.yml, line 3: not YAML", "look at brackets"],
    ),
    "a tab": ("toc", "format: jb-book\nchapters:\n\t- file: a\n",
              ["_toc.yml, line 3: not YAML", "indent with spaces, not with tabs"]),
    "a key twice": ("toc", f"{TOC}chapters:\n- file: chapters/one\n",
                    ["_toc.yml, line 5: the key 'chapters' is there twice; keep one"]),
    "empty": ("toc", "", ["_toc.yml: lists nothing; write 'format: jb-book', 'root: "]),
    "a list": ("toc", "- a\n", ["_toc.yml: lists nothing; write"]),
    "another format": ("toc", TOC.replace("jb-book", "jb-article"),
                       ["_toc.yml, line 1: 'format' is 'jb-article'; write 'format: jb-book'"]),
    "no root": ("toc", TOC.replace("root: chapters/index\n", ""),
                ["_toc.yml, line 1: 'root' is missing; write 'root: chapters/index'"]),
    "a wrong key": ("toc", TOC.replace("chapters:", "chapter:"),
                    ["_toc.yml, line 3: unknown key 'chapter'; did you mean 'chapters'"]),
    "parts and chapters": ("toc", f"{TOC}parts:\n- caption: A\n  chapters:\n  - url: b\n",
                           ["_toc.yml, line 3: 'parts' and 'chapters'; move these into a part"]),
    "a part without chapters": (
        "toc", f"{TOC.partition('chapters:')[0]}parts:\n- caption: A\n",
        ["_toc.yml, line 4: a part without chapters; add 'chapters:'"],
    ),
    "no list": ("toc", TOC.partition("- file")[0],
                ["_toc.yml, line 3: 'chapters' lists nothing; put '- file: chapters/name' below"]),
    "a bare name": ("toc", TOC.replace("file: ", ""),
                    ["_toc.yml, line 4: 'chapters/one' is only a text; write '- file: cha"]),
    "no file": ("toc", f"{TOC}- title: Two\n",
                ["_toc.yml, line 5: names no file; write '- file: chapters/name'"]),
    "a missing file": ("toc", f"{TOC}- file: chapters/onne\n",
                       ["_toc.yml, line 5: chapters/onne.md is not there; did you mean",
                        "'chapters/one'"]),
    "a file twice": ("toc", f"{TOC}- file: chapters/one.md\n",
                     ["_toc.yml, line 5: chapters/one is in line 4 already; remove one"]),
    "no configuration": ("config", "- a\n", ["_config.yml: holds no settings; start with"]),
    "no title": ("config", CONFIG.replace("title: Peru", "titel: Peru"),
                 ["_config.yml, line 1: unknown key 'titel'; did you mean 'title'?",
                  "_config.yml, line 1: no 'title'; it must be a text"]),
    "no extensions": ("config", CONFIG.replace("myst_enable_extensions: [", "m: ["),
                      [": no 'parse: myst_enable_extensions'; it must be a list"]),
    "no group": ("config", CONFIG.replace("  config:\n", "  config: 1\n  x:\n"),
                 [": 'sphinx: config' must be a group of settings, indented below it"]),
    "without the book's own": ("config", CONFIG.replace(", peru_asia.book.web.extension", ""),
                               ["peru_asia.book.web.extension' is not among the extra_extensions"]),
    "no bibliography": ("config", CONFIG.replace("references.bib", "reference.bib"),
                        [": reference.bib is not there; correct its name"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_SETTINGS)
def test_bad_settings_are_named(case: str, small: Callable) -> None:
    name, text, told = BAD_SETTINGS[case]
    small(**{name: text})
    passages._parser.cache_clear()
    found = "\n".join(preflight.problems())
    passages._parser.cache_clear()
    for words in told:
        assert words in found


def test_an_extension_that_myst_does_not_know_is_named(small: Callable) -> None:
    small(config=CONFIG.replace("colon_fence", "colon_fense"))
    passages._parser.cache_clear()
    [problem] = preflight.problems()
    passages._parser.cache_clear()
    assert problem.startswith("_config.yml: 'myst_enable_extensions' under 'parse' is not a list")
    assert "colon_fense" in problem


BAD_CHAPTERS = {
    "no header": (f"# One\n{CELL}", "line 1: no header, so that its cells would not run; copy the"),
    "an open header": (f"---\na: 1\n# One\n{CELL}", "line 1: the header has no end; put '---'"),
    "a header not YAML": (f"---\na: b: c\n---\n# One\n{CELL}", "line 2: this header is not YAML"),
    "another format": (f"{HEADER.replace('myst', 'light')}# One\n{CELL}",
                       "line 1: the header's jupytext.text_representation.format_name is not 'm"),
    "another kernel": (f"{HEADER.replace('python3', 'ir')}# One\n{CELL}",
                       "line 1: the header's kernelspec.name is not 'python3', so that the cells"),
    "a byte order mark": ("\ufeff# One\n", "line 1: starts with a byte order mark; save the file"),
    "no title": ("Text.\n", "line 1: no title; start the text with '# Title'"),
    "two titles": ("# One\n\n# Two\n", "line 3: a second title '# Two', after that of line 1"),
    "no Python": (f"{ONE}```{{code-cell}}\nx = = 1\n```\n",
                  "line 13: this cell is not Python (invalid syntax); correct it, or close"),
    "an open cell": (f"{ONE}{OPEN}\nText.\n",
                     "line 12: this cell is not closed before line 16; put '```' on a line"),
    "an open cell before another": (f"{ONE}{OPEN}\nText.\n{CELL}",
                                    "line 12: this cell is not closed before line 16; put '```'"),
    "an open block": ("# One\n:::{note}\nText.\n", "line 2: ':::{note}' is not closed; put ':::'"),
    "an open block in another": (
        "# One\n:::{note}\n:::{tip}\nText.\n:::\n:::\n",
        "line 3: ':::{tip}' is not closed before the end of the block of line 2; put ':::' on",
    ),
    "a cell in a block": (f"{ONE}::::{{note}}\n{CELL}::::\n",
                          "line 13: a code cell inside '::::{note}' would not run; move it out"),
    "a cell of colons": (f"{ONE}:::{{code-cell}}\nx = 1\n:::\n",
                         "line 12: a code cell opened with ':::{code-cell}' would not run; write"),
    "an indented cell": (ONE + "".join(f" {line}\n" for line in CELL.splitlines()),
                         "line 12: a code cell opened with ' ```{code-cell} ipython3' would not"),
    "a figure without name": (ONE + FIGURE.replace(":    name: fig-one\n", ""),
                              "line 12: the figure of this cell has no name; add it to the cell's"),
    "a figure without options": (
        f"{ONE}```{{code-cell}}\nbook.figure(chart)\n```\n",
        "line 12: the figure of this cell has no caption; add it to the cell's options",
    ),
    "a picture without words": ("# One\n\n![](map.png)\n", "line 3: this picture says nothing to"),
    "a picture's block without words": (
        "# One\n\n```{figure} map.png\n:width: 9\n```\n", "line 3: this picture says nothing"
    ),
    "a figure's name twice": (f"{ONE}{FIGURE}{FIGURE}",
                              "line 20: the figure's name 'fig-one' is that of line 12; give it"),
    "a typed number": ("# One\n\nIt has 17 firms.\n", "line 3: typed number '17'"),
    "a cell after a solution": (
        f"{ONE}{SOLUTION}{CELL}",
        "line 19: a cell that every edition has stands after a cell of a solution, of line 14",
    ),
    "a solution after notes": (
        f"{ONE}{NOTES}{SOLUTION}",
        "line 21: a cell of a solution stands after a cell of the notes, of line 14; move it above",
    ),
    "no partner": ("# One\n:::{instructor-start}\n:::\n",
                   "line 2: instructor-start has no end; put ':::{instructor-end}' and ':::'"),
    "not UTF-8": (b"# One\n\nPer\xfa.\n", "line 3: not UTF-8; save the file in this encoding"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_CHAPTERS)
def test_what_is_wrong_with_a_chapter_is_named(case: str, small: Callable) -> None:
    text, told = BAD_CHAPTERS[case]
    if isinstance(text, str):
        small(one=text)
    else:
        (paths.CHAPTERS / "one.md").write_bytes(text)
    found = preflight.problems()
    assert [problem for problem in found if problem.startswith(f"chapters/one.md, {told}")], found
    assert len(found) <= 2  # no problem drags others behind it


def test_what_only_looks_wrong_is_not(small: Callable) -> None:
    small(
        one=f"{ONE}\n````text\n# No title\n```{{code-cell}}\n````\n\n"
        "<!--\n```{code-cell}\n# Nor this\n-->\n\n"
        f"- a list\n\n  ```{{note}}\n  Text.\n  ```\n\n{FIGURE}{CELL}{SOLUTION}{SOLUTION}{NOTES}"
    )
    assert preflight.problems() == []


def test_a_chapter_of_a_numbered_part_has_all_its_parts(small: Callable) -> None:
    small(
        toc=TOC.replace("chapters:", "parts:\n- caption: A\n  numbered: true\n  chapters:").replace(
            "- f", "  - f"
        )
    )
    found = preflight.problems()
    assert "chapters/one.md: no section 'Exercises'; add '## Exercises'" in found
    assert not [problem for problem in found if "index" in problem]


def test_no_two_chapters_have_a_figure_of_one_name(small: Callable) -> None:
    small(index=f"{HEADER}# Index\n{FIGURE}", one=f"{ONE}{FIGURE}")
    assert preflight.problems() == [
        "chapters/one.md, line 12: the figure's name 'fig-one' is that of chapters/index.md, line "
        "12; give it another"
    ]


def test_all_is_said_at_once_in_the_order_of_files_and_lines(small: Callable) -> None:
    small(
        config=CONFIG.replace("author:", "autor:"),
        toc=f"{TOC}- file: chapters/gone\n",
        index="Text of 17 firms.\n\n:::{note}\nIt has 18 mines.\n",
        one=f"{ONE}\n```{{code-cell}}\nx = = 1\n```\n\nIt has 19 ports.\n\n# Two\n",
    )
    places = [problem.partition(": ")[0] for problem in preflight.problems()]
    assert places == [
        "_config.yml, line 1",
        "_config.yml, line 2",
        "_toc.yml, line 5",
        "chapters/index.md, line 1",
        "chapters/index.md, line 1",
        "chapters/index.md, line 3",
        "chapters/index.md, line 4",
        "chapters/one.md, line 14",
        "chapters/one.md, line 17",
        "chapters/one.md, line 19",
    ]


def test_chapters_are_looked_at_though_the_contents_are_broken(small: Callable) -> None:
    small(toc="parts: [a", one="Text.\n")
    assert [problem.partition(":")[0] for problem in preflight.problems()] == [
        "_toc.yml, line 1",
        "chapters/one.md, line 1",
    ]


def test_one_chapter_is_looked_at_alone_with_the_settings(small: Callable) -> None:
    small(index="Text.\n", one="Text.\n")
    assert len(preflight.problems()) == 2
    assert len(preflight.problems("ONE")) == 1
    assert "did you mean 'one'" in preflight.problems("onne")[0]


def test_what_is_left_out_of_the_book_leaks_no_solution_either(small: Callable) -> None:
    small(draft=f"No title, 17 firms.\n\n  {SOLUTION}")
    assert preflight.left_out() == ["chapters/draft.md"]
    assert {problem.partition(": ")[0] for problem in preflight.problems()} == {
        "chapters/draft.md, line 3",
        "chapters/draft.md, line 8",
    }


def test_what_was_found_is_remembered(small: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    small(index="Text.\n", one=f"{ONE}{FIGURE}")
    found = preflight.problems()
    looked: list[str] = []
    look = preflight._look
    monkeypatch.setattr(
        preflight, "_look", lambda text, kind: looked.append(text) or look(text, kind)
    )
    assert preflight.problems() == found
    assert looked == []
    small(one="# Another\n")
    assert preflight.problems() == found
    assert looked == ["# Another\n"]
    assert not list(paths.BUILD.rglob("*.json.*"))


def test_when_a_checker_changes_all_is_looked_at_again(
    small: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "src"
    shutil.copytree(paths.SOURCE, source, ignore=files.left_by_editors)
    monkeypatch.setattr(paths, "SOURCE", source)
    small()
    look, looked = preflight._look, []
    monkeypatch.setattr(
        preflight, "_look", lambda text, kind: looked.append(text) or look(text, kind)
    )
    for changed in ("book/text/typed_numbers.py", "book/make/structure.py", "../_config.yml"):
        preflight.problems()
        looked.clear()
        preflight.problems()
        assert looked == []
        with (source / changed).open("a") as file:
            file.write("changed = 1\n" if changed.endswith(".py") else "# changed\n")
        fingerprint.forget()
        preflight.problems()
        assert len(looked) == 2
        fingerprint.forget()


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[]", b"\xff", b'{"chapters/one.md": {"key": "a"}}', b'{"a": 1}']
)
def test_a_memory_that_cannot_be_read_is_ignored(broken: bytes, small: Callable) -> None:
    small(index="Text.\n")
    found = preflight.problems()
    cache = paths.BUILD / ".work" / "checked.json"
    whole = cache.read_bytes()
    cache.write_bytes(broken)
    assert preflight.problems() == found
    assert cache.read_bytes() == whole


def fresh(code: str) -> set[str]:
    """The modules that code imports in an interpreter of its own."""
    code += "\nimport sys\nprint(*sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(paths.SOURCE.parent)}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
    )
    return set(run.stdout.split())


def test_when_nothing_has_changed_no_parser_is_imported(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\nfrom peru_asia import paths\n"
        "from peru_asia.book.make import preflight\n"
        f"paths.BUILD = Path({str(tmp_path)!r})\nassert preflight.problems() == []"
    )
    cold = fresh(code)
    warm = fresh(code)
    assert "markdown_it" in cold
    heavy = {"altair", "frictionless", "markdown_it", "myst_parser", "pandas", "sphinx"}
    assert not heavy & warm
    assert not heavy - {"markdown_it", "myst_parser"} & cold
    # Whatever of the package took part is among what is remembered by.
    reached = {name.removeprefix("module:") for name in preflight._checkers()}
    took_part = {name for name in cold if name.partition(".")[0] == "peru_asia"}
    assert took_part <= reached


def test_the_check_tells_of_chapters_and_data_together(
    small: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peru_asia.data import check
    from peru_asia.errors import BookError

    def fail() -> int:
        raise BookError("1 error in the data package")

    small(one="It has 17 firms.\n", draft="# Draft\n")
    monkeypatch.setattr(check, "check", fail)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    for told in ("no title", "typed number '17'", "Not in _toc.yml", "1 error in the data package"):
        assert told in result.output
    monkeypatch.setattr(check, "check", lambda: 3)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert "2 problems in the settings and chapters" in result.output
    small(one="# One\n")
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("chek", "'check'"), ("bok", "'book'"), ("html --editon student", "--edition")],
)
def test_a_mistyped_command_or_option_is_understood(typed: str, meant: str) -> None:
    result = CliRunner().invoke(main, typed.split())
    assert result.exit_code == 2
    assert "Did you mean" in result.output
    assert meant in result.output
