"""Results of the chapter on China's presence by sector that its facts do not print."""

import re

import pytest

from peru_asia import data, paths
from peru_asia.indicators import value_at
from peru_asia.indicators.presence import milestones

SECTORS = data.load("china_sectors")
FACTS = data.load("china_sector_facts")
DEALS = data.load("deals_since_2013")
CHAPTER = (paths.CHAPTERS / "china" / "sectors.md").read_text("utf-8")
WORDS = {
    "official": "Official",
    "several": "Several reports",
    "one": "One voice",
    "none": "Nothing found",
}


def card(label: str) -> str:
    """The text of a sector's card: from its heading to the next one."""
    (found,) = re.findall(rf"^### {re.escape(label)}(?!\w).*?(?=^##)", CHAPTER, re.S | re.M)
    return found


@pytest.mark.parametrize("sector", SECTORS.to_dict("records"), ids=lambda row: row["sector"])
def test_each_sector_has_a_card_with_its_three_parts_and_its_grade(sector: dict) -> None:
    text = card(sector["label"])
    parts = [text.index(part) for part in ("**Then.**", "**Since.**", "**How solid.**")]
    assert parts == sorted(parts)
    # The word in the prose is the grade in the table.
    assert text[parts[2] :].startswith(f"**How solid.** {WORDS[sector['grade']]}")


def test_years_of_the_matrix() -> None:
    table = milestones(SECTORS, FACTS).set_index(["label", "what"])["year"]
    # The tender of Marcona, the sale of Las Bambas, and Zijin's purchase of La Arena.
    assert table["Mining"].tolist() == [1992, 2014, 2024]
    # The rulings of 2026 are the latest on Chancay.
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
