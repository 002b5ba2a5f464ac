"""Key results of the chapter on China's presence by sector, with the reason for each value."""

import re

import pytest

from peru_asia import data, paths
from peru_asia.indicators import value_at
from peru_asia.indicators.presence import milestones, voices

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


def test_grades_as_the_answer_counts_them() -> None:
    # Counted by hand in the table: twenty fields.
    assert SECTORS["grade"].value_counts().to_dict() == {
        "official": 7, "several": 7, "one": 4, "none": 2,
    }  # fmt: skip


def test_years_of_the_matrix() -> None:
    table = milestones(SECTORS, FACTS).set_index(["label", "what"])["year"]
    # The tender of Marcona, the sale of Las Bambas, and Zijin's purchase of La Arena.
    assert table["Mining"].tolist() == [1992, 2014, 2024]
    # The rulings of 2026 are the latest on Chancay.
    assert table["Ports"].tolist() == [2019, 2025, 2026]
    assert set(SECTORS["label"]) - set(table.index.get_level_values("label")) == set()


def test_who_speaks_since_the_article() -> None:
    labels = SECTORS.set_index("sector")["label"].to_dict()
    names = {voice: voice for voice in FACTS["voice"].unique()}
    # Press by hand: F019, F020, F028, F056, F076, F087, F089, F094; research: F037 alone.
    heard = voices(FACTS, labels, names, since="2022-08").groupby("who")["facts"].sum()
    assert heard.to_dict() == {
        "association": 4, "company": 12, "official": 48, "press": 8, "research": 1,
    }  # fmt: skip


# Printed on the pages; see the fact of this identifier.
@pytest.mark.parametrize(
    ("fact", "value", "unit"),
    [
        ("F040", 1037.5, "pen_m"),  # customs revenue of Chancay, 2025
        ("F031", 220_000, "teu"),  # customs, to October 2025
        ("F032", 270_000, "teu"),  # COSCO, first twelve months
        ("F033", 183_018, "teu"),  # port authority, to November 2025
        ("F015", 0, "vessels"),  # calls of Chinese ships in 2025
        ("F081", 44, "persons"),  # people freed in La Molina
    ],
)
def test_figures_of_the_pages(fact: str, value: float, unit: str) -> None:
    row = FACTS[FACTS["fact_id"] == fact].iloc[0]
    assert (row["value"], row["unit"]) == (value, unit)


def test_contracts_under_president_jeri_add_up() -> None:
    # Three contracts named in the page: 273.2, 515.0 and 608.5 million soles.
    assert value_at(FACTS, "value", fact_id="F057") == pytest.approx(273.2 + 515.0 + 608.5)


def test_share_of_copper_and_iron() -> None:
    copper = data.load("copper_production")
    national = copper.groupby("year")["copper_t"].sum()
    chinese = copper[copper["control_partner"] == "CHN"].groupby("year")["copper_t"].sum()
    # 544,489 of 2,326,035 t in 2021 and 478,865 of 2,172,777 t in 2022.
    assert (100 * chinese / national).round(1).to_dict() == {2021: 23.4, 2022: 22.0}
    # Shougang 12.8 of 13.0 million t of fine content in 2022, both rounded by their sources.
    ore = data.load("mine_output").query("mine == 'marcona' and product == 'metal_content'")
    iron = data.load("mineral_production").query("mineral == 'iron' and preferred")
    share = value_at(ore, "output_t", year=2022) / value_at(iron, "output_t", year=2022)
    assert share == pytest.approx(12.8 / 13.0)


def test_deals_before_and_since() -> None:
    mine = DEALS.query("asian_partner == 'CHN' and in_asian_totals and value_usd_m > 0")
    at = mine["year_closed"].fillna(mine["year_operating"]).fillna(mine["year_announced"])
    since = mine[at >= 2023]
    # Enel 2,900, San Gabán III 560 (open since 2025), Marcona port 405, La Arena 245.
    assert since["value_usd_m"].sum() == 2900 + 560 + 405 + 245
    before = mine[at < 2023]
    # Copeinca, Petrobras, Las Bambas, Chaglla, EDP, Chancay, Luz del Sur, tailings.
    assert before["value_usd_m"].sum() == 836 + 2600 + 5850 + 1400 + 68 + 225 + 3590 + 237


def test_building_chancay_is_not_among_the_deals() -> None:
    chancay = DEALS[DEALS["asset"].str.contains("Chancay")]
    # COSCO's purchase of 2019 alone; the first stage cost 1,300 more, as the text says.
    assert chancay["value_usd_m"].tolist() == [225]
    assert value_at(FACTS, "value", fact_id="F094") == 1300


def test_pages_on_the_belt_and_road_are_later_than_the_article() -> None:
    [fact] = FACTS[FACTS["sector"] == "belt_and_road"].to_dict("records")
    # Both tell of the opening in November 2024; COSCO's chairman spoke before the article.
    assert {fact["source"], fact["source2"]} == {"ft2024chancay", "globalsouthworldndchancay"}


def test_doses_by_maker() -> None:
    doses = data.load("vaccine_doses")
    came = doses[doses["measure"] == "arrived"]
    # The first two shipments, 300,000 and 700,000, are all that came before 3 March 2021.
    early = came[came["date"].astype(str) < "2021-03-03"]
    assert (early["doses"].sum(), set(early["maker"])) == (1_000_000, {"sinopharm"})
    given = doses[doses["measure"] == "administered_to_date"].set_index("maker")["doses"]
    # 21,312,915 of 81,758,796 doses of three makers.
    assert 100 * given["sinopharm"] / given.sum() == pytest.approx(26.07, abs=0.005)
