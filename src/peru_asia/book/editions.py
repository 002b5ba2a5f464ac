"""Three editions from one source: what each keeps of a chapter, and where it is built.

A chapter marks what not every reader gets::

    :::{solution-start} ex-partners-half       a worked solution: not in the student's edition
    …
    :::{solution-end}
    :::
    :::{instructor-start}                      in the instructor's edition only
    :::
    …
    :::{instructor-end}
    :::

What an edition leaves out is cut from the text before anything else reads it, so that it is in no
page, notebook, archive or search index.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import yaml

from peru_asia import files, paths
from peru_asia.errors import BookError

_MARKER = re.compile(r"(:{3,}|`{3,})\{(solution|instructor)-(start|end)\}")


class Edition(StrEnum):
    """For whom the book is made."""

    READER = "reader"  # with folded solutions
    STUDENT = "student"  # without solutions
    INSTRUCTOR = "instructor"  # with solutions and notes for the instructor

    @property
    def label(self) -> str:
        """What a title adds: ``, for students``; nothing for the reader's edition."""
        return "" if self is Edition.READER else f", for {self}s"

    @property
    def folder(self) -> Path:
        """Where the finished edition goes."""
        return paths.BUILD if self is Edition.READER else paths.BUILD / self

    @property
    def html(self) -> Path:
        """The web book."""
        return self.folder / "html"

    @property
    def work(self) -> Path:
        """Where the edition is made; kept between builds."""
        return paths.BUILD / ".work" / self

    @property
    def source(self) -> Path:
        """The chapters of this edition."""
        return self.work / "source"

    @property
    def pages(self) -> Path:
        """The web book as Sphinx writes it."""
        return self.work / "html"

    @property
    def doctrees(self) -> Path:
        """What Sphinx has read."""
        return self.work / "doctrees"

    def pdf(self, chapter: str | None = None, paper: str = "a4") -> Path:
        """Return where a PDF goes: peru-asia.pdf, trade-partners-student-us-letter.pdf."""
        name = "peru-asia" if chapter is None else chapter.replace("/", "-")
        parts = [name, "" if self is Edition.READER else self, "" if paper == "a4" else paper]
        return self.folder / "pdf" / f"{'-'.join(filter(None, parts))}.pdf"

    def keeps(self, kind: str) -> bool:
        """Tell whether the edition has ``solution`` or ``instructor`` passages."""
        return self is Edition.INSTRUCTOR or (kind == "solution" and self is Edition.READER)


def select(text: str, edition: Edition, where: str) -> str:
    """Return what an edition keeps of a chapter; lines keep their numbers.

    Parameters
    ----------
    text
        The chapter's file.
    edition
        The edition.
    where
        The chapter's name, for error messages.

    Raises
    ------
    BookError
        If a marker has no partner, or stands inside another passage.
    """
    lines = text.splitlines(keepends=True)
    for kind, first, last in _passages(lines, where):
        if not edition.keeps(kind):
            lines[first:last] = ["\n"] * (last - first)
        elif kind == "instructor":  # its markers are no directives of Sphinx
            for start in (first, last - 2):
                lines[start : start + 2] = ["\n", "\n"]
    return "".join(lines)


def _passages(lines: list[str], where: str) -> Iterator[tuple[str, int, int]]:
    """Yield kind, first line and end of each marked passage, markers included."""
    open_at: tuple[str, int] | None = None
    for number, line in enumerate(lines):
        if not (marker := _MARKER.match(line)):
            continue
        fence, kind, side = marker.groups()
        close = next((n for n in range(number + 1, len(lines)) if lines[n].rstrip() == fence), None)
        if close is None:
            raise BookError(f"{where}, line {number + 1}: close {line.strip()} with '{fence}'")
        if (side == "start") == (open_at is not None) or (open_at and open_at[0] != kind):
            opened = f"{open_at[0]}-start of line {open_at[1] + 1}" if open_at else "nothing"
            raise BookError(
                f"{where}, line {number + 1}: {kind}-{side} while {opened} is open; give each "
                "start its end, and put none inside another"
            )
        if side == "start":
            open_at = (kind, number)
        elif open_at:
            yield kind, open_at[1], close + 1
            open_at = None
    if open_at:
        raise BookError(f"{where}, line {open_at[1] + 1}: {open_at[0]}-start has no end")


def stage(edition: Edition) -> None:
    """Write the sources of an edition into its folder; what is the same stays untouched.

    Raises
    ------
    BookError
        If a chapter's markers are wrong.
    """
    config = yaml.safe_load(paths.CONFIG.read_text("utf-8"))
    config["title"] += edition.label
    config["sphinx"]["config"]["edition"] = str(edition)
    wanted = {
        edition.source / paths.CONFIG.name: yaml.safe_dump(config, allow_unicode=True).encode(),
        edition.source / paths.TOC.name: paths.TOC.read_bytes(),
        edition.source / paths.BIBLIOGRAPHY.name: paths.BIBLIOGRAPHY.read_bytes(),
    }
    for path in files.walk(paths.DATA, ".csv"):  # the data chapter offers them
        wanted[edition.source / path.relative_to(paths.ROOT)] = path.read_bytes()
    for path in files.walk(paths.CHAPTERS, ".md"):
        text = select(path.read_text("utf-8"), edition, paths.relative(path))
        wanted[edition.source / path.relative_to(paths.ROOT)] = text.encode()
    for path in files.walk(edition.source):
        if path not in wanted:
            path.unlink()
    for path, content in wanted.items():
        files.put(path, content)
