"""The Sphinx extension: figures, tables and the data catalogue on the built pages."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from peru_asia import __version__, data
from peru_asia.book.cells import mimes
from peru_asia.book.text.chapters import is_notebook
from peru_asia.book.text.editions import Edition
from peru_asia.book.web import (
    builder,
    dataframe_tables,
    formulas,
    lookups,
    mentions,
    notebook_files,
    pages,
    parser,
)
from peru_asia.book.web.catalogue import DataCatalogue, DataNews
from peru_asia.book.web.claim_roles import CheckCode, Claim
from peru_asia.book.web.figure_node import (
    live_figure,
    small_picture,
    visit_live_figure,
    visit_small_picture,
)
from peru_asia.book.web.number_role import (
    NumbersOfOtherChapters,
    TracedNumber,
    depart_traced_number,
    traced_number,
    visit_traced_number,
)
from peru_asia.book.web.table_nodes import grid
from peru_asia.book.web.teaching import ObjectivesByChapter
from peru_asia.errors import BookError


class BookRenderer(MimeRenderPlugin):
    """Turn figures, tables, findings and pandas frames into docutils nodes."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = [
        ("*", mimes.FIGURE, 1),
        ("*", mimes.TABLE, 1),
        ("*", mimes.FINDING, 1),
    ]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Return the nodes of an output that is ours, or None."""
        payload: Any = data.content  # text, or what `mimes` says of its type
        if not inline and data.mime_type == "text/html" and dataframe_tables.is_frame(payload):
            return [dataframe_tables.frame(payload)]
        if inline or data.mime_type not in (mimes.FIGURE, mimes.TABLE, mimes.FINDING):
            return None
        if data.mime_type == mimes.FINDING:
            return [_finding(renderer, payload, data.line or 0)]
        if data.mime_type == mimes.TABLE:
            return _table(renderer, payload, data.line or 0)
        options = (data.cell_metadata.get("mystnb") or {}).get("figure") or {}
        if not (options.get("name") and options.get("caption")):
            raise BookError(
                f"{renderer.renderer.document['source']}, cell near line {data.line}: a figure "
                "needs 'mystnb: figure:' metadata with name and caption"
            )
        wide, *narrow = payload["pictures"]
        drawn = live_figure(
            "",
            name=options["name"],
            alt=payload["alt"],
            fingerprint=payload["fingerprint"],
            picture=wide,
            narrow="".join(narrow),
        )
        return [drawn, _source_line(renderer, payload, data.line or 0)]


def _source_line(renderer: NbElementRenderer, payload: mimes.Sourced, line: int) -> nodes.Element:
    """Say which sources and tables stand behind a figure or table, with links to both."""
    sources = ", ".join(f"{{cite:t}}`{key}`" for key in payload["sources"])
    tables = []
    for name in payload["tables"]:
        table = data.describe(name)
        tables.append(f"{{ref}}`{name} <table-{name}>` (edition {table.vintage}; {_terms(table)})")
    plural = "s" if len(payload["sources"]) > 1 else ""
    holder = nodes.container(classes=["figure-source"])
    text = f"Source{plural}: {sources}. Data: {', '.join(tables)}."
    if payload.get("made_from"):
        text = f"Source: {payload['made_from']}."
    if note := payload.get("note"):
        text = note + "\n\n" + text
    with renderer.renderer.current_node_context(holder):
        renderer.renderer.nested_render_text(text, line)
    return holder


def _finding(renderer: NbElementRenderer, payload: mimes.Finding, line: int) -> nodes.Element:
    holder = nodes.container(classes=["finding"])
    [picture] = payload["pictures"]
    holder += small_picture("", name=payload["name"], alt=payload["alt"], picture=picture)
    with renderer.renderer.current_node_context(holder):
        renderer.renderer.nested_render_text(payload["text"], line)
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


def _table(renderer: NbElementRenderer, payload: mimes.Table, line: int) -> list[nodes.Element]:
    document = renderer.renderer.document
    title = nodes.title()
    with renderer.renderer.current_node_context(title):
        renderer.renderer.nested_render_text(payload["caption"], line, inline=True)
    table = grid(
        payload["head"], payload["rows"], numeric=payload["numeric"], widths=payload["widths"]
    )
    table.insert(0, title)
    for row in table.findall(nodes.row):
        for entry, marked in zip(row.children, payload["marked"], strict=True):
            if marked and row.parent.tagname == "tbody":
                [paragraph] = entry.children
                text = paragraph.astext()
                paragraph.clear()
                with renderer.renderer.current_node_context(paragraph):
                    renderer.renderer.nested_render_text(text, line, inline=True)
    [head] = [row for row in table.findall(nodes.row) if row.parent.tagname == "thead"]
    for entry, narrows in zip(head.children, payload["filters"], strict=True):
        entry["classes"] += ["filter"] if narrows else []
    # A table that can be narrowed is a stack of cards on a phone.
    table["classes"] += ["cards"] if any(payload["filters"]) else []
    table["names"].append(nodes.fully_normalize_name(payload["name"]))
    document.note_explicit_target(table, table)
    return [table, _source_line(renderer, payload, line)]


class RunItYourself(SphinxPostTransform):
    """Say under a chapter's title where its notebook is."""

    default_priority = 195

    def run(self, **kwargs: Any) -> None:
        """Add a line to chapters that are notebooks; the PDF has none."""
        chapter = self.env.docname.removeprefix("chapters/")
        if not is_notebook(Path(self.document["source"])):
            return
        up = "../" * self.env.docname.count("/")
        links = {
            "This chapter as a notebook": notebook_files.file_name(chapter),
            "all notebooks with data and code": notebook_files.ZIP,
        }
        line = nodes.paragraph(classes=["run-it", "web-only"])
        for text, name in links.items():
            line += nodes.reference(
                "", text, refuri=f"{up}{notebook_files.FOLDER}/{name}", classes=["download"]
            )
            line += nodes.Text("; " if name != notebook_files.ZIP else ".")
        title = next(iter(self.document.findall(nodes.title)))
        title.parent.insert(title.parent.index(title) + 1, line)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.add_config_value("edition", str(Edition.READER), "env")
    app.add_node(live_figure, html=(visit_live_figure, None))
    app.add_node(small_picture, html=(visit_small_picture, None))
    app.add_node(traced_number, html=(visit_traced_number, depart_traced_number))
    app.add_role_to_domain("glue", "text", TracedNumber(), override=True)
    app.add_post_transform(NumbersOfOtherChapters)
    app.add_post_transform(RunItYourself)
    app.add_role("check", CheckCode())
    app.add_directive("data-catalogue", DataCatalogue)
    app.add_directive("data-news", DataNews)
    app.add_directive("objectives-by-chapter", ObjectivesByChapter)
    app.add_role("claim", Claim())
    app.add_role("claimed", Claim())
    for part in (builder, formulas, lookups, mentions, pages, parser):
        part.setup(app)
    app.add_css_file("book.css")
    for script in ("figures.js", "numbers.js", "tables.js"):
        app.add_js_file(script, defer="defer")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
