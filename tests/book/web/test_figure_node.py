"""The files that a reader takes away from a figure."""

import io
import json

import pandas as pd
import pytest

from peru_asia.book.cells import drawing
from peru_asia.book.web.figure_node import downloads

SVG = '<svg width="100" height="50" viewBox="0 0 100 50"></svg>'
CREDIT = ["Source: Customs, 2001.", "Data: exports (edition 2001). Terms: Free.", "Figure: A."]
ROWS = [{"name": "=1+1", "code": "Peru, Lima", "value": -1.5, "there": True},
        {"name": "-5", "code": None, "value": None, "there": False}]  # fmt: skip


@pytest.fixture
def files() -> dict[str, str]:
    spec = drawing.to_spec(
        {"data": {"values": ROWS}, "mark": "bar",
         "encoding": {"x": {"field": "value", "type": "quantitative"}}}
    )  # fmt: skip
    return downloads({"spec": spec, "alt": "Bars.", "credit": CREDIT}, SVG, "fig-one")


def test_a_table_opens_everywhere(files: dict[str, str]) -> None:
    found = pd.read_csv(io.StringIO(files["csv"]))
    assert list(found.columns) == list(ROWS[0])
    assert found["value"].tolist()[0] == -1.5
    assert found["value"].isna().tolist() == [False, True]
    assert found["code"][0] == "Peru, Lima"


def test_a_text_is_no_formula_to_a_spreadsheet(files: dict[str, str]) -> None:
    assert pd.read_csv(io.StringIO(files["csv"]))["name"].tolist() == ["'=1+1", "'-5"]


def test_what_the_table_is_stands_beside_it(files: dict[str, str]) -> None:
    about = json.loads(files["csv-metadata.json"])
    assert about["url"] == "fig-one.csv"
    assert (about["dc:source"], about["dc:rights"]) == ("Customs, 2001.", CREDIT[1:])
    kinds = {each["titles"]: each["datatype"] for each in about["tableSchema"]["columns"]}
    assert kinds == {"name": "string", "code": "string", "value": "number", "there": "boolean"}
