"""Put what was made in its place: everything that was asked for, or nothing."""

import os
import shutil
import signal
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from peru_asia import files


def current(out: Path, fingerprint: str) -> bool:
    """Tell whether an output is there and was made from what has this fingerprint."""
    mark = _mark(out)
    return out.exists() and mark.exists() and mark.read_text("utf-8") == fingerprint


def publish(made: Mapping[Path, Path], fingerprint: str) -> None:
    """Put folders and files in place of those that were published before.

    Parameters
    ----------
    made
        What was made, by where it goes.
    fingerprint
        Of all that it was made from.
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
    if source.is_file():
        shutil.copy2(source, new)
        return
    for folder, _, names in os.walk(source):
        here = Path(folder).relative_to(source)
        (new / here).mkdir(parents=True)
        for name in names:
            _copy_file(source / here / name, new / here / name, published / here / name)


def _copy_file(source: Path, new: Path, published: Path) -> None:
    try:
        ours, theirs = source.stat(), published.stat()
        if (ours.st_size, ours.st_mtime_ns) == (theirs.st_size, theirs.st_mtime_ns):
            os.link(published, new)  # nobody writes into what is published
            return
    except OSError:
        pass
    shutil.copy2(source, new)


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
