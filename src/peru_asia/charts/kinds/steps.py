"""Steps: what has come in up to each day, and the way from one figure to another."""

from collections.abc import Collection, Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme
from peru_asia.errors import BookError


def cumulative_steps(
    table: pd.DataFrame, names: Mapping[str, str], *, group: str, value: str, title: str
) -> alt.LayerChart:
    """Draw how a sum grew by deliveries: a step on each day, and a name at the end of each line.

    Take it for arrivals in lots. Between two of them nothing came, and the line stays level; a
    group begins at zero on the first day of the table, so that late starters show as such.

    Parameters
    ----------
    table : one row a delivery, in any order; columns ``date``, `group` and `value`, not negative
    names : names by code of the group, in the order of the colours. Other groups are left out.

    Raises
    ------
    BookError : if a value is negative: what came cannot go back
    """
    rows = inputs.only(inputs.need(table, "date", group, value), group, names)
    rows = inputs.filled(rows, "date", value)
    if (rows[value] < 0).any():
        raise BookError("a delivery cannot be negative")
    rows["date"] = pd.to_datetime(rows["date"])
    first, last = rows["date"].min(), rows["date"].max()
    # The ends are no deliveries: a start at zero and a level end, where the line needs them.
    ends = pd.MultiIndex.from_product([rows[group].unique(), [first, last]])
    ends = ends.to_frame(index=False, name=[group, "date"]).assign(**{value: 0.0})
    rows = pd.concat([rows, ends]).astype({"date": "datetime64[ns]", value: float})
    rows = rows.groupby([group, "date"], as_index=False)[value].sum()
    rows = rows.sort_values("date", kind="stable").reset_index(drop=True)
    rows["_sum"] = rows.groupby(group)[value].cumsum()
    rows["_name"] = rows[group].astype(str).map(dict(names))
    rows["_day"] = rows["date"].dt.strftime("%-d %B %Y")
    sums = rows[rows["date"] == last]["_sum"]
    rows["_label_at"] = parts.spread(sums, gap=0.075, within=rows["_sum"])

    order = [name for name in names.values() if name in set(rows["_name"])]
    # Room for the names at the ends of the lines.
    room = 0.24 * max(last - first, pd.Timedelta(days=10))
    days = [
        alt.DateTime(year=day.year, month=day.month, date=day.day) for day in (first, last + room)
    ]
    months = {"interval": "month", "step": 1}
    axis = alt.Axis(format="%b %Y", tickCount=months, labelOverlap=True)
    x = alt.X("date:T", title=None, scale=alt.Scale(domain=days), axis=axis)
    base = alt.Chart(rows).encode(x=x, color=palette.category("_name", order))
    y = alt.Y("_sum:Q", title=None, axis=layout.value_axis(rows["_sum"]))
    told = {"_day": "Day", "_name": "From", value: "Came|,.0f", "_sum": "In all|,.0f"}
    over, tips = layout.told(base, told)
    came = over.transform_filter(f"datum['{value}'] > 0").mark_point(filled=True, size=42)
    label = parts.having(base, "_label_at").mark_text(align="left", dx=7, fontWeight=600)
    return layout.fit(
        base.mark_line(interpolate="step-after", strokeWidth=2.2).encode(y=y),
        came.encode(y=y, tooltip=tips),
        label.encode(y=alt.Y("_label_at:Q"), text="_name:N"),
        unit=title,
    )


def waterfall(
    table: pd.DataFrame, *, start: str, end: str, title: str, unexplained: Collection[str] = ()
) -> alt.LayerChart:
    """Draw the way from one figure to another, a bar for each step between them.

    Take it where each step has a reason that can be named; what has none is drawn hollow. The
    order is the author's: another one can give the same steps other lengths.

    Parameters
    ----------
    table : as `peru_asia.indicators.gap_steps` returns it, in the order of the way; the names of
        the steps differ from each other and from those of the ends
    start, end : names of the two figures
    unexplained : names of the steps that nothing explains
    """
    rows = inputs.need(table, "step", "before", "after", "change", "difference_pct")
    inputs.only(rows, "step", unexplained)
    kinds = np.select(
        [rows["step"].isin(list(unexplained)), rows["change"] < 0], ["unexplained", "down"], "up"
    )
    names = [start, *rows["step"], end]
    levels = [rows["before"].iloc[0], rows["after"].iloc[-1]]
    ends = pd.DataFrame({"step": [start, end], "before": 0.0, "after": levels})
    rows = pd.concat([rows.assign(_kind=kinds), ends.assign(_kind="end")], ignore_index=True)
    rows = rows.sort_values("step", key=lambda step: step.map(names.index), ignore_index=True)
    rows["_next"] = rows["step"].shift(-1)
    rows["_top"] = rows[["before", "after"]].max(axis=1).astype(float)

    told = {"before": "From|,.0f", "after": "To|,.0f", "difference_pct": "% of the gap|.0f"}
    base = alt.Chart(rows).encode(y=layout.named_rows("step", names, paddingInner=0.35))
    base, tips = layout.told(base, {"step": "Step", **told})
    # The labels at the ends of the bars need room.
    along: dict[str, Any] = {
        "scale": alt.Scale(range=[0, layout.expr("width - 58")], nice=False, zero=True),
        "axis": layout.value_axis(rows[["after"]], tickCount=layout.by_width(3, 6)),
    }
    fills = {
        "up": theme.POSITIVE,
        "down": theme.NEGATIVE,
        "unexplained": theme.PAPER,
        "end": theme.DOMAIN,
    }
    outlines = fills | {"unexplained": theme.MUTED}
    fill, outline = (
        alt.Scale(domain=list(of), range=list(of.values())) for of in (fills, outlines)
    )
    hollow = alt.when("datum._kind == 'unexplained'")
    bars = base.mark_bar(strokeWidth=1.5).encode(
        x=alt.X("before:Q", **along),
        x2="after:Q",
        fill=alt.Fill("_kind:N", scale=fill, legend=None),
        stroke=alt.Stroke("_kind:N", scale=outline, legend=None),
        strokeDash=hollow.then(alt.value([4, 3])).otherwise(alt.value([1, 0])),
        tooltip=tips,
    )
    links = parts.having(base, "_next").mark_rule(color=theme.MUTED, strokeWidth=1)
    links = links.encode(x=alt.X("after:Q", **along), y2="_next:N")
    sign = "(datum.change > 0 ? '+' : '') + format(datum.change, ',.0f')"
    text = f"datum._kind == 'end' ? format(datum.after, ',.0f') : {sign}"
    labels = base.transform_calculate(_text=text).mark_text(align="left", dx=6, fontWeight=600)
    labels = labels.encode(x=alt.X("_top:Q", **along), text="_text:N")
    height = layout.rows_height(names, step=34, room=40)
    return layout.fit(links, bars, labels, height=height, unit=title)
