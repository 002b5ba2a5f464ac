"""The Sphinx extension: what the outputs of cells are on a page, and what is registered."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from peru_asia import __version__, data
from peru_asia.book.cells import mimes
from peru_asia.book.text.chapters import is_notebook
from peru_asia.book.text.editions import Edition
from peru_asia.book.text.mathml import mathml
from peru_asia.book.web import (
    builder,
    claims,
    downloads,
    figure_node,
    helpers,
    listings,
    lookups,
    mentions,
    notebook_text,
    number_role,
    pages,
    parser,
    table_nodes,
)
from peru_asia.errors import BookError


class BookRenderer(MimeRenderPlugin):
    """Turn figures, tables, findings and pandas frames into docutils nodes."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = [
        ("*", mime, 1) for mime in (mimes.FIGURE, mimes.TABLE, mimes.FINDING)
    ]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Return the nodes of an output that is ours, or None."""
        payload: Any = data.content  # text, or what `mimes` says of its type
        line = data.line or 0
        match data.mime_type:
            case _ if inline:
                return None
            case "text/html" if table_nodes.is_frame(payload):
                return [table_nodes.frame(payload)]
            case mimes.FINDING:
                [picture] = payload["pictures"]
                drawn = figure_node.small_picture(
                    "", name=payload["name"], alt=payload["alt"], picture=picture
                )
                holder = nodes.container("", drawn, classes=["finding"])
                return [_filled(renderer, holder, payload["text"], line)]
            case mimes.TABLE:
                return [_table(renderer, payload, line), _source_line(renderer, payload, line)]
            case mimes.FIGURE:
                drawn = _figure(renderer, data, payload)
                return [drawn, _source_line(renderer, payload, line)]
        return None


def _filled(
    renderer: NbElementRenderer, holder: nodes.Element, text: str, line: int, inline: bool = False
) -> nodes.Element:
    """Return a node with what a text in MyST says added to it."""
    with renderer.renderer.current_node_context(holder):
        renderer.renderer.nested_render_text(text, line, inline=inline)
    return holder


def _figure(
    renderer: NbElementRenderer, data: MimeData, payload: mimes.Figure
) -> figure_node.live_figure:
    options = (data.cell_metadata.get("mystnb") or {}).get("figure") or {}
    if not (options.get("name") and options.get("caption")):
        raise BookError(
            f"{renderer.renderer.document['source']}, cell near line {data.line}: a figure "
            "needs 'mystnb: figure:' metadata with name and caption"
        )
    wide, *narrow = payload["pictures"]
    return figure_node.live_figure(
        "",
        name=options["name"],
        alt=payload["alt"],
        fingerprint=payload["fingerprint"],
        picture=wide,
        narrow="".join(narrow),
    )


def _source_line(renderer: NbElementRenderer, payload: mimes.Sourced, line: int) -> nodes.Element:
    """Say which sources and tables stand behind a figure or table, with links to both."""
    sources = ", ".join(f"{{cite:t}}`{key}`" for key in payload["sources"])
    tables = []
    for name in payload["tables"]:
        table = data.describe(name)
        tables.append(f"{{ref}}`{name} <table-{name}>` (edition {table.vintage}; {_terms(table)})")
    plural = "s" if len(payload["sources"]) > 1 else ""
    text = f"Source{plural}: {sources}. Data: {', '.join(tables)}."
    if payload.get("made_from"):
        text = f"Source: {payload['made_from']}."
    if note := payload.get("note"):
        text = note + "\n\n" + text
    return _filled(renderer, nodes.container(classes=["figure-source"]), text, line)


def _terms(table: data.Table) -> str:
    """Name the licences of a table in a word or two each."""
    names = [
        "terms of the source"
        if licence["name"].startswith("other")
        else licence["name"].replace("CC-BY-", "CC BY ")
        for licence in table.licences
    ]
    return ", ".join(dict.fromkeys(names))


def _table(renderer: NbElementRenderer, payload: mimes.Table, line: int) -> nodes.table:
    def cell(text: str, marked: bool) -> str | nodes.Element:
        return _filled(renderer, nodes.paragraph(), text, line, inline=True) if marked else text

    title = _filled(renderer, nodes.title(), payload["caption"], line, inline=True)
    rows = [list(map(cell, row, payload["marked"])) for row in payload["rows"]]
    table = table_nodes.grid(
        payload["head"], rows, numeric=payload["numeric"], widths=payload["widths"]
    )
    table.insert(0, title)
    head = next(table.findall(nodes.row))
    for entry, narrows in zip(head.children, payload["filters"], strict=True):
        entry["classes"] += ["filter"] if narrows else []
    # A table that can be narrowed is a stack of cards on a phone.
    table["classes"] += ["cards"] if any(payload["filters"]) else []
    table["names"].append(nodes.fully_normalize_name(payload["name"]))
    renderer.renderer.document.note_explicit_target(table, table)
    return table


class RunItYourself(SphinxPostTransform):
    """Say under a chapter's title where its notebook is."""

    default_priority = 195

    def run(self, **kwargs: Any) -> None:
        """Add a line to chapters that are notebooks; the PDF has none."""
        if not is_notebook(Path(self.document["source"])):
            return
        up = "../" * self.env.docname.count("/")
        links = {
            "This chapter as a notebook": notebook_text.file_name(self.env.docname),
            "all notebooks with data and code": downloads.NOTEBOOKS_ZIP,
        }
        line = nodes.paragraph(classes=["run-it", "web-only"])
        for text, name in links.items():
            address = f"{up}{downloads.NOTEBOOKS}/{name}"
            line += nodes.reference("", text, refuri=address, classes=["download"])
            line += nodes.Text("; " if name != downloads.NOTEBOOKS_ZIP else ".")
        title = next(iter(self.document.findall(nodes.title)))
        title.parent.insert(title.parent.index(title) + 1, line)


def _visit_math(translator: HTML5Translator, node: nodes.math | nodes.math_block) -> None:
    """Write a formula as MathML, which browsers set without a script."""
    if isinstance(node, nodes.math):
        translator.body.append(mathml(node.astext(), "inline"))
    else:
        # It may be wider than a phone; then it scrolls, and a keyboard must be able to reach it.
        formula = mathml(node.astext(), "block")
        translator.body.append(f'<div class="formula" tabindex="0">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.add_config_value("edition", str(Edition.READER), "env")
    app.add_html_math_renderer("mathml", (_visit_math, None), (_visit_math, None))
    app.add_node(figure_node.live_figure, html=(figure_node.visit_live_figure, None))
    app.add_node(figure_node.small_picture, html=(figure_node.visit_small_picture, None))
    visits = (number_role.visit_traced_number, number_role.depart_traced_number)
    app.add_node(number_role.traced_number, html=visits)
    app.add_role_to_domain("glue", "text", number_role.TracedNumber(), override=True)
    app.add_post_transform(number_role.NumbersOfOtherChapters)
    app.add_post_transform(RunItYourself)
    app.add_role("check", claims.CheckCode())
    app.add_role("claim", claims.Claim())
    app.add_role("claimed", claims.Claim())
    app.add_directive("data-catalogue", listings.DataCatalogue)
    app.add_directive("data-news", listings.DataNews)
    app.add_directive("helpers", helpers.Helpers)
    app.add_directive("objectives-by-chapter", listings.ObjectivesByChapter)
    for part in (builder, lookups, mentions, pages, parser):
        part.setup(app)
    app.add_css_file("book.css")
    for script in ("figures.js", "numbers.js", "tables.js"):
        app.add_js_file(script, defer="defer")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
