"""Sums that grow by deliveries, and ways from one figure to another."""

import pandas as pd
import pytest

from peru_asia.charts import steps, theme
from peru_asia.errors import BookError
from peru_asia.indicators import gap_steps
from tests.charts.pictures import check_drawn, check_served

CAME = pd.DataFrame(
    {
        "date": ["2021-02-10", "2021-02-01", "2021-02-10", "2021-03-01"],
        "maker": ["b", "a", "b", "a"],
        "doses": [5.0, 10.0, 2.0, 4.0],
    }
)


def chart(table: pd.DataFrame):
    return steps.cumulative_steps(
        table, {"a": "Alpha", "b": "Beta"}, group="maker", value="doses", title="doses"
    )


def rows_of(table: pd.DataFrame) -> pd.DataFrame:
    (rows,) = chart(table).to_dict()["datasets"].values()
    return pd.DataFrame(rows)


def test_sums_run_by_day_and_group() -> None:
    rows = rows_of(CAME)
    alpha, beta = (rows[rows["maker"] == code] for code in "ab")
    # 10 on 1 February, 4 more on 1 March.
    assert alpha["_sum"].tolist() == [10, 14]
    # Nothing at first, 5 and 2 on one day, then level to the last day of the table.
    assert beta["_sum"].tolist() == [0, 7, 7]
    assert beta["doses"].tolist() == [0, 7, 0]


def test_names_stand_at_the_last_day() -> None:
    rows = rows_of(CAME)
    named = rows[rows["_label_at"].notna()]
    assert set(named["_name"]) == {"Alpha", "Beta"}
    assert set(named["date"].str[:10]) == {"2021-03-01"}


def test_other_groups_are_left_out() -> None:
    assert set(rows_of(CAME.assign(maker=["b", "a", "c", "a"]))["maker"]) == {"a", "b"}


@pytest.mark.parametrize("table", [CAME, CAME.assign(doses=[None, 1, 2, 3])])
def test_it_draws_with_little_or_nothing(table: pd.DataFrame) -> None:
    check_drawn(chart, table)


def test_a_chart_serves_every_use() -> None:
    check_served(chart(CAME))


def test_a_negative_delivery_is_refused() -> None:
    with pytest.raises(BookError, match="cannot be negative"):
        chart(CAME.assign(doses=-1.0))


WAY = gap_steps({"low": 10.0, "Wider": 40.0, "Earlier": 35.0, "Not known": 50.0})


def bridge(table: pd.DataFrame):
    return steps.waterfall(
        table, start="Least", end="Most", title="US$ m", unexplained=["Not known"]
    )


def bridge_rows(table: pd.DataFrame) -> pd.DataFrame:
    (rows,) = bridge(table).to_dict()["datasets"].values()
    return pd.DataFrame(rows).set_index("step")


def test_a_way_starts_and_ends_with_a_whole_bar() -> None:
    rows = bridge_rows(WAY)
    assert rows.index.tolist() == ["Least", "Wider", "Earlier", "Not known", "Most"]
    assert rows["before"].tolist() == [0, 10, 40, 35, 0]
    assert rows["after"].tolist() == [10, 40, 35, 50, 50]
    # Each bar is tied to the next at the height that it reaches; the last to none.
    assert rows["_next"].tolist()[:-1] == rows.index.tolist()[1:]
    assert pd.isna(rows["_next"].iloc[-1])


def test_steps_up_down_and_unexplained_are_told_apart() -> None:
    rows = bridge_rows(WAY)
    assert rows["_kind"].tolist() == ["end", "up", "down", "unexplained", "end"]
    assert rows.loc["Earlier", "_top"] == 40, "a label stands outside its bar"
    scale = bridge(WAY).to_dict()["layer"][1]["encoding"]["fill"]["scale"]
    tones = dict(zip(scale["domain"], scale["range"], strict=True))
    assert tones["unexplained"] == theme.PAPER
    assert len(set(tones.values())) == 4


@pytest.mark.parametrize("table", [WAY, WAY.tail(1)])
def test_a_way_draws_with_little_or_nothing(table: pd.DataFrame) -> None:
    check_drawn(bridge, table)


def test_a_way_serves_every_use() -> None:
    check_served(bridge(WAY))
