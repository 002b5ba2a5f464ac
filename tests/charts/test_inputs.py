"""What is wrong with a table is told in one sentence; each public name is used once."""

import ast
from collections import Counter
from collections.abc import Callable

import altair as alt
import pandas as pd
import pytest

from peru_asia import paths
from peru_asia.charts import audit, cohort, lines, sparks, trade
from peru_asia.charts.base import inputs
from peru_asia.errors import BookError
from tests.charts import (
    test_audit,
    test_bars,
    test_cohort,
    test_exposure,
    test_kinds,
    test_lines,
    test_mirror,
    test_monthly,
    test_statuses,
    test_steps,
    test_timelines,
    test_trade,
)

Chart = tuple[pd.DataFrame, Callable[[pd.DataFrame], alt.TopLevelMixin]]
NAMES = test_trade.NAMES
TRADE = test_trade.table()

# Each chart with a table of its own.
CHARTS: dict[str, Chart] = {
    **{name: (table, chart) for name, (table, _, _, chart) in test_kinds.KINDS.items()},
    **test_statuses.KINDS,
    **{chart.__name__: (table, chart) for chart, table in test_monthly.KINDS.items()},
    **{chart.__name__: (table, chart) for chart, table in test_exposure.KINDS.items()},
    **{name: (TRADE, lambda table, chart=chart: chart(table, NAMES))
       for name, chart in test_trade.CHARTS.items() if name != "concentration"},
    "concentration of buyers": (
        TRADE.assign(squared_share=0.1),
        lambda table: trade.buyer_concentration(table, NAMES),
    ),
    "bands": (test_lines.POSITIONS, test_lines.chart),
    "futures": (test_lines.ahead(), test_lines.futures),
    "twice": (test_lines.views(), test_lines.twice),
    "stacked": (test_bars.YEARS, test_bars.stacked),
    "whole": (test_bars.shares(), test_bars.whole),
    "mirror": (test_mirror.MONTHS, test_mirror.chart),
    "cumulative": (test_steps.CAME, test_steps.chart),
    "waterfall": (test_steps.WAY, test_steps.bridge),
    "case": (test_timelines.CASES, test_timelines.one_case),
    "results": (test_cohort.SHARES, lambda table: cohort.result_bars(table, item="row")),
    "started": (
        test_cohort.STEPS,
        lambda table: cohort.started_steps(table, group="country", title="%"),
    ),
    "verdicts": (
        test_audit.CLAIMS,
        lambda table: audit.source_verdicts(table, test_audit.SOURCES),
    ),
    "cells": (test_audit.CELLS, audit.cell_matrix),
    "spark line": (
        test_kinds.YEARS[:4],
        lambda table: sparks.spark_line(table, value="value", format=".0f"),
    ),
    "spark bars": (
        test_kinds.BY_DEPARTMENT,
        lambda table: sparks.spark_bars(table, item="department", value="value", format=".0f"),
    ),
}  # fmt: skip

# Charts that are asked for names or codes, with the column that has them and one of them.
ASKED = {
    "bars by year": ("name", "stock"),
    "bubbles": ("source", "Tracker"),
    "price_index": ("commodity", "copper"),
    "effect_bars": ("item", "copper"),
    "event_paths": ("event", "China, 2010"),
    "placebo_strip": ("event", "China, 2010"),
    "timeline": ("partner", "CHN"),
    "places_map": ("kind", "mine"),
    "department_tiles": ("department", "Piura"),
    "matrix": ("state", "Signed"),
    "tiles_by_year": ("partner", "CHN"),
    "waits": ("state", "In force"),
    "profile": ("measure", "level"),
    **dict.fromkeys(
        ("destination_shares", "lines", "balances", "concentration of buyers", "bands"),
        ("partner", "CHN"),
    ),
    "reporters": ("series", "CHN"),
    "futures": ("kind", "High"),
    "twice": ("group", "Metals"),
    "whole": ("group", "Metals"),
    "cumulative": ("maker", "a"),
    "waterfall": ("step", "Not known"),
    "case": ("mine", "a"),
    "verdicts": ("source", "one2013"),
    "cells": ("verdict", "differs"),
}

every_chart = pytest.mark.parametrize("chart", CHARTS)


@every_chart
def test_a_table_without_rows_is_refused(chart: str) -> None:
    table, draw = CHARTS[chart]
    with pytest.raises(BookError, match="nothing to draw: the table has no rows"):
        draw(table[:0])


@every_chart
def test_a_column_that_is_needed_is_named_with_the_nearest(chart: str) -> None:
    table, draw = CHARTS[chart]
    missed = []
    for column in table:
        try:
            draw(table.rename(columns={column: f"{column}_"}))
        except BookError as error:
            missed.append(column)
            assert f"the table has no column '{column}'" in str(error)
            assert f"{column}_" in str(error)
    assert missed


@pytest.mark.parametrize("chart", ASKED)
def test_a_code_that_matches_no_row_is_named_with_the_nearest(chart: str) -> None:
    table, draw = CHARTS[chart]
    column, code = ASKED[chart]
    wrong = f"{code}{code[-1]}"
    with pytest.raises(BookError, match=f"the column '{column}'; ") as error:
        draw(table.assign(**{column: table[column].replace(code, wrong)}))
    said, _, hint = str(error.value).partition("; ")
    assert {code, wrong} == {word for word in (code, wrong) if word in said + hint}


def test_a_misspelt_destination_is_not_one_of_the_others() -> None:
    with pytest.raises(BookError, match=r"no row has 'CHI' .* did you mean 'CHN'"):
        trade.destination_shares(TRADE, {"CHI": "China", "JPN": "Japan"})


def test_a_table_without_values_is_refused() -> None:
    with pytest.raises(BookError, match="no row has a value in 'value_usd_m'"):
        lines.lines_by_year(
            TRADE.assign(value_usd_m=None), NAMES, by="partner", value="value_usd_m", title="US$ m"
        )


def test_an_option_that_matches_no_row_is_refused() -> None:
    with pytest.raises(BookError, match="no row has '2007' in the column 'base'"):
        test_lines.twice(test_lines.views(), ("2006", "2007"))


def test_the_columns_asked_for_are_plain_and_a_copy() -> None:
    table = pd.DataFrame({"a": pd.Categorical(["x", "y"]), "b": [1, 2]}, index=[5, 6])
    out = inputs.need(table, "a", None, "a")
    assert out["a"].tolist() == ["x", "y"]
    assert out.columns.tolist() == ["a"]
    assert out.index.tolist() == [0, 1]
    assert out["a"].dtype == object
    out["a"] = "z"
    assert table["a"].tolist() == ["x", "y"]


def public_functions() -> list[str]:
    return [
        node.name
        for path in (paths.SOURCE / "charts").rglob("*.py")
        for node in ast.parse(path.read_bytes()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def test_no_two_public_functions_share_a_name() -> None:
    assert [name for name, count in Counter(public_functions()).items() if count > 1] == []


def test_no_two_names_differ_by_a_plural_alone() -> None:
    singular = Counter(name.removesuffix("s") for name in public_functions())
    assert [name for name, count in singular.items() if count > 1] == []
