from collections import Counter
from pathlib import Path
from typing import Any

import jupytext
import pytest

from peru_asia import paths
from peru_asia.book import chapters
from peru_asia.errors import BookError

CHAPTERS = chapters.all_chapters()
NOTEBOOKS = chapters.notebooks()
LONGEST_CELL = 24  # lines


def code_cells(chapter: Path) -> list[Any]:
    return [cell for cell in jupytext.read(chapter).cells if cell.cell_type == "code"]


def figure_options(cell: Any) -> dict[str, str]:
    return (cell.metadata.get("mystnb") or {}).get("figure") or {}


def each(files: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("chapter", files, ids=paths.relative)


@each(CHAPTERS)
def test_every_chapter_listed_is_there_once(chapter: Path) -> None:
    assert chapter.is_file()
    assert CHAPTERS.count(chapter) == 1


def test_every_chapter_there_is_listed() -> None:
    assert set(paths.CHAPTERS.rglob("*.md")) <= set(CHAPTERS)


@each(CHAPTERS)
def test_a_chapter_has_one_title(chapter: Path) -> None:
    prose = [cell.source for cell in jupytext.read(chapter).cells if cell.cell_type == "markdown"]
    titles = [line for text in prose for line in text.splitlines() if line.startswith("# ")]
    assert len(titles) == 1


@each(NOTEBOOKS)
def test_a_notebook_says_which_kernel_runs_it(chapter: Path) -> None:
    assert jupytext.read(chapter).metadata["kernelspec"]["name"] == "python3"


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


def test_no_two_figures_share_a_name() -> None:
    names = Counter(
        figure_options(cell)["name"]
        for chapter in NOTEBOOKS
        for cell in code_cells(chapter)
        if figure_options(cell)
    )
    assert [name for name, count in names.items() if count > 1] == []


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
