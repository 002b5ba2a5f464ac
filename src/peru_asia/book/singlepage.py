"""Sphinx's single page of the whole book, taken apart into what Pandoc and Typst can set."""

import re
from copy import copy

import yaml
from bs4 import BeautifulSoup, Tag

from peru_asia import paths
from peru_asia.errors import BookError, did_you_mean

# What Pandoc and the template can set. Anything else on a page must be dealt with first:
# Pandoc would drop it in silence.
_KNOWN = {
    "a", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "div", "dl", "dt", "em",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "hr", "img", "li", "math", "ol", "p", "pre",
    "section", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
# Interface, and what is meant for the web page alone.
_DEAD = "a.headerlink, script, style, button, .lf-tools, .citation > .label, .web-only"


def tidy(article: Tag, *, chapter: str | None = None, address: str = "") -> Tag:
    """Return the single page as plain sections that Pandoc and the template can set.

    Parameters
    ----------
    article
        The article of Sphinx's ``singlehtml`` page; it is taken apart.
    chapter
        Name of the one chapter to keep, such as ``trade/partners``; otherwise the whole book: an
        overview, then the parts with their chapters.
    address
        Where the web book can be read; each figure then gets a link to its live form there.

    Raises
    ------
    BookError
        If a link leads nowhere, there is no such chapter, or the page holds an element that the
        PDF cannot show.
    """
    for dead in article.select(_DEAD):
        dead.decompose()
    soup = BeautifulSoup("<div></div>", "lxml")
    documents = _private_ids(article)
    _set_footnotes(soup, article)
    if address:
        _link_figures(soup, documents, address)
    body = _parts(soup, article) if chapter is None else _one(soup, article, documents, chapter)
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
            raise BookError(f"{place(element)}: the PDF has no way to show <{element.name}>")
    return body


def _parts(soup: BeautifulSoup, article: Tag) -> Tag:
    """Return the whole book: an overview, then the parts with their chapters."""
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
    return body


def _one(soup: BeautifulSoup, article: Tag, documents: dict[str, Tag], chapter: str) -> Tag:
    """Return one chapter with the references that it cites; links out of it become plain text."""
    names = [name.removeprefix("chapters/") for name in documents]
    if chapter not in names:
        raise BookError(f"there is no chapter '{chapter}'; " + did_you_mean(chapter, names))
    body, section = soup.div, documents[f"chapters/{chapter}"]
    cited = {link["href"].removeprefix("#") for link in section.select("a[href^='#']")}
    works = [work for work in article.select(".citation") if work["id"] in cited]
    body.append(section.extract())
    _raise_headings(section)
    if works:
        heading = soup.new_tag("h2")
        heading.string = "References"
        references = soup.new_tag("section", attrs={"id": "references"})
        references.extend([heading, *works])
        section.append(references)
    inside = {element["id"] for element in body.find_all(id=True)}
    for link in body.select("a[href^='#']"):
        if link["href"].removeprefix("#") not in inside:
            link.unwrap()
    return body


def _link_figures(soup: BeautifulSoup, documents: dict[str, Tag], address: str) -> None:
    """Give the source line of each figure a link to the live figure."""
    for document, chapter in documents.items():
        for source in chapter.select("figure[id] > .figure-source"):
            name = source.parent["id"].partition("-")[2]
            url = f"{address.rstrip('/')}/{document}.html#{name}"
            link = soup.new_tag("a", attrs={"class": "live", "href": url})
            link.string = "Live figure"
            source.append(link)


def _set_footnotes(soup: BeautifulSoup, article: Tag) -> None:
    """Put the text of each footnote where its mark stands, as Pandoc needs it."""
    for mark in article.select("a.footnote-reference"):
        target = article.find(id=mark["href"].partition("#")[2])
        if target is None or "footnote" not in (target.get("class") or []):
            raise BookError(f"{place(mark)}: footnote {mark.get_text()} has no text")
        note = soup.new_tag("span", attrs={"class": "footnote"})
        for paragraph in target.find_all("p"):
            note.extend(list(copy(paragraph).children))
        mark.replace_with(note)
    for notes in article.select("aside.footnote-list, .footnote-list"):
        notes.decompose()


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


def _private_ids(article: Tag) -> dict[str, Tag]:
    """Make every id unique and let every link inside the book lead to one.

    Chapters repeat ids (each has a section "exercises"), and Sphinx puts them all on one page.
    Returns the chapters' sections by the name of their document.
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
            raise BookError(f"{place(link)}: the link to '{href}' leads nowhere in the PDF")
        link["href"] = f"#c{number}-{target}"
    return {
        mark["id"].removeprefix("document-"): chapter
        for mark, chapter in zip(marks, chapters, strict=True)
    }


def place(element: Tag) -> str:
    """Say where an element stands: the nearest heading before it."""
    found = [element.find_previous("h1"), element.find_previous(re.compile(r"^h[1-6]$"))]
    titles = dict.fromkeys(heading.get_text(" ", strip=True) for heading in found if heading)
    return ", under ".join(["PDF", *(f"'{title}'" for title in titles)])
