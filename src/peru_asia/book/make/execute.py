"""Run the chapters that need it, side by side, and keep what their cells gave.

A chapter is run whole, with the cells of all editions; an edition takes the results of the cells
that it has. While a chapter runs, what it uses is noted (`peru_asia.uses`): it runs again if one of
its cells, or something that it used, has changed, and only then.
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peru_asia import files, paths
from peru_asia.book.cells import drawing, mimes
from peru_asia.book.keep import fingerprint, pictures, store
from peru_asia.book.keep.notebook import Cell, code_cells
from peru_asia.book.keep.workers import workers
from peru_asia.book.text import chapters
from peru_asia.errors import BookError

TIMEOUT = 300  # seconds for one cell
_AROUND = 3  # lines of a failing cell that are shown on either side of the one that raised
_START = "from peru_asia import uses as _uses\n_uses.watch()"
_END = "print(_uses.report())"
_UNSEEN = {"remove-cell", "remove-output"}
_OURS = {mimes.FIGURE, mimes.FINDING, mimes.NUMBER, mimes.TABLE}
_PICTURES = ("image/", "application/vnd.")
# What would let a run differ from one machine, or one day, to the next.
_SURROUNDINGS = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", drawing.LATER: "1"}


@dataclass(frozen=True)
class Task:
    """A chapter that must be run, or only drawn, and how long that took last time."""

    chapter: Path
    run: bool
    seconds: float | None

    @property
    def name(self) -> str:
        """Such as ``trade/partners``."""
        return chapters.name_of(self.chapter)


@dataclass(frozen=True)
class Done:
    """A chapter that was run: its seconds, and those of its cells by the line they start on."""

    name: str
    seconds: float
    cells: dict[int, float]


def tasks(notebooks: list[Path]) -> list[Task]:
    """Return what there is to do, the longest first, so that no core waits for the last chapter."""
    found = []
    for chapter in notebooks:
        result = store.run(chapters.name_of(chapter))
        seconds = result.get("seconds") if result else None
        if result is None or not _current(result, chapter):
            found.append(Task(chapter, True, seconds))
        elif not _drawn(result):
            found.append(Task(chapter, False, seconds))
    return sorted(found, key=lambda task: -(task.seconds or 0) if task.run else 0)


def execute(waiting: list[Task], done: Callable[[Done], None]) -> None:
    """Do the tasks.

    Parameters
    ----------
    waiting : from `tasks`
    done : called with each chapter that has been run or drawn

    Raises
    ------
    BookError : if a cell raises; names every failing chapter, its cell and line
    """
    if not waiting:
        return
    failures = []
    with workers(len(waiting)) as pool:
        for future in as_completed([pool.submit(_do, task) for task in waiting]):
            result = future.result()
            if isinstance(result, str):
                failures.append(result)
            else:
                done(result)
    if failures:
        raise BookError("\n\n".join(sorted(failures)))


def _current(result: store.Run, chapter: Path) -> bool:
    # First, because results of another version of this module may have another form.
    if not (result.get("uses") and fingerprint.same(result["uses"])):
        return False
    cells = code_cells(chapter.read_text("utf-8"))
    ran = [(cell["code"], cell["tags"]) for cell in result["cells"]]
    return ran == [(cell.code, list(cell.tags)) for cell in cells]


def _drawn(result: store.Run) -> bool:
    names = [name for _, shown in _shown(result) for name in shown["pictures"]]
    return result.get("pencil") == pictures.pencil() and all(
        (store.PICTURES / name).exists() for name in names
    )


def _shown(result: store.Run) -> Iterator[tuple[store.RanCell, Any]]:
    """Yield each cell that shows a figure or a finding, and what it holds of it."""
    for cell in result["cells"]:
        for output in cell["outputs"]:
            for mime in (mimes.FIGURE, mimes.FINDING):
                if shown := output.get("data", {}).get(mime):
                    yield cell, shown


def _do(task: Task) -> Done | str:
    """Run or draw a chapter; return what went wrong in words."""
    try:
        known = None if task.run else store.run(task.name)
        result = known or _run(task.chapter)
        _draw(result)
    except BookError as error:
        return f"{paths.relative(task.chapter)}, {error}"
    files.put(store.run_file(task.name), json.dumps(result, ensure_ascii=False))
    cells = {cell["line"]: cell["seconds"] for cell in result["cells"]}
    return Done(task.name, result["seconds"], cells)


def _run(chapter: Path) -> store.Run:
    """Run a chapter in a kernel of its own, in its own folder."""
    import nbformat
    from myst_nb.core.read import read_myst_markdown_notebook
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from peru_asia.book.make.kernels import Kernels

    os.environ.update(_SURROUNDINGS)  # a kernel is a copy of what this worker starts
    text = chapter.read_text("utf-8")
    notebook = read_myst_markdown_notebook(text, path=chapter)
    places = [at for at, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    cells = [notebook.cells[at] for at in places]
    where = code_cells(text)
    first, last = map(nbformat.v4.new_code_cell, (_START, _END))
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        kernel_manager_class=Kernels,
        resources={"metadata": {"path": str(chapter.parent)}},
    )
    started, seconds = time.perf_counter(), []
    log = store.WORK / "kernels.log"  # kernels write notices of their own to the error stream
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("ab") as stderr,
        client.setup_kernel(env=dict(os.environ), stderr=stderr),
    ):
        client.execute_cell(first, 0, store_history=False)
        for number, (place, cell) in enumerate(zip(places, cells, strict=True), 1):
            before = time.perf_counter()
            try:
                client.execute_cell(cell, place)
            except CellExecutionError as error:
                raise BookError(_explain(number, where[number - 1], str(error))) from None
            except (CellTimeoutError, DeadKernelError) as error:
                what = str(error).splitlines()[0]
                raise BookError(f"cell {number}, line {where[number - 1].line}: {what}") from None
            if shows := _foreign(cell):
                raise BookError(f"cell {number}, line {where[number - 1].line}: {shows}")
            seconds.append(round(time.perf_counter() - before, 3))
        client.execute_cell(last, 0, store_history=False)
    used = [*json.loads(last.outputs[0]["text"]), fingerprint.ENVIRONMENT, f"module:{__name__}"]
    return {
        "uses": fingerprint.of(used),
        "seconds": round(time.perf_counter() - started, 2),
        "cells": [
            {"code": cell.source, "tags": list(at.tags), "line": at.line, "seconds": took,
             "outputs": cell.outputs}
            for cell, at, took in zip(cells, where, seconds, strict=True)
        ],
    }  # fmt: skip


def _foreign(cell: Any) -> str:
    """Say what a cell shows that a page, offline, or the PDF could not."""
    if _UNSEEN.intersection(cell.metadata.get("tags", ())):
        return ""
    for shown in (output.get("data", {}) for output in cell.outputs):
        if _OURS.intersection(shown):
            continue
        if "<script" in shown.get("text/html", ""):
            return (
                "shows a chart by itself; give it to book.figure(chart, facts, alt=…), which draws "
                "it for the page and for print"
            )
        for mime in shown:
            if mime.startswith(_PICTURES):
                return (
                    f"shows a picture ({mime}); make it an Altair chart and give that to "
                    "book.figure, or save it beside the chapter and show it in the text: "
                    "![what it shows](map.png)"
                )
    return ""


def _draw(result: store.Run) -> None:
    """Put what figures and findings hold beside the results, and draw them.

    Raises
    ------
    BookError : if Vega cannot draw one
    """
    for cell, shown in _shown(result):
        if "spec" in shown:
            taken = {name: shown.pop(name) for name in ("spec", "credit") if name in shown}
            payload = json.dumps({**taken, "alt": shown["alt"]}, ensure_ascii=False)
            shown["fingerprint"] = files.digest(payload)
            files.put(store.FIGURES / f"{shown['fingerprint']}.json", payload)
        spec = store.figure(shown["fingerprint"])["spec"]
        try:
            shown["pictures"] = [pictures.draw(spec, width) for width in shown["widths"]]
        except BookError as error:
            raise BookError(f"cell on line {cell['line']}: {error}") from error
    result["pencil"] = pictures.pencil()


def _explain(number: int, cell: Cell, trace: str) -> str:
    """Say which cell raised, on which line, and what; show the line and its neighbours."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", trace).strip()
    places = re.findall(r"^\s*(?:Cell|File).*?In\[\d+\].*?, line (\d+)", plain, re.M)
    at = int(places[-1]) if places else 1
    rows = cell.code.splitlines()
    shown = [
        f"{'>' if row == at else ' '} {cell.line + row - 1:>4}    {rows[row - 1]}"
        for row in range(max(1, at - _AROUND), min(len(rows), at + _AROUND) + 1)
    ]
    what = next(line for line in reversed(plain.splitlines()) if line.strip())
    return "\n".join([f"cell {number}, line {cell.line + at - 1}: {what}", *shown])
