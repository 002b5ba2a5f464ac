"""The PDF, as a reader's program sees it."""

import re
from pathlib import Path

import pytest
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


def test_every_figure_has_number_caption_source_and_description(pdf: PdfReader, text: str) -> None:
    for number in range(1, 6):
        assert re.search(rf"Fig\. 1\.{number} \w+", text)
    assert text.count("Sources: World Bank") >= 4
    described = [str(node["/Alt"]) for node in _structure(pdf) if node.get("/S") == "/Figure"]
    assert len(described) == 5
    assert all(len(words.split()) > 15 for words in described)


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
            assert target.raw_get(0).idnum in pages
