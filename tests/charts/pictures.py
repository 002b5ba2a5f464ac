"""Charts as tests look at them: drawn for real, on a wide page and on a phone."""

import json
import re
from collections.abc import Callable, Sequence
from functools import cache

import altair as alt
import pandas as pd
import pytest

from peru_asia.book.cells import drawing
from peru_asia.charts import palette, theme

WIDTHS = (theme.WIDE, theme.NARROW)


def svg_of(chart: alt.TopLevelMixin, width: int = theme.WIDE) -> str:
    """Return the picture."""
    return draw(drawing.to_spec(chart), width)


def draw(spec: drawing.Spec, width: int) -> str:
    """Draw a spec; what has been drawn just so before is not drawn again."""
    return _drawn(json.dumps(spec), width)


@cache
def _drawn(spec: str, width: int) -> str:
    return drawing.draw(json.loads(spec), width)


def rows_with(chart: alt.TopLevelMixin, column: str) -> list[dict[str, object]]:
    """Return the rows of the one table of the chart that has the column."""
    tables = chart.to_dict()["datasets"].values()
    (rows,) = (rows for rows in tables if rows and column in rows[0])
    return rows


def check_drawn(
    make: Callable[[pd.DataFrame], alt.TopLevelMixin],
    table: pd.DataFrame,
    widths: Sequence[int] = WIDTHS,
) -> None:
    """Fail unless the chart leaves its table alone and is drawn as wide as its column."""
    before = table.copy()
    spec = drawing.to_spec(make(table))
    pd.testing.assert_frame_equal(table, before)
    assert drawing.fits_container(spec)
    for width in widths:
        svg = draw(spec, width)
        found = float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1])
        assert found == pytest.approx(width, abs=1)
        assert "NaN" not in svg


def check_served(chart: alt.TopLevelMixin) -> list[dict[str, object]]:
    """Fail unless page, download and dark mode are served; return what a reader downloads."""
    spec = drawing.to_spec(chart)
    # It has been checked as Vega-Lite; browsers read strict JSON, which has no NaN.
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    rows = drawing.plotted(spec)[0]
    assert rows
    assert not [column for column in rows[0] if column.startswith("_")]
    used = re.findall(r'(?:fill|stroke)="(#[0-9a-f]{3,6})"', draw(spec, theme.WIDE))
    assert set(used) <= set(theme.DARK) | set(palette.DARK)
    return rows
