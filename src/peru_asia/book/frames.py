"""A pandas frame that a cell shows, as a table like the book's own."""

import re

from docutils import nodes
from lxml import html

from peru_asia.book.grid import grid
from peru_asia.book.numbers import MINUS

_NUMBER = re.compile(rf"[-{MINUS}+]?\d[\d.,]*\s?%?")
_GAP = "–"


def is_frame(text: str) -> bool:
    """Tell whether the HTML of an output is a pandas frame."""
    return 'class="dataframe"' in text


def frame(text: str) -> nodes.table:
    """Return a table from the HTML of a pandas frame.

    Levels of an index are repeated on each row, those of the head joined with what the index is
    called; columns of numbers are set flush right.

    Parameters
    ----------
    text
        What ``DataFrame.to_html`` gives.
    """
    document = html.fromstring(text)
    head = _filled(document.findall(".//thead/tr"))
    rows = _filled(document.findall(".//tbody/tr"))
    titles = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*head, strict=True)]
    cells = [[_GAP if cell == "NaN" else re.sub("^-", MINUS, cell) for cell in row] for row in rows]
    numeric = [
        all(cell in ("", _GAP) or _NUMBER.fullmatch(cell) for cell in column)
        for column in zip(*cells, strict=True)
    ]
    # What names the rows reads from the left, years too.
    labels = len(rows and document.findall(".//tbody/tr")[0].findall("th"))
    table = grid(titles, cells, numeric=[False] * labels + numeric[labels:])
    table["classes"].append("frame")
    return table


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
