"""Charts of months: panels above each other on one time axis, and a series with its events."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme

_SHORT = 5  # months up to which a run has dots

_MONTHS = alt.X(
    "_date:T",
    title=None,
    scale=alt.Scale(padding=6),
    axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}),
)


def monthly_panels(
    table: pd.DataFrame,
    panels: Mapping[str, Mapping[str, str]],
    *,
    hollow: str | None = None,
    break_at: str | None = None,
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw monthly series in panels above each other; every panel has a scale from zero.

    Take it for series with gaps, and for series of different units that a reader should compare
    in time: two panels, not two axes in one frame. Values of neighbouring months are joined; a
    few months between gaps have dots.

    Parameters
    ----------
    table : one row a month; columns ``month`` (``YYYY-MM``) and those of the series. Missing values
        are gaps.
    panels : names of the series by column, by heading of the panel (its unit), from above to below;
        at most seven series in all
    hollow : a true-or-false column; where it is true, values are rings
    break_at : first month (``YYYY-MM``) of another method, to be marked
    """
    names = {column: name for panel in panels.values() for column, name in panel.items()}
    wide = _with_dates(inputs.need(table, "month", hollow, *names))
    ring = hollow or "_hollow"
    if not hollow:
        wide["_hollow"] = False
    rows = wide.melt(["month", ring, "_date", "_month"], list(names), "_column", "value")
    rows = inputs.filled(rows, "value").astype({"value": float})
    rows["series"] = rows["_column"].map(names)
    rows = parts.segments(rows, by=["_column"], x="_month")
    # A line of a few months is too short to be seen without its ends.
    runs = rows.groupby(["_column", "_segment"], observed=True)["_month"]
    rows["_short"] = runs.transform("size") <= _SHORT
    order = list(names.values())

    several = len(panels) > 1
    look, shown = parts.by_legend("series", order, colours)
    if all(len(panel) == 1 for panel in panels.values()):
        look["color"] = palette.category("series", order, colours)
    axis = alt.Axis(tickCount=5, format=",~r", title=None, orient="left", grid=True)
    size = {"tall": 200} if several else {"tall": theme.HEIGHT, "head": 0}
    places = layout.stacked_panels(list(panels), **size)
    layers = []
    for place, panel in zip(places, panels.values(), strict=True):
        own = rows[rows["_column"].isin(list(panel))].drop(columns="_column")
        scale = alt.Scale(zero=True, range=[layout.expr(place.foot), layout.expr(place.top)])
        base = alt.Chart(own).encode(x=_MONTHS, y=alt.Y("value:Q", scale=scale, axis=axis), **look)
        marks = [base.mark_line(strokeWidth=1.9).encode(detail=["series:N", "_segment:N"])]
        # Vega warns of a layer that its filter leaves empty.
        rings = own[ring].astype(bool)
        if (own["_short"] & ~rings).any():
            short = base.transform_filter(f"datum._short && !datum['{ring}']")
            marks.append(short.mark_point(filled=True, size=layout.by_width(14, 28)))
        if rings.any():
            open_ones = base.transform_filter(f"datum['{ring}']").mark_point(
                filled=False, fill=theme.PAPER, size=layout.by_width(8, 18), strokeWidth=1.2
            )
            marks.append(open_ones)
        layers.append(layout.layer(*marks, *([place.heading] if several else [])))
    layers[0] = layers[0].add_params(shown)
    if break_at and wide["month"].min() < break_at <= wide["month"].max():
        day, height = pd.Timestamp(f"{break_at}-01"), 22 if several else -4
        layers += parts.change_mark("_date", day, "change of method ▸", y=height)
    hover = _hover(wide, {column: f"{name}|{format}" for column, name in names.items()})
    unit = "" if several else next(iter(panels))
    chart = layout.fit(*layers, hover, height=places[-1].full + 30, unit=unit)
    return chart.resolve_scale(y="independent")


def monthly_events(
    table: pd.DataFrame,
    events: pd.DataFrame,
    *,
    value: str,
    title: str,
    date: str = "date",
    colour: str = palette.CATEGORY[0],
) -> alt.LayerChart:
    """Draw a monthly series with numbered events above it and their names below.

    Parameters
    ----------
    table : one row a month; columns ``month`` (``YYYY-MM`` or dates) and `value`. Months without a
        value are gaps.
    events : one row an event, at most about twelve; columns `date` (``YYYY``, ``YYYY-MM`` or a
        day), ``label``, and ``summary`` for the tooltip. Those before the first and after the last
        month are left out.
    colour : colour of the line
    """
    rows = _with_dates(inputs.need(table, "month", value))
    full = parts.segments(inputs.filled(rows, value).assign(_all=0), by=["_all"], x="_month")

    notes = inputs.need(events, date, "label", "summary")
    notes["_date"] = _first_days(notes[date])
    notes = notes[notes["_date"].between(rows["_date"].min(), rows["_date"].max())]
    notes = notes.sort_values("_date").reset_index(drop=True)
    notes["_number"] = (notes.index + 1).astype(str)
    listed = zip(notes["_number"], notes[date], notes["label"], strict=True)
    notes["_key"] = [f"{number}  {when}  {what}" for number, when, what in listed]
    keys = notes["_key"].tolist()
    span = rows["_month"].max() - rows["_month"].min() or 1
    months = _months(notes["_date"]).tolist()
    phone, desktop = (layout.stack(months, 19 * span / width) for width in (285, 600))
    notes["_row_phone"], notes["_row_desktop"] = phone, desktop
    room = [22 * (max(turns, default=-1) + 1) for turns in (phone, desktop)]

    scale = alt.Scale(zero=True, range=[layout.expr("height"), layout.by_width(*room)])
    y = alt.Y(f"{value}:Q", scale=scale, axis=alt.Axis(tickCount=6))
    encoded = alt.Chart(full).encode(x=_MONTHS, y=y)
    line = encoded.mark_line(color=colour, strokeWidth=1.9).encode(detail="_segment:N")
    lone = [marks.encode(color=alt.value(colour)) for marks in parts.dots(encoded, full)]
    hover = _hover(rows, {value: f"{title[:40]}|,.0f"})
    row = f"9 + 22 * ({layout.IS_PHONE} ? datum._row_phone : datum._row_desktop)"
    marked = alt.Chart(notes).encode(x=_MONTHS, y=layout.pixels()["y"]).transform_calculate(_y=row)
    tick = marked.mark_rule(color=theme.DOMAIN, strokeDash=[2, 2]).encode(y2=alt.value("height"))
    told = {"_number": "Event", date: "Date", "label": "What", "summary": "More"}
    marked, tips = layout.told(marked, told)
    badge = marked.encode(tooltip=tips)
    disc = badge.mark_point(shape="circle", size=300, filled=True, opacity=1, stroke=theme.PAPER)
    number = badge.mark_text(color=theme.PAPER, fontSize=12, fontWeight=600, baseline="middle")
    chart = layout.fit(
        layout.layer(tick, line, *lone, hover),
        disc.encode(color=layout.key_list(alt.Color, keys)),
        number.encode(text="_number:N"),
        height=theme.HEIGHT + max(room) + 17 * len(notes),
        unit=title,
    )
    return chart.resolve_scale(y="independent", color="independent")


def _with_dates(rows: pd.DataFrame) -> pd.DataFrame:
    """Add each month's first day, number and name, and the edges of its band; sorted by month."""
    rows["_date"] = _first_days(rows["month"])
    rows = inputs.filled(rows, "_date").sort_values("_date")
    day, half = rows["_date"], pd.Timedelta(days=15)
    return rows.assign(
        _left=day - half, _right=day + half, _told=day.dt.strftime("%B %Y"), _month=_months(day)
    )


def _months(days: pd.Series) -> pd.Series:
    return days.dt.year * 12 + days.dt.month


def _hover(rows: pd.DataFrame, told: Mapping[str, str]) -> alt.Chart:
    """Return the band under the pointer over the months of `_with_dates`."""
    over, tips = layout.told(alt.Chart(rows).encode(x=_MONTHS), {"_told": "Month", **told})
    return parts.hover_band(over, tips, field="_date", left="_left:T", right="_right:T")


def _first_days(dates: pd.Series) -> pd.Series:
    """Return dates of which some may be given as a year or a month."""
    text = dates.astype("string").str.slice(0, 10)
    full = text.where(text.str.len() > 4, text + "-07")
    full = full.where(full.str.len() > 7, full + "-01")
    return pd.to_datetime(full, format="%Y-%m-%d", errors="coerce")
