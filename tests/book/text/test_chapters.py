from pathlib import Path
from typing import Any

import jupytext
import pytest

from peru_asia import paths
from peru_asia.book.text import chapters
from peru_asia.errors import BookError

NOTEBOOKS = chapters.notebooks()
LONGEST_CELL = 24  # lines


def code_cells(chapter: Path) -> list[Any]:
    return [cell for cell in jupytext.read(chapter).cells if cell.cell_type == "code"]


def figure_options(cell: Any) -> dict[str, str]:
    return (cell.metadata.get("mystnb") or {}).get("figure") or {}


def each(files: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("chapter", files, ids=paths.relative)


@each(NOTEBOOKS)
def test_code_cells_are_short_enough_to_read(chapter: Path) -> None:
    lengths = [len(cell.source.strip().splitlines()) for cell in code_cells(chapter)]
    assert max(lengths) <= LONGEST_CELL


@each(NOTEBOOKS)
def test_figures_have_a_name_a_caption_and_a_description(chapter: Path) -> None:
    for cell in code_cells(chapter):
        if "book.figure(" in cell.source:
            options = figure_options(cell)
            assert options.get("name", "").startswith(("fig-", "gallery-")), cell.source
            assert len(options.get("caption", "").split()) >= 5, cell.source
            assert "alt=" in cell.source
            assert cell.source.count("book.figure(") == 1, "one figure a cell"
        else:
            assert not figure_options(cell), cell.source


def test_a_listed_chapter_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toc = tmp_path / "_toc.yml"
    toc.write_text("root: chapters/index\nparts:\n- chapters:\n  - file: chapters/gone\n", "utf-8")
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "index.md").write_text("# Here\n", "utf-8")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "TOC", toc)
    with pytest.raises(BookError, match=r"_toc\.yml lists chapters/gone\.md"):
        chapters.all_chapters()


def test_chapters_come_in_reading_order_and_only_notebooks_are_executed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toc = tmp_path / "_toc.yml"
    toc.write_text(
        "root: index\nparts:\n- chapters:\n  - file: b\n    sections:\n    - file: c.md\n"
        "- chapters:\n  - file: a\n",
        "utf-8",
    )
    for name in ("index", "a", "b", "c"):
        code = "```{code-cell} ipython3\n1\n```\n" if name in "ac" else ""
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n{code}", "utf-8")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "TOC", toc)
    assert [path.stem for path in chapters.all_chapters()] == ["index", "b", "c", "a"]
    assert [path.stem for path in chapters.notebooks()] == ["c", "a"]


def test_chapters_are_numbered_where_their_part_or_the_book_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "TOC", tmp_path / "_toc.yml")
    for name in ("index", "a", "b", "c"):
        (tmp_path / f"{name}.md").touch()
    for toc, numbered in {
        "root: index\nchapters:\n- file: a\n": [],
        "root: index\noptions: {numbered: true}\nchapters:\n- file: a\n": ["a"],
        "root: index\nparts:\n- numbered: 2\n  chapters:\n  - file: b\n    sections:\n"
        "    - file: c\n- chapters:\n  - file: a\n": ["b", "c"],
    }.items():
        paths.TOC.write_text(toc, "utf-8")
        assert [path.stem for path in chapters.numbered()] == numbered


@pytest.mark.parametrize(
    "name",
    [
        "partners",
        "Partners.md",
        "trade/partners",
        "trade/partners.md",
        "trade\\partners",
        "chapters/trade/partners.md",
        "./chapters/trade/partners.md",
        "CHAPTERS/Trade/Partners",
        str(paths.CHAPTERS / "trade" / "partners.md"),
        str(paths.CHAPTERS / "trade" / "partners"),
        f"../{paths.ROOT.name}/chapters/trade/partners.md",
    ],
)
def test_a_chapter_is_found_as_people_type_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(paths.ROOT)
    assert chapters.resolve(name) == paths.CHAPTERS / "trade" / "partners.md"


def test_a_path_is_taken_from_where_one_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(paths.CHAPTERS / "trade")
    assert chapters.resolve("../china/sectors.md") == paths.CHAPTERS / "china" / "sectors.md"
    assert chapters.resolve("./boom.md") == paths.CHAPTERS / "trade" / "boom.md"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("partnrs", "there is no chapter 'partnrs'; did you mean 'partners'"),
        ("trade/partner", "did you mean 'trade/partners'"),
        ("artners", "there is no chapter"),
        ("", "there is no chapter ''"),
        (".", "there is no chapter '.'"),
    ],
)
def test_an_unknown_chapter_is_an_error_with_a_hint(name: str, told: str) -> None:
    with pytest.raises(BookError) as raised:
        chapters.resolve(name)
    assert told in str(raised.value)


def test_a_name_of_two_chapters_and_one_of_a_draft_are_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "TOC", tmp_path / "_toc.yml")
    monkeypatch.setattr(paths, "CHAPTERS", tmp_path / "chapters")
    paths.TOC.write_text(
        "root: chapters/index\nchapters:\n- file: chapters/a/one\n- file: chapters/b/one\n", "utf-8"
    )
    for name in ("index", "a/one", "b/one", "draft"):
        path = paths.CHAPTERS / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with pytest.raises(BookError, match="'one' may be a/one or b/one; write which"):
        chapters.resolve("one")
    with pytest.raises(
        BookError, match=r"draft\.md is not in _toc\.yml; add '- file: chapters/draft'"
    ):
        chapters.resolve("draft")


@pytest.mark.parametrize("bad", ["a: [b", " a: 1\nb: 2", "a: 1\na: 2"])
def test_contents_that_are_not_yaml_are_an_error_with_a_line(
    bad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "TOC", tmp_path / "_toc.yml")
    paths.TOC.write_text(bad, "utf-8")
    with pytest.raises(BookError, match=r"_toc\.yml, line \d: "):
        chapters.all_chapters()


@pytest.mark.parametrize(
    ("toc", "parts"),
    [
        ("root: index", [("", ["index"])]),
        (
            "root: index\nchapters:\n- file: a\n  sections:\n  - file: b.md\n- file: c",
            [("", ["index"]), ("", ["a", "b", "c"])],
        ),
        (
            "root: index\nparts:\n- caption: First\n  chapters:\n  - file: a\n- chapters:\n"
            "  - file: b",
            [("", ["index"]), ("First", ["a"]), ("", ["b"])],
        ),
    ],
)
def test_parts_are_read_from_any_table_of_contents(
    toc: str, parts: list, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_toc.yml").write_text(toc, "utf-8")
    for name in ("index", "a", "b", "c"):
        (tmp_path / f"{name}.md").touch()
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "TOC", tmp_path / "_toc.yml")
    assert chapters.parts() == parts
