"""Directives that list what the book holds: its data, what is new in them, and its objectives."""

from collections.abc import Iterable, Sequence
from itertools import chain

import pandas as pd
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from peru_asia import data, paths, uses
from peru_asia.book.text import anatomy, chapters
from peru_asia.book.web import downloads
from peru_asia.book.web.table_nodes import grid
from peru_asia.data import Table, editions
from peru_asia.data.years import coverage

_SAMPLE = 3  # rows of each table that the catalogue shows
_CELL = 48  # characters of a cell that the sample shows
_NEWS = 12  # tables that the list of news shows
_METHODS = {
    "extracted": "taken by program from a machine-readable original",
    "typed": "figures read from documents, each with its place in the document",
    "derived": "computed from other tables or figures of this package",
}


def _list_table(
    title: str, options: dict[str, str], head: Sequence[str], rows: Iterable[Sequence[str]]
) -> str:
    """Return a table as MyST text."""
    lines = [f"```{{list-table}} {title}", ":header-rows: 1"]
    lines += [f":{name}: {value}" for name, value in options.items()]
    lines += ["", *("* - " + "\n  - ".join(row) for row in chain([head], rows))]
    return "\n".join([*lines, "```"])


class ObjectivesByChapter(SphinxDirective):
    """``{objectives-by-chapter}``: question, objectives and minutes of each chapter."""

    def run(self) -> list[nodes.Node]:
        """Return the table, written from the chapters themselves."""
        rows = []
        uses.note_file(paths.TOC)
        for path in chapters.numbered():
            chapter, name = anatomy.read(path), paths.relative(path)
            uses.note(f"anatomy:{name}")
            objectives = "\n    ".join(f"- {objective}" for objective in chapter.objectives)
            link = f"{{doc}}`/{name.removesuffix('.md')}`"
            rows.append((link, chapter.question, objectives, f"{chapter.minutes}"))
        options = {"name": "tab-objectives", "class": "book-table cards", "widths": "22 28 42 8"}
        head = ("Chapter", "Question", "Objectives", "Minutes")
        title = "Question, objectives and minutes of each chapter"
        return self.parse_text_to_nodes(_list_table(title, options, head, rows))


class DataNews(SphinxDirective):
    """``{data-news}``: the tables that changed since the last edition, the newest first."""

    def run(self) -> list[nodes.Node]:
        """Return a line that says what is compared, and the table."""
        uses.note_file(paths.EDITIONS)
        before = editions.previous()
        changed = editions.changes(editions.published().get(before, {}))
        shown = changed.head(_NEWS).fillna("–")
        against = f"since edition {before}" if before else "in this first edition"
        count = f"{len(changed)} of {len(data.tables())} tables"
        text = nodes.paragraph(text=f"New or with a new vintage {against}: {count}.")
        if shown.empty:
            return [text]
        columns = {"title": "Table", "change": "Change", "before": "Vintage before", "now": "Now"}
        cells = shown[list(columns)].to_numpy().tolist()
        return [text, grid(list(columns.values()), cells, widths=[52, 16, 16, 16])]


class DataCatalogue(SphinxDirective):
    """``{data-catalogue}``: an overview, then a section for each table of the data package."""

    def run(self) -> list[nodes.Node]:
        """Return the sections, written from the descriptors."""
        return [self._overview(), *map(self._section, data.tables().values())]

    def _overview(self) -> nodes.Element:
        """Say how to get everything, and list the tables."""
        up = "../" * self.env.docname.count("/")
        address = f"{up}{downloads.DATA}/{downloads.DATA_ZIP}"
        zipped = nodes.reference(
            "", "the whole package as a zip", refuri=address, internal=True, classes=["download"]
        )
        text = nodes.paragraph("", "Download ", zipped)
        text += nodes.Text(" (tables, descriptor, sources, README).")
        rows = [
            (f"{{ref}}`{name} <table-{name}>`", table.title, _rows(table), coverage(table))
            for name, table in data.tables().items()
        ]
        options = {"name": "tab-tables", "widths": "28 44 14 14"}
        head = ("Table", "Title", "Rows", "Covers")
        listed = _list_table("The tables of the data package", options, head, rows)
        return nodes.container("", text, *self.parse_text_to_nodes(listed))

    def _section(self, table: Table) -> nodes.section:
        section = nodes.section("", nodes.title(text=table.title))
        section.document = self.state.document
        section["names"].append(nodes.fully_normalize_name(f"table-{table.name}"))
        self.state.document.note_explicit_target(section, section)
        section += self.parse_text_to_nodes(_entry(table))
        text = pd.read_csv(table.path, dtype="str", nrows=_SAMPLE, keep_default_na=False)
        rows = [
            [cell if len(cell) <= _CELL else cell[: _CELL - 1] + "…" for cell in row]
            for row in text.to_numpy().tolist()
        ]
        # In print a table of twenty columns cannot be read; the web page scrolls it sideways.
        first = [nodes.paragraph(text="First rows:"), grid(list(text.columns), rows)]
        section += nodes.container("", *first, classes=["web-only"])
        return section


def _rows(table: Table) -> str:
    return f"{len(data.load(table.name)):,}"


def _entry(table: Table) -> str:
    """Return what follows the heading of a table's section, as MyST text."""
    sources = "; ".join(f"{{cite:t}}`{key}`" for key in table.sources)
    terms = "; ".join(
        f"[{licence['title']}]({licence['path']})" if licence.get("path") else licence["title"]
        for licence in table.licences
    )
    script = paths.DATA / "build" / f"{table.name}.py"
    uses.note_file(script)
    by = f" (script `{paths.relative(script)}`)" if script.exists() else ""
    # A path in this role starts at the top of the repository if it begins with a slash.
    link = f"{{download}}`{table.path.name} </{paths.relative(table.path)}>`"
    fields = [
        (f"`{field['name']}`", field["type"], field["unit"], field["description"] + _choices(field))
        for field in table.fields
    ]
    options = {"widths": "20 12 12 56"}
    return f"""
`{table.name}` · {_rows(table)} rows · covers {coverage(table)} ·
edition {table.vintage} · {link}

{table.entry["description"]}

Sources
: {sources}

Licence and terms
: {terms}

Gaps
: {table.entry["gaps"]}

How compiled
: {_METHODS[table.entry["method"]].capitalize()}{by}. {table.entry["compiled"]}

{_list_table("", options, ("Field", "Type", "Unit", "Description"), fields)}
"""


def _choices(field: dict) -> str:
    """Say which values a field may take, where they are a closed list."""
    choices = field.get("constraints", {}).get("enum")
    return " One of " + ", ".join(f"`{choice}`" for choice in choices) + "." if choices else ""
