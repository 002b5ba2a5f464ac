"""The colours, measured: contrast, colour-vision deficiencies and greyscale."""

from itertools import combinations

import altair as alt
import numpy as np
import pytest

from peru_asia.book.cells import drawing
from peru_asia.charts import palette, theme

TOGETHER = ["CHN", "JPN", "KOR", "USA", "TWN"]  # drawn in one figure
GREY = ["CHN", "JPN", "KOR", "TWN"]
DARK_PAPER = "#121212"

# Machado, Oliveira and Fernandes (2009), severity 1.0, applied to linear RGB.
VISION = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# Linear sRGB to CIE XYZ, white point D65 (IEC 61966-2-1).
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = TO_XYZ.sum(axis=1)


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    scaled = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    x, y, z = np.where(scaled > 216 / 24389, np.cbrt(scaled), (24389 / 27 * scaled + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    dark, light = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def colours(codes: list[str], mode: str) -> dict[str, str]:
    light = {code: theme.PARTNERS[code] for code in codes}
    return light if mode == "light" else {code: theme.DARK[c] for code, c in light.items()}


def test_the_measures_agree_with_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    # Pure sRGB red is Lab 53.24, 80.09, 67.20.
    assert lab(linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    # Red and green that differ in full vision come close for a deuteranope.
    red, green = linear("#a05020"), linear("#607020")
    seen = VISION["deuteranopia"]
    assert np.linalg.norm(lab(red) - lab(green)) > 30
    assert np.linalg.norm(lab(seen @ red) - lab(seen @ green)) < 15


@pytest.mark.parametrize(
    "colour",
    [
        *theme.PARTNERS.values(),
        theme.POSITIVE,
        theme.NEGATIVE,
        theme.TEXT,
        theme.MUTED,
        theme.GRID,
        theme.DOMAIN,
        theme.PAPER,
    ],
)
def test_every_colour_has_a_counterpart_on_a_dark_page(colour: str) -> None:
    assert colour in theme.DARK


def test_no_two_colours_become_the_same_on_a_dark_page() -> None:
    assert len(set(theme.DARK.values())) == len(theme.DARK)


def test_colours_are_written_as_the_drawing_writes_them() -> None:
    # The style sheet finds a colour in a drawing by its exact text.
    for colour in [*theme.DARK, *theme.DARK.values()]:
        assert colour == colour.lower()
        assert len(colour) == 7


def test_the_dark_paper_is_the_dark_page() -> None:
    assert theme.DARK[theme.PAPER] == DARK_PAPER


@pytest.mark.parametrize("ink", [theme.TEXT, theme.MUTED])
def test_text_can_be_read_on_light_and_dark_paper(ink: str) -> None:
    assert contrast(ink, theme.PAPER) >= 4.5
    assert contrast(theme.DARK[ink], DARK_PAPER) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("vision", VISION)
def test_partners_stay_apart_in_every_kind_of_colour_vision(vision: str, mode: str) -> None:
    seen = {code: lab(VISION[vision] @ linear(c)) for code, c in colours(TOGETHER, mode).items()}
    distance = {
        (a, b): round(float(np.linalg.norm(seen[a] - seen[b])), 1)
        for a, b in combinations(TOGETHER, 2)
    }
    assert {pair: apart for pair, apart in distance.items() if apart < 15} == {}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_asian_partners_stay_apart_in_greyscale(mode: str) -> None:
    lightness = {code: float(lab(linear(c))[0]) for code, c in colours(GREY, mode).items()}
    apart = {(a, b): round(abs(lightness[a] - lightness[b]), 1) for a, b in combinations(GREY, 2)}
    assert {pair: by for pair, by in apart.items() if by < 5} == {}


def test_a_partner_has_its_colour_and_the_unknown_share_one() -> None:
    assert palette.partner_colours({"JPN": "Japan", "PER": "Peru", "GBR": "Britain"}) == {
        "Japan": theme.PARTNERS["JPN"], "Peru": theme.UNNAMED, "Britain": theme.UNNAMED,
    }  # fmt: skip


def test_a_figure_takes_the_theme_and_other_charts_do_not() -> None:
    chart = alt.Chart(alt.Data(values=[{"a": 1}])).mark_point().encode(x="a:Q")
    assert drawing.to_spec(chart)["config"]["font"] == theme.FONT
    assert "font" not in chart.to_dict()["config"]
