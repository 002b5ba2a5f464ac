"""Processes that work beside this one, and end with it."""

import os
import signal
from collections.abc import Generator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread, current_thread, main_thread
from typing import Any


@contextmanager
def workers(wanted: int) -> Generator[ProcessPoolExecutor]:
    """Give a pool of as many processes as are wanted and the machine has room for.

    They are ended when this process fails, is interrupted or is killed.
    """
    # Spawned, not forked: a forked child would inherit this process's threads and locks.
    count = min(wanted, os.cpu_count() or 1)
    pool = _Pool(count, mp_context=get_context("spawn"), initializer=_begin)
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        for worker in list((pool._processes or {}).values()):
            worker.terminate()
        pool.shutdown(cancel_futures=True)
        raise


class _Pool(ProcessPoolExecutor):
    """Starts its processes when it is given work."""

    def submit(self, *work: Any, **options: Any) -> Future[Any]:
        with _undisturbed():
            return super().submit(*work, **options)


@contextmanager
def _undisturbed() -> Generator[None]:
    """Let Ctrl-C wait: a process whose start it cut short would complain of what it had not got."""
    if current_thread() is not main_thread():
        yield
        return
    came = list[int]()
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
