"""One build at a time: a second one waits for the first, and says so."""

from collections.abc import Generator
from contextlib import contextmanager

from filelock import FileLock, Timeout
from rich.console import Console

from peru_asia.book.keep import store


@contextmanager
def alone(console: Console) -> Generator[None]:
    """Keep other builds of this clone waiting; the lock of a build that was killed is free."""
    store.WORK.mkdir(parents=True, exist_ok=True)
    lock = FileLock(store.WORK.parent / ".lock")
    try:
        held = lock.acquire(timeout=0)
    except Timeout:
        console.print("Another build is running; waiting for it to end …")
        held = lock.acquire()
    with held:
        yield
