"""Lines in bands: each in its partner's colour, no line or band across a gap."""

import re

import pandas as pd
import pytest

from peru_asia.charts import bands, theme
from tests.charts.pictures import check_drawn, check_served, svg_of

NAMES = {"CHN": "China", "PER": "Peru"}
POSITIONS = pd.DataFrame(
    [
        (code, year, base, base - 0.3, base + 0.3)
        for code, base in (("CHN", -1.0), ("PER", 0.0), ("IND", 9.0))
        for year in (1999, 2000, 2002, 2003)
    ],
    columns=["partner", "year", "point", "low", "high"],
)


def chart(table: pd.DataFrame = POSITIONS, **more: object):
    return bands.lines(
        table, NAMES, value="point", low="low", high="high", title="position", **more
    )


def svg(table: pd.DataFrame = POSITIONS, **more: object) -> str:
    return svg_of(chart(table, **more))


def marks(kind: str, drawn: str) -> list[str]:
    groups = re.findall(rf"mark-{kind} role-mark[^>]*>.*?</g>", drawn, re.DOTALL)
    return [path for group in groups for path in re.findall(r"<path[^>]*>", group)]


def test_a_gap_parts_band_and_line() -> None:
    assert len(marks("area", svg())) == 4  # two countries, before and after the gap
    assert len(marks("line", svg())) == 4


def test_each_series_has_the_colour_of_its_partner() -> None:
    used = {re.search(r'stroke="(#\w+)"', path)[1] for path in marks("line", svg())}
    assert used == {theme.PARTNERS["CHN"], theme.UNNAMED}
    check_served(chart())


def test_only_the_named_are_drawn_and_labelled_at_their_end() -> None:
    rows = max(chart().to_dict()["datasets"].values(), key=len)
    assert {row["name"] for row in rows} == {"China", "Peru"}
    assert {row["year"] for row in rows if row["_label_at"] is not None} == {2003}


def test_a_later_start_leaves_the_years_before_out() -> None:
    rows = max(chart(since=2002).to_dict()["datasets"].values(), key=len)
    assert {row["year"] for row in rows} == {2002, 2003}


@pytest.mark.parametrize(
    "table",
    [
        POSITIONS,
        POSITIONS[:0],
        POSITIONS[:1],
        POSITIONS.assign(high=POSITIONS["high"].mask(POSITIONS["year"] == 2000)),
    ],
    ids=["normal", "empty", "single", "missing"],
)
def test_every_input_is_drawn_within_its_column(table: pd.DataFrame) -> None:
    check_drawn(chart, table)
