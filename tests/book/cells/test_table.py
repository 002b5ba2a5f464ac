import json
import math

import pandas as pd
import pytest

from peru_asia import data
from peru_asia.book import PrintedTable, num, pct, table
from peru_asia.book.cells.forms import MINUS
from peru_asia.book.cells.mimes import TABLE
from peru_asia.book.cells.table import MISSING
from peru_asia.errors import BookError

FRAME = pd.DataFrame(
    {"partner": ["China", "Japan"], "share": [33.33, math.nan], "change": [-1.25, 2.0]}
)


def printed(frame: pd.DataFrame = FRAME, **changes: object) -> PrintedTable:
    options = {
        "caption": "Shares",
        "name": "tab-shares",
        "columns": {"partner": "Partner", "share": "Share"},
        "forms": {"share": pct},
        "tables": ["trade_by_partner"],
    }
    return table(frame, **(options | changes))


def test_cells_are_formatted_and_gaps_are_dashes() -> None:
    payload = printed().payload
    assert payload["head"] == ["Partner", "Share"]
    assert payload["rows"] == [["China", "33.3%"], ["Japan", MISSING]]
    assert payload["numeric"] == [False, True]


def test_columns_stand_in_the_order_asked_for() -> None:
    payload = printed(
        columns={"change": "Change", "partner": "Partner"}, forms={"change": num}
    ).payload
    assert payload["rows"] == [[f"{MINUS}1.2", "China"], ["2.0", "Japan"]]
    assert payload["numeric"] == [True, False]


def test_columns_to_narrow_by_are_marked_and_must_be_there() -> None:
    payload = printed(filters=["partner"]).payload
    assert payload["filters"] == [True, False]
    with pytest.raises(BookError, match="'country'"):
        printed(filters=["country"])


@pytest.mark.parametrize("gap", [None, math.nan, pd.NA, pd.NaT])
def test_every_kind_of_gap_is_a_dash(gap: object) -> None:
    frame = pd.DataFrame({"partner": [gap], "share": pd.Series([gap], dtype=object)})
    assert printed(frame).payload["rows"] == [[MISSING, MISSING]]


def test_whole_numbers_stay_whole_beside_decimals() -> None:
    frame = pd.DataFrame({"year": [2000], "share": [1.5]})
    payload = printed(frame, columns={"year": "Year", "share": "Share"}).payload
    assert payload["rows"] == [["2000", "1.5%"]]


def test_a_table_names_its_sources() -> None:
    payload = printed(tables=["trade_by_partner", "partners"], note="A note.").payload
    assert payload["tables"] == ["trade_by_partner", "partners"]
    assert {"wits2017", "iso2020"} <= set(payload["sources"])
    assert payload["note"] == "A note."


def test_rows_name_fewer_sources_than_their_table() -> None:
    rows = data.load("trade_by_partner").query("year == 2024")
    payload = printed(rows=[rows], tables=["trade_by_partner"]).payload
    assert payload["tables"] == ["trade_by_partner"]
    assert "sunat2025exports" in payload["sources"]
    assert "wits2017" not in payload["sources"]


def test_a_table_without_data_tables_is_refused() -> None:
    with pytest.raises(BookError, match="tables="):
        printed(tables=[])
    with pytest.raises(BookError, match="tables="):
        printed(made_from="the rows above")


def test_a_table_may_be_made_from_what_is_no_table_of_the_package() -> None:
    payload = printed(tables=[], made_from="the rows above").payload
    assert (payload["made_from"], payload["tables"], payload["sources"]) == (
        "the rows above",
        [],
        [],
    )


@pytest.mark.parametrize("where", ["columns", "forms"])
def test_a_column_that_is_not_there_is_named(where: str) -> None:
    with pytest.raises(BookError, match="no column 'shrae'"):
        printed(**{where: {"shrae": pct}})


def test_an_unknown_data_table_is_named_and_the_nearest_suggested() -> None:
    with pytest.raises(BookError, match=r"'trade_by_partners'.*'trade_by_partner'"):
        printed(tables=["trade_by_partners"])


def test_a_form_is_a_function() -> None:
    with pytest.raises(BookError, match=r"'share' has the form 'percent'.*such as pct"):
        printed(forms={"share": "percent"})


def test_one_execution_serves_the_book_and_a_notebook() -> None:
    frame = FRAME.assign(partner=["<b>China", "Japan & Korea"])
    bundle = printed(frame)._repr_mimebundle_()
    assert set(bundle) == {TABLE, "text/html", "text/plain"}
    assert json.loads(json.dumps(bundle[TABLE])) == bundle[TABLE]
    assert "<td>&lt;b&gt;China</td>" in bundle["text/html"]
    assert "<td>Japan &amp; Korea</td>" in bundle["text/html"]
    assert "<caption>Shares</caption>" in bundle["text/html"]


def test_an_empty_table_keeps_its_head() -> None:
    payload = printed(FRAME[:0]).payload
    assert payload["rows"] == []
    assert payload["head"] == ["Partner", "Share"]
