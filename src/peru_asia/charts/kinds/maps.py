"""Maps of a country: places on its outline, and departments as tiles.

Outlines are drawn as Natural Earth has them. No map implies a position on any border.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme

_TILES = 480  # height of the tiles in pixels


def places_map(
    points: pd.DataFrame,
    outlines: pd.DataFrame,
    *,
    home: str,
    name: str,
    kind: str,
    kinds: Mapping[str, str],
    size: str | None = None,
    size_title: str = "",
    label: str | None = None,
    colours: Mapping[str, str] | None = None,
    details: Mapping[str, str] | None = None,
    label_left: Sequence[str] = (),
    around: Mapping[str, tuple[float, float]] | None = None,
    sea: str = "",
) -> alt.LayerChart:
    """Draw places on the outline of a country: mines, ports, conflicts.

    The map needs no network. Outlines are drawn as Natural Earth has them and imply no position
    on any border.

    Parameters
    ----------
    points : one row a place; columns `name`, ``lat`` and ``lon`` (degrees; places without are left
        out), `kind` (which has a colour and a symbol of its own) and those named below
    outlines : one row a corner: ``area`` (ISO 3166-1 alpha-3), ``ring``, ``point``, ``longitude``,
        ``latitude``
    home : the area that stands out and fills the map
    kinds : names by code of the kind, in the order of the legend, at most seven. Places of other
        kinds are left out.
    size : column of the amount that the symbol's area stands for. Places without it are rings.
    size_title : unit of the amount
    label : column of short names to be written beside the places that have one
    label_left : labels that stand to the left of their place wherever it lies
    around : longitude and latitude of the middle of names to be written around the country
    sea : that of these names which is a sea's
    """
    rows = inputs.need(points, name, kind, size, "lat", "lon", label, *(details or {}))
    rows = inputs.filled(rows, "lat", "lon")
    rows = inputs.named(rows, kind, kinds, into="_kind")
    rows["_reach"] = 8.0
    told = {name: "Place", "_kind": "Kind"}
    if size:
        rows["_reach"] = 4 + (14 + 886 * rows[size] / (rows[size].max() or 1)).fillna(42) ** 0.5 / 2
        # Large symbols first, so that small ones stay on top of them.
        rows = rows.sort_values(size, ascending=False, na_position="first")
        told[size] = f"{size_title}|,.0f"

    corners = inputs.only(outlines, "area", [home])[["longitude", "latitude"]].astype(float)
    centre, span = (corners.max() + corners.min()) / 2, corners.max() - corners.min()
    wide, tall = 1.08 * span["longitude"], 1.11 * span["latitude"]  # degrees, with a margin
    projection = alt.Projection(
        type="mercator",
        center=centre.tolist(),
        scale=layout.expr(f"57.2958 * min(width / {wide}, height / {tall})"),
        translate=layout.expr("[width / 2, height / 2]"),
    )
    land = {"fill": palette.LAND, "stroke": theme.PAPER}
    own = {"fill": palette.HOME, "stroke": theme.DOMAIN}
    ground = [
        alt.Chart(_shapes(outlines[(outlines["area"] == home) == inside])).mark_geoshape(
            strokeWidth=0.9, clip=True, **look
        )
        for inside, look in ((False, land), (True, own))
    ]
    words = pd.DataFrame(
        [(word, *at) for word, at in (around or {}).items()], columns=["_word", "_lon", "_lat"]
    )
    # A phone shows little beyond the country's own width.
    words["_beside"] = (words["_lon"] - centre["longitude"]).abs() > wide / 2
    written = alt.Chart(words).encode(longitude="_lon:Q", latitude="_lat:Q", text="_word:N")
    named = [
        written.transform_filter(f"datum._word {test} {json.dumps(sea)}")
        .transform_filter(f"!datum._beside || !{layout.IS_PHONE}")
        .mark_text(color=theme.MUTED, fontSize=12, fontStyle=style, clip=True)
        for test, style in (("!=", "normal"), ("==", "italic"))
    ]

    base, tips = layout.told(alt.Chart(rows), told, details)
    base = base.encode(longitude="lon:Q", latitude="lat:Q")
    names = list(kinds.values())
    look, shown = parts.by_legend("_kind", names, colours, beside=0, symbolOpacity=1)
    look["opacity"] = alt.when(shown).then(alt.value(0.82)).otherwise(alt.value(0.07))
    marks = base.encode(shape=palette.shape("_kind", names), tooltip=tips, **look)
    symbol = {"filled": True, "stroke": theme.PAPER, "strokeWidth": 0.8, "clip": True}
    layers: list[Any] = [*ground, *named]
    if size:
        rings = parts.lacking(marks, size)
        layers.append(rings.mark_point(filled=False, size=42, strokeWidth=1.5, clip=True))
        top = float(rows[size].max()) if rows[size].notna().any() else 1.0
        legend = alt.Legend(
            title=size_title,
            orient="bottom-left",
            direction="vertical",
            values=_steps(top),
            format=",.0f",
            symbolFillColor="transparent",
            symbolStrokeColor=theme.MUTED,
            symbolType="circle",
            columns=1,
            titleColor=theme.MUTED,
            titleFontWeight="normal",
            titleLimit=110,
            offset=0,
        )
        area = alt.Scale(domain=[0, top], range=[14, 900])
        places = parts.having(marks, size).mark_point(**symbol)
        places = places.encode(size=alt.Size(f"{size}:Q", scale=area, legend=legend))
    else:
        places = marks.mark_point(size=70, **symbol)
    layers.append(places.add_params(shown))
    if label:
        text = parts.having(base, label).encode(text=f"{label}:N")
        moved = json.dumps(list(label_left), ensure_ascii=False)
        # Names in the east of the country stand to the left of their place.
        leftwards = (
            f"(datum.lon >= {centre['longitude'] + 1} || indexof({moved}, datum['{label}']) >= 0)"
        )
        style = {"fontSize": 12, "fontWeight": 600, "limit": 150}
        for side, test, sign in (("left", "!", ""), ("right", "", "-")):
            beside, away = text.transform_filter(test + leftwards), f"{sign}datum._reach"
            layers += parts.haloed(beside, 3, align=side, dx=layout.expr(away), **style)
    return layout.fit(*layers, height=560).properties(projection=projection)


def department_tiles(
    table: pd.DataFrame,
    departments: pd.DataFrame,
    *,
    value: str,
    title: str,
    details: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw a value of each department as a tile, all tiles of one size.

    The tiles stand roughly where the departments lie: a small department counts as much as a
    large one. They show no borders and imply no position on any.

    Parameters
    ----------
    table : one row a department; columns ``department`` (spelt as in `departments`) and `value`.
        Departments without a value are empty tiles.
    departments : one row a department: ``department``, ``tile_column`` and ``tile_row``
    """
    values = inputs.need(table, "department", value, *(details or {}))
    grid = inputs.need(departments, "department", "tile_column", "tile_row")
    inputs.among(values, "department", grid["department"])
    grid.columns = ["department", "_column", "_row"]
    tiles = grid.merge(values, on="department", how="left")
    lines = [layout.wrap(name, 12, 2) for name in tiles["department"]]
    tiles["_deep"], tiles["_lines"] = list(map(len, lines)), list(map("\n".join, lines))
    across, down = int(tiles["_column"].max()), int(tiles["_row"].max())
    fill, ink = palette.shades(value, tiles[value])

    # Tiles keep their shape: in a wide column they do not fill it.
    half = f"min(width, {round(1.45 * across * _TILES / down)}) / 2"
    edges = [layout.expr(f"width / 2 - {half}"), layout.expr(f"width / 2 + {half}")]
    told = {"department": "Department", value: f"{title[:40]}|,.0f"}
    base, tips = layout.told(alt.Chart(tiles), told, details)
    base = base.encode(**layout.tiles(across, down, range=edges), tooltip=tips)
    full, blank = parts.having(base, value), parts.lacking(base, value)
    small = {"fontSize": layout.by_width(11, 12), "lineBreak": "\n", "lineHeight": 13}
    above, beside = layout.expr("1 - 13 * datum._deep"), layout.expr("-6.5 * datum._deep")
    figure, name = full.mark_text(dy=11, baseline="middle", fontWeight=600), "_lines:N"
    return layout.fit(
        full.mark_rect(cornerRadius=4).encode(fill=fill),
        blank.mark_rect(cornerRadius=4, fill=palette.LAND, fillOpacity=0.6),
        full.mark_text(dy=above, baseline="top", **small).encode(text=name, color=ink),
        figure.encode(text=alt.Text(f"{value}:Q", format=",.0f"), color=ink),
        blank.mark_text(dy=beside, baseline="top", color=theme.MUTED, **small).encode(text=name),
        height=_TILES,
        unit=title,
    )


def _shapes(chosen: pd.DataFrame) -> alt.Data:
    """Return outlines as inline GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [ring[["longitude", "latitude"]].to_numpy(float).tolist()]
                    for _, ring in area.sort_values(["ring", "point"]).groupby("ring")
                ],
            },
        }
        for _, area in chosen.groupby("area", observed=True)
    ]
    return alt.Data(
        values={"type": "FeatureCollection", "features": features},
        format=alt.DataFormat(type="json", property="features"),
    )


def _steps(top: float) -> list[float]:
    """Return three round amounts up to `top` for a legend of sizes."""
    if top <= 0:
        return [top]
    if 1 <= top < 10:  # such as counts, of which a tenth would print as none
        return sorted({1.0, float(max(int(top / 2), 1)), float(int(top))})
    power = 10.0 ** (len(f"{int(top)}") - 1)
    largest = max(
        step * power for step in (0.1, 0.2, 0.5, 1, 2, 5) if step * power <= max(top, 0.1)
    )
    return [largest / 10, largest / 2.5 if largest >= 5 else largest / 2, largest]
