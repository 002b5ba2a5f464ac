"""Charts of the audit: what they count and place, and that they draw."""

import math
from collections.abc import Callable

import pandas as pd
import pytest

from peru_asia import claims
from peru_asia.book.cells import drawing
from peru_asia.charts import audit, palette
from tests.charts.pictures import check_drawn, check_served
from tests.claims.test_compared import CLAIMS

SOURCES = {"one2013": "One 2013", "two2016a": "Two 2016", "two2016b": "Two 2016"}


CELLS = pd.DataFrame(
    {
        "row": ["Table 2: mining", "Table 2: mining", "Table 3: high technology"],
        "column": ["China 1997", "World 1997", "China 1997"],
        "printed": [16.2, 45.2, 0.0],
        "computed": [16.3, 55.0, math.nan],
        "difference": [0.1, 9.8, math.nan],
        "verdict": ["reproduced", "differs", "not_testable"],
        "test": ["rest", "data", "none"],
    }
)


def rows_of(chart: object, column: str) -> list[dict[str, object]]:
    spec = drawing.to_spec(chart)
    return [row for rows in spec["datasets"].values() for row in rows if column in row]


def test_bars_count_every_claim_once_and_join_sources_of_one_name() -> None:
    rows = rows_of(audit.source_verdicts(CLAIMS, SOURCES), "claims")
    assert sum(row["claims"] for row in rows) == len(CLAIMS)
    assert {row["row"] for row in rows} == {
        "One 2013, tested on data",
        "One 2013, tested on texts",
        "One 2013, no open test",
        "Two 2016, tested on data",
    }


def test_every_claim_of_the_dots_has_a_place_of_its_own() -> None:
    rows = rows_of(audit.ratio_dots(claims.ratios(CLAIMS)), "claim")
    places = [row["_place"] for row in rows]
    assert places == sorted(set(places))
    assert places[-1] - places[-2] == 2, "one place is left free between kinds"


def test_matrix_writes_signed_differences() -> None:
    rows = rows_of(audit.cell_matrix(CELLS), "row")
    assert [row["_text"] for row in rows] == ["+0.1", "+9.8", ""]


@pytest.mark.parametrize("value, text", [(-0.04, "0"), (-2.64, "\u22122.6"), (1.0, "+1.0")])
def test_differences_are_signed(value: float, text: str) -> None:
    assert audit._signed(value) == text


def test_each_verdict_has_a_colour_of_the_palette() -> None:
    colours = [colour for _, colour in audit.VERDICTS.values()]
    assert len(set(colours)) == len(colours)
    assert set(colours) <= set(palette.CATEGORY)


@pytest.mark.parametrize(
    ("draw", "table"),
    [
        (lambda table: audit.source_verdicts(table, SOURCES), CLAIMS),
        (audit.ratio_dots, claims.ratios(CLAIMS)),
        (audit.cell_matrix, CELLS),
    ],
    ids=["bars", "dots", "matrix"],
)
def test_it_draws(draw: Callable, table: pd.DataFrame) -> None:
    check_drawn(draw, table)
    check_served(draw(table))


def test_bars_by_any_row_have_the_verdicts_that_occur() -> None:
    table = pd.DataFrame(
        {"kind": ["Sums", "Sums", "Stakes"], "verdict": ["differs", "differs", "reproduced"]}
    )
    chart = audit.verdict_bars(table, row="kind", order=["Stakes", "Dates", "Sums"])
    spec = chart.to_dict()
    bars = spec["layer"][0]["encoding"]
    assert bars["y"]["sort"] == ["Stakes", "Sums"]
    assert bars["color"]["scale"]["domain"] == ["reproduced", "differs"]
    counts = {one["kind"]: one["claims"] for one in rows_of(chart, "claims")}
    assert counts == {"Stakes": 1, "Sums": 2}
