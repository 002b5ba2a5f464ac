"""Charts of events and of plans in time."""

from collections.abc import Mapping

import altair as alt
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
    table
        One row an event; columns `lane`, `date`, `summary` and, unless they are None, `end`,
        `category` and `label`. Dates are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    lanes
        Names by code of the lane, from top to bottom. Events of other lanes are left out.
    lane, date, end, summary, category
        Columns.
    categories
        Names by code of the category, in the order of the legend, at most seven; others are
        one category, "Other".
    colours
        Colours by name of the category where they are fixed, such as those of partners.
    label
        Column of short names, written where there is room for them.
    key
        Column of short names, at most about forty characters, of the events to be told of in
        print too: each bears a number, and a list below the lanes says what it is.
    pick
        Let the reader choose a lane and a category.
    since, until
        First and last year to show; otherwise those of the events.
    """
    rows = inputs.need(table, lane, date, end, category, label, key, summary)
    rows = inputs.named(rows, lane, lanes, into="_lane")
    rows["_from"] = _years(rows[date], 0.5)
    rows["_to"] = _years(rows[end], 1.0) if end else float("nan")
    rows = inputs.filled(rows, "_from")
    rows["_year_only"] = rows[date].astype("string").str.len().eq(4)
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
    tops: dict[str, dict[str, float]] = {}
    total = {}
    for device, width in (("phone", 340), ("desktop", 700)):
        rows[f"_row_{device}"] = 0
        rows[f"_free_{device}"] = 0.0
        top, tops[device] = 0.0, {}
        for name in shown:
            mine = rows["_lane"] == name
            turns = layout.stack(rows.loc[mine, "_from"].tolist(), gap * span / width)
            rows.loc[mine, f"_row_{device}"] = turns
            rows.loc[mine, f"_free_{device}"] = _free(
                rows.loc[mine, "_from"].tolist(), turns, float(last), width / span
            )
            tops[device][name] = top
            top += heading + foot + step * (max(turns, default=0) + 1)
        total[device] = top or 60.0
        rows[f"_y_{device}"] = (
            rows["_lane"].map(tops[device]).astype(float)
            + heading
            + step * (rows[f"_row_{device}"] + 0.5)
        ) / total[device]
    height = round(0.5 * (total["phone"] + total["desktop"]))

    at_y = f"height * ({layout.IS_PHONE} ? datum._y_phone : datum._y_desktop)"
    y_pixel = layout.pixels()["y"]
    x = alt.X(
        "_from:Q",
        title=None,
        scale=alt.Scale(domain=[float(first), float(last) + 0.02 * span], nice=False, padding=8),
        axis=alt.Axis(format="d", tickMinStep=1, tickCount=layout.by_width(5, 10), grid=True),
    )
    picked = parts.legend_selection("_category")
    told = {date: "Date"} | ({end: "Until"} if end else {})
    told |= {lane: lane.capitalize(), summary: "What happened"}
    told |= {"_category": category.capitalize()} if category else {}
    base, tips = layout.told(alt.Chart(rows), told)
    base = base.transform_calculate(_y=at_y).encode(x=x, y=y_pixel)
    menus = {lane: shown} | ({category: names} if category and names else {})
    choices = _choices(menus) if pick else []
    for choice, column in zip(choices, ("_lane", "_category"), strict=False):
        base = base.transform_filter(f"{choice.name} == '{ALL}' || datum.{column} == {choice.name}")
    if names:
        base = base.encode(
            color=palette.category(
                "_category",
                names,
                colours,
                legend=layout.legend(names, beside=0, symbolType="circle"),
            ),
            opacity=parts.emphasis(picked, 0.1),
        )
    lasting = _lasting(base, tips)
    dots = [
        base.transform_filter(test)
        .mark_point(
            size=alt.expr("isValid(datum._number) ? 290 : 75"),
            filled=fill is None,
            strokeWidth=1.8,
            **({"fill": fill} if fill else {}),
        )
        .encode(tooltip=tips)
        for test, fill in [("!datum._year_only", None), ("datum._year_only", theme.PAPER)]
    ]
    if not names:
        dots = [marks.encode(color=alt.value(palette.CATEGORY[0])) for marks in dots]
        lasting = lasting.encode(color=alt.value(palette.CATEGORY[0]))
    else:
        dots[0] = dots[0].add_params(picked)
    heights = {
        f"_y_{device}": [tops[device][name] / total[device] for name in shown] for device in total
    }
    band = pd.DataFrame({"_lane": shown, **heights})
    lane_base = alt.Chart(band).transform_calculate(_y=at_y).encode(y=y_pixel)
    rule = lane_base.mark_rule(color=theme.GRID).encode(x=alt.value(0), x2=alt.value("width"))
    headings = parts.haloed(
        lane_base.encode(x=alt.value(0), text="_lane:N"),
        4,
        align="left",
        baseline="top",
        dx=2,
        dy=6,
        fontWeight=600,
        limit=300,
    )
    layers = [rule, lasting, *dots, *headings]
    keys = [
        f"{number}  {when[:4]}  {what}"
        for number, when, what in zip(
            rows["_number"], rows[date], rows[key] if key else rows[date], strict=True
        )
        if isinstance(number, str)
    ]
    if keys:
        layers += _numbers(base, keys)
    if label:
        fits = f"({layout.IS_PHONE} ? datum._free_phone : datum._free_desktop)"
        layers.append(
            base.transform_filter(f"isValid(datum['{label}'])")
            .transform_filter(f"length(datum['{label}']) * 6.6 + 14 < {fits}")
            .mark_text(align="left", dx=8, baseline="middle", fontSize=12)
            .encode(text=f"{label}:N", color=alt.value(theme.TEXT))
        )
    height += 40 + (40 if len(names) > 3 else 20) + 17 * len(keys)
    return layout.fit(*layers, height=height, params=choices)


def case_timeline(
    table: pd.DataFrame,
    cases: Mapping[str, str],
    kinds: Mapping[str, str],
    *,
    case: str,
    kind: str,
    date: str = "date",
    end: str = "date_end",
    summary: str = "summary",
    label: str | None = None,
    since: int,
    until: int,
) -> alt.LayerChart:
    """Draw the events of one case, which the reader picks, in a row for each kind of event.

    All cases share the years and the rows, so that going from one to the next compares them. A
    ring is an event of which only the year is known, a bar one that lasted.

    Parameters
    ----------
    table
        One row an event; columns `case`, `kind`, `date`, `end`, `summary` and, if given, `label`.
        Dates are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    cases
        Names by code of the case; the first is shown first.
    kinds
        Names by code of the kind, from top to bottom; several codes may share a name.
    case, kind, date, end, summary
        Columns.
    label
        Column of a short word or number to be written beside the events that have one.
    since, until
        First and last year to show.
    """
    rows = inputs.need(table, case, kind, date, end, summary, label)
    rows = inputs.named(rows, case, cases, into="_case")
    rows = inputs.named(rows, kind, kinds, into="_kind")
    rows["_from"], rows["_to"] = _years(rows[date], 0.5), _years(rows[end], 1.0)
    rows = inputs.filled(rows, "_from").sort_values("_from").reset_index(drop=True)
    rows["_year_only"] = rows[date].astype("string").str.len().eq(4)
    names = list(dict.fromkeys(kinds.values()))
    # Dots of one row that would touch stand below each other; a phone decides how many fit.
    gap = 9 * (until + 1 - since) / 215
    rows["_turn"] = 0
    for _, same in rows.groupby(["_case", "_kind"]):
        rows.loc[same.index, "_turn"] = layout.stack(same["_from"].tolist(), gap)
    deepest = int(rows["_turn"].max()) + 1
    depth = rows.groupby(["_case", "_kind"])["_turn"].transform("max")
    rows["_aside"] = rows["_turn"] - depth / 2

    base, params = parts.picked(alt.Chart(rows), "_case", cases.values(), "Case")
    base, tips = layout.told(
        base, {"_case": "Case", date: "Date", end: "Until", summary: "What happened"}
    )
    base = base.encode(
        x=alt.X(
            "_from:Q",
            title=None,
            scale=alt.Scale(domain=[since, until + 1], nice=False),
            axis=alt.Axis(format="d", tickMinStep=1, tickCount=layout.by_width(4, 9), grid=True),
        ),
        y=layout.named_rows("_kind", names, grid=True, domain=names, paddingInner=0.12),
        yOffset=alt.YOffset("_aside:Q", scale=alt.Scale(domain=[-deepest / 2, deepest / 2])),
        color=palette.category("_kind", names),
    )
    lasting = _lasting(base, tips)
    dots = [
        base.transform_filter(test)
        .mark_point(size=55, filled=not hollow, strokeWidth=1.8, opacity=1, **fill)
        .encode(tooltip=tips)
        for test, hollow, fill in [
            ("!datum._year_only", False, {}),
            ("datum._year_only", True, {"fill": theme.PAPER}),
        ]
    ]
    layers = [lasting, *dots]
    if label:
        beside = base.transform_filter(f"isValid(datum['{label}'])").encode(
            text=f"{label}:N", color=alt.value(theme.TEXT)
        )
        layers += parts.haloed(beside, 2, align="left", dx=6, fontSize=12, fontWeight=600)
    height = layout.rows_height(names, step=max(26, 11 * deepest + 10), room=50)
    return layout.fit(*layers, height=height, params=params)


def schedule(
    table: pd.DataFrame,
    *,
    item: str,
    promised_from: str,
    promised_to: str,
    actual: str,
    until: int,
    status: str | None = None,
    details: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw when each project was to start and when it did.

    The bar is the promised start (a year, or the first to the last of a range), the dot the
    actual one; the line between them is the delay. A dashed line that runs to the edge means
    that no start is known up to `until`.

    Parameters
    ----------
    table
        One row a project, in the order to be drawn; columns `item` (names, each once), years
        `promised_from`, `promised_to` and `actual`. A project without a promise has its dot
        alone, one without a start its bar.
    item, promised_from, promised_to, actual
        Columns.
    until
        Year of the newest evidence.
    status
        Column that says what became of a project, written where no start is known.
    details
        More columns for the tooltip: title by column.
    """
    dates = [promised_from, promised_to, actual]
    rows = inputs.need(table, item, *dates, status, *(details or {}))
    order = rows[item].tolist()
    first, final, started = (rows[column].astype(float) for column in dates)
    rows["_first"], rows["_final"] = first.fillna(final), final.fillna(first)
    rows["_actual"] = started
    late = rows["_actual"] > rows["_final"]
    kinds = ["On time", "Late", "No start known", "No date promised"]
    rows["_kind"] = kinds[2]
    rows.loc[rows["_actual"].notna(), "_kind"] = kinds[0]
    rows.loc[late, "_kind"] = kinds[1]
    rows.loc[rows["_first"].isna(), "_kind"] = kinds[3]
    kinds = [kind for kind in kinds if kind in set(rows["_kind"])]
    earliest = rows[["_first", "_actual"]].min().min()
    start = until - 1 if pd.isna(earliest) else min(int(earliest), until)

    base = alt.Chart(rows).encode(y=layout.named_rows(item, order, grid=True))
    told = {
        item: layout.spoken(item),
        promised_from: "Promised from|d",
        promised_to: "Promised to|d",
        actual: "Started|d",
        **({status: "Status"} if status else {}),
    }
    base, tips = layout.told(base, told, details)
    # What became of a project stands to the right of the last year.
    span = until - start
    room = [share * span if status else 0.0 for share in (0.62, 0.2)]
    scale = alt.Scale(
        domainMin=start - 0.6,
        domainMax=layout.by_width(*(until + 0.6 + extra for extra in room)),
        nice=False,
        zero=False,
    )
    stride = next(step for step in (1, 2, 5, 10, 20, 50, 100) if span / step <= 10)
    ticks = [year for year in range(start, until + 1) if year % stride == 0]
    axis = alt.Axis(format="d", values=ticks, grid=True)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=None, scale=scale, axis=axis)

    legend = layout.legend(kinds, beside=layout.axis_room(order))
    tones = {
        "On time": theme.POSITIVE,
        "Late": theme.NEGATIVE,
        "No start known": theme.MUTED,
        "No date promised": theme.DOMAIN,
    }
    colour = palette.category("_kind", kinds, tones, legend=legend)
    promise = (
        base.transform_filter("isValid(datum._first)")
        .transform_calculate(_left="datum._first - 0.42", _right="datum._final + 0.42")
        .mark_bar(height=13, cornerRadius=3, fill=theme.GRID, stroke=theme.DOMAIN)
        .encode(x=x("_left"), x2="_right:Q")
    )
    delay = (
        base.transform_filter("datum._actual > datum._final || datum._actual < datum._first")
        .transform_filter("isValid(datum._first) && isValid(datum._actual)")
        .transform_calculate(
            _edge="datum._actual > datum._final ? datum._final + 0.42 : datum._first - 0.42"
        )
        .mark_rule(strokeWidth=2.4)
        .encode(x=x("_edge"), x2="_actual:Q", color=colour)
    )
    waiting = (
        base.transform_filter("isValid(datum._first) && !isValid(datum._actual)")
        .transform_calculate(_left="datum._final + 0.42", _edge=f"{until} + 0.6")
        .mark_rule(strokeWidth=1.6, strokeDash=[3, 3])
        .encode(x=x("_left"), x2="_edge:Q", color=colour)
    )
    dot = (
        base.transform_filter("isValid(datum._actual)")
        .mark_point(filled=True, size=110, opacity=1, stroke=theme.PAPER)
        .encode(x=x("_actual"), color=colour)
    )
    layers = [promise, delay, waiting, dot]
    if status:
        word = base.transform_filter("!isValid(datum._actual)").encode(
            x=alt.XDatum(until + 0.6, scale=scale), text=f"{status}:N"
        )
        look = {"align": "left", "dx": 5, "color": theme.MUTED, "fontSize": 12, "limit": 110}
        layers += parts.haloed(word, 5, **look)
    height = layout.rows_height(order, step=28, room=60 + 18 * len(kinds))
    return layout.fit(*layers, parts.row_tooltip(base, tips), height=height)


def _lasting(base: alt.Chart, tips: list[alt.Tooltip]) -> alt.Chart:
    """Draw the events that last as bars from their first to their last day."""
    return (
        base.transform_filter("isValid(datum._to) && datum._to > datum._from")
        .mark_rule(strokeWidth=4, strokeCap="round")
        .encode(x2="_to:Q", tooltip=tips)
    )


def _choices(options: Mapping[str, list[str]]) -> list[alt.Parameter]:
    """Return a menu for each column, with everything chosen at first."""
    return [
        parts.menu(f"shown_{column}", [ALL, *names], column.capitalize())
        for column, names in options.items()
    ]


def _numbers(base: alt.Chart, keys: list[str]) -> list[alt.Chart]:
    """Return the numbers in the dots, and the list that explains them."""
    numbered = base.transform_filter("isValid(datum._number)").mark_text(
        fontSize=11.5, fontWeight=600, baseline="middle"
    )
    listed = (
        alt.Chart(pd.DataFrame({"_key": keys}))
        .mark_point(size=0, opacity=0)
        .encode(x=alt.value(0), y=alt.value(0), stroke=layout.key_list(alt.Stroke, keys))
    )
    return [
        listed,
        numbered.transform_filter("!datum._year_only").encode(
            text="_number:N", color=alt.value(theme.PAPER)
        ),
        numbered.transform_filter("datum._year_only").encode(
            text="_number:N", color=alt.value(theme.TEXT)
        ),
    ]


def _years(dates: pd.Series, within: float) -> pd.Series:
    """Return dates as decimal years; of what is not known, the part `within` has passed."""
    text = dates.astype("string")
    year = pd.to_numeric(text.str.slice(0, 4), errors="coerce").astype(float)
    month = pd.to_numeric(text.str.slice(5, 7), errors="coerce").astype(float)
    day = pd.to_numeric(text.str.slice(8, 10), errors="coerce").astype(float)
    part = ((month - 1) + ((day - 0.5) / 31).fillna(within)) / 12
    return year + part.fillna(within)


def _free(places: list[float], turns: list[int], end: float, pixels: float) -> list[float]:
    """Return the room in pixels to the right of each dot, up to the next one in its row."""
    return [
        (
            min(
                (p for p, r in zip(places, turns, strict=True) if r == row and p > place),
                default=end,
            )
            - place
        )
        * pixels
        for place, row in zip(places, turns, strict=True)
    ]
