"""The benchmark measures edits of the book as it is."""

import pytest

from peru_asia import files, paths
from tests.book import edits


@pytest.mark.parametrize(
    ("file", "change"),
    [
        (edits.CHAPTER, edits.SENTENCE),
        (edits.CHAPTER, edits.CELL),
        (edits.TABLE, edits.ROW),
    ],
)
def test_what_is_edited_is_there(file: str, change: tuple[str, str]) -> None:
    assert change[0] in files.read(paths.ROOT / file)
