"""Which files of a folder are the book's own."""

from pathlib import Path
from shutil import copytree

import pytest

from peru_asia.errors import BookError
from peru_asia.files import left_by_editors, load, read, walk

OURS = ["a.md", "b/c.md", "b/d.csv", "swop.md", "x.1.md"]
NOT_OURS = [".#a.md", "a.md~", "#a.md#", ".a.md.swp", "a.md.swo", "b/4913", ".DS_Store",
            "Thumbs.db", "__pycache__/a.md", ".ipynb_checkpoints/a.md", ".~lock.d.csv#",
            "~$d.csv", "a.md.orig", "b/a.md.rej", "a.md___jb_tmp___", ".git/x.md"]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files of the book and of editors; hidden itself, which is all right."""
    root = tmp_path / ".work"
    for name in [*NOT_OURS, *OURS]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    (root / "gone.md").symlink_to("nowhere")
    return root


def test_files_come_in_order_without_those_of_editors(folder: Path) -> None:
    assert [path.relative_to(folder).as_posix() for path in walk(folder)] == OURS


def test_files_are_chosen_by_their_ending(folder: Path) -> None:
    assert [path.name for path in walk(folder, ".csv")] == ["d.csv"]
    assert [path.name for path in walk(folder, ".csv", "c.md")] == ["c.md", "d.csv"]
    assert list(walk(folder / "a.md")) == [folder / "a.md"]
    assert list(walk(folder / "nowhere")) == []


def test_a_copy_has_none_of_them_either(folder: Path, tmp_path: Path) -> None:
    (folder / "gone.md").unlink()
    (folder / ".#link.md").symlink_to("nowhere")  # an editor's lock
    copytree(folder, tmp_path / "copy", ignore=left_by_editors)
    assert [path.name for path in walk(tmp_path / "copy")] == [Path(name).name for name in OURS]
    assert not list((tmp_path / "copy").rglob(".*"))


def test_what_cannot_be_read_is_an_error_with_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    with pytest.raises(BookError, match=r"a\.yml: missing; put it back"):
        read(path)
    path.write_bytes(b"a: b\nc: \xff\n")
    with pytest.raises(BookError, match=r"a\.yml, line 2: not UTF-8"):
        read(path)
    path.write_text("a: b\nc: d: e\n")
    with pytest.raises(BookError, match=r"a\.yml, line 2: not YAML"):
        load(path)
