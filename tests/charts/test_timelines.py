"""Timelines: numbers and their list, menus, one case at a time."""

import ast
import re

import pandas as pd
import pytest

from peru_asia.charts import theme, timelines
from tests.charts.pictures import check_drawn, check_served, svg_of

EVENTS = pd.DataFrame(
    {
        "partner": ["CHN", "JPN", "JPN", "CHN"],
        "date": ["1874-06-26", "1873", "1940-05-13", "1971"],
        "date_end": [None, None, None, "1972"],
        "category": ["treaty", "diplomacy", "conflict", "diplomacy"],
        "summary": ["Treaty.", "Relations.", "Riot.", "Recognition."],
        "short": ["Treaty with China", "Relations with Japan", None, "Recognition"],
    }
)
LANES = {"CHN": "China", "JPN": "Japan"}


CASES = pd.DataFrame(
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


def lines_of(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_numbers_follow_time_and_the_list_tells_what_they_are() -> None:
    chart = timelines.timeline(EVENTS, LANES, key="short")
    for width in (theme.WIDE, theme.NARROW):
        texts = lines_of(svg_of(chart, width))
        listed = [" ".join(text.split()) for text in texts if " 18" in text or " 19" in text]
        assert sorted(listed) == [
            "1 1873 Relations with Japan",
            "2 1874 Treaty with China",
            "3 1971 Recognition",
        ]
        # One number on the lanes for each line of the list, and none for the event without a name.
        assert sorted(text for text in texts if text in {"1", "2", "3", "4"}) == ["1", "2", "3"]


def test_without_names_there_are_neither_numbers_nor_a_list() -> None:
    unnamed = EVENTS.assign(short=None)
    plain = svg_of(timelines.timeline(EVENTS, LANES))
    keyed = svg_of(timelines.timeline(unnamed, LANES, key="short"))
    assert lines_of(plain) == lines_of(keyed)


def test_the_reader_chooses_lane_and_category_and_print_shows_all() -> None:
    chart = timelines.timeline(EVENTS, LANES, categories={"diplomacy": "Diplomacy"}, pick=True)
    params = [param for param in chart.to_dict()["params"] if "value" in param]
    assert [param["value"] for param in params] == [timelines.ALL] * 2
    assert [param["bind"]["options"] for param in params] == [
        [timelines.ALL, "China", "Japan"],
        [timelines.ALL, "Diplomacy", "Other"],
    ]
    everything = svg_of(chart)
    plain = timelines.timeline(EVENTS, LANES, categories={"diplomacy": "Diplomacy"})
    assert everything.count("<path") == svg_of(plain).count("<path")


def test_a_choice_leaves_the_other_events_out() -> None:
    spec = timelines.timeline(EVENTS, LANES, pick=True).to_dict()
    shown = svg_of(spec)
    for param in spec["params"]:
        if param["name"] == "shown_partner":
            param["value"] = "Japan"
    chosen = svg_of(spec)
    assert chosen.count("<path") < shown.count("<path")


def test_a_fixed_colour_stays_with_its_category() -> None:
    kinds = {"diplomacy": "Diplomacy", "treaty": "Treaty"}
    fixed = {"Treaty": theme.PARTNERS["CHN"]}
    spec = timelines.timeline(EVENTS, LANES, categories=kinds, colours=fixed).to_dict()
    scales = re.findall(r"'domain': (\['Diplomacy'[^]]*\]), 'range': (\[[^]]*\])", str(spec))
    assert scales
    for domain, colours in scales:
        by_name = dict(zip(ast.literal_eval(domain), ast.literal_eval(colours), strict=True))
        assert by_name["Treaty"] == theme.PARTNERS["CHN"]
        assert by_name["Diplomacy"] != theme.PARTNERS["CHN"]


def one_case(table: pd.DataFrame):
    return timelines.case_timeline(
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
    chosen = next(p for p in one_case(CASES).to_dict()["params"] if p["name"] == "picked__case")
    assert chosen["value"] == "Beta"
    assert chosen["bind"]["options"] == ["Beta", "Alpha"]


def test_codes_that_share_a_name_share_a_row_and_stand_apart_in_it() -> None:
    spec = one_case(CASES).to_dict()
    rows = pd.DataFrame(next(iter(spec["datasets"].values())))
    assert set(rows["_kind"]) == {"Strike", "Clash or attack"}
    assert not rows["summary"].eq("Left out.").any()
    same = rows[rows["_kind"] == "Clash or attack"].sort_values("_turn")
    assert same["_turn"].tolist() == [0, 1]
    assert same["_aside"].tolist() == [-0.5, 0.5]


@pytest.mark.parametrize("rows", [CASES, CASES[1:4]])
def test_a_case_is_drawn_with_many_events_and_few(rows: pd.DataFrame) -> None:
    check_drawn(one_case, rows)
    assert "Clash or attack" in svg_of(one_case(rows))


def test_a_case_serves_every_use() -> None:
    check_served(one_case(CASES))
