"""Charts of a followed list of plans: shares by result, and starts by year with bounds."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme

# The results of a plan as the book names them, and their colours, in the order of every legend.
RESULTS = {
    "built": ("built", palette.CATEGORY[2]),
    "not_built": ("not built", palette.CATEGORY[1]),
    "unknown": ("unknown", palette.CATEGORY[6]),
}


def result_bars(
    shares: pd.DataFrame,
    *,
    item: str,
    format: str = ",.0f",
    title: str = "% of the row's total",
) -> alt.LayerChart:
    """Draw how each row's plans divide into built, not built and unknown, as bars of one length.

    Parameters
    ----------
    shares
        One row a bar, as `peru_asia.indicators.cohort.completion` returns it: columns `item`,
        ``built``, ``not_built`` and ``unknown``. A row may be in another unit than the next.
    item
        Column of the names, each once, in the order to be drawn.
    format
        d3 number format of the amounts in the bars.
    title
        What the axis measures.
    """
    order = shares[item].tolist()
    rows = layout.columns_of(shares, item, *RESULTS).melt(
        id_vars=item, var_name="result", value_name="amount"
    )
    rows["_order"] = rows["result"].map(list(RESULTS).index)
    rows["result"] = rows["result"].map({code: name for code, (name, _) in RESULTS.items()})
    rows = rows.sort_values([item, "_order"], ignore_index=True)
    groups = rows.groupby(item)["amount"]
    total = groups.transform("sum").astype(float)
    rows["share_pct"] = 100 * rows["amount"] / total.where(total > 0)
    rows["_right"] = rows.groupby(item)["share_pct"].cumsum()
    rows["_left"] = rows["_right"] - rows["share_pct"]
    rows["_middle"] = (rows["_left"] + rows["_right"]) / 2
    names = [name for name, _ in RESULTS.values()]

    base = alt.Chart(rows[rows["share_pct"] > 0]).encode(
        y=alt.Y(f"{item}:N", sort=order, axis=layout.names_axis(order, grid=False))
    )
    base, tips = layout.told(
        base,
        {
            item: layout.spoken(item),
            "result": "Result",
            "amount": f"Amount|{format}",
            "share_pct": "Share, %|.1f",
        },
    )
    picked = parts.legend_selection("result")
    scale = alt.Scale(domain=[0, 100], nice=False)
    bars = (
        base.mark_bar(stroke=theme.PAPER, strokeWidth=1)
        .encode(
            x=alt.X("_left:Q", title=None, scale=scale, axis=alt.Axis(tickCount=5, grid=False)),
            x2="_right:Q",
            color=alt.Color(
                "result:N",
                sort=names,
                scale=palette.category_scale(names, dict(RESULTS.values())),
                legend=layout.legend(names, beside=layout.axis_room(order)),
            ),
            opacity=parts.emphasis(picked),
            tooltip=tips,
        )
        .add_params(picked)
    )
    # An amount stands in its bar where the bar is wider than the amount.
    wide = f"datum.share_pct / 100 * width > length(format(datum.amount, '{format}')) * 7 + 6"
    figures = base.mark_text(
        color=theme.PAPER, fontSize=12, opacity=layout.expr(f"{wide} ? 1 : 0")
    ).encode(x=alt.X("_middle:Q", scale=scale), text=alt.Text("amount:Q", format=format))
    return parts.layer(bars, figures).properties(
        width="container",
        height=layout.rows_height(order, step=34, room=90),
        title=layout.title(title),
    )


def started_steps(
    table: pd.DataFrame,
    *,
    group: str,
    colours: Mapping[str, str] | None = None,
    title: str,
    format: str = ".0f",
) -> alt.LayerChart:
    """Draw which share had started by each year as steps, with a band where nobody knows.

    Parameters
    ----------
    table
        As `peru_asia.indicators.cohort.started_by` returns it: columns `group`, ``year``,
        ``low_pct`` and ``high_pct``.
    group
        Column of the names; each has a line and its name at the end of it.
    colours
        Colours by name where they are fixed.
    title
        Unit of the shares.
    format
        d3 number format of the tooltip.
    """
    rows = layout.columns_of(table, group, "year", "low_pct", "high_pct")
    names = list(dict.fromkeys(rows[group]))
    first, last = (int(rows["year"].min()), int(rows["year"].max())) if len(rows) else (2013, 2025)
    ends = rows[rows["year"] == last].dropna(subset=["low_pct"])
    rows["_label_at"] = parts.spread(ends["low_pct"], gap=0.075, within=pd.Series([0.0, 100.0]))
    rows["_name"] = [
        str(name) if pd.isna(low) else f"{name} {low:.0f}"
        for name, low in zip(rows[group], rows["low_pct"], strict=True)
    ]

    scale = alt.Scale(domain=[0, 100], nice=False)
    tones = palette.category_scale(names, colours)
    base = alt.Chart(rows).encode(x=parts.year_axis(first, last))
    # Names stand at the ends of the lines, so there is no legend.
    colour = alt.Color(f"{group}:N", sort=names, scale=tones, legend=None)
    band = base.mark_area(interpolate="step-after", opacity=0.16).encode(
        y=alt.Y("low_pct:Q", title=None, scale=scale), y2="high_pct:Q", color=colour
    )
    line = base.mark_line(interpolate="step-after", strokeWidth=2.2).encode(
        y=alt.Y("low_pct:Q", title=None, scale=scale), color=colour
    )
    label = (
        base.transform_filter("isValid(datum._label_at)")
        .mark_text(align="left", dx=6, fontWeight=600, limit=84)
        .encode(text="_name:N", y=alt.Y("_label_at:Q", scale=scale), color=colour)
    )
    hover = parts.hover_rule(
        base,
        key=group,
        value="low_pct",
        names=names,
        format=format,
    )
    return parts.layer(band, line, label, hover).properties(
        width="container", height=theme.HEIGHT, title=layout.title(title)
    )
