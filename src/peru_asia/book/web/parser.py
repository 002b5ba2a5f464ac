"""The parser of chapters: MyST-NB's, with the results that the build has kept."""

from pathlib import PurePosixPath

from docutils import nodes
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from myst_nb.sphinx_ import Parser
from nbformat import NotebookNode, from_dict
from sphinx.application import Sphinx

from peru_asia import uses
from peru_asia.book.keep import store
from peru_asia.errors import BookError

_LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}  # colours the code on the page
_READER = "peru_asia.book.web.parser.read"  # MyST-NB takes the name of a function


class ChapterParser(Parser):
    """Reads a chapter that has code as a notebook whose cells have been run."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a chapter."""
        config = self.env.mystnb_config
        if is_myst_markdown_notebook(inputstring):
            given = {"path": self.env.doc2path(self.env.docname), "docname": self.env.docname}
            formats = {".md": (_READER, given, False)}
            self.env.mystnb_config = config.copy(custom_formats=formats)
        try:
            super().parse(inputstring, document)
        finally:
            self.env.mystnb_config = config


def read(text: str, path: str, docname: str) -> NotebookNode:
    """Read a chapter with the results of its cells."""
    chapter = PurePosixPath(docname).relative_to("chapters").as_posix()
    uses.note_file(store.run_file(chapter))
    found = read_myst_markdown_notebook(text, add_source_map=True, path=path)
    return filled(found, chapter)


def filled(notebook: NotebookNode, chapter: str) -> NotebookNode:
    """Return the notebook of an edition with the results of those cells of a chapter that it has.

    Raises
    ------
    BookError : if the chapter has not been run as it is
    """
    notebook.metadata["language_info"] = from_dict(_LANGUAGE)
    result = store.run(chapter)
    ran = iter(result["cells"] if result else [])
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found = next((each for each in ran if each["code"] == cell.source), None)
            if found is None:
                raise BookError(
                    f"chapters/{chapter}.md has not been run as it is now; "
                    "build it with: python -m peru_asia html"
                )
            cell.outputs = [from_dict(output) for output in found["outputs"]]
    return notebook


def setup(app: Sphinx) -> None:
    """Register the parser in place of MyST-NB's."""
    app.add_source_parser(ChapterParser, override=True)
