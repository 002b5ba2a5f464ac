"""Build the book: check, run the chapters, render, and only then replace what was there.

Everything is made in ``_build/.work``. The finished web book and PDF are put in place at the very
end, so that a failure at any step leaves the last good book as it was.
"""

import json
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from rich.console import Console

from peru_asia import files, paths, uses
from peru_asia.book.keep import fingerprint, store
from peru_asia.book.make import execute, preflight, publish, years
from peru_asia.book.make.lock import alone
from peru_asia.book.make.progress import Progress
from peru_asia.book.text import chapters, editions
from peru_asia.book.text.editions import Edition
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
    html, to_pdf : what to build
    chapter : the one chapter to set as a PDF, such as ``trade/partners``; otherwise the whole book
    paper : size of the PDF's pages: ``a4`` or ``us-letter``
    edition : for whom

    Raises
    ------
    BookError : if the data, a chapter or a conversion is wrong; what was built before stays
    """
    if chapter:
        chapter = chapters.name_of(chapters.resolve(chapter))
    pdf_file = edition.pdf(chapter, paper)
    wanted = [out for out, want in ((edition.html, html), (pdf_file, to_pdf)) if want]
    with _building():
        whole = fingerprint.everything()
        for out in wanted:
            publish.recover(out)
        stale = [out for out in wanted if not publish.current(out, whole)]
        if stale:
            made = _make(edition, pdf_file in stale, chapter, paper)
            publish.publish({out: made[out] for out in stale}, whole)
        for out in wanted:
            shown = out / "index.html" if out == edition.html else out
            note = "" if out in stale else "  (nothing had changed)"
            console.print(f"[bold]{paths.relative(shown)}[/bold]{note}")


def _make(edition: Edition, to_pdf: bool, chapter: str | None, paper: str) -> dict[Path, Path]:
    """Make the pages and, if it is wanted, the PDF; return them by where they go."""
    _stop_for(preflight.problems())
    check_data()
    run_chapters(chapters.all_chapters())
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


def preview(chapter: str) -> None:
    """Build the page of one chapter, quickly, into ``_build/preview``: not for the book's readers.

    Parameters
    ----------
    chapter : in any form that `chapters.resolve` knows

    Raises
    ------
    BookError : if the chapter, or the data, is wrong
    """
    path = chapters.resolve(chapter)
    edition = Edition.PREVIEW
    with _building():
        _stop_for(preflight.problems(chapter))
        check_data()
        run_chapters([path])
        editions.stage(edition, path)
        with _step("Writing the page"):
            from peru_asia.book.web.run import run  # brings Sphinx

            built = run(edition)
        publish.recover(edition.html)
        publish.publish({edition.html: edition.pages}, "")
        page = edition.html / paths.relative(path.with_suffix(".html"))
        console.print(f"[bold]{paths.relative(page)}[/bold]  (a preview: the book is as it was)")
        if built.missing:
            count = len(built.missing)
            console.print(
                f"References to what is not in the preview: {count}, shown as plain text."
            )


def _stop_for(wrong: list[str]) -> None:
    if wrong:
        raise BookError("\n".join([f"{len(wrong)} to mend before any chapter is run", *wrong]))


class _Checked(TypedDict):
    """What was in order: the data, by what they rest on, and the text of the chapters."""

    data: dict[str, str]
    chapters: str


def check_data() -> None:
    """Check the data package, as far as it or the chapters that use it have changed since.

    Raises
    ------
    BookError : with one line for each thing that is wrong
    """
    mark = store.WORK / "data-checked.json"
    known: _Checked = store.read(mark) or {"data": {}, "chapters": ""}
    text = files.digest("".join(map(fingerprint.file, files.walk(paths.CHAPTERS))))
    if not (known["data"] and fingerprint.same(known["data"])):
        with _step("Checking the data") as tell:
            from peru_asia.data.check import check  # brings Frictionless

            tell(f"{check()} tables in order")
        things = fingerprint.reached("peru_asia.data.check")
        things |= {uses.ALL_TABLES, fingerprint.ENVIRONMENT, uses.of_file(paths.BIBLIOGRAPHY)}
        known["data"] = fingerprint.of(things)
    elif known["chapters"] != text:
        from peru_asia.data import sanity

        _stop_for(list(sanity.problems_with_chapters()))
    files.put(mark, json.dumps(known | {"chapters": text}))


def run_alone(chapter: str | None) -> list[str]:
    """Run one chapter, or all, if they need it, without writing the book; errors as `build`.

    Returns
    -------
    The names of the chapters.
    """
    chosen = [chapters.resolve(chapter)] if chapter else chapters.all_chapters()
    with _building():
        _stop_for(preflight.problems(chapter))
        check_data()
        run_chapters(chosen)
    return [chapters.name_of(path) for path in chosen]


def run_chapters(pages: list[Path]) -> None:
    """Run those of the chapters that need it; look at what all of them say.

    Raises
    ------
    BookError : if a cell raises, or a typed year is not that of the number beside it
    """
    notebooks = list(filter(chapters.is_notebook, pages))
    waiting = execute.tasks(notebooks)
    with Progress(console, waiting) as progress:
        execute.execute(waiting, progress.done)
    ran = sum(task.run for task in waiting)
    console.print(f"Chapters: {ran} run, {len(notebooks) - ran} unchanged.")
    if wrong := years.problems(pages):
        raise BookError("\n".join([f"{len(wrong)} to mend in what the chapters say", *wrong]))


@contextmanager
def _building() -> Generator[None]:
    """Build alone, with eyes for every change since the last time; say how long it took."""
    started = time.monotonic()
    if paths.DATA.parent != paths.ROOT:
        raise BookError(
            f"the book is built from its own data, not from those in {paths.DATA}: build it in its "
            f"own folder, and without {paths.FROM}"
        )
    with alone(console):
        fingerprint.forget()
        try:
            yield
        except OSError as error:
            raise BookError(
                f"the book could not be written: {error}; what was built before is still there"
            ) from error
    console.print(f"Done in {time.monotonic() - started:.0f} s.")


@contextmanager
def _step(what: str) -> Generator[Callable[[str], None]]:
    """Show that a step is under way; say how long it took, and what it is told."""
    started, told = time.monotonic(), []
    with console.status(f"{what} …"):
        yield told.append
    console.print(f"{what}: {'; '.join([*told, f'{time.monotonic() - started:.1f} s'])}")
