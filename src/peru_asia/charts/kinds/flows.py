"""Flows: how a total is shared out at several stages."""

from collections.abc import Mapping
from itertools import pairwise

import altair as alt
import numpy as np
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme
from peru_asia.errors import BookError

_GAP = 0.022  # between two parts of a stage, of the height
_BAR, _HEAD = 14, 26  # pixels: width of a stage, and room for its heading


def alluvial(
    table: pd.DataFrame,
    stages: Mapping[str, str],
    *,
    value: str,
    title: str,
    format: str = ",.0f",
    colours: Mapping[str, str] | None = None,
    height: int = 400,
) -> alt.LayerChart:
    """Draw how a total is shared out at two or three stages, with bands between the stages.

    Parameters
    ----------
    table : one row a combination of the stages; columns `stages` and `value`. Rows without a
        positive value are left out.
    stages : titles of the stages by column, from left to right
    colours : colours by name of the parts of the first stage; the bands keep them

    Raises
    ------
    BookError : if there are fewer than two or more than three stages
    """
    keys = list(stages)
    if len(keys) not in (2, 3):
        raise BookError(f"a flow has two or three stages, not {len(keys)}")
    rows = inputs.need(table, *keys, value)
    rows = rows.assign(**{value: rows[value].where(rows[value] > 0)})
    rows = inputs.filled(rows, *keys, value)
    orders = [rows.groupby(key)[value].sum().sort_values(ascending=False) for key in keys]
    scale = (1 - _GAP * (max(map(len, orders)) - 1)) / float(rows[value].sum())
    blocks = [
        _block(index, title, order, scale, value)
        for index, (title, order) in enumerate(zip(stages.values(), orders, strict=True))
    ]
    first = list(orders[0].index)
    tones = [*palette.category_scale(first, colours).range, theme.DOMAIN]
    colour = alt.Color("_colour:N", scale=alt.Scale(domain=[*first, ""], range=tones), legend=None)

    between = len(keys) - 1
    spot = f"datum._stage * (width - {_BAR}) / {between}"
    lies = f"{_HEAD} + datum.{{}} * (height - {_HEAD + 6})"
    top, bottom = lies.format("_top"), lies.format("_bottom")
    ease = "(datum._t * datum._t * (3 - 2 * datum._t))"
    amount = {value: f"{title[:40]}|{format}", "share_pct": "%|.1f"}
    x, y = (layout.pixels()[side] for side in ("x", "y"))
    links = _links(rows, dict(zip(keys, blocks, strict=True)), scale, value)
    told, tips = layout.told(alt.Chart(links), {"from": "From", "to": "To", **amount})
    bands = (
        told.transform_calculate(_steps="sequence(0, 1.001, 0.0625)")
        .transform_flatten(["_steps"], as_=["_t"])
        .transform_calculate(
            _x=f"{spot} + {_BAR} + datum._t * ((width - {_BAR}) / {between} - {_BAR})",
            _upper=f"datum._from_top + ({ease}) * (datum._to_top - datum._from_top)",
            _lower=f"datum._from_bottom + ({ease}) * (datum._to_bottom - datum._from_bottom)",
        )
        .transform_calculate(_y=lies.format("_upper"), _y2=lies.format("_lower"))
        .mark_area(opacity=0.34)
        .encode(x=x, y=y, y2="_y2:Q", detail=["_link:N"], color=colour, tooltip=tips)
    )
    base, tips = layout.told(
        alt.Chart(pd.concat(blocks)), {"stage": "Stage", "name": "Part", **amount}
    )
    base = base.transform_calculate(
        _x=spot,
        _x2=f"{spot} + {_BAR}",
        _y=top,
        _y2=bottom,
        _middle=f"({top} + {bottom}) / 2",
        _text=f"datum.name + '  ' + format(datum['{value}'], '{format}')",
    ).encode(x=x, tooltip=tips)
    block = base.mark_rect().encode(x2="_x2:Q", y=y, y2="_y2:Q", color=colour)
    space = f"width / {between}"
    # Two labels share the space before the last stage.
    limit = (
        f"datum._stage == 0 && {len(keys)} == 3 ? {space} - {_BAR + 14} "
        f": ({space} - {_BAR}) / 2 - 10"
    )
    style = {"limit": layout.expr(limit), "fontSize": layout.by_width(11, 13)}
    text = []
    for test, align, shift in (("<", "left", _BAR + 6), ("==", "right", -6)):
        # What is too small for its label is left to the tooltip.
        written = base.transform_filter(
            f"datum._stage {test} {between} && datum._y2 - datum._y > 11"
        ).encode(y=layout.pixels(y="_middle")["y"], text="_text:N")
        look = {"align": align, "dx": shift, "baseline": "middle", **style}
        text += parts.haloed(written, 3, strokeOpacity=0.75, **look)
    heads = alt.Chart(pd.DataFrame({"_stage": range(len(keys)), "_head": list(stages.values())}))
    limit = layout.expr(f"width / {len(keys)} - 8")
    heading = [
        heads.transform_filter(f"datum._stage {test}")
        .transform_calculate(_x=f"{spot} + {shift}")
        .mark_text(align=align, fontWeight=600, baseline="top", limit=limit)
        .encode(x=x, y=alt.value(2), text="_head:N")
        for test, align, shift in [
            ("== 0", "left", 0),
            (f"> 0 && datum._stage < {between}", "center", _BAR / 2),
            (f"== {between}", "right", _BAR),
        ]
    ]
    return layout.fit(bands, block, *text, *heading, height=height, unit=title)


def _block(stage: int, title: str, order: pd.Series, scale: float, value: str) -> pd.DataFrame:
    """Return one row a part of a stage, the largest on top, with where it begins and ends."""
    amounts = order.to_numpy()
    thick = scale * amounts
    bottom = thick.cumsum() + _GAP * np.arange(len(order))
    bottom += (1 - bottom[-1]) / 2
    return pd.DataFrame(
        {
            "stage": title,
            "name": order.index,
            "share_pct": 100 * amounts / amounts.sum(),
            value: amounts,
            "_stage": stage,
            "_top": bottom - thick,
            "_bottom": bottom,
            "_colour": "" if stage else order.index,
        }
    )


def _links(
    rows: pd.DataFrame, blocks: Mapping[str, pd.DataFrame], scale: float, value: str
) -> pd.DataFrame:
    """Return one row a band, with where it leaves its part and where it arrives."""
    keys = list(blocks)
    tops = {key: block.set_index("name")["_top"] for key, block in blocks.items()}
    out = []
    for index, (key, onward) in enumerate(pairwise(keys)):
        # A band keeps the colour of the first stage, so it is told apart by it.
        by = list(dict.fromkeys([keys[0], key, onward]))
        flows = rows.groupby(by, as_index=False)[value].sum()
        thick = scale * flows[value]
        for side, column in (("from", key), ("to", onward)):
            # Bands leave and arrive in the order of what they are joined with.
            order = flows.sort_values(
                list(dict.fromkeys([column, *by])), key=lambda names: names.map(tops[names.name])
            ).index
            within = thick[order].groupby(flows[column]).cumsum() - thick
            top = flows[column].map(tops[column]) + within
            ends = {f"_{side}_top": top, f"_{side}_bottom": top + thick}
            flows = flows.assign(**{side: flows[column], **ends})
        link = f"{index}-" + flows.index.astype(str)
        out.append(flows.assign(_stage=index, _colour=flows[keys[0]], _link=link).drop(columns=by))
    links = pd.concat(out, ignore_index=True)
    links["share_pct"] = 100 * links[value] / rows[value].sum()
    first = ["from", "to", value, "share_pct"]
    return links[[*first, *links.columns.difference(first)]]
