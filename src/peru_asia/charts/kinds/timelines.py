"""Charts of events and of plans in time."""

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme

ALL = "all"  # the choice of a menu that leaves nothing out


def timeline(
    table: pd.DataFrame,
    lanes: Mapping[str, str],
    *,
    lane: str = "partner",
    date: str = "date",
    end: str | None = "date_end",
    summary: str = "summary",
    category: str | None = "category",
    categories: Mapping[str, str] | None = None,
    colours: Mapping[str, str] | None = None,
    label: str | None = None,
    key: str | None = None,
    pick: bool = False,
    since: float | None = None,
    until: float | None = None,
) -> alt.LayerChart:
    """Draw events as dots in lanes, each with its story in the tooltip.

    A dot stands at its day or month; an event of which only the year is known is a ring in the
    middle of that year, and one that lasted has a bar. Events too near each other are stacked.
    Clicking the legend shows one category alone.

    Parameters
    ----------
    table : one row an event; columns `lane`, `date`, `summary` and, unless they are None, `end`,
        `category` and `label`. Dates are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    lanes : names by code of the lane, from top to bottom. Events of other lanes are left out.
    categories : names by code of the category, in the order of the legend, at most seven; others
        are one category, "Other"
    label : column of short names, written where there is room for them
    key : column of short names, at most about forty characters, of the events to be told of in
        print too: each bears a number, and a list below the lanes says what it is
    pick : let the reader choose a lane and a category
    since, until : first and last year to show; otherwise those of the events
    """
    rows = inputs.need(table, lane, date, end, category, label, key, summary)
    rows = _dated(inputs.named(rows, lane, lanes, into="_lane"), date, end)
    first = since if since is not None else rows["_from"].min()
    last = until if until is not None else rows[["_from", "_to"]].max().max()
    rows = inputs.filled(rows[rows["_from"].between(first, last + 1)], "_from")
    rows = rows.sort_values("_from").reset_index(drop=True)
    rows["_to"] = rows["_to"].clip(upper=last + 1)
    rows["_category"], names = "", []
    if category:
        inputs.only(table, category, categories or ())
        known = inputs.by_code(categories or rows[category].unique()[:7])
        rows["_category"] = rows[category].map(known).fillna("Other")
        there = set(rows["_category"])
        names = [name for name in dict.fromkeys([*known.values(), "Other"]) if name in there]

    told_of = rows[key].notna() if key else pd.Series(False, index=rows.index)
    rows["_number"] = told_of.cumsum().astype(str).where(told_of, None)

    shown = [name for name in lanes.values() if name in set(rows["_lane"])]
    span = max(last - first, 1.0) * 1.04
    step, gap, heading, foot = (20, 19, 28, 8) if told_of.any() else (13, 11, 26, 10)
    bands = pd.DataFrame({"_lane": shown})
    heights = []
    for device, width in (("phone", 340), ("desktop", 700)):
        tops = [0.0]
        for name in shown:
            at = rows.loc[rows["_lane"] == name, "_from"]
            turns = pd.Series(layout.stack(at.tolist(), gap * span / width), index=at.index)
            rows.loc[at.index, f"_y_{device}"] = tops[-1] + heading + step * (turns + 0.5)
            # The room in pixels to the right of each dot, up to the next one in its row.
            free = at.groupby(turns).shift(-1).fillna(float(last)) - at
            rows.loc[at.index, f"_free_{device}"] = free * width / span
            tops.append(tops[-1] + heading + foot + step * (turns.max() + 1))
        rows[f"_y_{device}"] /= tops[-1]
        bands[f"_y_{device}"] = [top / tops[-1] for top in tops[:-1]]
        heights.append(tops[-1])

    at_y = f"height * ({layout.IS_PHONE} ? datum._y_phone : datum._y_desktop)"
    y = layout.pixels()["y"]
    scale = alt.Scale(domain=[float(first), float(last) + 0.02 * span], nice=False, padding=8)
    axis = alt.Axis(format="d", tickMinStep=1, tickCount=layout.by_width(5, 10), grid=True)
    told = {date: "Date"} | ({end: "Until"} if end else {})
    told |= {lane: lane.capitalize(), summary: "What happened"}
    told |= {"_category": category.capitalize()} if category else {}
    base, tips = layout.told(alt.Chart(rows), told)
    x = alt.X("_from:Q", title=None, scale=scale, axis=axis)
    base = base.transform_calculate(_y=at_y).encode(x=x, y=y)
    menus = [("_lane", lane, shown), ("_category", category, names)] if pick else []
    choices = []
    for column, name, options in menus:
        if name and options:
            choice = parts.menu(f"shown_{name}", [ALL, *options], name.capitalize())
            chosen = f"{choice.name} == '{ALL}' || datum.{column} == {choice.name}"
            base = base.transform_filter(chosen)
            choices.append(choice)
    marks = base.encode(color=alt.value(palette.CATEGORY[0]))
    if names:
        more = {"beside": 0, "symbolType": "circle"}
        look, picked = parts.by_legend("_category", names, colours, faded=0.1, **more)
        marks = base = base.encode(**look)
    lasting, *dots = _events(marks, tips, alt.expr("isValid(datum._number) ? 290 : 75"))
    if names:
        dots[0] = dots[0].add_params(picked)
    lane_base = alt.Chart(bands).transform_calculate(_y=at_y).encode(y=y)
    rule = lane_base.mark_rule(color=theme.GRID).encode(x=alt.value(0), x2=alt.value("width"))
    style = {"align": "left", "baseline": "top", "dx": 2, "dy": 6, "fontWeight": 600, "limit": 300}
    headings = parts.haloed(lane_base.encode(x=alt.value(0), text="_lane:N"), 4, **style)
    layers = [rule, lasting, *dots, *headings]
    listed = rows[told_of][["_number", date, key or date]].itertuples(index=False)
    keys = [f"{number}  {when[:4]}  {what}" for number, when, what in listed]
    if keys:
        unseen = alt.Chart(pd.DataFrame({"_key": keys})).mark_point(size=0, opacity=0)
        corner = {"x": alt.value(0), "y": alt.value(0)}
        layers.append(unseen.encode(stroke=layout.key_list(alt.Stroke, keys), **corner))
        number = parts.having(base, "_number").encode(text="_number:N")
        for test, ink in (("!datum._year_only", theme.PAPER), ("datum._year_only", theme.TEXT)):
            digits = number.transform_filter(test).encode(color=alt.value(ink))
            layers.append(digits.mark_text(fontSize=11.5, fontWeight=600, baseline="middle"))
    if label:
        fits = f"({layout.IS_PHONE} ? datum._free_phone : datum._free_desktop)"
        roomy = parts.having(base, label).transform_filter(
            f"length(datum['{label}']) * 6.6 + 14 < {fits}"
        )
        words = roomy.mark_text(align="left", dx=8, baseline="middle", fontSize=12)
        layers.append(words.encode(text=f"{label}:N", color=alt.value(theme.TEXT)))
    height = round(0.5 * sum(heights)) + 40 + (40 if len(names) > 3 else 20) + 17 * len(keys)
    return layout.fit(*layers, height=height, params=choices)


def case_timeline(
    table: pd.DataFrame,
    cases: Mapping[str, str],
    kinds: Mapping[str, str],
    *,
    case: str,
    kind: str,
    date: str,
    end: str,
    label: str,
    since: int,
    until: int,
) -> alt.LayerChart:
    """Draw the events of one case, which the reader picks, in a row for each kind of event.

    All cases share the years and the rows, so that going from one to the next compares them. A
    ring is an event of which only the year is known, a bar one that lasted.

    Parameters
    ----------
    table : one row an event; columns `case`, `kind`, `date`, `end`, ``summary`` and `label`. Dates
        are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    cases : names by code of the case; the first is shown first
    kinds : names by code of the kind, from top to bottom; several codes may share a name
    label : column of a short word or number to be written beside the events that have one
    since, until : first and last year to show
    """
    rows = inputs.need(table, case, kind, date, end, "summary", label)
    rows = inputs.named(rows, case, cases, into="_case")
    rows = _dated(inputs.named(rows, kind, kinds, into="_kind"), date, end)
    rows = rows.sort_values("_from").reset_index(drop=True)
    names = list(dict.fromkeys(kinds.values()))
    # Dots of one row that would touch stand below each other; a phone decides how many fit.
    gap = 9 * (until + 1 - since) / 215
    same = rows.groupby(["_case", "_kind"])
    rows["_turn"] = same["_from"].transform(lambda places: layout.stack(places.tolist(), gap))
    deepest = int(rows["_turn"].max()) + 1
    rows["_aside"] = rows["_turn"] - same["_turn"].transform("max") / 2

    base, params = parts.picked(alt.Chart(rows), "_case", cases.values(), "Case")
    told = {"_case": "Case", date: "Date", end: "Until", "summary": "What happened"}
    base, tips = layout.told(base, told)
    scale = alt.Scale(domain=[since, until + 1], nice=False)
    axis = alt.Axis(format="d", tickMinStep=1, tickCount=layout.by_width(4, 9), grid=True)
    aside = alt.Scale(domain=[-deepest / 2, deepest / 2])
    base = base.encode(
        x=alt.X("_from:Q", title=None, scale=scale, axis=axis),
        y=layout.named_rows("_kind", names, grid=True, domain=names, paddingInner=0.12),
        yOffset=alt.YOffset("_aside:Q", scale=aside),
        color=palette.category("_kind", names),
    )
    beside = parts.having(base, label).encode(text=f"{label}:N", color=alt.value(theme.TEXT))
    words = parts.haloed(beside, 2, align="left", dx=6, fontSize=12, fontWeight=600)
    height = layout.rows_height(names, step=max(26, 11 * deepest + 10), room=50)
    dots = _events(base, tips, 55, opacity=1)
    return layout.fit(*dots, *words, height=height, params=params)


def _dated(rows: pd.DataFrame, date: str, end: str | None) -> pd.DataFrame:
    """Return the events that have a date, as decimal years, and whether only its year is known."""
    rows = rows.assign(
        _from=_years(rows[date], 0.5),
        _to=_years(rows[end], 1.0) if end else float("nan"),
        _year_only=rows[date].astype("string").str.len().eq(4),
    )
    return inputs.filled(rows, "_from")


def _years(dates: pd.Series, within: float) -> pd.Series:
    """Return dates as decimal years; of what is not known, the part `within` has passed."""
    year, month, day = (
        pd.to_numeric(dates.astype("string").str.slice(*at), errors="coerce").astype(float)
        for at in ((0, 4), (5, 7), (8, 10))
    )
    part = ((month - 1) + ((day - 0.5) / 31).fillna(within)) / 12
    return year + part.fillna(within)


def _events(
    base: alt.Chart, tips: list[alt.Tooltip], size: Any, **style: Any
) -> Iterable[alt.Chart]:
    """Return bars of what lasted, dots, and rings of what is known by its year alone."""
    lasting = base.transform_filter("isValid(datum._to) && datum._to > datum._from")
    lasting = lasting.mark_rule(strokeWidth=4, strokeCap="round").encode(x2="_to:Q")
    dots = [
        base.transform_filter(test).mark_point(size=size, strokeWidth=1.8, **fill, **style)
        for test, fill in (
            ("!datum._year_only", {"filled": True}),
            ("datum._year_only", {"filled": False, "fill": theme.PAPER}),
        )
    ]
    return [marks.encode(tooltip=tips) for marks in (lasting, *dots)]


def schedule(
    table: pd.DataFrame,
    *,
    item: str,
    promised_from: str,
    promised_to: str,
    actual: str,
    until: int,
    status: str,
    details: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw when each project was to start and when it did.

    The bar is the promised start (a year, or the first to the last of a range), the dot the
    actual one; the line between them is the delay. A dashed line that runs to the edge means
    that no start is known up to `until`.

    Parameters
    ----------
    table : one row a project, in the order to be drawn; columns `item` (names, each once), years
        `promised_from`, `promised_to` and `actual`, and `status` (what became of it, written where
        no start is known). A project without a promise has its dot alone, one without a start its
        bar.
    until : year of the newest evidence
    """
    dates = {promised_from: "Promised from|d", promised_to: "Promised to|d", actual: "Started|d"}
    rows = inputs.need(table, item, *dates, status, *(details or {}))
    order = rows[item].tolist()
    first, final, started = (rows[column].astype(float) for column in dates)
    first, final = first.fillna(final), final.fillna(first)
    late, waits = started > final, started.isna()
    tones = {
        "On time": theme.POSITIVE,
        "Late": theme.NEGATIVE,
        "No start known": theme.MUTED,
        "No date promised": theme.DOMAIN,
    }
    on_time, *others = tones
    rows["_kind"] = np.select([first.isna(), waits, late], others[::-1], on_time)
    kinds = [kind for kind in tones if kind in set(rows["_kind"])]
    # The promise is as wide as its years; the delay runs from its nearer edge.
    rows["_left"], rows["_right"], rows["_actual"] = first - 0.42, final + 0.42, started
    rows["_edge"] = rows["_right"].where(late, rows["_left"].where(started < first))
    rows["_waits"] = rows["_right"].where(waits)
    earliest = pd.concat([first, started]).min()
    start = until - 1 if pd.isna(earliest) else min(int(earliest), until)

    told = {item: layout.spoken(item), **dates, status: "Status"}
    base, tips = layout.told(alt.Chart(rows), told, details)
    base = base.encode(y=layout.named_rows(item, order, grid=True))
    span = until - start
    stride = next(step for step in (1, 2, 5, 10, 20, 50, 100) if span / step <= 10)
    ticks = [year for year in range(start, until + 1) if year % stride == 0]
    # What became of a project stands to the right of the last year.
    end = layout.by_width(*(until + 0.6 + share * span for share in (0.62, 0.2)))
    x = parts.along_years(start - 0.6, end, ticks)
    legend = layout.legend(kinds, beside=layout.axis_room(order))
    tinted = base.encode(color=palette.category("_kind", kinds, tones, legend=legend))

    promise = parts.having(base, "_left")
    promise = promise.mark_bar(height=13, cornerRadius=3, fill=theme.GRID, stroke=theme.DOMAIN)
    delay = parts.having(tinted, "_edge").mark_rule(strokeWidth=2.4)
    waiting = parts.having(tinted, "_waits").mark_rule(strokeWidth=1.6, strokeDash=[3, 3])
    dot = parts.having(tinted, "_actual")
    dot = dot.mark_point(filled=True, size=110, opacity=1, stroke=theme.PAPER)
    edge = alt.XDatum(until + 0.6, scale=x["scale"])
    word = parts.lacking(base, "_actual").encode(x=edge, text=f"{status}:N")
    look = {"align": "left", "dx": 5, "color": theme.MUTED, "fontSize": 12, "limit": 110}
    return layout.fit(
        promise.encode(x=alt.X("_left:Q", **x), x2="_right:Q"),
        delay.encode(x=alt.X("_edge:Q", **x), x2="_actual:Q"),
        waiting.encode(x=alt.X("_waits:Q", **x), x2=alt.X2Datum(until + 0.6)),
        dot.encode(x=alt.X("_actual:Q", **x)),
        *parts.haloed(word, 5, **look),
        parts.row_tooltip(base, tips),
        height=layout.rows_height(order, step=28, room=60 + 18 * len(kinds)),
    )
