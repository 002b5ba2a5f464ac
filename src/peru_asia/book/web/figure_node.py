"""A live figure on a page: its node, its HTML and the files for download."""

import csv
import io
import json
import re
import textwrap
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from peru_asia import files
from peru_asia.book.cells import drawing
from peru_asia.book.keep import store
from peru_asia.charts import look

FILES = "_figures"  # folder of a figure's downloads, in the built book
# What a reader can take away of a figure, by the ending of the file.
TOOLS = {
    "csv": "Data (CSV)",
    "csv-metadata.json": "About the data (JSON)",
    "vl.json": "Chart (Vega-Lite)",
    "svg": "Picture (SVG)",
}


class live_figure(nodes.General, nodes.Element):  # noqa: N801 (docutils writes nodes so)
    """A figure's place: `name`, `alt`, `fingerprint` of its payload, files `picture` and `narrow`.

    The payload itself and the drawings lie beside, in the store, so that pages stay small.
    """


def visit_live_figure(translator: HTML5Translator, node: live_figure) -> None:
    """Write a figure's drawings, its downloads and its tools."""
    builder = translator.builder
    name, payload = node["name"], store.figure(node["fingerprint"])
    drawings = [store.picture(each) for each in (node["picture"], node["narrow"]) if each]
    taken = downloads(payload, drawings[0], name)
    for ending, text in taken.items():
        files.put(Path(builder.outdir) / FILES / f"{name}.{ending}", text)
    address = "../" * builder.current_docname.count("/") + f"{FILES}/{name}"
    links = "".join(
        f'<a class="lf-link" href="{address}.{ending}" download>{text}</a>'
        for ending, text in TOOLS.items()
        if ending in taken
    )
    kinds = zip(("wide", "narrow"), (name, f"{name}-narrow"), drawings, strict=False)
    static = "".join(
        f'<div class="lf-static lf-{kind}">{_private_ids(svg, prefix)}</div>'
        for kind, prefix, svg in kinds
    )
    # Figures of one page that draw the same rows store them once.
    seen: set[str] = translator.__dict__.setdefault("figure_data", set())
    spec = payload["spec"]
    new = {key: rows for key, rows in spec.get("datasets", {}).items() if key not in seen}
    seen.update(new)
    # "<" must not end the script element early.
    text = json.dumps({**spec, "datasets": new}, separators=(",", ":")).replace("<", "\\u003c")
    fits = " lf-fits" if len(drawings) > 1 else ""
    translator.body.append(  # figures.js knows its parts by their classes
        f'<div class="live-figure{fits}" data-name="{name}">'
        f'<div class="lf-controls"></div>'
        f'<div class="lf-view" role="img" aria-label="{escape(payload["alt"])}">{static}</div>'
        f'<div class="lf-tools">{links}</div>'
        f'<script type="application/json">{text}</script></div>\n'
    )
    raise nodes.SkipNode


class small_picture(nodes.General, nodes.Element):  # noqa: N801 (docutils writes nodes so)
    """The picture of a finding: its `name`, the file of its drawing `picture`, its `alt` text."""


def visit_small_picture(translator: HTML5Translator, node: small_picture) -> None:
    """Write the drawing into the web page."""
    translator.body.append(
        f'<div class="finding-picture" role="img" aria-label="{escape(node["alt"])}">'
        f"{_private_ids(store.picture(node['picture']), node['name'])}</div>\n"
    )
    raise nodes.SkipNode


def downloads(payload: store.Kept, picture: str, name: str) -> dict[str, str]:
    """Return the files that a reader can take away, by ending: each says where it comes from.

    A table of numbers alone opens everywhere; what it is stands beside it, as the CSV on the Web
    recommendation of the W3C has it (https://www.w3.org/TR/tabular-metadata/).
    """
    taken = {
        "svg": _credited(picture, payload["alt"], payload["credit"]),
        "vl.json": json.dumps(payload["spec"], indent=1),
    }
    if rows := drawing.plotted(payload["spec"]):
        about = _about(rows[0], f"{name}.csv", payload["alt"], payload["credit"])
        taken = {"csv": _as_csv(rows[0]), "csv-metadata.json": about, **taken}
    return taken


def _about(rows: list[dict[str, Any]], file: str, description: str, credit: list[str]) -> str:
    """Return what describes a CSV file to programs that know CSV on the Web."""
    source, *rights = credit
    columns = [{"titles": name, "datatype": _datatype(rows, name)} for name in _columns(rows)]
    about = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file,
        "dc:description": description,
        "dc:source": source.removeprefix("Source: "),
        "dc:rights": rights,
        "tableSchema": {"columns": columns},
    }
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"


def _datatype(rows: list[dict[str, Any]], column: str) -> str:
    kinds = {type(value) for row in rows if (value := row.get(column)) is not None}
    if kinds == {bool}:
        return "boolean"
    return "number" if kinds and kinds <= {int, float} else "string"


def _credited(svg: str, description: str, credit: list[str]) -> str:
    """Add a white ground, a description and the credit below the drawing."""
    size = next(re.finditer(r'width="([\d.]+)" height="([\d.]+)" viewBox="[^"]*"', svg))
    width, height = float(size[1]), float(size[2])
    lines = [part for line in credit for part in textwrap.wrap(line, int(width / 5.6))]
    whole = height + 10 + 14 * len(lines)
    head = f'width="{width:g}" height="{whole:g}" viewBox="0 0 {width:g} {whole:g}"'
    ground = f'<desc>{escape(description)}</desc><rect width="100%" height="100%" fill="#fff"/>'
    text = "".join(
        f'<text x="4" y="{height + 16 + 14 * n:g}" font-family="{look.FONT}" font-size="11"'
        f' fill="{look.MUTED}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    opened = svg.replace(size[0], head, 1).replace(">", f">{ground}", 1)
    return opened.removesuffix("</svg>") + text + "</svg>"


def _private_ids(svg: str, prefix: str) -> str:
    """Prefix the ids of an inline SVG, because two drawings on a page use the same ones."""
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    # The figure's own label speaks for the drawing.
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _as_csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _columns(rows), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _harmless(value: Any) -> Any:
    """Return a cell that a spreadsheet does not take for a formula."""
    risky = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if risky else value
