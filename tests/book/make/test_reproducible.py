"""Two builds of the same sources give the same bytes, wherever and whenever they are made."""

import os
from pathlib import Path

import pytest

from peru_asia import files
from tests.book.make.small import SmallBook

pytestmark = pytest.mark.slow

PLACES = [
    {"TZ": "America/Lima", "LANG": "es_PE.UTF-8", "LC_ALL": "es_PE.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "Asia/Shanghai", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
]


def digests(small: SmallBook) -> dict[str, str]:
    folders = [small.path("html"), small.path("pdf")]
    return {
        path.relative_to(small.root).as_posix(): files.digest(path.read_bytes())
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".built-from")
    }


def test_two_cold_builds_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for number, place in enumerate(PLACES):
        small = SmallBook(tmp_path / f"{'deeper/' * number}book")
        for path in small.root.rglob("*"):  # another clock
            os.utime(path, (1_700_000_000 + number * 10_000_000,) * 2)
        for name, value in place.items():
            monkeypatch.setenv(name, value)
        small.build()
        made.append(digests(small))
    first, second = made
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] != second[name]} == set()


def test_a_build_after_edits_gives_the_bytes_of_a_cold_one(tmp_path: Path) -> None:
    cold, warm = SmallBook(tmp_path / "cold"), SmallBook(tmp_path / "warm")
    with (
        warm.changed("chapters/two.md", "# The second", "# The last but one"),
        warm.changed("chapters/one.md", "by year", "year by year"),
    ):
        warm.build()
    warm.build()
    cold.build()
    assert digests(warm) == digests(cold)
