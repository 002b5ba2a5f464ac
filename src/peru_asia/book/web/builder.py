"""The builder of the web book: it reads and writes the pages that need it, and no other."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from peru_asia import files, paths, uses
from peru_asia.book.keep import fingerprint
from peru_asia.book.print import pdf
from peru_asia.book.text.chapters import is_notebook
from peru_asia.book.text.editions import Edition
from peru_asia.book.web import assets, claims, downloads, figure_node, notebook_text, pages
from peru_asia.book.web.journal import Memory

_SEVERAL = 5  # pages from which on it is worth while to write them side by side

# What the theme and the bibliography write that a screen reader stumbles over, and its mend.
_MENDS = {
    'id="pst-primary-sidebar" ': 'id="pst-primary-sidebar" role="navigation" aria-label="Book" ',
    ' role="doc-biblioentry"': ' role="listitem"',
}
_STATIC = re.compile(r'((?:href|src)="[^"?]*_static/[^"?]+\.(?:css|js))(?:\?v=\w+)?"')
# Jupyter Book's own has neither title nor words for a reader whose browser does not follow.
_FIRST_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Peru Looks Across the Pacific</title>
<meta http-equiv="refresh" content="0; url=chapters/index.html">
</head>
<body><main><h1>Peru Looks Across the Pacific</h1>
<p><a href="chapters/index.html">Open the book</a></p></main></body>
</html>
"""


class BookBuilder(StandaloneHTMLBuilder):
    """Writes the web book and, of each page, what the PDF prints."""

    def init(self) -> None:
        """Take up what the last run knew."""
        super().init()
        self.edition = Edition(self.config.edition)
        self.memory = Memory(Path(self.doctreedir))
        self.memory.begin()
        self.read_now: list[str] = []  # pages
        self.written_now: list[str] = []
        self.missing: list[str] = []  # what was said of references to what a preview has not
        self.app.connect("env-get-outdated", self._outdated)
        self.app.connect("env-before-read-docs", self._note_read)

    def _outdated(self, *_: object) -> list[str]:
        """Return the pages that used something that has changed; Sphinx goes by dates of files."""
        used = {name: self.env.metadata[name].get("uses") for name in self.env.all_docs}
        return [
            name
            for name, known in used.items()
            if name in self.memory.unread or not known or not fingerprint.same(known)
        ]

    def _note_read(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        self.read_now = docnames

    def get_outdated_docs(self) -> Iterator[str]:
        """Let the build go on to `write`, which decides when all pages have been read."""
        yield self.config.root_doc

    # Sphinx means it to be final, but has no event around the reading of one page.
    def read_doc(self, docname: str, *, _cache: bool = True) -> None:  # ty: ignore[override-of-final-method]
        """Read a page, and note what it uses."""
        self.memory.begin(docname)
        with uses.noted() as used:
            uses.note_file(Path(self.env.doc2path(docname)))
            super().read_doc(docname, _cache=_cache)
        self.env.metadata[docname]["uses"] = fingerprint.of(used)

    def write(self, build_docnames: Any, updated_docnames: Any, method: str = "update") -> None:
        """Write the pages that show something else than they did."""
        now, before = pages.fingerprints(self.env, self._frame), self.memory.pages
        there = {name for name in now if all(path.exists() for path in self._written(name))}
        stale = [name for name in sorted(now) if name not in there or before.get(name) != now[name]]
        self.prepare_writing(set(stale))
        self.copy_assets()
        if self.parallel_ok and len(stale) > _SEVERAL:
            self._write_parallel(stale, nproc=self.app.parallel)
        else:
            self._write_serial(stale)
        self.memory.pages = now
        self.written_now = stale

    def _written(self, docname: str) -> Iterator[Path]:
        """Yield the files that writing a page makes."""
        yield Path(self.get_outfilename(docname))
        yield self.edition.fragment(docname)
        if is_notebook(Path(self.env.doc2path(docname))):
            yield Path(self.outdir) / downloads.NOTEBOOKS / notebook_text.file_name(docname)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Keep what the PDF prints of a page, and write its notebook and the page."""
        pdf.keep(doctree, docname, self.env, self.edition)
        downloads.write_notebook(
            doctree, docname, self.env, Path(self.outdir) / downloads.NOTEBOOKS
        )
        super().write_doc(docname, doctree)

    @cached_property
    def _frame(self) -> str:
        """Return the fingerprint of what frames every page besides the contents."""
        parts = [*fingerprint.of([fingerprint.ENVIRONMENT]).values()]
        parts += [files.digest(path.read_bytes()) for path in files.walk(paths.STATIC)]
        config = Path(self.srcdir) / paths.CONFIG.name
        return files.digest(f"{parts} {files.digest(config.read_bytes())}")

    def load_indexer(self, docnames: Iterable[str]) -> None:
        """Take up the search index, without the words that were on changed pages alone."""
        super().load_indexer(docnames)
        indexer: Any = self.indexer
        for words in (indexer._mapping, indexer._title_mapping):
            for word in [word for word, names in words.items() if not names]:
                del words[word]

    def copy_assets(self) -> None:
        """Copy static files, before the pages, which bear a mark of them in their addresses."""
        self.finish_tasks.add_task(self.copy_download_files)
        self.memory.once(Path(self.outdir) / "_static", self._frame, self._write_assets)

    def _write_assets(self, folder: Path) -> None:
        self.copy_static_files()
        self.copy_extra_files()
        assets.write(folder)

    def handle_page(self, pagename: str, *arguments: Any, **options: Any) -> None:
        """Write a page, mended."""
        super().handle_page(pagename, *arguments, **options)
        page = Path(self.get_outfilename(pagename))
        text = assets.without_icon_script(page.read_text("utf-8"))
        for bad, good in _MENDS.items():
            text = text.replace(bad, good)
        # Sphinx marks each by its content, but in a first build not those that come after the page.
        text = _STATIC.sub(rf'\1?v={self._frame[:8]}"', text)
        page.write_text(text, "utf-8")

    def finish(self) -> None:
        """Write what stands beside the pages, and forget what no page has any more."""
        super().finish()
        out, once = Path(self.outdir), self.memory.once
        files.put(out / "index.html", _FIRST_PAGE)
        package = str(fingerprint.of([uses.ALL_TABLES, uses.of_file(paths.BIBLIOGRAPHY)]))
        once(out / downloads.DATA, package, downloads.write_data)
        checks = "".join(map(fingerprint.file, files.walk(paths.SOURCE / "claims")))
        once(out / claims.CODE, checks, claims.write_code)
        downloads.write_notebooks(out / downloads.NOTEBOOKS, self.env.found_docs, package, once)
        self._sweep(out)

    def _sweep(self, out: Path) -> None:
        """Remove the files of pages, figures and downloads that are no longer in the book."""
        docs = self.env.found_docs
        wanted = {f"{name}.html" for name in docs}
        wanted |= {f"_sources/{self.env.doc2path(name, False)}" for name in docs}
        wanted |= {f"_downloads/{file}" for _, file in self.env.dlfiles.values()}
        wanted |= {f"_images/{file}" for _, file in self.env.images.values()}
        wanted |= {
            f"{figure_node.FILES}/{name}.{ending}"
            for name in pages.figures(self.env)
            for ending in figure_node.TOOLS
        }
        for folder in ("chapters", "_sources", "_images", "_downloads", figure_node.FILES):
            for path in files.walk(out / folder):
                if path.relative_to(out).as_posix() not in wanted:
                    path.unlink()


def setup(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(BookBuilder, override=True)
