"""Processes beside the build: when they start, and how they end."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor

import pytest

from peru_asia.book.keep.workers import workers


def test_ctrl_c_waits_until_a_process_has_started(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    spawn, started = ProcessPoolExecutor._spawn_process, list[ProcessPoolExecutor]()

    def interrupted(pool: ProcessPoolExecutor) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        spawn(pool)
        started.append(pool)

    monkeypatch.setattr(ProcessPoolExecutor, "_spawn_process", interrupted)
    with pytest.raises(KeyboardInterrupt), workers(1) as pool:
        pool.submit(os.getpid)
    assert len(started) == 1
    assert capfd.readouterr().err == ""
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
