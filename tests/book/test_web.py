"""The web book in a real browser with the network cut."""

import csv
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from lxml import html

from peru_asia import files, paths
from peru_asia.book.text import chapters
from peru_asia.book.web import claims
from peru_asia.charts import theme
from peru_asia.files import walk
from tests.book.axe import Axe
from tests.book.conftest import Reader

PARTNERS = "chapters/trade/partners.html"
GALLERY = "chapters/reference/gallery.html"
# Which elements are seen, as a text of noughts and ones.
SEEN = """[...document.querySelectorAll("*")].map(
  e => +e.checkVisibility({opacityProperty: true, visibilityProperty: true})).join("")"""


def pages(book: Path) -> list[str]:
    found = [path.relative_to(book).as_posix() for path in book.rglob("*.html")]
    return sorted(name for name in found if not name.startswith(("_static", "_sources")))


# The pages that a reader stays on: all but the first, which leads to the overview.
VISITED = [
    *(paths.relative(chapter.with_suffix(".html")) for chapter in chapters.all_chapters()),
    *(f"{claims.CODE}/{module.stem}.html" for module in walk(paths.SOURCE / "claims", ".py")),
    *("genindex.html", "search.html"),
]


def test_every_page_is_visited(book: Path) -> None:
    assert {*VISITED, "index.html"} == set(pages(book))


@pytest.mark.parametrize("name", VISITED)
def test_a_page_is_quiet_asks_nobody_and_is_accessible_in_light_and_dark(
    reader: Reader, name: str
) -> None:
    visit = reader.open(name, color_scheme="light")
    visit.wait_until_live()
    assert visit.foreign == []
    assert visit.errors == []
    axe = Axe(visit.page)
    assert axe.violations() == []
    seen = visit.page.evaluate(SEEN)
    visit.turn_dark()
    # Of what axe looks at, dark changes colours alone: all that was seen is, and nothing else.
    assert visit.page.evaluate(SEEN) == seen
    assert axe.violations_of_colour() == []
    assert visit.foreign == []


def test_the_first_page_leads_to_the_overview(reader: Reader) -> None:
    visit = reader.open("index.html")
    visit.page.wait_for_url("**/chapters/index.html")


def test_every_link_inside_the_book_leads_somewhere(book: Path) -> None:
    parsed = {name: html.parse(book / name).getroot() for name in pages(book)}
    ids = {name: set(page.xpath("//@id")) for name, page in parsed.items()}
    broken = []
    for name, page in parsed.items():
        for link in page.xpath("//a[@href] | //img[@src] | //script[@src] | //link[@href]"):
            url = urlsplit(link.get("href") or link.get("src"))
            if url.scheme in ("http", "https", "mailto", "data"):
                assert link.tag == "a" or link.get("rel") == "canonical", f"{name}: {link.attrib}"
                continue
            target = (book / name).parent / unquote(url.path) if url.path else book / name
            target = target.resolve()
            if not target.exists():
                broken.append(f"{name}: {link.get('href') or link.get('src')}")
            elif url.fragment and target.suffix == ".html":
                known = ids.get(target.relative_to(book.resolve()).as_posix(), set())
                if unquote(url.fragment) not in known:
                    broken.append(f"{name}: #{url.fragment}")
    assert not broken, "\n" + "\n".join(broken)


def test_figures_have_caption_number_and_source(book: Path) -> None:
    page = BeautifulSoup((book / PARTNERS).read_text("utf-8"), "lxml")
    figures = page.select("figure:has(.live-figure)")
    assert len(figures) == 10  # one in a solution
    for number, figure in enumerate(figures, 1):
        assert re.fullmatch(rf"Fig\. \d+\.{number} ", figure.select_one(".caption-number").text)
        assert len(figure.select_one(".caption-text").text) > 30
        source = figure.select_one(".figure-source")
        assert source.text.strip().startswith("Source")
        assert source.select("a[href*='bibliography.html#']")
        assert source.select("a[href*='data.html#table-']")
        assert len(figure.select_one(".lf-view")["aria-label"].split()) > 15
        assert page.select(f"a.reference[href='#{figure['id']}']"), "nothing refers to it"


def test_a_tooltip_tells_the_values_under_the_pointer(reader: Reader) -> None:
    visit = reader.open(PARTNERS)
    visit.wait_until_live()
    figure = visit.page.locator(".live-figure").nth(1)
    figure.scroll_into_view_if_needed()
    box = figure.locator(".lf-live svg").last.bounding_box()
    visit.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tooltip = visit.page.locator("#vg-tooltip-element.visible")
    tooltip.wait_for()
    text = tooltip.inner_text()
    for label in ("Year", "China", "United States", "Japan", "Korea"):
        assert re.search(rf"{label}\s+[\d,]+", text)


def test_the_legend_selects(reader: Reader) -> None:
    visit = reader.open(PARTNERS)
    visit.wait_until_live()
    figure = visit.page.locator(".live-figure").nth(2)
    figure.scroll_into_view_if_needed()
    lines = figure.locator(".lf-live path[stroke='#7a7f87']")  # the United States
    before = lines.first.get_attribute("opacity")
    figure.locator(".lf-live .role-legend-symbol path").first.click()
    visit.page.wait_for_function(
        "([e, was]) => (e.getAttribute('opacity') ?? '1') !== (was ?? '1')",
        arg=[lines.first.element_handle(), before],
    )
    assert float(lines.first.get_attribute("opacity")) < 0.5


def test_the_reader_chooses_the_partner(reader: Reader) -> None:
    visit = reader.open(PARTNERS)
    visit.wait_until_live()
    figure = visit.page.locator(".live-figure[data-name=fig-balances]")
    choice = figure.get_by_role("combobox")
    assert choice.input_value() == "China"
    before = figure.locator(".lf-live").inner_html()
    choice.select_option("Japan")
    visit.page.wait_for_function(
        "([e, was]) => e.innerHTML !== was",
        arg=[figure.locator(".lf-live").element_handle(), before],
    )


def test_the_reader_moves_the_base_year(reader: Reader) -> None:
    visit = reader.open(GALLERY)
    visit.wait_until_live()
    figure = visit.page.locator(".live-figure[data-name='gallery-index']")
    slider = figure.get_by_role("slider", name="Base year")
    before = figure.locator(".lf-live").inner_html()
    slider.focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.wait_for_function(
        "([e, was]) => e.innerHTML !== was",
        arg=[figure.locator(".lf-live").element_handle(), before],
    )


def test_without_scripts_the_figures_are_there(reader: Reader) -> None:
    visit = reader.open(PARTNERS, java_script_enabled=False)
    pictures = visit.page.locator(".lf-wide svg")
    assert pictures.count() == 10
    for index in range(pictures.count()):
        assert pictures.nth(index).bounding_box()["width"] > 500


def test_figures_follow_the_dark_switch(reader: Reader) -> None:
    visit = reader.open(PARTNERS, color_scheme="light")
    visit.wait_until_live()
    china = theme.PARTNERS["CHN"]
    bars = visit.page.locator(f".lf-live path[fill='{china}']").first
    colour = "e => getComputedStyle(e).fill"
    assert bars.evaluate(colour) == rgb(china)
    for _ in range(3):  # the switch goes round light, dark and the system's choice
        visit.page.locator("button.theme-switch-button").first.click()
        if visit.page.locator("html").get_attribute("data-theme") == "dark":
            break
    assert bars.evaluate(colour) == rgb(theme.DARK[china])


def test_findings_are_drawn_for_a_dark_page_too(reader: Reader) -> None:
    page = reader.open("chapters/index.html", color_scheme="dark").page
    words = page.locator(f".finding-picture text[fill='{theme.TEXT}']").first
    assert words.evaluate("e => getComputedStyle(e).fill") == rgb(theme.DARK[theme.TEXT])
    china = theme.PARTNERS["CHN"]
    line = page.locator(f".finding-picture path[stroke='{china}']").first
    assert line.evaluate("e => getComputedStyle(e).stroke") == rgb(theme.DARK[china])


def rgb(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


@pytest.mark.parametrize("name", [PARTNERS, GALLERY])
@pytest.mark.parametrize("width", [320, 390, 768, 1600])
def test_figures_fit_the_column(reader: Reader, name: str, width: int) -> None:
    visit = reader.open(name, width=width)
    visit.wait_until_live()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    for figure in visit.page.locator(".live-figure").all():
        column = figure.bounding_box()
        drawing = figure.locator(".lf-live svg").last.bounding_box()
        assert drawing["x"] >= column["x"] - 1
        assert drawing["width"] <= column["width"] + 1


def test_figures_follow_a_column_that_changes(reader: Reader) -> None:
    visit = reader.open(PARTNERS, width=1280)
    visit.wait_until_live()
    visit.page.set_viewport_size({"width": 500, "height": 900})
    for figure in visit.page.locator(".live-figure").all():
        visit.page.wait_for_function(
            "f => { const s = [...f.querySelectorAll('.lf-live svg')].at(-1);"
            " return s.getBoundingClientRect().width <= f.clientWidth + 1; }",
            arg=figure.element_handle(),
        )


@pytest.mark.parametrize("name", [PARTNERS, GALLERY])
def test_the_live_view_takes_the_place_of_the_picture(reader: Reader, name: str) -> None:
    visit = reader.open(name)
    height = "document.documentElement.scrollHeight - " + (
        "[...document.querySelectorAll('.lf-tools, .lf-controls')]"
        ".reduce((sum, e) => sum + e.offsetHeight, 0)"
    )
    visit.unfold()
    before = visit.page.evaluate(height)
    visit.wait_until_live()
    assert abs(visit.page.evaluate(height) - before) <= 10


def test_the_data_can_be_read_with_the_keyboard(book: Path, reader: Reader) -> None:
    visit = reader.open(PARTNERS)
    visit.wait_until_live()
    figure = visit.page.locator(".live-figure").first
    figure.locator("summary").focus()
    visit.page.keyboard.press("Enter")
    rows = figure.locator(".lf-data tbody tr")
    rows.first.wait_for()
    with (book / "_figures" / "fig-destinations.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert rows.count() == len(table)
    assert figure.locator(".lf-data th").all_inner_texts() == list(table[0])
    assert rows.first.locator("td").all_inner_texts() == list(table[0].values())


def test_a_number_says_where_it_comes_from(reader: Reader) -> None:
    visit = reader.open(PARTNERS)
    number = visit.page.locator(".traced").first
    origin = visit.page.locator("#number-origin")
    number.hover()
    origin.wait_for()
    words, tables, code = origin.inner_text().split("\n\n")
    assert "China, Japan · 1990" in words  # first in words, then as the cell has it
    assert tables.startswith("From trade_by_partner (edition ")
    assert "value.CHN[1990] / value.JPN[1990]" in code
    link = origin.get_by_role("link", name="trade_by_partner")
    link.hover()  # the box stays while the pointer is over it
    link.click()
    assert visit.page.url.endswith("data.html#table-trade-by-partner")


def test_a_number_has_one_home(book: Path) -> None:
    home = BeautifulSoup((book / PARTNERS).read_text("utf-8"), "lxml")
    guest = BeautifulSoup((book / "chapters/index.html").read_text("utf-8"), "lxml")
    numbers = {(e.text, json.loads(e["data-origin"])["expression"]) for e in home.select(".traced")}
    shared = [e for e in guest.select(".finding .traced") if e.text in ("33%", "1.7\u00a0times")]
    assert len(shared) == 2
    for element in shared:
        assert (element.text, json.loads(element["data-origin"])["expression"]) in numbers


def test_a_claim_leads_to_its_source_and_to_the_code_of_its_check(reader: Reader) -> None:
    visit = reader.open("chapters/reference/claims.html")
    row = visit.page.locator("#tab-ledger tbody tr").filter(has_text="C079").first
    assert row.locator("a[href*='bibliography.html#']").count() == 1
    row.get_by_role("link", name="C079").click()
    assert "code/trade.html#line-" in visit.page.url
    assert visit.page.locator("h1").inner_text() == "src/peru_asia/claims/trade.py"


def test_a_number_can_be_asked_with_the_keyboard(reader: Reader) -> None:
    visit = reader.open(PARTNERS)
    number = visit.page.locator(".traced").first
    number.focus()
    origin = visit.page.locator("#number-origin")
    origin.wait_for()
    assert number.get_attribute("aria-describedby") == "number-origin"
    visit.page.keyboard.press("Escape")
    origin.wait_for(state="hidden")


def test_a_long_table_can_be_searched_and_sorted(reader: Reader) -> None:
    visit = reader.open("chapters/reference/claims.html")
    table = visit.page.locator("#tab-ledger")
    rows = table.locator("tbody tr")
    everything = rows.count()
    visit.page.get_by_label("Search this table").fill("C079")
    visible = table.locator("tbody tr:not([hidden])")
    assert visible.count() < everything
    assert "C079" in visible.first.inner_text()
    visit.page.get_by_label("Search this table").fill("")
    for _ in range(2):
        table.locator("th").first.get_by_role("button", name="Claim").click()
    assert table.locator("th[aria-sort='descending']").count() == 1
    assert rows.first.inner_text().startswith("C303")


def test_a_long_table_can_be_narrowed_by_a_column(reader: Reader) -> None:
    visit = reader.open("chapters/investment/cohort.html")
    page = visit.page
    visible = page.locator("#tab-cohort-cards tbody tr:not([hidden])")
    assert visible.count() == 29
    page.get_by_role("combobox", name="Country").select_option("Korea")
    assert visible.count() == 8
    page.get_by_role("combobox", name="Today").select_option("unknown")
    assert visible.count() == 2
    page.get_by_label("Search this table").fill("offshore")
    assert visible.count() == 1
    assert page.locator(".table-tools [role=status]").last.inner_text() == "1 of 29 rows"


def test_downloads_say_where_they_come_from(book: Path) -> None:
    for ending in ("csv-metadata.json", "svg", "vl.json"):
        text = (book / "_figures" / f"fig-destinations.{ending}").read_text("utf-8")
        assert "World Bank, World Integrated Trade Solution" in text
        assert "CC BY 4.0" in text


def test_the_data_of_every_figure_open_without_being_told_how(book: Path) -> None:
    tables = list((book / "_figures").glob("*.csv"))
    assert len(tables) > 150
    for path in tables:
        found = pd.read_csv(path)
        about = files.load(path.with_suffix(".csv-metadata.json"))
        columns = about["tableSchema"]["columns"]
        assert list(found.columns) == [each["titles"] for each in columns], path.name
        assert len(found), path.name
        for column in columns:
            if column["datatype"] == "number":
                assert pd.api.types.is_numeric_dtype(found[column["titles"]]), path.name


def test_a_tap_shows_the_tooltip(reader: Reader) -> None:
    visit = reader.open(PARTNERS, width=390, has_touch=True, is_mobile=True)
    visit.wait_until_live()
    figure = visit.page.locator(".live-figure").nth(1)
    figure.scroll_into_view_if_needed()
    box = figure.locator(".lf-live svg").last.bounding_box()
    visit.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tooltip = visit.page.locator("#vg-tooltip-element.visible")
    tooltip.wait_for()
    assert re.search(r"China\s+[\d,]+", tooltip.inner_text())


def test_the_picture_can_be_taken_away(reader: Reader, tmp_path: Path) -> None:
    visit = reader.open(PARTNERS)
    visit.wait_until_live()
    figure = visit.page.locator(".live-figure").first
    with visit.page.expect_download() as download:
        figure.get_by_role("button", name="PNG").click()
    download.value.save_as(tmp_path / "figure.png")
    data = (tmp_path / "figure.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    width = int.from_bytes(data[16:20])
    assert width == pytest.approx(2 * figure.locator(".lf-view").bounding_box()["width"], abs=4)


def test_colours_that_are_hard_to_read_are_found_after_the_switch_to_dark(reader: Reader) -> None:
    visit = reader.open("search.html", color_scheme="light")
    visit.page.add_style_tag(content='html[data-theme="dark"] h1 { color: #222 !important }')
    axe = Axe(visit.page)
    assert axe.violations() == []
    visit.turn_dark()
    [violation] = axe.violations_of_colour()
    assert violation.startswith("color-contrast: ")


def test_one_pale_word_among_hundreds_is_found(reader: Reader) -> None:
    visit = reader.open("chapters/reference/names.html", color_scheme="light")
    axe = Axe(visit.page)
    assert axe.violations_of_colour() == []
    words = visit.page.locator("article p a")
    assert words.count() > 300
    words.nth(123).evaluate("word => word.style.color = '#bbb'")
    [violation] = axe.violations_of_colour()
    assert violation.startswith("color-contrast: ")
