"""Charts of totals that rest on few large parts: when they came, and what they make up."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme


def bubbles(
    table: pd.DataFrame,
    lanes: Mapping[str, str],
    *,
    lane: str,
    item: str,
    value: str,
    kind: str,
    kinds: Mapping[str, str],
    title: str,
    year: str = "year",
    label: str | None = None,
    details: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw amounts as circles by year and lane; the area is the amount.

    For few amounts of very different size, which a bar would bury in a total. Clicking the legend
    shows one kind alone. A small grey cross is an entry without an amount.

    Parameters
    ----------
    table
        One row an entry; columns `lane`, `item`, `value`, `kind` and `year`. Entries without a year
        are left out.
    lanes
        Names by code of the lane, from top to bottom; entries of other lanes are left out.
    lane, item, value, kind, year
        Columns: lane, the entry's name, the amount, what kind it is, and the whole year.
    kinds
        Names by code of the kind, in the order of the legend, at most seven.
    title
        Unit of the amounts, and that the area stands for them.
    label
        Column of short names, written above the circles that have one, or below where two would
        meet on a phone.
    details
        More columns for the tooltip: title by column.
    """
    rows = inputs.need(table, lane, item, value, kind, year, label, *(details or {}))
    rows = inputs.named(inputs.named(rows, lane, lanes, into=lane), kind, kinds, into=kind)
    rows = inputs.filled(rows, year)
    rows = rows.sort_values(value, ascending=False, na_position="last").reset_index(drop=True)
    # Entries of one lane and year stand side by side.
    together = rows.groupby([lane, year])
    turn, of = together.cumcount(), together[item].transform("size")
    rows["_at"] = rows[year].astype(float) + 0.36 * (turn - (of - 1) / 2) / of.clip(lower=1)
    if label:
        crowded = _crowded(rows.dropna(subset=[label, value]), lane, label)
        rows["_below"] = rows.index.isin(crowded)
    shown = [name for name in lanes.values() if name in set(rows[lane])]
    names = [name for name in kinds.values() if name in set(rows[kind])]
    start, end = parts.year_span(rows, year)
    picked = parts.legend_selection(kind)
    told = {item: "What", year: "Year|d", value: f"{title.split(',')[0][:40]}|,.0f"}
    told |= {lane: "Sector", kind: "Kind"}
    base, tips = layout.told(alt.Chart(rows), told, details)
    base = base.encode(
        x=alt.X(
            "_at:Q",
            title=None,
            # A little more at each side than elsewhere, so that no circle is cut.
            scale=alt.Scale(domain=[start - 0.9, end + 0.9], nice=False),
            axis=alt.Axis(
                format="d", values=list(range(start, end + 1)), labelSeparation=5, grid=True
            ),
        ),
        y=layout.named_rows(lane, shown, grid=True, domain=shown),
        color=palette.category(
            kind, names, legend=layout.legend(names, beside=layout.axis_room(shown))
        ),
        opacity=parts.emphasis(picked, 0.08),
        tooltip=tips,
    )
    most = float(rows[value].max()) if rows[value].notna().any() else 1.0
    largest = layout.by_width(1500, 2900)  # area of the largest circle, in square pixels
    circles = (
        base.transform_filter(f"isValid(datum['{value}'])")
        .mark_point(filled=True, fillOpacity=0.72, stroke=theme.PAPER, strokeWidth=1)
        .encode(
            size=alt.Size(
                f"{value}:Q",
                scale=alt.Scale(type="linear", domain=[0, most], range=[14, largest], nice=False),
                legend=None,
            )
        )
        .add_params(picked)
    )
    layers = [circles]
    if rows[value].isna().any():
        layers.append(
            base.transform_filter(f"!isValid(datum['{value}'])")
            .mark_point(shape="cross", size=46, filled=True)
            .encode(color=alt.value(theme.MUTED))
        )
    if label:
        # Above the circle, whose radius follows from its area.
        part = f"datum['{value}'] / {most}"
        radius = f"sqrt((14 + (({largest.expr}) - 14) * {part}) / PI)"
        layers += [
            base.transform_filter(
                f"isValid(datum['{label}']) && isValid(datum['{value}']) && "
                f"datum._below == {str(below).lower()}"
            )
            .mark_text(
                baseline="top" if below else "bottom",
                fontSize=layout.by_width(11, 12),
                dy=layout.expr(f"{radius} + 3" if below else f"-{radius} - 3"),
            )
            .encode(text=f"{label}:N", color=alt.value(theme.TEXT))
            for below in (False, True)
        ]
    return layout.fit(*layers, height=layout.rows_height(shown, step=74, room=60), unit=title)


def concentration_curves(
    table: pd.DataFrame,
    *,
    list_name: str,
    item: str,
    share: str = "share_pct",
    rank: str = "rank",
    most: int | None = None,
    title: str = "% of the total",
    label: str | None = None,
) -> alt.LayerChart:
    """Draw what share of a total its largest parts have, one curve a list.

    The thin dashed lines are what the curves would be if all parts of the list were equal.

    Parameters
    ----------
    table
        One row a part and list, as `peru_asia.indicators.cumulative_shares` gives them; columns
        `list_name`, `item`, `rank` (1 for the largest) and `share` (per cent, cumulative).
    list_name, item, share, rank
        Columns.
    most
        Last rank to show; otherwise all.
    title
        Unit of the shares.
    label
        Column of short names, written at the points that have one.
    """
    rows = inputs.need(table, list_name, item, share, rank, label)
    names = list(dict.fromkeys(rows[list_name]))
    number = rows.groupby(list_name)[rank].transform("max")
    rows["_equal"] = 100 * rows[rank] / number
    rows = rows[rows[rank] <= (most or float("inf"))]
    last = int(rows[rank].max())
    picked = parts.legend_selection(list_name)
    base, tips = layout.told(
        alt.Chart(rows),
        {list_name: "List", rank: "Rank|d", item: "Part", share: f"{title[:40]}|.1f"},
    )
    base = base.encode(
        x=alt.X(
            f"{rank}:Q",
            title="number of largest entries",
            scale=alt.Scale(domain=[0.6, last + 0.4], nice=False),
            axis=alt.Axis(format="d", tickMinStep=1, tickCount=layout.by_width(5, 10)),
        ),
        color=palette.category(list_name, names, legend=layout.legend(names)),
        opacity=parts.emphasis(picked),
    )
    scale = alt.Scale(domain=[0, 100], nice=False)
    y = alt.Y(f"{share}:Q", scale=scale, axis=layout.value_axis(rows[share]))
    equal = base.mark_line(strokeDash=[3, 3], strokeWidth=1.1).encode(
        y=alt.Y("_equal:Q", scale=scale)
    )
    line = base.mark_line().encode(y=y)
    dots = (
        base.mark_point(filled=True, size=60)
        .encode(y=y, shape=palette.shape(list_name, names), tooltip=tips)
        .add_params(picked)
    )
    layers = [equal, line, dots]
    if label:
        layers.append(
            base.transform_filter(f"isValid(datum['{label}'])")
            .mark_text(align="left", baseline="top", dx=7, dy=5, fontSize=layout.by_width(11, 12))
            .encode(y=y, text=f"{label}:N", color=alt.value(theme.TEXT))
        )
    return layout.fit(*layers, height=theme.HEIGHT + 30, unit=title)


def _crowded(named: pd.DataFrame, lane: str, label: str) -> list[int]:
    """Return the rows whose name would meet the one before that stands above its circle."""
    out = []
    # A phone has about 240 pixels for all years, and a character takes about 6.
    pixels = 240 / (named["_at"].max() - named["_at"].min() + 2)
    for _, names in named.sort_values("_at").groupby(lane, sort=False):
        end = float("-inf")
        for row, at, name in zip(names.index, names["_at"], names[label], strict=True):
            half = 3 * len(str(name)) + 2
            if at * pixels - half < end:
                out.append(row)
            else:
                end = at * pixels + half
    return out
