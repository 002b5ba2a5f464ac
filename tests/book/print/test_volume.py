"""The fragments of the chapters, joined to a book or handed out one by one."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from docutils import nodes
from pypdf import PdfReader

from peru_asia.book.print import pdf
from peru_asia.book.print.translator import Fragment, translate
from peru_asia.errors import BookError
from tests.book.print.conftest import FIELDS, Book, destinations, words_of
from tests.book.print.test_translator import EXERCISE, FORMULA, NOTE, TABLE

CITING = "Said {cite:t}`one`, see [there](place) and [below](here).\n\n(here)=\n## Below\n\nEnd."
OTHER = "(place)=\n## A place\n\nSaid {cite:p}`two`."


def titles(items: list) -> list[str]:
    """Return the titles of an outline."""
    return [
        title
        for item in items
        for title in (titles(item) if isinstance(item, list) else [item.title])
    ]


def test_it_has_title_language_and_tags(made: Callable[[str], PdfReader]) -> None:
    printed = made("Text.")
    root = printed.trailer["/Root"]
    assert printed.metadata.title == "Book"
    assert root["/Lang"].startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


def test_a_validator_of_accessibility_finds_nothing(small: Book) -> None:
    text = f"{EXERCISE}\n\n{TABLE}\n\n{CITING}\n\nA ${FORMULA}$.\n\n{NOTE}"
    fragments = small.fragments(text, OTHER)
    made = small.typeset(pdf.book([("", fragments.values())], **FIELDS))
    found = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", str(made)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


def test_a_book_has_an_overview_and_parts(small: Book) -> None:
    index, a, b, works = small.fragments(CITING, OTHER).values()
    parts = [("", [index]), ("Who’s first", [a, b]), ("Reference", [works])]
    printed = PdfReader(small.typeset(pdf.book(parts, **FIELDS)))
    order = ["Overview", "Who’s first", "1. First chapter", "1.1. Below", "2. Second chapter"]
    order += ["2.1. A place", "Reference", "3. Works"]
    assert [title for title in titles(printed.outline) if title != "Contents"] == order
    pages = [page.extract_text() for page in printed.pages]
    assert [page for page in pages if page.startswith("Who’s first")]  # its own page
    [contents] = [page for page in pages if page.startswith("Contents")]
    assert re.search(r".*".join(map(re.escape, order)), contents, re.S)


def test_a_book_may_have_no_parts(small: Book) -> None:
    printed = small.set(*small.fragments(CITING, OTHER).values())
    assert "1. First chapter" in titles(printed.outline)


def test_tables_are_listed_by_the_first_sentence_of_their_caption(small: Book) -> None:
    table = TABLE.replace("Of two", "Of two. And more")
    printed = small.set(*small.fragments(table).values())
    [listed] = [page for page in printed.pages if page.extract_text().startswith("Tables")]
    assert "Table 1.1 Of two." in listed.extract_text()
    assert "And more" not in listed.extract_text()


def test_a_link_that_leads_nowhere_is_named_with_its_chapter(small: Book) -> None:
    link = nodes.reference("", "there", refuri="sub/b.html#gone")
    link.line = 9
    fragment = small.by_hand(nodes.paragraph("", "", link))
    message = r"^a\.md, line 9, under 'First chapter': the link to 'sub/b\.html#gone' leads nowhere"
    with pytest.raises(BookError, match=message):
        pdf.book([("", [fragment])], **FIELDS)


def test_places_that_nothing_leads_to_are_not_written(small: Book) -> None:
    text = pdf.book([("", small.fragments(CITING, OTHER).values())], **FIELDS)
    marked = set(re.findall(r"#metadata\(none\)<([^>]*)>", text))
    linked = set(re.findall(r"#to\(<([^>]*)>\)", text))
    assert marked <= linked
    assert "\x01" not in text


def test_a_chapter_is_handed_out_with_the_works_that_it_cites(small: Book) -> None:
    fragments = small.fragments(CITING, OTHER)
    fields = FIELDS | {"paper": "us-letter"}
    printed = PdfReader(small.typeset(pdf.handout("a", fragments.values(), **fields)))
    text = words_of(printed)
    assert "References Ana Uno. First." in text
    assert "Bea Dos" not in text
    assert "see there and below" in text
    assert "Contents" not in text
    assert "A chapter of We, Book" in text
    # The work and the chapter's own section; the place in the other chapter is plain text.
    assert len(destinations(printed)) == 2
    assert [float(side) for side in printed.pages[0].mediabox[2:]] == [612, 792]


def test_a_chapter_that_cites_nothing_has_no_references(small: Book) -> None:
    fragments = small.fragments("Text.")
    text = pdf.handout("a", fragments.values(), **FIELDS)
    assert "References" not in text


def test_an_unknown_chapter_is_named_with_the_nearest(small: Book) -> None:
    with pytest.raises(BookError, match=r"no chapter 'sub/c'; did you mean 'sub/b'"):
        pdf.handout("sub/c", small.fragments("Text.").values(), **FIELDS)


def test_an_index_of_names_is_handed_out_with_the_numbers_of_sections(small: Book) -> None:
    link = nodes.reference("", "2.1", refuri="sub/b.html#m", classes=["mention"])
    line = nodes.paragraph("", "", nodes.strong("", "Humala"), nodes.Text(": "), link)
    index = small.by_hand(nodes.bullet_list("", nodes.list_item("", line), classes=["name-index"]))
    assert "Humala: 2.1" in words_of(PdfReader(small.typeset(pdf.handout("a", [index], **FIELDS))))


def test_two_settings_are_the_same_to_the_byte(small: Book) -> None:
    trees = small.trees(EXERCISE + TABLE)
    texts = []
    for _ in range(2):
        fragments = [
            translate(tree, name, small.app.env, small.pictures) for name, tree in trees.items()
        ]
        texts.append(pdf.book([("", fragments)], **FIELDS))
    first, second = (small.typeset(text).read_bytes() for text in texts)
    assert first == second
    assert str(small.pictures.parent) not in texts[0]


def test_characters_that_no_font_has_are_named_with_their_chapter(small: Book) -> None:
    fragments = small.fragments("## Ships\n\n中国 came; `漢`.", "It said 한국 and $中$.").values()
    with pytest.raises(BookError) as caught:
        small.set(*fragments)
    told = str(caught.value).splitlines()
    assert "write them in Latin letters" in told[0]
    assert re.fullmatch(r"a\.md, line \d+, under 'Ships': 中, 国, 漢", told[1])
    assert re.fullmatch(r"sub/b\.md, line \d+, under 'Second chapter': 한, 국, 中", told[2])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#nonsense", "unknown variable: nonsense"),
        (
            '#math.equation(block: false, alt: "a \\\\le b", $foo$.body)',
            r"near the formula 'a .*le b': Typst could not set the PDF: unknown variable: foo",
        ),
    ],
)
def test_what_typst_refuses_is_named_with_its_chapter(text: str, message: str, small: Book) -> None:
    chapter = small.by_hand(nodes.raw("", text, format="typst"))
    with pytest.raises(BookError, match=rf"^a\.md, under 'First chapter'.*{message}"):
        small.set(Fragment("index", "// index.md\n"), chapter)
