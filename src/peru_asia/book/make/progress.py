"""What a writer sees while chapters run: which, how long it took last time, what is left."""

import os
from types import TracebackType

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
        self._status = Status(self._left(), console=console) if tasks else None

    def __enter__(self) -> "Progress":
        if self._status:
            self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status:
            self._status.stop()
        if error is None and len(self._ran) > 1:
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
        if self._status:
            self._status.update(self._left())

    def _left(self) -> str:
        known = [task.seconds for task in self._waiting.values() if task.seconds]
        whole = sum(known) / max(len(known), 1) * len(self._waiting) / (os.cpu_count() or 1)
        about = f", about {whole:.0f} s" if known else ""
        return f"Chapters: {len(self._waiting)} to go{about} …"

    def _slowest(self) -> None:
        chapters = sorted(self._ran, key=lambda done: -done.seconds)[:_SLOWEST]
        cells = [
            (seconds, f"{done.name}.md, line {line}")
            for done in self._ran
            for line, seconds in done.cells.items()
        ]
        told = [f"{done.name} {done.seconds:.1f} s" for done in chapters]
        self._console.print(f"Slowest chapters: {', '.join(told)}.")
        told = [
            f"{where} {seconds:.1f} s" for seconds, where in sorted(cells)[: -_SLOWEST - 1 : -1]
        ]
        self._console.print(f"Slowest cells: {', '.join(told)}.")
