"""One report tells all that is wrong with the data, and all that a new year needs."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from peru_asia import paths
from peru_asia.data import assembly, load
from peru_asia.data.package import describe
from tests.data.new_year import add_to_reporters, add_year, mend_prices, report, use_copy


@pytest.fixture
def package(tmp_path: Path) -> Iterator[Path]:
    """A copy of the package to change."""
    shutil.copytree(paths.DATA, tmp_path / "data")
    with pytest.MonkeyPatch.context() as patch:
        use_copy(tmp_path, patch)
        yield tmp_path / "data"


def change(table: str, **cells: str) -> None:
    """Change cells of the first row of a table."""
    frame = pd.read_csv(describe(table).path, dtype="str", keep_default_na=False)
    frame.loc[0, list(cells)] = list(cells.values())
    frame.to_csv(describe(table).path, index=False, lineterminator="\n")


OLD = "data/datapackage.yaml: not what the tables and their descriptors say; run 'python -m peru"


def test_years_need_their_rows_and_no_other_edit(package: Path) -> None:
    """Of each table on its own, and of one whose new rows another table must have too."""
    yearly = {"commodity_prices": "year", "macro": "year", "conflict_totals": "period_to"}
    last = {table: max(load(table)[column].astype("str")) for table, column in yearly.items()}
    trade_last = load("trade_by_partner")["year"].max()
    for table, column in yearly.items():
        assert add_year(table, column)
    count = add_year("trade_by_partner", "year", series_break="false")
    new = load("trade_by_partner").query("year > @trade_last")
    assert count == len(new)
    *cells, line = report()
    assert line.startswith(OLD)
    in_words = [cells.pop(cells.index(cell)) for cell in [*cells] if "rows of" in cell]
    assert 1 <= len(in_words) <= 2
    assert not any("nan" in cell for cell in in_words)
    # What the report asks for, and nothing else.
    mend_prices(cells)
    shared = add_to_reporters(new)
    first = shared.iloc[0]
    assert in_words[0].startswith(
        f"data/trade/trade_reporters.csv: {len(shared)} rows of {trade_last + 1} missing that "
        f"trade_by_partner has (first: {trade_last + 1}, {first['partner']}, {first['flow']}, "
    )
    assembly.assemble()
    assert report() == []
    entries = {each["name"]: each["coverage"] for each in assembly.descriptor()["resources"]}
    covers = ("1960–{}", "2005–{}", "2004 to {}")
    for (table, before), cover in zip(last.items(), covers, strict=True):
        assert entries[table] == cover.format(f"{int(before[:4]) + 1}{before[4:]}")


def test_all_that_is_wrong_is_told_at_once(package: Path) -> None:
    change("commodity_prices", year="20244")  # its other cells can be judged all the same
    change("macro", value="1O")  # cannot be read
    change("timeline", summary="Two  spaces.", timeline_id="T002")
    text = describe("tariffs").path.with_suffix(".yaml").read_text("utf-8")
    (package / "trade/tariffs.yaml").write_text(text.replace("gaps:", "gap:"), "utf-8")
    (package / "trade/new.csv").write_text("a\n1\n", "utf-8")
    (package / "trade/long_run_gdp.csv").unlink()
    order = (package / "package.yaml").read_text("utf-8").replace("mine_owners,", "mine_owner,")
    (package / "package.yaml").write_text(order, "utf-8")
    told = "\n".join(report())
    for part in (
        "commodity_prices.csv, row 2, column year: ",
        "20244",
        "macro.csv, row 2, column value: ",
        "timeline.csv, row 2, column summary: 'Two  spaces.' has two spaces",
        "timeline.csv, row 3, column timeline_id: ",
        "remove or correct one of the two rows",
        "tariffs.yaml, line ",
        "did you mean 'gaps'",
        "data/package.yaml, tables: no table 'mine_owner'; did you mean 'mine_owners'",
        "new.csv: not described; write new.yaml",
        "long_run_gdp.csv: missing; put it back, or remove long_run_gdp.yaml",
    ):
        assert part in told, part
    assert "datapackage.yaml" not in told  # it cannot be assembled yet


def test_a_year_of_five_digits_is_refused_by_the_version_of_the_package() -> None:
    for name in ("trade_by_partner", "macro", "china_sectors"):
        years = [each for each in describe(name).fields if each["unit"] == "year"]
        assert years
        assert all(each["constraints"]["maximum"] < 2100 for each in years)
