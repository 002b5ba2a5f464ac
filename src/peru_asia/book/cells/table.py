"""Tables of numbers that are set as tables, not as pictures of DataFrames."""

import html
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from peru_asia.book.cells import mimes
from peru_asia.book.cells.figure import behind, of_rows
from peru_asia.book.cells.forms import Printed
from peru_asia.errors import BookError

MISSING = "–"


class PrintedTable:
    """What `table` returns."""

    def __init__(self, payload: mimes.Table) -> None:
        self.payload = payload

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the book's own form and, for notebooks, plain HTML."""
        return {
            mimes.TABLE: self.payload,
            "text/html": as_html(
                self.payload["head"], self.payload["rows"], self.payload["caption"]
            ),
            "text/plain": f"Table: {self.payload['caption']}",
        }


def as_html(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """Return a table of text cells, taken literally, as a notebook shows it."""
    above = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    titles = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table>{above}<thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    name: str,
    columns: Mapping[str, str],
    rows: Sequence[pd.DataFrame] = (),
    tables: Sequence[str] = (),
    made_from: str = "",
    forms: Mapping[str, Callable[[float], Printed]] | None = None,
    marked: Collection[str] = (),
    filters: Collection[str] = (),
    widths: Sequence[int] | None = None,
    note: str = "",
) -> PrintedTable:
    """Make a DataFrame a numbered table of the book.

    Parameters
    ----------
    frame : the rows, in the order of the table
    caption, name : caption (MyST text) and the label for ``{numref}``
    columns : to show, and their headings
    rows : the rows that it was made from: tables of `data.load`, narrowed to what is printed. They
        give the source line.
    tables : names of further data tables that it was made from, all of whose sources count
    made_from : what it was made from, in words, where that is no table of the package
    forms : of numbers (`peru_asia.book.cells.forms`) by column, such as ``{"share": pct}``; columns
        without one are text
    marked : columns whose cells are MyST text, with roles and links; other cells are literal
    filters : columns by whose values a reader of the web page can narrow a long table
    widths : of the columns in proportion to each other; as the text needs if not given
    note : a line of MyST text below the table

    Raises
    ------
    BookError : if a column is not in the frame, a form is none, neither or both of tables and
        `made_from` are given, or a table is unknown

    Examples
    --------
    >>> rows = pd.DataFrame({"who": ["A", "B"], "share": [33.4, None]})
    >>> shown = book.table(rows, caption="Shares", name="tab-shares", made_from="invented figures",
    ...     columns={"who": "Partner", "share": "Share"}, forms={"share": book.pct})
    >>> shown.payload["rows"]
    [['A', '33.4%'], ['B', '–']]
    """
    drawn = of_rows(rows)
    tables = list(dict.fromkeys([*drawn, *tables]))
    if bool(tables) == bool(made_from):
        raise BookError("tables= must name the tables that the rows were made from")
    forms = forms or {}
    for column, form in forms.items():
        if not callable(form):
            raise BookError(f"'{column}' has the form '{form}'; give one of book's, such as pct")
    missing = [column for column in [*columns, *forms, *filters] if column not in frame.columns]
    if missing:
        raise BookError(f"the frame has no column '{missing[0]}'")

    def cell(value: Any, form: Callable[[float], Printed] | None) -> str:
        if pd.isna(value):
            return MISSING
        return str(form(value) if form else value)

    return PrintedTable(
        mimes.Table(
            caption=caption,
            name=name,
            head=list(columns.values()),
            numeric=[column in forms for column in columns],
            widths=list(widths) if widths else None,
            marked=[column in marked for column in columns],
            filters=[column in filters for column in columns],
            rows=[
                [cell(row[column], forms.get(column)) for column in columns]
                for row in frame.astype(object).to_dict("records")
            ],
            tables=tables,
            sources=behind(tables, drawn),
            made_from=made_from,
            note=note,
        )
    )
