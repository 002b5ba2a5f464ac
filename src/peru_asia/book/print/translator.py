# ruff: noqa: D102 (what the visits return is said once, of their class)
"""From a chapter's resolved doctree, which the web page is written from too, to Typst's markup.

Every node has a method here that returns what it is in the PDF; one that has none is an error, for
otherwise it would be lost in silence. The look is the template's, ``book.typ``.
"""

import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeGuard, cast
from urllib.parse import unquote

import segno
from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.locale import admonitionlabels
from sphinx.util.images import get_image_size

from peru_asia import files
from peru_asia.book.print import formulas, tables
from peru_asia.errors import BookError

MARK = re.compile("\x01(.*?)\x02")  # a place in a text, which is dropped if nothing leads to it
_TALLEST = 1.25  # height of a picture, as a multiple of the text's width
_PIXEL = 100 / 604  # of the text's width, in per cent
_BOXES = ("exercise", "solution", "hint")  # that the template has, besides `admonition`
_UNBOXED = ("document", "section", "container", "compound", "HideCodeCellNode")
_FORMS = {
    "HideCodeCellNode": "{}", "PassthroughTextElement": "{}", "document": "{}",
    "download_reference": "{}", "emphasis": "#emph[{}]", "generated": "{}", "glossary": "{}",
    "inline": "{}", "legend": "{}", "line": "{}",
    "literal_emphasis": "#emph[{}]", "literal_strong": "#strong[{}]", "paragraph": "\n\n{}\n\n",
    "rubric": "\n\n#strong[{}]\n\n", "strong": "#strong[{}]", "subscript": "#sub[{}]",
    "superscript": "#super[{}]", "target": "{}", "title_reference": "#emph[{}]",
    # What shows nothing on the web page either, or stands elsewhere in the PDF.
    # A footnote's label is Typst's own, and a work's is for styles that cite by numbers.
    "comment": "", "footnote": "", "highlightlang": "", "index": "", "label": "", "meta": "",
    "substitution_definition": "", "tabular_col_spec": "", "toctree": "",
}  # fmt: skip
_NUMBERINGS = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}


@dataclass(frozen=True)
class Fragment:
    """What the PDF holds of one document."""

    docname: str
    text: str = ""
    labels: list[str] = field(default_factory=list)
    # By the label that a link leads to: where the first such link stands, for an error message.
    links: dict[str, str] = field(default_factory=dict)
    # Rows of the contents and of the lists, as Typst's arrays.
    headings: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    works: dict[str, str] = field(default_factory=dict)  # of the bibliography, by label


def translate(
    document: nodes.document, docname: str, env: BuildEnvironment, pictures: Path
) -> Fragment:
    """Translate the resolved doctree of a document, which stays as it is, for the PDF.

    Parameters
    ----------
    docname : such as ``chapters/trade/partners``
    env : has the numbers of sections, figures and tables
    pictures : folder with the drawings of the document's figures; other pictures are put there.
        Typst's root must be the folder that holds it.

    Raises
    ------
    BookError : if there is a node that the PDF cannot show, a picture is missing, a formula is
        wrong or a footnote has no text
    """
    translator = TypstTranslator(document, docname, env, pictures)
    text = translator.dispatch_visit(document)
    # Neighbouring strings are one: less for Typst to lay out.
    text = text.replace('";#"', "").replace('"; #"', " ")
    return replace(translator.found, text=text)


def label(docname: str, place: str = "") -> str:
    """Return the label of a place in a document, unique in the book; without a place, its own."""
    name = docname.removeprefix("chapters/").replace("/", ":")
    return re.sub(r"[^\w:-]", "-", f"{name}--{place}" if place else name)


def quoted(text: str) -> str:
    """Return text as a string literal of Typst, on one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def plain(node: nodes.Node) -> str:
    """Return the text of a node on one line."""
    return " ".join(node.astext().split())


def ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield a node and all that holds it, from the inside out."""
    above: nodes.Node | None = node
    while above is not None:
        yield above
        above = above.parent


def _words(text: str) -> str:
    """Return text as a string of Typst's, in which nothing is markup; spaces stay outside."""
    text = re.sub(r"[ \t\r\n\f]+", " ", text)
    core = text.strip(" ")
    return text.replace(core, f"#{quoted(core)};", 1) if core else text


class TypstTranslator(nodes.NodeVisitor):
    """Visits the nodes of one document; each visit returns the node's text in Typst's markup."""

    def __init__(
        self, document: nodes.document, docname: str, env: BuildEnvironment, pictures: Path
    ) -> None:
        super().__init__(document)
        self.docname, self.env, self.pictures = docname, env, pictures
        self.found = Fragment(docname)
        self.notes = {
            name: note for note in document.findall(nodes.footnote) for name in note["ids"]
        }

    def dispatch_visit(self, node: Any) -> str:
        """Return a node's text; that of its class, or of the class that its class is a kind of."""
        if isinstance(node, nodes.Element) and "web-only" in node["classes"]:
            return ""
        for kind in type(node).__mro__:
            if visit := getattr(self, f"visit_{kind.__name__}", None):
                return visit(node)
            if (form := _FORMS.get(kind.__name__)) is not None:
                return form and form.format(self.inside(node))
        raise self.error(node, f"the PDF has no way to show <{type(node).__name__}>")

    def error(self, node: nodes.Node, message: str) -> BookError:
        """Return an error that says where a node stands."""
        return BookError(f"{self.place(node)}: {message}")

    def place(self, node: nodes.Node) -> str:
        """Say where a node stands: the chapter's file, the line and the heading above."""
        lines = [f"line {above.line}" for above in ancestors(node) if getattr(above, "line", None)]
        headings = [f"under '{plain(above[0])}'" for above in ancestors(node) if _is_titled(above)]
        file = self.docname + (Path(self.document.get("source", "")).suffix or ".md")
        return ", ".join([file, *lines[:1], *headings[:1]])

    def marks(self, ids: list[str]) -> str:
        """Return the places that links to these ids lead to."""
        labels = [label(self.docname, name) for name in ids]
        self.found.labels.extend(labels)
        return "".join(f"\x01{name}\x02" for name in labels)

    def named(self, ids: list[str]) -> tuple[str, str]:
        """Return what labels an element, and the places of its other ids."""
        if not ids:
            return "", ""
        self.found.labels.append(name := label(self.docname, ids[0]))
        return f"<{name}>", self.marks(ids[1:])

    def several(self, several: list[nodes.Node]) -> str:
        """Return the text of nodes one after the other."""
        return "".join(map(self.dispatch_visit, several))

    def inside(self, node: nodes.Element) -> str:
        """Return what a node holds, with the places that links to it lead to."""
        return self.marks(node["ids"]) + self.several(node.children)

    def number(self, kind: str, node: nodes.Element) -> str:
        """Return the number of a figure, a table or an exercise, in Sphinx's words."""
        numbers = self.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        number = numbers.get(node["ids"][0]) if node["ids"] else None
        return self.env.config.numfig_format[kind] % ".".join(map(str, number)) if number else ""

    # What has a heading.

    def visit_section(self, node: nodes.section) -> str:
        # The ids go to the heading; what has none, such as sphinx-exercise's, is no section.
        return self.several(node.children) if _is_titled(node) else self.inside(node)

    def visit_title(self, node: nodes.title) -> str:
        ids, level = _parent(node)["ids"], sum(map(_is_titled, ancestors(node)))
        numbers = self.env.toc_secnumbers.get(self.docname, {})
        # Sphinx has the number of the document itself under no name.
        number = numbers.get(f"#{ids[0]}" if f"#{ids[0]}" in numbers else "")
        suffix = self.env.config.html_secnumber_suffix
        prefix = ".".join(map(str, number)) + suffix if number else ""
        is_cover = level == 1 and self.docname == self.env.config.root_doc
        title = "Overview" if is_cover else prefix + plain(node)
        body = _words(title) if is_cover else _words(prefix) + self.several(node.children)
        name, marks = self.named(ids if label(self.docname) in self.found.labels else ["", *ids])
        if level == 1 or (level == 2 and number):
            self.found.headings.append(f"({level}, {quoted(title)}, {name})")
        # Typst names a line where it stops; the comment says where that is in the book.
        head = f"\n// {self.place(node)}\n"
        if level == 1:
            head += f"#set page(header: running-head({quoted(title)}, {name}))\n"
        return f"{head}#heading(level: {level})[{marks}{body}]{name}\n"

    # Text.

    def visit_Text(self, node: nodes.Text) -> str:  # noqa: N802 (docutils names the class so)
        return _words(node.astext())

    def visit_abbreviation(self, node: nodes.Element) -> str:
        explained = f" ({node['explanation']})" if "explanation" in node else ""
        return self.inside(node) + _words(explained)

    def visit_literal(self, node: nodes.literal) -> str:
        # Names of fields are longer than some columns; they may break after an underscore.
        text = plain(node).replace("_", "_\u200b")
        return f"{self.marks(node['ids'])}#raw({quoted(text)})"

    def visit_literal_block(self, node: nodes.Element) -> str:
        return f"\n{self.marks(node['ids'])}#raw(block: true, {quoted(node.astext())})\n"

    visit_doctest_block = visit_literal_block

    def visit_math(self, node: nodes.Element) -> str:
        source, is_block = node.astext(), isinstance(node, nodes.math_block)
        try:
            formula = formulas.formula(source)
        except BookError as error:
            raise self.error(node, str(error)) from error
        given = f"block: {str(is_block).lower()}, alt: {quoted(source)}"
        return f"{self.marks(node['ids'])}#math.equation({given}, ${formula}$.body)"

    visit_math_block = visit_math

    def visit_raw(self, node: nodes.raw) -> str:
        if (kind := node["format"]) == "typst":
            return node.astext()
        raise self.error(node, f"the PDF cannot show raw {kind}; give it the class 'web-only'")

    # Links, footnotes and the bibliography.

    def visit_reference(self, node: nodes.reference) -> str:
        body, uri = self.inside(node), node.get("refuri", f"#{node.get('refid', '')}")
        if "download" in node["classes"]:
            return body  # a file beside the web page; the PDF stands alone
        if re.match(r"[a-z]+:", uri):
            return f"#web({quoted(uri)})[{body}]"
        to = self.target(uri)
        if to not in self.found.links:
            self.found.links[to] = f"{self.place(node)}: the link to '{uri}'"
        return f"#to(<{to}>)[{body}]"

    def target(self, uri: str) -> str:
        """Return the label that an address, as seen from the document's web page, stands for."""
        page, _, anchor = unquote(uri).partition("#")
        page = posixpath.normpath(posixpath.join(posixpath.dirname(self.docname), page))
        return label(page.removesuffix(".html") if uri.partition("#")[0] else self.docname, anchor)

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> str:
        note = self.notes.get(node.get("refid"))
        if note is None:
            raise self.error(node, f"footnote {plain(node)} has no text")
        return f"#footnote[{self.several(note.children).strip()}]"

    def visit_citation(self, node: nodes.citation) -> str:
        work = f"\n\n{self.inside(node).strip()}\n\n"
        self.found.works.update({label(self.docname, name): work for name in node["ids"]})
        first = not isinstance(node.previous_sibling(), nodes.citation)
        last = not isinstance(_next(node), nodes.citation)
        return "\n#references[" * first + work + "]\n" * last

    # Figures and tables.

    def picture(self, name: str, alt: str, node: nodes.Element) -> str:
        """Return a picture of the folder, as wide as it asks, or as fits a page."""
        path = self.pictures / name
        if not path.exists():
            raise self.error(node, f"picture {name} is missing")
        if not (size := get_image_size(str(path))):
            raise self.error(node, f"picture {name} does not say its width and height")
        width = min(100.0, 100 * _TALLEST * size[0] / size[1])
        if asked := re.fullmatch(r"([\d.]+)(%|px)", node.get("width", "")):
            width = min(width, float(asked[1]) * (1 if asked[2] == "%" else _PIXEL))
        beside = isinstance(node.parent, nodes.TextElement) and len(node.parent) > 1
        given = "height: 1em" if beside else f"width: {width:.0f}%"
        file = quoted(f"/{self.pictures.name}/{name}")
        picture = f"image({file}, {given}, alt: {quoted(alt)})"
        return f"#box({picture})" if beside else f"#{picture}"

    def keep(self, content: bytes, ending: str) -> str:
        """Put a picture into the folder, under a name that its content gives; return the name."""
        name = files.digest(content) + ending
        files.put(self.pictures / name, content)
        return name

    def visit_live_figure(self, node: nodes.Element) -> str:
        return self.picture(node["picture"], node["alt"], node)

    visit_small_picture = visit_live_figure

    def visit_image(self, node: nodes.image) -> str:
        candidates = node.get("candidates", {})
        best = [candidates[kind] for kind in ("image/svg+xml", "image/png") if kind in candidates]
        path = Path(self.env.srcdir, [*best, node["uri"]][0])
        if not path.exists():
            raise self.error(node, f"picture {node['uri']} is missing; the PDF needs it as a file")
        name = self.keep(path.read_bytes(), path.suffix)
        return self.marks(node["ids"]) + self.picture(name, node.get("alt", ""), node)

    def visit_figure(self, node: nodes.figure) -> str:
        name, marks = self.named(node["ids"])
        captions = [child for child in node if isinstance(child, nodes.caption)]
        body = self.several([child for child in node if child not in captions])
        caption = self.caption("figure", node, captions)
        return f"\n#figure(kind: image{caption})[{marks}{body}]{name}\n"

    def caption(self, kind: str, node: nodes.Element, captions: Sequence[nodes.Element]) -> str:
        """Return the argument that gives a figure or table its caption; list it by the first."""
        if not captions:
            return ""
        number = self.number(kind, node)
        if node["ids"]:
            whole = f"{number} {plain(captions[0])}".strip()
            first = re.match(r"[^\W\d]+\.? [\d.]+ .*?[^\d]\.(?=\s|$)", whole)  # sentence
            short = quoted(first[0] if first else whole)
            listed = f"({short}, <{label(self.docname, node['ids'][0])}>)"
            (self.found.figures if kind == "figure" else self.found.tables).append(listed)
        return f", caption: [{_words(f'{number} ')}{self.several(captions[0].children)}]"

    def visit_table(self, node: nodes.table) -> str:
        name, marks = self.named(node["ids"])
        caption = self.caption("table", node, [*node.findall(nodes.title)][:1])
        group = next(node.findall(nodes.tgroup))
        rows = [row for row in group.findall(nodes.row) if row.parent.parent is group]
        shares = [column["colwidth"] for column in group if isinstance(column, nodes.colspec)]
        given = "colwidths-given" in node["classes"]
        cells = [[plain(cell) for cell in row] for row in rows]
        # In a box no page can be turned on its side.
        around = {type(above).__name__ for above in ancestors(_parent(node))}
        boxed = not around.issubset(_UNBOXED)
        columns, fit, whole = tables.fit(cells, shares if given else [], boxed)
        head = "".join(self.row(row) for row in rows if isinstance(row.parent, nodes.thead))
        head = f"table.header({head}), " if head else ""
        body = "".join(self.row(row) for row in rows if isinstance(row.parent, nodes.tbody))
        after = _next(node)
        source = self.source(after) if _is_source(after) else ""
        table = f"#table(columns: ({columns}), {head}{body})"
        figure = f"#figure(kind: table{caption})[{marks}{table}{source}]{name}"
        return f"\n#{fit}(whole: {str(whole).lower()})[{figure}]\n"

    def row(self, row: nodes.row) -> str:
        """Return the cells of a row; a single paragraph is set without the space around it."""
        cells = ""
        for entry in row:
            given = [f"colspan: {entry['morecols'] + 1}"] if entry.get("morecols") else []
            given += [f"rowspan: {entry['morerows'] + 1}"] if entry.get("morerows") else []
            given += ["align: right"] if {"number", "text-right"} & {*entry["classes"]} else []
            content = f"[{self.inside(entry).strip()}]"
            cells += f"table.cell({', '.join(given)}){content}, " if given else f"{content}, "
        return cells

    def source(self, node: nodes.Element) -> str:
        """Return the source line of a figure or table, that of a figure with its web address."""
        base, figure, live = self.env.config.html_baseurl, node.parent, ""
        if base and isinstance(figure, nodes.figure) and figure["ids"]:
            url = f"{base.rstrip('/')}/{self.docname}.html#{figure['ids'][0]}"
            code = io.BytesIO()
            segno.make(url, error="m").save(code, kind="svg", border=0)
            file = f"/{self.pictures.name}/{self.keep(code.getvalue(), '.svg')}"
            live = f"live: ({quoted(url)}, {quoted(file)})"
        return f"#source({live})[{self.inside(node)}]"

    # Boxes and lists.

    def visit_container(self, node: nodes.Element) -> str:
        if node.get("nb_element") == "cell_code_source" or "toctree-wrapper" in node["classes"]:
            return ""  # the PDF shows results, and has contents of its own
        if _is_source(node):
            after_table = isinstance(node.previous_sibling(), nodes.table)
            return "" if after_table else self.source(node)  # the table has it already
        if "finding" in node["classes"]:
            return f"\n#finding[{self.dispatch_visit(node[0])}][{self.several(node[1:])}]\n"
        return f"\n\n{self.inside(node)}\n\n"

    visit_compound = visit_container

    def visit_caption(self, node: nodes.caption) -> str:
        number = self.number("code-block", _parent(node))
        return f"\n\n#strong[{_words(f'{number} ')}{self.inside(node)}]\n\n"

    def visit_Admonition(self, node: nodes.Element) -> str:  # noqa: N802 (as visit_Text)
        tag = type(node).__name__
        classes = [tag, *node["classes"]]
        kind = next((name for name in _BOXES if name in classes), "admonition")
        own = bool(node.children) and isinstance(node[0], nodes.title)
        title = self.several(node[0].children) if own else _words(str(admonitionlabels[tag]))
        number = _words(self.number(kind, node) + " ") if kind == "exercise" else ""
        body = self.marks(node["ids"]) + self.several(node.children[own:])
        return f"\n#{kind}[{number}{title}][{body.strip()}]\n"

    visit_topic = visit_sidebar = visit_Admonition

    def visit_block_quote(self, node: nodes.block_quote) -> str:
        last = [child for child in node if isinstance(child, nodes.attribution)]
        given = "".join(f", attribution: [{self.inside(child)}]" for child in last)
        body = self.several([child for child in node if child not in last])
        return f"\n#quote(block: true{given})[{self.marks(node['ids'])}{body.strip()}]\n"

    def visit_line_block(self, node: nodes.line_block) -> str:
        lines = " #linebreak() ".join(map(self.dispatch_visit, node.children))
        return f"\n\n{self.marks(node['ids'])}{lines}\n\n"

    def visit_transition(self, node: nodes.transition) -> str:
        return "" if "footnotes" in node["classes"] else "\n#rule-off\n"

    def visit_bullet_list(self, node: nodes.Element) -> str:
        if "name-index" in node["classes"]:
            return f"\n#name-index({''.join(self.name(item[0]) for item in node)})\n"
        given = f"tight: {str(_is_tight(node)).lower()}, "
        if node.get("start", 1) != 1:
            given += f"start: {node['start']}, "
        if numbering := _NUMBERINGS.get(node.get("enumtype", "")):
            given += f"numbering: {quoted(numbering + '.')}, "
        kind = "list" if isinstance(node, nodes.bullet_list) else "enum"
        items = "".join(f"[{self.inside(item).strip()}], " for item in node)
        return f"\n{self.marks(node['ids'])}#{kind}({given}{items})\n"

    visit_enumerated_list = visit_bullet_list

    def name(self, line: nodes.paragraph) -> str:
        """Return an entry of an index of names: it, and the places and numbers of its mentions."""
        links = [each for each in line.findall(nodes.reference) if "mention" in each["classes"]]
        for link in links:
            self.visit_reference(link)
        places = [f"(<{self.target(link['refuri'])}>, {quoted(plain(link))}), " for link in links]
        entry = self.several(line[: line.index(links[0])]).strip()
        return f"([{entry}], ({''.join(places)})), "

    def visit_definition_list(self, node: nodes.Element) -> str:
        items = ""
        for item in node:
            held = {part: self.inside(part) for part in item}
            terms = [held[part].strip() for part in item if not isinstance(part, nodes.definition)]
            text = "".join(held[part] for part in item if isinstance(part, nodes.definition))
            items += f"terms.item[{', '.join(terms)}][{text.strip()}], "
        return f"\n{self.marks(node['ids'])}#terms({items})\n"


def _parent(node: nodes.Node) -> nodes.Element:
    """Return what holds a node, which in a document is always there."""
    return cast(nodes.Element, node.parent)


def _next(node: nodes.Node) -> nodes.Node | None:
    return node.next_node(descend=False, siblings=True)


def _is_source(node: nodes.Node | None) -> TypeGuard[nodes.container]:
    return isinstance(node, nodes.container) and "figure-source" in node["classes"]


def _is_titled(node: nodes.Node) -> TypeGuard[nodes.section]:
    return isinstance(node, nodes.section) and isinstance(next(iter(node), None), nodes.title)


def _is_tight(node: nodes.Element) -> bool:
    """Tell whether each item of a list is one paragraph, with no more than a list below it."""
    for item in node.children:
        *blocks, last = [*item] or [None]
        below = isinstance(last, nodes.bullet_list | nodes.enumerated_list)
        if len(blocks) > below or (below and not _is_tight(last)):
            return False
    return True
