import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.indicators import estimate_ranges

STATEMENTS = pd.DataFrame(
    {
        "group": ["b", "b", "b", "a", "c", "c"],
        "value": [10.0, 4.0, None, 3.0, 0.0, 5.0],
        "value_high": [None, 20.0, 90.0, 5.0, None, None],
        "source": ["x", "y", "z", "x", "x", "x"],
    }
)


def test_ends_of_ranges_count_and_a_statement_without_a_value_does_not() -> None:
    out = estimate_ranges(STATEMENTS, by="group").set_index("group")
    # b: 10 against a range of 4 to 20; the row that has only an upper end says nothing.
    assert out.loc["b"].tolist() == [4.0, 20.0, 5.0, 2, 2]
    assert out.loc["a", ["lowest", "highest"]].tolist() == [3.0, 5.0]


def test_things_keep_the_order_of_the_table() -> None:
    assert estimate_ranges(STATEMENTS, by="group")["group"].tolist() == ["b", "a", "c"]


def test_nothing_is_a_multiple_of_zero() -> None:
    out = estimate_ranges(STATEMENTS, by="group").set_index("group")
    assert pd.isna(out.loc["c", "factor"])
    assert (out.loc["c", "statements"], out.loc["c", "sources"]) == (2, 1)


def test_things_may_have_several_columns_and_no_upper_ends() -> None:
    out = estimate_ranges(STATEMENTS, by=["group", "source"], high=None)
    assert len(out) == 4
    assert out.iloc[1][["group", "source", "highest"]].tolist() == ["b", "y", 4.0]


@given(st.lists(st.floats(1, 1e9), min_size=1, max_size=20), st.randoms())
def test_the_span_holds_every_statement_in_any_order(values: list[float], random) -> None:
    table = pd.DataFrame({"group": "a", "value": values, "source": "x"})
    row = estimate_ranges(table, by="group").iloc[0]
    assert row["lowest"] == min(values)
    assert row["highest"] == max(values)
    assert row["factor"] == pytest.approx(max(values) / min(values))
    random.shuffle(values)
    other = estimate_ranges(table.assign(value=values), by="group").iloc[0]
    assert other.tolist() == row.tolist()
