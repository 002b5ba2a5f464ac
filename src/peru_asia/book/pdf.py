"""The PDF: Sphinx's single page, put in order, in the markup of Typst, set by Typst."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import segno
import typst
import yaml
from lxml import html

from peru_asia import __version__, paths
from peru_asia.book.editions import Edition
from peru_asia.book.markup import lists, markup, quoted
from peru_asia.book.singlepage import place, tidy
from peru_asia.errors import BookError

_TALLEST = 1.25  # height of a picture, as a multiple of the text's width


def convert(
    single: Path,
    work: Path,
    *,
    chapter: str | None = None,
    paper: str = "a4",
    edition: Edition = Edition.READER,
) -> Path:
    """Turn the single page into a PDF.

    Parameters
    ----------
    single
        Output folder of Sphinx's ``singlehtml`` builder.
    work
        Folder for what comes between; made anew.
    chapter
        Name of the one chapter to set, such as ``trade/partners``; otherwise the whole book.
    paper
        Size of the pages: ``a4`` or ``us-letter``.
    edition
        For whom; the cover says so.

    Returns
    -------
    Path
        The PDF, in `work`.

    Raises
    ------
    BookError
        If there is no such chapter, the page holds an element that the PDF cannot show, a link
        that leads nowhere or a picture that is missing, or if Typst refuses the text.
    """
    return typeset(write(single, work, chapter=chapter, paper=paper, edition=edition))


def write(
    single: Path,
    work: Path,
    *,
    chapter: str | None = None,
    paper: str = "a4",
    edition: Edition = Edition.READER,
) -> Path:
    """Write the text and pictures of a PDF for Typst, as for `convert`; return the text."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    config = yaml.safe_load(paths.CONFIG.read_text("utf-8"))
    page = html.parse(single / "chapters" / "index.html", html.HTMLParser(encoding="utf-8"))
    body = tidy(
        page.getroot().find_class("bd-article")[0],
        chapter=chapter,
        address=config["html"].get("baseurl") or "",
    )
    _bring_pictures(body, single, work)
    _draw_codes(body, work)
    shutil.copy2(paths.TYPST / "book.typ", work)
    template = "book" if chapter is None else "handout"
    fields = {
        "title": config["title"],
        "author": config["author"],
        "version": __version__ + edition.label,
        "date": time.strftime("%Y-%m-%d", time.gmtime(_timestamp())),
        "paper": paper,
    }
    front = _front(template, fields, lists(body) if chapter is None else "")
    text = work / "main.typ"
    text.write_text(front + markup(body), "utf-8")
    return text


def typeset(text: Path) -> Path:
    """Set what `write` wrote; return the PDF beside it."""
    out = text.with_name("book.pdf")
    try:
        typst.compile(
            text,
            output=out,
            font_paths=[paths.FONTS],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=_timestamp(),
        )
    except typst.TypstError as error:
        raise BookError(
            f"Typst could not set the book: {error.message}; {error.hints}; the text "
            f"is in {paths.relative(text)}"
        ) from error
    return out


def _bring_pictures(body: html.HtmlElement, single: Path, work: Path) -> None:
    for image in body.iter("img"):
        picture = single / image.get("src")
        if not picture.exists():
            raise BookError(f"{place(image)}: picture {image.get('src')} is missing")
        shutil.copy2(picture, work / picture.name)
        image.set("width", _width(picture))
        image.set("src", picture.name)


def _draw_codes(body: html.HtmlElement, work: Path) -> None:
    """Draw a QR code for each link to a live figure; the template finds it by its number."""
    for number, link in enumerate(body.find_class("live")):
        name = f"live-{number}.svg"
        segno.make(link.get("href"), error="m").save(work / name, border=0)
        link.set("title", name)


def _width(picture: Path) -> str:
    """Return the part of the text's width at which a picture fits a page with its caption."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', picture.read_text("utf-8")[:500])
    shape = float(size[2]) / float(size[1])
    return f"{min(100.0, 100 * _TALLEST / shape):.0f}%"


def _front(template: str, fields: dict[str, str], listed: str) -> str:
    given = ", ".join(f"{name}: {quoted(value)}" for name, value in fields.items())
    return f'#import "book.typ": *\n#show: {template}.with({given}, {listed})\n\n'


def _timestamp() -> int:
    """Return the time that the PDF bears: fixed by the sources, so that it can be made again."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    commit = subprocess.run(
        ["git", "-C", str(paths.ROOT), "log", "-1", "--format=%ct"],
        capture_output=True,
        text=True,
        check=False,
    )
    stamp = commit.stdout.strip()
    return int(stamp) if stamp.isdigit() else int(time.time())
