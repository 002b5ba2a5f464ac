"""Colours beyond those of the partners: categories, a ramp for amounts, and land on maps.

All of them were chosen to stay apart for readers with the three common colour-vision deficiencies
and in greyscale, on a light and on a dark page; a test measures it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from peru_asia.charts.base import theme

# Seven kinds of thing; more than seven colours cannot be told apart.
CATEGORY = ("#202986", "#e57337", "#38887d", "#8a4392", "#0097df", "#ac5400", "#4f5253")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "stroke")

# From little to much. Dark text reads on the first three steps, light text on the last three;
# on a dark page the other way round.
SEQUENTIAL = ("#e6f0f7", "#c3dbec", "#97c0df", "#3b7ab0", "#24598c", "#123763")

LAND = "#f0f2f4"  # land on a map
HOME = "#dce2e6"  # the country that a map is of

# What a colour becomes on a dark page.
DARK = {
    **dict(
        zip(
            CATEGORY,
            ("#7e8bf7", "#eb9173", "#7cfaec", "#b794be", "#93caf7", "#be7c05", "#8a8d8f"),
            strict=True,
        )
    ),
    **dict(
        zip(
            SEQUENTIAL,
            ("#1b2a37", "#23405a", "#2b587b", "#6aa3d0", "#98c4e6", "#cfe6f7"),
            strict=True,
        )
    ),
    LAND: "#1d2328",
    HOME: "#323a42",
}


def category_scale(names: Sequence[str], colours: Mapping[str, str] | None = None) -> alt.Scale:
    """Return the colour scale of categories in the order of the legend.

    Some `colours` may be fixed, by name; of the others those after the seventh share one grey.
    """
    fixed = colours or {}
    free = iter(CATEGORY)
    return alt.Scale(
        domain=list(names), range=[fixed.get(name) or next(free, theme.MUTED) for name in names]
    )


def category(
    field: str,
    names: Sequence[str],
    colours: Mapping[str, str] | None = None,
    *,
    others: str = "",
    legend: alt.Legend | None = None,
) -> alt.Color:
    """Return the colour encoding of categories, of which those without a colour may share one.

    See `category_scale`.
    """
    if others:
        colours = dict.fromkeys(names, others) | dict(colours or {})
    scale = category_scale(names, colours)
    return alt.Color(f"{field}:N", sort=list(names), scale=scale, legend=legend)


def partner_colours(names: Mapping[str, str]) -> dict[str, str]:
    """Return colours by name of partners, given names by code; the unknown share one."""
    return {name: theme.PARTNERS.get(code, theme.UNNAMED) for code, name in names.items()}


def shape(field: str, names: Sequence[str], **more: Any) -> alt.Shape:
    """Return the encoding of symbols that tells the same categories apart without colour."""
    symbols = [SHAPES[index % len(SHAPES)] for index, _ in enumerate(names)]
    scale = alt.Scale(domain=list(names), range=symbols)
    return alt.Shape(f"{field}:N", sort=list(names), scale=scale, **more)


def inks() -> list[str]:
    """Return the colours of text on the steps of the ramp."""
    half = len(SEQUENTIAL) // 2
    return [theme.TEXT] * half + [theme.PAPER] * half


def shades(value: str, values: pd.Series) -> tuple[alt.Fill, alt.Color]:
    """Return the fill of cells by their value, and the colour of text on them."""
    low, high = (0.0, 1.0) if values.isna().all() else (float(values.min()), float(values.max()))
    if not low < high:
        low, high = low - 0.5, high + 0.5
    fill, ink = (
        alt.Scale(type="quantize", domain=[low, high], range=list(tones), nice=False)
        for tones in (SEQUENTIAL, inks())
    )
    return (
        alt.Fill(f"{value}:Q", scale=fill, legend=None),
        alt.Color(f"{value}:Q", scale=ink, legend=None),
    )
