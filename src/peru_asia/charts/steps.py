"""What has come in up to each day, as steps."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts import layout, palette, parts, theme


def running(
    table: pd.DataFrame,
    names: Mapping[str, str],
    *,
    group: str,
    value: str,
    title: str,
    date: str = "date",
    format: str = ",.0f",
) -> alt.LayerChart:
    """Draw how a sum grew by deliveries: a step on each day, and a name at the end of each line.

    Take it for arrivals in lots. Between two of them nothing came, and the line stays level; a
    group begins at zero on the first day of the table, so that late starters show as such.

    Parameters
    ----------
    table
        One row a delivery, in any order; columns `date`, `group` and `value`, not negative.
    names
        Names by code of the group, in the order of the colours. Other groups are left out.
    group, value, date
        Columns.
    title
        Unit of the sums.
    format
        d3 number format of the tooltip.

    Raises
    ------
    ValueError
        If a value is negative: what came cannot go back.
    """
    rows = layout.columns_of(table, date, group, value).dropna(subset=[date, value])
    rows = rows[rows[group].isin(list(names))]
    if (rows[value] < 0).any():
        raise ValueError("a delivery cannot be negative")
    rows[date] = pd.to_datetime(rows[date])
    span = (rows[date].min(), rows[date].max())
    # The ends are no deliveries: a start at zero and a level end, where the line needs them.
    present = [code for code in names if (rows[group] == code).any()]
    ends = [{group: code, date: day, value: 0.0} for code in present for day in span]
    rows = pd.concat([rows.astype({group: object}), pd.DataFrame(ends, columns=rows.columns)])
    rows = rows.astype({date: "datetime64[ns]", value: float})
    rows = rows.groupby([group, date], as_index=False)[value].sum()
    rows = rows.sort_values(date, kind="stable").reset_index(drop=True)
    rows["_sum"] = rows.groupby(group, observed=True)[value].cumsum()
    rows["_name"] = rows[group].astype(str).map(dict(names))
    rows["_day"] = rows[date].dt.strftime("%-d %B %Y")
    last = rows[rows[date] == span[1]]
    rows["_label_at"] = parts.spread(last["_sum"], gap=0.075, within=rows["_sum"])

    order = [name for name in names.values() if name in set(rows["_name"])]
    base = alt.Chart(rows).encode(
        x=alt.X(
            f"{date}:T",
            title=None,
            # Room for the names at the ends of the lines.
            scale=alt.Scale(domain=_days(span, 0.24)),
            axis=alt.Axis(
                format="%b %Y", tickCount={"interval": "month", "step": 1}, labelOverlap=True
            ),
        ),
        color=alt.Color("_name:N", sort=order, scale=palette.category_scale(order), legend=None),
    )
    height = alt.Y("_sum:Q", title=None, axis=layout.value_axis(rows["_sum"]))
    line = base.mark_line(interpolate="step-after", strokeWidth=2.2).encode(y=height)
    over, tips = layout.told(
        base, {"_day": "Day", "_name": "From", value: f"Came|{format}", "_sum": f"In all|{format}"}
    )
    dots = (
        over.transform_filter(f"datum['{value}'] > 0")
        .mark_point(filled=True, size=42)
        .encode(y=height, tooltip=tips)
    )
    label = (
        base.transform_filter("isValid(datum._label_at)")
        .mark_text(align="left", dx=7, fontWeight=600)
        .encode(y=alt.Y("_label_at:Q"), text="_name:N")
    )
    return alt.layer(line, dots, label).properties(
        width="container", height=theme.HEIGHT, title=layout.title(title)
    )


def _days(span: tuple[pd.Timestamp, pd.Timestamp], room: float) -> list[alt.DateTime]:
    """Return the first day and the last, later by the part `room` of the time between them."""
    first, last = span
    if pd.isna(first):
        first = last = pd.Timestamp("2020-01-01")
    ends = (first, last + max(last - first, pd.Timedelta(days=10)) * room)
    return [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in ends]
