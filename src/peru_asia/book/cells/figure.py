"""A figure that serves the web page, the PDF and a notebook from one execution."""

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from peru_asia import data
from peru_asia.book.cells import drawing, mimes, spec_check
from peru_asia.book.cells.facts import Facts
from peru_asia.data import bibliography
from peru_asia.errors import BookError, did_you_mean

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

_FEW = 12  # sources that rows name one by one; for more, those that their table names stand
_OURS = "Figure: Peru Looks Across the Pacific, CC BY 4.0."


class Figure:
    """What `figure` returns; its MIME bundle holds what each kind of output shows."""

    def __init__(self, payload: mimes.Figure) -> None:
        self.payload = payload

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the book's own form and, for notebooks, a live chart and a picture of it."""
        bundle: dict[str, Any] = {mimes.FIGURE: self.payload}
        bundle["text/plain"] = f"Figure: {self.payload['alt']}"
        if not drawing.later():
            spec, alt, width = self.payload["spec"], self.payload["alt"], self.payload["widths"][0]
            bundle |= drawing.live({**spec, "description": alt}, width)
        return bundle

    def _ipython_display_(self) -> None:
        """Show a notebook the credit too, below the chart, which has no room for it."""
        if drawing.later():
            # IPython then takes the bundle, as the one output that the build expects.
            raise NotImplementedError
        from IPython.display import HTML, display

        display(self._repr_mimebundle_(), raw=True)
        credit = html.escape(" ".join(self.payload["credit"]))
        display(HTML(f"<small>{credit}</small>"))


def figure(
    chart: "alt.TopLevelMixin | Mapping[str, Any]",
    facts: Facts | None = None,
    *,
    alt: str,
    rows: Sequence["pd.DataFrame"] = (),
    tables: Sequence[str] = (),
    sources: Iterable[str] | None = None,
    made_from: str = "",
) -> Figure:
    """Make a chart a figure of the book.

    Put it last in a cell whose ``mystnb: figure:`` metadata give caption and name.

    Parameters
    ----------
    chart : any Altair chart, or a Vega-Lite spec as a dict. A chart of width ``"container"`` fits
        the column.
    facts : the chapter's facts, for the numbers in `alt`
    alt : what the data show, for readers who cannot see the chart: one to three sentences with
        start, end, peak or leader; ``{name}`` stands for the fact of that name
    rows : the rows that the chart was made from: tables of `data.load`, narrowed to what is drawn.
        They tell the sources.
    tables : names of further tables that it was made from, all of whose sources count; without them
        and without `rows`, those of `facts`
    sources : keys of sources, where what is drawn comes from fewer than the rows and tables tell
    made_from : what the chart was made from, in words, where that is no table of the package

    Returns
    -------
    To be shown by the notebook or the book.

    Raises
    ------
    BookError : if `alt` is no sentence or names an unknown fact, no table is named, a table or
        source is unknown, or the chart is broken, draws no row or has an axis without its unit

    Examples
    --------
    >>> exports = data.load("trade_by_partner").query("flow == 'export' and year in [2001, 2011]")
    >>> exports, told = exports.query("partner == 'CHN'"), "Exports to China were larger in 2011."
    >>> lines = charts.comparison.slope(
    ...     exports, item="partner", at="year", value="value_usd_m", title="US$ m"
    ... )
    >>> book.figure(lines, rows=[exports], alt=told).payload["tables"]
    ['trade_by_partner']
    """
    drawn = of_rows(rows)
    alt, tables = origin(facts, alt, [*drawn, *tables], made_from)
    known = behind(tables, drawn)
    used = known if sources is None else list(dict.fromkeys(sources))
    for key in used:
        if key not in known:
            raise BookError(
                f"what is drawn of {', '.join(tables)} has no source '{key}'; "
                + did_you_mean(key, known)
            )
    credit = [f"Source: {made_from}.", _OURS] if made_from else _credit(tables, used)
    spec = drawing.to_spec(chart)
    if not drawing.plotted(spec):
        raise BookError("this chart draws no row; look at what its table was narrowed to")
    spec_check.check_units(spec)
    # Where the figure comes from goes with every copy of it.
    spec["usermeta"] = {**spec.get("usermeta", {}), "description": alt, "credit": credit}
    return Figure(
        mimes.Figure(
            spec=spec,
            widths=drawing.widths(spec),
            alt=alt,
            tables=list(tables),
            sources=used,
            credit=credit,
            made_from=made_from,
        )
    )


def behind(tables: Iterable[str], drawn: Mapping[str, list[str]]) -> list[str]:
    """Return the sources of tables, each once: those of their rows, if `of_rows` found them."""
    each = (drawn.get(name) or data.sources_of([name]) for name in tables)
    return list(dict.fromkeys(key for keys in each for key in keys))


def of_rows(rows: "Sequence[pd.DataFrame]") -> dict[str, list[str]]:
    """Return the sources of rows by their tables, in the descriptor's order."""
    found: dict[str, list[str]] = {}
    for number, frame in enumerate(rows, 1):
        if (table := frame.attrs.get("table")) is None:
            raise BookError(
                f"rows= has as its {number}. a frame that is no table of the package any more; "
                "give the table as data.load gave it, narrowed by query or a condition"
            )
        if frame.empty:
            raise BookError(f"rows= has no row of '{table}'; look at what it was narrowed to")
        named = [column for column in ("source", "source2") if column in frame.columns]
        given = {str(key) for column in named for key in frame[column].dropna()}
        keys = data.describe(table).sources
        if named and len(given) <= _FEW:
            keys = [*filter(given.__contains__, keys), *sorted(given.difference(keys))]
        before = found.setdefault(table, [])
        before += [key for key in keys if key not in before]
    return found


def origin(
    facts: Facts | None, alt: str, tables: Sequence[str], made_from: str = ""
) -> tuple[str, Sequence[str]]:
    """Return what a picture shows, in words, and the tables that it was made from.

    Raises
    ------
    BookError : if `alt` is no sentence or names an unknown fact, or no table or an unknown one is
        named
    """
    if len(alt.split()) < 5:
        raise BookError("alt= must say in a sentence what the data show")
    if facts is not None:
        alt, tables = facts.fill(alt), tables or (() if made_from else facts.tables)
    elif place := mimes.PLACE.search(alt):
        raise BookError(f"alt= has {place[0]}; give the chapter's facts after the chart")
    if bool(tables) == bool(made_from):
        raise BookError("tables= must name the tables that the chart was made from")
    for table in tables:
        data.describe(table)
    return alt, tables


def _credit(tables: Sequence[str], sources: Sequence[str]) -> list[str]:
    """Say in plain text where a figure's data come from and under which terms."""
    described = [data.describe(name) for name in tables]
    titles = [source["title"] for source in bibliography.described(sources)]
    terms = dict.fromkeys(licence["title"] for table in described for licence in table.licences)
    editions = ", ".join(f"{table.name} (edition {table.vintage})" for table in described)
    return [
        f"Source: {'; '.join(titles)}.",
        f"Data: {editions}. Terms: {'; '.join(terms)}.",
        _OURS,
    ]
