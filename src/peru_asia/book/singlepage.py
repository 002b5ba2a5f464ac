"""Sphinx's single page of the whole book, taken apart and put in the order of a printed book."""

import re
from copy import deepcopy

import yaml
from lxml.html import HtmlElement, builder

from peru_asia import paths
from peru_asia.errors import BookError, did_you_mean

# Interface, and what is meant for the web page alone.
_DEAD_TAGS = ("script", "style", "button")
_DEAD_CLASSES = ("headerlink", "lf-tools", "web-only")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def tidy(article: HtmlElement, *, chapter: str | None = None, address: str = "") -> HtmlElement:
    """Return what the PDF shows, in its order: sections, and a title before each part.

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
        If a link or a footnote's mark leads nowhere, or there is no such chapter.
    """
    for dead in [*article.iter(*_DEAD_TAGS), *_of_class(article, *_DEAD_CLASSES)]:
        dead.drop_tree()
    for citation in _of_class(article, "citation"):
        citation.find_class("label")[0].drop_tree()
    for section in [*article.iter("section")]:
        if not any(child.tag in _HEADINGS for child in section):
            section.drop_tag()  # sphinx-exercise divides its boxes so
    documents = _private_ids(article)
    _set_footnotes(article)
    _take_in_sources(article)
    if address:
        _link_figures(documents, address)
    sections = _parts(article) if chapter is None else [_one(article, documents, chapter)]
    body = builder.BODY(*sections)
    _drop_idle_ids(body)
    return body


def place(element: HtmlElement) -> str:
    """Say where an element stands: the chapter and the nearest heading before it."""
    chapter = heading = None
    for before in element.getroottree().iter():
        if before is element:
            break
        if before.tag in _HEADINGS:
            heading = before
            chapter = before if before.tag == "h1" else chapter
    titles = dict.fromkeys(h.text_content().strip() for h in (chapter, heading) if h is not None)
    return ", under ".join(["PDF", *(f"'{title}'" for title in titles)])


def _of_class(root: HtmlElement, *names: str) -> list[HtmlElement]:
    return [element for name in names for element in root.find_class(name)]


def _private_ids(article: HtmlElement) -> dict[str, HtmlElement]:
    """Make every id unique and let every link inside the book lead to one.

    Chapters repeat ids (each has a section "exercises"), and Sphinx puts them all on one page.
    Returns the chapters' sections by the name of their document.
    """
    # A citation's own id serves links back from the bibliography, which the PDF does not have.
    for citation in _of_class(article, "bibtex-citation"):
        citation.attrib.pop("id", None)
    marks = [mark for mark in article.iter("span") if mark.get("id", "").startswith("document-")]
    chapters = [next(mark.itersiblings("section")) for mark in marks]
    named = {mark.get("id"): chapter for mark, chapter in zip(marks, chapters, strict=True)}
    own: dict[HtmlElement, int] = {}
    home: dict[str, set[int]] = {}
    for number, chapter in enumerate([*chapters, article]):  # the overview is what is left
        for element in chapter.iter():
            if element in own:
                continue
            own[element] = number
            if old := element.get("id"):
                home.setdefault(old, set()).add(number)
                element.set("id", _label(number, old))
    for link in [*article.iter("a")]:
        href = link.get("href", "")
        if "download" in link.classes:
            link.drop_tag()  # a file beside the web page; the PDF stands alone
            continue
        if not href or re.match(r"(https?|mailto):", href):
            continue
        target = href.partition("#")[2]
        if target in named:
            link.set("href", f"#{named[target].get('id')}")
            continue
        homes = home.get(target, set())
        number = own.get(link) if own.get(link) in homes else min(homes, default=None)
        if number is None or (number != own.get(link) and len(homes) > 1):
            raise BookError(f"{place(link)}: the link to '{href}' leads nowhere in the PDF")
        link.set("href", f"#{_label(number, target)}")
    return {name.removeprefix("document-"): chapter for name, chapter in named.items()}


def _label(chapter: int, name: str) -> str:
    """Return an id that is unique in the book, in the letters that Typst allows."""
    return f"c{chapter}-" + re.sub(r"[^\w-]", "-", name)


def _set_footnotes(article: HtmlElement) -> None:
    """Put the text of each footnote where its mark stands."""
    notes = {note.get("id"): note for note in article.iter("aside") if "footnote" in note.classes}
    for mark in _of_class(article, "footnote-reference"):
        note = notes.get(mark.get("href").removeprefix("#"))
        if note is None:
            raise BookError(f"{place(mark)}: footnote {mark.text_content()} has no text")
        here = builder.SPAN(*map(deepcopy, note.iter("p")), {"class": "footnote"})
        here.tail = mark.tail
        mark.getparent().replace(mark, here)
    for listed in _of_class(article, "footnote-list"):
        listed.drop_tree()


def _take_in_sources(article: HtmlElement) -> None:
    """Make the source line below a table a part of the table, as it is a part of a figure."""
    for table in article.iter("table"):
        holder = table
        while "pst-scrollable-table-container" in holder.getparent().classes:
            holder = holder.getparent()
        source = holder.getnext()
        if source is not None and "figure-source" in source.classes:
            table.append(source)


def _link_figures(documents: dict[str, HtmlElement], address: str) -> None:
    """Give the source line of each figure a link to the live figure."""
    for document, chapter in documents.items():
        for figure in chapter.iter("figure"):
            if figure.get("id") and (source := figure.find("./div[@class]")) is not None:
                name = figure.get("id").partition("-")[2]
                url = f"{address.rstrip('/')}/{document}.html#{name}"
                source.append(builder.A({"class": "live", "href": url}, "Live figure"))


def _parts(article: HtmlElement) -> list[HtmlElement]:
    """Return the whole book: an overview, then the parts with their chapters."""
    parts = _of_class(article, "toctree-wrapper")
    overview = article.find("section")
    overview.find("h1").text = "Overview"
    body = [overview]
    toc = yaml.safe_load(paths.TOC.read_text("utf-8"))
    for number, (part, listed) in enumerate(zip(parts, toc["parts"], strict=True), 1):
        part.drop_tree()
        body.append(builder.DIV({"class": "part", "id": f"part-{number}"}, listed["caption"]))
        for chapter in part.iterchildren("section"):
            _raise_headings(chapter)
            body.append(chapter)
    return body


def _one(article: HtmlElement, documents: dict[str, HtmlElement], chapter: str) -> HtmlElement:
    """Return one chapter with the references that it cites; links out of it become plain text."""
    names = [name.removeprefix("chapters/") for name in documents]
    if chapter not in names:
        raise BookError(f"there is no chapter '{chapter}'; " + did_you_mean(chapter, names))
    section = documents[f"chapters/{chapter}"]
    _raise_headings(section)
    cited = {link.get("href").removeprefix("#") for link in section.iter("a")}
    works = [work for work in _of_class(article, "citation") if work.get("id") in cited]
    if works:
        references = builder.DIV({"class": "citation-list"}, *works)
        section.append(builder.E.section(builder.H2("References"), references))
    inside = {element.get("id") for element in section.iter()}
    for link in [*section.iter("a")]:
        if link.get("href").startswith("#") and link.get("href").removeprefix("#") not in inside:
            link.drop_tag()
    return section


def _raise_headings(chapter: HtmlElement) -> None:
    """Make a chapter's title a heading of the first level; the single page nests it deeper."""
    for heading in [*chapter.iter(*_HEADINGS[1:])]:
        heading.tag = f"h{int(heading.tag[1]) - 1}"


def _drop_idle_ids(body: HtmlElement) -> None:
    """Forget the ids that nothing leads to: neither a link nor the contents."""
    used = {link.get("href", "").removeprefix("#") for link in body.iter("a")}
    for element in body.iter():
        listed = element.tag in ("section", "figure", "table") or element.get("class") == "part"
        if element.get("id") not in used and not listed:
            element.attrib.pop("id", None)
