"""Distances between places."""

import numpy as np
import pandas as pd

_EARTH_KM = 6371.0088  # mean radius


def distance_km(
    lat: pd.Series, lon: pd.Series, other_lat: pd.Series, other_lon: pd.Series
) -> pd.Series:
    """Return the great-circle distance between pairs of points, in kilometres.

    ``d = 2 R asin(sqrt(sin^2((b - a) / 2) + cos(a) cos(b) sin^2((m - l) / 2)))`` with latitudes *a*
    and *b*, longitudes *l* and *m* (degrees, WGS 84), and the mean radius *R* of the Earth: the
    haversine formula (Sinnott 1984, Virtues of the Haversine, Sky and Telescope 68, 159). Missing
    where a coordinate is.

    The Earth is taken for a sphere, which errs by at most half a per cent. The distance is that of
    a bird: roads in the Andes are longer.

    Examples
    --------
    >>> tokyo = [pd.Series([35.7]), pd.Series([139.7])]
    >>> beijing = [pd.Series([39.9]), pd.Series([116.4])]
    >>> ind.distance_km(*tokyo, *beijing).round(-2).tolist()
    [2100.0]
    """
    a, b = np.radians(lat.astype(float)), np.radians(other_lat.astype(float))
    turn = np.radians(other_lon.astype(float) - lon.astype(float))
    root = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(turn / 2) ** 2
    return 2 * _EARTH_KM * np.arcsin(np.sqrt(root))
