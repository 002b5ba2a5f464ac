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


@pytest.mark.parametrize(
    ("table", "columns", "covers"),
    [
        ("commodity_prices", ["year"], "1960–{}"),
        ("macro", ["year"], "2005–{}"),
        ("conflict_totals", ["period_to"], "2004 to {}"),
    ],
)
def test_a_year_needs_its_rows_and_no_other_edit(
    package: Path, table: str, columns: list[str], covers: str
) -> None:
    last = max(load(table)[columns[0]].astype("str"))
    assert add_year(table, *columns)
    *cells, line = report()
    assert line.startswith(OLD)
    mend_prices(cells)
    assembly.assemble()
    assert report() == []
    [entry] = [each for each in assembly.descriptor()["resources"] if each["name"] == table]
    assert entry["coverage"] == covers.format(f"{int(last[:4]) + 1}{last[4:]}")


def test_a_year_that_another_table_must_have_too_is_told_in_words(package: Path) -> None:
    trade = load("trade_by_partner")
    last = trade["year"].max()
    count = add_year("trade_by_partner", "year", series_break="false")
    lines = report()
    in_words = [line for line in lines if "rows of" in line]
    assert len(lines) == len(in_words) + 1 <= 3, lines
    assert not any("nan" in line for line in lines)
    new = load("trade_by_partner").query("year > @last")
    assert count == len(new)
    # The one mend that the report asks for: those rows, and the assembled package.
    shared = add_to_reporters(new)
    first = shared.iloc[0]
    assert in_words[0].startswith(
        f"data/trade/trade_reporters.csv: {len(shared)} rows of {last + 1} missing that "
        f"trade_by_partner has (first: {last + 1}, {first['partner']}, {first['flow']}, "
    )
    assembly.assemble()
    assert report() == []


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
