"""Charts of partners over the years: shares of a total, lines, balances, several reporters."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme

# Where the series of exports changes from one source to the other.
SOURCES = ("WITS", "SUNAT")


def _named(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Keep the partners in `names` and add their names for the reader."""
    rows = table[table["partner"].isin(list(names))]
    return rows.assign(name=rows["partner"].map(dict(names)))


def destination_shares(
    shares: pd.DataFrame,
    names: Mapping[str, str],
    *,
    window: tuple[int, int] | None = None,
    break_at: int | None = None,
) -> alt.LayerChart:
    """Draw how exports to a region are shared out among destinations, as stacked bars.

    Parameters
    ----------
    shares
        Columns ``year``, ``partner``, ``share_pct`` (per cent of the region).
    names
        Names by partner code, from the bottom of the stack to the top. What is not named is
        drawn as one area, "Others".
    window
        First and last year to set apart, such as the years of an older study; drawn if the
        data hold both.
    break_at
        First year of a new source, to be marked.
    """
    order = list(names.values())
    rows = _named(shares, names)[["year", "partner", "name", "share_pct"]]
    rest = shares[~shares["partner"].isin(list(names))]
    if len(rest):
        others = rest.groupby("year", as_index=False)["share_pct"].sum()
        rows = pd.concat([rows, others.assign(partner="REST", name="Others")])
        order.append("Others")
    return _stacks(
        rows,
        [*names, "REST"][: len(order)],
        order,
        y=alt.Y("share_pct:Q", stack="zero", scale=alt.Scale(domain=[0, 100])),
        format=".1f",
        title="% of exports to the region",
        window=window,
        break_at=break_at,
    )


def concentration(
    squares: pd.DataFrame, names: Mapping[str, str], *, break_at: int | None = None
) -> alt.LayerChart:
    """Draw the HHI of the buyers by year, stacked from the buyers' squared shares.

    Parameters
    ----------
    squares
        Columns ``year``, ``partner`` and ``squared_share`` (between 0 and 1): each buyer's part
        of the year's HHI.
    names
        Names by partner code, from the bottom of the stack to the top.
    break_at
        First year of a new source, to be marked.
    """
    axis = alt.Axis(
        values=[1 / 20, 1 / 10, 1 / 7, 1 / 6, 1 / 5, 1 / 4],
        labelExpr="format(datum.value, '.2f') + ' (' + round(1 / datum.value) + ')'",
    )
    return _stacks(
        _named(squares, names)[["year", "partner", "name", "squared_share"]],
        list(names),
        list(names.values()),
        y=alt.Y("squared_share:Q", stack="zero", axis=axis),
        format=".3f",
        title="HHI (in brackets: as many equal buyers)",
        break_at=break_at,
    )


def _stacks(
    rows: pd.DataFrame,
    codes: Sequence[str],
    order: Sequence[str],
    *,
    y: alt.Y,
    format: str,
    title: str,
    window: tuple[int, int] | None = None,
    break_at: int | None = None,
) -> alt.LayerChart:
    """Draw the parts of the column that `y` encodes, one of each partner, as stacked bars."""
    rows = parts.ranked(rows, "name", order)
    colour = alt.Color(
        "name:N",
        scale=theme.partner_scale(list(codes), list(order)),
        sort=list(order),
        legend=_legend(break_at),
    )
    layers = [parts.year_stack(rows, y=y, color=colour, shown=parts.legend_selection("name"))]
    if window is not None and set(window) <= set(rows["year"]):
        layers.append(_window(*window))
    if parts.breaks_inside(break_at, rows):
        layers.append(parts.break_mark(break_at, *SOURCES))
    base = alt.Chart(rows).encode(x=parts.year_axis(*parts.year_span(rows)))
    value = y.shorthand.removesuffix(":Q")
    layers.append(parts.hover_rule(base, key="name", value=value, names=order, format=format))
    return parts.layer(*layers).properties(width="container", height=theme.HEIGHT, title=title)


def lines(
    table: pd.DataFrame,
    names: Mapping[str, str],
    *,
    value: str,
    title: str,
    format: str = ",.0f",
    log: bool = False,
    floor: float | None = None,
    break_at: int | None = None,
    dashed: str | None = None,
) -> alt.LayerChart:
    """Draw one line a partner over the years, with its name at its end.

    Parameters
    ----------
    table
        Columns ``year``, ``partner`` and `value`.
    names
        Names by partner code, in the order of the legend.
    value
        Column to draw.
    title
        Title of the value axis, with the unit.
    format
        d3 number format of the tooltip.
    log
        Draw on a logarithmic scale: equal distances are equal growth rates. Zeros cannot be
        drawn there and leave a gap.
    floor
        Where the value axis starts; what lies below is cut off.
    break_at
        First year of a new source, to be marked.
    dashed
        A true-or-false column; where it is true the line is dashed.
    """
    order = list(names.values())
    kept = ["year", "partner", value, *([dashed] if dashed else [])]
    rows = _named(table[kept].dropna(subset=[value]), names)
    if log:
        rows = rows[rows[value] > 0]
    series = ["partner", dashed] if dashed else ["partner"]
    rows = parts.segments(rows, by=series)
    drawn = rows[rows[value] >= floor] if floor else rows
    ends = drawn[drawn["year"] == drawn.groupby("partner")["year"].transform("max")]
    rows["_label_at"] = parts.spread(ends[value], gap=0.075, within=drawn[value], log=log)

    shown = parts.legend_selection("name")
    base = alt.Chart(rows).encode(x=parts.year_axis(*parts.year_span(rows)))
    scale = (
        alt.Scale(type="log", nice=False, **({"domainMin": floor} if floor else {}))
        if log
        else alt.Scale(zero=True)
    )
    y = alt.Y(
        f"{value}:Q",
        scale=scale,
        axis=alt.Axis(format=",~r", values=[10.0**n for n in range(-2, 7)]) if log else alt.Axis(),
    )
    encoded = base.encode(
        y=y,
        color=alt.Color(
            "name:N",
            scale=theme.partner_scale(list(names), order),
            sort=order,
            legend=_legend(break_at),
        ),
        opacity=parts.emphasis(shown),
    )
    dash = alt.StrokeDash(
        f"{dashed}:N", legend=None, scale=alt.Scale(domain=[False, True], range=[[1, 0], [4, 3]])
    )
    line = (
        encoded.mark_line(clip=True)
        .encode(detail="_segment:N", **({"strokeDash": dash} if dashed else {}))
        .add_params(shown)
    )
    label = (
        encoded.transform_filter("isValid(datum._label_at)")
        .mark_text(align="left", dx=6, fontWeight=600, limit=84)
        .encode(text="name:N", y=alt.Y("_label_at:Q", scale=scale))
    )
    layers = [line, *parts.dots(encoded, rows), label]
    if parts.breaks_inside(break_at, rows):
        layers.append(parts.break_mark(break_at, *SOURCES))
    layers.append(parts.hover_rule(base, key="name", value=value, names=order, format=format))
    return parts.layer(*layers).properties(
        width="container",
        height=theme.HEIGHT,
        title=title,
    )


def balances(table: pd.DataFrame, names: Mapping[str, str]) -> alt.LayerChart:
    """Draw exports, imports and balance with one partner, which the reader picks.

    Parameters
    ----------
    table
        As `peru_asia.indicators.balance` returns it: ``year``, ``partner``, ``export``,
        ``import`` and ``balance``, in US$ m.
    names
        Names by partner code; the first is shown first.
    """
    rows = _named(table, names).rename(columns={"import": "imports", "export": "exports"})
    rows = rows[["year", "name", "exports", "imports", "balance"]].dropna()
    rows = parts.segments(rows, by=["name"])
    picked = parts.menu("partner", list(names.values()), "Partner")
    base = (
        alt.Chart(rows)
        .transform_filter(alt.datum.name == picked)
        .transform_calculate(
            start="datum.year - 0.42", end="datum.year + 0.42", drawn="-datum.imports"
        )
        .encode(
            tooltip=[
                alt.Tooltip("name:N", title="Partner"),
                alt.Tooltip("year:Q", title="Year", format="d"),
                alt.Tooltip("exports:Q", title="Exports, US$ m (FOB)", format=",.0f"),
                alt.Tooltip("imports:Q", title="Imports, US$ m (CIF)", format=",.0f"),
                alt.Tooltip("balance:Q", title="Balance, US$ m", format="+,.0f"),
            ]
        )
    )
    colour = alt.Color(
        "kind:N",
        sort=None,
        scale=alt.Scale(
            domain=["Exports", "Imports", "Balance"],
            range=[theme.POSITIVE, theme.NEGATIVE, theme.TEXT],
        ),
    )
    x = alt.X(
        "start:Q",
        bin="binned",
        title=None,
        axis=parts.year_labels(*parts.year_span(rows), grid=False),
        scale=parts.year_scale(*parts.year_span(rows)),
    )
    bars = [
        base.transform_calculate(kind=f"'{kind}'")
        .mark_bar(binSpacing=0)
        .encode(x=x, x2="end:Q", y=f"{field}:Q", color=colour)
        for field, kind in [("exports", "Exports"), ("drawn", "Imports")]
    ]
    line = (
        base.transform_calculate(kind="'Balance'")
        .mark_line(point=alt.OverlayMarkDef(size=14, filled=True), strokeWidth=1.5)
        .encode(x="year:Q", y="balance:Q", color=colour, detail="_segment:N")
    )
    return (
        parts.layer(*bars, line)
        .add_params(picked)
        .properties(
            width="container",
            height=theme.HEIGHT,
            title="US$ m: exports above, imports below the line",
        )
    )


def reporters(table: pd.DataFrame, names: Mapping[str, str], *, title: str) -> alt.LayerChart:
    """Draw one flow as several reporters see it, one line each.

    The colours are no partner's: a line is a source here, and not a country.

    Parameters
    ----------
    table
        Columns ``year``, ``series`` and ``value_usd_m``.
    names
        Names of the series by code, in the order of the legend; at most four.
    title
        Title of the value axis.
    """
    # Reporters are no partners: a partner's colour would name the wrong country.
    colours = palette.CATEGORY
    dashes = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]]
    order = list(names.values())
    rows = table[table["series"].isin(list(names))]
    rows = rows.assign(name=rows["series"].map(dict(names)))[
        ["year", "name", "value_usd_m"]
    ].dropna()
    rows = parts.segments(rows, by=["name"])
    shown = parts.legend_selection("name")
    base = alt.Chart(rows).encode(x=parts.year_axis(*parts.year_span(rows)))
    encoded = base.encode(
        y=alt.Y("value_usd_m:Q"),
        color=alt.Color(
            "name:N",
            sort=order,
            scale=alt.Scale(domain=order, range=colours[: len(order)]),
            legend=layout.legend(order, beside=50, symbolType="stroke", symbolSize=200),
        ),
        opacity=parts.emphasis(shown),
    )
    line = (
        encoded.mark_line(strokeWidth=2)
        .encode(
            detail="_segment:N",
            strokeDash=alt.StrokeDash(
                "name:N",
                sort=order,
                scale=alt.Scale(domain=order, range=dashes[: len(order)]),
                legend=layout.legend(order, beside=50, symbolType="stroke", symbolSize=200),
            ),
        )
        .add_params(shown)
    )
    rule = parts.hover_rule(base, key="name", value="value_usd_m", names=order, format=",.0f")
    return parts.layer(line, *parts.dots(encoded, rows), rule).properties(
        width="container", height=theme.HEIGHT, title=title
    )


def _window(start: int, end: int) -> alt.LayerChart:
    """Frame the years `start` to `end`, and name them at the foot of the frame."""
    edges = alt.Chart(pd.DataFrame({"year": [start - 0.5, end + 0.5]})).encode(x="year:Q")
    middle = alt.Chart(pd.DataFrame({"year": [(start + end) / 2]})).encode(x="year:Q")
    text = middle.mark_text(
        baseline="bottom", dy=-5, fontWeight=600, color=theme.PAPER, text=f"{start}–{end}"
    )
    return edges.mark_rule(color=theme.TEXT, strokeWidth=1.4) + text.encode(y=alt.value("height"))


def _legend(break_at: int | None) -> alt.Legend:
    """Return the legend, farther from the plot where the names of a break stand between them."""
    return alt.Legend(offset=parts.MARK_ROOM) if break_at else alt.Legend()
