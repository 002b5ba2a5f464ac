"""A computed number on a page, which says where it comes from when a reader points at it."""

import json
from html import escape

from docutils import nodes
from myst_nb.ext.glue.roles import PasteTextRole
from myst_nb.ext.glue.utils import retrieve_glue_data
from sphinx.writers.html5 import HTML5Translator

from peru_asia import data
from peru_asia.book.numbers import MIME

CATALOGUE = "chapters/reference/data"


class traced_number(nodes.inline):  # noqa: N801 (docutils writes nodes so)
    """A number with the payload of `peru_asia.book.numbers.Number`."""


class TracedNumber(PasteTextRole):
    """``{glue:text}``, keeping the origin of a number that `book.number` glued."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number's node."""
        found, messages = super().run()
        if messages or not isinstance(found[0], nodes.inline):
            return found, messages
        origin = retrieve_glue_data(self.document, self.text.rsplit(":", 1)[0]).data.get(MIME)
        if not origin:
            return found, messages
        node = traced_number("", found[0].astext(), origin=origin)
        self.set_source_info(node)
        return [node], messages


def visit_traced_number(translator: HTML5Translator, node: traced_number) -> None:
    """Open the number's element; numbers.js shows its origin."""
    origin, builder = node["origin"], translator.builder
    if builder.name == "singlehtml":  # the source of the PDF, where it is plain text
        translator.body.append("<span>")
        return
    catalogue = builder.get_relative_uri(builder.current_docname, CATALOGUE)
    shown = {
        "formula": origin["formula"],
        "tables": [
            {
                "name": name,
                "edition": data.describe(name).vintage,
                "href": f"{catalogue}#{nodes.make_id('table-' + name)}",
            }
            for name in origin["tables"]
        ],
    }
    translator.body.append(
        f'<span class="traced" tabindex="0" data-origin="{escape(json.dumps(shown))}">'
    )


def depart_traced_number(translator: HTML5Translator, node: traced_number) -> None:
    """Close the number's element."""
    translator.body.append("</span>")
