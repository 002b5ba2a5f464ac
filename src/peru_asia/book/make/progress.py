"""What a writer sees while chapters run: which, how long it took last time, what is left."""

import os
from heapq import nlargest

from rich.console import Console
from rich.status import Status

from peru_asia.book.make.execute import Done, Task

_SLOWEST = 5  # chapters and cells that are named at the end


class Progress:
    """Tells of chapters as they are run; use it with ``with``."""

    def __init__(self, console: Console, tasks: list[Task]) -> None:
        self._console = console
        self._waiting = {task.name: task for task in tasks}
        self._ran: list[Done] = []
        self._status = Status(self._left(), console=console)

    def __enter__(self) -> "Progress":
        if self._waiting:
            self._status.start()
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self._status.stop()
        if not failed and len(self._ran) > 1:
            self._slowest()

    def done(self, done: Done) -> None:
        """Tell that a chapter has been run or drawn."""
        task = self._waiting.pop(done.name)
        if task.run:
            self._ran.append(done)
            before = f" (last time {task.seconds:.1f} s)" if task.seconds else ""
            self._console.print(f"Ran {done.name} in {done.seconds:.1f} s{before}")
        else:
            self._console.print(f"Drew {done.name}")
        self._status.update(self._left())

    def _left(self) -> str:
        known = [task.seconds for task in self._waiting.values() if task.seconds]
        whole = sum(known) / max(len(known), 1) * len(self._waiting) / (os.cpu_count() or 1)
        about = f", about {whole:.0f} s" if known else ""
        return f"Chapters: {len(self._waiting)} to go{about} …"

    def _slowest(self) -> None:
        cells = [
            (seconds, f"{done.name}.md, line {line}")
            for done in self._ran
            for line, seconds in done.cells.items()
        ]
        chapters = [(done.seconds, done.name) for done in self._ran]
        for what, took in (("chapters", chapters), ("cells", cells)):
            told = [f"{where} {seconds:.1f} s" for seconds, where in nlargest(_SLOWEST, took)]
            self._console.print(f"Slowest {what}: {', '.join(told)}.")
