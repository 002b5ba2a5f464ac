"""The PDF of an edition, from what the web builder left of each page."""

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment

from peru_asia import __version__, files, paths
from peru_asia.book.keep import store
from peru_asia.book.print import volume
from peru_asia.book.print.setter import set_apart
from peru_asia.book.print.translator import Fragment, translate
from peru_asia.book.text import chapters
from peru_asia.book.text.editions import Edition


def keep(document: nodes.document, docname: str, env: BuildEnvironment, edition: Edition) -> None:
    """Keep what the PDF prints of a page.

    Raises
    ------
    BookError
        If the page has something that the PDF cannot show.
    """
    fragment = translate(document, docname, env, store.PICTURES)
    files.put(edition.fragment(docname), json.dumps(asdict(fragment), ensure_ascii=False))


def make(edition: Edition, chapter: str | None, paper: str) -> Path:
    """Set the PDF of an edition, or of one chapter such as ``trade/partners``.

    Raises
    ------
    BookError
        If a link leads nowhere, or Typst refuses the text.
    """
    held = [
        (title, [_fragment(edition, name) for name in documents])
        for title, documents in chapters.parts()
    ]
    config = files.load(paths.CONFIG)
    fields = {
        "title": config["title"],
        "author": config["author"],
        "version": __version__ + edition.label,
        "date": f"{_published():%B %Y}",
        "paper": paper,
    }
    if chapter is None:
        text = volume.book(held, **fields)
    else:
        text = volume.handout(chapter, [each for _, of in held for each in of], **fields)
    when = int(_published().timestamp())
    folder = edition.work / "pdf"
    return volume.typeset(text, folder, root=store.WORK, timestamp=when, setter=set_apart)


def _fragment(edition: Edition, docname: str) -> Fragment:
    return Fragment(**json.loads(edition.fragment(docname).read_text("utf-8")))


def _published() -> datetime:
    """Return the date that the PDF bears: the month of the edition, on whatever day it is made."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(given), UTC)
    month = __version__.rpartition(".")[0]
    return datetime.strptime(month, "%Y.%m").replace(tzinfo=UTC)
