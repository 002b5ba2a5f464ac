"""What the charts of event studies work out themselves, against the indicators."""

import re
from itertools import pairwise

import pandas as pd
import pytest

from peru_asia.charts import event_study, theme
from peru_asia.indicators import event_study as ind
from tests.charts.pictures import svg_of

COLOURS = {"China, 2010": theme.PARTNERS["CHN"]}


def around(growths: dict[str, float]) -> pd.DataFrame:
    """Two years before and two after, in which each partner grows by a factor of its own."""
    return pd.DataFrame(
        [
            ("China, 2010", name, name == "China", time, 10.0 * (growth if time > 0 else 1))
            for name, growth in growths.items()
            for time in range(-2, 3)
        ],
        columns=["event", "partner", "treated", "event_time", "value"],
    )


@pytest.mark.parametrize(("own", "rank"), [(9.0, 1), (3.0, 2), (0.5, 5)])
def test_the_rank_is_that_of_the_indicator(own: float, rank: int) -> None:
    rows = around({"China": own, "India": 4.0, "Taiwan": 1.0, "Viet Nam": 2.0, "Indonesia": 1.1})
    svg = svg_of(event_study.placebo_strip(rows, COLOURS, before=2, after=2))
    panel = rows.pivot(index="event_time", columns="partner", values="value")
    changes = ind.change(panel, reference=(-2, -1), after=(1, 2))
    gaps = ind.placebo_gaps(changes, "China", [name for name in panel if name != "China"])
    assert (gaps >= gaps["China"]).sum() == rank
    assert f">{rank} of 5<" in svg


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_names_at_the_ends_of_paths_keep_apart(width: int) -> None:
    growths = {"China": 2.0, "India": 2.01, "Taiwan": 2.02, "Viet Nam": 1.99, "Indonesia": 8.0}
    svg = svg_of(event_study.event_paths(around(growths), COLOURS, before=2), width)
    heights = []
    for name in (*growths, "Mean of controls"):
        found = re.search(rf"<text[^>]*translate\([-\d.]+,([-\d.]+)\)[^>]*>{name}<", svg)
        assert found, name
        heights.append(float(found[1]))
    ordered = sorted(heights)
    gaps = [low - high for high, low in pairwise(ordered)]
    assert min(gaps) >= 11
