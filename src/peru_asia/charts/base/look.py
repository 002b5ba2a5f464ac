"""The look of every figure in names: type, sizes, colours and what they become on a dark page.

The colours are also written into the web book's style sheet, with their counterparts for a dark
page (see `DARK`): a figure follows the reader's light or dark mode because the style sheet
re-colours the drawing, without a script and without drawing it again.
"""

FONT = "Book Sans, sans-serif"  # the type of all text in a figure

# Widths that a figure is drawn for, in CSS pixels: the column of a desktop, and a phone.
WIDE = 720
NARROW = 360
HEIGHT = 340  # of a figure that needs no other height

TEXT = "#27313b"  # titles and names
MUTED = "#5b6772"  # text and lines that stand back
GRID = "#e3e7ea"  # lines behind the data
DOMAIN = "#9aa5ae"  # axes, and items that do not stand out
PAPER = "#ffffff"  # the page

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

POSITIVE = "#1f7a74"  # above zero
NEGATIVE = "#d9792b"  # below zero

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
