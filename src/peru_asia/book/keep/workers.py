"""Processes that work beside this one, and end with it."""

import os
import signal
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread


@contextmanager
def workers(wanted: int) -> Generator[ProcessPoolExecutor]:
    """Give a pool of as many processes as are wanted and the machine has room for.

    They are ended when this process fails, is interrupted or is killed.
    """
    # Spawned, not forked: a forked child would inherit this process's threads and locks.
    count = min(wanted, os.cpu_count() or 1)
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        for worker in list((pool._processes or {}).values()):
            worker.terminate()
        pool.shutdown(cancel_futures=True)
        raise


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
