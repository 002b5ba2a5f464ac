"""Pandas frames that cells show become tables like the book's own; nothing else is printed."""

from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup

from peru_asia.book.web.table_nodes import frame, is_frame

SALES = pd.DataFrame(
    {"US$ m": [1.5, -2.0, None], "Who": ["x", "y", "z"]},
    index=pd.MultiIndex.from_tuples(
        [("p", 2000), ("p", 2001), ("q", 2000)], names=["Good", "Year"]
    ),
)


def cells(table: pd.DataFrame) -> list[list[str]]:
    made = frame(table.to_html())
    return [
        [entry.astext() for entry in row.children]
        for row in made.findall(lambda node: node.tagname == "row")
    ]


def test_levels_are_repeated_and_named_gaps_are_dashes() -> None:
    assert cells(SALES) == [
        ["Good", "Year", "US$ m", "Who"],
        ["p", "2000", "1.5", "x"],
        ["p", "2001", "−2.0", "y"],
        ["q", "2000", "–", "z"],
    ]


def test_levels_of_the_head_are_joined() -> None:
    wide = pd.DataFrame({("At least", "%"): [1], ("At least", "US$"): [2]}, index=["ours"])
    assert cells(wide) == [["Row", "At least %", "At least US$"], ["ours", "1", "2"]]


def test_row_numbers_are_left_out_and_headings_start_with_a_capital() -> None:
    found = pd.DataFrame({"lag in months": [3], "r": [0.5]}, index=[17])
    assert cells(found) == [["Lag in months", "r"], ["3", "0.5"]]
    by_year = pd.DataFrame({"r": [0.5]}, index=[2017])
    assert cells(by_year) == [["Row", "r"], ["2017", "0.5"]]


def test_numbers_are_flush_right_and_labels_are_not() -> None:
    made = frame(SALES.to_html())
    [*_, last] = made.findall(lambda node: node.tagname == "row")
    assert ["number" in entry["classes"] for entry in last] == [False, False, True, False]


def test_only_frames_are_taken() -> None:
    assert is_frame(SALES._repr_html_())
    assert not is_frame("<table><tr><td>1</td></tr></table>")


def test_no_cell_prints_a_warning_or_plain_text(book: Path) -> None:
    for page in (book / "chapters").rglob("*.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "lxml")
        printed = soup.select(".output.stderr, .output.text_plain, table.dataframe")
        assert [output.get_text() for output in printed] == [], page.name
