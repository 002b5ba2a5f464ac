"""The data catalogue: a section for each table, written from the descriptor."""

import pandas as pd
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from peru_asia import data, paths, uses
from peru_asia.book.web import data_files
from peru_asia.book.web.table_nodes import grid
from peru_asia.data import Table, editions
from peru_asia.data.years import coverage

SAMPLE = 3  # rows of each table that the catalogue shows
CELL = 48  # characters of a cell that the sample shows

METHODS = {
    "extracted": "taken by program from a machine-readable original",
    "typed": "figures read from documents, each with its place in the document",
    "derived": "computed from other tables or figures of this package",
}


NEWS = 12  # tables that the list of news shows


class DataNews(SphinxDirective):
    """``{data-news}``: the tables that changed since the last edition, the newest first."""

    def run(self) -> list[nodes.Node]:
        """Return a line that says what is compared, and the table."""
        uses.note_file(paths.EDITIONS)
        before = editions.previous()
        changed = editions.changes(editions.published().get(before, {}))
        shown = changed.head(NEWS).fillna("–")
        against = f"since edition {before}" if before else "in this first edition"
        text = (
            f"New or with a new vintage {against}: {len(changed)} of {len(data.tables())} tables."
        )
        if not len(shown):
            return [nodes.paragraph(text=text)]
        columns = {"title": "Table", "change": "Change", "before": "Vintage before", "now": "Now"}
        cells = shown[list(columns)].to_numpy().tolist()
        return [
            nodes.paragraph(text=text),
            grid(list(columns.values()), cells, widths=[52, 16, 16, 16]),
        ]


class DataCatalogue(SphinxDirective):
    """``{data-catalogue}``: an overview, then a section for each table of the data package."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        return [self._overview(), *map(self._section, data.tables().values())]

    def _overview(self) -> nodes.Element:
        """Say how to get everything, and list the tables."""
        address = f"{self._up()}{data_files.FOLDER}/{data_files.ZIP}"
        zipped = nodes.reference(
            "", "the whole package as a zip", refuri=address, internal=True, classes=["download"]
        )
        text = nodes.paragraph("", "Download ", zipped)
        text += nodes.Text(" (tables, descriptor, sources, README).")
        lines = [
            "```{list-table} The tables of the data package",
            ":name: tab-tables",
            ":header-rows: 1",
            ":widths: 28 44 14 14",
            "",
            "* - Table\n  - Title\n  - Rows\n  - Covers",
        ]
        lines += [
            f"* - {{ref}}`{table.name} <table-{table.name}>`\n  - {table.title}\n"
            f"  - {len(data.load(table.name)):,}\n  - {coverage(table)}"
            for table in data.tables().values()
        ]
        return nodes.container("", text, *self._parsed("\n".join([*lines, "```"])))

    def _section(self, table: Table) -> nodes.section:
        section = nodes.section("", nodes.title(text=table.title))
        section.document = self.state.document
        section["names"].append(nodes.fully_normalize_name(f"table-{table.name}"))
        self.state.document.note_explicit_target(section, section)
        section += self._parsed(entry(table))
        head, rows = sample(table)
        # In print a table of twenty columns cannot be read; the web page scrolls it sideways.
        section += nodes.container(
            "", nodes.paragraph(text="First rows:"), grid(head, rows), classes=["web-only"]
        )
        return section

    def _parsed(self, text: str) -> list[nodes.Node]:
        holder = nodes.container()
        holder.document = self.state.document
        self.state.nested_parse(StringList(text.splitlines(), "datapackage.yaml"), 0, holder)
        return holder.children

    def _up(self) -> str:
        return "../" * self.env.docname.count("/")


def entry(table: Table) -> str:
    """Return what follows the heading of a table's section, as MyST text."""
    sources = "; ".join(f"{{cite:t}}`{key}`" for key in table.sources)
    terms = "; ".join(
        f"[{licence['title']}]({licence['path']})" if licence.get("path") else licence["title"]
        for licence in table.licences
    )
    # A path in this role starts at the top of the repository if it begins with a slash.
    link = f"{{download}}`{table.path.name} </{paths.relative(table.path)}>`"
    fields = "\n".join(
        f"* - `{field['name']}`\n  - {field['type']}\n  - {field['unit']}\n"
        f"  - {field['description']}{_choices(field)}"
        for field in table.fields
    )
    return f"""
`{table.name}` · {len(data.load(table.name)):,} rows · covers {coverage(table)} ·
edition {table.vintage} · {link}

{table.entry["description"]}

Sources
: {sources}

Licence and terms
: {terms}

Gaps
: {table.entry["gaps"]}

How compiled
: {METHODS[table.entry["method"]].capitalize()}{_script(table)}. {table.entry["compiled"]}

```{{list-table}}
:header-rows: 1
:widths: 20 12 12 56

* - Field
  - Type
  - Unit
  - Description
{fields}
```
"""


def _script(table: Table) -> str:
    """Name the script that compiles the table from its original, if there is one."""
    script = paths.DATA / "build" / f"{table.name}.py"
    uses.note_file(script)
    return f" (script `{paths.relative(script)}`)" if script.exists() else ""


def sample(table: Table) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the first rows of a table, as they stand in its file."""
    text = pd.read_csv(table.path, dtype="str", nrows=SAMPLE, keep_default_na=False)
    rows = [
        [cell if len(cell) <= CELL else cell[: CELL - 1] + "…" for cell in row]
        for row in text.to_numpy().tolist()
    ]
    return list(text.columns), rows


def _choices(field: dict) -> str:
    """Say which values a field may take, where they are a closed list."""
    choices = field.get("constraints", {}).get("enum")
    return " One of " + ", ".join(f"`{choice}`" for choice in choices) + "." if choices else ""
