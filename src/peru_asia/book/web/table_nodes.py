"""Tables as docutils nodes: of plain text, and of a pandas frame that a cell shows."""

import re
from collections.abc import Sequence

from docutils import nodes
from lxml import html

from peru_asia.book.cells.forms import MINUS
from peru_asia.book.cells.table import MISSING

_NUMBER = re.compile(rf"[-{MINUS}+]?\d[\d.,]*\s?%?")
_ROW_NUMBER = re.compile(r"\d{1,3}")  # four digits would be a year


def grid(
    head: Sequence[str],
    rows: Sequence[Sequence[str | nodes.Element]],
    *,
    numeric: Sequence[bool] | None = None,
    widths: Sequence[int] | None = None,
) -> nodes.table:
    """Return a table of cells, row by row; texts are taken literally.

    Parameters
    ----------
    head, rows : headings of the columns, and the cells
    numeric : which columns hold numbers, to be set flush right; none if not given
    widths : widths of the columns in proportion to each other; as the text needs if not given
    """
    classes = [["number"] if right else [] for right in numeric or [False] * len(head)]

    def row(cells: Sequence[str | nodes.Element]) -> nodes.row:
        held = [nodes.paragraph(text=cell) if isinstance(cell, str) else cell for cell in cells]
        paired = zip(held, classes, strict=True)
        return nodes.row("", *(nodes.entry("", cell, classes=of) for cell, of in paired))

    columns = [nodes.colspec(colwidth=width) for width in widths or [1] * len(head)]
    group = nodes.tgroup("", *columns, cols=len(head))
    group += [nodes.thead("", row(head)), nodes.tbody("", *map(row, rows))]
    given = ["colwidths-given"] if widths else []
    return nodes.table("", group, classes=["book-table", *given])


def is_frame(text: str) -> bool:
    """Tell whether the HTML of an output is a pandas frame."""
    return 'class="dataframe"' in text


def frame(text: str) -> nodes.table:
    """Return a table from the HTML of a pandas frame, what ``DataFrame.to_html`` gives.

    Levels of an index are repeated on each row, those of the head joined with what the index is
    called. Row numbers, which pandas shows where there is no index, are left out. Headings start
    with a capital; columns of numbers are set flush right.
    """
    document = html.fromstring(text)
    head = _filled(document.findall(".//thead/tr"))
    rows = _filled(document.findall(".//tbody/tr"))
    titles = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*head, strict=True)]
    labels = len(document.findall(".//tbody/tr[1]/th"))
    if labels == 1 and not titles[0] and all(_ROW_NUMBER.fullmatch(row[0]) for row in rows):
        titles, rows, labels = titles[1:], [row[1:] for row in rows], 0
    cells = [
        [MISSING if cell == "NaN" else re.sub("^-", MINUS, cell) for cell in row] for row in rows
    ]
    numeric = [
        column >= labels and all(cell == MISSING or _NUMBER.fullmatch(cell) for cell in values)
        for column, values in enumerate(zip(*cells, strict=True))
    ]
    table = grid([_heading(title) for title in titles], cells, numeric=numeric)
    table["classes"].append("frame")
    return table


def _heading(title: str) -> str:
    """Return the name of a column as a heading; symbols such as r and kt stay as they are."""
    title = title or "Row"  # a reader who hears the table must hear something
    return title[0].upper() + title[1:] if len(title) > 2 else title


def _filled(rows: list[html.HtmlElement]) -> list[list[str]]:
    """Return the text of each cell; a cell that spans several stands in each of them."""
    found: list[list[str | None]] = [[] for _ in rows]
    for at, row in enumerate(rows):
        for cell in row:
            words = " ".join(cell.text_content().split())
            below, beside = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            start = next((i for i, old in enumerate(found[at]) if old is None), len(found[at]))
            for line in found[at : at + below]:
                line += [None] * (start + beside - len(line))
                line[start : start + beside] = [words] * beside
    return [[cell or "" for cell in row] for row in found]
