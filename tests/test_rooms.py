"""The house: a room imports from the rooms below it, never from above."""

import re
from pathlib import Path

import pytest

from peru_asia import paths
from peru_asia.rooms import ROOMS, imported, imports, modules, name_of, room_of

ORDER = list(ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: name_of(path) or "peru_asia")
def test_imports_point_down(path: Path) -> None:
    here = ORDER.index(room_of(name_of(path)))
    for line, name in imported(path):
        below = ORDER.index(room_of(name.partition(".")[2]))
        assert below >= here, f"line {line} imports {name} from above"


def test_an_import_from_above_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "bad.py"
    module.write_text("def later():\n    from peru_asia.book.web import pages\n")
    assert list(imported(module)) == [(2, "peru_asia.book.web.pages")]
    assert ORDER.index(room_of("book.web.pages")) < ORDER.index(room_of("book.text.anatomy"))


def test_every_folder_is_a_room_or_in_one() -> None:
    folders = {name_of(path.parent / "__init__.py") for path in modules()}
    assert {room_of(folder) for folder in folders} == set(ROOMS) - {"__main__"}
    assert paths.SOURCE.name == "peru_asia"


def test_imports_are_counted_by_room() -> None:
    counted = imports().set_index(["room", "imports_from"])["imports"]
    assert counted["book.web", "book.cells"] > 3
    assert ("indicators", "book.cells") not in counted.index


GENERAL = ("indicators", "charts.kinds", "charts.base")


@pytest.mark.parametrize(
    "path", [path for path in modules() if room_of(name_of(path)) in GENERAL], ids=name_of
)
def test_what_is_general_serves_any_country(path: Path) -> None:
    """No default, title, label or docstring of an indicator or a general chart names a country."""
    text = path.read_text(encoding="utf-8").replace("peru_asia", "")
    assert not re.search(r"(?i:peru|\blima\b|sunat)|\bPER\b", text)
