"""Build the book: check, execute, render, and only then replace what was there.

Everything is made in ``_build/.work``. The finished web book and PDF are moved into place at the
very end, so that a failure at any step leaves the last good book as it was.
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
from peru_asia.book import chapters, digest, execute, pdf
from peru_asia.data.check import check
from peru_asia.errors import BookError

_TOLD = 20  # lines of Jupyter Book's complaints that are shown

WORK = paths.BUILD / ".work"
SPHINX = WORK / "_build"  # Jupyter Book adds this folder to the one that it is given

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
    *, html: bool = True, to_pdf: bool = True, chapter: str | None = None, paper: str = "a4"
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

    Raises
    ------
    BookError
        If the data, a chapter or a conversion is wrong; what was built before stays.
    """
    started = time.monotonic()
    pdf_file = _pdf_file(chapter, paper)
    wanted = {paths.HTML: html, pdf_file: to_pdf}
    fingerprint = digest.everything()
    stale = [out for out, want in wanted.items() if want and not _current(out, fingerprint)]
    if stale:
        try:
            _prepare()
            if paths.HTML in stale:
                _web()
                _publish(SPHINX / "html", paths.HTML, fingerprint)
            if pdf_file in stale:
                _publish(_pdf(chapter, paper, fingerprint), pdf_file, fingerprint)
        except OSError as error:
            raise BookError(
                f"the book could not be written: {error}; what was built before is still there"
            ) from error
    for out in (out for out, want in wanted.items() if want):
        shown = out / "index.html" if out == paths.HTML else out
        note = "" if out in stale else "  (nothing had changed)"
        console.print(f"[bold]{paths.relative(shown)}[/bold]{note}")
    console.print(f"Done in {time.monotonic() - started:.0f} s.")


def _prepare() -> None:
    """Check the data and execute the chapters; forget caches that may be stale."""
    with _step("Checking the data"):
        tables = check()
    console.print(f"Data: {tables} tables in order.")
    machinery = digest.machinery()
    mark = WORK / "machinery"
    if not mark.exists() or mark.read_text() != machinery:
        shutil.rmtree(WORK, ignore_errors=True)
        WORK.mkdir(parents=True)
        mark.write_text(machinery)
    books = chapters.notebooks()
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
            progress.console.print(f"Executed {paths.relative(chapter)}")
            progress.advance(bar)

        count = execute.execute(books, SPHINX / ".jupyter_cache", done)
    console.print(f"Chapters: {count} executed, {len(books) - count} unchanged.")


def _web() -> None:
    with _step("Writing the web book"):
        _jupyter_book("html")
        # Jupyter Book's own has neither title nor words for a reader whose browser does not follow.
        (SPHINX / "html" / "index.html").write_text(_FIRST_PAGE, "utf-8")


def _pdf(chapter: str | None, paper: str, fingerprint: str) -> Path:
    single = SPHINX / "singlehtml"
    mark = single / ".built-from"
    if not (mark.exists() and mark.read_text() == fingerprint):
        with _step("Writing the single page"):
            _jupyter_book("singlehtml")
        mark.write_text(fingerprint)
    with _step("Writing the PDF"):
        return pdf.convert(single, WORK / "pdf", chapter=chapter, paper=paper)


def _pdf_file(chapter: str | None, paper: str) -> Path:
    """Return where a PDF goes: peru-asia.pdf, trade-partners.pdf, peru-asia-us-letter.pdf."""
    name = paths.PDF.stem if chapter is None else chapter.replace("/", "-")
    return paths.PDF.with_name(f"{name}{'' if paper == 'a4' else f'-{paper}'}.pdf")


def _jupyter_book(builder: str) -> None:
    """Run Jupyter Book; every warning is an error."""
    # Sphinx leaves the pages of chapters that are no longer in the book.
    shutil.rmtree(SPHINX / builder, ignore_errors=True)
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            "from jupyter_book.cli.main import main; main()",
            "build",
            str(paths.ROOT),
            "--path-output",
            str(WORK),
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
    log = WORK / f"{builder}.log"
    text = re.sub(r"\x1b\[[0-9;]*m", "", result.stdout + result.stderr)
    log.write_text(text, "utf-8")
    if result.returncode:
        told = [line for line in text.splitlines() if re.search(r"WARNING|ERROR|Error:", line)]
        told = [line.replace(f"{paths.ROOT}/", "") for line in dict.fromkeys(told)]
        told = told or text.splitlines()[-_TOLD:]
        if len(told) > _TOLD:
            told = [*told[: _TOLD - 3], f"… {len(told) - _TOLD} more …", *told[-3:]]
        whole = f"The whole log is in {paths.relative(log)}."
        raise BookError("\n".join(["Jupyter Book failed:", *told, whole]))


def _current(out: Path, fingerprint: str) -> bool:
    mark = _mark(out)
    return out.exists() and mark.exists() and mark.read_text() == fingerprint


def _mark(out: Path) -> Path:
    return paths.BUILD / f".{out.stem}.built-from"


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
