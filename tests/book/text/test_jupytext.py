"""Chapters are stored as JupyterLab's Jupytext writes them, so that saving one changes nothing."""

from pathlib import Path

import jupytext
import pytest
from jupytext.config import load_jupytext_config

from peru_asia import paths
from peru_asia.book.text.chapters import is_notebook

NOTEBOOKS = [path for path in sorted(paths.CHAPTERS.rglob("*.md")) if is_notebook(path)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=paths.relative)
def test_saving_a_chapter_unchanged_leaves_it_unchanged(path: Path) -> None:
    config = load_jupytext_config(str(path))
    written = jupytext.writes(jupytext.read(path), fmt="md:myst", config=config)
    assert written == path.read_text("utf-8"), (
        f".venv/bin/jupytext --to md:myst {paths.relative(path)} writes it as JupyterLab does"
    )
