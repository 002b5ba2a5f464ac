import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import data
from peru_asia.indicators.casualties import persons, totals


def rows(*cells: tuple) -> pd.DataFrame:
    columns = ["event_id", "count_in_totals", "mine", "deaths", "deaths_low", "deaths_high"]
    table = pd.DataFrame(cells, columns=columns)
    return table.astype(dict.fromkeys(columns[3:], "Int64"))


# Event a is told twice: three died by the account that counts (two by another), so 2 to 3.
# Of event b a source says "more than 4": it has a lower end and no upper one.
TWO = rows(
    ("a", True, "one", 3, 2, 3),
    ("a", False, "one", 2, 2, 2),
    ("b", True, "two", 4, 4, None),
    ("c", True, "one", 1, 1, 1),
    ("d", True, "three", None, None, None),
)


def test_sums_and_ranges_worked_by_hand() -> None:
    out = totals(TWO).set_index("mine")
    assert out.loc["one", ["events", "reported", "low", "high"]].tolist() == [2, 4, 3, 4]
    assert out.loc["two", ["events", "reported", "low"]].tolist() == [1, 4, 4]


def test_an_open_end_leaves_the_sum_open() -> None:
    assert pd.isna(totals(TWO).set_index("mine")["high"]["two"])
    both = totals(TWO.assign(mine="x"))
    assert both["low"].tolist() == [7]
    assert both["high"].isna().all()


def test_a_mine_without_a_figure_has_no_row() -> None:
    assert set(totals(TWO)["mine"]) == {"one", "two"}


def test_a_range_without_an_own_figure_still_counts() -> None:
    # The account that counts gives none, another gives 18.
    out = totals(rows(("a", True, "one", None, 18, 18)))
    assert out[["events", "reported", "low", "high"]].iloc[0].tolist() == [1, 0, 18, 18]


def test_each_person_has_a_row_and_the_doubtful_are_marked() -> None:
    out = persons(TWO)
    assert out["event_id"].tolist() == ["a"] * 3 + ["b"] * 4 + ["c"]
    assert out["agreed"].tolist() == [True, True, False, True, True, True, True, True]


def test_wrong_use_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="deaths or injured, not missing"):
        totals(TWO, "missing")
    with pytest.raises(ValueError, match="a counts twice"):
        totals(TWO.assign(count_in_totals=True))
    with pytest.raises(ValueError, match="a counts twice"):
        persons(TWO.assign(count_in_totals=True))


def test_the_published_cumulative_row_of_rio_blanco() -> None:
    events = data.load("conflict_events")
    # Red Muqui's own sum: four villagers, three employees, three of a survey team.
    published = events[events["event_type"] == "cumulative"]["deaths"].iloc[0]
    assert totals(events).set_index("mine")["reported"]["rio_blanco"] == published == 10


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["one", "two"]), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)
        ),
        min_size=1,
        max_size=12,
    )
)
def test_reported_lies_in_its_range_and_persons_are_the_upper_end(cells: list[tuple]) -> None:
    table = rows(
        *(
            (f"e{n}", True, mine, low + more, low, low + more + most)
            for n, (mine, low, more, most) in enumerate(cells)
        )
    )
    out = totals(table)
    assert ((out["low"] <= out["reported"]) & (out["reported"] <= out["high"])).all()
    each = persons(table)
    assert len(each) == out["high"].sum()
    assert each["agreed"].sum() == out["low"].sum()
