"""What the chapter "Are Chinese operators different?" says beside the numbers that it prints."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def listed() -> pd.DataFrame:
    cases = data.load("mining_conflict_cases")
    rows = cases.merge(data.load("case_operators").drop(columns="note"), on="case_id")
    return rows[rows["status"].isin(["active", "latent"])]


def test_cases_of_las_bambas_reach_farthest(listed: pd.DataFrame) -> None:
    mines = data.load("mines")[["mine_id", "lat", "lon"]].rename(columns={"lat": "y", "lon": "x"})
    apart = listed.dropna(subset=["lat", "mine_id"]).merge(mines, on="mine_id")
    km = ind.distance_km(apart["lat"], apart["lon"], apart["y"], apart["x"])
    assert km.groupby(apart["operator"]).max().idxmax() == "las_bambas"


def test_las_bambas_lies_in_as_many_provinces_as_southern(listed: pd.DataFrame) -> None:
    provinces = listed.groupby("operator")["province"].nunique()
    assert provinces["las_bambas"] == provinces["southern_peru"]


def test_violence_is_on_record_about_as_often_elsewhere(listed: pd.DataFrame) -> None:
    chinese = listed[listed["asian_owner"] == "CHN"]
    named = listed[listed["asian_owner"].isna() & (listed["operator"] != "informal")]
    out = ind.share_interval(int(chinese["violence"].sum()), len(chinese))
    assert out.low < named["violence"].mean() < out.high
