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
    return list(_files(_toc()))


def numbered() -> list[Path]:
    """Return the chapters of the numbered parts, in reading order; errors as `all_chapters`."""
    return list(_files([part for part in _toc().get("parts", []) if part.get("numbered")]))


def name_of(chapter: Path) -> str:
    """Return a chapter's name, such as ``trade/partners``."""
    return chapter.relative_to(paths.CHAPTERS).with_suffix("").as_posix()


def notebooks() -> list[Path]:
    """Return the chapters that have code to execute."""
    return [path for path in all_chapters() if is_notebook(path)]


def is_notebook(chapter: Path) -> bool:
    """Tell whether a chapter has code to execute."""
    return "{code-cell}" in chapter.read_text("utf-8")


def _toc() -> dict[str, Any]:
    return yaml.safe_load(paths.TOC.read_text("utf-8"))


def _files(node: Any) -> Iterator[Path]:
    for name in _named(node):
        path = paths.ROOT / f"{name.removesuffix('.md')}.md"
        if not path.exists():
            raise BookError(
                f"{paths.relative(paths.TOC)} lists {paths.relative(path)}, which is not there"
            )
        yield path


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
