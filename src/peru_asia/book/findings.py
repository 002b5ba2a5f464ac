"""A finding: one sentence with its number, beside a small picture of the evidence."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from peru_asia.book import drawing
from peru_asia.book.figures import require_origin
from peru_asia.book.live import print_picture, private_ids

MIME = "application/vnd.peru-asia.finding+json"
WIDTH = 220  # of the picture, in CSS pixels


class Finding:
    """What `finding` returns."""

    def __init__(self, payload: dict[str, Any]) -> None:
        self.payload = payload

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the book's own form and, for notebooks, plain HTML."""
        text = html.escape(self.payload["text"])
        return {
            MIME: self.payload,
            "text/html": f"<p>{self.payload['picture']}<br>{text}</p>",
            "text/plain": self.payload["text"],
        }


def finding(
    chart: alt.TopLevelMixin | Mapping[str, Any],
    *,
    name: str,
    text: str,
    alt: str,
    tables: Sequence[str],
) -> Finding:
    """Make a sentence and a small chart a finding of the book.

    Parameters
    ----------
    chart
        A chart that can be read at `WIDTH`, such as those of `peru_asia.charts.sparks`.
    name
        Name of the picture's file, unique in the book.
    text
        The finding as MyST text, with its number as a role and a link to its chapter.
    alt
        What the picture shows, for readers who cannot see it.
    tables
        Names of the tables that the chart was made from.

    Raises
    ------
    BookError
        If `alt` or `tables` is empty, a table is unknown, or the chart is broken.
    """
    require_origin(alt, tables)
    picture = drawing.draw(drawing.to_spec(chart), WIDTH)
    return Finding({"name": name, "text": text, "alt": alt, "picture": picture})


class small_picture(nodes.General, nodes.Element):  # noqa: N801 (docutils writes nodes so)
    """The picture of a finding."""


def visit_small_picture(translator: HTML5Translator, node: small_picture) -> None:
    """Write the drawing into the web page, or beside the source of the PDF."""
    builder, payload = translator.builder, node["payload"]
    name, picture, label = payload["name"], payload["picture"], payload["alt"]
    if builder.name == "singlehtml":
        body = print_picture(builder, name, picture, label)
    else:
        body = (
            f'<div class="finding-picture" role="img" aria-label="{html.escape(label)}">'
            f"{private_ids(picture, name)}</div>"
        )
    translator.body.append(body + "\n")
    raise nodes.SkipNode
