"""Build the book: check, run the chapters, render, and only then replace what was there.

Everything is made in ``_build/.work``. The finished web book and PDF are put in place at the very
end, so that a failure at any step leaves the last good book as it was.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from peru_asia import files, paths, uses
from peru_asia.book import chapters, editions, store
from peru_asia.book.editions import Edition
from peru_asia.book.make import execute, fingerprint, preflight, publish
from peru_asia.book.make.lock import alone
from peru_asia.book.make.progress import Progress
from peru_asia.errors import BookError

console = Console(highlight=False, soft_wrap=True)


def build(
    *,
    html: bool = True,
    to_pdf: bool = True,
    chapter: str | None = None,
    paper: str = "a4",
    edition: Edition = Edition.READER,
) -> None:
    """Build the web book, the PDF, or both.

    Parameters
    ----------
    html, to_pdf
        What to build.
    chapter
        The one chapter to set as a PDF, such as ``trade/partners``; otherwise the whole book.
    paper
        Size of the PDF's pages: ``a4`` or ``us-letter``.
    edition
        For whom.

    Raises
    ------
    BookError
        If the data, a chapter or a conversion is wrong; what was built before stays.
    """
    started = time.monotonic()
    if chapter:
        chapter = chapters.name_of(chapters.resolve(chapter))
    pdf_file = edition.pdf(chapter, paper)
    wanted = [out for out, want in ((edition.html, html), (pdf_file, to_pdf)) if want]
    with alone(console):
        fingerprint.forget()
        whole = fingerprint.everything()
        for out in wanted:
            publish.recover(out)
        stale = [out for out in wanted if not publish.current(out, whole)]
        if stale:
            try:
                made = _make(edition, pdf_file in stale, chapter, paper)
                publish.publish({out: made[out] for out in stale}, whole)
            except OSError as error:
                raise BookError(
                    f"the book could not be written: {error}; what was built before is still there"
                ) from error
    for out in wanted:
        shown = out / "index.html" if out == edition.html else out
        note = "" if out in stale else "  (nothing had changed)"
        console.print(f"[bold]{paths.relative(shown)}[/bold]{note}")
    console.print(f"Done in {time.monotonic() - started:.0f} s.")


def _make(edition: Edition, to_pdf: bool, chapter: str | None, paper: str) -> dict[Path, Path]:
    """Make the pages and, if it is wanted, the PDF; return them by where they go."""
    if wrong := preflight.problems():
        raise BookError("\n".join([f"{len(wrong)} to mend before anything is run", *wrong]))
    check_data()
    run_chapters()
    editions.stage(edition)
    with _step("Writing the web book") as tell:
        from peru_asia.book.web.run import run  # brings Sphinx

        built = run(edition)
        tell(f"{len(built.read_now)} pages read, {len(built.written_now)} written")
    made = {edition.html: edition.pages}
    if to_pdf:
        with _step("Writing the PDF"):
            from peru_asia.book.print import pdf

            made[edition.pdf(chapter, paper)] = pdf.make(edition, chapter, paper)
    store.sweep()
    return made


def check_data() -> None:
    """Check the data package, unless it has been found in order as it is.

    Raises
    ------
    BookError
        With one line for each thing that is wrong.
    """
    mark = store.WORK / "data-checked.json"
    if (known := store.read(mark)) and fingerprint.same(known):
        return
    with _step("Checking the data") as tell:
        from peru_asia.data.check import check  # brings Frictionless

        tell(f"{check()} tables in order")
    things = [
        uses.ALL_TABLES,
        f"file:{paths.relative(paths.BIBLIOGRAPHY)}",
        fingerprint.ENVIRONMENT,
    ]
    things += fingerprint.reached("peru_asia.data.check")
    files.put(mark, json.dumps(fingerprint.of(things)))


def run_chapters() -> None:
    """Run the chapters that need it.

    Raises
    ------
    BookError
        If a cell raises.
    """
    notebooks = chapters.notebooks()
    waiting = execute.tasks(notebooks)
    with Progress(console, waiting) as progress:
        execute.execute(waiting, progress.done)
    ran = sum(task.run for task in waiting)
    console.print(f"Chapters: {ran} run, {len(notebooks) - ran} unchanged.")


@contextmanager
def _step(what: str) -> Iterator[Callable[[str], None]]:
    """Show that a step is under way; say how long it took, and what it is told."""
    started, told = time.monotonic(), []
    with console.status(f"{what} …"):
        yield told.append
    console.print(f"{what}: {'; '.join([*told, f'{time.monotonic() - started:.1f} s'])}")
