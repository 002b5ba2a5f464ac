"""What was published is replaced as a whole, or stays as it was."""

import os
import shutil
import signal
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path

import pytest

from peru_asia.book.make import publish

FIRST = {"index.html": "one", "sub/same.html": "same", "sub/old.html": "old"}
SECOND = {"index.html": "two", "sub/same.html": "same", "sub/new.html": "new"}


class Place:
    """A web book and a PDF, made in one folder and published in another."""

    def __init__(self, root: Path) -> None:
        self.html, self.pdf = root / "public/html", root / "public/pdf/book.pdf"
        self.made = {self.html: root / "work/html", self.pdf: root / "work/book.pdf"}

    def make(self, texts: dict[str, str]) -> None:
        """Make another book; files that stay the same are left alone."""
        folder, pdf = self.made.values()
        texts = {str(folder / name): text for name, text in texts.items()}
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            if str(path) not in texts:
                path.unlink()
        for name, text in texts.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text() != text:
                path.write_text(text)
        pdf.write_text(f"PDF of {texts[str(folder / 'index.html')]}")

    def publish(self, fingerprint: str) -> None:
        publish.publish(self.made, fingerprint)

    def shown(self) -> tuple[dict[str, str], str]:
        """Return what a reader finds."""
        pages = {
            path.relative_to(self.html).as_posix(): path.read_text()
            for path in self.html.rglob("*")
            if path.is_file()
        }
        return pages, self.pdf.read_text()

    def left(self) -> list[Path]:
        """Return what stands beside the published things, besides their marks."""
        around = [*self.html.parent.iterdir(), *self.pdf.parent.iterdir()]
        return [p for p in around if p.name.startswith(".") and p.suffix != ".built-from"]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A book that has been published, and another that is made."""
    place = Place(tmp_path)
    place.make(FIRST)
    place.publish("first")
    assert place.shown() == (FIRST, "PDF of one")
    place.make(SECOND)
    return place


def test_all_is_replaced_and_nothing_old_stays(place: Place) -> None:
    place.publish("second")
    assert place.shown() == (SECOND, "PDF of two")
    assert place.left() == []


def test_what_is_published_knows_what_it_was_made_from(place: Place) -> None:
    for out in place.made:
        assert publish.current(out, "first")
        assert not publish.current(out, "second")
    place.publish("second")
    for out in place.made:
        assert publish.current(out, "second")
        assert not publish.current(out, "first")
    shutil.rmtree(place.html)
    place.pdf.unlink()
    assert not any(publish.current(out, "second") for out in place.made)


def test_unchanged_files_are_not_copied_again_and_changed_ones_are_new(place: Place) -> None:
    def inodes() -> dict[str, int]:
        return {path.name: path.stat().st_ino for path in place.html.rglob("*.html")}

    before = inodes()
    held = (place.html / "index.html").open()  # a reader has it open
    place.publish("second")
    after = inodes()
    assert after["same.html"] == before["same.html"]
    assert after["index.html"] != before["index.html"]
    assert held.read() == "one"
    held.close()
    # What the next build writes is not what readers have.
    made = {path.stat().st_ino for path in place.made[place.html].rglob("*.html")}
    assert not made & set(after.values())


def test_a_file_that_only_has_the_same_size_is_new(place: Place) -> None:
    page = place.made[place.html] / "sub/same.html"
    times = page.stat()
    page.write_text("SAME")
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns + 1_000_000_000))
    place.publish("second")
    assert (place.html / "sub/same.html").read_text() == "SAME"


@pytest.mark.parametrize("fails", range(3))
def test_when_copying_fails_the_old_stays(
    place: Place, fails: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, calls = shutil.copy2, []

    def full(*arguments: Path) -> None:
        calls.append(arguments)
        if len(calls) > fails:
            raise OSError(ENOSPC, "No space left on device")
        copy(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copy2", full)
        with pytest.raises(OSError, match="No space left"):
            place.publish("second")
    assert len(calls) == fails + 1
    assert place.shown() == (FIRST, "PDF of one")
    assert all(publish.current(out, "first") for out in place.made)
    for out in place.made:
        publish.recover(out)
    assert place.left() == []
    place.publish("second")
    assert place.shown() == (SECOND, "PDF of two")


class Killed(BaseException):
    """What nothing catches."""


@pytest.fixture
def at_rename(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Callable[[], None]], None]:
    """Let something happen just before the n-th renaming."""

    def when(number: int, what: Callable[[], None]) -> None:
        rename, calls = Path.rename, []

        def renamed(path: Path, target: Path) -> Path:
            calls.append(path)
            if len(calls) == number:
                what()
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", renamed)

    return when


@pytest.mark.parametrize(
    ("number", "html", "pdf"),
    [(1, FIRST, "one"), (2, FIRST, "one"), (3, SECOND, "one"), (4, SECOND, "one")],
)
def test_a_build_that_was_killed_leaves_each_output_whole(
    place: Place, number: int, html: dict, pdf: str, at_rename: Callable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def kill() -> None:
        raise Killed

    at_rename(number, kill)
    with pytest.raises(Killed):
        place.publish("second")
    monkeypatch.undo()
    for out in place.made:
        publish.recover(out)
    assert place.shown() == (html, f"PDF of {pdf}")
    assert place.left() == []
    # Neither is taken for what it may not be; the next build replaces it.
    for out, whole in ((place.html, html is SECOND), (place.pdf, False)):
        assert publish.current(out, "second") == whole
    place.publish("second")
    assert place.shown() == (SECOND, "PDF of two")


def test_recovering_what_is_in_order_changes_nothing(place: Place) -> None:
    for out in place.made:
        publish.recover(out)
        assert publish.current(out, "first")
    assert place.shown() == (FIRST, "PDF of one")
    publish.recover(place.html.with_name("never-built"))


def test_ctrl_c_waits_until_both_names_have_changed(place: Place, at_rename: Callable) -> None:
    at_rename(2, lambda: os.kill(os.getpid(), signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    place.publish("second")
    assert place.shown() == (SECOND, "PDF of two")
    assert signal.getsignal(signal.SIGINT) == before
