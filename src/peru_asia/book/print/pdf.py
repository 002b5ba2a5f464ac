"""The PDF: fragments of its documents, joined in the markup of Typst, and set by Typst."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment

from peru_asia import __version__, data, files, paths
from peru_asia.book.cells.forms import day
from peru_asia.book.keep import store
from peru_asia.book.print.setter import Refusal, set_apart, set_text
from peru_asia.book.print.translator import MARK, Fragment, quoted, translate
from peru_asia.book.text import chapters
from peru_asia.book.text.editions import Edition
from peru_asia.errors import BookError, did_you_mean


def keep(document: nodes.document, docname: str, env: BuildEnvironment, edition: Edition) -> None:
    """Keep what the PDF prints of a page; errors as `translate`."""
    fragment = translate(document, docname, env, store.PICTURES)
    files.put(edition.fragment(docname), json.dumps(asdict(fragment), ensure_ascii=False))


def make(edition: Edition, chapter: str | None, paper: str) -> Path:
    """Set the PDF of an edition, or of one chapter such as ``trade/partners``.

    Raises
    ------
    BookError : if a link leads nowhere, or Typst refuses the text
    """
    held = [
        (title, [_fragment(edition, name) for name in documents])
        for title, documents in chapters.parts()
    ]
    config = files.load(paths.CONFIG)
    fields = {
        "title": config["title"],
        "author": config["author"],
        "version": __version__ + edition.label,
        "date": f"{_published():%B %Y}",
        "evidence": str(day(data.last_day())),
        "paper": paper,
    }
    if chapter is None:
        text = book(held, **fields)
    else:
        text = handout(chapter, [each for _, of in held for each in of], **fields)
    when, folder = int(_published().timestamp()), edition.work / "pdf"
    return typeset(text, folder, root=store.WORK, timestamp=when, setter=set_apart)


def _fragment(edition: Edition, docname: str) -> Fragment:
    return Fragment(**json.loads(edition.fragment(docname).read_text("utf-8")))


def _published() -> datetime:
    """Return the date that the PDF bears: the month of the edition, on whatever day it is made."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(given), UTC)
    month = __version__.rpartition(".")[0]
    return datetime.strptime(month, "%Y.%m").replace(tzinfo=UTC)


def book(parts: Sequence[tuple[str, Sequence[Fragment]]], **fields: str) -> str:
    """Join the whole book.

    Parameters
    ----------
    parts : titles of the parts, each with its documents, in reading order. A part without a title
        has no page of its own.
    **fields : what the cover shows: ``title``, ``author``, ``version``, ``date`` and ``evidence``;
        and the size of the pages, ``paper``: ``a4`` or ``us-letter``

    Raises
    ------
    BookError : if a link leads nowhere
    """
    fragments = [fragment for _, held in parts for fragment in held]
    known = {name for fragment in fragments for name in fragment.labels}
    dead = [
        f"{place} leads nowhere in the PDF; mend it, or give its target a label"
        for fragment in fragments
        for name, place in fragment.links.items()
        if name not in known
    ]
    if dead:
        raise BookError("\n".join(dead))
    headings, texts = [], []
    for title, held in parts:
        if title:
            name = f"<part--{len(texts)}>"
            headings.append(f"(1, {quoted(title)}, {name})")
            texts.append(f"\n#part[#{quoted(title)};][#metadata(none){name}]\n")
        headings += [row for fragment in held for row in fragment.headings]
        texts += [fragment.text for fragment in held]
    rows = {
        "headings": headings,
        "figures": [row for fragment in fragments for row in fragment.figures],
        "tables": [row for fragment in fragments for row in fragment.tables],
    }
    listed = "".join(
        f"{name}: ({''.join(f'{row}, ' for row in of)}), " for name, of in rows.items()
    )
    return _front("book", fields, listed) + _placed("".join(texts), fragments)


def handout(name: str, fragments: Iterable[Fragment], **fields: str) -> str:
    """Join one chapter, with the references that it cites; what leads out of it is plain text.

    `fragments` are those of the book, and `fields` what `book` takes.

    Raises
    ------
    BookError : if there is no such chapter; the message suggests the nearest
    """
    fragments = list(fragments)
    named = {fragment.docname.removeprefix("chapters/"): fragment for fragment in fragments}
    if name not in named:
        raise BookError(f"there is no chapter '{name}'; " + did_you_mean(name, named))
    chapter = named[name]
    works = {key: work for fragment in fragments for key, work in fragment.works.items()}
    cited = [
        work for key, work in works.items() if key in chapter.links and key not in chapter.labels
    ]
    head = f'\n#heading(level: 2)[#"References";]\n#references[{"".join(cited)}]\n'
    text = chapter.text + (head if cited else "")
    return _front("handout", fields, "") + _placed(text, [chapter])


def typeset(
    text: str,
    folder: Path,
    *,
    root: Path,
    timestamp: int,
    setter: Callable[..., Refusal | None] = set_text,
) -> Path:
    """Set what `book` or `handout` joined; return the PDF.

    Parameters
    ----------
    folder, root : where text and PDF go, and what holds this folder and that of the pictures
    timestamp : the time that the PDF bears, in seconds since 1970
    setter : what runs Typst: here, or in a process of its own

    Raises
    ------
    BookError : if Typst refuses the text, or its fonts lack some of the characters
    """
    main, out = folder / "main.typ", folder / "book.pdf"
    files.put(main, text)
    shutil.copy2(paths.TEMPLATE, folder)
    if refusal := setter(main, out, root, paths.FONTS, timestamp):
        raise _explained(refusal, main)
    return out


def _front(template: str, fields: dict[str, str], listed: str) -> str:
    given = "".join(f"{name}: {quoted(value)}, " for name, value in fields.items())
    return f'#import "book.typ": *\n#show: {template}.with({given}{listed})\n\n'


def _placed(text: str, fragments: Iterable[Fragment]) -> str:
    """Put a label at each place that a link leads to, and nothing at the others."""
    wanted = {name for fragment in fragments for name in fragment.links}
    return MARK.sub(lambda mark: f"#metadata(none)<{mark[1]}>" if mark[1] in wanted else "", text)


def _explained(error: Refusal, main: Path) -> BookError:
    """Say under which heading of which chapter Typst stopped, and at what."""
    lines = main.read_text("utf-8").splitlines()

    def place(number: int) -> str:
        above = (line[3:] for line in reversed(lines[:number]) if line.startswith("// "))
        return next(above, "the PDF's front pages")

    refused = r'the text `"(.*?)"` could not be displayed[^\n]*\n[^\n]*?main\.typ:(\d+)'
    missing: dict[str, list[str]] = {}
    for text, number in re.findall(refused, error.diagnostic):
        missing.setdefault(place(int(number)), []).append(text)
    if missing:
        told = [f"{where}: {', '.join(dict.fromkeys(of))}" for where, of in missing.items()]
        return BookError(
            "the PDF's fonts do not have these characters; write them in Latin letters, or add a "
            f"font that has them to {paths.relative(paths.FONTS)}\n" + "\n".join(told)
        )
    where = paths.relative(main)
    if at := re.search(r"main\.typ:(\d+):(\d+)", error.diagnostic):
        before = lines[int(at[1]) - 1][: int(at[2]) + 1]
        formula = re.findall(r'#math\.equation\(block: \w+, alt: "((?:[^"\\]|\\.)*)"', before)
        where = place(int(at[1])) + "".join(f", near the formula '{f}'" for f in formula[-1:])
    return BookError(
        f"{where}: Typst could not set the PDF: {error.message}; {' '.join(error.hints)}\n"
        f"The text is in {paths.relative(main)}."
    )
