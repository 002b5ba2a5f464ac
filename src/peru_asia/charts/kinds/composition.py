"""Charts of what a total is made of, and the choice of a part of a table by the reader."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme

Drawn = TypeVar("Drawn", alt.Chart, alt.LayerChart)


def pick(chart: Drawn, field: str, options: Sequence[str], *, label: str) -> Drawn:
    """Let the reader pick which rows a chart shows; the first option is shown first, and printed.

    Parameters
    ----------
    chart
        A chart, one layer or several of one table, whose data have the column `field`.
    field
        Column of the data to choose by.
    options
        Its values, as the list offers them.
    label
        Text beside the list.
    """
    picked = parts.menu(f"picked_{field}", options, label)
    return chart.transform_filter(alt.datum[field] == picked).add_params(picked)


def stacked_shares(
    table: pd.DataFrame,
    kinds: Sequence[str],
    *,
    kind: str,
    title: str,
    value: str = "share_pct",
    x: str = "year",
    break_at: int | None = None,
    sources: tuple[str, str] = ("", ""),
    colours: Mapping[str, str] | None = None,
    choice: str | None = None,
) -> alt.LayerChart:
    """Draw how a whole is shared out over the years, as bars of touching years.

    A year without data stays empty. Clicking the legend shows one kind alone.

    Parameters
    ----------
    table
        One row a year and kind; columns `x`, `kind` and `value` (per cent of the whole).
    kinds
        The kinds from the bottom of the stack to the top, at most seven.
    kind
        Column of the kinds.
    title
        Unit of the values.
    value
        Column to draw.
    x
        Column of whole years.
    break_at
        First year of a new list or source, to be marked if it lies inside the data.
    sources
        What stands left and right of the mark.
    colours
        Colours by kind where they are fixed.
    choice
        Column to keep for `pick`, if there are several wholes to choose from.
    """
    rows = layout.columns_of(table, x, kind, value, choice).dropna(subset=[value])
    rows = parts.ranked(rows[rows[kind].isin(list(kinds))], kind, kinds, x)
    span = parts.year_span(rows, x)
    bars = parts.year_stack(
        rows,
        y=alt.Y(f"{value}:Q", stack="zero", title=None, scale=alt.Scale(domain=[0, 100])),
        color=alt.Color(
            f"{kind}:N",
            scale=palette.category_scale(list(kinds), colours),
            sort=list(kinds),
            legend=layout.legend(kinds, **({"offset": parts.MARK_ROOM} if break_at else {})),
        ),
        shown=parts.legend_selection(kind),
        x=x,
        labelSeparation=8,
    )
    base = alt.Chart(rows).encode(x=alt.X(f"{x}:Q", title=None, scale=parts.year_scale(*span)))
    layers: list[alt.Chart | alt.LayerChart] = [bars]
    if parts.breaks_inside(break_at, rows.rename(columns={x: "year"})):
        layers.append(parts.break_mark(break_at, *sources))
    layers.append(parts.hover_rule(base, key=kind, value=value, names=kinds, format=".1f", x=x))
    return parts.layer(*layers).properties(
        width="container", height=theme.HEIGHT + 30, title=layout.title(title)
    )


def lines_by_choice(
    table: pd.DataFrame,
    *,
    kind: str,
    basis: str,
    choice: str,
    options: Sequence[str],
    label: str,
    title: str,
    value: str = "share_pct",
    x: str = "year",
    format: str = ".1f",
) -> alt.LayerChart:
    """Draw lines of a few kinds on two bases, for the option that the reader picks.

    The colour tells the kinds apart, a dashed line the second basis from the first.

    Parameters
    ----------
    table
        One row a year, kind, basis and option; columns `x`, `kind`, `basis`, `choice`, `value`.
    kind, basis, choice
        Columns: what is drawn (at most seven kinds), on which of two bases, for which option.
    options
        Values of `choice` in the order of the list; the first is shown first, and printed.
    label
        Text beside the list.
    title
        Unit of the values.
    value
        Column to draw.
    x
        Column of whole years.
    format
        d3 number format of the tooltip.
    """
    rows = layout.columns_of(table, x, kind, basis, choice, value).dropna(subset=[value])
    rows["_line"] = rows[kind] + ", " + rows[basis]
    rows = parts.segments(rows, by=[kind, basis, choice], x=x)
    kinds, bases = (list(dict.fromkeys(table[name])) for name in (kind, basis))
    names = [f"{one}, {other}" for one in kinds for other in bases]
    colours = [palette.CATEGORY[rank] for rank, _ in enumerate(kinds) for _ in bases]
    dashes = [dash for _ in kinds for dash, _ in zip(([1, 0], [4, 3]), bases, strict=False)]
    span = parts.year_span(rows, x)
    base = alt.Chart(rows).encode(
        x=alt.X(f"{x}:Q", title=None, axis=parts.year_labels(*span), scale=parts.year_scale(*span))
    )
    # Colour and dash of one field share one legend.
    encoded = base.encode(
        y=alt.Y(f"{value}:Q", title=None, scale=alt.Scale(zero=True)),
        color=alt.Color(
            "_line:N",
            sort=names,
            scale=alt.Scale(domain=names, range=colours),
            legend=layout.legend(names, symbolType="stroke", symbolSize=220),
        ),
    )
    line = encoded.mark_line(strokeWidth=2.4).encode(
        detail="_segment:N",
        strokeDash=alt.StrokeDash(
            "_line:N", sort=names, scale=alt.Scale(domain=names, range=dashes)
        ),
    )
    rule = parts.hover_rule(base, key="_line", value=value, names=names, format=format, x=x)
    chart = parts.layer(line, *parts.dots(encoded, rows), rule).properties(
        width="container", height=theme.HEIGHT, title=layout.title(title)
    )
    return pick(chart, choice, options, label=label)
