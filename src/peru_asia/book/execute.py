"""Execute the chapters, side by side, into the cache that Jupyter Book then reads."""

import logging
import multiprocessing
import os
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor

from peru_asia.errors import BookError

TIMEOUT = 300  # seconds for one cell


def execute(chapters: list[Path], source: Path, cache: Path, done: Callable[[Path], None]) -> int:
    """Execute the chapters that the cache does not hold yet.

    Parameters
    ----------
    chapters
        MyST notebooks.
    source
        Folder from which error messages name them.
    cache
        Folder of the execution cache.
    done
        Called with each chapter when it is finished.

    Returns
    -------
    int
        How many chapters were executed; the others came from the cache.

    Raises
    ------
    BookError
        If a cell raises; names every failing chapter, its cell and line.
    """
    store = get_cache(cache)
    for path in chapters:
        store.add_nb_to_project(str(path), read_data={"name": "myst_nb_md", "type": "plugin"})
    wanted = {str(path) for path in chapters}
    waiting = [Path(record.uri) for record in store.list_unexecuted() if record.uri in wanted]
    failures = []
    workers = min(len(waiting), os.cpu_count() or 1)
    if waiting:
        # Spawned, not forked: a forked child would inherit this process's threads and locks.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            tasks = {pool.submit(_execute_one, path, cache): path for path in waiting}
            for task in as_completed(tasks):
                if traceback := task.result():
                    failures.append(_explain(tasks[task], source, traceback))
                done(tasks[task])
    if failures:
        raise BookError("\n\n".join(sorted(failures)))
    return len(waiting)


def _execute_one(chapter: Path, cache: Path) -> str | None:
    """Execute one chapter in its own kernel; return the traceback if a cell raised."""
    # Kernels write notices of their own to the error stream; keep them, but not on the screen.
    with (cache.parent / "kernels.log").open("ab") as log:
        os.dup2(log.fileno(), 2)
    store = get_cache(cache)
    quiet = logging.getLogger("peru_asia.execute")
    quiet.setLevel(logging.CRITICAL)
    result = load_executor("local-serial", store, logger=quiet).run_and_cache(
        filter_uris=[str(chapter)], timeout=TIMEOUT
    )
    if str(chapter) in result.succeeded:
        return None
    record = store.get_project_record(str(chapter))
    return record.traceback or "the chapter could not be read as a MyST notebook"


def _explain(chapter: Path, source: Path, traceback: str) -> str:
    """Say which cell of a chapter raised, and what."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", traceback).strip()
    where = chapter.relative_to(source).as_posix()
    # nbclient prints the failing cell between two rulers of dashes.
    cell = re.search(r"^-{10,}\n(.*?)\n-{10,}$", plain, re.DOTALL | re.MULTILINE)
    if cell:
        code = cell.group(1).strip("\n")
        text = chapter.read_text("utf-8")
        at = text.find(code)
        if at >= 0:
            number = text.count("{code-cell}", 0, at)
            where += f", cell {number}, line {text.count(chr(10), 0, at) + 1}"
        shown = "\n".join(f"    {line}" for line in code.splitlines()[:12])
        return f"{where}: {plain.splitlines()[-1]}\n{shown}"
    return f"{where}: {plain}"
