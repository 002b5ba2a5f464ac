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
    label: str,
    details: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw amounts as circles by year and lane; the area is the amount.

    For few amounts of very different size, which a bar would bury in a total. Clicking the legend
    shows one kind alone. A small grey cross is an entry without an amount.

    Parameters
    ----------
    table : one row an entry; columns ``year`` (entries without one are left out), `lane`, `item`
        (its name), `value`, `kind` and `label`
    lanes : names by code of the lane, from top to bottom; entries of other lanes are left out
    kinds : names by code of the kind, in the order of the legend, at most seven
    label : column of short names, written above the circles that have one, or below where two would
        meet on a phone
    """
    rows = inputs.need(table, lane, item, value, kind, "year", label, *(details or {}))
    rows = inputs.named(inputs.named(rows, lane, lanes, into=lane), kind, kinds, into=kind)
    rows = inputs.filled(rows, "year")
    rows = rows.sort_values(value, ascending=False, na_position="last").reset_index(drop=True)
    # Entries of one lane and year stand side by side.
    together = rows.groupby([lane, "year"])
    turn, of = together.cumcount(), together[item].transform("size")
    rows["_at"] = rows["year"].astype(float) + 0.36 * (turn - (of - 1) / 2) / of.clip(lower=1)
    rows["_below"] = rows.index.isin(_crowded(rows.dropna(subset=[label, value]), lane, label))
    there = [name for name in lanes.values() if name in set(rows[lane])]
    names = [name for name in kinds.values() if name in set(rows[kind])]
    start, end = parts.year_span(rows)
    told = {item: "What", "year": "Year|d", value: f"{title.split(',')[0][:40]}|,.0f"}
    base, tips = layout.told(alt.Chart(rows), {**told, lane: "Sector", kind: "Kind"}, details)
    # A little more at each side than elsewhere, so that no circle is cut.
    scale = alt.Scale(domain=[start - 0.9, end + 0.9], nice=False)
    years = list(range(start, end + 1))
    axis = alt.Axis(format="d", values=years, labelSeparation=5, grid=True)
    look, shown = parts.by_legend(kind, names, faded=0.08, beside=layout.axis_room(there))
    base = base.encode(
        x=alt.X("_at:Q", title=None, scale=scale, axis=axis),
        y=layout.named_rows(lane, there, grid=True, domain=there),
        tooltip=tips,
        **look,
    )
    most = float(rows[value].max()) if rows[value].notna().any() else 1.0
    largest = layout.by_width(1500, 2900)  # area of the largest circle, in square pixels
    area = alt.Scale(type="linear", domain=[0, most], range=[14, largest], nice=False)
    known = parts.having(base, value)
    circles = known.mark_point(filled=True, fillOpacity=0.72, stroke=theme.PAPER, strokeWidth=1)
    circles = circles.encode(size=alt.Size(f"{value}:Q", scale=area, legend=None))
    layers = [circles.add_params(shown)]
    if rows[value].isna().any():
        crosses = parts.lacking(base, value).mark_point(shape="cross", size=46, filled=True)
        layers.append(crosses.encode(color=alt.value(theme.MUTED)))
    # Above the circle, whose radius follows from its area.
    radius = f"sqrt((14 + (({largest.expr}) - 14) * datum['{value}'] / {most}) / PI)"
    labelled = parts.having(known, label).encode(text=f"{label}:N", color=alt.value(theme.TEXT))
    for test, baseline, away in (
        ("!datum._below", "bottom", f"-{radius} - 3"),
        ("datum._below", "top", f"{radius} + 3"),
    ):
        style = {"fontSize": layout.by_width(11, 12), "dy": layout.expr(away)}
        layers.append(labelled.transform_filter(test).mark_text(baseline=baseline, **style))
    return layout.fit(*layers, height=layout.rows_height(there, step=74, room=60), unit=title)


def concentration_curves(
    table: pd.DataFrame,
    *,
    list_name: str,
    item: str,
    most: int,
    title: str = "% of the total",
    label: str | None = None,
) -> alt.LayerChart:
    """Draw what share of a total its largest parts have, one curve a list.

    The thin dashed lines are what the curves would be if all parts of the list were equal.

    Parameters
    ----------
    table : one row a part and list, as `peru_asia.indicators.cumulative_shares` gives them; columns
        `list_name`, `item`, ``rank`` (1 for the largest) and ``share_pct`` (cumulative)
    most : last rank to show
    label : column of short names, written at the points that have one
    """
    rows = inputs.need(table, list_name, item, "share_pct", "rank", label)
    names = list(dict.fromkeys(rows[list_name]))
    rows["_equal"] = 100 * rows["rank"] / rows.groupby(list_name)["rank"].transform("max")
    rows = rows[rows["rank"] <= most]
    told = {list_name: "List", "rank": "Rank|d", item: "Part", "share_pct": f"{title[:40]}|.1f"}
    base, tips = layout.told(alt.Chart(rows), told)
    x = alt.X(
        "rank:Q",
        title="number of largest entries",
        scale=alt.Scale(domain=[0.6, int(rows["rank"].max()) + 0.4], nice=False),
        axis=alt.Axis(format="d", tickMinStep=1, tickCount=layout.by_width(5, 10)),
    )
    look, shown = parts.by_legend(list_name, names)
    base = base.encode(x=x, **look)
    scale = alt.Scale(domain=[0, 100], nice=False)
    equal = base.mark_line(strokeDash=[3, 3], strokeWidth=1.1)
    equal = equal.encode(y=alt.Y("_equal:Q", scale=scale))
    curve = base.encode(
        y=alt.Y("share_pct:Q", scale=scale, axis=layout.value_axis(rows["share_pct"]))
    )
    dots = curve.mark_point(filled=True, size=60).encode(
        shape=palette.shape(list_name, names), tooltip=tips
    )
    layers = [equal, curve.mark_line(), dots.add_params(shown)]
    if label:
        words = parts.having(curve, label).encode(text=f"{label}:N", color=alt.value(theme.TEXT))
        style = {"baseline": "top", "fontSize": layout.by_width(11, 12)}
        layers.append(words.mark_text(align="left", dx=7, dy=5, **style))
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
