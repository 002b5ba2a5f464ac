"""Put what was made in its place: everything that was asked for, or nothing."""

import shutil
import signal
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from peru_asia import files


def current(out: Path, fingerprint: str) -> bool:
    """Tell whether an output is there and was made from what has this fingerprint."""
    mark = _mark(out)
    return out.exists() and mark.exists() and mark.read_text("utf-8") == fingerprint


def publish(made: Mapping[Path, Path], fingerprint: str) -> None:
    """Put what was made, by where it goes, in place of what was published before.

    The fingerprint is that of all that it was made from.
    """
    for out, source in made.items():
        _copy(source, _beside(out, "new"), out)
    with _uninterrupted():
        for out in made:
            new, old = _beside(out, "new"), _beside(out, "old")
            _mark(out).unlink(missing_ok=True)
            if out.exists():
                out.rename(old)
            new.rename(out)
            _mark(out).write_text(fingerprint, "utf-8")
    for out in made:
        files.remove(_beside(out, "old"))


def recover(out: Path) -> None:
    """Put back what was published before, if a build was killed while it replaced it."""
    old = _beside(out, "old")
    if old.exists() and not out.exists():
        old.rename(out)
    for left in (old, _beside(out, "new")):
        files.remove(left)


def _copy(source: Path, new: Path, published: Path) -> None:
    """Copy a file or a folder; files that are published as they are get a second name instead."""
    files.remove(new)
    new.parent.mkdir(parents=True, exist_ok=True)
    for path in (source, *source.rglob("*")):
        here = path.relative_to(source)
        if path.is_dir():
            (new / here).mkdir()
            continue
        with suppress(OSError):
            ours, theirs = path.stat(), (published / here).stat()
            if (ours.st_size, ours.st_mtime_ns) == (theirs.st_size, theirs.st_mtime_ns):
                (new / here).hardlink_to(published / here)  # nobody writes into what is published
                continue
        shutil.copy2(path, new / here)


def _mark(out: Path) -> Path:
    return out.with_name(f".{out.stem}.built-from")


def _beside(out: Path, word: str) -> Path:
    return out.with_name(f".{out.name}.{word}")


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Let Ctrl-C wait for the two names that have to change together."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
