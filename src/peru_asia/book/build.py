"""Build the book: check, execute, render, and only then replace what was there.

Everything is made in ``_build/.work``, a folder for each edition. The finished web book and PDF
are moved into place at the very end, so that a failure at any step leaves the last good book as it
was.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from peru_asia import paths
from peru_asia.book import chapters, digest, editions, execute, pdf
from peru_asia.book.editions import Edition
from peru_asia.data.check import check
from peru_asia.errors import BookError

_TOLD = 20  # lines of Jupyter Book's complaints that are shown

_FIRST_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Peru Looks Across the Pacific</title>
<meta http-equiv="refresh" content="0; url=chapters/index.html">
</head>
<body><main><h1>Peru Looks Across the Pacific</h1>
<p><a href="chapters/index.html">Open the book</a></p></main></body>
</html>
"""

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
    pdf_file = edition.pdf(chapter, paper)
    wanted = {edition.html: html, pdf_file: to_pdf}
    fingerprint = digest.everything()
    stale = [out for out, want in wanted.items() if want and not _current(out, fingerprint)]
    if stale:
        try:
            _prepare(edition)
            if edition.html in stale:
                _web(edition)
                _publish(edition.sphinx / "html", edition.html, fingerprint)
            if pdf_file in stale:
                _publish(_pdf(edition, chapter, paper, fingerprint), pdf_file, fingerprint)
        except OSError as error:
            raise BookError(
                f"the book could not be written: {error}; what was built before is still there"
            ) from error
    for out in (out for out, want in wanted.items() if want):
        shown = out / "index.html" if out == edition.html else out
        note = "" if out in stale else "  (nothing had changed)"
        console.print(f"[bold]{paths.relative(shown)}[/bold]{note}")
    console.print(f"Done in {time.monotonic() - started:.0f} s.")


def _prepare(edition: Edition) -> None:
    """Check the data and execute the chapters; forget caches that may be stale."""
    with _step("Checking the data"):
        tables = check()
    console.print(f"Data: {tables} tables in order.")
    machinery = digest.machinery()
    mark = edition.work / "machinery"
    if not mark.exists() or mark.read_text() != machinery:
        shutil.rmtree(edition.work, ignore_errors=True)
        edition.work.mkdir(parents=True)
        mark.write_text(machinery)
    editions.stage(edition)
    books = [edition.source / path.relative_to(paths.ROOT) for path in chapters.notebooks()]
    with Progress(
        TextColumn("Executing chapters"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:
        bar = progress.add_task("", total=None)

        def done(chapter: Path) -> None:
            progress.console.print(f"Executed {chapter.relative_to(edition.source).as_posix()}")
            progress.advance(bar)

        count = execute.execute(books, edition.source, edition.sphinx / ".jupyter_cache", done)
    console.print(f"Chapters: {count} executed, {len(books) - count} unchanged.")


def _web(edition: Edition) -> None:
    with _step("Writing the web book"):
        _jupyter_book("html", edition)
        # Jupyter Book's own has neither title nor words for a reader whose browser does not follow.
        (edition.sphinx / "html" / "index.html").write_text(_FIRST_PAGE, "utf-8")


def _pdf(edition: Edition, chapter: str | None, paper: str, fingerprint: str) -> Path:
    single = edition.sphinx / "singlehtml"
    mark = single / ".built-from"
    if not (mark.exists() and mark.read_text() == fingerprint):
        with _step("Writing the single page"):
            _jupyter_book("singlehtml", edition)
        mark.write_text(fingerprint)
    with _step("Writing the PDF"):
        work = edition.work / "pdf"
        return pdf.convert(single, work, chapter=chapter, paper=paper, edition=edition)


def _jupyter_book(builder: str, edition: Edition) -> None:
    """Run Jupyter Book; every warning is an error."""
    # Sphinx leaves the pages of chapters that are no longer in the book.
    shutil.rmtree(edition.sphinx / builder, ignore_errors=True)
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            "from jupyter_book.cli.main import main; main()",
            "build",
            str(edition.source),
            "--path-output",
            str(edition.work),
            "--builder",
            builder,
            "-W",
            "-n",
            "--keep-going",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    log = edition.work / f"{builder}.log"
    text = re.sub(r"\x1b\[[0-9;]*m", "", result.stdout + result.stderr)
    log.write_text(text, "utf-8")
    if result.returncode:
        told = [line for line in text.splitlines() if re.search(r"WARNING|ERROR|Error:", line)]
        told = [line.replace(f"{edition.source}/", "") for line in dict.fromkeys(told)]
        told = told or text.splitlines()[-_TOLD:]
        if len(told) > _TOLD:
            told = [*told[: _TOLD - 3], f"… {len(told) - _TOLD} more …", *told[-3:]]
        whole = f"The whole log is in {paths.relative(log)}."
        raise BookError("\n".join(["Jupyter Book failed:", *told, whole]))


def _current(out: Path, fingerprint: str) -> bool:
    mark = _mark(out)
    return out.exists() and mark.exists() and mark.read_text() == fingerprint


def _mark(out: Path) -> Path:
    return out.with_name(f".{out.stem}.built-from")


def _publish(made: Path, out: Path, fingerprint: str) -> None:
    """Put what was made in its place, whole or not at all."""
    new, old = out.with_name(out.name + ".new"), out.with_name(out.name + ".old")
    out.parent.mkdir(parents=True, exist_ok=True)
    _remove(new)
    _remove(old)
    try:
        if made.is_dir():
            shutil.copytree(made, new)
        else:
            shutil.copy2(made, new)
    except OSError:
        _remove(new)
        raise
    _mark(out).unlink(missing_ok=True)
    if out.exists():
        out.rename(old)
    new.rename(out)
    _remove(old)
    _mark(out).write_text(fingerprint)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _step(what: str) -> Iterator[Callable[[str], None]]:
    """Show that a step is under way; say how long it took."""
    started = time.monotonic()
    with console.status(f"{what} …") as status:
        yield status.update
    console.print(f"{what}: {time.monotonic() - started:.1f} s")
