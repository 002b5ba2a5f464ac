"""A plain table of text as docutils nodes."""

from collections.abc import Sequence

from docutils import nodes


def grid(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: Sequence[bool] | None = None
) -> nodes.table:
    """Return a table of text cells, taken literally.

    Parameters
    ----------
    head
        Headings of the columns.
    rows
        Cells, row by row.
    numeric
        Which columns hold numbers, to be set flush right; none if not given.
    """
    numeric = numeric or [False] * len(head)

    def row(cells: Sequence[str]) -> nodes.row:
        entries = [
            nodes.entry("", nodes.paragraph(text=cell), classes=["number"] if right else [])
            for cell, right in zip(cells, numeric, strict=True)
        ]
        return nodes.row("", *entries)

    group = nodes.tgroup("", *[nodes.colspec(colwidth=1) for _ in head], cols=len(head))
    group += nodes.thead("", row(head))
    group += nodes.tbody("", *[row(cells) for cells in rows])
    return nodes.table("", group, classes=["book-table"])
