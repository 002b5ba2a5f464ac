"""From a chapter's resolved doctree, which its web page is written from, to a notebook's cells.

JupyterLab, VS Code and GitHub all show this much: CommonMark, tables, formulas between dollars, and
``<details>``. A node that has no form here is an error, for otherwise it would be lost in silence.
"""

import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from docutils import nodes
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode, v4
from sphinx.environment import BuildEnvironment

from peru_asia.book.print.translator import ancestors, plain
from peru_asia.book.text.chapters import is_notebook
from peru_asia.errors import BookError

# Nodes in a line of text, by class.
_INLINE = {
    "PassthroughTextElement": "{}", "caption": "{}", "container": "{}", "emphasis": "*{}*",
    "generated": "{}", "inline": "{}", "paragraph": "{}", "strong": "**{}**", "target": "{}",
    "term": "**{}**", "title": "{}", "title_reference": "*{}*",
    "comment": "", "index": "", "substitution_definition": "",
}  # fmt: skip
# The first cell: a notebook may be alone, or in the folder of them all below the wheel.
_START = '''# The helpers that this notebook imports: from here, or else from the wheel beside it.
from importlib.util import find_spec
from pathlib import Path

if find_spec("peru_asia") is None:
    wheels = [path for folder in (".", "..") for path in Path(folder).glob("peru_asia-*.whl")]
    if not wheels:
        raise ModuleNotFoundError(
            "This notebook needs the book's package. In the web book, below the title of the page "
            "{title!a}, "
            "is a link to 'all notebooks with data and code'. Unpack that zip, put its file "
            "peru_asia-….whl beside this notebook, and run this cell again."
        )
    %pip install --quiet "{{wheels[0]}}"'''
_TRANSPARENT = ("compound", "definition", "definition_list", "definition_list_item", "glossary")
_LEFT_OUT = ("comment", "index", "substitution_definition", "target", "toctree")


def file_name(docname: str) -> str:
    """Return the notebook's file for a page such as ``chapters/trade/partners``."""
    return f"{docname.removeprefix('chapters/').replace('/', '-')}.ipynb"


def notebook(document: nodes.document, docname: str, env: BuildEnvironment) -> NotebookNode:
    """Return a chapter's code cells and, between them, its text as the book prints it.

    Raises
    ------
    BookError : if the text holds what a notebook has no way to show
    """
    source = Path(document["source"]).read_text("utf-8")
    read = read_myst_markdown_notebook(source, add_source_map=True)
    writer = _Writer(docname, env, read.cells, read.metadata.pop("source_map"))
    writer.blocks(document.children)
    writer.code_until(math.inf)
    writer.flush()
    start = v4.new_code_cell(_START.format(title=env.titles[docname].astext()))
    read.cells = [start, *writer.cells]
    # Random ids would make each build's files differ.
    for number, cell in enumerate(read.cells):
        cell["id"] = f"cell-{number}"
    return read


class _Writer:
    """Writes the cells of one chapter."""

    def __init__(
        self, docname: str, env: Any, read: list[NotebookNode], lines: list[int]
    ) -> None:  # extensions keep in the environment what is theirs
        self.docname, self.env, self._lines = docname, env, lines
        self.cells: list[NotebookNode] = []
        cells = zip(lines, read, strict=True)
        self._code = [(line, cell) for line, cell in cells if cell.cell_type == "code"]
        self._text: list[str] = []
        self._level, self._in_solution = 0, False
        # Addresses of works, by the places of the bibliography that citations lead to.
        self._works: dict[str, str] = {}
        for work in env.domains["cite"].citations:
            fields = work.entry.fields
            doi = f"https://doi.org/{fields['doi']}" if "doi" in fields else ""
            self._works[work.citation_id] = fields.get("url") or doi

    # Cells.

    def blocks(self, several: Iterable[nodes.Node]) -> None:
        """Write blocks one after the other."""
        for node in several:
            # Hidden cells are not in the doctree; they keep their place by their line.
            if node.line and not isinstance(node, nodes.section):
                self.code_until(node.line - 1)
            self._write(node)

    def _write(self, node: Any) -> None:
        kind = type(node).__name__
        if isinstance(node, nodes.section):
            self._level += (titled := isinstance(node[0], nodes.title))
            self.blocks(node.children)
            self._level -= titled
        elif isinstance(node, nodes.title):
            self.flush()
            self._text.append(f"{'#' * self._level} {self.line(node)}")
        elif kind in _LEFT_OUT or "web-only" in node["classes"]:
            return
        elif node.get("nb_element") == "cell_code":
            self.code_until(self._lines[node["cell_index"]])
            self._text += filter(None, map(self._caption, node.findall(_captioned)))
        elif kind.startswith("exercise"):
            self._heading(f"{self._number('exercise', node)} {plain(node[0])}".strip())
            self.blocks(node[1:])
            self.flush()
            self.cells.append(v4.new_code_cell())
        elif kind == "solution_node":
            self._heading(plain(node[0]))
            self.flush()
            # JupyterLab folds what stands below; what else shows notebooks folds each cell.
            self.cells[-1].metadata["jp-MarkdownHeadingCollapsed"] = True
            self._in_solution = True
            self.blocks(node[1:])
            self.flush()
            self._in_solution = False
        elif kind in _TRANSPARENT:
            self.blocks(node.children)
        else:
            self._text.append(self.block(node))

    def code_until(self, line: float) -> None:
        """Write the code cells that start up to a line."""
        while self._code and self._code[0][0] <= line:
            cell = self._code.pop(0)[1]
            self.flush()
            if self._in_solution:
                cell.metadata.setdefault("jupyter", {})["source_hidden"] = True
            self.cells.append(cell)

    def flush(self) -> None:
        """Let what text there is be a cell; that of a solution folds."""
        if text := "\n\n".join(filter(None, self._text)):
            if self._in_solution:
                text = _folded("Solution", text)
            self.cells.append(v4.new_markdown_cell(text))
        self._text = []

    def _heading(self, text: str) -> None:
        self.flush()
        self._text.append(f"{'#' * (self._level + 1)} {_escaped(text)}")

    def _caption(self, node: nodes.Element) -> str:
        """Return number and caption of a figure or a table, with the place that links lead to."""
        kind = "table" if isinstance(node, nodes.table) else "figure"
        caption = next(node.findall(nodes.title if kind == "table" else nodes.caption), None)
        if caption is None:
            return ""
        places = "".join(f'<a id="{name}"></a>' for name in node["ids"])
        number = self._number(kind, node)
        return f"{places}{f'**{number}** ' if number else ''}{self.line(caption)}"

    def _number(self, kind: str, node: nodes.Element) -> str:
        numbers = self.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        number = numbers.get(node["ids"][0]) if node["ids"] else None
        return self.env.config.numfig_format[kind] % ".".join(map(str, number)) if number else ""

    # Blocks.

    def block(self, node: Any) -> str:
        """Return a block that holds no code cell."""
        match node:
            case nodes.paragraph() | nodes.term():
                # What would start a list or a heading is text.
                return re.sub(r"^(\d*)([.)#>+-])(?=\s)", r"\1\\\2", self.line(node))
            case nodes.math_block():
                return f"$$\n{node.astext().strip()}\n$$"
            case nodes.literal_block():
                return f"```\n{node.astext()}\n```"
            case nodes.bullet_list() | nodes.enumerated_list():
                first = node.get("start", 1) if isinstance(node, nodes.enumerated_list) else None
                marks = ["* " if first is None else f"{first + at}. " for at in range(len(node))]
                items = [
                    _indented(self.several(item), mark)
                    for mark, item in zip(marks, node, strict=True)
                ]
                return "\n".join(items)
            case nodes.block_quote():
                return _indented(self.several(node), "> ", "> ")
            case nodes.Admonition():
                own = isinstance(node[0], nodes.title)
                title = self.line(node[0]) if own else type(node).__name__.capitalize()
                text = "\n\n".join(map(self.block, node[own:]))
                if "dropdown" in node["classes"]:
                    return _folded(title, text)
                return _indented(f"**{title}**\n\n{text}", "> ", "> ")
            case nodes.table():
                return self._table(node)
            case nodes.container():
                return self.several(node)
        return self.line(node)

    def several(self, node: nodes.Element) -> str:
        """Return the blocks that a node holds."""
        return "\n\n".join(filter(None, map(self.block, node.children)))

    def _table(self, node: nodes.table) -> str:
        rows = [
            [" ".join(map(self.block, entry)).replace("|", "\\|") for entry in row]
            for row in node.findall(nodes.row)
        ]
        rows.insert(1, ["---"] * len(rows[0]))
        lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        return "\n\n".join(filter(None, [self._caption(node), lines]))

    # Lines.

    def line(self, node: Any) -> str:
        """Return what a node holds on one line."""
        return "".join(map(self._inline, node.children)).strip()

    def _inline(self, node: Any) -> str:
        match node:
            case nodes.Text():
                return _escaped(re.sub(r"[ \t\r\n]+", " ", node.astext()))
            case nodes.literal():
                return f"`{plain(node)}`"
            case nodes.math():
                return f"${node.astext().strip()}$"
            case nodes.reference():
                text, address = "".join(map(self._inline, node)), self._address(node)
                return f"[{text.strip()}]({address})" if address else text
        for kind in type(node).__mro__:
            if (form := _INLINE.get(kind.__name__)) is not None:
                text = "".join(map(self._inline, node.children))
                return form.format(text) if text else ""
        line = next((above.line for above in ancestors(node) if getattr(above, "line", None)), "?")
        raise BookError(
            f"{self.docname}.md, line {line}: a notebook has no way to show "
            f"<{type(node).__name__}>; give it a form in book/web/notebook_text.py"
        )

    def _address(self, node: nodes.reference) -> str:
        """Return where a link leads outside the web page; nothing if that is nowhere."""
        uri = node.get("refuri") or f"#{node.get('refid', '')}"
        if re.match(r"[a-z]+:", uri):
            return uri
        page, _, place = uri.partition("#")
        target = (
            urljoin(self.docname, unquote(page)).removesuffix(".html") if page else self.docname
        )
        if address := self._works.get(place):
            return address
        if target == self.docname:
            return f"#{place}"
        place = f"#{place}" if place else ""
        # A notebook of the book lies beside this one.
        if target in self.env.found_docs and is_notebook(Path(self.env.doc2path(target))):
            return file_name(target) + place
        base = self.env.config.html_baseurl.rstrip("/")
        return f"{base}/{target}.html{place}" if base else ""


def _captioned(node: nodes.Node) -> bool:
    return isinstance(node, nodes.figure | nodes.table)


def _escaped(text: str) -> str:
    """Return text in which nothing is Markdown, a formula or HTML."""
    return re.sub(r"([\\`*_\[\]$])", r"\\\1", text).replace("<", "&lt;")


def _folded(title: str, text: str) -> str:
    return f"<details>\n<summary>{_escaped(title)}</summary>\n\n{text}\n\n</details>"


def _indented(text: str, first: str, rest: str = "") -> str:
    rest = rest or " " * len(first)
    lines = text.splitlines()
    return "\n".join((rest if at else first) + line for at, line in enumerate(lines))
