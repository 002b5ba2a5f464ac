"""Charts of what would follow from stated assumptions, and of what earlier ones were worth."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme
from peru_asia.indicators.scenarios import ASIA, CHINA, COPPER, FOOD, METALS, WORLD, Base

_ALL = "All exports"
_END_ROOM = 104  # pixels at the right for the names of the lines


def paths(
    table: pd.DataFrame,
    colours: Mapping[str, str],
    *,
    kind: str,
    value: str,
    title: str,
    choice: str | None = None,
    options: Sequence[str] = (),
    label: str = "",
    mark: tuple[int, str] | None = None,
    level: float | None = None,
    log: bool = False,
    format: str = ",.0f",
) -> alt.LayerChart:
    """Draw one line a kind over the years, named at its end.

    Parameters
    ----------
    table
        One row a year and kind, and a part where the reader picks one; columns ``year``, `kind`,
        `value` and `choice`. A missing year is a gap.
    colours
        Colour by kind, in the order of the tooltip.
    kind, value
        Columns: what tells the lines apart, and what is drawn.
    title
        Unit of the values.
    choice
        Column of the parts, if the reader picks one.
    options
        Its values; the first is shown first, and printed.
    label
        Text beside the list.
    mark
        A year to be marked by an upright line, and what it is called.
    level
        A value to be marked by a level line.
    log
        Draw on a logarithmic scale.
    format
        d3 number format of the tooltip.
    """
    rows = layout.columns_of(table, "year", kind, choice, value).dropna(subset=[value])
    apart = [choice, kind] if choice else [kind]
    rows = parts.segments(rows, by=apart)
    rows["_label_at"] = pd.Series(float("nan"), index=rows.index, dtype=float)
    # A name stands a little away from its neighbours, within what is shown together.
    for _, shown in rows.groupby(choice) if choice else [("", rows)]:
        ends = shown[shown["year"] == shown["year"].max()]
        places = parts.spread(ends[value], gap=0.075, within=shown[value], log=log)
        rows.loc[places.index, "_label_at"] = places
    span = parts.year_span(rows)
    names = list(colours)
    # The plot ends before the column does: the names stand in the room that is left.
    x = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(
            domain=[span[0] - 0.5, span[1] + 0.5],
            nice=False,
            range=[0, layout.expr(f"width - {_END_ROOM}")],
        ),
        axis=parts.year_labels(*span, tickCount=layout.by_width(4, 8)),
    )
    base = alt.Chart(rows).encode(x=x)
    params = []
    if choice:
        picked = parts.menu("picked", options, label)
        base, params = base.transform_filter(alt.datum[choice] == picked), [picked]
    scale = alt.Scale(type="log", nice=False, padding=20) if log else alt.Scale(zero=True)
    ticks = alt.Axis(
        format=",~r", values=[m * 10.0**n for n in (-2, -1, 0, 1, 2) for m in (1, 2, 5)]
    )
    y = alt.Y(f"{value}:Q", title=None, scale=scale, axis=ticks if log else alt.Axis(format=",~r"))
    encoded = base.encode(
        y=y,
        color=alt.Color(
            f"{kind}:N",
            scale=alt.Scale(domain=names, range=list(colours.values())),
            legend=None,
        ),
    )
    line = encoded.mark_line(strokeWidth=2.4).encode(detail="_segment:N")
    text = (
        encoded.transform_filter("isValid(datum._label_at)")
        .mark_text(align="left", dx=7, fontWeight=600, limit=_END_ROOM - 8)
        .encode(text=f"{kind}:N", y=alt.Y("_label_at:Q", scale=scale))
    )
    layers = [line, *parts.dots(encoded, rows), text]
    # Drawn from the same table, or the page would have to carry a second one.
    once = base.transform_aggregate(_n="count()")
    if mark:
        at = once.transform_calculate(year=f"{mark[0]}").encode(x=x)
        told = at.mark_text(align="right", baseline="top", dx=-5, color=theme.MUTED, text=mark[1])
        layers += [
            at.mark_rule(strokeDash=[3, 3], color=theme.MUTED),
            told.encode(y=alt.value(2)),
        ]
    if level is not None:
        at = once.transform_calculate(_level=f"{level}").encode(y=alt.Y("_level:Q", scale=scale))
        right = alt.value(layout.expr(f"width - {_END_ROOM}"))
        layers.insert(0, at.encode(x=alt.value(0), x2=right).mark_rule(color=theme.MUTED))
    layers.append(parts.hover_rule(base, key=kind, value=value, names=names, format=format))
    return (
        parts.layer(*layers)
        .add_params(*params)
        .properties(width="container", height=theme.HEIGHT, title=layout.title(title))
    )


def own(
    base: Base,
    *,
    years: int,
    completion_pct: float,
    food_growth_pct: float,
    title: str,
) -> alt.LayerChart:
    """Let the reader set the assumptions and draw exports by destination at the end.

    The sums are worked out in the figure as `peru_asia.indicators.scenarios` does it; one slider
    moves the prices of copper and of the other metals together. China's part of all but copper
    stays as it is. Black marks show the starting year.

    Parameters
    ----------
    base
        Start.
    years
        Length of the span.
    completion_pct, food_growth_pct
        Where their sliders stand at first; the others stand at the values of the start.
    title
        Unit.
    """
    sliders = {
        "price": (100, 40, 200, 5, f"Metal prices, % of {base.year}"),
        "built": (round(completion_pct), 0, 100, 1, "New mines built, % of planned US$"),
        "lost": (0, 0, 600, 20, "Output lost by today's mines, 1,000 t"),
        "food": (round(food_growth_pct, 1), -2, 10, 0.1, "Food exports, % a year"),
        "china": (round(base.china_copper_pct), 20, 90, 1, "China's part of copper, %"),
        "asia": (round(base.asia_rest_pct), 10, 60, 1, "Rest of Asia's part of what is left, %"),
    }
    params = [
        parts.slider(name, at, text, low=low, high=high, step=step)
        for name, (at, low, high, step, text) in sliders.items()
    ]
    planned = base.capex_usd_m * 1e6 / base.usd_per_t
    output = f"({base.output_t} - lost * 1000 + {planned} * built / 100) / {base.output_t}"
    start = pd.DataFrame({"group": list(base.values), "value_usd_m": list(base.values.values())})
    order = [_ALL, CHINA, ASIA, WORLD]

    def divided(factor: str, copper: str, rest: str, asia: str) -> alt.Chart:
        """Return the four sums of the values times `factor`, with the parts given."""
        return (
            alt.Chart(start)
            .transform_calculate(_value=f"datum.value_usd_m * ({factor})")
            .transform_calculate(_copper=f"datum.group == '{COPPER}' ? datum._value : 0")
            .transform_aggregate(all="sum(_value)", copper="sum(_copper)")
            .transform_calculate(
                china=f"({copper} * datum.copper + {rest} * (datum.all - datum.copper)) / 100"
            )
            .transform_calculate(asia=f"{asia} * (datum.all - datum.china) / 100")
            .transform_calculate(world="datum.all - datum.china - datum.asia")
            .transform_fold(["all", "china", "asia", "world"], as_=["_key", "_sum"])
            .transform_calculate(
                _name=f"({{all: '{_ALL}', china: '{CHINA}', asia: '{ASIA}', world: '{WORLD}'}})"
                "[datum._key]",
                _text="format(datum._sum, ',.0f')",
            )
        )

    then = divided(
        f"datum.group == '{COPPER}' ? price / 100 * {output} : "
        f"datum.group == '{METALS}' ? price / 100 : "
        f"datum.group == '{FOOD}' ? pow(1 + food / 100, {years}) : 1",
        "china", f"{base.china_rest_pct}", "asia",
    )  # fmt: skip
    now = divided(
        "1", f"{base.china_copper_pct}", f"{base.china_rest_pct}", f"{base.asia_rest_pct}"
    )
    # A scale that stays: a bar that grows has really grown.
    most = 2.4 * sum(base.values.values())
    x = alt.X(
        "_sum:Q",
        title=None,
        scale=alt.Scale(domain=[0, most], nice=False),
        axis=alt.Axis(format=",~r", tickCount=layout.by_width(3, 6), grid=True, labelFlush=False),
    )
    y = alt.Y(
        "_name:N",
        sort=order,
        scale=alt.Scale(domain=order, paddingInner=0.35),
        axis=layout.names_axis(order, grid=False),
    )
    tips = [alt.Tooltip("_name:N", title="Destination"), alt.Tooltip("_text:N", title="US$ m")]
    tone = [theme.DOMAIN, theme.PARTNERS["CHN"], palette.CATEGORY[4], theme.PARTNERS["REST"]]
    bars = then.mark_bar(clip=True).encode(
        x=x, y=y, tooltip=tips,
        color=alt.Color("_name:N", scale=alt.Scale(domain=order, range=tone), legend=None),
    )  # fmt: skip
    text = then.mark_text(align="left", dx=6, fontWeight=600).encode(x=x, y=y, text="_text:N")
    ticks = now.mark_tick(color=theme.TEXT, thickness=2.5, size=34).encode(x=x, y=y, tooltip=tips)
    return (
        parts.layer(bars, ticks, text)
        .add_params(*params)
        .properties(
            width="container", height=layout.rows_height(order, step=44), title=layout.title(title)
        )
    )
