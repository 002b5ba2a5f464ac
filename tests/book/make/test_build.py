"""Each change to the book's input: what runs, what is written, and what a reader then sees.

A small book is built once; each test changes one thing, builds, and puts back what was there.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.book.make.small import PAGES, Made, SmallBook

pytestmark = pytest.mark.slow

NONE: set[str] = set()
TABLE = "data/trade/trade_by_partner.csv"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallBook:
    small = SmallBook(tmp_path_factory.mktemp("small"))
    made = small.build()
    assert made.ran == {"one", "two"}
    assert made.written == PAGES
    assert "In 1997 it was US$ 21.0 million; doubling is 2.0 times" in seen(small, "one")
    return small


def seen(small: SmallBook, page: str) -> str:
    return small.page(page).replace("\u00a0", " ")


@contextmanager
def after(small: SmallBook, name: str, old: str, new: str) -> Iterator[Made]:
    """Give what a build makes after one change; all is then as it was before."""
    with small.kept(), small.changed(name, old, new):
        yield small.build()


def test_nothing_changed(small: SmallBook) -> None:
    small.build()
    made = small.build()
    assert made.said.count("nothing had changed") == 2
    assert (made.ran, made.written) == (NONE, NONE)


def test_a_sentence(small: SmallBook) -> None:
    with after(small, "chapters/plain.md", "Nothing here", "Not a thing here") as made:
        assert (made.ran, made.written) == (NONE, {"plain"})
        assert "Not a thing here is computed" in small.page("plain")
        assert "Not a thing here is computed" in small.pdf()


def test_a_caption(small: SmallBook) -> None:
    with after(small, "chapters/one.md", "What China bought, by year", "China's purchases") as made:
        assert (made.ran, made.written) == (NONE, {"one"})
        assert "China’s purchases, in millions" in small.page("one")
        assert small.pdf().count("China’s purchases, in millions") == 2  # and in the list


def test_a_number_shown_by_another_chapter(small: SmallBook) -> None:
    with after(small, "chapters/one.md", "usd(value)", "usd(value, 3)") as made:
        assert (made.ran, made.written) == ({"one"}, {"one", "index"})
        for page in ("one", "index"):
            assert re.search(r"US\$ 20\.\d{3} million", seen(small, page))
        assert len(re.findall(r"US\$\s20\.\d{3}\smillion", small.pdf())) == 2


def test_a_table_of_two_chapters(small: SmallBook) -> None:
    with after(small, TABLE, "1997,THA,import,20.", "1997,THA,import,23.") as made:
        assert made.ran == {"one", "two"}
        assert made.written == {"one", "index"}  # what the second prints of it is the same
        assert "US$ 24.0 million" in seen(small, "index")
        assert "US$ 24.0 million" in small.pdf().replace("\u00a0", " ")
        with zipfile.ZipFile(small.path("html/data/peru-asia-data.zip")) as zipped:
            [name] = [name for name in zipped.namelist() if name.endswith("trade_by_partner.csv")]
            assert b"1997,THA,import,23." in zipped.read(name)


def test_a_table_of_no_chapter(small: SmallBook) -> None:
    name = "data/conflicts/conflict_totals.csv"
    old = (small.root / name).read_text("utf-8").splitlines()[1]
    with after(small, name, f"{old}\n", f"{old}\r\n") as made:
        assert (made.ran, made.written) == (NONE, NONE)


def test_a_module_of_one_chapter(small: SmallBook) -> None:
    name = "src/peru_asia/indicators/growth.py"
    with after(small, name, "return end / start", "return 3 * end / start") as made:
        assert (made.ran, made.written) == ({"one"}, {"one"})
        assert "doubling is 6.0 times" in seen(small, "one")
        assert "doubling is 6.0 times" in small.pdf().replace("\u00a0", " ")


def test_a_docstring(small: SmallBook) -> None:
    name = "src/peru_asia/indicators/growth.py"
    with after(small, name, '"""', '"""Newly said. ') as made:
        assert (made.ran, made.written) == (NONE, NONE)
        with zipfile.ZipFile(small.path("html/notebooks/peru-asia-notebooks.zip")) as zipped:
            [wheel] = [name for name in zipped.namelist() if name.endswith(".whl")]
            with zipped.open(wheel) as inner, zipfile.ZipFile(inner) as package:
                text = package.read("peru_asia/indicators/growth.py").decode()
        assert "Newly said. " in text


def test_a_docstring_on_the_page_of_helpers(small: SmallBook) -> None:
    page, listed = "chapters/reference/api", "  - file: chapters/plain\n"
    with (
        small.kept(),
        small.changed("_toc.yml", listed, f"{listed}  - file: {page}\n"),
        small.changed(f"{page}.md", "{doc}`gallery`", "the gallery"),  # which is not in this book
    ):
        small.build()
        assert "Return the compound annual growth rate" in small.page("api")
        assert "It depends on the two end points alone" in small.page("api")
        assert "Return the compound annual growth rate" in small.pdf()
        assert "It depends on the two end points alone" not in small.pdf()
        name = "src/peru_asia/indicators/growth.py"
        with small.changed(name, "Return the compound", "Newly said: the compound"):
            made = small.build()
            assert (made.ran, made.written) == (NONE, {"api"})
            assert "Newly said: the compound" in small.page("api")
        # Where another chapter draws a chart, its entry leads there.
        link, cell = 'href="../one.html#fig-one"', "china = trade["
        assert small.html("api").count(link) == 1
        with small.changed("chapters/one.md", cell, f"# As lines.price_index() would.\n{cell}"):
            small.build()
            assert small.html("api").count(link) == 2


def test_a_colour(small: SmallBook) -> None:
    with after(small, "src/peru_asia/charts/base/look.py", "#c8102e", "#c8112f") as made:
        assert made.ran == {"one"}
        assert "#c8112f" in small.html("one")
        assert "#c8102e" not in small.html("one")
        assert "#c8112f" in small.path("html/_static/book.css").read_text("utf-8")


def test_a_citation(small: SmallBook) -> None:
    entry = re.search(
        r"@\w+\{sanborn2013,.*?\n\}", (small.root / "references.bib").read_text("utf-8"), re.S
    )[0]
    # Its title is in the data package too, which would have to be assembled again.
    house = re.search(r"institution\s*=\s*[{\"]+(\w+)", entry)[1]
    with after(small, "references.bib", entry, entry.replace(house, "Zuerst", 1)) as made:
        assert made.ran == NONE
        assert {"one", "bibliography"} <= made.written
        assert not {"plain", "index"} & made.written
        assert "Zuerst" in small.page("bibliography")
        assert "Zuerst" in small.pdf()


def test_the_title_of_a_chapter(small: SmallBook) -> None:
    with after(small, "chapters/two.md", "# The second", "# The last but one") as made:
        assert (made.ran, made.written) == (NONE, PAGES)  # each has the contents beside it
        for page in PAGES - {"data", "bibliography"}:
            assert "The last but one" in small.page(page)
        assert "The last but one" in small.pdf()


def test_the_contents(small: SmallBook) -> None:
    one, two = "  - file: chapters/one\n", "  - file: chapters/two\n"
    with after(small, "_toc.yml", one + two, two + one) as made:
        assert (made.ran, made.written) == (NONE, PAGES)
        assert small.page("plain").index("The second") < small.page("plain").index("The first")
        pdf = small.pdf()
        assert pdf.index("The table has") < pdf.index("In 1997 it was")


def test_a_chapter_that_leaves_the_book(small: SmallBook) -> None:
    with (
        small.changed("chapters/index.md", " and {doc}`two`", ""),
        after(small, "_toc.yml", "  - file: chapters/two\n", "") as made,
    ):
        assert made.ran == NONE
        assert not small.path("html/chapters/two.html").exists()
        assert "The table has" not in small.pdf()


def test_a_pin(small: SmallBook) -> None:
    with after(small, "requirements.txt", "pandas==", "# looked at again\npandas==") as made:
        assert made.ran == {"one", "two"}


def test_the_template_of_the_pdf(small: SmallBook) -> None:
    name = "src/peru_asia/book/print/book.typ"
    with after(small, name, "[Contents]", "[What is in it]") as made:
        assert (made.ran, made.written) == (NONE, NONE)
        assert "What is in it" in small.pdf()


def test_a_style_sheet(small: SmallBook) -> None:
    name = "src/peru_asia/book/web/static/book.css"
    text = (small.root / name).read_text("utf-8")
    with after(small, name, text, f"{text}\n/* new */\n") as made:
        assert (made.ran, made.written) == (NONE, PAGES)  # each bears its mark
        assert "/* new */" in small.path("html/_static/book.css").read_text("utf-8")


def test_a_file_that_an_editor_left(small: SmallBook) -> None:
    small.build()
    for name in ("chapters/.#one.md", "chapters/one.md~", "data/trade/.~lock.x.csv#"):
        (small.root / name).write_text("left behind", "utf-8")
    made = small.build()
    assert made.said.count("nothing had changed") == 2
    for name in ("chapters/.#one.md", "chapters/one.md~", "data/trade/.~lock.x.csv#"):
        (small.root / name).unlink()


BAD_DATA = {
    "a letter in a value": (
        TABLE, "1997,CHN,export,490.585184", "1997,CHN,export,49O.58",
        [TABLE, "row ", "column value_usd_m", "49O.58"],
    ),
    "a duplicated row": (
        TABLE, "1998,CHN,export,", "1997,CHN,export,",
        [TABLE, "row ", "year, partner, flow", "remove"],
    ),
    "a missing column": (TABLE, "year,partner,flow,", "year,partner,", [TABLE, "flow"]),
    "a year of five digits": (
        TABLE, "1997,CHN,export,", "20244,CHN,export,", [TABLE, "row ", "column year", "20244"],
    ),
    "an unknown partner": (
        TABLE, "1997,CHN,export,", "1997,CHX,export,", [TABLE, "row ", "column partner", "CHX"],
    ),
    "an unknown source": (
        "data/reference/partners.yaml", "[iso2020]", "[iso2021]",
        ["data/reference/partners.yaml, sources", "iso2021", "did you mean 'iso2020'"],
    ),
}  # fmt: skip


def refused(small: SmallBook, *arguments: str, before: str = "") -> str:
    """Return why a build fails; what was built before must still be there, and nothing new."""
    good = {name: small.path(name).read_bytes() for name in OUTPUTS}
    result = small.run(*(arguments or ("book",)), before=before)
    assert result.returncode != 0, result.stdout
    assert "Traceback" not in result.stderr
    assert {name: small.path(name).read_bytes() for name in OUTPUTS} == good
    return result.stderr


OUTPUTS = ("html/chapters/one.html", "html/chapters/index.html", "pdf/peru-asia.pdf")


@pytest.mark.parametrize("case", BAD_DATA)
def test_bad_data_stops_the_build(case: str, small: SmallBook) -> None:
    name, old, new, told = BAD_DATA[case]
    with small.changed(name, old, new):
        said = refused(small)
    for words in told:
        assert words in said


def test_an_empty_file_stops_the_build(small: SmallBook) -> None:
    name = "data/trade/commodity_prices.csv"
    with small.changed(name, (small.root / name).read_text("utf-8"), ""):
        assert f"{name}: empty" in refused(small, "check")


def test_a_missing_file_stops_the_build(small: SmallBook) -> None:
    path = small.root / "data/trade/commodity_prices.csv"
    path.rename(path.with_suffix(".away"))
    said = refused(small, "check")
    path.with_suffix(".away").rename(path)
    assert "data/trade/commodity_prices.csv: missing" in said


BAD_CELLS = {
    "1 / 0": ["ZeroDivisionError", "    1 / 0"],
    'data.load("tradepartner")': ["tradepartner", "did you mean 'trade_by_partner'"],
    "facts.add('tradepartner', x=usd(1))": ["did you mean 'trade_by_partner'"],
    "ind.share(trade.query('flow == \"export\"'), among=['CHM'])": ["CHM", "did you mean", "'CHN'"],
}  # fmt: skip


@pytest.mark.parametrize("code", BAD_CELLS)
def test_a_failing_cell_stops_the_build(code: str, small: SmallBook) -> None:
    factor = "facts.add(factor="
    with small.changed("chapters/one.md", factor, f"{code}\n{factor}"):
        line = (small.root / "chapters/one.md").read_text("utf-8").splitlines().index(code) + 1
        said = refused(small)
    assert f"chapters/one.md, cell 1, line {line}: " in said
    assert re.search(rf"^> +{line} +{re.escape(code)}$", said, re.M), said
    assert "facts.add(thailand=" in said  # the line before it
    for words in BAD_CELLS[code]:
        assert words in said


FOREIGN = {
    "import altair\naltair.Chart(trade.head()).mark_bar()": "a chart by itself; give it to book.",
    "from IPython import display\ndisplay.Image(bytes(8), format='png')": "a picture (image/png)",
    # Beside what the book can show.
    "from IPython import display\ndisplay.display(display.Image(bytes(8), format='png'))\n"
    "book.table(trade.head(1), columns={'year': 'Year'}, caption='A.', name='tab-a',\n"
    "           tables=['trade_by_partner'])": "a picture (image/png)",
}


@pytest.mark.parametrize("code", FOREIGN)
def test_what_a_page_could_not_show_offline_stops_the_build(code: str, small: SmallBook) -> None:
    cell = f"```{{code-cell}} ipython3\n{code}\n```\n\nIn 1997 it was"
    with small.changed("chapters/one.md", "In 1997 it was", cell):
        said = refused(small)
    assert re.search(r"chapters/one\.md, cell 2, line \d+: shows a", said), said
    assert FOREIGN[code] in said


def test_a_picture_beside_a_chapter_is_on_the_page_and_in_print(small: SmallBook) -> None:
    Image.new("RGB", (300, 200), "red").save(small.root / "chapters/map.png")
    with small.changed("chapters/plain.md", "Nothing", "![A red map](map.png)\n\nNothing"):
        small.build()
    assert 'alt="A red map"' in small.html("plain")
    assert (small.path("html") / "_images/map.png").exists()
    pages = PdfReader(small.path("pdf/peru-asia.pdf")).pages
    assert sum(len(page.images) for page in pages) == 1
    (small.root / "chapters/map.png").unlink()
    small.build()
    assert not (small.path("html") / "_images/map.png").exists()


def test_a_warning_of_sphinx_stops_the_build_again_and_again(small: SmallBook) -> None:
    with small.changed("chapters/plain.md", "Nothing", "See {numref}`fig-nowhere`. Nothing"):
        for _ in range(2):
            said = refused(small)
            assert "chapters/plain.md" in said
            assert "fig-nowhere" in said


def test_a_reference_into_a_page_that_changed_stops_the_build_again(small: SmallBook) -> None:
    with small.changed("chapters/one.md", "name: fig-one", "name: fig-uno"):
        for _ in range(2):
            assert "chapters/index.md" in refused(small)


def test_when_the_pdf_fails_the_web_book_is_not_published(small: SmallBook) -> None:
    with small.changed("chapters/plain.md", "Nothing", "名前. Nothing"):
        said = refused(small)
    assert "chapters/plain.md" in said
    assert "名" in said


def test_all_that_can_be_seen_at_once_is_said_at_once(small: SmallBook) -> None:
    with (
        small.changed("_toc.yml", "chapters/plain", "chapters/plane"),
        small.changed("chapters/one.md", "In 1997 it was", "With 17 firms it was"),
        small.changed("chapters/two.md", "name: python3", "name: pythn"),
    ):
        said = refused(small)
    assert "did you mean" in said
    for place in ("_toc.yml, line 10", "chapters/one.md, line ", "chapters/two.md"):
        assert place in said
    assert "Ran" not in said


def test_when_the_disk_is_full_the_old_book_stays(small: SmallBook) -> None:
    # A limit on the size of any file is a disk that is full for large ones: writing fails.
    limit = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, {2**62}))\n"
    ).replace(str(2**62), "resource.RLIM_INFINITY")
    with small.changed("chapters/plain.md", "Nothing here", "That year nothing"):
        refused(small, before=limit)
    assert small.path("pdf/peru-asia.pdf").read_bytes().startswith(b"%PDF")
    small.build()


def test_a_chapter_as_a_handout_is_made_from_the_same_pages(small: SmallBook) -> None:
    small.build("pdf", "Two.md")
    made = small.build("pdf", "two", "--paper", "us-letter")
    assert (made.ran, made.written) == (NONE, NONE)
    for name in ("two", "two-us-letter"):
        assert small.path(f"pdf/{name}.pdf").exists()


def test_a_preview_is_quick_and_never_passes_for_the_book(small: SmallBook) -> None:
    small.build()
    book = small.html("plain")
    with small.changed("chapters/plain.md", "Nothing here", "Next to nothing here"):
        made = small.build("html", "plain")
        page = small.path("preview/html/chapters/plain.html").read_text("utf-8")
    assert (made.ran, made.written) == (NONE, NONE)
    assert "Next to nothing here" in page
    assert "A preview, not the book." in page
    assert small.html("plain") == book
    assert small.build().said.count("nothing had changed") == 2


def test_a_preview_of_a_chapter_with_references_elsewhere(small: SmallBook) -> None:
    said = small.build("html", "chapters/index.md").said
    assert "References to what is not in the preview: " in said
    assert "did you mean 'plain'" in small.run("html", "plane").stderr


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        ("format: jb-book\nroot: chapters/index\nchapters:\n- file: chapters/one\n"
         "- file: chapters/two\n- file: chapters/reference/data\n"
         "- file: chapters/reference/bibliography\n", None),
        ("format: jb-book\nroot: chapters/index\n parts: [\n", "_toc.yml, line 3"),
    ],
)  # fmt: skip
def test_a_book_without_parts(small: SmallBook, contents: str, told: str | None) -> None:
    before = (small.root / "_toc.yml").read_text("utf-8")
    with small.kept(), small.changed("_toc.yml", before, contents):
        if told:
            assert told in refused(small)
        else:
            small.build()
            assert "The first" in small.pdf()
            assert "Other part" not in small.pdf()


def test_the_outputs_are_where_they_are_said_to_be(small: SmallBook) -> None:
    said = small.build().said
    for name in re.findall(r"^(_build/\S+)", said, re.M):
        assert (small.root / Path(name)).exists()
