"""Charts of events against a counterfactual: paths around the event, and placebos."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme

_MEAN = "Mean of controls"


def _rows(table: pd.DataFrame, events: list[str]) -> pd.DataFrame:
    rows = inputs.need(table, "event", "partner", "treated", "event_time", "value")
    rows["value"] = rows["value"].where(rows["value"] > 0)
    return inputs.filled(inputs.only(rows, "event", events), "value")


def _span(rows: pd.DataFrame) -> tuple[int, int]:
    """Return the first and last year around the event; at least one on either side of it."""
    times = [-1, 1, *rows["event_time"]]
    return int(min(times)), int(max(times))


def _against_before(chart: alt.Chart, by: list[Any]) -> alt.Chart:
    """Add ``_points``: log points against the mean log of the `before` years before the event."""
    return (
        chart.transform_calculate(
            _log="100 * log(datum.value)",
            _ref="datum.event_time < 0 && datum.event_time >= -before ? datum._log : null",
        )
        .transform_joinaggregate(_level="mean(_ref)", groupby=by)
        .transform_calculate(_points="datum._log - datum._level")
    )


def _spread(chart: alt.Chart, field: str, by: list[Any]) -> alt.Chart:
    """Add ``_place``: `field` moved upwards where values lie closer than ``_gap``.

    The running maximum of "value less its rank in gaps", plus the rank in gaps, is the lowest
    place that keeps the order and the distance.
    """
    ascending: list[Any] = [alt.SortField(field, order="ascending")]
    return (
        chart.transform_window(_turn="row_number()", sort=ascending, groupby=by)
        .transform_calculate(_free=f"datum.{field} - datum._turn * datum._gap")
        .transform_window(_floor="max(_free)", sort=ascending, groupby=by, frame=[None, 0])
        .transform_calculate(_place="datum._floor + datum._turn * datum._gap")
    )


def event_paths(table: pd.DataFrame, colours: Mapping[str, str], *, before: int) -> alt.LayerChart:
    """Draw one partner's path around its event against those of the controls and their mean.

    The reader picks the event and how many years before it are the base.

    Parameters
    ----------
    table : one row an event, partner and year: columns ``event`` (name), ``partner`` (name),
        ``treated`` (true for the partner that had the event), ``event_time`` (years since the
        event) and ``value``. Values of zero have no place on the scale and leave a gap.
    colours : colour of the treated partner by event; the first event is shown first
    before : years before the event that are the base of the first view
    """
    events = list(colours)
    rows = parts.segments(_rows(table, events), by=["event", "partner"], x="event_time")
    first, last = _span(rows)
    chart, params = parts.picked(alt.Chart(rows), "event", events, "Agreement")
    chart = _against_before(chart, ["partner"])
    scale = alt.Scale(domain=[first - 0.4, last + 0.4], nice=False)
    axis = alt.Axis(values=list(range(first + first % 2, last + 1, 2)), format="d")
    x = alt.X("event_time:Q", title="Years since entry into force", scale=scale, axis=axis)
    ticks = [mark * 10.0**n for n in range(4) for mark in (1, 2, 5)]
    axis = alt.Axis(format=",~r", values=ticks)
    y = alt.Y("_index:Q", scale=alt.Scale(type="log", nice=False, padding=12), axis=axis)

    def indexed(chart: alt.Chart, points: str = "_points") -> alt.Chart:
        return chart.transform_calculate(_index=f"100 * exp(datum.{points} / 100)").encode(x=x, y=y)

    told = {"partner": "Exports to", "event_time": "Years since|d", "_index": "Index|,.0f"}
    tips = layout.tips(told)
    colour = palette.category("event", events, colours)
    others = indexed(chart.transform_filter("!datum.treated"))
    mean = chart.transform_filter("!datum.treated").transform_aggregate(
        _points="mean(_points)", groupby=["event_time"]
    )
    centre = indexed(mean.transform_calculate(partner=f"'{_MEAN}'"))
    treated = chart.transform_filter("datum.treated")
    # The last point of each control, of the partner and of the mean; each label stands at its
    # point or, where that is taken, just above the label below it.
    names = (
        chart.transform_joinaggregate(_low="min(_points)", _high="max(_points)")
        .transform_filter(f"datum.event_time == {last}")
        .transform_calculate(_control="datum.treated ? null : datum._points")
        .transform_joinaggregate(_mean="mean(_control)")
        .transform_calculate(
            _label=f"datum.treated ? [datum.partner, '{_MEAN}'] : [datum.partner]",
            _at="datum.treated ? [datum._points, datum._mean] : [datum._points]",
        )
        .transform_flatten(["_label", "_at"])
        .transform_calculate(_gap="(datum._high - datum._low) * 0.05")
    )
    names = indexed(_spread(names, "_at", []), "_place").encode(text="_label:N")

    def name(who: str, **look: object) -> alt.Chart:
        return names.transform_filter(who).mark_text(align="left", dx=6, limit=110, **look)

    span = treated.transform_aggregate(groupby=["event"])
    span = span.transform_calculate(_from="-before - 0.5", _to="-0.5")
    frame = span.mark_rect(color=theme.PARTNERS["REST"], opacity=0.35)
    paths = others.mark_line(color=theme.DOMAIN, strokeWidth=1.1)
    middle = centre.mark_line(color=theme.TEXT, strokeDash=[6, 3], strokeWidth=2)
    own = indexed(treated).mark_line(strokeWidth=3, point=alt.OverlayMarkDef(size=30, filled=True))
    return layout.fit(
        frame.encode(x=alt.X("_from:Q"), x2="_to:Q"),
        parts.rule("x", "event_time", 0, strokeDash=[3, 3], color=theme.MUTED),
        paths.encode(detail=["partner:N", "_segment:N"], tooltip=tips),
        middle.encode(tooltip=tips),
        own.encode(color=colour, tooltip=tips),
        name("!datum.treated", color=theme.MUTED, fontSize=11),
        name(f"datum._label == '{_MEAN}'", color=theme.TEXT, fontWeight=600),
        name(f"datum.treated && datum._label != '{_MEAN}'", fontWeight=600).encode(color=colour),
        height=theme.HEIGHT + 60,
        unit="Years before = 100, logarithmic scale",
        params=[*params, parts.slider("before", before, "Years before", low=1, high=-first)],
    )


def placebo_strip(
    table: pd.DataFrame, colours: Mapping[str, str], *, before: int, after: int
) -> alt.LayerChart:
    """Draw each event's gap beside the gaps that the controls show in the partner's place.

    Worked out in the figure as `peru_asia.indicators.event_study.placebo_gaps` does it, so that
    the reader can move both windows; the year of the event itself is in neither.

    Parameters
    ----------
    table : as for `event_paths`
    colours : colour of the treated partner by event, from top to bottom
    before, after : years in the windows of the first view
    """
    events = list(colours)
    rows = _rows(table, events)
    first, last = _span(rows)
    descending: list[Any] = [alt.SortField("gap", order="descending")]
    base = (
        _against_before(alt.Chart(rows), ["event", "partner"])
        .transform_filter("datum.event_time >= 1 && datum.event_time <= after")
        .transform_aggregate(_change="mean(_points)", groupby=["event", "partner", "treated"])
        .transform_calculate(
            _other="datum.treated ? null : datum._change", _one="datum.treated ? 0 : 1"
        )
        .transform_joinaggregate(_mean="mean(_other)", _n="sum(_one)", groupby=["event"])
        .transform_calculate(
            # A control in the partner's place is compared with the other controls alone.
            gap="(datum._change - datum._mean) * (datum.treated ? 1 : datum._n / (datum._n - 1))"
        )
        .transform_window(rank="rank()", sort=descending, groupby=["event"])
        .transform_calculate(_rank="datum.rank + ' of ' + (datum._n + 1)")
    )
    axis = alt.Axis(
        format="+,~r",
        labelExpr="datum.value == 0 ? '0' : datum.label",
        grid=True,
        tickCount=layout.by_width(4, 8),
        labelFlush=False,
    )
    y = layout.named_rows("event", events, domain=events)
    place: dict[str, Any] = {
        "y": y,
        "x": alt.X("gap:Q", title=None, scale=alt.Scale(padding=14), axis=axis),
    }
    told = {"event": "Agreement", "partner": "Exports to", "gap": "Gap, log points|+,.0f"}
    tips = layout.tips({**told, "_rank": "Rank from the top"})
    placebo = base.transform_filter("!datum.treated").encode(**place)
    own = base.transform_filter("datum.treated").encode(**place)
    own = own.encode(color=palette.category("event", events, colours))
    labels = _spread(
        base.transform_joinaggregate(_low="min(gap)", _high="max(gap)")
        .transform_filter("!datum.treated")
        .transform_calculate(_gap="(datum._high - datum._low) * 14 / max(width - 60, 100)"),
        "gap",
        ["event"],
    ).encode(y=y, x=alt.X("_place:Q"), text="partner:N")
    rings = {"shape": "circle", "size": 70, "color": theme.MUTED, "strokeWidth": 1.6}
    slanted = {"align": "left", "angle": 300, "fontSize": 11, "color": theme.MUTED}
    rank = own.mark_text(baseline="top", dy=13, fontWeight=600)
    return layout.fit(
        parts.rule("x", "gap", 0, color=theme.MUTED, strokeWidth=1.2),
        placebo.mark_point(opacity=1, **rings).encode(tooltip=tips),
        labels.mark_text(baseline="middle", dx=12, **slanted),
        own.mark_point(shape="diamond", size=190, filled=True, opacity=1).encode(tooltip=tips),
        rank.encode(text="_rank:N"),
        height=95 * len(events) + 70,
        unit="Growth beyond that of the controls, log points",
        params=[
            parts.slider("before", before, "Years before", low=1, high=-first),
            parts.slider("after", after, "Years after", low=1, high=last),
        ],
    )
