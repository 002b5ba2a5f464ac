"""Charts of Peru's partners over the years: lines, shares of a region, concentration, balances."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette, parts, theme
from peru_asia.charts.kinds import bars, lines

# Where the series of exports changes from one source to the other.
SOURCES = ("WITS", "SUNAT")


def partner_lines(
    table: pd.DataFrame, names: Mapping[str, str], *, value: str, title: str, **more: Any
) -> alt.LayerChart:
    """Draw one line a partner over the years, in the partner's colour.

    Parameters
    ----------
    table : columns ``year``, ``partner`` and `value`
    more : what else `lines.lines_by_year` takes: ``log``, ``floor``, ``break_at``, ``dashed``, …
    """
    look: dict[str, Any] = {"colours": palette.partner_colours(names), "sources": SOURCES}
    return lines.lines_by_year(table, names, by="partner", value=value, title=title, **look | more)


def destination_shares(
    shares: pd.DataFrame,
    names: Mapping[str, str],
    *,
    window: tuple[int, int] | None = None,
    break_at: int | None = None,
) -> alt.LayerChart:
    """Draw how exports to a region are shared out among destinations, as stacked bars.

    Parameters
    ----------
    shares : columns ``year``, ``partner``, ``share_pct`` (per cent of the region)
    names : names by partner code, from the bottom of the stack to the top. What is not named is
        drawn as one area, "Others".
    window : first and last year to set apart, such as the years of an older study; drawn if the
        data hold both
    """
    rows = inputs.need(shares, "year", "partner", "share_pct")
    named = inputs.only(rows, "partner", names)
    rest = rows.drop(named.index).groupby("year", as_index=False)["share_pct"].sum()
    names = dict(names) | ({"REST": "Others"} if len(rest) else {})
    both = set(window or ()) <= set(rows["year"])
    return bars.stacked_years(
        pd.concat([named, rest.assign(partner="REST")]),
        names,
        part="partner",
        value="share_pct",
        title="% of exports to the region",
        whole=True,
        colours=palette.partner_colours(names),
        break_at=break_at,
        sources=SOURCES,
        over=_window(*window) if window and both else (),
    )


def buyer_concentration(
    squares: pd.DataFrame, names: Mapping[str, str], *, break_at: int | None = None
) -> alt.LayerChart:
    """Draw the HHI of the buyers by year, stacked from the buyers' squared shares.

    Parameters
    ----------
    squares : columns ``year``, ``partner`` and ``squared_share`` (between 0 and 1): each buyer's
        part of the year's HHI
    names : names by partner code, from the bottom of the stack to the top
    """
    axis = alt.Axis(
        values=[1 / 20, 1 / 10, 1 / 7, 1 / 6, 1 / 5, 1 / 4],
        labelExpr="format(datum.value, '.2f') + ' (' + round(1 / datum.value) + ')'",
    )
    return bars.stacked_years(
        squares,
        names,
        part="partner",
        value="squared_share",
        title="HHI (in brackets: as many equal buyers)",
        format=".3f",
        colours=palette.partner_colours(names),
        axis=axis,
        break_at=break_at,
        sources=SOURCES,
    )


def trade_balances(table: pd.DataFrame, names: Mapping[str, str]) -> alt.LayerChart:
    """Draw exports, imports and balance with one partner, which the reader picks.

    Parameters
    ----------
    table : as `peru_asia.indicators.balance` returns it: ``year``, ``partner``, ``export``,
        ``import`` and ``balance``, in US$ m
    names : names by partner code; the first is shown first
    """
    rows = inputs.need(table, "year", "partner", "export", "import", "balance")
    rows = inputs.filled(inputs.named(rows, "partner", names), "export", "import", "balance")
    rows = rows.drop(columns="partner").rename(columns={"import": "imports", "export": "exports"})
    rows = parts.segments(rows, by=["name"])
    base, params = parts.picked(alt.Chart(rows), "name", names.values(), "Partner")
    told = {
        "name": "Partner",
        "year": "Year|d",
        "exports": "Exports, US$ m (FOB)|,.0f",
        "imports": "Imports, US$ m (CIF)|,.0f",
        "balance": "Balance, US$ m|+,.0f",
    }
    tones = {"Exports": theme.POSITIVE, "Imports": theme.NEGATIVE, "Balance": theme.TEXT}
    colour = palette.category("kind", list(tones), tones, legend=alt.Legend())
    base = base.encode(tooltip=layout.tips(told), color=colour)

    def drawn(kind: str, y: str) -> alt.Chart:
        return base.transform_calculate(kind=f"'{kind}'", drawn=y).encode(y="drawn:Q")

    span = parts.year_span(rows)
    exports, imports = (
        parts.year_bars(drawn(kind, y), span, 0.42)
        for kind, y in (("Exports", "datum.exports"), ("Imports", "-datum.imports"))
    )
    dots = alt.OverlayMarkDef(size=14, filled=True)
    line = drawn("Balance", "datum.balance").mark_line(point=dots, strokeWidth=1.5)
    line = line.encode(x="year:Q", detail="_segment:N")
    unit = "US$ m: exports above, imports below the line"
    return layout.fit(exports, imports, line, unit=unit, params=params)


def _window(start: int, end: int) -> list[alt.Chart]:
    """Frame the years `start` to `end`, and name them at the foot of the frame."""
    edges = alt.Chart(pd.DataFrame({"year": [start - 0.5, end + 0.5]})).encode(x="year:Q")
    middle = edges.transform_aggregate(year="mean(year)").encode(y=alt.value("height"))
    style = {"fontWeight": 600, "color": theme.PAPER, "text": f"{start}–{end}"}
    rules = edges.mark_rule(color=theme.TEXT, strokeWidth=1.4)
    return [rules, middle.mark_text(baseline="bottom", dy=-5, **style)]
