"""Events of a case that the reader picks: the rows, the stacking, the choice."""

import pandas as pd
import pytest

from peru_asia.book import drawing
from peru_asia.charts import theme, timelines

EVENTS = pd.DataFrame(
    {
        "mine": ["a", "a", "a", "b", "c"],
        "kind": ["strike", "attack", "clash", "strike", "strike"],
        "day": ["2015-05-01", "2015-05-02", "2015-05", "2014", "2013"],
        "until": ["2015-06-01", None, None, "2015", None],
        "summary": ["One.", "Two.", "Three.", "Four.", "Left out."],
        "died": [None, "2", None, None, None],
    }
)
KINDS = {"strike": "Strike", "clash": "Clash or attack", "attack": "Clash or attack"}


def chart(table: pd.DataFrame):
    return timelines.one_case(
        table,
        {"b": "Beta", "a": "Alpha"},
        KINDS,
        case="mine",
        kind="kind",
        date="day",
        end="until",
        label="died",
        since=2010,
        until=2020,
    )


def test_the_first_case_is_shown_first_and_all_can_be_chosen() -> None:
    chosen = next(p for p in chart(EVENTS).to_dict()["params"] if p["name"] == "chosen")
    assert chosen["value"] == "Beta"
    assert chosen["bind"]["options"] == ["Beta", "Alpha"]


def test_codes_that_share_a_name_share_a_row_and_stand_apart_in_it() -> None:
    spec = chart(EVENTS).to_dict()
    rows = pd.DataFrame(next(iter(spec["datasets"].values())))
    assert set(rows["_kind"]) == {"Strike", "Clash or attack"}
    assert not rows["summary"].eq("Left out.").any()
    same = rows[rows["_kind"] == "Clash or attack"].sort_values("_turn")
    assert same["_turn"].tolist() == [0, 1]
    assert same["_aside"].tolist() == [-0.5, 0.5]


@pytest.mark.parametrize("rows", [EVENTS, EVENTS.iloc[:1], EVENTS.iloc[:0]])
@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_it_is_drawn_with_many_events_one_and_none(rows: pd.DataFrame, width: int) -> None:
    before = rows.copy()
    svg = drawing.draw(drawing.to_spec(chart(rows)), width)
    assert "NaN" not in svg
    assert "Clash or attack" in svg
    pd.testing.assert_frame_equal(rows, before)
