"""What changed since an edition, against a package of three tables."""

from pathlib import Path

import pytest

from peru_asia import __version__, paths
from peru_asia.data import editions
from peru_asia.data.package import tables
from peru_asia.errors import BookError


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "editions.yaml"
    file.write_text("# head\n\n{}\n", "utf-8")
    monkeypatch.setattr(paths, "EDITIONS", file)
    return file


def test_all_is_new_in_the_first_edition() -> None:
    found = editions.changes({})
    assert set(found["table"]) == set(tables())
    assert set(found["change"]) == {"new"}


def test_new_changed_and_gone_tables_are_told_apart() -> None:
    before = {name: table.vintage for name, table in tables().items()}
    del before["macro"]
    before |= {"tariffs": "1999", "gone_table": "2001"}
    found = editions.changes(before).set_index("table")["change"].to_dict()
    assert found == {"macro": "new", "tariffs": "new vintage", "gone_table": "gone"}


def test_nothing_has_changed_since_today(file: Path) -> None:
    editions.publish()
    assert editions.published() == {
        __version__: {name: table.vintage for name, table in tables().items()}
    }
    assert editions.changes(editions.published()[__version__]).empty
    assert editions.previous() is None  # the edition of this version is not before it


def test_the_last_other_edition_is_the_previous_one(file: Path) -> None:
    file.write_text("# head\n\n'2024.1': {macro: '2023'}\n'2025.1': {macro: '2024'}\n", "utf-8")
    assert editions.previous() == "2025.1"
    editions.publish()
    assert list(editions.published()) == ["2024.1", "2025.1", __version__]
    assert editions.previous() == "2025.1"


def test_a_file_that_is_not_a_list_of_editions_is_refused(file: Path) -> None:
    file.write_text("# head\n\n'2024.1': 3\n", "utf-8")
    with pytest.raises(BookError, match=r"editions\.yaml: each version"):
        editions.published()


def test_the_books_own_file_can_be_read() -> None:
    assert isinstance(editions.published(), dict)
