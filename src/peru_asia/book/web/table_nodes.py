"""A plain table of text as docutils nodes."""

from collections.abc import Sequence

from docutils import nodes


def grid(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numeric: Sequence[bool] | None = None,
    widths: Sequence[int] | None = None,
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
    widths
        Widths of the columns in proportion to each other; as the text needs if not given.
    """
    numeric = numeric or [False] * len(head)

    def row(cells: Sequence[str]) -> nodes.row:
        entries = [
            nodes.entry("", nodes.paragraph(text=cell), classes=["number"] if right else [])
            for cell, right in zip(cells, numeric, strict=True)
        ]
        return nodes.row("", *entries)

    columns = [nodes.colspec(colwidth=width) for width in widths or [1] * len(head)]
    group = nodes.tgroup("", *columns, cols=len(head))
    group += nodes.thead("", row(head))
    group += nodes.tbody("", *[row(cells) for cells in rows])
    given = ["colwidths-given"] if widths else []
    return nodes.table("", group, classes=["book-table", *given])
