"""Charts of the audit: verdicts by source, claimed against computed, a printed table's cells."""

import json
from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from peru_asia.charts.base import layout, palette, parts, theme

# Each verdict as the book names it, and its colour, in the order of every legend.
VERDICTS = {
    "reproduced": ("reproduced", palette.CATEGORY[2]),
    "revised": ("later revised", palette.CATEGORY[4]),
    "close": ("close", palette.CATEGORY[0]),
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

# Quantities that have a size, by the rows of `ratio_dots`.
KINDS = {
    "Trade values": ("export_value", "import_value", "trade_value"),
    "Growth": ("growth_rate", "growth_rate_cagr", "growth_factor"),
    "Shares of trade and output": ("export_share", "output_share"),
    "Sums invested": ("investment_value", "fdi_stock"),
    "Stakes of owners": ("stake_pct",),
    "People": (
        "arrivals", "persons_interned", "persons_resident", "persons_share", "population_share",
    ),
    "Counts and spans of time": (
        "agreement_partner_count", "membership_count", "mine_count", "days_lost", "anniversary",
        "duration",
    ),
}  # fmt: skip

# Claims of a bound ("more than") have no ratio that should be one.
_SIZED = ("exact", "about", "nearly")

# Rows of the printed tables by the names that fit a matrix.
_SHORT = {
    "PG": "primary goods",
    "NRBM": "resource-based goods",
    "LTM": "low technology",
    "MTM": "medium technology",
    "HTM": "high technology",
    "Metal-mechanical and electronics": "machinery, electronics",
    "Various (jewelry, crafts)": "various",
}

_STEPS = (0.15, 0.35, 1, 5, 10)


def verdict_bars(ledger: pd.DataFrame, sources: Mapping[str, str]) -> alt.LayerChart:
    """Draw how many claims of each source met which verdict, apart by what tested them.

    Parameters
    ----------
    ledger
        One row a claim; columns ``source``, ``basis`` and ``verdict``.
    sources
        Short name by key of the source, in the order of the rows; sources of one name are
        counted together.
    """
    named = pd.DataFrame(
        {
            "source": ledger["source"].map(sources),
            "test": ledger["basis"].map(BASES),
            "verdict": ledger["verdict"].map(NAMES),
        }
    )
    rows = named.groupby(["source", "test", "verdict"], as_index=False).size()
    rows = rows.rename(columns={"size": "claims"})
    rows["row"] = rows["source"] + ", " + rows["test"]
    wanted = [
        f"{source}, {test}"
        for source in dict.fromkeys(sources.values())
        for test in dict.fromkeys(BASES.values())
    ]
    order = [row for row in wanted if row in set(rows["row"])]
    return _verdict_stack(rows, order, list(NAMES.values()), {"source": "Source", "test": "Test"})


def verdict_bars_by(table: pd.DataFrame, *, row: str, order: Sequence[str]) -> alt.LayerChart:
    """Draw how many claims met which verdict, with the rows of your choice.

    Parameters
    ----------
    table
        One row a claim; columns `row` and ``verdict``.
    row
        Column of the names that the bars have.
    order
        The names from top to bottom; a name without a claim is left out.
    """
    named = pd.DataFrame({"row": table[row], "verdict": table["verdict"].map(NAMES)})
    rows = named.groupby(["row", "verdict"], as_index=False, observed=True).size()
    present = set(rows["row"])
    return _verdict_stack(
        rows.rename(columns={"size": "claims"}),
        [name for name in order if name in present],
        named["verdict"].unique().tolist(),
        {"row": "Claims on"},
    )


def _verdict_stack(
    rows: pd.DataFrame, order: list[str], names: list[str], told: Mapping[str, str]
) -> alt.LayerChart:
    """Draw counts by ``row`` and ``verdict`` as stacked bars.

    The legend has the verdicts of `names`; `told` opens the tooltip.
    """
    of = [name for name in NAMES.values() if name in names]
    rows["_order"] = rows["verdict"].map(of.index)
    rows = rows.sort_values("_order", ignore_index=True)
    rows["_middle"] = rows.groupby("row")["claims"].cumsum() - rows["claims"] / 2
    top = rows.groupby("row")["claims"].sum().max()

    base = alt.Chart(rows).encode(
        y=alt.Y("row:N", sort=order, axis=layout.names_axis(order, grid=False))
    )
    base, tips = layout.told(base, dict(told) | {"verdict": "Verdict", "claims": "Claims|,.0f"})
    shown = parts.legend_selection("verdict")
    bars = (
        base.mark_bar(stroke=theme.PAPER, strokeWidth=1)
        .encode(
            x=alt.X("claims:Q", axis=layout.value_axis(rows["claims"])),
            color=alt.Color(
                "verdict:N",
                sort=of,
                scale=_verdict_scale(of),
                legend=layout.legend(of, beside=layout.axis_room(order)),
            ),
            order="_order:Q",
            opacity=parts.emphasis(shown),
            tooltip=tips,
        )
        .add_params(shown)
    )
    figures = (
        base.transform_filter(f"datum.claims >= {0.055 * float(top)}")
        .mark_text(color=theme.PAPER, fontSize=12)
        .encode(x="_middle:Q", text="claims:Q", tooltip=tips)
    )
    return parts.layer(bars, figures).properties(
        width="container",
        height=layout.rows_height(order, step=34, room=130),
        title="Number of claims",
    )


def ratios(claims: pd.DataFrame) -> pd.DataFrame:
    """Keep the claims of a size that data tested, each with computed over claimed.

    Parameters
    ----------
    claims
        The ledger with the columns ``quantity``, ``qualifier`` and ``claim`` of the claims.

    Returns
    -------
    pandas.DataFrame
        The rows of `claims` with ``kind``, and ``low``, ``high`` and ``ratio``: the two ends of
        the computed over those of the claimed value, and the middle of them. Sorted by kind, then
        ratio. Claims of bounds, and those whose ratio is zero or has no value, are left out.
    """
    kinds = {quantity: kind for kind, some in KINDS.items() for quantity in some}
    out = claims.assign(kind=claims["quantity"].map(kinds))
    out = out[(out["basis"] == "data") & out["qualifier"].isin(_SIZED) & out["kind"].notna()]
    second = out["computed_high"].fillna(out["computed"])
    out = out.assign(
        low=out["computed"] / out["claimed"],
        high=second / out["claimed_high"].fillna(out["claimed"]),
    )
    out["ratio"] = np.sqrt(out["low"] * out["high"])
    # A single figure inside the range that was computed has been met.
    inside = out["claimed_high"].isna() & (out["low"] <= 1) & (out["high"] >= 1)
    out.loc[inside, "ratio"] = 1.0
    out = out[(out["low"] > 0) & (out["high"] > 0)]
    out["_kind"] = out["kind"].map(list(KINDS).index)
    return out.sort_values(["_kind", "ratio"], ignore_index=True).drop(columns="_kind")


def ratio_dots(table: pd.DataFrame, *, named: float = 1.25) -> alt.LayerChart:
    """Draw each claim as a dot where the computed stands to the claimed value, on a log scale.

    Parameters
    ----------
    table
        From `ratios`, with texts ``printed`` and ``found`` for the tooltip.
    named
        Claims off by more than this factor have their id beside them.
    """
    rows = layout.columns_of(
        table, "id", "claim", "kind", "printed", "found", "low", "high", "ratio", "verdict"
    )
    rows["verdict"] = rows["verdict"].map(NAMES)
    # Each claim has a place of its own; one stays empty between two kinds.
    rows["_place"] = np.arange(len(rows)) + (rows["kind"] != rows["kind"].shift()).cumsum() - 1
    kinds = rows.groupby("kind", sort=False)["_place"]
    centres = {f"{value:g}": kind for kind, value in ((kinds.min() + kinds.max()) / 2).items()}
    lines = {at: layout.wrap(kind, 16) for at, kind in centres.items()}
    between = pd.DataFrame({"_place": kinds.max().iloc[:-1].to_numpy() + 1})
    present = [name for name in NAMES.values() if name in set(rows["verdict"])]
    end = int(rows["_place"].max()) + 1 if len(rows) else 1

    y = alt.Y(
        "_place:Q",
        scale=alt.Scale(domain=[end, -1], nice=False, zero=False),
        axis=alt.Axis(
            values=[float(at) for at in centres],
            labelExpr=f"{json.dumps(lines, ensure_ascii=False)}[format(datum.value, '~g')]",
            labelColor=theme.TEXT,
            labelOverlap=False,
            labelPadding=8,
            labelBaseline="middle",
            grid=False,
            title=None,
        ),
    )
    scale = alt.Scale(type="log", domain=[0.05, 9], nice=False)
    axis = layout.value_axis(rows[["low", "high"]], log=True)
    base, tips = layout.told(
        alt.Chart(rows).encode(y=y),
        {
            "id": "Claim",
            "claim": "What was said",
            "printed": "Claimed",
            "found": "Computed",
            "verdict": "Verdict",
        },
    )
    legend = layout.legend(present, beside=110)
    colour = alt.Color("verdict:N", sort=present, scale=_verdict_scale(present), legend=legend)
    shown = parts.legend_selection("verdict")
    apart = (
        alt.Chart(between).mark_rule(color=theme.GRID, strokeWidth=1).encode(y=alt.Y("_place:Q"))
    )
    equal = (
        alt.Chart(pd.DataFrame({"ratio": [1.0]}))
        .mark_rule(color=theme.DOMAIN, strokeWidth=1.5)
        .encode(x=alt.X("ratio:Q", scale=scale))
    )
    spans = (
        base.transform_filter("datum.low < datum.high * 0.999 || datum.high < datum.low * 0.999")
        .mark_rule(strokeWidth=3, strokeCap="round")
        .encode(
            x=alt.X("low:Q", scale=scale, axis=axis),
            x2="high:Q",
            color=colour,
            opacity=parts.emphasis(shown, 0.08),
            tooltip=tips,
        )
    )
    dots = (
        base.mark_point(filled=True, size=70, stroke=theme.PAPER, strokeWidth=1)
        .encode(
            x=alt.X("ratio:Q", scale=scale, axis=axis),
            color=colour,
            shape=alt.Shape(
                "verdict:N", sort=present, scale=palette.shape_scale(present), legend=legend
            ),
            opacity=parts.emphasis(shown),
            tooltip=tips,
        )
        .add_params(shown)
    )
    texts = [
        base.transform_filter(test)
        .mark_text(align=align, dx=shift, fontSize=11, color=theme.MUTED)
        .encode(x=alt.X(f"{column}:Q", scale=scale), text="id:N", tooltip=tips)
        for test, column, align, shift in (
            (f"datum.ratio > {named}", "high", "left", 9),
            (f"datum.ratio < {1 / named}", "low", "right", -9),
        )
    ]
    return parts.layer(apart, equal, spans, dots, *texts).properties(
        width="container",
        height=130 + 12 * (end + 1),
        title=layout.wrap("Computed value over the claimed one, logarithmic scale", 32),
    )


def named_cells(cells: pd.DataFrame, partners: Mapping[str, str]) -> pd.DataFrame:
    """Keep the cells of Tables 2 and 3 with names and units fit for `cell_matrix`.

    Parameters
    ----------
    cells
        The audit of the printed tables, cell by cell.
    partners
        Names by code.

    Returns
    -------
    pandas.DataFrame
        The cells with ``row`` and ``column``; differences are in the unit of a share and, for
        totals, in per cent of the printed value. The totals of Table 3 repeat those of Table 2
        and are left out.
    """
    shares = cells["unit"] == "pct"
    out = cells[(cells["table"] == 2) | ((cells["table"] == 3) & shares)]
    labels = [_SHORT.get(label, label.lower()) for label in out["row_label"]]
    return out.assign(
        row=[f"Table {table}: {name}" for table, name in zip(out["table"], labels, strict=True)],
        column=out["partner"].map(partners) + " " + out["period"],
        difference=out["difference"].where(out["unit"] == "pct", out["difference_pct"]),
    )


def cell_matrix(cells: pd.DataFrame) -> alt.LayerChart:
    """Draw how far each printed cell lies from the computed one, as a matrix.

    Parameters
    ----------
    cells
        One row a cell; columns ``row`` and ``column`` (names, in the order to be drawn),
        ``printed``, ``computed``, ``difference`` (empty where nothing tests the cell),
        ``verdict`` and ``test``. Cells of the test ``data`` have a frame.
    """
    rows = layout.columns_of(
        cells, "row", "column", "printed", "computed", "difference", "verdict", "test"
    )
    rows["verdict"] = rows["verdict"].map(NAMES)
    rows["_size"] = rows["difference"].abs()
    rows["_text"] = [_signed(value) for value in rows["difference"]]
    down, across = (list(dict.fromkeys(rows[name])) for name in ("row", "column"))
    base = alt.Chart(rows).encode(
        x=alt.X(
            "column:N",
            sort=across,
            scale=alt.Scale(domain=across, paddingInner=0.08, paddingOuter=0),
            axis=alt.Axis(
                orient="top",
                title=None,
                domain=False,
                ticks=False,
                labelAngle=-90,
                labelAlign="left",
                labelBaseline="middle",
                labelOverlap=False,
                labelLimit=130,
            ),
        ),
        y=alt.Y(
            "row:N",
            sort=down,
            scale=alt.Scale(domain=down, paddingInner=0.08, paddingOuter=0),
            axis=layout.names_axis(down, grid=False),
        ),
    )
    base, tips = layout.told(
        base,
        {
            "row": "Row",
            "column": "Column",
            "printed": "Printed|,.1f",
            "computed": "Computed|,.2f",
            "verdict": "Verdict",
        },
    )
    tested = base.transform_filter("isValid(datum.difference)")
    threshold = list(_STEPS)
    boxes = tested.mark_rect(cornerRadius=2).encode(
        fill=alt.Fill(
            "_size:Q",
            scale=alt.Scale(type="threshold", domain=threshold, range=list(palette.SEQUENTIAL)),
            legend=None,
        ),
        tooltip=tips,
    )
    frames = tested.transform_filter("datum.test == 'data'").mark_rect(
        cornerRadius=2, fillOpacity=0, fill=theme.PAPER, stroke=theme.TEXT, strokeWidth=1.4
    )
    half = len(palette.SEQUENTIAL) // 2
    figures = tested.mark_text(
        fontSize=12, opacity=layout.expr("bandwidth('x') < 32 ? 0 : 1")
    ).encode(
        text="_text:N",
        color=alt.Color(
            "_size:Q",
            scale=alt.Scale(
                type="threshold",
                domain=threshold,
                range=[theme.TEXT] * half + [theme.PAPER] * half,
            ),
            legend=None,
        ),
        tooltip=tips,
    )
    return parts.layer(boxes, frames.encode(tooltip=tips), figures).properties(
        width="container",
        height=layout.rows_height(down, step=28, room=150),
        title=layout.wrap("Computed less printed, percentage points (totals: per cent)", 30),
    )


def _verdict_scale(names: list[str] | None = None) -> alt.Scale:
    """Return the colours of the verdicts, or of those `names`."""
    colours = dict(VERDICTS.values())
    return palette.category_scale(names or list(colours), colours)


def _signed(value: float) -> str:
    """Write a difference to one decimal, with its sign; a rounded zero has none."""
    if pd.isna(value):
        return ""
    return "0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "\u2212")
