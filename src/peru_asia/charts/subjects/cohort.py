"""Charts of a followed list of plans: shares by result, and starts by year with bounds."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from peru_asia.charts.base import inputs, layout, palette
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
    shares : one row a bar, in the order to be drawn, as `peru_asia.indicators.cohort.completion`
        returns it: columns `item` (names, each once), ``built``, ``not_built`` and ``unknown``. A
        row may be in another unit than the next.
    """
    colours = dict(RESULTS.values())
    rows = inputs.need(shares, item, *RESULTS).set_axis([item, *colours], axis=1)
    return bars.stacked_rows(
        rows.melt(item, var_name="result", value_name="amount"),
        item=item,
        part="result",
        value="amount",
        title="% of the row's total",
        told={item: layout.spoken(item)},
        colours=colours,
        whole=True,
    )


def started_steps(
    table: pd.DataFrame, *, group: str, title: str, colours: Mapping[str, str] | None = None
) -> alt.LayerChart:
    """Draw which share had started by each year as steps, with a band where nobody knows.

    Parameters
    ----------
    table : as `peru_asia.indicators.cohort.started_by` returns it: columns `group` (whose names
        stand at the ends of the lines with their last shares), ``year``, ``low_pct`` and
        ``high_pct``
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
