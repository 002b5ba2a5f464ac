"""A computed number on a page, which says where it comes from when a reader points at it."""

import json
from html import escape
from typing import Any

from docutils import nodes
from myst_nb.ext.glue.crossref import read_glue_cache
from myst_nb.ext.glue.roles import PasteTextRole
from myst_nb.ext.glue.utils import PendingGlueReference, retrieve_glue_data
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from peru_asia.book.cells import mimes
from peru_asia.book.cells.forms import printed
from peru_asia.book.cells.words import Words

_CATALOGUE = "chapters/reference/data"


class traced_number(nodes.inline):  # noqa: N801 (docutils writes nodes so)
    """A number with the payload of a `peru_asia.book.cells.facts.Fact`."""


class TracedNumber(PasteTextRole):
    """``{glue:text}``, keeping the origin of a fact."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number's node."""
        chapter, between, name = self.text.rpartition("::")
        if between and ":" not in name:
            # MyST-NB takes what follows the last colon for a format.
            self.text = f"{chapter}::{name}:s"
        found, messages = super().run()
        if messages or not isinstance(found[0], nodes.inline):
            return found, messages
        glued = retrieve_glue_data(self.document, self.text.rsplit(":", 1)[0])
        if not (origin := glued.data.get(mimes.NUMBER)):
            return found, messages
        node = traced_number("", printed(origin), origin=origin)
        self.set_source_info(node)
        return [node], messages


class NumbersOfOtherChapters(SphinxPostTransform):
    """Print ``{glue:text}`chapter.md::name` ``, a number whose home is another chapter."""

    default_priority = 4  # before MyST-NB prints them without their origin

    def run(self, **kwargs: Any) -> None:
        """Replace every reference to a number that has an origin."""
        env: Any = self.env  # in which extensions keep what is theirs
        folder = env.mystnb_config.output_folder
        for node in list(self.document.findall(PendingGlueReference)):
            output = read_glue_cache(folder, node.refdoc).get(node.key, {}).get("data", {})
            if node.gtype == "text" and mimes.NUMBER in output:
                origin = output[mimes.NUMBER]
                node.replace_self(traced_number("", printed(origin), origin=origin))


def visit_traced_number(translator: HTML5Translator, node: traced_number) -> None:
    """Open the number's element; numbers.js shows its origin."""
    origin: mimes.Number = node["origin"]
    builder = translator.builder
    catalogue = builder.get_relative_uri(builder.current_docname, _CATALOGUE)
    tables = [
        {"name": name, "edition": of, "href": f"{catalogue}#{nodes.make_id('table-' + name)}"}
        for name, of in origin["tables"].items()
    ]
    words, expression = _said(origin["words"]), origin["expression"]
    shown = json.dumps({"words": words, "expression": expression, "tables": tables})
    translator.body.append(f'<span class="traced" tabindex="0" data-origin="{escape(shown)}">')


def _said(words: Words) -> str:
    """Return what a fact is, of what, and when, as one line."""
    what, of = ", ".join(words["what"]), ", ".join(words["of"])
    line = " · ".join(filter(None, [what, of, ", ".join(map(str, words["when"]))]))
    return line[:1].upper() + line[1:]


def depart_traced_number(translator: HTML5Translator, node: traced_number) -> None:
    """Close the number's element."""
    translator.body.append("</span>")
