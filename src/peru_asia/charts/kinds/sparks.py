"""Small charts that stand beside a sentence: a line, bars or a row of dots, without axes."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme

_ROOM = {"left": 6, "right": 6, "top": 16, "bottom": 18}


def spark_line(
    table: pd.DataFrame,
    *,
    value: str,
    format: str,
    series: str | None = None,
    colours: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw lines over the years, with the first and last year below and the last values at the end.

    Parameters
    ----------
    table : one row a ``year`` (and `series`); columns `value` and `series`
    colours : colour by series; a series without one is drawn in the colour of text
    """
    rows = inputs.need(table, "year", value, series)
    rows = inputs.filled(rows, *rows.columns)
    rows["_name"] = rows[series] if series else ""
    rows = parts.segments(rows, by=["_name"])
    names = list(dict.fromkeys(rows["_name"]))
    first, last = parts.year_span(rows)
    base = alt.Chart(rows).encode(
        x=alt.X("year:Q", axis=None, scale=alt.Scale(domain=[first, last], nice=False)),
        y=alt.Y(f"{value}:Q", axis=None, scale=alt.Scale(zero=True)),
        color=palette.category("_name", names, colours, others=theme.TEXT),
    )
    drawn = base.mark_line(strokeWidth=2).encode(detail="_segment:N")
    end = base.transform_filter(f"datum.year == {last}")
    label = end.mark_text(align="right", dy=-9, fontWeight=600, fontSize=12)
    years = alt.Chart(pd.DataFrame({"at": [first, last]})).encode(
        x="at:Q", y=alt.value("height"), text=alt.Text("at:Q", format="d")
    )
    style = {"baseline": "top", "dy": 5, "color": theme.MUTED, "fontSize": 11}
    return _sized(
        drawn,
        end.mark_point(filled=True, size=36, opacity=1),
        label.encode(text=alt.Text(f"{value}:Q", format=format)),
        years.transform_filter(f"datum.at == {first}").mark_text(align="left", **style),
        years.transform_filter(f"datum.at == {last}").mark_text(align="right", **style),
        height=84,
    )


def spark_bars(
    table: pd.DataFrame,
    *,
    item: str,
    value: str,
    format: str,
    colours: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw a bar an item, with its name and value in it or beside it.

    Parameters
    ----------
    table : one row an item, in the order of the bars, at most four; columns `item` and `value`
    colours : colour by item; an item without one is grey
    """
    rows = inputs.filled(inputs.need(table, item, value), item, value)
    names = list(rows[item])
    base = alt.Chart(rows).encode(
        y=alt.Y(f"{item}:N", sort=names, axis=None, scale=alt.Scale(paddingInner=0.62)),
        x=alt.X(f"{value}:Q", axis=None, scale=alt.Scale(zero=True)),
    )
    colour = palette.category(item, names, colours, others=theme.DOMAIN)
    bar = base.mark_bar(height=7, yOffset=7).encode(color=colour)
    text = f"datum['{item}'] + '  ' + format(datum['{value}'], '{format}')"
    label = base.transform_calculate(_text=text).mark_text(align="left", dy=-4, fontSize=11.5)
    label = label.encode(x=alt.value(0), text="_text:N")
    return _sized(bar, label, height=max(30 * len(names), 60))


def _sized(*layers: alt.Chart, height: int) -> alt.LayerChart:
    return layout.layer(*layers).properties(width="container", height=height + 30, padding=_ROOM)
