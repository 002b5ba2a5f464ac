"""A small book with all that a large one has: figures, numbers, citations, references."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bs4 import BeautifulSoup
from pypdf import PdfReader

from peru_asia import paths
from tests.copies import HEADER, copy_to, run

_TEXTS = {
    "index": """# The book

Thailand sold for {glue:text}`one.md::thailand`, as {numref}`fig-one` and {doc}`two` say.
""",
    "one": HEADER
    + """
# The first

```{code-cell} ipython3
:tags: [remove-cell]

from peru_asia import book, charts, data, indicators as ind
from peru_asia.book import times, usd

trade = data.load("trade_by_partner")
value = ind.value_at(trade, "value_usd_m", year=1997, partner="THA", flow="import")
facts = book.facts("trade_by_partner")
facts.add(thailand=usd(value))
facts.add(factor=times(ind.growth_factor(1, 2)))
```

In 1997 it was {glue:text}`thailand`; doubling is {glue:text}`factor`, say {cite:t}`sanborn2013`.

```{code-cell} ipython3
:tags: [remove-input]
:mystnb:
:  figure:
:    name: fig-one
:    caption: What China bought, by year, in millions.

china = trade[(trade["partner"] == "CHN") & (trade["flow"] == "export")]
book.figure(
    charts.trade.partner_lines(china, {"CHN": "China"}, value="value_usd_m", title="US$ million"),
    tables=["trade_by_partner"],
    alt="One line that rises from the left to the right.",
)
```
""",
    "two": HEADER
    + """
# The second

```{code-cell} ipython3
:tags: [remove-cell]

from peru_asia import book, data

both = [data.load(name) for name in ("trade_by_partner", "commodity_prices")]
book.facts("trade_by_partner").add(rows=book.count(len(both[0])))
```

The table has {glue:text}`rows` rows, as {cite:t}`ellis2022` might count.
""",
    "plain": "# The third\n\nNothing here is computed at all.\n",
    # The catalogue of all tables would take most of the time of each build.
    "reference/data": "(table-trade_by_partner)=\n# The tables\n\nHere they would be described.\n",
}
_CONTENTS = (
    "format: jb-book\nroot: chapters/index\nparts:\n- caption: Part\n  chapters:\n"
    "  - file: chapters/one\n  - file: chapters/two\n- caption: Other part\n  chapters:\n"
    "  - file: chapters/plain\n  - file: chapters/reference/data\n"
    "  - file: chapters/reference/bibliography\n"
)
_CHECKED = ".work/data-checked.json"
PAGES = {name.rpartition("/")[2] for name in _TEXTS} | {"bibliography"}


class SmallBook:
    """A copy of the repository whose book is a few short chapters."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = copy_to(root)
        for name, text in _TEXTS.items():
            (root / "chapters" / f"{name}.md").write_text(text, "utf-8")
        (root / "_toc.yml").write_text(_CONTENTS, "utf-8")
        if (checked := paths.BUILD / _CHECKED).exists():  # its data are this repository's own
            (root / "_build" / _CHECKED).parent.mkdir(parents=True)
            shutil.copy2(checked, root / "_build" / _CHECKED)

    def run(self, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
        return run(self.root, *arguments, before=before)

    def build(self, *arguments: str) -> "Made":
        """Build the book, and say what that made."""
        stamps = self._stamps()
        built = self.run(*(arguments or ("book",)))
        assert built.returncode == 0, built.stdout + built.stderr
        after = self._stamps()
        written = {name for name, stamp in after.items() if stamps.get(name) != stamp}
        return Made(set(re.findall(r"^Ran (\S+) in", built.stdout, re.M)), written, built.stdout)

    def _stamps(self) -> dict[str, int]:
        pages = self.root / "_build/.work/reader/html/chapters"
        return {page.stem: page.stat().st_mtime_ns for page in pages.rglob("*.html")}

    def path(self, name: str) -> Path:
        return self.root / "_build" / name

    def page(self, name: str) -> str:
        """Return the text of a page."""
        article = BeautifulSoup(self.html(name), "lxml")
        return " ".join(article.get_text().split())

    def html(self, name: str) -> str:
        [page] = self.path("html/chapters").rglob(f"{name}.html")
        return page.read_text("utf-8")

    def pdf(self) -> str:
        pages = PdfReader(self.path("pdf/peru-asia.pdf")).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    @contextmanager
    def changed(self, name: str, old: str, new: str) -> Iterator[None]:
        """Replace text in a file for a while."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        try:
            yield
        finally:
            path.write_text(text, "utf-8")

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Put back what is built as it was before the block: a copy is quicker than a build."""
        built, copy = self.root / "_build", self.root.with_name("kept")
        shutil.copytree(built, copy)
        try:
            yield
        finally:
            shutil.rmtree(built)
            copy.rename(built)


class Made:
    """Which chapters a build ran, which pages it wrote, and what it said."""

    def __init__(self, ran: set[str], written: set[str], said: str) -> None:
        self.ran, self.written, self.said = ran, written, said
