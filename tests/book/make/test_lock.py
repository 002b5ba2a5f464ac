"""Two builds of one clone never write at the same time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from rich.console import Console

from peru_asia import paths
from peru_asia.book.keep import store
from peru_asia.book.make.lock import alone

HOLD = """
import sys
from pathlib import Path
from rich.console import Console
from peru_asia.book.keep import store
from peru_asia.book.make.lock import alone
store.WORK = Path(sys.argv[1])
with alone(Console()):
    print("held", flush=True)
    sys.stdin.read()
"""
LONG = 60  # seconds; what comes at once takes no part of it


class Said:
    """A console's file: what was said, and an event for the first word."""

    def __init__(self) -> None:
        self.text, self.something = "", Event()

    def write(self, text: str) -> None:
        self.text += text
        if text.strip():
            self.something.set()

    def flush(self) -> None:
        pass


@pytest.fixture
def holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """Another build, which holds the lock until its input ends."""
    work = tmp_path / "_build" / ".work"
    monkeypatch.setattr(store, "WORK", work)
    env = {**os.environ, "PYTHONPATH": str(paths.SOURCE.parent)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", HOLD, str(work)], env=env, **pipes) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.parametrize("end", ["done", "killed"])
def test_a_second_build_waits_and_says_so(holder: subprocess.Popen[str], end: str) -> None:
    said, inside = Said(), Event()

    def build() -> None:
        with alone(Console(file=said)):
            inside.set()

    second = Thread(target=build, daemon=True)
    second.start()
    assert said.something.wait(LONG)
    assert "Another build is running" in said.text
    assert not inside.is_set()
    if end == "done":
        holder.stdin.close()
    else:
        holder.kill()
    assert inside.wait(LONG)
    second.join(LONG)


def test_a_build_that_is_alone_says_nothing_and_another_may_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WORK", tmp_path / "_build" / ".work")
    said = Said()
    for _ in range(2):
        with alone(Console(file=said)):
            pass
    with pytest.raises(ZeroDivisionError), alone(Console(file=said)):
        1 / 0  # noqa: B018
    with alone(Console(file=said)):
        pass
    assert said.text == ""
