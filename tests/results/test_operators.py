"""Key results of the chapter "Are Chinese operators different?", pinned with their reasons."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def listed() -> pd.DataFrame:
    cases = data.load("mining_conflict_cases")
    rows = cases.merge(data.load("case_operators").drop(columns="note"), on="case_id")
    return rows[rows["status"].isin(["active", "latent"])]


@pytest.fixture(scope="module")
def large(listed) -> pd.DataFrame:
    table = data.load("copper_production").astype({"mine": object})
    yearly = table.groupby(["mine", "year"])["copper_t"].sum().unstack()
    output = yearly[yearly.max(axis=1) >= 10_000].sum(axis=1) / 100_000
    rows = ind.ownership.roster(data.load("mine_owners"), 2024).rename(columns={"mine": "operator"})
    cases = listed["operator"].value_counts()
    rows = rows.assign(
        output=rows["operator"].map(output),
        cases=rows["operator"].map(cases).fillna(0).astype(int),
        chinese=rows["control"].eq("CHN"),
    )
    return rows.dropna(subset=["output"]).reset_index(drop=True)


def test_of_the_chinese_cases_twelve_are_las_bambas(listed) -> None:
    # 58 active and 17 latent; Las Bambas 12, Río Blanco 1, Chinalco 1 (the note of the list).
    chinese = listed[listed["asian_owner"] == "CHN"]
    assert len(listed) == 58 + 17
    assert chinese["operator"].value_counts().to_dict() == {
        "las_bambas": 12,
        "rio_blanco": 1,
        "toromocho": 1,
    }


def test_las_bambas_lies_in_as_many_provinces_as_southern(listed) -> None:
    provinces = listed.groupby("operator")["province"].unique()
    assert set(provinces["las_bambas"]) == {"Cotabambas", "Espinar", "Chumbivilcas", "Paruro"}
    assert set(provinces["southern_peru"]) == {"Aymaraes", "Islay", "Mariscal Nieto", "Candarave"}


def test_copper_of_the_chinese_companies(large) -> None:
    # Las Bambas 290,106 + 232,540; Chinalco 235,691 + 217,920; Shouxin 18,691 + 28,406 tonnes.
    made = large.loc[large["chinese"], "output"].sum()
    assert made == pytest.approx((522_646 + 453_611 + 47_097) / 100_000, abs=1e-4)
    assert large.loc[large["chinese"], "cases"].sum() == 13


def test_one_relabelling_in_six_does_as_much(large) -> None:
    chinese = large.index[large["chinese"]].tolist()
    out = ind.relabelled(large["cases"].tolist(), large["output"].tolist(), chinese)
    # 13 cases in 10.23 hundred thousand tonnes; 14 companies, choose three: 14 * 13 * 12 / 6.
    assert out.rate == pytest.approx(13 / 10.2335, abs=1e-3)
    assert (out.groups, out.as_high) == (14 * 13 * 12 // 6, 59)
    rest = large[large["operator"] != "las_bambas"].reset_index(drop=True)
    chinese = rest.index[rest["chinese"]].tolist()
    without = ind.relabelled(rest["cases"].tolist(), rest["output"].tolist(), chinese)
    # One case, of Chinalco, in 4.5361 + 0.4710 hundred thousand tonnes.
    assert without.rate == pytest.approx(1 / 5.0071, abs=1e-3)
    assert without.share_pct > 50


def test_two_of_four_chinese_mines_have_a_case(listed) -> None:
    mines = data.load("mines")
    working = mines[
        mines["facility"].isin(["mine", "mine_and_plant"])
        & ~mines["note"].fillna("").str.startswith("A project")
    ]
    chinese = ["Las Bambas", "Toromocho", "Shougang Marcona Mine", "Marcona (Shouxin)"]
    with_case = set(listed["mine_id"].dropna())
    found = working.assign(has=working["mine_id"].isin(with_case)).set_index("name")["has"]
    assert found[chinese].tolist() == [True, True, False, False]
    # 99 facilities less two smelters and four projects.
    assert (len(found), int(found.drop(chinese).sum())) == (99 - 2 - 4, 19)
    # Tables of Clopper and Pearson's limits: 2 of 4 from 6.8 to 93.2 per cent.
    out = ind.share_interval(2, 4)
    assert (round(100 * out.low, 1), round(100 * out.high, 1)) == (6.8, 93.2)


def test_violence_is_on_record_as_often_elsewhere(listed) -> None:
    chinese = listed[listed["asian_owner"] == "CHN"]
    named = listed[listed["asian_owner"].isna() & (listed["operator"] != "informal")]
    assert (chinese["violence"].sum(), len(chinese)) == (11, 14)
    assert (named["violence"].sum(), len(named)) == (36, 50)
    out = ind.share_interval(11, 14)
    assert out.low < 36 / 50 < out.high


def test_the_mark_for_dialogue_is_never_set_without_violence() -> None:
    cases = data.load("mining_conflict_cases")
    assert not (cases["dialogue"] & ~cases["violence"]).any()
    # So it cannot be a record of talks: these cases are in dialogue now.
    assert ((cases["phase"] == "dialogue") & ~cases["dialogue"]).sum() == 22


def test_rio_blanco_before_and_after() -> None:
    events = data.load("conflict_events")
    rio = events[events["count_in_totals"] & (events["mine"] == "rio_blanco")]
    before = rio[rio["owner_country"] == "GBR"]
    assert (len(before), len(rio) - len(before)) == (2, 6)
    out = ind.rate_ratio_interval((6, 19), (2, 3))
    assert out.value == pytest.approx(6 / 19 * 3 / 2)
    assert out.low < 1 < out.high


def test_strikes_at_marcona_by_period() -> None:
    events = data.load("conflict_events")
    strikes = events[
        events["count_in_totals"]
        & (events["mine"] == "marcona")
        & (events["event_type"] == "strike")
    ]
    years = strikes["start_date"].str[:4].astype(int)
    counts = [
        int(years.between(*span).sum()) for span in ((2006, 2012), (2013, 2018), (2019, 2025))
    ]
    # 2006 twice, 2007, 2011, 2012; 2013, 2014, 2015 twice, 2016, 2018; 2022, 2023.
    assert counts == [5, 6, 2]
    assert ind.rate_ratio_interval((2, 7), (5, 7)).value == pytest.approx(0.4)


def test_cases_of_las_bambas_reach_farthest(listed) -> None:
    mines = data.load("mines")[["mine_id", "lat", "lon"]].rename(columns={"lat": "y", "lon": "x"})
    apart = listed.dropna(subset=["lat", "mine_id"]).merge(mines, on="mine_id")
    km = ind.distance_km(apart["lat"], apart["lon"], apart["y"], apart["x"])
    far = km.groupby(apart["operator"]).max()
    assert far.idxmax() == "las_bambas"
    # Coporaque: 0.70 degrees south and 0.66 east of the mine: 77 and 71 km, together 105.
    assert far["las_bambas"] == pytest.approx(105, abs=1)
