"""Bars upwards and downwards: each on a scale of its own, both from the same line."""

import pandas as pd
import pytest

from peru_asia.book import drawing
from peru_asia.charts import maps, mirror, theme

MONTHS = pd.DataFrame(
    {"month": ["2021-01", "2021-02", "2021-03"], "kt": [20.0, 10.0, 0.0], "days": [0, 31, 4]}
)


def rows_of(table: pd.DataFrame) -> pd.DataFrame:
    spec = mirror.mirror_bars(table, {"kt": "copper"}, {"days": "days"}).to_dict()
    return pd.DataFrame(max(spec["datasets"].values(), key=lambda rows: len(rows[0])))


def test_each_side_fills_its_half() -> None:
    rows = rows_of(MONTHS)
    assert rows["_up"].max() == pytest.approx(-rows["_down"].min())
    # Half the largest output is half as high.
    assert rows["_up"][1] == pytest.approx(rows["_up"][0] / 2)


def test_a_measure_that_is_zero_throughout_has_no_bars() -> None:
    assert (rows_of(MONTHS.assign(days=0))["_down"] == 0).all()


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_missing_values_are_left_out(width: int) -> None:
    table = MONTHS.assign(kt=[20.0, None, 5.0])
    svg = drawing.draw(
        drawing.to_spec(mirror.mirror_bars(table, {"kt": "copper"}, {"days": "days"})), width
    )
    assert "NaN" not in svg
    assert "2021-01" in svg


def test_a_negative_value_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        mirror.mirror_bars(MONTHS.assign(kt=-1.0), {"kt": "copper"}, {"days": "days"})


def test_a_label_on_a_map_moves_to_the_left_when_asked() -> None:
    places = pd.DataFrame({"name": ["Chancay"], "lat": [-11.6], "lon": [-77.3]})
    outlines = pd.DataFrame(
        {"area": "PER", "ring": 1, "point": [1, 2, 3, 4], "longitude": [-79, -71, -75, -79],
         "latitude": [-5, -5, -14, -5]}
    )  # fmt: skip

    def anchors(**more: object) -> set[str]:
        chart = maps.peru_map(places, outlines, name="name", label="name", **more)
        svg = drawing.draw(drawing.to_spec(chart), theme.WIDE)
        before = svg.split(">Chancay<")[0]
        return {before.rsplit("<text", 1)[1].split('text-anchor="')[1].split('"')[0]}

    assert anchors() == {"start"}
    assert anchors(label_left=["Chancay"]) == {"end"}
