"""Charts of bars: a ranking that the reader chooses, and stacked amounts or parts by year."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme


def chosen(
    table: pd.DataFrame,
    *,
    item: str,
    value: str,
    choice: str,
    title: str,
    label: str,
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
    details: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw bars of one group of items, which the reader picks; the scale is the same for all.

    Take it for statements that must not be mixed: each source's ranking stands alone, and a bar
    that grows from one choice to the next has really grown.

    Parameters
    ----------
    table
        One row an item and group; columns `item`, `value` and `choice`. Items without a value are
        left out.
    item
        Column of the names.
    value
        Column of the lengths, not negative.
    choice
        Column of the groups; the first in the table is shown first, and in print.
    title
        Unit of the values.
    label
        What the menu is called.
    format
        d3 number format of the labels.
    colours
        Colours by name of the items to stand out; the others are grey.
    details
        More columns for the tooltip: title by column.
    """
    rows = layout.columns_of(table, choice, item, value, *(details or {})).dropna(subset=[value])
    groups = list(dict.fromkeys(rows[choice])) or [""]
    names = list(dict.fromkeys(rows[item]))
    most = int(rows.groupby(choice).size().max()) if len(rows) else 1
    picked = parts.menu("chosen", groups, label)
    tone = {name: (colours or {}).get(name, theme.DOMAIN) for name in names}
    base, tips = layout.told(
        alt.Chart(rows).transform_filter(f"datum['{choice}'] == chosen"),
        {
            choice: layout.spoken(choice),
            item: layout.spoken(item),
            value: f"{title.split(',')[0][:40]}|{format}",
        }
        | dict(details or {}),
    )
    longest = float(rows[value].max()) if len(rows) else 1.0
    base = base.encode(
        y=alt.Y(
            f"{item}:N",
            sort=alt.EncodingSortField(field=value, op="max", order="descending"),
            scale=alt.Scale(type="band", paddingInner=0.35),
            axis=layout.names_axis(names, grid=False),
        ),
        # The labels at the ends need room.
        x=alt.X(
            f"{value}:Q",
            scale=alt.Scale(domain=[0, 1.14 * longest], nice=False),
            axis=layout.value_axis(rows[value]),
        ),
        tooltip=tips,
    )
    bar = base.mark_bar().encode(
        color=alt.Color(
            f"{item}:N", scale=palette.category_scale(names, tone), legend=None, sort=names
        )
    )
    text = base.transform_calculate(_text=f"format(datum['{value}'], '{format}')").mark_text(
        align="left", dx=5, fontWeight=600
    )
    return (
        parts.layer(bar, text.encode(text="_text:N"))
        .add_params(picked)
        .properties(
            width="container",
            height=layout.rows_height(names[:1] * most, step=34, room=40),
            title=layout.title(title),
        )
    )


def yearly(
    table: pd.DataFrame,
    names: Mapping[str, str],
    *,
    value: str,
    kind: str,
    title: str,
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
    empty: str = layout.NO_DATA,
) -> alt.LayerChart:
    """Draw amounts as bars stacked by kind, one bar a year; a year without rows says so.

    For what comes in lumps, such as loans and deals, where a line would invent a path between them.

    Parameters
    ----------
    table
        One row a year and kind; columns ``year``, `kind` and `value`, not negative.
    names
        Names by code of the kind, from the foot of the bar to its top, at most seven.
    value, kind
        Columns.
    title
        Unit of the values.
    format
        d3 number format of the tooltip.
    colours
        Colours by name where they are fixed.
    empty
        What is written where a year has no rows: in a list of events that is no gap.
    """
    order = list(names.values())
    rows = table[table[kind].isin(list(names))]
    rows = layout.columns_of(rows.assign(name=rows[kind].map(dict(names))), "year", "name", value)
    rows = rows.dropna(subset=[value])
    rows = parts.ranked(rows, "name", order)
    start, end = parts.year_span(rows)
    missing = pd.DataFrame({"year": sorted(set(range(start, end + 1)) - set(rows["year"]))})
    bars = parts.year_stack(
        rows,
        y=alt.Y(f"{value}:Q", stack="zero", axis=layout.value_axis(rows[value])),
        color=alt.Color(
            "name:N",
            sort=order,
            scale=palette.category_scale(order, colours),
            legend=layout.legend(order, beside=50),
        ),
        shown=parts.legend_selection("name"),
        half=0.4,
        faded=0.12,
        labelSeparation=5,
    )
    layers = [bars]
    if len(rows) and len(missing):
        layers.append(
            alt.Chart(missing)
            .mark_text(align="left", angle=270, dx=4, fontStyle="italic", text=empty)
            .encode(x=alt.X("year:Q"), y=alt.value("height"), color=alt.value(theme.MUTED))
        )
    base = alt.Chart(rows).encode(x=parts.year_axis(start, end))
    layers.append(
        parts.hover_rule(base, key="name", value=value, names=order, format=format, empty=empty)
    )
    return parts.layer(*layers).properties(
        width="container", height=theme.HEIGHT, title=layout.title(title)
    )


def stacked_years(
    table: pd.DataFrame,
    parts_of: Mapping[str, str],
    *,
    part: str,
    value: str,
    title: str,
    format: str = ".1f",
    marks: Sequence[tuple[float, str]] = (),
    also: Sequence[str] = (),
) -> alt.LayerChart:
    """Draw the parts of a whole as bars a year; a year without data stays empty.

    Negative parts are stacked downwards.

    Parameters
    ----------
    table
        One row a part and ``year``; columns `part` and `value`.
    parts_of
        Colour by part, from the foot of the bar to its top.
    part, value
        Columns.
    title
        Unit of the values.
    format
        d3 number format of the tooltip.
    marks
        Years to be marked by a rule, each with a word above it.
    also
        More columns to keep, for `composition.pick`.
    """
    order = list(parts_of)
    rows = layout.columns_of(table, "year", part, value, *also)
    rows = parts.ranked(rows, part, order)
    bars = parts.year_stack(
        rows,
        y=alt.Y(f"{value}:Q", stack="zero"),
        color=alt.Color(
            f"{part}:N",
            sort=order,
            scale=alt.Scale(domain=order, range=list(parts_of.values())),
            legend=layout.legend(
                order, beside=30, symbolType="square", offset=parts.MARK_ROOM if marks else 8
            ),
        ),
        shown=parts.legend_selection(part),
        half=0.44,
    )
    layers = [bars]
    if marks:
        at = alt.Chart(pd.DataFrame(marks, columns=["year", "_word"])).encode(x="year:Q")
        layers += [
            at.mark_rule(color=theme.TEXT, strokeDash=[3, 3]),
            at.mark_text(baseline="bottom", fontSize=12, color=theme.MUTED).encode(
                y=alt.value(-4), text="_word:N"
            ),
        ]
    base = alt.Chart(rows).encode(x=parts.year_axis(*parts.year_span(rows)))
    layers.append(parts.hover_rule(base, key=part, value=value, names=order, format=format))
    return parts.layer(*layers).properties(
        width="container", height=theme.HEIGHT, title=layout.title(title)
    )
