"""A chapter gets the results of its cells back, and never those of others."""

import json
from pathlib import Path

import pytest
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode

from peru_asia.book.keep import store
from peru_asia.book.web import parser
from peru_asia.errors import BookError
from tests import copies

HEADER = f"{copies.HEADER}\n# Title\n\n"


def a_notebook(*codes: str) -> NotebookNode:
    text = HEADER + "\n".join(f"```{{code-cell}} ipython3\n{code}\n```\n" for code in codes)
    return read_myst_markdown_notebook(text, path="chapter.md")


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what three cells of a chapter have printed."""
    monkeypatch.setattr(store, "RUNS", tmp_path)
    cells = [
        {"code": code, "outputs": [{"output_type": "stream", "name": "stdout", "text": shown}]}
        for code, shown in (("x = 1", "first"), ("y = 2", "second"), ("x = 1", "third"))
    ]
    store.run_file("a/b").write_text(json.dumps({"cells": cells}), "utf-8")


def shown(filled: NotebookNode) -> list[str]:
    return [cell.outputs[0].text for cell in filled.cells if cell.cell_type == "code"]


@pytest.mark.usefixtures("ran")
def test_an_edition_gets_the_results_of_the_cells_that_it_has() -> None:
    assert shown(parser.filled(a_notebook("x = 1", "y = 2", "x = 1"), "a/b")) == [
        "first", "second", "third",
    ]  # fmt: skip
    assert shown(parser.filled(a_notebook("x = 1", "x = 1"), "a/b")) == ["first", "third"]
    assert shown(parser.filled(a_notebook("y = 2"), "a/b")) == ["second"]


@pytest.mark.usefixtures("ran")
@pytest.mark.parametrize(
    "codes", [("x = 2",), ("y = 2", "y = 2"), ("x = 1", "y = 2", "x = 1", "z")]
)
def test_results_of_other_cells_are_never_shown(codes: tuple[str, ...]) -> None:
    with pytest.raises(BookError, match=r"chapters/a/b\.md has not been run as it is now"):
        parser.filled(a_notebook(*codes), "a/b")


@pytest.mark.usefixtures("ran")
def test_a_chapter_that_was_never_run_is_named() -> None:
    with pytest.raises(BookError, match=r"chapters/a/c\.md has not been run"):
        parser.filled(a_notebook("x = 1"), "a/c")
