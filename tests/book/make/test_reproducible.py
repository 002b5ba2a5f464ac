"""The same sources give the same bytes, wherever, whenever and after whatever they are built."""

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


def test_a_build_elsewhere_and_after_edits_gives_the_bytes_of_a_cold_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = [SmallBook(tmp_path / "book"), SmallBook(tmp_path / "deeper/book")]
    for number, (small, place) in enumerate(zip(books, PLACES, strict=True)):
        for path in small.root.rglob("*"):  # another clock
            os.utime(path, (1_700_000_000 + number * 10_000_000,) * 2)
        for name, value in place.items():
            monkeypatch.setenv(name, value)
        if number:
            with (
                small.changed("chapters/two.md", "# The second", "# The last but one"),
                small.changed("chapters/one.md", "by year", "year by year"),
            ):
                small.build()
        small.build()
    first, second = map(digests, books)
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] != second[name]} == set()
