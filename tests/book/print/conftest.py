"""A small book, read by Sphinx, whose chapters are set as PDFs in a moment."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from pypdf import PdfReader
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from peru_asia.book.print import pdf
from peru_asia.book.print.translator import Fragment, translate

FIELDS = {"title": "Book", "author": "We", "version": "1", "date": "2026-01-02",
          "evidence": "1 January 2026", "paper": "a4"}  # fmt: skip
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><path d="M0 0h9"/></svg>'
WORKS = """@book{one, author={Ana Uno}, title={First}, year={2001}, publisher={P}}
@book{two, author={Bea Dos}, title={Second}, year={2002}, publisher={P}}"""


class Book:
    """A book of an index, two chapters, a glossary and a bibliography."""

    def __init__(self, app: Sphinx) -> None:
        self.app, self.pictures = app, Path(app.srcdir) / "pictures"
        self.pictures.mkdir()
        pages = {
            "index": "# Cover\n\nOf this book.\n\n```{toctree}\n:numbered:\na\nsub/b\nworks\n```",
            "works": "# Works\n\n```{bibliography}\n:all:\n```",
        }
        for name, text in pages.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = Path(self.app.srcdir, f"{name}.md")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    def trees(self, a: str, b: str = "") -> dict[str, nodes.document]:
        """Return the resolved doctrees of the book with these texts in its two chapters."""
        self.write("a", f"# First chapter\n\n{a}")
        self.write("sub/b", f"# Second chapter\n\n{b}")
        env = self.app.env
        env._pickled_doctree_cache.clear()  # Sphinx never reads a chapter twice in one run
        list(env.check_dependents(self.app, set(self.app.builder.read())))
        return {
            name: env.get_and_resolve_doctree(name, self.app.builder)
            for name in ("index", "a", "sub/b", "works")
        }

    def fragments(self, a: str, b: str = "") -> dict[str, Fragment]:
        return {
            name: translate(tree, name, self.app.env, self.pictures)
            for name, tree in self.trees(a, b).items()
        }

    def by_hand(self, *content: nodes.Node) -> Fragment:
        """Translate a chapter of nodes that no text of this small book gives."""
        document = new_document("a.md")
        document += nodes.section("", nodes.title(text="First chapter"), *content, ids=["first"])
        numbers = {"a": {"figure": {"fig-x": (1, 2)}}}
        given = {"toc_secnumbers": {}, "toc_fignumbers": numbers, "srcdir": self.app.srcdir}
        env = SimpleNamespace(config=self.app.config, **given)
        return translate(document, "a", env, self.pictures)

    def set(self, *fragments: Fragment) -> PdfReader:
        text = pdf.book([("", fragments)], **FIELDS)
        return PdfReader(self.typeset(text))

    def typeset(self, text: str) -> Path:
        root = self.pictures.parent
        return pdf.typeset(text, root / "work", root=root, timestamp=1_700_000_000)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The small book."""
    source = tmp_path_factory.mktemp("small")
    (source / "works.bib").write_text(WORKS, "utf-8")
    config = {
        "extensions": ["myst_nb", "sphinx_design", "sphinx_exercise", "sphinxcontrib.bibtex"],
        "bibtex_bibfiles": ["works.bib"],
        "bibtex_reference_style": "author_year",
        "numfig": True,
        "myst_enable_extensions": ["attrs_inline", "colon_fence", "deflist", "dollarmath"],
        "nb_execution_mode": "off",
    }
    with docutils_namespace():
        app = Sphinx(
            source, None, source / "out", source / "trees", "html", config, None, io.StringIO()
        )
        yield Book(app)


@pytest.fixture
def made(small: Book) -> Callable[..., PdfReader]:
    """Give what sets the small book with some text in its first chapter, and in its second."""
    return lambda a, b="": small.set(*small.fragments(a, b).values())


def words_of(made: PdfReader) -> str:
    """Return all words of a PDF."""
    return " ".join(" ".join(page.extract_text() for page in made.pages).split())


def structure(pdf: PdfReader) -> list[dict]:
    """Return every element of the structure tree."""
    seen, todo = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop()
        seen.append(node)
        kids = node.get("/K", [])
        kids = [kid.get_object() for kid in kids] if isinstance(kids, list) else [kids.get_object()]
        todo += [kid for kid in kids if isinstance(kid, dict) and "/S" in kid]
    return seen


def destinations(made: PdfReader) -> list[tuple[int, int]]:
    """Return from which page to which each link inside the book leads, counted from nought."""
    number = {page.indirect_reference.idnum: index for index, page in enumerate(made.pages)}
    found = []
    for index, page in enumerate(made.pages):
        for link in (annotation.get_object() for annotation in page.get("/Annots", [])):
            target = link.get("/Dest") or link["/A"].get("/D")
            if target is None:
                continue  # it leads out of the book
            if isinstance(target, str):
                target = made.named_destinations[target].dest_array
            found.append((index, number[target.get_object()[0].idnum]))
    return found
