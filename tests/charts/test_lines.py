"""Named lines by year, with bands, a choice, two bases and marks, really drawn."""

import re

import altair as alt
import pandas as pd
import pytest

from peru_asia.charts import lines, palette, theme
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
    bands = {"low": "low", "high": "high", "format": "+.2f", "zero": False}
    colours = palette.partner_colours(NAMES)
    return lines.lines_by_year(
        table, NAMES, by="partner", value="point", title="position", colours=colours, **bands | more
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


@pytest.mark.parametrize(
    "table",
    [
        POSITIONS,
        POSITIONS.groupby("partner").head(1),
        POSITIONS.assign(high=POSITIONS["high"].mask(POSITIONS["year"] == 2000)),
    ],
    ids=["normal", "single", "missing"],
)
def test_every_input_is_drawn_within_its_column(table: pd.DataFrame) -> None:
    check_drawn(chart, table)


def test_an_axis_of_signed_values_has_signs() -> None:
    def signed(drawn: str) -> list[str]:
        return re.findall(r">(\+[\d.]+)</text>", drawn)

    assert signed(svg())
    assert not signed(svg(format=".2f"))


def views() -> pd.DataFrame:
    return pd.DataFrame(
        [
            (year, kind, basis, base, 10.0 * rank + (year - 2003) * int(base) / 1000)
            for year in (2003, 2004, 2006)
            for rank, kind in enumerate(("Metals", "Food"), 1)
            for basis in ("constant", "current")
            for base in ("2003", "2006")
        ],
        columns=["year", "group", "basis", "base", "share_pct"],
    )


def twice(table: pd.DataFrame, options: tuple[str, ...] = ("2006", "2003")) -> alt.LayerChart:
    return lines.lines_by_year(
        table, ["Metals", "Food"], by="group", value="share_pct", dashed="basis", ends=False,
        choice="base", options=options, label="Prices of", title="%",
    )  # fmt: skip


def paths(chart: alt.LayerChart) -> list[str]:
    group = re.findall(r"mark-line role-mark.*?</g>", svg_of(chart), re.DOTALL)
    return sorted(re.findall(r' d="(M[^"]*L[^"]*)"', "".join(group)))


def test_the_first_option_is_drawn_and_the_other_is_another_picture() -> None:
    """Two kinds on two bases make four lines, of the rows of one option alone."""
    first = paths(twice(views()))
    only = paths(twice(views().query("base == '2006'"), ("2006",)))
    other = paths(twice(views(), ("2003", "2006")))
    assert len(first) == 4
    assert first == only
    assert first != other


def test_the_second_basis_is_dashed_in_the_colour_of_the_first() -> None:
    line = twice(views()).to_dict()["layer"][0]["encoding"]
    tones, dashes = (line[channel]["scale"]["range"] for channel in ("color", "strokeDash"))
    assert tones == [palette.CATEGORY[0]] * 2 + [palette.CATEGORY[1]] * 2
    assert dashes == [[1, 0], [4, 3]] * 2
    check_served(twice(views()))


COLOURS = {"Past": theme.TEXT, "High": palette.CATEGORY[1], "Low": palette.CATEGORY[0]}


def ahead(part: str = "A") -> pd.DataFrame:
    past = [(year, "Past", 5.0 + year - 2020) for year in (2020, 2021, 2022)]
    rows = [
        (year, kind, 7.0 + step * (year - 2022))
        for kind, step in (("High", 2), ("Low", -1))
        for year in (2022, 2023, 2024)
    ]
    return pd.DataFrame([*past, *rows], columns=["year", "kind", "value"]).assign(part=part)


def futures(table: pd.DataFrame, **more: object) -> alt.LayerChart:
    return lines.lines_by_year(
        table, list(COLOURS), by="kind", value="value", title="US$ m", colours=COLOURS,
        mark=(2022, "on record"), level=1.0, **more,
    )  # fmt: skip


CHANGES = {
    "normal": lambda table: table,
    "single": lambda table: table.groupby("kind").head(1),
    "gap": lambda table: table[table["year"] != 2021],
    "missing": lambda table: table.assign(value=table["value"].mask(table.index == 1)),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("log", [False, True])
def test_marks_and_levels_are_drawn_within_their_column(change: str, log: bool) -> None:
    check_drawn(lambda table: futures(table, log=log), CHANGES[change](ahead()))


def named_at_end(chart: alt.LayerChart) -> set[object]:
    rows = max(chart.to_dict()["datasets"].values(), key=len)
    return {row["name"] for row in rows if row["_label_at"] is not None}


def test_a_line_that_ends_at_the_mark_has_no_name_there() -> None:
    assert named_at_end(futures(ahead())) == {"High", "Low"}
    svg = svg_of(futures(ahead()))
    assert "on record" in svg
    assert [svg.count(f">{name}<") for name in COLOURS] == [1, 2, 2]  # in the legend, at the end


def test_the_first_part_is_drawn_alone() -> None:
    two = pd.concat([ahead("A"), ahead("B").assign(value=lambda t: t["value"] * 3)])
    first = paths(futures(two, choice="part", options=["A", "B"], label="Part"))
    assert first == paths(futures(ahead("A")))
    assert first != paths(futures(two, choice="part", options=["B", "A"], label="Part"))
