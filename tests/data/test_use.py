"""Where the data are: what is given, else what is named, else the clone, else the package's own."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from peru_asia import data, paths
from peru_asia.errors import BookError
from tests.data.new_year import add_year

WHERE = "from peru_asia import paths; print(paths.DATA)"


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    """A copy of the package, not yet in use."""
    before = paths.DATA
    shutil.copytree(paths.DATA, tmp_path / "mine/data", copy_function=shutil.copy2)
    yield tmp_path / "mine"
    paths.use(before)


def found(here: Path, named: Path | str = "") -> str:
    env = {"PYTHONPATH": str(paths.SOURCE.parent), paths.FROM: str(named)}
    command = [sys.executable, "-c", WHERE]
    run = subprocess.run(command, cwd=here, env=env, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_a_folder_that_is_named_comes_first_then_the_clone_then_its_own(copy: Path) -> None:
    (copy / "chapters").mkdir()
    assert found(copy / "chapters") == str(copy / "data")
    assert found(copy / "chapters", paths.DATA) == str(paths.DATA)
    assert found(copy.parent) == str(paths.DATA)  # the clone that the code is in


@pytest.mark.parametrize("folder", ["", "data"])
def test_a_folder_that_is_given_is_used_from_then_on(copy: Path, folder: str) -> None:
    before = len(data.load("macro"))
    data.use(copy / folder)
    assert len(data.load("macro")) == before  # the files have the same dates
    assert data.describe("macro").path == copy / "data/trade/macro.csv"
    new = add_year("macro", "year")
    assert len(data.load("macro")) == before + new
    data.use(paths.ROOT)
    assert len(data.load("macro")) == before


def test_a_folder_without_data_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    before = paths.DATA
    with pytest.raises(BookError, match=r"neither .*/package.yaml nor .*/data/package.yaml is"):
        data.use(tmp_path)
    assert before == paths.DATA


def test_where_there_are_no_data_it_says_where_it_looked(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.use(copy)
    (copy / "data/package.yaml").unlink()
    monkeypatch.setenv(paths.FROM, "/nowhere/at/all")
    with pytest.raises(
        BookError, match=r"looked for in /nowhere/at/all\. Name their folder in PERU"
    ):
        data.load("macro")


def test_a_package_without_a_bibliography_has_keys_for_titles(copy: Path) -> None:
    data.use(copy)
    assert not paths.BIBLIOGRAPHY.exists()
    source = data.describe("macro").resource["sources"][0]
    assert source["title"] == source["name"]
