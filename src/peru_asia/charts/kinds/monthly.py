"""Charts of months: panels above each other on one time axis, with gaps and a mark for a break."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme

_HEAD = 30  # pixels above a panel for its heading
_SHORT = 5  # months up to which a run has dots


def monthly_panels(
    table: pd.DataFrame,
    panels: Mapping[str, Mapping[str, str]],
    *,
    month: str = "month",
    hollow: str | None = None,
    break_at: str | None = None,
    break_label: str = "change of method",
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
    details: Mapping[str, str] | None = None,
    panel_height: int | None = None,
) -> alt.LayerChart:
    """Draw monthly series in panels above each other; every panel has a scale from zero.

    Take it for series with gaps, and for series of different units that a reader should compare
    in time: two panels, not two axes in one frame. Values of neighbouring months are joined; a
    few months between gaps have dots.

    Parameters
    ----------
    table
        One row a month; columns `month` (``YYYY-MM``) and those of the series. Missing values
        are gaps.
    panels
        Names of the series by column, by heading of the panel (its unit), from above to below;
        at most seven series in all.
    month
        Column of the months.
    hollow
        A true-or-false column; where it is true, values are rings.
    break_at
        First month (``YYYY-MM``) of another method, to be marked.
    break_label
        What changes there.
    format
        d3 number format of the tooltip.
    colours
        Colours by name of the series where they are fixed.
    details
        More columns for the tooltip: title by column.
    panel_height
        Height of a panel; otherwise as high as their number allows.
    """
    names = {column: name for panel in panels.values() for column, name in panel.items()}
    wide = layout.columns_of(table, month, hollow, *names, *(details or {}))
    wide["_date"] = pd.to_datetime(wide[month], format="%Y-%m")
    wide = parts.month_bands(wide.sort_values("_date"))
    ring = hollow or "_hollow"
    if not hollow:
        wide["_hollow"] = False
    rows = wide.melt([month, ring, "_date"], list(names), "_column", "value").dropna(
        subset=["value"]
    )
    rows["series"] = rows["_column"].map(names)
    rows["value"] = rows["value"].astype(float)
    rows["_month"] = rows["_date"].dt.year * 12 + rows["_date"].dt.month
    rows = parts.segments(rows, by=["_column"], x="_month")
    # A line of a few months is too short to be seen without its ends.
    runs = rows.groupby(["_column", "_segment"], observed=True)["_month"]
    rows["_short"] = runs.transform("size") <= _SHORT
    order = list(names.values())

    tall = panel_height or (theme.HEIGHT if len(panels) == 1 else 200)
    head = 0 if len(panels) == 1 else _HEAD
    full = (tall + head) * len(panels)
    x = alt.X(
        "_date:T",
        title=None,
        scale=alt.Scale(padding=6),
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}),
    )
    shown = parts.legend_selection("series")
    legend = None if all(len(panel) == 1 for panel in panels.values()) else layout.legend(order)
    colour = alt.Color(
        "series:N", sort=order, scale=palette.category_scale(order, colours), legend=legend
    )
    layers = []
    for index, (heading, panel) in enumerate(panels.items()):
        foot = layout.expr(f"height * {(index + 1) * (tall + head) / full:.5f}")
        top = layout.expr(f"height * {(index * (tall + head) + head) / full:.5f}")
        own = rows[rows["_column"].isin(list(panel))].drop(columns="_column")
        base = alt.Chart(own).encode(
            x=x,
            y=alt.Y(
                "value:Q",
                scale=alt.Scale(zero=True, range=[foot, top]),
                axis=alt.Axis(tickCount=5, format=",~r", title=None, orient="left", grid=True),
            ),
            color=colour,
            opacity=parts.emphasis(shown),
        )
        marks = [base.mark_line(strokeWidth=1.9).encode(detail=["series:N", "_segment:N"])]
        # Vega warns of a layer that its filter leaves empty.
        rings = own[ring].astype(bool)
        if (own["_short"] & ~rings).any():
            marks.append(
                base.transform_filter(f"datum._short && !datum['{ring}']").mark_point(
                    filled=True, size=layout.by_width(14, 28)
                )
            )
        if rings.any():
            marks.append(
                base.transform_filter(f"datum['{ring}']").mark_point(
                    filled=False, fill=theme.PAPER, size=layout.by_width(8, 18), strokeWidth=1.2
                )
            )
        if head:
            words = alt.Chart(pd.DataFrame({"_heading": [heading]})).mark_text(
                align="left", baseline="bottom", color=theme.MUTED
            )
            over = layout.expr(f"height * {(index * (tall + head) + head) / full:.5f} - 10")
            marks.append(words.encode(text="_heading:N", x=alt.value(0), y=alt.value(over)))
        layers.append(parts.layer(*marks))
    layers[0] = layers[0].add_params(shown)
    if break_at and (wide[month] < break_at).any() and (wide[month] >= break_at).any():
        layers.append(_break(break_at, break_label, low=bool(head)))
    over, tips = layout.told(
        alt.Chart(wide).encode(x=x),
        {"_told": "Month"}
        | {column: f"{name}|{format}" for column, name in names.items()}
        | dict(details or {}),
    )
    layers.append(parts.hover_band(over, tips, field="_date", left="_left:T", right="_right:T"))
    chart = parts.layer(*layers).resolve_scale(y="independent")
    chart = chart.properties(width="container", height=full + 30)
    return chart if head else chart.properties(title=layout.title(next(iter(panels))))


def _break(month: str, label: str, *, low: bool) -> alt.LayerChart:
    """Return a dashed rule at the start of a month, with a label left of it."""
    base = alt.Chart(pd.DataFrame({"_date": [pd.Timestamp(f"{month}-01")]})).encode(x="_date:T")
    rule = base.mark_rule(strokeDash=[3, 3], color=theme.MUTED, strokeWidth=1)
    text = base.mark_text(
        align="right", baseline="bottom", dx=-4, color=theme.MUTED, fontSize=12, text=f"{label} ▸"
    )
    return rule + text.encode(y=alt.value(_HEAD - 10 if low else -4))
