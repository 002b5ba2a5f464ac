"""A live figure on a page: its node, its HTML and the files for download."""

import csv
import io
import json
import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from peru_asia.book import drawing

FILES = "_figures"  # folder of a figure's downloads, in the built book


class live_figure(nodes.General, nodes.Element):  # noqa: N801 (docutils writes nodes so)
    """A figure's drawing, with the payload of `peru_asia.book.figure`."""


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
