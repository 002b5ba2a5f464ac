"""Builds of the web book in processes of their own, which have loaded everything beforehand.

A process serves one build: what it loaded cannot be older than the files that it builds from, its
memory ends with it, and if it breaks, the one that asked lives on.
"""

import asyncio
import atexit
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from peru_asia import paths
from peru_asia.errors import BookError

_PATIENCE = 0.5  # seconds that a build may take to clean up
_SPAWN = multiprocessing.get_context("spawn")


def load_all() -> None:
    """Load all that a build needs, also what it imports only when it comes to it."""
    from peru_asia.book.make import build, structure  # noqa: F401
    from peru_asia.book.text import number_check  # noqa: F401
    from peru_asia.book.web import run

    run.load()


def build_html() -> None:
    """Build the web book for readers."""
    from peru_asia.book.make.build import build

    build(to_pdf=False)


class Builder:
    """Builds, and keeps the process for the next build ready.

    The process calls `load` as soon as it is there, and `build` when it is asked to; a `BookError`
    that this raises is what a writer can mend.
    """

    def __init__(
        self, load: Callable[[], None] = load_all, build: Callable[[], None] = build_html
    ) -> None:
        self._tasks = load, build
        self._start()

    async def build(self, saved: set[Path]) -> str:
        """Build what has been `saved` since the last time; return what is wrong, if anything."""
        if any(path.is_relative_to(paths.SOURCE) or path == paths.REQUIREMENTS for path in saved):
            self.end()
            self._start()
        try:
            self._pipe.send("build")
            wrong = await asyncio.to_thread(self._pipe.recv)
        except (EOFError, OSError):
            self.end()
            wrong = "the build broke off (see the terminal); to try again, save a file"
        except asyncio.CancelledError:
            self.end()
            raise
        self._start()
        return wrong

    def end(self) -> None:
        """End the process, ready or at work, with all that it has started."""
        self._process.terminate()
        self._process.join(_PATIENCE)
        self._process.kill()
        with suppress(ProcessLookupError):
            if number := self._process.pid:
                os.killpg(number, signal.SIGKILL)
        self._process.join()

    def _start(self) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, *self._tasks))
        self._process.start()
        theirs.close()  # so that it is told to us when they close it


def _serve(pipe: Connection, load: Callable[[], None], build: Callable[[], None]) -> None:
    """Load everything, wait to be told, build, and say what is wrong."""
    os.setsid()  # Ctrl-C is for the process that started this one
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that a build cleans up
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        with suppress(Exception):  # the build will say it
            load()
        pipe.recv()
        try:
            build()
            wrong = ""
        except BookError as error:
            wrong = str(error)
        except Exception:
            wrong = traceback.format_exc()
        pipe.send(wrong)
    atexit._run_exitfuncs()
    os._exit(0)  # at once; Python would take seconds to take its memory apart
