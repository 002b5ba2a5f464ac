"""Building a small book: what fails says so, what changed shows, what was good stays."""

import re
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.copies import copy_to, run

pytestmark = pytest.mark.slow

CHAPTER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# A chapter

```{code-cell} ipython3
:tags: [remove-cell]

from peru_asia import book, data, indicators as ind

trade = data.load("trade_by_partner")
exports = trade.query("flow == 'export'")
value = ind.value_at(trade, "value_usd_m", year=1997, partner="THA", flow="import")
book.number("thailand", value, "usd_m")
book.number("factor", ind.growth_factor(1, 2), "times")
```

In 1997 it was {glue:text}`thailand`; doubling is {glue:text}`factor`.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository whose book is one short chapter and the data chapter."""
    root = copy_to(tmp_path_factory.mktemp("small"))
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/index\nparts:\n- caption: Part\n  chapters:\n"
        "  - file: chapters/reference/data\n  - file: chapters/reference/bibliography\n"
    )
    (root / "chapters" / "index.md").write_text(CHAPTER)
    return root


@pytest.fixture
def spoiled(small: Path) -> Callable[[str, str, str], None]:
    """Replace text in a file of the small book until the test is over."""
    before: dict[Path, str] = {}

    def spoil(name: str, old: str, new: str) -> None:
        path = small / name
        text = path.read_text("utf-8")
        before.setdefault(path, text)
        assert old in text, f"{name} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    yield spoil
    for path, text in before.items():
        path.write_text(text, "utf-8")


def page(root: Path) -> str:
    text = (root / "_build/html/chapters/index.html").read_text("utf-8")
    return re.sub(r"<[^>]+>", "", text).replace("\u00a0", " ")


def test_a_book_is_built_and_then_left_alone(small: Path) -> None:
    built = run(small, "book")
    assert built.returncode == 0, built.stderr
    assert "_build/html/index.html" in built.stdout
    assert "_build/pdf/peru-asia.pdf" in built.stdout
    assert "In 1997 it was US$ 21.0 million; doubling is 2.0 times." in page(small)
    again = run(small, "book")
    assert again.returncode == 0
    assert again.stdout.count("nothing had changed") == 2


def test_a_changed_table_shows(small: Path, spoiled: Callable) -> None:
    spoiled("data/trade/trade_by_partner.csv", "1997,THA,import,20.", "1997,THA,import,23.")
    assert run(small, "html").returncode == 0
    assert "In 1997 it was US$ 24.0 million" in page(small)


def test_a_changed_helper_shows(small: Path, spoiled: Callable) -> None:
    spoiled("src/peru_asia/indicators/growth.py", "return end / start", "return 3 * end / start")
    assert run(small, "html").returncode == 0
    assert "doubling is 6.0 times" in page(small)


BAD_DATA = {
    "a letter in a value": (
        "data/trade/trade_by_partner.csv", "1997,CHN,export,490.585184", "1997,CHN,export,49O.58",
        ["data/trade/trade_by_partner.csv", "row ", "column value_usd_m", "49O.58"],
    ),
    "a duplicated row": (
        "data/trade/trade_by_partner.csv", "1998,CHN,export,", "1997,CHN,export,",
        ["data/trade/trade_by_partner.csv", "row ", "year, partner, flow", "remove"],
    ),
    "a missing column": (
        "data/trade/trade_by_partner.csv", "year,partner,flow,", "year,partner,",
        ["data/trade/trade_by_partner.csv", "flow"],
    ),
    "a year of five digits": (
        "data/trade/trade_by_partner.csv", "1997,CHN,export,", "20244,CHN,export,",
        ["data/trade/trade_by_partner.csv", "row ", "column year", "20244"],
    ),
    "an unknown partner": (
        "data/trade/trade_by_partner.csv", "1997,CHN,export,", "1997,CHX,export,",
        ["data/trade/trade_by_partner.csv", "row ", "column partner", "CHX"],
    ),
    "an unknown source": (
        "data/datapackage.yaml", "{name: iso2020,", "{name: iso2021,",
        ["table partners", "iso2021", "did you mean 'iso2020'"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_DATA)
def test_bad_data_stops_the_build(case: str, small: Path, spoiled: Callable) -> None:
    name, old, new, told = BAD_DATA[case]
    spoiled(name, old, new)
    result = run(small, "book")
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    for words in told:
        assert words in result.stderr
    assert "In 1997 it was US$ 21.0 million" in page(small) or "6.0 times" in page(small)


def test_an_empty_file_stops_the_build(small: Path, spoiled: Callable) -> None:
    path = small / "data/trade/commodity_prices.csv"
    spoiled("data/trade/commodity_prices.csv", path.read_text("utf-8"), "")
    result = run(small, "check")
    assert result.returncode != 0
    assert "data/trade/commodity_prices.csv: empty" in result.stderr


def test_a_missing_file_stops_the_build(small: Path) -> None:
    path = small / "data/trade/commodity_prices.csv"
    path.rename(path.with_suffix(".away"))
    result = run(small, "check")
    path.with_suffix(".away").rename(path)
    assert result.returncode != 0
    assert "data/trade/commodity_prices.csv: missing" in result.stderr


BAD_CELLS = {
    "1 / 0": ["cell 1", "ZeroDivisionError", "    1 / 0"],
    'data.load("tradepartner")': ["cell 1", "tradepartner", "did you mean 'trade_by_partner'"],
    "book.figure(None, alt='One two three four five six', tables=['tradepartner'])": [
        "cell 1", "tradepartner", "did you mean 'trade_by_partner'",
    ],
    "ind.share(exports, among=['CHM'])": ["cell 1", "CHM", "did you mean", "'CHN'"],
}  # fmt: skip


@pytest.mark.parametrize("code", BAD_CELLS)
def test_a_failing_cell_stops_the_build(code: str, small: Path, spoiled: Callable) -> None:
    assert run(small, "book").returncode == 0
    good = page(small)
    spoiled("chapters/index.md", 'book.number("factor"', f'{code}\nbook.number("factor"')
    result = run(small, "book")
    assert result.returncode != 0
    assert "chapters/index.md, cell 1, line" in result.stderr
    for words in BAD_CELLS[code]:
        assert words in result.stderr
    assert page(small) == good


def test_a_warning_of_sphinx_stops_the_build(small: Path, spoiled: Callable) -> None:
    spoiled("chapters/index.md", "In 1997 it was", "See {numref}`fig-nowhere`. In 1997 it was")
    result = run(small, "html")
    assert result.returncode != 0
    assert "chapters/index.md" in result.stderr
    assert "fig-nowhere" in result.stderr


def test_when_the_disk_is_full_the_old_book_stays(small: Path, spoiled: Callable) -> None:
    assert run(small, "book").returncode == 0
    good = page(small)
    spoiled("chapters/index.md", "In 1997 it was", "That year it was")
    # A limit on the size of any file is a disk that is full for large ones: writing fails.
    limit = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, {resource.RLIM_INFINITY}))\n"
    )
    result = run(small, "book", before=limit)
    assert result.returncode != 0
    assert page(small) == good
    assert (small / "_build/pdf/peru-asia.pdf").read_bytes().startswith(b"%PDF")
