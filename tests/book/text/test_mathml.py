"""Formulas: set by the browser itself, and by Typst."""

from pathlib import Path

from bs4 import BeautifulSoup

from peru_asia.book.text.editions import Edition
from tests.book.conftest import Reader, text_of

PARTNERS = "chapters/trade/partners.html"


def test_a_formula_is_mathml_and_needs_no_script(book: Path) -> None:
    page = BeautifulSoup((book / PARTNERS).read_text("utf-8"), "lxml")
    [formula] = page.select('.formula math[display="block"]')
    assert "HHI" in formula.get_text()
    assert not [s for s in page.find_all("script", src=True) if "mathjax" in s["src"].lower()]


def test_a_formula_is_drawn_higher_than_a_line_and_inside_the_column(reader: Reader) -> None:
    page = reader.open(PARTNERS, width=390).page
    box = page.locator(".formula math").bounding_box()
    assert box["height"] > 20  # a sum and a fraction; a line of text is about 17 px high
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_formula_is_typeset_in_the_pdf(book: Path) -> None:
    text = "".join(text_of(Edition.READER.pdf()))
    assert "HHI=" in text.replace(" ", "")
    assert "<math" not in text
    assert "\\frac" not in text
