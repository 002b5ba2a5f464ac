"""Maps of Peru, with the names of what lies around it."""

from typing import Any

import altair as alt
import pandas as pd

from peru_asia.charts.kinds import maps

_SEA = "Pacific Ocean"
_AROUND = {
    "Ecuador": (-78.35, -1.35),
    "Colombia": (-72.2, 0.25),
    "Brazil": (-69.55, -7.1),
    "Bolivia": (-66.4, -15.6),
    "Chile": (-69.3, -18.8),
    _SEA: (-79.6, -14.6),
}


def peru_map(points: pd.DataFrame, outlines: pd.DataFrame, **more: Any) -> alt.LayerChart:
    """Draw places on the outline of Peru: mines, ports, conflicts.

    Parameters
    ----------
    points, outlines, more : what `maps.places_map` takes
    """
    return maps.places_map(points, outlines, home="PER", around=_AROUND, sea=_SEA, **more)
