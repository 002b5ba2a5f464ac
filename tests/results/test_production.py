"""What the chapter on who mines copper and iron rests on, beside the numbers that it prints."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia import indicators as ind


@pytest.fixture(scope="module")
def owners() -> pd.DataFrame:
    return data.load("mine_owners")


@pytest.fixture(scope="module")
def of_2021() -> pd.DataFrame:
    table = data.load("copper_production").query("year == 2021").astype({"mine": object})
    output = table.groupby("mine", dropna=False, as_index=False)["copper_t"].sum()
    return output.rename(columns={"copper_t": "output_t"})


def test_for_china_the_two_rules_agree(of_2021: pd.DataFrame, owners: pd.DataFrame) -> None:
    total = of_2021["output_t"].sum()
    assert total == pytest.approx(2326035, abs=1)
    bounds = {}
    for rule in ("control", "equity"):
        parts = ind.ownership.attribute(of_2021, owners, year=2021, rule=rule)
        bounds[rule] = ind.ownership.held_share(parts, ["CHN"], total=total)
    assert bounds["control"][0] == pytest.approx(bounds["equity"][0])
    # What the most has beyond the least is what companies without a code made.
    low, high = bounds["control"]
    untraced = of_2021.loc[of_2021["mine"].isna(), "output_t"].sum()
    assert high - low == pytest.approx(100 * untraced / total)


def test_nobody_controls_antamina(of_2021: pd.DataFrame, owners: pd.DataFrame) -> None:
    control = ind.ownership.attribute(of_2021, owners, year=2021, rule="control")
    assert control.set_index("mine")["country"]["antamina"] == ind.ownership.JOINT


def test_japan_by_equity_in_years_that_only_the_figure_shows(owners: pd.DataFrame) -> None:
    # (0.21 x 259 + 0.10 x 255) / 1,331 and (21,031 + 9,777 + 31,980) / 666,455.
    for year, share in ((2018, 6.0), (2025, 9.4)):
        table = data.load("producer_shares").query(
            "mineral == 'copper' and year == @year and not (year == 2025 and last_month == 10)"
        )
        table = table.astype({"mine": object}).set_index("mine")["output_t"]
        parts = ind.ownership.attribute(
            table.drop("peru").reset_index(), owners, year=year, rule="equity"
        )
        low, _ = ind.ownership.held_share(parts, ["JPN"], total=table["peru"])
        assert round(low, 1) == share


def test_november_2022_holds_the_large_companies_alone() -> None:
    table = data.load("copper_production").query("year == 2022")
    at_work = table[table["copper_t"] > 0].groupby("month")["company"].nunique()
    # The chapter leaves the month out: eleven companies against some thirty in any other month.
    assert at_work[11] <= 11 < 25 < at_work.drop(11).min()
    # Without it, the sum is the ministry's later figure for January to November, 2,187,058, less
    # its 224,976 for November.
    rest = table[table["month"] < 11]["copper_t"].sum()
    assert rest == pytest.approx(2187058 - 224976, abs=2)
