import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators import distance_km

DEGREE = 6371.0088 * math.pi / 180  # one degree of a great circle, about 111.2 km


def one(a: float, b: float, c: float, d: float) -> float:
    return distance_km(*(pd.Series([x]) for x in (a, b, c, d)))[0]


def test_distances_worked_by_hand() -> None:
    assert one(0, 0, 0, 1) == pytest.approx(DEGREE)
    assert one(-15, -72, -14, -72) == pytest.approx(DEGREE)
    # At 60 degrees a degree of longitude is half as long, but for the curve of the great circle.
    assert one(60, 0, 60, 1) == pytest.approx(DEGREE / 2, rel=1e-4)
    assert one(0, 0, 0, 180) == pytest.approx(180 * DEGREE)


def test_a_missing_point_has_no_distance() -> None:
    assert math.isnan(one(float("nan"), -72, -14, -72))


@given(*[st.floats(-18, 0), st.floats(-81, -68)] * 2)
def test_distance_is_the_same_both_ways(a: float, b: float, c: float, d: float) -> None:
    assert one(a, b, c, d) == pytest.approx(one(c, d, a, b), abs=1e-9)
    assert one(a, b, a, b) == 0
