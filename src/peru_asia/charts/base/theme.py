"""One look for every figure: the book's Vega-Lite configuration, from the names of `look`."""

from typing import Any

import altair as alt
from altair.utils import schemapi

from peru_asia.charts.base.look import (  # noqa: F401 (the theme offers them all)
    DARK,
    DOMAIN,
    FONT,
    GRID,
    HEIGHT,
    MUTED,
    NARROW,
    NEGATIVE,
    PAPER,
    PARTNERS,
    POSITIVE,
    TEXT,
    UNNAMED,
    WIDE,
)

# Altair would check every part of a chart when it is made, and then the whole, which is all that a
# figure needs; if the whole is wrong, `peru_asia.book.figure` looks for the part.
schemapi.disable_debug_mode()

NAME = "peru_asia"  # what Altair calls the theme


def _signal(text: str) -> Any:
    """Return a Vega expression where Altair's type of a theme knows numbers only."""
    return {"expr": text}


@alt.theme.register(NAME, enable=False)  # which would change charts that are no figures
def theme() -> alt.theme.ThemeConfig:
    """Return the book's Vega-Lite configuration."""
    return alt.theme.ThemeConfig(
        config={
            # Axes and legend are part of the given size, so a figure never overflows its column.
            "autosize": {"type": "fit", "contains": "padding"},
            # One description of the whole figure and its table of data serve readers better than
            # a label on each mark.
            "aria": False,
            "background": "transparent",
            "font": FONT,
            "padding": {"left": 4, "top": 4, "right": 14, "bottom": 2},
            "view": {"stroke": None, "continuousHeight": HEIGHT, "continuousWidth": WIDE},
            "axis": {
                "labelColor": MUTED,
                "labelFontSize": 13,
                "titleColor": MUTED,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
                "gridColor": GRID,
                "domainColor": DOMAIN,
                "tickColor": DOMAIN,
                "labelOverlap": True,
            },
            "axisX": {"grid": False, "titlePadding": 8},
            "axisY": {"domain": False, "ticks": False, "title": None},
            "legend": {
                "orient": "top",
                "direction": "horizontal",
                "title": None,
                "labelColor": TEXT,
                "labelFontSize": 13,
                "symbolType": "circle",
                "symbolSize": 90,
                "columnPadding": 14,
                "labelLimit": _signal("width < 420 ? 60 : 160"),
                "columns": _signal("width < 420 ? 3 : 8"),
            },
            "header": {"labelColor": TEXT, "labelFontSize": 13, "titleColor": MUTED},
            "text": {"color": TEXT, "fontSize": 13},
            "line": {"strokeWidth": 2.2},
            "rule": {"color": DOMAIN},
            # A colour out of a dictionary is for the checker no literal.
            "bar": {"color": PARTNERS["JPN"]},  # ty: ignore[invalid-argument-type]
            # The title of a view is the unit of its value axis: upright, above the plot.
            "title": {
                "color": MUTED,
                "anchor": "start",
                "frame": "group",
                "fontSize": 13,
                "fontWeight": "normal",
                "offset": 8,
            },
        }
    )
