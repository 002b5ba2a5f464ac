"""The PDF of the whole book, as a reader's program sees it."""

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import typst
from lxml import html
from PIL import Image
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from peru_asia import data, indicators, paths
from peru_asia.book.cells.forms import pct
from peru_asia.book.text.chapters import all_chapters
from peru_asia.book.text.editions import Edition
from tests.book.conftest import selectors, text_of
from tests.book.print.conftest import destinations, structure
from tests.book.print.test_volume import titles


@pytest.fixture(scope="module")
def pdf(book: Path) -> PdfReader:
    return PdfReader(Edition.READER.pdf())


@pytest.fixture(scope="module")
def text(book: Path) -> str:
    return re.sub(r"\s+", " ", " ".join(text_of(Edition.READER.pdf())))


def test_it_has_title_language_and_tags(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert pdf.metadata.title == "Peru Looks Across the Pacific"
    assert root["/Lang"].startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


def test_a_validator_of_accessibility_finds_nothing(book: Path) -> None:
    """It checks the part of PDF/UA-1 that needs no eyes, and not all of that; Typst checks too."""
    found = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", str(Edition.READER.pdf())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


def test_bookmarks_mirror_the_contents(pdf: PdfReader) -> None:
    found = titles(pdf.outline)
    for title in ("Overview", "Trade", "A figure of 2013, redone", "The data", "Bibliography"):
        assert title in [re.sub(r"^[\d.]+ ", "", name) for name in found]


def test_every_figure_has_number_caption_source_and_description(
    pdf: PdfReader, text: str, book: Path
) -> None:
    pages = [html.parse(path).getroot() for path in book.rglob("*.html")]
    figures = [
        figure
        for page in pages
        for figure in page.iter("figure")
        if figure.find_class("live-figure")
    ]
    assert len(figures) > 10
    printed = squeezed(text)
    for figure in figures:
        parts = ("caption-number", "caption-text", "figure-source")
        number, caption, source = (figure.find_class(part)[0].text_content() for part in parts)
        assert squeezed(number + caption)[:60] in printed
        assert squeezed(source)[:40] in printed
    described = {
        squeezed(str(node["/Alt"])) for node in structure(pdf) if node.get("/S") == "/Figure"
    }
    pictures = [
        picture
        for page in pages
        for shown in ("lf-view", "finding-picture")
        for picture in page.find_class(shown)
    ]
    assert described == {squeezed(picture.get("aria-label")) for picture in pictures}


def squeezed(text: str) -> str:
    """Leave out what a line break may change: spaces and hyphens."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_figures_are_vector_with_the_books_own_fonts(pdf: PdfReader) -> None:
    assert pictures_of_dots(Edition.READER.pdf()) == 0
    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    # Typst brings the last two: for code and for formulas.
    own = ("BookSans", "SourceSerif4", "DejaVuSansMono", "NewCMMath")
    assert all(name.startswith(own) for name in fonts)


def pictures_of_dots(pdf: Path) -> int:
    """Count them, also those in the drawings; PDFium does so ten times as fast as pypdf."""
    with PdfDocument(pdf) as document:
        return sum(
            sum(1 for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=15))
            for page in document
        )


def test_a_picture_of_dots_is_found(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "dots.png")
    sources = [b'#image("dots.png")', b'#box(clip: true, rotate(9deg, image("dots.png")))']
    for source in sources:
        (tmp_path / "page.typ").write_bytes(source)
        typst.compile(tmp_path / "page.typ", output=tmp_path / "page.pdf")
        assert pictures_of_dots(tmp_path / "page.pdf") == 1


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
        "from peru_asia import",
    ):
        assert dead not in text


def test_its_numbers_are_those_of_the_data(text: str) -> None:
    exports = data.load("trade_by_partner").query("flow == 'export'")
    last = int(exports["year"].max())
    share = indicators.value_at(
        indicators.share(exports, total="WLD"), "share_pct", partner="CHN", year=last
    )
    assert f"it took {pct(share, 0)} of everything that Peru exports" in text


def test_links_inside_lead_to_pages(pdf: PdfReader) -> None:
    inside = destinations(pdf)
    assert len(inside) > 50
    assert all(0 <= page < len(pdf.pages) for _, page in inside)


# What the web page has and the PDF leaves out on purpose: elements, and elements of a class.
# In the index of names it prints numbers of pages where the web page has those of sections.
WEB_ONLY = {"script", "style", "button", "details", "math"}
WEB_ONLY |= {".lf-tools", ".web-only", ".cell_input", "a.headerlink", "a.mention"}
PASSAGES = ("h1", "h2", "h3", "h4", "p", "td", "th", "li", "dt", "dd")

LETTERS_OF_A_PAGE = 1500  # at the least, where a passage goes on from page to page


def letters(text: str) -> str:
    """Leave letters and digits, in the form that survives ligatures and line breaks."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


def passages(chapter: html.HtmlElement) -> Iterator[str]:
    """Give every heading, paragraph, cell, caption and item of a page's article."""
    for element in list(chapter.iter("*")):
        if WEB_ONLY & selectors(element):
            element.tail = "\n" + (element.tail or "")
            element.drop_tree()
    for element in [*chapter.iter(*PASSAGES), *chapter.find_class("caption-text")]:
        if next(element.iterdescendants("p", "ul", "ol", "table"), None) is None:
            yield from (part for part in element.text_content().split("\n") if letters(part))


def missing(passage: str, whole: str) -> str:
    """Return what of a passage is not in the text, allowing page breaks inside it."""
    rest, short, pieces = letters(passage), 0, 0
    most = 2 + len(rest) // LETTERS_OF_A_PAGE
    while rest:
        low, high = 0, len(rest)
        while low < high:  # the longest beginning that is there
            middle = (low + high + 1) // 2
            low, high = (middle, high) if rest[:middle] in whole else (low, middle - 1)
        # A page may end after the first words of a passage; more than one such scrap is a loss,
        # and so are more pieces than there can be pages: in a long book any words stand somewhere.
        short += low < min(len(rest), 8)
        pieces += 1
        if not low or short > 1 or pieces > most:
            return rest
        rest = rest[low:]
    return ""


@pytest.fixture(scope="module")
def whole(book: Path) -> str:
    return letters("".join(text_of(Edition.READER.pdf())))


@pytest.mark.parametrize("chapter", all_chapters(), ids=paths.relative)
def test_everything_on_the_web_page_is_in_the_pdf(chapter: Path, book: Path, whole: str) -> None:
    page = book / paths.relative(chapter).replace(".md", ".html")
    [article] = html.parse(page).getroot().find_class("bd-article")
    if chapter == all_chapters()[0]:
        next(article.iter("h1")).drop_tree()  # stands on the cover
    lost = [text for text in passages(article) if missing(text, whole)]
    assert not lost


@pytest.mark.parametrize(
    "words", ["A sentence that this book has never had.", "Zyzzyva.", "In 2024 Zyzzyva took 33%."]
)
def test_what_is_not_there_is_missed(whole: str, words: str) -> None:
    assert missing(words, whole)


def test_a_single_chapter_can_be_handed_out(book: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "peru_asia", "pdf", "trade/partners"],
        cwd=paths.ROOT,
        check=True,
    )
    pages = text_of(Edition.READER.pdf("trade/partners"))
    text = " ".join(pages)
    assert "Partners: who buys from Peru" in text
    assert "References" in text
    assert letters("Economic Boom and the Asian Connection") in letters(text)
    assert "What was claimed, what the data say\nWhat the literature" not in text
    assert len(pages) < 30
