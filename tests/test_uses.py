"""What a piece of work has used is noted while it runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from peru_asia import data, paths, uses


def test_what_is_used_inside_is_found_and_counts_outside_too() -> None:
    with uses.noted() as outer:
        uses.note("table:before")
        with uses.noted() as inner:
            uses.note("table:inside")
        uses.note("table:after")
    assert inner == {"table:inside"}
    assert outer == {"table:before", "table:inside", "table:after"}


def test_what_fails_has_been_noted_too() -> None:
    with uses.noted() as outer, pytest.raises(ZeroDivisionError), uses.noted() as inner:
        uses.note("table:inside")
        1 / 0  # noqa: B018
    assert inner == outer == {"table:inside"}


def test_files_are_named_from_the_top_of_the_repository() -> None:
    with uses.noted() as found:
        uses.note_file(paths.CHAPTERS / "trade" / "partners.md")
    assert found == {"file:chapters/trade/partners.md"}
    assert uses.of_file(paths.BIBLIOGRAPHY) == "file:references.bib"


def test_who_asks_the_data_package_is_noted_by_table() -> None:
    with uses.noted() as found:
        data.load("partners")
    assert found == {"table:partners"}
    with uses.noted() as found:
        data.sources_of(["trade_by_partner", "claims"])
    assert found == {"table:trade_by_partner", "table:claims"}
    with uses.noted() as found:
        data.tables()
    assert found == {uses.ALL_TABLES}


def reported(code: str, cwd: Path = paths.ROOT) -> set[str]:
    """Return what an interpreter of its own has used that watches its files, besides modules."""
    whole = f"from peru_asia import uses\nuses.watch()\n{code}\nprint(uses.report())"
    env = {**os.environ, "PYTHONPATH": str(paths.SOURCE.parent)}
    run = subprocess.run(
        [sys.executable, "-c", whole], cwd=cwd, env=env, capture_output=True, text=True, check=True
    )
    return set(json.loads(run.stdout))


def test_files_that_are_opened_are_noted_and_modules_that_are_imported(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.touch()
    found = reported(
        "from pathlib import Path\n"
        "import os, pandas\n"
        "open('../../_toc.yml').close()\n"
        "open(os.fsencode('../../README.md')).close()\n"
        "Path('../../data/editions.yaml').read_text()\n"
        "pandas.read_csv('../../data/reference/partners.csv')\n"
        "open('../../data/reference/partners.yaml').close()\n"
        "open('../../references.bib').close()\n"
        "open('../../src/peru_asia/paths.py').close()\n"
        f"open({str(other)!r}).close()\n"
        "from peru_asia.indicators import growth",
        cwd=paths.CHAPTERS / "trade",
    )
    files = {thing for thing in found if not thing.startswith("module:")}
    # The tables and their sources are noted by name, modules as modules, and the rest of the
    # machine not at all.
    assert files == {"file:_toc.yml", "file:README.md", "file:data/editions.yaml"}
    assert {"module:peru_asia.uses", "module:peru_asia.indicators.growth"} <= found
    assert all(thing.startswith("module:peru_asia") for thing in found - files)
