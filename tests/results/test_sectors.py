"""Results of the chapter on China's presence by sector that its facts do not print."""

import re

from peru_asia import data, paths
from peru_asia.indicators import value_at
from peru_asia.indicators.presence import milestones

SECTORS = data.load("china_sectors")
FACTS = data.load("china_sector_facts")
DEALS = data.load("deals_since_2013")
CHAPTER = (paths.CHAPTERS / "china" / "sectors.md").read_text("utf-8")
TIMELINE = data.load("timeline").set_index("timeline_id")


def test_every_field_has_its_place_in_the_text() -> None:
    # A section, or a paragraph that begins with the field's name.
    missing = [
        label
        for label in SECTORS["label"]
        if not re.search(rf"^(## |\*\*){re.escape(label)}(\.\*\*|:|$)", CHAPTER, re.M)
    ]
    assert not missing


def test_what_the_timeline_has_is_not_told_again() -> None:
    """One event has one home: no statement has the day and the source of an event."""
    events = {(row["date"], row["source"]) for row in TIMELINE.to_dict("records")}
    told = FACTS[FACTS["measure"] == "event"]
    assert not events & set(zip(told["date"], told["source"], strict=True))


def test_the_ruling_of_january_is_not_the_last_word() -> None:
    """Whatever tells of the ruling on supervision tells of its revocation."""
    ruling, revoked = TIMELINE.loc["T176"], TIMELINE.loc["T191"]
    assert "T191" in ruling["note"]
    told = [CHAPTER, data.load("recommendations").to_csv()]
    told += [path.read_text("utf-8") for path in paths.CHAPTERS.glob("conflicts/cases.md")]
    for text in told:
        assert str(ruling["source"]) in text or str(ruling["source2"]) in text
        assert str(revoked["source"]) in text


def test_years_of_the_matrix() -> None:
    table = milestones(SECTORS, FACTS).set_index(["label", "what"])["year"]
    # The tender of Marcona, the sale of Las Bambas, and Zijin's purchase of La Arena.
    assert table["Mining"].tolist() == [1992, 2014, 2024]
    # What the regulator's head said of the last ruling is of 2026.
    assert table["Ports"].tolist() == [2019, 2025, 2026]
    assert set(SECTORS["label"]) - set(table.index.get_level_values("label")) == set()


def test_no_chinese_ship_called_in_2025() -> None:
    assert value_at(FACTS, "value", fact_id="F015") == 0


def test_building_chancay_is_not_among_the_deals() -> None:
    chancay = DEALS[DEALS["asset"].str.contains("Chancay")]
    # COSCO's purchase of 2019 alone; the text gives the cost of the works beside it.
    assert chancay["value_usd_m"].tolist() == [225]


def test_pages_on_the_belt_and_road_are_later_than_the_article() -> None:
    [fact] = FACTS[FACTS["sector"] == "belt_and_road"].to_dict("records")
    # Both tell of the opening in November 2024; COSCO's chairman spoke before the article.
    assert {fact["source"], fact["source2"]} == {"ft2024chancay", "globalsouthworldndchancay"}


def test_the_first_doses_were_all_of_one_maker() -> None:
    doses = data.load("vaccine_doses")
    early = doses[(doses["measure"] == "arrived") & (doses["date"].astype(str) < "2021-03-03")]
    assert set(early["maker"]) == {"sinopharm"}
