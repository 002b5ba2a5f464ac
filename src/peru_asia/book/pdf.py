"""The PDF: Sphinx's single page, tidied, through Pandoc and Typst."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pypandoc
import typst
import yaml
from bs4 import BeautifulSoup, Tag

from peru_asia import __version__, paths
from peru_asia.errors import BookError

# What Pandoc and the template can set. Anything else on a page must be dealt with here first:
# Pandoc would drop it in silence.
_KNOWN = {
    "a", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "div", "dl", "dt", "em",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "hr", "img", "li", "math", "ol", "p", "pre",
    "section", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
# Interface, and what is meant for the web page alone.
_DEAD = "a.headerlink, script, style, button, .lf-tools, .citation > .label, .web-only"


_TALLEST = 1.25  # height of a picture, as a multiple of the text's width


def convert(single: Path, work: Path) -> Path:
    """Turn the single page into a PDF.

    Parameters
    ----------
    single
        Output folder of Sphinx's ``singlehtml`` builder.
    work
        Folder for what comes between; made anew.

    Returns
    -------
    Path
        The PDF, in `work`.

    Raises
    ------
    BookError
        If the page holds an element that the PDF cannot show, a link that leads nowhere or a
        picture that is missing, or if Typst refuses the text.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    page = BeautifulSoup((single / "chapters" / "index.html").read_text("utf-8"), "lxml")
    body = _tidy(page.select_one("article.bd-article"))
    for image in body.find_all("img"):
        picture = single / image["src"]
        if not picture.exists():
            raise BookError(f"{_place(image)}: picture {image['src']} is missing")
        shutil.copy2(picture, work / picture.name)
        image["width"] = _width(picture)
        image["src"] = picture.name
    text = pypandoc.convert_text(
        body.decode_contents(),
        "typst",
        format="html+tex_math_single_backslash",
        extra_args=[f"--lua-filter={paths.TYPST / 'book.lua'}", "--wrap=none"],
    )
    shutil.copy2(paths.TYPST / "book.typ", work)
    (work / "main.typ").write_text(_front() + text, "utf-8")
    out = work / paths.PDF.name
    try:
        typst.compile(
            work / "main.typ",
            output=out,
            font_paths=[paths.FONTS],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=_timestamp(),
        )
    except typst.TypstError as error:
        raise BookError(
            f"Typst could not set the book: {error.message}; {error.hints}; the text "
            f"is in {paths.relative(work / 'main.typ')}"
        ) from error
    return out


def _width(picture: Path) -> str:
    """Return the part of the text's width at which a picture fits a page with its caption."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', picture.read_text("utf-8")[:500])
    shape = float(size[2]) / float(size[1])
    return f"{min(100.0, 100 * _TALLEST / shape):.0f}%"


def _front() -> str:
    config = yaml.safe_load(paths.CONFIG.read_text("utf-8"))
    day = time.strftime("%Y-%m-%d", time.gmtime(_timestamp()))
    fields = {
        "title": config["title"],
        "author": config["author"],
        "version": __version__,
        "date": day,
    }
    given = ", ".join(f'{name}: "{value}"' for name, value in fields.items())
    return f'#import "book.typ": *\n#show: book.with({given})\n\n'


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


def _tidy(article: Tag) -> Tag:
    """Return the book as plain sections: an overview, then the parts with their chapters."""
    for dead in article.select(_DEAD):
        dead.decompose()
    _private_ids(article)
    soup = BeautifulSoup("<div></div>", "lxml")
    body = soup.div
    parts = article.select(".toctree-wrapper")
    for part in parts:
        part.extract()
    overview = article.find("section")
    overview.find("h1").string = "Overview"
    body.append(overview)
    toc = yaml.safe_load(paths.TOC.read_text("utf-8"))
    for part, listed in zip(parts, toc["parts"], strict=True):
        heading = soup.new_tag("div", attrs={"class": "part"})
        heading.string = listed["caption"]
        body.append(heading)
        for chapter in part.find_all("section", recursive=False):
            _raise_headings(chapter)
            body.append(chapter)
    for table in body.select("table"):
        _frame_table(soup, table)
    for section in body.find_all("section"):
        # Pandoc would set a section as one unbreakable block.
        section.find(re.compile(r"^h[1-6]$"))["id"] = section["id"]
        section.unwrap()
    for wrapper in body.select(".pst-scrollable-table-container, .cell, .cell_output"):
        wrapper.unwrap()
    for element in body.find_all(True):
        if element.name not in _KNOWN and not element.find_parent("math"):
            raise BookError(f"{_place(element)}: the PDF has no way to show <{element.name}>")
    return body


def _raise_headings(chapter: Tag) -> None:
    """Make a chapter's title a heading of the first level; the single page nests it deeper."""
    for heading in chapter.find_all(re.compile(r"^h[2-6]$")):
        heading.name = f"h{int(heading.name[1]) - 1}"


def _frame_table(soup: BeautifulSoup, table: Tag) -> None:
    """Put a table, its caption and its source line into one figure."""
    frame = soup.new_tag("figure")
    holder = table.find_parent(class_="pst-scrollable-table-container") or table
    source = holder.find_next_sibling()
    holder.wrap(frame)
    table["class"] = ["typst:no-figure", *(table.get("class") or [])]
    for cell in table.select("td, th"):
        # Pandoc gives every column the same width as soon as one cell holds a paragraph.
        paragraphs = cell.find_all(True, recursive=False)
        if len(paragraphs) == 1 and paragraphs[0].name == "p":
            paragraphs[0].unwrap()
    for cell in table.select(".number"):
        cell["style"] = "text-align: right"
    if "id" in table.attrs:
        frame["id"] = table.attrs.pop("id")
    if caption := table.find("caption"):
        caption.name = "figcaption"
        frame.insert(0, caption.extract())
    if source and "figure-source" in (source.get("class") or []):
        frame.append(source.extract())


def _private_ids(article: Tag) -> None:
    """Make every id unique and let every link inside the book lead to one.

    Chapters repeat ids (each has a section "exercises"), and Sphinx puts them all on one page.
    """
    # A citation's own id serves links back from the bibliography, which the PDF does not have.
    for citation in article.select(".bibtex-citation"):
        citation.attrs.pop("id", None)
    marks = article.select("span[id^=document-]")
    chapters = [mark.find_next_sibling("section") for mark in marks]
    home: dict[str, list[int]] = {}
    for number, chapter in enumerate(chapters):
        for element in [chapter, *chapter.find_all(id=True)]:
            if "id" in element.attrs:
                home.setdefault(element["id"], []).append(number)
                element["id"] = f"c{number}-{element['id']}"
    named = {mark["id"]: chapter["id"] for mark, chapter in zip(marks, chapters, strict=True)}
    for link in article.find_all("a", href=True):
        href = link["href"]
        if "download" in (link.get("class") or []):
            link.unwrap()  # a file beside the web page; the PDF stands alone
            continue
        if re.match(r"(https?|mailto):", href):
            continue
        target = href.partition("#")[2]
        if target in named:
            link["href"] = f"#{named[target]}"
            continue
        own = next((n for n, c in enumerate(chapters) if c in link.parents), None)
        homes = home.get(target, [])
        number = own if own in homes else homes[0] if len(set(homes)) == 1 else None
        if number is None:
            raise BookError(f"{_place(link)}: the link to '{href}' leads nowhere in the PDF")
        link["href"] = f"#c{number}-{target}"


def _place(element: Tag) -> str:
    """Say where an element stands: the nearest heading before it."""
    heading = element.find_previous(re.compile(r"^h[1-6]$"))
    return f"PDF, under '{heading.get_text(' ', strip=True)}'" if heading else "PDF"
