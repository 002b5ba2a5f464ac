"""Charts of states: who stands where, at two dates or year by year, and how long it took."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme

# Fill and ink of a state, from the strongest to the weakest.
STRONG = (palette.SEQUENTIAL[4], theme.PAPER)
WEAK = (palette.SEQUENTIAL[2], theme.TEXT)
NOTHING = (theme.GRID, theme.TEXT)
OWN = (theme.MUTED, theme.PAPER)

_WITHIN = "isValid(datum._end) && datum._latest > datum._end"

States = Mapping[str, tuple[str, str]]  # fill and ink, by state


def _fill(states: States, state: str, *, beside: int) -> alt.Fill:
    return alt.Fill(
        f"{state}:N",
        sort=list(states),
        scale=alt.Scale(domain=list(states), range=[fill for fill, _ in states.values()]),
        legend=layout.legend(list(states), beside=beside, symbolType="square"),
    )


def _ink(states: States, rows: pd.DataFrame, state: str) -> pd.Series:
    """Return the colour of the words on each state."""
    inputs.among(rows, state, states)
    return rows[state].map({name: ink for name, (_, ink) in states.items()})


def state_matrix(
    table: pd.DataFrame,
    states: States,
    *,
    row: str,
    column: str,
    state: str,
    text: str,
    details: Mapping[str, str] | None = None,
    across: str = "Date",
) -> alt.LayerChart:
    """Draw states as cells with a word in each; clicking the legend shows one state alone.

    Parameters
    ----------
    table : one row a cell, in the order to be drawn; columns `row`, `column` (two or three),
        `state` and `text` (what is written in the cell, at most about fifteen characters)
    states : fill and ink by state, in the order of the legend: constants of this module or of the
        theme
    across : what the columns are, for the tooltip
    """
    cells = inputs.need(table, row, column, state, text, *(details or {}))
    cells["_ink"] = _ink(states, cells, state)
    down, heads = list(dict.fromkeys(cells[row])), list(dict.fromkeys(cells[column]))
    shown = parts.legend_selection(state)
    told = {row: row.capitalize(), column: across, state: "State"}
    base, tips = layout.told(alt.Chart(cells), told, details)
    bold = {"labelColor": theme.TEXT, "labelFontWeight": 600}
    base = base.encode(
        x=layout.heads(column, heads, labelAngle=0, **bold),
        y=layout.named_rows(row, down, domain=down, paddingInner=0.1, paddingOuter=0),
        opacity=parts.emphasis(shown, 0.2),
        tooltip=tips,
    )
    fill = _fill(states, state, beside=layout.axis_room(down))
    tile = base.mark_rect(cornerRadius=2).encode(fill=fill).add_params(shown)
    word = parts.having(base, text).mark_text(fontSize=layout.by_width(11.5, 13))
    word = word.encode(text=f"{text}:N", color=alt.Color("_ink:N", scale=None))
    height = layout.rows_height(down, step=25, room=60 + 18 * (len(states) // 2))
    return layout.fit(tile, word, height=height)


def state_tiles(
    table: pd.DataFrame,
    places: Mapping[str, tuple[int, int]],
    states: States,
    *,
    code: str,
    name: str,
    state: str,
    year: int,
    count: tuple[str, tuple[int, int], str],
) -> alt.LayerChart:
    """Draw the state of each place in the year that the reader picks, all tiles of one size.

    Parameters
    ----------
    table : one row a place and ``year``; columns `code` (short, written on a phone), `name` and
        `state`
    places : column and row of each code's tile, counted from one. They show no borders.
    states : as for `state_matrix`
    year : year shown first, and in print
    count : a state to be counted, the place of the counter, and what is counted
    """
    rows = inputs.need(table, "year", code, name, state)
    rows = inputs.only(rows, code, places)
    for index, axis in enumerate(("_column", "_row")):
        rows[axis] = rows[code].map({key: at[index] for key, at in places.items()})
    rows["_ink"] = _ink(states, rows, state)
    wraps = rows[name].map(lambda text: layout.wrap(text, 11, 2))
    rows["_name"], rows["_lines"] = wraps.str.join("\n"), wraps.str.len()
    across, down = (max(at[axis] for at in places.values()) for axis in (0, 1))
    counted, spot, what = count
    sums = (rows[state] == counted).groupby(rows["year"]).sum().rename("_count").reset_index()
    sums = sums.assign(_column=spot[0], _row=spot[1])

    first, last = parts.year_span(rows)
    picked = parts.slider("year_shown", year, "Year", low=first, high=last)
    shown = parts.legend_selection(state)
    place = layout.tiles(across, down)
    told = {name: "Economy", "year": "Year|d", state: "State"}
    base, tips = layout.told(alt.Chart(rows), told)
    base = base.transform_filter(alt.datum.year == picked)
    base = base.encode(**place, opacity=parts.emphasis(shown, 0.2), tooltip=tips)
    tile = base.mark_rect(cornerRadius=4).encode(fill=_fill(states, state, beside=0))
    inked = base.encode(color=alt.Color("_ink:N", scale=None))
    lines = {"lineBreak": "\n", "lineHeight": 14, "dy": layout.expr("-7 * datum._lines")}
    wide = inked.transform_filter(f"!{layout.IS_PHONE}")
    wide = wide.mark_text(baseline="top", fontSize=12, **lines).encode(text="_name:N")
    narrow = inked.transform_filter(layout.IS_PHONE).mark_text(fontSize=12)
    total = alt.Chart(sums).transform_filter(alt.datum.year == picked).encode(**place)
    number = total.mark_text(fontSize=layout.by_width(24, 30), fontWeight=600, dy=-6)
    heading = total.mark_text(fontSize=layout.by_width(12, 13), fontWeight=600, dy=-32)
    return layout.fit(
        tile.add_params(shown),
        wide,
        narrow.encode(text=f"{code}:N"),
        number.encode(text="_count:Q"),
        total.mark_text(fontSize=layout.by_width(11, 12), color=theme.MUTED, dy=16, text=what),
        heading.encode(text=alt.Text("year:Q", format="d")),
        height=62 * down + 30,
        params=[picked],
    )


def durations(
    table: pd.DataFrame,
    states: Mapping[str, str],
    *,
    item: str,
    start: str,
    end: str,
    end_latest: str,
    state: str,
    until: str,
    details: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw how long each thing took: a bar from its start to its end.

    Behind the bar stands its length in months. Where the end is known only within a span, the bar
    runs to its first day and a pale one to its last. A dashed line means that no end is known: it
    runs to the last day on which that is so, and the state is written behind it.

    Parameters
    ----------
    table : one row an item, in the order to be drawn; columns `item` (names, each once), `state`
        and the days
    states : colour by state, in the order of the legend
    start, end, end_latest : columns of days (``datetime64``): the start, and the first and last day
        that the end may have been. Without the first there is no known end; without both the line
        runs to `until`.
    until : day of the newest evidence
    """
    rows = inputs.need(table, item, start, end, end_latest, state, *(details or {}))
    inputs.among(rows, state, states)
    for name, column in (("_start", start), ("_end", end), ("_latest", end_latest)):
        rows[name] = _decimal(rows[column])
    edge = float(_decimal(pd.Series([until], dtype="datetime64[ns]")).iloc[0])
    rows = rows.drop(columns=[start, end, end_latest])
    low, high = ((12 * (rows[to] - rows["_start"])).round() for to in ("_end", "_latest"))
    rows["time"] = [
        f"{least:.0f} months" if least == most else f"{least:.0f}–{most:.0f} months"
        for least, most in zip(low, high, strict=True)
    ]
    rows["time"] = rows["time"].mask(rows["_end"].isna(), rows[state].str.lower())
    order, kinds = rows[item].tolist(), [name for name in states if name in set(rows[state])]
    rows["_tail"] = rows["_latest"].fillna(edge)
    first = int(rows["_start"].min())
    span = edge - first

    told = {item: layout.spoken(item), state: "State", "time": "Time"}
    base, tips = layout.told(alt.Chart(rows), told, details)
    legend = layout.legend(kinds, beside=layout.axis_room(order), symbolOpacity=1)
    base = base.encode(
        y=layout.named_rows(item, order, grid=True),
        color=palette.category(state, kinds, states, legend=legend),
    )
    # Room behind the last bar for its text.
    ends = (edge + share * span for share in (0.42, 0.16))
    years = list(range(first + -first % 5, int(edge) + 1, 5))
    x = parts.along_years(first, layout.by_width(*ends), years)
    wide, pale = {"strokeWidth": 9}, {"strokeWidth": 9, "opacity": 0.35}
    dashed = {"strokeWidth": 1.8, "strokeDash": [3, 3]}
    drawn = [
        base.transform_filter(test).mark_rule(**look).encode(alt.X(f"{left}:Q", **x), x2=right)
        for here, test, left, right, look in (
            (rows["_end"].notna(), "isValid(datum._end)", "_start", "_end:Q", wide),
            (rows["_latest"] > rows["_end"], _WITHIN, "_end", "_latest:Q", pale),
            (rows["_end"].isna(), "!isValid(datum._end)", "_start", "_tail:Q", dashed),
        )
        if here.any()  # Vega complains of layers that no row reaches
    ]
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(x=alt.X("_start:Q", **x))
    written = base.encode(x=alt.X("_tail:Q", **x), text="time:N", color=alt.value(theme.TEXT))
    words = parts.haloed(written, 5, align="left", dx=8, fontSize=layout.by_width(11.5, 13))
    height = layout.rows_height(order, step=25, room=64 + 9 * len(kinds))
    return layout.fit(*drawn, dots, *words, parts.row_tooltip(base, tips), height=height)


def _decimal(days: pd.Series) -> pd.Series:
    """Return days as decimal years."""
    return days.dt.year + (days.dt.day_of_year - 1) / 365.25
