"""Terms lead to the glossary at their first mention, the index of names to every section."""

import re
from collections import Counter
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from peru_asia import data, paths
from peru_asia.book.text.chapters import all_chapters
from peru_asia.book.web.mentions import GLOSSARY, names, pattern, terms
from peru_asia.errors import BookError
from tests.book.conftest import selectors

TERMS = """\
```{glossary}
HHI
Herfindahl–Hirschman index
  How concentrated a list is.

FOB
  Value on board.
```

Other text.

:::{glossary}
event study
  A comparison.
:::
"""


def test_every_form_leads_to_its_term() -> None:
    assert terms(TERMS) == {
        "HHI": "HHI",
        "Herfindahl–Hirschman index": "HHI",
        "FOB": "FOB",
        "event study": "event study",
    }


def test_a_form_of_two_terms_is_an_error() -> None:
    with pytest.raises(BookError, match="'HHI' stands twice"):
        terms(TERMS.replace("FOB\n", "FOB\nHHI\n"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An HHI of one", ["HHI"]),
        ("An event\nstudy shows", ["event\nstudy"]),
        ("Event study", ["Event study"]),
        ("EVENT STUDY, HHIs, non-FOB, FOB-like, prevent study", []),
        ("MMG Las Bambas and Las Bambas, Bambas", ["MMG Las Bambas", "Las Bambas"]),
        ("U.S. and UXS.", ["U.S."]),
        ("Lall’s list", ["Lall’s list"]),
    ],
)
def test_forms_are_whole_words_and_the_longest_wins(text: str, found: list[str]) -> None:
    forms = ["HHI", "event study", "FOB", "Las Bambas", "MMG Las Bambas", "U.S.", "Lall's list"]
    assert pattern(forms).findall(text) == found


def page(book: Path, name: str) -> HtmlElement:
    [article] = html.parse(book / f"{name}.html").getroot().find_class("bd-article")
    return article


def named() -> list[str]:
    return [paths.relative(path.with_suffix("")) for path in all_chapters()]


CHAPTERS = [name for name in named() if "/reference/" not in name]


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_term_is_linked_where_it_is_first_met_and_once(book: Path, name: str) -> None:
    article, forms = page(book, name), terms(GLOSSARY.read_text("utf-8"))
    links = article.find_class("glossary-term")
    linked = Counter(forms[_listed(link.text_content(), forms)] for link in links)
    assert [term for term, count in linked.items() if count > 1] == []
    # The text before each link says none of its forms.
    paragraphs = list(article.iter("p"))
    prose = [_plain(paragraph) if _is_prose(paragraph) else "" for paragraph in paragraphs]
    for link in links[:40]:
        term = forms[_listed(link.text_content(), forms)]
        finder = pattern(form for form, owner in forms.items() if owner == term)
        before = prose[: paragraphs.index(next(link.iterancestors("p")))]
        assert not any(finder.search(text) for text in before), term


def _listed(text: str, forms: dict[str, str]) -> str:
    plain = " ".join(text.split()).replace("’", "'")
    return next(form for form in forms if form.lower() == plain.lower() and form[1:] == plain[1:])


NOT_PROSE = {"table", "figcaption", ".figure-source", ".admonition-title", ".run-it"}


def _is_prose(paragraph: HtmlElement) -> bool:
    return not any(NOT_PROSE & selectors(tag) for tag in [paragraph, *paragraph.iterancestors()])


def _plain(paragraph: HtmlElement) -> str:
    """A paragraph without links and code, where terms are not looked for."""
    copy = deepcopy(paragraph)
    for part in [*copy.iter("a", "code")]:
        part.tail = " | " + (part.tail or "")
        part.drop_tree()
    return copy.text_content()


def test_every_name_is_in_the_index_and_leads_to_where_it_stands(book: Path) -> None:
    listed = {next(item.iter("strong")).text_content(): item for item in _index(book)}
    assert set(listed) == set(data.load("names")["name"])
    forms, places = names(), dict[str, dict[str, HtmlElement]]()
    for name, item in listed.items():
        finder = pattern(form for form, owner in forms.items() if owner == name)
        for link in item.find_class("mention"):
            file, _, place = link.get("href").partition("#")
            target = (book / "chapters/reference" / file).resolve().relative_to(book.resolve())
            chapter = target.with_suffix("").as_posix()
            if chapter not in places:
                places[chapter] = {each.get("id"): each for each in page(book, chapter).iter("*")}
            after = places[chapter][place].getparent().text_content()
            assert finder.search(after), f"{name} in {chapter}"


def test_names_of_one_section_are_listed_once(book: Path) -> None:
    for item in _index(book):
        numbers = [link.text_content() for link in item.find_class("mention")]
        assert len(numbers) == len(set(numbers)), item.text_content()
        assert re.search(r": (\d|[A-Z])", item.text_content())


def _index(book: Path) -> list[HtmlElement]:
    lists = page(book, "chapters/reference/names").find_class("name-index")
    return [item for each in lists for item in each.findall("li")]
