"""Terms lead to the glossary at their first mention, the index of names to every section."""

import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from peru_asia import data, paths
from peru_asia.book.text.chapters import all_chapters
from peru_asia.book.web.mentions import GLOSSARY, names, pattern, terms
from peru_asia.errors import BookError

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


def page(book: Path, name: str) -> Tag:
    text = (book / f"{name}.html").read_text("utf-8")
    return BeautifulSoup(text, "lxml").select_one("article.bd-article")


def named() -> list[str]:
    return [paths.relative(path.with_suffix("")) for path in all_chapters()]


CHAPTERS = [name for name in named() if "/reference/" not in name]


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_term_is_linked_where_it_is_first_met_and_once(book: Path, name: str) -> None:
    article, forms = page(book, name), terms(GLOSSARY.read_text("utf-8"))
    links = article.select("a.glossary-term")
    linked = Counter(forms[_listed(link.get_text(), forms)] for link in links)
    assert [term for term, count in linked.items() if count > 1] == []
    # The text before each link says none of its forms.
    for link in links[:40]:
        term = forms[_listed(link.get_text(), forms)]
        finder = pattern(form for form, owner in forms.items() if owner == term)
        paragraph = link.find_parent("p")
        before = [p for p in paragraph.find_all_previous("p") if _is_prose(p)]
        assert not any(finder.search(_plain(p)) for p in before), term


def _listed(text: str, forms: dict[str, str]) -> str:
    plain = " ".join(text.split()).replace("’", "'")
    return next(form for form in forms if form.lower() == plain.lower() and form[1:] == plain[1:])


def _is_prose(paragraph: Tag) -> bool:
    skipped = "table, figcaption, .figure-source, .admonition-title, .run-it, nav, header, aside"
    return not any(tag.css.match(skipped) for tag in [paragraph, *paragraph.parents] if tag.parent)


def _plain(paragraph: Tag) -> str:
    """A paragraph without links and code, where terms are not looked for."""
    copy = BeautifulSoup(str(paragraph), "lxml")
    for part in copy.select("a, code"):
        part.replace_with(" | ")
    return copy.get_text()


def test_every_name_is_in_the_index_and_leads_to_where_it_stands(book: Path) -> None:
    index = page(book, "chapters/reference/names")
    listed = {item.strong.get_text(): item for item in index.select("ul.name-index > li")}
    assert set(listed) == set(data.load("names")["name"])
    forms, pages = names(), dict[str, Tag]()
    for name, item in listed.items():
        finder = pattern(form for form, owner in forms.items() if owner == name)
        for link in item.select("a.mention"):
            file, _, place = link["href"].partition("#")
            target = (book / "chapters/reference" / file).resolve().relative_to(book.resolve())
            chapter = target.with_suffix("").as_posix()
            if chapter not in pages:
                pages[chapter] = page(book, chapter)
            mark = pages[chapter].find(id=place)
            after = "".join(map(str, mark.find_parent().find_all(string=True)))
            assert finder.search(after), f"{name} in {chapter}"


def test_names_of_one_section_are_listed_once(book: Path) -> None:
    index = page(book, "chapters/reference/names")
    for item in index.select("ul.name-index > li"):
        numbers = [link.get_text() for link in item.select("a.mention")]
        assert len(numbers) == len(set(numbers)), item.get_text()
        assert re.search(r": (\d|[A-Z])", item.get_text())
