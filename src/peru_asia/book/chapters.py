"""The chapters of the book, as the table of contents lists them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from peru_asia import paths
from peru_asia.errors import BookError


def all_chapters() -> list[Path]:
    """Return the files of all chapters, in reading order.

    Raises
    ------
    BookError
        If ``_toc.yml`` names a file that is not there.
    """
    toc = yaml.safe_load(paths.TOC.read_text("utf-8"))
    chapters = []
    for name in _named(toc):
        path = paths.ROOT / f"{name.removesuffix('.md')}.md"
        if not path.exists():
            raise BookError(
                f"{paths.relative(paths.TOC)} lists {paths.relative(path)}, which is not there"
            )
        chapters.append(path)
    return chapters


def notebooks() -> list[Path]:
    """Return the chapters that have code to execute."""
    return [path for path in all_chapters() if is_notebook(path)]


def is_notebook(chapter: Path) -> bool:
    """Tell whether a chapter has code to execute."""
    return "{code-cell}" in chapter.read_text("utf-8")


def _named(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key in ("root", "file"):
            if key in node:
                yield node[key]
        for value in node.values():
            yield from _named(value)
    elif isinstance(node, list):
        for value in node:
            yield from _named(value)
