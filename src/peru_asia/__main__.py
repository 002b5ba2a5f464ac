"""The command line: ``python -m peru_asia``; the Makefile's commands without make."""

import importlib.util
import os
import shutil
import subprocess
import sys
from typing import Any

from peru_asia import __version__, paths
from peru_asia.errors import BookError

try:
    import click
except ModuleNotFoundError:
    sys.exit("the book is built with more packages: pip install 'peru-asia[book]'")


class _Group(click.Group):
    """A group whose commands report what a user can mend without a traceback."""

    group_class = type

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BookError as error:
            click.secho(f"Error: {error}", fg="red", err=True)
            sys.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="peru-asia")
def main() -> None:
    """Build and check the book 'Peru Looks Across the Pacific'."""


_for_whom = click.option(
    "--edition",
    type=click.Choice(["reader", "student", "instructor"]),
    default="reader",
    show_default=True,
    help="With folded solutions, with none, or with notes for the instructor as well.",
)


def _build(edition: str, **options: Any) -> None:
    from peru_asia.book.make.build import Edition, build

    build(edition=Edition(edition), **options)


@main.command()
@_for_whom
def book(edition: str) -> None:
    """Build the web book and the PDF (checks the data and executes the chapters first)."""
    _build(edition)


@main.command()
@click.argument("chapter", required=False)
@_for_whom
def html(chapter: str | None, edition: str) -> None:
    """Build the web book: _build/html/index.html.

    With a CHAPTER, such as trade/partners, only a preview of its page, quickly: _build/preview.
    """
    if chapter:
        from peru_asia.book.make.build import preview

        preview(chapter)
    else:
        _build(edition, to_pdf=False)


@main.command()
@click.argument("chapter", required=False)
@click.option("--paper", type=click.Choice(["a4", "us-letter"]), default="a4", show_default=True)
@_for_whom
def pdf(chapter: str | None, paper: str, edition: str) -> None:
    """Build the PDF: _build/pdf/peru-asia.pdf, or one CHAPTER of it, such as trade/partners."""
    _build(edition, html=False, chapter=chapter, paper=paper)


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where to serve it; if that is taken, at another.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the book in a browser.")
def watch(port: int, open_browser: bool) -> None:
    """Serve the web book, build it at every save, and let open pages follow.

    Needs the packages of requirements-watch.txt, which ``make watch`` installs.
    """
    needed = ("starlette", "uvicorn", "watchfiles", "websockets")
    if not all(map(importlib.util.find_spec, needed)):
        raise BookError("watching needs more packages: pip install -r requirements-watch.txt")
    from peru_asia.book.make.watch import watch

    watch(port, open_browser)


@main.command()
def check() -> None:
    """Check the settings and the text of all chapters, and the data package."""
    from peru_asia.book.make import preflight

    found = preflight.problems()  # told at once; the data take longer
    for problem in found:
        click.secho(problem, fg="red", err=True)
    if not found:
        click.echo("The settings and all chapters are in order.")
    if left_out := preflight.left_out():
        click.echo(f"Not in _toc.yml, so not in the book: {', '.join(left_out)}")

    from peru_asia.data.check import check as check_data
    from peru_asia.data.sanity import checks

    click.echo(f"{check_data()} tables in order; {sum(1 for _ in checks())} named checks passed.")
    if found:
        count = f"{len(found)} problem{'s' if len(found) > 1 else ''}"
        raise BookError(f"{count} in the settings and chapters, named above")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the ledger as JSON.")
def claims(as_json: bool) -> None:
    """Print what the literature claimed beside what the tables say."""
    from peru_asia.claims import report

    click.echo(report(as_json))


@main.command()
def data() -> None:
    """Assemble data/datapackage.yaml from package.yaml and the descriptor beside each table."""
    from peru_asia.data import assembly

    assembly.assemble()
    click.echo(f"{paths.relative(paths.DESCRIPTOR)} describes all tables.")


@main.command()
def edition() -> None:
    """Record the vintages of the data as those of this version, when it is published."""
    from peru_asia.data import editions

    editions.publish()
    click.echo(f"{paths.relative(paths.EDITIONS)} holds edition {__version__}.")


@main.command()
@click.argument("chapter", required=False)
def accept(chapter: str | None) -> None:
    """Show what the facts of a CHAPTER, or of all, print now and did not; pin them as they are."""
    from peru_asia.book.make import build, pins

    for name in build.run_alone(chapter):
        changed = pins.differences(name)
        for line in changed:
            click.echo(line)
        if changed:
            pins.accept(name)
            click.echo(f"{paths.relative(pins.file_of(name))} is written.")


@main.group()
def new() -> None:
    """Start something of your own in the book."""


@new.command("chapter")
@click.argument("name")
@click.option("--part", required=True, help="Its title in _toc.yml, or the folder of its chapters.")
@click.option("--essay", is_flag=True, help="Without exercises and notes for the instructor.")
def new_chapter(name: str, part: str, essay: bool) -> None:
    """Start a chapter that builds: its file NAME.md, its line in _toc.yml, its pins."""
    from peru_asia.book.make import new

    made = new.chapter(name, part, "essay" if essay else "chapter")
    click.echo(f"{made} is there, last in its part. To see it: make html CHAPTER={made}")


@main.command()
@click.option(
    "--fast",
    is_flag=True,
    help="Only those that need no built book and no browser, with fewer examples of each.",
)
def test(fast: bool) -> None:
    """Run every test, on all cores.

    Needs the packages of requirements-test.txt, which ``make test`` installs.
    """
    if importlib.util.find_spec("xdist") is None:
        raise BookError("the tests need more packages: pip install -r requirements-test.txt")
    command = [sys.executable, "-m", "pytest", "--numprocesses", "logical", "--dist", "worksteal"]
    command += ["-m", "not slow", "--hypothesis-profile", "fast"] if fast else []
    sys.exit(subprocess.run(command, cwd=paths.ROOT).returncode)


@main.command()
def clean() -> None:
    """Forget everything that was built."""
    shutil.rmtree(paths.BUILD, ignore_errors=True)


if __name__ == "__main__":
    try:
        main()
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        # At once: Python would take a second to take apart what a build has in memory.
        os._exit(end.code if isinstance(end.code, int) else bool(end.code))
