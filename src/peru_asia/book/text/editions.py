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
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from peru_asia import __version__, files, paths
from peru_asia.book.text.fences import COMMENT, Block, blocks, header
from peru_asia.errors import BookError

_MARKER = re.compile("(?:solution|instructor)-(?:start|end)", re.IGNORECASE)
# What is, or was meant to be, a solution or a marker, wherever and however it is written.
_LIKE_A_MARKER = re.compile(
    r"(?::::|```|~~~)\s*\{?\s*(?:solution|instructor)"
    r"|^[\s>*+-]*:{0,2}\s*\{\s*(?:solution|instructor)[^}]*\}"
    r"|\.\.\s+solution[\w-]*::",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?:worked\s+)?(?:solution|answer)s?[.:]?(?:\s+(?:of|to|for)\b.*)?", re.IGNORECASE
)

_PICTURES = (".png", ".jpg", ".jpeg", ".svg")
_BIBLIOGRAPHY = paths.CHAPTERS / "reference" / "bibliography.md"
_PREVIEW = (
    "<strong>A preview, not the book.</strong> It shows {title} alone: numbers of figures are not "
    "those of the book, and what other chapters hold is missing."
)


class Edition(StrEnum):
    """For whom the book is made."""

    READER = "reader"  # with folded solutions
    STUDENT = "student"  # without solutions
    INSTRUCTOR = "instructor"  # with solutions and notes for the instructor
    PREVIEW = "preview"  # one chapter with all that any edition has, for its writer

    @property
    def label(self) -> str:
        """What a title adds: ``, for students``; nothing for the reader's edition."""
        special = {Edition.READER: "", Edition.PREVIEW: ": a preview of one chapter"}
        return special.get(self, f", for {self}s")

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

    def fragment(self, docname: str) -> Path:
        """Return where what the PDF prints of a page is."""
        return self.work / "fragments" / f"{docname}.json"

    def pdf(self, chapter: str | None = None, paper: str = "a4") -> Path:
        """Return where a PDF goes: peru-asia.pdf, trade-partners-student-us-letter.pdf."""
        name = "peru-asia" if chapter is None else chapter.replace("/", "-")
        parts = [name, "" if self is Edition.READER else self, "" if paper == "a4" else paper]
        return self.folder / "pdf" / f"{'-'.join(filter(None, parts))}.pdf"

    def keeps(self, kind: str) -> bool:
        """Tell whether the edition has ``solution`` or ``instructor`` passages."""
        everything = self in (Edition.INSTRUCTOR, Edition.PREVIEW)
        return everything or (kind == "solution" and self is Edition.READER)


class Passage(NamedTuple):
    """What stands between two markers, and the markers."""

    kind: str
    start: Block
    end: Block


@lru_cache(maxsize=256)
def select(text: str, edition: Edition, where: str) -> str:
    """Return what an edition keeps of a chapter; lines keep their numbers.

    Comments are the writers' own, and in no edition. `where` names the chapter in error messages.

    Raises
    ------
    BookError : if a marker is not right; see `problems_in`
    """
    if wrong := list(problems_in(text)):
        raise BookError("\n".join(f"{where}, {problem}" for problem in wrong))
    lines = text.split("\n")
    found = blocks(lines)
    _cut_comments(lines, found)
    for kind, start, end in passages(found):
        if not edition.keeps(kind):
            _cut(lines, start.first, end.last)
        elif kind == "instructor":  # its markers are no directives of Sphinx
            _cut(lines, start.first, start.last)
            _cut(lines, end.first, end.last)
    return "\n".join(lines)


def passages(found: list[Block]) -> Iterator[Passage]:
    """Yield the marked passages among a chapter's blocks."""
    return (each for each in _paired(found) if isinstance(each, Passage))


def problems_in(text: str) -> Iterator[str]:
    """Yield what is wrong with a chapter's markers, and solutions that stand outside of them.

    A marker starts its line, stands in no other block and has a partner of its kind.
    """
    lines = text.split("\n")
    found = blocks(lines)
    marked: set[int] = set()
    for each in _paired(found):
        if isinstance(each, Passage):
            marked.update(range(each.start.first, each.end.last + 1))
        else:
            yield each
    for block in found:
        if _TITLED.fullmatch(block.argument) and block.first not in marked:
            yield _outside(block.first, block.opening.strip())
    right = {block.first for block in found if _is_marker(block)}
    for block in found:
        if block.name == COMMENT:
            right.update(range(block.first, block.last + 1))
    for number, line in enumerate(lines, 1):
        like = _LIKE_A_MARKER.search(line) and not line.lstrip().startswith("%")
        if like and number not in right:
            yield _outside(number, line.strip())


def _outside(line: int, what: str) -> str:
    kind = "instructor" if "instructor" in what.lower() else "solution"
    return (
        f"line {line}: '{what}' would stay in every edition; put it between ':::{{{kind}-start}}' "
        f"and ':::{{{kind}-end}}', each at the start of its line, closed with ':::', and outside "
        "every other block"
    )


def _paired(found: list[Block]) -> Iterator[Passage | str]:
    """Yield the passages, and what is wrong with the markers."""
    opened: Block | None = None
    for block in filter(_is_marker, found):
        kind, side = _parts(block)
        if outer := block.inside:
            yield (
                f"line {block.first}: {block.name} stands inside '{outer.opening.strip()}' of line "
                f"{outer.first}; close that before it"
            )
        elif not block.closed:
            yield f"line {block.first}: close {block.opening} with '{block.closing}'"
        if (side == "end") != (opened is not None) or (opened and _parts(opened)[0] != kind):
            before = f"{opened.name} of line {opened.first}" if opened else "nothing"
            yield (
                f"line {block.first}: {block.name} while {before} is open; give each start its "
                "end, and put none inside another"
            )
        if opened and side == "end":
            yield Passage(kind, opened, block)
        opened = block if side == "start" else None
    if opened:
        end = f"':::{{{_parts(opened)[0]}-end}}' and ':::'"
        yield f"line {opened.first}: {opened.name} has no end; put {end} after the passage"


def _is_marker(block: Block) -> bool:
    return bool(_MARKER.fullmatch(block.name)) and not block.indented


def _parts(marker: Block) -> tuple[str, str]:
    """Return kind and side of a marker: ``solution``, ``start``."""
    kind, _, side = marker.name.lower().partition("-")
    return kind, side


def _cut_comments(lines: list[str], found: list[Block]) -> None:
    kept = set(range(header(lines)))
    for block in found:
        if block.name == COMMENT:
            after = lines[block.last - 1].partition(block.closing)[2]
            _cut(lines, block.first, block.last)
            lines[block.last - 1] = after
        elif block.verbatim:
            kept.update(range(block.first, block.last))
    for number, line in enumerate(lines):
        if line.lstrip().startswith("%") and number not in kept:
            lines[number] = ""


def _cut(lines: list[str], first: int, last: int) -> None:
    """Empty lines, counted from one."""
    lines[first - 1 : last] = [""] * (last - first + 1)


def stage(edition: Edition, chapter: Path | None = None) -> None:
    """Write the sources of an edition into its folder; what is the same stays untouched.

    Parameters
    ----------
    chapter : the one chapter of a preview, which then has just this and the bibliography

    Raises
    ------
    BookError : if a chapter's markers are wrong
    """
    config = files.load(paths.CONFIG)
    config["title"] += edition.label
    config["sphinx"]["config"]["edition"] = str(edition)
    # Not the day of the build, which would change every page every day.
    options = config["sphinx"]["config"]["html_theme_options"]
    options["extra_footer"] += f"<p>Edition {__version__}{edition.label}.</p>"
    contents: str | bytes = paths.TOC.read_bytes()
    kept = list(files.walk(paths.CHAPTERS, ".md"))
    if chapter:
        kept = list(dict.fromkeys([chapter, _BIBLIOGRAPHY]))
        first, *others = (paths.relative(path.with_suffix("")) for path in kept)
        listed = {"format": "jb-book", "root": first, "chapters": [{"file": f} for f in others]}
        contents = yaml.safe_dump(listed)
        options["announcement"] = _PREVIEW.format(title=paths.relative(chapter))
    wanted: dict[str, str | bytes] = {
        paths.CONFIG.name: yaml.safe_dump(config, allow_unicode=True),
        paths.TOC.name: contents,
        paths.BIBLIOGRAPHY.name: paths.BIBLIOGRAPHY.read_bytes(),
    }
    given = [*files.walk(paths.DATA, ".csv"), *files.walk(paths.CHAPTERS, *_PICTURES)]
    for path in given:  # the data chapter offers the tables
        wanted[paths.relative(path)] = path.read_bytes()
    for path in kept:
        where = paths.relative(path)
        wanted[where] = select(files.read(path), edition, where)
    for path in files.walk(edition.source):
        if path.relative_to(edition.source).as_posix() not in wanted:
            path.unlink()
    for where, content in wanted.items():
        files.put(edition.source / where, content)
