"""The kinds of what cells give the book: the MIME types of their outputs, and what each holds."""

import re
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

if TYPE_CHECKING:
    from peru_asia.book.cells.words import Words

FIGURE = "application/vnd.peru-asia.figure+json"
FINDING = "application/vnd.peru-asia.finding+json"
NUMBER = "application/vnd.peru-asia.number+json"
TABLE = "application/vnd.peru-asia.table+json"
# Jupyter's own, the newest that JupyterLab 4 and VS Code draw; they bring Vega with them.
VEGA_LITE = "application/vnd.vegalite.v5+json"

PLACE = re.compile(r"\{(\w+)\}")  # of a fact in an alt text, by its name

Spec = dict[str, Any]  # of a chart, in Vega-Lite


class Sourced(TypedDict):
    """The names of the tables and the keys of the sources that stand behind something."""

    tables: list[str]
    sources: list[str]
    note: NotRequired[str]
    made_from: NotRequired[str]  # in words, where there is no table


class Drawn(TypedDict):
    """What figures and findings have in common: a chart, drawn once for each of the `widths`.

    The build takes `spec` out and puts in its place the `fingerprint` by which it is kept, and the
    names of the `pictures`, one a width.
    """

    alt: str
    widths: list[int]
    spec: NotRequired[Spec]
    fingerprint: NotRequired[str]
    pictures: NotRequired[list[str]]


class Figure(Drawn, Sourced):
    """A figure; the `credit`, in lines, is kept with its `spec`."""

    credit: NotRequired[list[str]]


class Finding(Drawn):
    """A sentence, in MyST, with a small picture whose file has a name."""

    name: str
    text: str


class Number(TypedDict):
    """A fact: its value and form, the editions of its tables by name, and what computed it."""

    value: float
    form: str
    digits: int
    tables: dict[str, str]
    expression: str
    words: "Words"


class Table(Sourced):
    """A table's cells as text, and of each column whether it has numbers, markup or a filter."""

    caption: str
    name: str
    head: list[str]
    numeric: list[bool]
    widths: list[int] | None
    marked: list[bool]
    filters: list[bool]
    rows: list[list[str]]
