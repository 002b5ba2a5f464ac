"""What Sphinx's last run knew; a run that was cut short is not trusted."""

from pathlib import Path

import pytest

from peru_asia.book.web.journal import Memory


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which a run has ended well."""
    memory = Memory(tmp_path / "doctrees")
    memory.begin()
    memory.begin("a")
    memory.machinery = {"module:m": "1"}
    memory.pages = {"a": "page"}
    (tmp_path / "zip").touch()
    memory.once(tmp_path / "zip", "files", lambda out: None)
    memory.save([])
    return tmp_path / "doctrees"


def test_at_first_nothing_is_known(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "doctrees")
    assert (memory.machinery, memory.pages, memory.made, memory.unread) == ({}, {}, {}, set())


def test_what_is_kept_is_known_again(folder: Path) -> None:
    memory = Memory(folder)
    assert memory.machinery == {"module:m": "1"}
    assert memory.pages == {"a": "page"}
    assert memory.made == {"zip": "files"}
    assert memory.unread == set()


def test_pages_with_complaints_are_read_again_until_a_run_has_none(folder: Path) -> None:
    Memory(folder).save(["b", "a"])
    memory = Memory(folder)
    assert memory.unread == {"a", "b"}
    assert memory.pages == {"a": "page"}
    memory.save([])
    assert Memory(folder).unread == set()


def test_after_a_run_that_was_cut_short_nothing_counts_as_written(folder: Path) -> None:
    cut = Memory(folder)
    cut.begin()
    cut.begin("b")
    cut.begin("sub/c")
    cut.pages = {"a": "page", "b": "page"}  # never saved
    after = Memory(folder)
    assert after.unread == {"b", "sub/c"}
    assert (after.pages, after.made) == ({}, {})
    assert after.machinery == {"module:m": "1"}


def test_runs_that_were_cut_short_add_up_until_one_ends(folder: Path) -> None:
    for page in ("b", "c"):
        cut = Memory(folder)
        cut.begin()
        cut.begin(page)
    memory = Memory(folder)
    assert memory.unread == {"b", "c"}
    memory.begin()
    memory.pages = {"a": "new"}
    memory.save([])
    ended = Memory(folder)
    assert ended.unread == set()
    assert ended.pages == {"a": "new"}


def test_pages_that_were_unread_before_a_cut_stay_so(folder: Path) -> None:
    Memory(folder).save(["a"])
    Memory(folder).begin("b")
    assert Memory(folder).unread == {"a", "b"}


def test_a_thing_is_made_once_from_the_same(folder: Path) -> None:
    made: list[str] = []
    memory, out = Memory(folder), folder.parent / "zip"
    for made_from in ("files", "other", "other", "files"):
        memory.once(out, made_from, lambda out, made_from=made_from: made.append(made_from))
    assert made == ["other", "files"]
    out.unlink()
    memory.once(out, "files", lambda out: made.append("gone"))
    assert made[2:] == ["gone"]


def test_what_could_not_be_made_is_tried_again(folder: Path) -> None:
    memory = Memory(folder)
    with pytest.raises(ZeroDivisionError):
        memory.once(folder.parent / "zip", "other", lambda out: 1 / 0)
    made: list[int] = []
    memory.once(folder.parent / "zip", "other", lambda out: made.append(1))
    assert made == [1]


@pytest.mark.parametrize("broken", [b"", b"{", b"\xff"])
def test_a_memory_that_cannot_be_read_is_that_of_a_first_run(folder: Path, broken: bytes) -> None:
    (folder / "memory.json").write_bytes(broken)
    memory = Memory(folder)
    assert (memory.machinery, memory.pages, memory.made, memory.unread) == ({}, {}, {}, set())
