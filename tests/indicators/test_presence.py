"""First, largest and latest years of a presence, and who tells of it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.errors import BookError
from peru_asia.indicators.presence import milestones, sector_events, voices

SECTORS = pd.DataFrame(
    {
        "sector": ["ports", "space", "cameras"],
        "label": ["Ports", "Space", "Cameras"],
        "first_year": [2019, 2006, None],
        "first_event": ["bought", "joined", None],
        "largest_year": [2024, None, None],
        "largest_event": ["opened", None, None],
    }
)
FACTS = pd.DataFrame(
    {
        "fact_id": ["F001", "F002", "F003"],
        "sector": ["ports", "ports", "space"],
        "date": ["2025-01", "2022", "2001"],
        "date_end": ["2026-03", None, None],
        "voice": ["official", "press", "official"],
        "summary": ["a", "b", "c"],
        "source": ["x", "y", "z"],
        "note": [None, None, None],
    }
)


def test_the_latest_year_may_come_from_a_fact_or_from_the_sector() -> None:
    table = milestones(SECTORS, FACTS).set_index(["label", "what"])["year"]
    assert table["Ports"].to_dict() == {
        "First known": 2019, "Largest": 2024, "Latest on record": 2026,
    }  # fmt: skip
    # The fact of 2001 is older than the first year, which then is the latest too.
    assert table["Space"].to_dict() == {"First known": 2006, "Latest on record": 2006}


def test_a_sector_without_a_year_has_no_row() -> None:
    assert "Cameras" not in set(milestones(SECTORS, FACTS)["label"])


def test_voices_count_facts_that_end_later() -> None:
    labels = {"ports": "Ports", "space": "Space"}
    names = {"official": "Authority", "press": "Press"}
    counted = voices(FACTS, labels, names, since="2022-08")
    # The fact of 2022 may be older than August and does not count.
    assert counted.to_dict("records") == [{"label": "Ports", "who": "Authority", "facts": 1}]
    everything = voices(FACTS, labels, names, since="2000-01")
    assert everything["facts"].sum() == len(FACTS)


def test_a_voice_without_a_name_is_refused() -> None:
    with pytest.raises(BookError, match="voice 'press' has no name"):
        voices(FACTS, {"ports": "P", "space": "S"}, {"official": "A"}, since="2000-01")


def test_events_of_both_tables_stand_in_order() -> None:
    timeline = pd.DataFrame(
        {"timeline_id": ["T001"], "date": ["2019-05-10"], "date_end": [None],
         "category": ["investment"], "summary": ["d"], "source": ["w"], "note": [None]}
    )  # fmt: skip
    both = sector_events(timeline, FACTS)
    assert both["event_id"].tolist() == ["F003", "T001", "F002", "F001"]
    assert both["topic"].tolist() == ["space", "investment", "ports", "ports"]


@given(st.lists(st.tuples(st.integers(1950, 2020), st.integers(0, 60)), min_size=1, max_size=8))
def test_years_of_a_sector_never_run_backwards(pairs: list[tuple[int, int]]) -> None:
    table = pd.DataFrame(
        {
            "sector": [f"s{n}" for n in range(len(pairs))],
            "label": [f"S{n}" for n in range(len(pairs))],
            "first_year": [first for first, _ in pairs],
            "first_event": "a",
            "largest_year": [first + more for first, more in pairs],
            "largest_event": "b",
        }
    )
    found = milestones(table, FACTS).pivot(index="label", columns="what", values="year")
    assert (found["First known"] <= found["Largest"]).all()
    assert (found["Largest"] <= found["Latest on record"]).all()
