"""The PDF, as a reader's program sees it."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from peru_asia import data, indicators, paths
from peru_asia.book.numbers import formatted

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pdf(book: Path) -> PdfReader:
    return PdfReader(paths.PDF)


@pytest.fixture(scope="module")
def text(pdf: PdfReader) -> str:
    whole = " ".join(page.extract_text() for page in pdf.pages)
    # Lines are broken, and words hyphenated, where the page ends.
    return re.sub(r"\s+", " ", re.sub(r"[-\u00ad\u2010]\n", "", whole))


def test_it_has_title_language_and_tags(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert pdf.metadata.title == "Peru Looks Across the Pacific"
    assert root["/Lang"].startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


def test_bookmarks_mirror_the_contents(pdf: PdfReader) -> None:
    def titles(items: list) -> list[str]:
        return [
            title
            for item in items
            for title in (titles(item) if isinstance(item, list) else [item.title])
        ]

    found = titles(pdf.outline)
    for title in ("Overview", "Trade", "1.1. A figure of 2013, redone", "The data", "Bibliography"):
        assert title in found


def test_every_figure_has_number_caption_source_and_description(
    pdf: PdfReader, text: str, book: Path
) -> None:
    pages = [BeautifulSoup(path.read_text("utf-8"), "lxml") for path in book.rglob("*.html")]
    figures = [figure for page in pages for figure in page.select("figure:has(.live-figure)")]
    assert len(figures) > 10
    for figure in figures:
        caption = (
            figure.select_one(".caption-number").text + figure.select_one(".caption-text").text
        )
        assert squeezed(caption)[:60] in squeezed(text)
        assert squeezed(figure.select_one(".figure-source").text)[:40] in squeezed(text)
    described = {
        squeezed(str(node["/Alt"])) for node in _structure(pdf) if node.get("/S") == "/Figure"
    }
    assert described == {squeezed(f.select_one(".lf-view")["aria-label"]) for f in figures}


def squeezed(text: str) -> str:
    """Leave out what a line break may change: spaces and hyphens."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def _structure(pdf: PdfReader) -> list[dict]:
    """Return every element of the structure tree."""
    seen, todo = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop()
        seen.append(node)
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object() if isinstance(kid, IndirectObject) else kid
            if isinstance(kid, dict) and "/S" in kid:
                todo.append(kid)
    return seen


def test_figures_are_vector_with_the_books_own_fonts(pdf: PdfReader) -> None:
    assert sum(len(page.images) for page in pdf.pages) == 0
    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all(name.startswith(("BookSans", "SourceSerif4", "DejaVuSansMono")) for name in fonts)


def test_the_text_of_the_figures_can_be_read(text: str) -> None:
    # Axis title, legend and mark of the first two figures.
    for words in ("% of exports to the region", "Taiwan", "SUNAT", "logarithmic scale"):
        assert words in text


def test_it_shows_results_and_no_code_or_interface(text: str) -> None:
    for dead in (
        "alt.Chart",
        "View data",
        "Show code",
        "Picture (PNG)",
        "import data",
        "book.figure(",
    ):
        assert dead not in text


def test_its_numbers_are_those_of_the_data(text: str) -> None:
    exports = data.load("trade_by_partner").query("flow == 'export'")
    last = int(exports["year"].max())
    share = indicators.value_at(
        indicators.share(exports, total="WLD"), "share_pct", partner="CHN", year=last
    )
    assert f"it took {formatted(share, 'percent', 0)} of everything that Peru exports" in text


def test_links_inside_lead_to_pages(pdf: PdfReader) -> None:
    inside = [
        annotation.get_object()
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if "/A" not in annotation.get_object() or "/URI" not in annotation.get_object()["/A"]
    ]
    assert len(inside) > 50
    pages = {page.indirect_reference.idnum for page in pdf.pages}
    for link in inside:
        target = (link.get("/Dest") or link["/A"]["/D"]).get_object()
        if isinstance(target, str):
            assert target in pdf.named_destinations
        else:
            assert target[0].get_object().indirect_reference.idnum in pages
