import ast
import re

import pandas as pd

from peru_asia.book import drawing
from peru_asia.charts import theme, timelines

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


def lines_of(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_numbers_follow_time_and_the_list_tells_what_they_are() -> None:
    chart = timelines.timeline(EVENTS, LANES, key="short")
    for width in (theme.WIDE, theme.NARROW):
        texts = lines_of(drawing.draw(drawing.to_spec(chart), width))
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
    plain = drawing.draw(drawing.to_spec(timelines.timeline(EVENTS, LANES)), theme.WIDE)
    keyed = drawing.draw(
        drawing.to_spec(timelines.timeline(unnamed, LANES, key="short")), theme.WIDE
    )
    assert lines_of(plain) == lines_of(keyed)


def test_the_reader_chooses_lane_and_category_and_print_shows_all() -> None:
    chart = timelines.timeline(EVENTS, LANES, categories={"diplomacy": "Diplomacy"}, pick=True)
    params = [param for param in chart.to_dict()["params"] if "value" in param]
    assert [param["value"] for param in params] == [timelines.ALL] * 2
    assert [param["bind"]["options"] for param in params] == [
        [timelines.ALL, "China", "Japan"],
        [timelines.ALL, "Diplomacy", "Other"],
    ]
    everything = drawing.draw(drawing.to_spec(chart), theme.WIDE)
    plain = timelines.timeline(EVENTS, LANES, categories={"diplomacy": "Diplomacy"})
    assert everything.count("<path") == drawing.draw(drawing.to_spec(plain), theme.WIDE).count(
        "<path"
    )


def test_a_choice_leaves_the_other_events_out() -> None:
    spec = timelines.timeline(EVENTS, LANES, pick=True).to_dict()
    shown = drawing.draw(drawing.to_spec(spec), theme.WIDE)
    for param in spec["params"]:
        if param["name"] == "shown_partner":
            param["value"] = "Japan"
    chosen = drawing.draw(drawing.to_spec(spec), theme.WIDE)
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
