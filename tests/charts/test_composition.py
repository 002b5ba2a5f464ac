"""Stacked shares, lines by choice and the reader's pick, evaluated and really drawn."""

import re

import altair as alt
import pandas as pd
import pytest

from peru_asia.charts import comparison, composition
from tests.charts.pictures import check_drawn, check_served, svg_of

LONG = "A kind of goods with a name that is far too long for the legend of any chart"
KINDS = ["Metals", "Food", "Cloth"]


def shares() -> pd.DataFrame:
    return pd.DataFrame(
        [
            (year, kind, value)
            for year in (2003, 2004, 2006)
            for kind, value in zip(KINDS, (60.0, 30.0, 10.0), strict=True)
        ],
        columns=["year", "group", "share_pct"],
    )


def views() -> pd.DataFrame:
    return pd.DataFrame(
        [
            (year, kind, basis, base, 10.0 * rank + (year - 2003) * int(base) / 1000)
            for year in (2003, 2004, 2006)
            for rank, kind in enumerate(KINDS[:2], 1)
            for basis in ("constant", "current")
            for base in ("2003", "2006")
        ],
        columns=["year", "group", "basis", "base", "share_pct"],
    )


def stacked(table: pd.DataFrame) -> alt.LayerChart:
    return composition.stacked_shares(
        table, list(dict.fromkeys(table["group"])) or KINDS, kind="group", title="%",
        break_at=2004, sources=("Old", "New"),
    )  # fmt: skip


def chosen(table: pd.DataFrame) -> alt.LayerChart:
    return composition.lines_by_choice(
        table, kind="group", basis="basis", choice="base", options=["2006", "2003"],
        label="Prices of", title="%",
    )  # fmt: skip


CHARTS = {"stacked": (shares, stacked), "chosen": (views, chosen)}
CHANGES = {
    "normal": lambda table: table,
    "empty": lambda table: table[:0],
    "single": lambda table: table[:1],
    "missing": lambda table: table.assign(share_pct=table["share_pct"].mask(table.index == 1)),
    "long": lambda table: table.replace({"group": {"Metals": LONG}}),
}


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("change", CHANGES)
def test_every_input_is_drawn_within_its_column(chart: str, change: str) -> None:
    make, draw = CHARTS[chart]
    check_drawn(draw, CHANGES[change](make()))


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_serves_page_download_and_dark_mode(chart: str) -> None:
    make, draw = CHARTS[chart]
    assert set(check_served(draw(make()))[0]) >= {"year", "group", "share_pct"}


def bars(svg: str) -> int:
    group = re.search(r"mark-rect role-mark[^>]*>(.*?)</g>", svg, re.DOTALL)[1]
    return group.count("<path")


def test_a_year_without_data_has_no_bar_and_every_other_part_one() -> None:
    assert bars(svg_of(stacked(shares()))) == 9


def test_a_picked_whole_is_drawn_alone() -> None:
    two = pd.concat([shares().assign(of="one"), shares().assign(of="other")])
    chart = composition.stacked_shares(two, KINDS, kind="group", title="%", choice="of")
    assert bars(svg_of(composition.pick(chart, "of", ["one", "other"], label="Whole"))) == 9
    assert bars(svg_of(chart)) == 18


def test_the_break_is_named_only_inside_the_data() -> None:
    assert "Old" in svg_of(stacked(shares()))
    assert "Old" not in svg_of(stacked(shares().query("year > 2003")))


def paths(chart: alt.LayerChart) -> list[str]:
    group = re.findall(r"mark-line role-mark.*?</g>", svg_of(chart), re.DOTALL)
    return sorted(re.findall(r' d="(M[^"]*L[^"]*)"', "".join(group)))


def test_the_first_option_is_drawn_and_the_other_is_another_picture() -> None:
    """Two kinds on two bases make four lines, of the rows of one option alone."""
    first = paths(chosen(views()))
    only = paths(chosen(views().query("base == '2006'")))
    other = paths(chosen(views().query("base == '2003'").assign(base="2006")))
    assert len(first) == 4
    assert first == only
    assert first != other


def test_the_reader_is_offered_every_option_and_starts_with_the_first() -> None:
    table = pd.DataFrame(
        {"row": ["a", "a"], "column": ["x", "x"], "value": [1.0, 9.0], "who": ["Japan", "China"]}
    )
    chart = comparison.heat_matrix(
        table, row="row", column="column", value="value", title="", details={"who": "Who"}
    )
    chart = composition.pick(chart, "who", ["China", "Japan"], label="Partner")
    (picked,) = (param for param in chart.to_dict()["params"] if param["name"] == "picked_who")
    assert picked["value"] == "China"
    assert picked["bind"]["options"] == ["China", "Japan"]
    svg = svg_of(chart)
    assert ">9<" in svg
    assert ">1<" not in svg
