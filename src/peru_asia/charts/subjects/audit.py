"""Charts of the audit: verdicts by source, claimed against computed, a printed table's cells."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme
from peru_asia.charts.kinds import bars

# Each verdict as the book names it, and its colour, in the order of every legend.
VERDICTS = {
    "reproduced": ("reproduced", palette.CATEGORY[2]),
    "revised": ("later revised", palette.CATEGORY[4]),
    "close": ("close", palette.CATEGORY[0]),
    "plan_changed": ("plan, changed later", palette.CATEGORY[5]),
    "contradicts": ("contradiction", palette.CATEGORY[3]),
    "differs": ("differs", palette.CATEGORY[1]),
    "not_testable": ("not testable", palette.CATEGORY[6]),
}
NAMES = {verdict: name for verdict, (name, _) in VERDICTS.items()}

# What a claim was set against.
BASES = {
    "data": "tested on data",
    "source": "tested on texts",
    "other_source": "tested on texts",
    "": "no open test",
}

_STEPS = (0.15, 0.35, 1, 5, 10)
_NAMED = 1.25  # claims off by more than this factor have their id beside them


def source_verdicts(ledger: pd.DataFrame, sources: Mapping[str, str]) -> alt.LayerChart:
    """Draw how many claims of each source met which verdict, apart by what tested them.

    Parameters
    ----------
    ledger : one row a claim; columns ``source``, ``basis`` and ``verdict``
    sources : short name by key of the source, in the order of the rows; sources of one name are
        counted together
    """
    rows = inputs.need(ledger, "source", "basis", "verdict")
    rows = inputs.named(rows, "source", sources, into="source")
    rows["test"] = rows["basis"].map(BASES)
    rows["row"] = rows["source"] + ", " + rows["test"]
    order = [
        f"{source}, {test}"
        for source in dict.fromkeys(sources.values())
        for test in dict.fromkeys(BASES.values())
    ]
    return verdict_bars(rows, row="row", order=order, told={"source": "Source", "test": "Test"})


def verdict_bars(
    table: pd.DataFrame, *, row: str, order: Sequence[str], told: Mapping[str, str] | None = None
) -> alt.LayerChart:
    """Draw how many claims met which verdict, with the rows of your choice.

    Parameters
    ----------
    table : one row a claim; columns `row` (the names that the bars have) and ``verdict``
    order : the names from top to bottom; a name without a claim is left out
    told : what opens the tooltip: title by column, if not the row
    """
    told = dict(told or {row: "Claims on"})
    rows = _with_names(inputs.need(table, row, "verdict", *told))
    by = list(dict.fromkeys([row, *told, "verdict"]))
    counts = rows.assign(claims=1).groupby(by, as_index=False)["claims"].sum()
    counts = counts[counts[row].isin(order)].sort_values(
        row, key=lambda name: name.map(order.index)
    )
    return bars.stacked_rows(
        counts,
        item=row,
        part="verdict",
        value="claims",
        title="Number of claims",
        told=told,
        colours={
            name: colour for name, colour in VERDICTS.values() if name in set(rows["verdict"])
        },
    )


def _with_names(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with their verdicts as the book names them."""
    inputs.among(rows, "verdict", NAMES)
    return rows.assign(verdict=rows["verdict"].map(NAMES))


def ratio_dots(table: pd.DataFrame) -> alt.LayerChart:
    """Draw each claim as a dot where the computed stands to the claimed value, on a log scale.

    Parameters
    ----------
    table : from `peru_asia.claims.ratios`, with texts ``printed`` and ``found`` for the tooltip
    """
    told = {
        "id": "Claim",
        "claim": "What was said",
        "printed": "Claimed",
        "found": "Computed",
        "verdict": "Verdict",
    }
    numbers = ("low", "high", "ratio")
    rows = inputs.need(table, "id", "claim", "kind", "printed", "found", *numbers, "verdict")
    rows = _with_names(rows)
    # Each claim has a place of its own; one stays empty between two kinds.
    rows["_place"] = np.arange(len(rows)) + (rows["kind"] != rows["kind"].shift()).cumsum() - 1
    kinds = rows.groupby("kind", sort=False)["_place"]
    centres = (kinds.min() + kinds.max()) / 2
    lines = {f"{at:g}": layout.wrap(kind, 16) for kind, at in centres.items()}
    between = pd.DataFrame({"_place": kinds.max().iloc[:-1].to_numpy() + 1})
    present = [name for name in NAMES.values() if name in set(rows["verdict"])]
    end = int(rows["_place"].max()) + 1

    axis = alt.Axis(
        values=centres.tolist(),
        labelExpr=f"{json.dumps(lines, ensure_ascii=False)}[format(datum.value, '~g')]",
        labelColor=theme.TEXT,
        labelOverlap=False,
        labelPadding=8,
        labelBaseline="middle",
        grid=False,
        title=None,
    )
    y = alt.Y("_place:Q", scale=alt.Scale(domain=[end, -1], nice=False, zero=False), axis=axis)
    scale = alt.Scale(type="log", domain=[0.05, 9], nice=False)
    along: dict[str, Any] = {
        "scale": scale,
        "axis": layout.value_axis(rows[["low", "high"]], log=True),
    }
    base, tips = layout.told(alt.Chart(rows).encode(y=y), told)
    look, shown = parts.by_legend("verdict", present, dict(VERDICTS.values()), beside=110)
    base = base.encode(tooltip=tips)
    apart = alt.Chart(between).mark_rule(color=theme.GRID, strokeWidth=1)
    equal = parts.rule("x", "ratio", 1.0, color=theme.DOMAIN, strokeWidth=1.5)
    spans = base.transform_filter(
        "datum.low < datum.high * 0.999 || datum.high < datum.low * 0.999"
    ).mark_rule(strokeWidth=3, strokeCap="round")
    faded = look | {"opacity": parts.emphasis(shown, 0.08)}
    dots = base.mark_point(filled=True, size=70, stroke=theme.PAPER, strokeWidth=1)
    shape = palette.shape("verdict", present, legend=look["color"]["legend"])
    texts = [
        base.transform_filter(test)
        .mark_text(align=align, dx=shift, fontSize=11, color=theme.MUTED)
        .encode(x=alt.X(f"{column}:Q", scale=scale), text="id:N")
        for test, column, align, shift in (
            (f"datum.ratio > {_NAMED}", "high", "left", 9),
            (f"datum.ratio < {1 / _NAMED}", "low", "right", -9),
        )
    ]
    chart = layout.fit(
        apart.encode(y=alt.Y("_place:Q")),
        equal.encode(x=alt.X("ratio:Q", scale=scale)),
        spans.encode(x=alt.X("low:Q", **along), x2="high:Q", **faded),
        dots.encode(x=alt.X("ratio:Q", **along), shape=shape, **look).add_params(shown),
        *texts,
        height=130 + 12 * (end + 1),
    )
    unit = layout.wrap("Computed value over the claimed one, logarithmic scale", 32)
    return chart.properties(title=unit)


def cell_matrix(cells: pd.DataFrame) -> alt.LayerChart:
    """Draw how far each printed cell lies from the computed one, as a matrix.

    Parameters
    ----------
    cells : one row a cell; columns ``row`` and ``column`` (names, in the order to be drawn),
        ``printed``, ``computed``, ``difference`` (empty where nothing tests the cell), ``verdict``
        and ``test``. Cells of the test ``data`` have a frame.
    """
    told = {
        "row": "Row",
        "column": "Column",
        "printed": "Printed|,.1f",
        "computed": "Computed|,.2f",
        "verdict": "Verdict",
    }
    numbers = ("printed", "computed", "difference")
    rows = _with_names(inputs.need(cells, "row", "column", *numbers, "verdict", "test"))
    rows["_size"] = rows["difference"].abs()
    rows["_text"] = [_signed(value) for value in rows["difference"]]
    down, across = (list(dict.fromkeys(rows[name])) for name in ("row", "column"))
    upright = {"labelAngle": -90, "labelAlign": "left", "labelBaseline": "middle"}
    base, tips = layout.told(alt.Chart(rows), told)
    tested = parts.having(base, "difference").encode(
        x=layout.heads("column", across, labelOverlap=False, labelLimit=130, **upright),
        y=layout.named_rows("row", down, domain=down, paddingInner=0.08, paddingOuter=0),
        tooltip=tips,
    )
    ramp, ink = (
        alt.Scale(type="threshold", domain=list(_STEPS), range=list(tones))
        for tones in (palette.SEQUENTIAL, palette.inks())
    )
    boxes = tested.mark_rect(cornerRadius=2)
    frames = tested.transform_filter("datum.test == 'data'").mark_rect(
        cornerRadius=2, fillOpacity=0, fill=theme.PAPER, stroke=theme.TEXT, strokeWidth=1.4
    )
    figures = tested.mark_text(
        fontSize=12, opacity=layout.expr("bandwidth('x') < 32 ? 0 : 1")
    ).encode(text="_text:N", color=alt.Color("_size:Q", scale=ink, legend=None))
    chart = layout.fit(
        boxes.encode(fill=alt.Fill("_size:Q", scale=ramp, legend=None)),
        frames,
        figures,
        height=layout.rows_height(down, step=28, room=150),
    )
    unit = layout.wrap("Computed less printed, percentage points (totals: per cent)", 30)
    return chart.properties(title=unit)


def _signed(value: float) -> str:
    """Write a difference to one decimal, with its sign; a rounded zero has none."""
    if pd.isna(value):
        return ""
    return "0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "\u2212")
