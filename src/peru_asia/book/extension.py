"""The Sphinx extension: figures, tables and the data catalogue on the built pages."""

import csv
import io
import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.writers.html5 import HTML5Translator

from peru_asia import __version__, data
from peru_asia.book import assets, drawing
from peru_asia.book.catalogue import entry
from peru_asia.book.claims import printed
from peru_asia.book.figures import MIME as FIGURE_MIME
from peru_asia.book.tables import MIME as TABLE_MIME
from peru_asia.errors import BookError

FILES = "_figures"  # folder of a figure's downloads, in the built book


class live_figure(nodes.General, nodes.Element):  # noqa: N801 (docutils writes nodes so)
    """A figure's drawing, with the payload of `peru_asia.book.figure`."""


class BookRenderer(MimeRenderPlugin):
    """Turn the outputs of `book.figure` and `book.table` into docutils nodes."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = [
        ("*", FIGURE_MIME, 1),
        ("*", TABLE_MIME, 1),
    ]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Return the nodes of an output that is ours, or None."""
        if inline or data.mime_type not in (FIGURE_MIME, TABLE_MIME):
            return None
        payload = data.content
        if data.mime_type == TABLE_MIME:
            return _table(renderer, payload, data.line or 0)
        options = (data.cell_metadata.get("mystnb") or {}).get("figure") or {}
        if not (options.get("name") and options.get("caption")):
            raise BookError(
                f"{renderer.renderer.document['source']}, cell near line {data.line}: a figure "
                "needs 'mystnb: figure:' metadata with name and caption"
            )
        drawn = live_figure("", name=options["name"], payload=payload)
        return [drawn, _source_line(renderer, payload, data.line or 0)]


def _source_line(renderer: NbElementRenderer, payload: dict[str, Any], line: int) -> nodes.Element:
    """Say which sources and tables stand behind a figure or table, with links to both."""
    sources = ", ".join(f"{{cite:t}}`{key}`" for key in payload["sources"])
    tables = []
    for name in payload["tables"]:
        table = data.describe(name)
        tables.append(f"{{ref}}`{name} <table-{name}>` (edition {table.vintage}; {_terms(table)})")
    plural = "s" if len(payload["sources"]) > 1 else ""
    holder = nodes.container(classes=["figure-source"])
    text = f"Source{plural}: {sources}. Data: {', '.join(tables)}."
    if payload.get("note"):
        text = payload["note"] + "\n\n" + text
    with renderer.renderer.current_node_context(holder):
        renderer.renderer.nested_render_text(text, line)
    return holder


def _terms(table: data.Table) -> str:
    """Name the licences of a table in a word or two each."""
    names = [
        "terms of the source"
        if licence["name"].startswith("other")
        else licence["name"].replace("CC-BY-", "CC BY ")
        for licence in table.licences
    ]
    return ", ".join(dict.fromkeys(names))


def _table(renderer: NbElementRenderer, payload: dict[str, Any], line: int) -> list[nodes.Element]:
    document = renderer.renderer.document
    title = nodes.title()
    with renderer.renderer.current_node_context(title):
        renderer.renderer.nested_render_text(payload["caption"], line, inline=True)
    table = nodes.table("", title, classes=["book-table"])
    name = nodes.fully_normalize_name(payload["name"])
    table["names"].append(name)
    document.note_explicit_target(table, table)
    group = nodes.tgroup(cols=len(payload["head"]))
    table += group
    group += [nodes.colspec(colwidth=1) for _ in payload["head"]]

    def row(cells: Sequence[str]) -> nodes.row:
        out = nodes.row()
        for cell, numeric in zip(cells, payload["numeric"], strict=True):
            out += nodes.entry(
                "", nodes.paragraph(text=cell), classes=["number"] if numeric else []
            )
        return out

    group += nodes.thead("", row(payload["head"]))
    group += nodes.tbody("", *[row(cells) for cells in payload["rows"]])
    return [table, _source_line(renderer, payload, line)]


def visit_live_figure(translator: HTML5Translator, node: live_figure) -> None:
    """Write a figure's drawing, its downloads and its tools."""
    builder = translator.builder
    name, payload = node["name"], node["payload"]
    folder = Path(builder.outdir) / FILES
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.svg").write_text(payload["wide"], "utf-8")
    if builder.name == "singlehtml":  # the source of the PDF
        label = escape(payload["alt"])
        translator.body.append(f'<p><img src="{FILES}/{name}.svg" alt="{label}"></p>\n')
    else:
        spec = payload["spec"]
        (folder / f"{name}.csv").write_text(_as_csv(drawing.plotted(spec)[0]), "utf-8")
        (folder / f"{name}.vl.json").write_text(json.dumps(spec, indent=1), "utf-8")
        up = "../" * builder.current_docname.count("/")
        translator.body.append(_live_html(name, payload, f"{up}{FILES}/{name}"))
    raise nodes.SkipNode


def _live_html(name: str, payload: dict[str, Any], files: str) -> str:
    """Return the HTML of a live figure; figures.js knows its parts by their classes."""
    drawings = f'<div class="lf-static lf-wide">{_private_ids(payload["wide"], name)}</div>'
    if payload["narrow"]:
        narrow = _private_ids(payload["narrow"], f"{name}-narrow")
        drawings += f'<div class="lf-static lf-narrow">{narrow}</div>'
    links = "".join(
        f'<a class="lf-link" href="{files}.{ending}" download>{text}</a>'
        for ending, text in [
            ("csv", "Data (CSV)"),
            ("vl.json", "Chart (Vega-Lite)"),
            ("svg", "Picture (SVG)"),
        ]
    )
    # "<" must not end the script element early.
    spec = json.dumps(payload["spec"], separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'<div class="live-figure{" lf-fits" if payload["narrow"] else ""}" data-name="{name}">'
        f'<div class="lf-controls"></div>'
        f'<div class="lf-view" role="img" aria-label="{escape(payload["alt"])}">{drawings}</div>'
        f'<div class="lf-tools">{links}</div>'
        f'<script type="application/json">{spec}</script></div>\n'
    )


def _private_ids(svg: str, prefix: str) -> str:
    """Prefix the ids of an inline SVG, because two drawings on a page use the same ones."""
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    # The figure's own label speaks for the drawing.
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _as_csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(
        out, list(dict.fromkeys(k for row in rows for k in row)), lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


class ResultsOnly(SphinxPostTransform):
    """Leave the code out of the single page that the PDF is made from."""

    default_priority = 190  # before MyST-NB folds code cells, which this builder cannot write

    def run(self, **kwargs: Any) -> None:
        """Remove the source of every cell."""
        if self.app.builder.name != "singlehtml":
            return
        for cell in list(self.document.findall(nodes.container)):
            if cell.get("nb_element") == "cell_code":
                cell["hide_mode"] = None
                cell.children = [
                    part for part in cell.children if part.get("nb_element") != "cell_code_source"
                ]


class DataCatalogue(SphinxDirective):
    """``{data-catalogue}``: a section for each table of the data package."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        sections = []
        for table in data.tables().values():
            section = nodes.section("", nodes.title(text=table.title))
            section.document = self.state.document
            section["names"].append(nodes.fully_normalize_name(f"table-{table.name}"))
            self.state.document.note_explicit_target(section, section)
            lines = StringList(entry(table).splitlines(), "datapackage.yaml")
            self.state.nested_parse(lines, 0, section)
            sections.append(section)
        return sections


class Claim(SphinxRole):
    """``{claim}`C069` ``: what a source printed, with its citation.

    ``{claimed}`C069` `` prints the value alone, where the sentence names the source.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the value and, unless it is not wanted, the citation."""
        try:
            value, source = printed(self.text)
        except BookError as error:
            return [], [self.inliner.reporter.error(str(error), line=self.lineno)]
        out: list[nodes.Node] = [nodes.inline("", value, classes=["claim"])]
        if self.name == "claim":
            cite = self.env.get_domain("cite").roles["p"]
            found, messages = cite("cite:p", "", source, self.lineno, self.inliner, {}, [])
            return [*out, nodes.Text(" "), *found], messages
        return out, []


# What the theme and the bibliography write that a screen reader stumbles over, and its mend.
_MENDS = {
    '<div id="pst-primary-sidebar"': '<div role="navigation" aria-label="Book" id="pst-primary-sidebar"',
    ' role="doc-biblioentry"': ' role="listitem"',
}


def _finish(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    out = Path(app.outdir)
    # Always written anew: Sphinx does not notice a changed static file.
    assets.write(out / "_static")
    for page in out.rglob("*.html"):
        text = page.read_text("utf-8")
        for bad, good in _MENDS.items():
            text = text.replace(bad, good)
        page.write_text(text, "utf-8")


def _without_thebe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    # Jupyter Book adds it to every page, twice, although no page runs code; it would load a
    # script from another host.
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if "thebe" not in f"{script} {getattr(script, 'attributes', '')}".lower()
    ]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    visitors = (visit_live_figure, None)
    app.add_node(live_figure, html=visitors, singlehtml=visitors)
    app.add_post_transform(ResultsOnly)
    app.add_directive("data-catalogue", DataCatalogue)
    app.add_role("claim", Claim())
    app.add_role("claimed", Claim())
    app.add_css_file("book.css")
    app.add_js_file("figures.js", defer="defer")
    app.connect("html-page-context", _without_thebe, priority=900)
    app.connect("build-finished", _finish)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
