import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators import cohort

RESULT = st.sampled_from([cohort.BUILT, cohort.NOT_BUILT, cohort.UNKNOWN])
AMOUNT = st.floats(min_value=0, max_value=1e5, allow_subnormal=False)


def plans(*rows: tuple) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["country", "result", "usd", "start_year", "evidence_year"])
    return table.astype({"usd": float, "start_year": "Int64", "evidence_year": "Int64"})


FOUR = plans(
    ("A", "built", 30, 2015, 2020),
    ("A", "not_built", 50, None, 2020),
    ("A", "unknown", 20, None, None),
    ("B", "built", 10, 2018, 2018),
)


@st.composite
def any_plans(draw: st.DrawFn) -> pd.DataFrame:
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        result = draw(RESULT)
        start = draw(st.integers(2010, 2030)) if result == "built" else None
        seen = draw(st.integers(2010, 2030) | st.none())
        rows.append((draw(st.sampled_from("AB")), result, draw(AMOUNT), start, seen))
    return plans(*rows)


def test_a_start_on_record_outweighs_an_unknown_status() -> None:
    table = pd.DataFrame(
        {
            "status": ["sold", "unknown", "stalled", "unknown"],
            "start_year": [2021, None, None, 2007],
        }
    )
    assert cohort.result(table).tolist() == ["built", "unknown", "not_built", "built"]


def test_standing_asks_of_the_place_and_of_the_firms() -> None:
    table = pd.DataFrame(
        [
            ("operating", "operating", "increased"),
            ("sold", "producing_other_operator", "sold"),
            ("stalled", "not_built", "sold_within_china"),
            ("withdrawn", "licence_ended", "withdrawn"),
            ("unknown", "operating", "not_confirmed"),
        ],
        columns=["status", "site_state", "asian_investor"],
    )
    expected = ["works_in", "works_out", "idle_in", "idle_out", "unknown"]
    assert cohort.standing(table).tolist() == expected


LIST = pd.DataFrame(
    {
        "project_id": ["X1", "X2", "X3", "X4"],
        "same_project_as": ["X3", None, "X1", "X3"],
        "same_project_certainty": ["certain", None, "certain", "probable"],
    }
)


def test_one_row_a_project_joins_what_names_the_same() -> None:
    assert cohort.one_row_a_project(LIST)["project_id"].tolist() == ["X1", "X2"]
    certain = cohort.one_row_a_project(LIST, certain_only=True)
    assert certain["project_id"].tolist() == ["X1", "X2", "X4"]
    assert cohort.one_row_a_project(LIST, first=["X4"])["project_id"].tolist() == ["X2", "X4"]


def test_one_row_a_project_keeps_a_row_whose_twin_is_not_in_the_table() -> None:
    some = LIST[LIST["project_id"].isin(["X2", "X4"])]
    assert cohort.one_row_a_project(some)["project_id"].tolist() == ["X2", "X4"]


def test_completion_by_count() -> None:
    out = cohort.completion(FOUR).iloc[0]
    # 2 of 4 built, 1 unknown: at least 2/4, at most 3/4, 2 of the 3 known.
    assert out["plans"] == 4
    assert (out["low_pct"], out["high_pct"]) == (50, 75)
    assert out["known_pct"] == pytest.approx(200 / 3)


def test_completion_by_value_and_country() -> None:
    out = cohort.completion(FOUR, by="country", value="usd").set_index("country")
    # A: 30 built, 50 not, 20 unknown of 100. B: 10 of 10.
    a, b = out.loc["A"], out.loc["B"]
    assert (a["total"], a["low_pct"], a["high_pct"]) == (100, 30, 50)
    assert a["known_pct"] == pytest.approx(100 * 30 / 80)
    assert (b["low_pct"], b["known_pct"], b["high_pct"]) == (100, 100, 100)


def test_completion_leaves_out_plans_without_an_amount_and_says_how_many_enter() -> None:
    table = FOUR.assign(usd=[30.0, None, 20.0, None])
    out = cohort.completion(table, value="usd").iloc[0]
    assert (out["plans"], out["total"], out["low_pct"]) == (2, 50, 60)


def test_completion_of_unknown_plans_alone_knows_nothing() -> None:
    out = cohort.completion(FOUR[FOUR["result"] == "unknown"]).iloc[0]
    assert (out["low_pct"], out["high_pct"]) == (0, 100)
    assert pd.isna(out["known_pct"])


@pytest.mark.parametrize(
    ("change", "message"), [({"result": "open"}, "open"), ({"usd": -1.0}, "negative")]
)
def test_completion_refuses_what_it_cannot_count(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cohort.completion(FOUR.assign(**change), value="usd")


@given(any_plans(), st.sampled_from([None, "usd"]))
def test_bounds_contain_the_share_and_parts_make_the_total(
    table: pd.DataFrame, value: str | None
) -> None:
    out = cohort.completion(table, by="country", value=value)
    parts = out[["built", "not_built", "unknown"]].sum(axis=1)
    assert parts.tolist() == pytest.approx(out["total"].tolist())
    assert out["plans"].sum() == len(table)
    sure = out.dropna(subset=["known_pct"])
    assert (sure["low_pct"] <= sure["known_pct"] + 1e-9).all()
    assert (sure["known_pct"] <= sure["high_pct"] + 1e-9).all()


@given(any_plans(), RESULT)
def test_learning_a_fate_narrows_the_bounds(table: pd.DataFrame, fate: str) -> None:
    before = cohort.completion(table).iloc[0]
    after = cohort.completion(table.assign(result=table["result"].replace("unknown", fate)))
    assert before["low_pct"] <= after["low_pct"].iloc[0] <= after["high_pct"].iloc[0]
    assert after["high_pct"].iloc[0] <= before["high_pct"]


def test_delay_is_exact_or_a_lower_bound_or_missing() -> None:
    table = plans(
        ("A", "built", 1, 2013, 2025),  # promised 2014: a year early
        ("A", "built", 1, 2022, 2022),  # promised 2016: six late
        ("A", "not_built", 1, None, 2025),  # promised 2015: ten late or more
        ("A", "not_built", 1, None, 2012),  # evidence older than the promise
        ("A", "unknown", 1, None, 2020),  # nobody knows
        ("A", "built", 1, 2018, 2025),  # no promise
    ).assign(promised=[2014, 2016, 2015, 2014, 2014, None])
    out = cohort.delay(table, promised="promised")
    assert out["delay_years"].tolist()[:3] == [-1, 6, 10]
    assert out["delay_years"].iloc[3:].isna().all()
    assert out["delay_kind"].tolist()[:3] == ["exact", "exact", "at_least"]
    assert out["delay_kind"].iloc[3:].isna().all()


def test_started_by_parts_where_nobody_knows() -> None:
    out = cohort.started_by(FOUR, [2014, 2015, 2020, 2021], value="usd", by="country")
    a = out[out["country"] == "A"].set_index("year")
    # 20 of 100 are unknown throughout; 50 are known to wait up to 2020, and then no more.
    assert a["low_pct"].tolist() == [0, 30, 30, 30]
    assert a["high_pct"].tolist() == [20, 50, 50, 100]
    b = out[out["country"] == "B"].set_index("year")
    # Started in 2018: surely not before.
    assert b["high_pct"].tolist() == [0, 0, 100, 100]


def test_started_by_leaves_out_a_group_without_weight() -> None:
    out = cohort.started_by(
        FOUR.assign(usd=[0.0, 0.0, 0.0, 1.0]), [2020], value="usd", by="country"
    )
    assert out["country"].tolist() == ["B"]


@given(any_plans())
def test_starts_only_add_up(table: pd.DataFrame) -> None:
    out = cohort.started_by(table.assign(one="all"), range(2010, 2031), value="usd", by="one")
    assert out["low_pct"].is_monotonic_increasing
    assert (out["low_pct"] <= out["high_pct"] + 1e-9).all()
    if len(out):
        ends = cohort.completion(table, value="usd").iloc[0]
        assert out["low_pct"].iloc[-1] == pytest.approx(ends["low_pct"])


def test_by_trait_counts_each_plan_once_in_each_trait() -> None:
    table = FOUR.assign(size=["large", "large", None, "small"])
    out = cohort.by_trait(table, ["country", "size"])
    assert out["trait"].tolist() == ["country"] * 6 + ["size"] * 6
    large = out[out["level"] == "large"].set_index("result")["plans"]
    assert large.to_dict() == {"built": 1, "not_built": 1, "unknown": 0}
    assert out.groupby("trait")["plans"].sum().to_dict() == {"country": 4, "size": 3}


def test_split_chance_by_hand() -> None:
    # All 4 built plans of 9 in a group of 5: C(5,4) C(4,0) / C(9,4) = 5/126.
    assert cohort.split_chance(4, 5, 4, 9) == pytest.approx(5 / 126)
    # Both plans of a group of 2 built: C(2,2) C(7,2) / C(9,4) = 21/126.
    assert cohort.split_chance(2, 2, 4, 9) == pytest.approx(21 / 126)
    # None or more is certain.
    assert cohort.split_chance(0, 5, 4, 9) == 1


@pytest.mark.parametrize("counts", [(3, 2, 4, 9), (2, 5, 1, 9), (0, 10, 4, 9), (0, 6, 5, 9)])
def test_split_chance_refuses_impossible_counts(counts: tuple) -> None:
    with pytest.raises(ValueError, match="cannot hold more"):
        cohort.split_chance(*counts)


@given(st.integers(1, 8), st.integers(0, 8), st.data())
def test_split_chance_is_a_falling_probability(
    plans_in: int, others: int, data: st.DataObject
) -> None:
    total = plans_in + others
    built = data.draw(st.integers(0, total))
    least, most = max(0, built - others), min(built, plans_in)
    chances = [cohort.split_chance(k, plans_in, built, total) for k in range(least, most + 1)]
    assert chances[0] == pytest.approx(1)
    assert chances == sorted(chances, reverse=True)
    assert 0 < chances[-1] <= 1
