"""Charts of a followed list of plans: shares by result, and starts by year with bounds."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, palette
from peru_asia.charts.kinds import bars, lines

# The results of a plan as the book names them, and their colours, in the order of every legend.
RESULTS = {
    "built": ("built", palette.CATEGORY[2]),
    "not_built": ("not built", palette.CATEGORY[1]),
    "unknown": ("unknown", palette.CATEGORY[6]),
}


def result_bars(shares: pd.DataFrame, *, item: str) -> alt.LayerChart:
    """Draw how each row's plans divide into built, not built and unknown, as bars of one length.

    Parameters
    ----------
    shares
        One row a bar, as `peru_asia.indicators.cohort.completion` returns it: columns `item`,
        ``built``, ``not_built`` and ``unknown``. A row may be in another unit than the next.
    item
        Column of the names, each once, in the order to be drawn.
    """
    colours = dict(RESULTS.values())
    rows = inputs.need(shares, item, *RESULTS)
    return bars.stacked_rows(
        rows.set_axis([item, *colours], axis=1).melt(item, var_name="result", value_name="amount"),
        list(colours),
        item=item,
        part="result",
        value="amount",
        title="% of the row's total",
        whole=True,
        colours=colours,
    )


def started_steps(
    table: pd.DataFrame, *, group: str, title: str, colours: Mapping[str, str] | None = None
) -> alt.LayerChart:
    """Draw which share had started by each year as steps, with a band where nobody knows.

    Parameters
    ----------
    table
        As `peru_asia.indicators.cohort.started_by` returns it: columns `group`, ``year``,
        ``low_pct`` and ``high_pct``.
    group
        Column of the names; each has a line, with its name and last share at the end.
    title
        Unit of the shares.
    colours
        Colours by name where they are fixed.
    """
    rows = inputs.need(table, group, "year", "low_pct", "high_pct")
    return lines.lines_by_year(
        rows,
        rows[group].unique(),
        by=group,
        value="low_pct",
        low="low_pct",
        high="high_pct",
        title=title,
        format=".0f",
        ends=".0f",
        steps=True,
        colours=colours,
    )
