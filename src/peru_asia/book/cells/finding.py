"""A finding: one sentence with its number, beside a small picture of the evidence."""

import html
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from peru_asia.book.cells import drawing, mimes
from peru_asia.book.cells.facts import Facts
from peru_asia.book.cells.figure import origin
from peru_asia.errors import BookError

if TYPE_CHECKING:
    import altair as alt

WIDTH = 220  # of the picture, in CSS pixels


class Finding:
    """What `finding` returns."""

    def __init__(self, payload: mimes.Finding) -> None:
        self.payload = payload

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the book's own form and, for notebooks, plain HTML."""
        bundle: dict[str, Any] = {mimes.FINDING: self.payload, "text/plain": self.payload["text"]}
        if not drawing.later():
            picture = drawing.picture(self.payload["spec"], WIDTH)
            bundle["text/html"] = f"<p>{picture}<br>{html.escape(self.payload['text'])}</p>"
        return bundle


def finding(
    chart: "alt.TopLevelMixin | Mapping[str, Any]",
    facts: Facts | None = None,
    *,
    name: str,
    text: str,
    bound: str,
    alt: str,
    tables: Sequence[str] = (),
) -> Finding:
    """Make a sentence and a small chart a finding of the book.

    Parameters
    ----------
    chart : one that can be read at `WIDTH`, such as those of `peru_asia.charts.sparks`
    facts : for the numbers in `alt`
    name : of the picture's file, unique in the book
    text : the finding as MyST text, with its number as a role and a link to its chapter;
        ``{bound}`` is where its bound stands
    bound : half a sentence of that chapter, word for word, that says how far the finding goes
    alt : what the picture shows, for readers who cannot see it; ``{name}`` stands for a fact
    tables : names of those that the chart was made from, if not those of `facts`

    Raises
    ------
    BookError : if `alt` is no sentence, `text` has no place for `bound`, no table or an unknown one
        is named, or the chart is broken. Whether the chapter says `bound`, the build checks first.

    Examples
    --------
    >>> exports = data.load("trade_by_partner").query("flow == 'export' and partner == 'CHN'")
    >>> line = charts.sparks.spark_line(exports, value="value_usd_m", format=",.0f")
    >>> shown = book.finding(
    ...     line, name="china", text="Exports to China grew, {bound}.", bound="by their value",
    ...     alt="Exports to China, year by year.", tables=["trade_by_partner"])
    >>> shown.payload["text"]
    'Exports to China grew, by their value.'
    """
    alt, _ = origin(facts, alt, tables)
    if "{bound}" not in text:
        raise BookError("text= must hold {bound}, where the finding says how far it goes")
    text = text.replace("{bound}", bound)
    spec = drawing.to_spec(chart)
    return Finding(mimes.Finding(name=name, text=text, alt=alt, spec=spec, widths=[WIDTH]))
