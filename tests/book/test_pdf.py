"""The PDF, as a reader's program sees it."""

import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from peru_asia import data, indicators, paths
from peru_asia.book import formulas
from peru_asia.book import pdf as setting
from peru_asia.book.chapters import all_chapters
from peru_asia.book.editions import Edition
from peru_asia.book.numbers import formatted
from peru_asia.errors import BookError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pdf(book: Path) -> PdfReader:
    return PdfReader(Edition.READER.pdf())


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
    def titles(items: list) -> list[str]:
        return [
            title
            for item in items
            for title in (titles(item) if isinstance(item, list) else [item.title])
        ]

    found = titles(pdf.outline)
    for title in ("Overview", "Trade", "A figure of 2013, redone", "The data", "Bibliography"):
        assert title in [re.sub(r"^[\d.]+ ", "", name) for name in found]


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
    pictures = [picture for page in pages for picture in page.select(".lf-view, .finding-picture")]
    assert described == {squeezed(picture["aria-label"]) for picture in pictures}


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
    # Typst brings the last two: for code and for formulas.
    own = ("BookSans", "SourceSerif4", "DejaVuSansMono", "NewCMMath")
    assert all(name.startswith(own) for name in fonts)


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


SINGLE = Edition.READER.sphinx / "singlehtml"
# What the web page has and the PDF leaves out on purpose.
# In the index of names it prints numbers of pages where the web page has those of sections.
WEB_ONLY = "a.headerlink, script, style, button, details, .lf-tools, .web-only, .cell_input, math"
WEB_ONLY += ", a.mention"


LETTERS_OF_A_PAGE = 1500  # at the least, where a passage goes on from page to page


def letters(text: str) -> str:
    """Leave letters and digits, in the form that survives ligatures and line breaks."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


def passages(chapter: Tag) -> Iterator[str]:
    """Give every heading, paragraph, cell, caption and item of a page's article."""
    for dead in chapter.select(WEB_ONLY):
        dead.replace_with("\n")
    for element in chapter.select("h1, h2, h3, h4, p, td, th, li, dt, dd, .caption-text"):
        if not element.find(["p", "ul", "ol", "table"]):
            yield from (part for part in element.get_text().split("\n") if letters(part))


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
def whole(pdf: PdfReader) -> str:
    return letters("".join(page.extract_text() for page in pdf.pages))


@pytest.mark.parametrize("chapter", all_chapters(), ids=paths.relative)
def test_everything_on_the_web_page_is_in_the_pdf(chapter: Path, book: Path, whole: str) -> None:
    page = book / paths.relative(chapter).replace(".md", ".html")
    article = BeautifulSoup(page.read_text("utf-8"), "lxml").select_one("article.bd-article")
    if chapter == all_chapters()[0]:
        article.find("h1").decompose()  # stands on the cover
    lost = [text for text in passages(article) if missing(text, whole)]
    assert not lost


@pytest.mark.parametrize(
    "words", ["A sentence that this book has never had.", "Zyzzyva.", "In 2024 Zyzzyva took 33%."]
)
def test_what_is_not_there_is_missed(whole: str, words: str) -> None:
    assert missing(words, whole)


def test_two_settings_of_one_page_are_the_same_to_the_byte(book: Path, tmp_path: Path) -> None:
    first, second = (setting.convert(SINGLE, tmp_path / name).read_bytes() for name in "ab")
    assert first == second


def test_a_single_chapter_can_be_handed_out(book: Path, tmp_path: Path) -> None:
    made = PdfReader(setting.convert(SINGLE, tmp_path, chapter="trade/partners", paper="us-letter"))
    text = " ".join(page.extract_text() for page in made.pages)
    assert "Partners: who buys from Peru" in text
    assert "References" in text
    assert letters("Economic Boom and the Asian Connection") in letters(text)
    assert "What was claimed, what the data say\nWhat the literature" not in text
    assert [float(side) for side in made.pages[0].mediabox[2:]] == [612, 792]
    assert len(made.pages) < 30


def test_an_unknown_chapter_is_named_with_the_nearest(book: Path, tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"no chapter 'trade/partner'; .*trade/partners"):
        setting.convert(SINGLE, tmp_path, chapter="trade/partner")


def test_figures_lead_to_the_web_where_an_address_is_configured(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def links(made: Path) -> list[str]:
        annotations = [a.get_object() for p in PdfReader(made).pages for a in p.get("/Annots", [])]
        return [a["/A"]["/URI"] for a in annotations if "/URI" in a.get("/A", {})]

    chapter = "trade/partners"
    live = "https://book.example/chapters/trade/partners.html#fig-hhi"
    assert live not in links(setting.convert(SINGLE, tmp_path / "without", chapter=chapter))
    config = yaml.safe_load(paths.CONFIG.read_text("utf-8"))
    config["html"]["baseurl"] = "https://book.example/"
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(config), "utf-8")
    monkeypatch.setattr(paths, "CONFIG", tmp_path / "_config.yml")
    assert live in links(setting.convert(SINGLE, tmp_path / "with", chapter=chapter))


PAGE = """<article class="bd-article"><section id="top"><h1>Book</h1></section>
<div class="toctree-wrapper"><span id="document-chapters/a"></span>
<section id="a"><h2>First chapter</h2>{}</section></div></article>"""


@pytest.fixture
def single(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Give what makes the single page of a book with one chapter, which holds some content."""
    toc = tmp_path / "_toc.yml"
    toc.write_text("root: index\nparts:\n- caption: Part\n  chapters: []\n", "utf-8")
    monkeypatch.setattr(paths, "TOC", toc)
    (tmp_path / "chapters").mkdir()

    def write(content: str) -> Path:
        (tmp_path / "chapters" / "index.html").write_text(PAGE.format(content), "utf-8")
        return tmp_path

    return write


@pytest.fixture
def made(single: Callable[[str], Path]) -> Callable[[str], PdfReader]:
    """Give what sets a chapter with some content as a PDF."""

    def convert(content: str) -> PdfReader:
        folder = single(content)
        return PdfReader(setting.convert(folder, folder / "work"))

    return convert


def words_of(made: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in made.pages).split())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<p><video></video></p>", r"'First chapter'.*no way to show <video>"),
        ("<p><math><mtable></mtable></math></p>", r"'First chapter'.*no way to show <mtable>"),
        ('<p><a href="#gone">x</a></p>', r"'First chapter'.*'#gone' leads nowhere"),
        ('<p><img src="gone.svg"/></p>', r"'First chapter'.*picture gone.svg is missing"),
        ('<p><a class="footnote-reference" href="#a">1</a></p>', r"footnote 1 has no text"),
    ],
)
def test_nothing_is_dropped_in_silence(
    content: str, message: str, single: Callable[[str], Path]
) -> None:
    folder = single(content)
    with pytest.raises(BookError, match=message):
        setting.convert(folder, folder / "work")


def test_text_is_never_taken_for_markup(made: Callable[[str], PdfReader]) -> None:
    odd = (
        r"""= - + / 1. *a* _b_ `c` $d$ #e @f &lt;g&gt; [h] \i // /* "j" 'k' -- ... ~ https://l.m"""
    )
    text = words_of(made(f"<p>{odd}</p>"))
    assert odd.replace("&lt;", "<").replace("&gt;", ">") in text


def test_footnotes_are_set(made: Callable[[str], PdfReader]) -> None:
    text = words_of(
        made(
            '<p>Word<a class="footnote-reference" href="#n1" id="r1">1</a> after.</p>'
            '<aside class="footnote-list"><aside class="footnote" id="n1">'
            '<span class="label">1</span><p>The text of the note.</p></aside></aside>'
        )
    )
    assert text.count("The text of the note.") == 1
    assert text.index("after.") < text.index("The text of the note.")


FORMULA = r"\frac{\sum_{i}x_{i}^{2}}{\sqrt{n}} \leq \max_{t}\bar{y}_{t}, \text{HHI} \in (0, 1)"


def test_formulas_are_set_and_can_be_heard(made: Callable[[str], PdfReader]) -> None:
    book = made(f"<p>A {formulas.mathml(FORMULA, 'inline')} B</p>")
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", words_of(book)))
    for part in ("∑", "√", "≤", "max", "HHI∈(0,1)"):
        assert part in text
    [heard] = [node["/Alt"] for node in _structure(book) if node.get("/S") == "/Formula"]
    assert heard == FORMULA


EXERCISE = """<div class="exercise admonition" id="ex">
<p class="admonition-title"><span class="caption-number">Exercise 1 </span> (Read: a rise)</p>
<section id="exercise-content"><p>Which was faster?</p>
<div class="dropdown admonition hint"><p class="admonition-title">Hint</p><p>Think of ratios.</p>
</div></section></div>
<div class="solution dropdown admonition" id="sol"><p class="admonition-title">Solution to
<a href="#ex">Exercise 1</a></p><section id="solution-content">
<table class="book-table frame"><thead><tr><th></th><th>Rate</th></tr></thead>
<tbody><tr><th>a</th><td>3.25</td></tr></tbody></table>
<p>The second.</p></section></div>"""


def test_exercises_have_hint_and_solution_in_full(made: Callable[[str], PdfReader]) -> None:
    text = words_of(made(EXERCISE + EXERCISE.replace("ex", "other").replace("sol", "more")))
    parts = ["Exercise 1 (Read: a rise)", "Which was faster?", "Hint. Think of ratios."]
    parts += ["Solution to Exercise 1", "Rate", "3.25", "The second."]
    assert re.search(".*".join(map(re.escape, parts)), text)


def destinations(made: PdfReader) -> list[tuple[int, int]]:
    """Return from which page to which each link inside the book leads, counted from nought."""
    number = {page.indirect_reference.idnum: index for index, page in enumerate(made.pages)}
    found = []
    for index, page in enumerate(made.pages):
        for link in (annotation.get_object() for annotation in page.get("/Annots", [])):
            target = link.get("/Dest") or link["/A"].get("/D")
            if isinstance(target, str):
                target = made.named_destinations[target].dest_array
            found.append((index, number[target.get_object()[0].idnum]))
    return found


def test_a_glossary_is_set_and_its_terms_lead_to_it(made: Callable[[str], PdfReader]) -> None:
    book = made(
        '<p>Of <a href="index.html#term-Ore"><span class="xref std std-term">ore</span></a>.</p>'
        + "<p>Line.</p>" * 90
        + '<dl class="glossary"><dt id="term-Ore">Ore</dt><dd><p>Stone with metal.</p></dd></dl>'
    )
    assert "Ore Stone with metal." in words_of(book)
    [start] = [n for n, page in enumerate(book.pages) if "Of ore." in page.extract_text()]
    [there] = [n for n, page in enumerate(book.pages) if "Stone" in page.extract_text()]
    assert there > start
    assert (start, there) in destinations(book)


def test_an_index_of_names_has_the_numbers_of_pages(made: Callable[[str], PdfReader]) -> None:
    def mention(place: str, words: str) -> str:
        return f'<p>{words} <span class="mention" id="m-{place}"></span>Humala here.</p>'

    links = ", ".join(f'<a class="mention" href="#m-{n}">{n}.1</a>' for n in (1, 2, 3))
    book = made(
        mention("1", "First")
        + mention("2", "Again")
        + "<p>Line.</p>" * 120
        + mention("3", "Last")
        + f'<ul class="name-index"><li><p><strong>Humala</strong>: {links}</p></li></ul>'
    )
    pages = [page.extract_text() for page in book.pages]
    # The number of a page stands at its foot.
    first, last = (
        next(page.split()[-1] for page in pages if f"{word} Humala" in page)
        for word in ("First", "Last")
    )
    assert first != last
    assert f"Humala: {first}, {last}" in words_of(book)


def rows(count: int, width: int, word: str) -> str:
    head = "".join(f"<th>Head{column}</th>" for column in range(width))
    cells = "".join(
        "<tr>" + "".join(f"<td>{word}{row}x{column}</td>" for column in range(width)) + "</tr>"
        for row in range(count)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>"


@pytest.mark.parametrize(
    ("width", "word", "sideways", "size"),
    [(3, "w", False, 8.4), (8, "w", False, 7.3), (10, "w", True, 7.3), (6, "w" * 22, True, 7.3)],
)
def test_a_wide_table_has_smaller_type_or_a_page_on_its_side(
    width: int, word: str, sideways: bool, size: float, made: Callable[[str], PdfReader]
) -> None:
    book = made("<p>Before.</p>" + rows(2, width, word) + "<p>After.</p>")
    [page] = [page for page in book.pages if "Head0" in page.extract_text()]
    assert (page.mediabox.width > page.mediabox.height) == sideways
    spans: dict[int, list[tuple[float, str]]] = {}
    sizes = set()

    def visit(words: str, _: object, matrix: list[float], __: object, letter: float) -> None:
        if words.strip().startswith(word):
            spans.setdefault(round(matrix[5]), []).append((matrix[4], words.strip()))
            sizes.add(round(letter * abs(matrix[3]), 1))

    page.extract_text(visitor_text=visit)
    assert sizes == {size}
    for row in range(2):
        for column in range(width):
            assert f"{word}{row}x{column}" in page.extract_text()


def test_a_long_table_repeats_its_head_on_every_page(made: Callable[[str], PdfReader]) -> None:
    book = made(rows(200, 3, "w"))
    pages = [text for page in book.pages if "Head0" in (text := page.extract_text())]
    assert len(pages) > 2
    assert all(text.count("Head0") == 1 for text in pages)
    assert all(f"w{row}x2" in "".join(pages) for row in range(200))


@pytest.mark.parametrize("lines", [25, 30, 35, 40])
def test_a_short_table_is_not_broken(lines: int, made: Callable[[str], PdfReader]) -> None:
    book = made("<p>Line.</p>" * lines + rows(12, 3, "w"))
    [page] = [page.extract_text() for page in book.pages if "w0x0" in page.extract_text()]
    assert "w11x2" in page
