"""A doctree in the markup of Typst, and what a reader's program finds in the PDF."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from docutils import nodes
from PIL import Image
from pypdf import PdfReader

from peru_asia.book.print.translator import Fragment, translate
from peru_asia.book.web.figure_node import live_figure, small_picture
from peru_asia.book.web.number_role import traced_number
from peru_asia.errors import BookError
from tests.book.print.conftest import SVG, Book, destinations, structure, words_of

Made = Callable[..., PdfReader]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<video></video>", r"a\.md, line 3, under 'First chapter': the PDF cannot show raw html"),
        (r"$\cancel{x}$", r"a\.md, line 3.*no way to show <menclose> of the formula '\\cancel"),
        ("## Part\n\n![x](gone.svg)", r"a\.md, line 5, under 'Part': picture gone.svg is missing"),
        ("![x](https://a.example/b.png)", r"b.png is missing; the PDF needs it as a file"),
        ("Word[^gone].", "footnote gone has no text"),
    ],
)
def test_nothing_is_dropped_in_silence(text: str, message: str, small: Book) -> None:
    if "footnote" in message:
        with pytest.raises(BookError, match=message):
            small.by_hand(nodes.paragraph("", "", nodes.footnote_reference(text="gone")))
        return
    with pytest.raises(BookError, match=message):
        small.fragments(text)


def test_an_unknown_node_is_named_with_its_place(small: Book) -> None:
    class odd_node(nodes.General, nodes.Element):  # noqa: N801 (docutils writes nodes so)
        pass

    inner = nodes.section("", nodes.title(text="Deep"), odd_node(), ids=["deep"])
    inner[1].line = 7
    with pytest.raises(BookError, match=r"^a\.md, line 7, under 'Deep': .* show <odd_node>$"):
        small.by_hand(inner)


def test_the_doctree_is_left_as_it_was(small: Book) -> None:
    trees = small.trees(EXERCISE + TABLE + NOTE)
    before = {name: tree.pformat() for name, tree in trees.items()}
    for name, tree in trees.items():
        translate(tree, name, small.app.env, small.pictures)
    assert {name: tree.pformat() for name, tree in trees.items()} == before


def test_a_fragment_can_be_kept(small: Book) -> None:
    fragment = small.fragments(f"{EXERCISE}\n\n“ñ” {{cite}}`one`")["a"]
    kept = json.dumps(asdict(fragment))
    assert Fragment(**json.loads(kept)) == fragment
    assert str(small.pictures) not in kept


def test_text_is_never_taken_for_markup(small: Book) -> None:
    odd = r"""= - + / 1. *a* _b_ `c` $d$ #e @f <g> [h] \i // /* "j" 'k' -- ... ~ https://l.m";#"n"""
    text = words_of(small.set(small.by_hand(nodes.paragraph(text=odd))))
    assert odd in text


def test_what_is_for_the_web_alone_is_left_out(small: Book) -> None:
    text = words_of(
        small.set(*small.fragments(":::{container} web-only\nHidden.\n:::\n\nShown.").values())
    )
    assert "Shown." in text
    assert "Hidden." not in text


def test_cells_show_their_results_and_not_their_code(small: Book) -> None:
    def cell(*parts: nodes.Node) -> nodes.container:
        return nodes.container("", *parts, nb_element="cell_code")

    from myst_nb.sphinx_ import HideCodeCellNode

    def source() -> nodes.container:
        code = nodes.literal_block(text="import data")
        return nodes.container("", code, nb_element="cell_code_source")

    def output(text: str) -> nodes.container:
        return nodes.container("", nodes.paragraph(text=text), nb_element="cell_code_output")

    fragment = small.by_hand(
        cell(source(), output("First.")),
        cell(HideCodeCellNode("", source()), HideCodeCellNode("", output("Second."))),
        cell(HideCodeCellNode("", source(), output("Third."))),
    )
    text = words_of(small.set(fragment))
    assert "First. Second. Third." in text
    assert "import" not in text


NOTE = "Word[^n] after[^n].\n\n[^n]: The text of the *note*.\n"


def test_footnotes_are_set_where_their_mark_stands(made: Made) -> None:
    text = words_of(made(NOTE.replace("after[^n]", "after")))
    assert text.count("The text of the note.") == 1
    assert text.index("after.") < text.index("The text of the note.")


FORMULA = r"\frac{\sum_{i}x_{i}^{2}}{\sqrt{n}} \leq \max_{t}\bar{y}_{t}, \text{HHI} \in (0, 1)"


def test_formulas_are_set_and_can_be_heard(made: Made) -> None:
    book = made(f"A ${FORMULA}$ B")
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", words_of(book)))
    for part in ("∑", "√", "≤", "max", "HHI∈(0,1)"):
        assert part in text
    [heard] = [node["/Alt"] for node in structure(book) if node.get("/S") == "/Formula"]
    assert heard == FORMULA


EXERCISE = """
:::::{exercise} Read: a rise
:label: ex-a

Which was faster?

::::{hint}
:class: dropdown
Think of ratios.
::::
:::::

:::::{solution} ex-a
:label: sol-a
:class: dropdown

| | Rate |
|-|-|
| a | 3.25 |

The second.
:::::
"""


def test_exercises_have_hint_and_solution_in_full(made: Made) -> None:
    text = words_of(made(EXERCISE, EXERCISE.replace("ex-a", "ex-b").replace("sol-a", "sol-b")))
    parts = ["Exercise 1.1 (Read: a rise)", "Which was faster?", "Hint. Think of ratios."]
    parts += ["Solution to Exercise 1.1", "Rate", "3.25", "The second.", "Exercise 2.1"]
    assert re.search(".*".join(map(re.escape, parts)), text)


@pytest.mark.parametrize("kind", ["note", "warning", "tip", "seealso"])
def test_boxes_have_their_own_name(kind: str, made: Made) -> None:
    text = words_of(made(f":::{{{kind}}}\nTake care.\n:::"))
    assert f"{kind.replace('seealso', 'see also')} take care." in text.lower()


def page_with(words: str, made: PdfReader, last: bool = False) -> int:
    found = [n for n, page in enumerate(made.pages) if words in page.extract_text()]
    return found[-1 if last else 0]


LINES = "Line.\n\n" * 90


def test_a_glossary_is_set_and_its_terms_lead_to_it(made: Made) -> None:
    entry = ":::{glossary}\nOre\n  Stone with metal.\nVein\nLode\n  Ore in rock.\n:::"
    book = made(f"Of {{term}}`ore <Ore>`.\n\n{LINES}{entry}")
    assert "Ore Stone with metal." in words_of(book)
    assert "Vein, Lode Ore in rock." in words_of(book)
    start, there = page_with("Of ore.", book), page_with("Stone", book)
    assert there > start
    assert (start, there) in destinations(book)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("[to it](sub/b.md)", "There it is"),
        ("[to it](place)", "There it is"),
        ("{ref}`to it <second-place>`", "Here it is"),
        ("{numref}`tab`", "Table 2.1 Of two"),
    ],
)
def test_links_lead_to_the_other_chapter(link: str, words: str, made: Made) -> None:
    parts = ["(place)=\n## There it is", "(second-place)=\n(third)=\nHere it is.", TABLE]
    book = made(f"Go {link}.", f"\n\n{LINES}".join(parts))
    assert (page_with("Go ", book), page_with(words, book, last=True)) in destinations(book)


def test_a_link_to_the_chapters_own_beginning(made: Made) -> None:
    book = made(LINES + "Back to [the top](a.md).")
    start, there = page_with("Back to", book), page_with("First chapter", book, last=False)
    assert any(begin == start for begin, _ in destinations(book))
    assert there < start


def test_a_file_to_download_is_plain_text(small: Book, made: Made) -> None:
    Path(small.app.srcdir, "data.csv").write_text("a", "utf-8")
    book = made("Take {download}`the data <data.csv>`.")
    page = page_with("Take the data.", book)
    assert not [link for link in destinations(book) if link[0] == page]


def test_an_index_of_names_has_the_numbers_of_pages(small: Book) -> None:
    def mention(place: str, words: str) -> nodes.paragraph:
        mark = nodes.inline(classes=["mention"], ids=[f"m-{place}"])
        return nodes.paragraph("", f"{words} ", mark, nodes.Text("Humala here."))

    line = nodes.paragraph("", "", nodes.strong("", "Humala"), nodes.Text(": "))
    for number in (1, 2, 3):
        line += nodes.reference("", f"{number}.1", refuri=f"#m-{number}", classes=["mention"])
        line += nodes.Text(", ") if number < 3 else nodes.Text("")
    listed = nodes.bullet_list("", nodes.list_item("", line), classes=["name-index"])
    lines = [nodes.paragraph(text="Line.") for _ in range(120)]
    content = [mention("1", "First"), mention("2", "Again"), *lines, mention("3", "Last"), listed]
    book = small.set(small.by_hand(*content))
    pages = [page.extract_text() for page in book.pages]
    # The number of a page stands at its foot.
    first, last = (
        next(page.split()[-1] for page in pages if f"{word} Humala" in page)
        for word in ("First", "Last")
    )
    assert first != last
    assert f"Humala: {first}, {last}" in words_of(book)


def test_lists_keep_their_kind_and_number(made: Made) -> None:
    text = words_of(made("3. three\n4. four\n   - below\n\n- point\n\n  more\n\nTerm\n: Meaning"))
    assert "3. three 4. four • below" in text.replace("‣", "•")
    assert "• point more Term Meaning" in text


def test_a_quotation_has_its_source(small: Book) -> None:
    quoted = nodes.block_quote("", nodes.paragraph(text="So it was."), nodes.attribution("", "She"))
    assert "So it was. — She" in words_of(small.set(small.by_hand(quoted)))


def picture_of(small: Book, fragment: Fragment) -> dict[str, str]:
    """Return the widths of the pictures by what they show."""
    found = re.findall(r'#image\("([^"]*)", width: (\d+)%, alt: "([^"]*)"\)', fragment.text)
    assert all((small.pictures.parent / file[1:]).exists() for file, _, _ in found)
    return {alt: width for _, width, alt in found}


def test_pictures_of_the_prose_are_set_with_their_description(small: Book, made: Made) -> None:
    Path(small.app.srcdir, "tall.svg").write_text(SVG.replace('"100"', '"500"'), "utf-8")
    for name in ("wide.png", "wide.jpg"):
        Image.new("RGB", (300, 200)).save(Path(small.app.srcdir, name))
    text = (
        "![A tower](tall.svg)\n\n![A mine](wide.png)\n\n:::{figure} wide.jpg\n:alt: A port\nB.\n:::"
    )
    fragments = small.fragments(text)
    assert picture_of(small, fragments["a"]) == {"A tower": "50", "A mine": "100", "A port": "100"}
    alts = {node["/Alt"] for node in structure(made(text)) if node.get("/S") == "/Figure"}
    assert {"A tower", "A mine", "A port"} <= alts


def test_pictures_are_as_wide_as_they_ask(small: Book) -> None:
    Image.new("RGB", (300, 200)).save(Path(small.app.srcdir, "small.png"))
    pictures = '![A](small.png){width="40%"}\n\n![B](small.png){width=302px}'
    assert picture_of(small, small.fragments(pictures)["a"]) == {"A": "40", "B": "50"}


def test_a_picture_in_a_line_is_as_high_as_it(made: Made, small: Book) -> None:
    Image.new("RGB", (300, 200)).save(Path(small.app.srcdir, "small.png"))
    assert "Before after." in words_of(made("Before ![A](small.png) after."))


DESIGN = """
::::{grid} 2
:::{grid-item-card} A card
Of the grid.
:::
::::
"""


def test_cards_are_set_one_after_the_other(made: Made) -> None:
    text = words_of(made(DESIGN))
    assert "A card Of the grid." in text


@pytest.mark.parametrize("box", ["note", "hint", "exercise"])
def test_a_figure_may_stand_in_a_box(box: str, made: Made, small: Book) -> None:
    Image.new("RGB", (300, 200)).save(Path(small.app.srcdir, "small.png"))
    text = words_of(made(f"::::{{{box}}}\n:::{{figure}} small.png\n:alt: A\nSmall.\n:::\n::::"))
    assert "Small." in text


def live(small: Book) -> nodes.figure:
    (small.pictures / "fig-x.svg").write_text(SVG, "utf-8")
    return nodes.figure(
        "",
        live_figure("", name="fig-x", alt="A rise.", picture="fig-x.svg"),
        nodes.container("", nodes.paragraph(text="Source: we."), classes=["figure-source"]),
        nodes.caption(text="A rise. It is steep."),
        ids=["fig-x"],
    )


def test_a_figure_has_number_caption_source_and_description(small: Book) -> None:
    fragment = small.by_hand(live(small))
    assert fragment.figures == ['("Fig. 1.2 A rise.", <a--fig-x>)']
    book = small.set(fragment)
    assert "Fig. 1.2 A rise. It is steep. Source: we." in words_of(book)
    assert [n["/Alt"] for n in structure(book) if n.get("/S") == "/Figure"] == ["A rise."]
    assert sum(len(page.images) for page in book.pages) == 0


def test_a_figure_leads_to_the_web_where_an_address_is_configured(
    small: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def links() -> list[str]:
        pages = small.set(small.by_hand(live(small))).pages
        annotations = [a.get_object() for page in pages for a in page.get("/Annots", [])]
        return [a["/A"]["/URI"] for a in annotations if "/URI" in a.get("/A", {})]

    assert not links()
    monkeypatch.setattr(small.app.config, "html_baseurl", "https://book.example/")
    assert set(links()) == {"https://book.example/a.html#fig-x"}


def test_a_picture_that_is_missing_is_named(small: Book) -> None:
    figure = live(small)
    (small.pictures / "fig-x.svg").unlink()
    with pytest.raises(BookError, match=r"a\.md, under 'First chapter': picture fig-x.svg is miss"):
        small.by_hand(figure)


def test_a_finding_stands_beside_its_picture(small: Book) -> None:
    (small.pictures / "finding.svg").write_text(SVG, "utf-8")
    number = traced_number("", "33%", origin={"expression": "x", "tables": []})
    words = nodes.paragraph("", "It took ", number, nodes.Text("."))
    picture = small_picture("", picture="finding.svg", alt="A line.")
    book = small.set(small.by_hand(nodes.container("", picture, words, classes=["finding"])))
    assert "It took 33%." in words_of(book)
    assert "A line." in [node.get("/Alt") for node in structure(book)]


TABLE = "\n:::{list-table} Of two\n:name: tab\n:header-rows: 1\n\n* - A\n  - B\n* - c\n  - d\n:::\n"


def test_a_source_line_is_part_of_its_table(small: Book) -> None:
    from peru_asia.book.web.table_nodes import grid

    source = nodes.container("", nodes.paragraph(text="Source: we."), classes=["figure-source"])
    fragment = small.by_hand(grid(["A"], [["b"]]), source)
    assert fragment.text.count("Source: we.") == 1
    assert re.search(r"#figure\(kind: table\)\[.*Source: we\..*\]", fragment.text, re.S)


def rows(count: int, width: int, word: str) -> str:
    head = "|".join(f"Head{column}" for column in range(width))
    cells = ("|".join(f"{word}{row}x{column}" for column in range(width)) for row in range(count))
    return "\n".join(["", f"|{head}|", "|-" * width + "|", *(f"|{line}|" for line in cells), ""])


@pytest.mark.parametrize(
    ("width", "word", "sideways", "size"),
    [(3, "w", False, 8.4), (8, "w", False, 7.3), (10, "w", True, 7.3), (6, "w" * 22, True, 7.3)],
)
def test_a_wide_table_has_smaller_type_or_a_page_on_its_side(
    width: int, word: str, sideways: bool, size: float, made: Made
) -> None:
    book = made("Before.\n" + rows(2, width, word) + "\nAfter.")
    [page] = [page for page in book.pages if "Head0" in page.extract_text()]
    assert (page.mediabox.width > page.mediabox.height) == sideways
    sizes = set()

    def visit(words: str, _: object, matrix: list[float], __: object, letter: float) -> None:
        if words.strip().startswith(word):
            sizes.add(round(letter * abs(matrix[3]), 1))

    page.extract_text(visitor_text=visit)
    assert sizes == {size}
    for row in range(2):
        for column in range(width):
            assert f"{word}{row}x{column}" in page.extract_text()


def test_a_wide_table_in_a_box_stays_upright(made: Made) -> None:
    book = made(":::{note}\n" + rows(2, 10, "w") + "\n:::")
    assert "w1x9" in words_of(book)


def test_a_long_table_repeats_its_head_on_every_page(made: Made) -> None:
    book = made(rows(200, 3, "w"))
    pages = [text for page in book.pages if "Head0" in (text := page.extract_text())]
    assert len(pages) > 2
    assert all(text.count("Head0") == 1 for text in pages)
    assert all(f"w{row}x2" in "".join(pages) for row in range(200))


@pytest.mark.parametrize("lines", [25, 30, 35, 40])
def test_a_short_table_is_not_broken(lines: int, made: Made) -> None:
    book = made("Line.\n\n" * lines + rows(12, 3, "w"))
    [page] = [page.extract_text() for page in book.pages if "w0x0" in page.extract_text()]
    assert "w11x2" in page
