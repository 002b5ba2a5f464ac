"""One look for every figure: type, lines, colours.

The colours are also written into the web book's style sheet, with their counterparts for a dark
page (see `DARK`): a figure follows the reader's light or dark mode because the style sheet
re-colours the drawing, without a script and without drawing it again.
"""

import altair as alt

FONT = "Book Sans, sans-serif"

# Widths that a figure is drawn for, in CSS pixels: the column of a desktop, and a phone.
WIDE = 720
NARROW = 360
HEIGHT = 340

TEXT = "#27313b"
MUTED = "#5b6772"
GRID = "#e3e7ea"
DOMAIN = "#9aa5ae"
PAPER = "#ffffff"

# One colour a partner in every chapter. Chosen to stay apart for readers with the three common
# colour-vision deficiencies, and from light to dark in greyscale; a test measures it.
PARTNERS = {
    "CHN": "#c8102e",
    "JPN": "#1b3a6b",
    "KOR": "#3a8fc4",
    "USA": "#7a7f87",
    "TWN": "#e0a100",
    "IND": "#8a5a00",
    "WLD": "#a3aab1",
    "REST": "#c9ced3",
}

UNNAMED = "#6b4c9a"  # a partner that has no colour of its own

POSITIVE = "#1f7a74"
NEGATIVE = "#d9792b"

# What a colour becomes on a dark page.
DARK = {
    TEXT: "#e6eaee",
    MUTED: "#a9b4be",
    GRID: "#343c44",
    DOMAIN: "#6b7680",
    PAPER: "#121212",
    PARTNERS["CHN"]: "#ff6b75",
    PARTNERS["JPN"]: "#8fb4f2",
    PARTNERS["KOR"]: "#2f86c0",
    PARTNERS["USA"]: "#b9bec5",
    PARTNERS["TWN"]: "#f2bd3a",
    PARTNERS["IND"]: "#c99a4b",
    PARTNERS["WLD"]: "#8b939b",
    PARTNERS["REST"]: "#525a62",
    UNNAMED: "#b79be0",
    POSITIVE: "#4dbdb4",
    NEGATIVE: "#f0a35e",
}


def partner_scale(codes: list[str], names: list[str]) -> alt.Scale:
    """Return the colour scale that maps partners' names to their colours.

    Parameters
    ----------
    codes
        Partner codes; those that are not in `PARTNERS` share one colour.
    names
        Their names as the chart shows them, in the same order.
    """
    return alt.Scale(domain=names, range=[PARTNERS.get(code, UNNAMED) for code in codes])


@alt.theme.register("peru_asia", enable=True)
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
            "axisY": {
                "domain": False,
                "ticks": False,
                "title": None,
            },
            "legend": {
                "orient": "top",
                "direction": "horizontal",
                "title": None,
                "labelColor": TEXT,
                "labelFontSize": 13,
                "symbolType": "circle",
                "symbolSize": 90,
                "columnPadding": 14,
                "labelLimit": {"expr": "width < 420 ? 60 : 160"},
                "columns": {"expr": "width < 420 ? 3 : 8"},
            },
            "header": {"labelColor": TEXT, "labelFontSize": 13, "titleColor": MUTED},
            "text": {"color": TEXT, "fontSize": 13},
            "line": {"strokeWidth": 2.2},
            "rule": {"color": DOMAIN},
            "bar": {"color": PARTNERS["JPN"]},
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
