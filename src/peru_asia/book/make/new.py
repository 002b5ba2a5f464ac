"""A new chapter: a text that builds, with all that its part asks for, to be written over."""

import re
from contextlib import ExitStack
from pathlib import Path

from peru_asia import data, files, paths
from peru_asia.book.make import pins
from peru_asia.book.text import chapters
from peru_asia.errors import BookError, did_you_mean


def chapter(name: str, part: str, anatomy: str = "chapter") -> str:
    """Write a new chapter, list it last in its part, pin its facts, or do nothing; say its name.

    Parameters
    ----------
    name : of its file, such as ``ports``; it goes into the folder of the part
    part : title of a part in ``_toc.yml``, or the folder of its chapters
    anatomy : the file in ``chapters/.new`` to start from, ``chapter`` or ``essay``

    Raises
    ------
    BookError : if the name is no name or is taken, or there is no such part
    """
    parts = {title: listed for title, listed in chapters.parts() if title}
    parts |= {listed[0].split("/")[-2]: listed for listed in parts.values()}
    listed = next((parts[key] for key in parts if key.lower() == part.strip().lower()), None)
    if listed is None:
        raise BookError(f"there is no part '{part}'; {did_you_mean(part, parts)}")
    folder = (paths.ROOT / listed[0]).parent
    short = name.removeprefix(f"{folder.name}/").removesuffix(".md")
    if not re.fullmatch("[a-z][a-z0-9-]*", short):
        right = re.sub("[^a-z0-9]+", "-", short.lower().rpartition("/")[2]).strip("-0123456789")
        raise BookError(f"'{name}' cannot name a chapter; did you mean '{right or 'ports'}'?")
    path = folder / f"{short}.md"
    whole = chapters.name_of(path)
    pinned = pins.file_of(whole)
    for there in filter(Path.exists, (path, pinned)):
        raise BookError(f"{paths.relative(there)} is there already; choose another name")

    text = files.read(paths.CHAPTERS / ".new" / f"{anatomy}.md").replace("NAME", short)
    first, last = data.span("trade_by_partner")  # which the new text prints
    toc = files.read(paths.TOC).splitlines()
    before = paths.ROOT / f"{listed[-1]}.md"
    line = next(each.line for each in chapters.entries(chapters.toc()) if each.path == before)
    toc.insert(line, toc[line - 1].partition("-")[0] + f"- file: {paths.relative(folder)}/{short}")
    with ExitStack() as undo:
        for made, content in (
            (path, text.replace("TITLE", short.replace("-", " ").capitalize())),
            (pinned, f"first: {{is: '{first}'}}\nlast: {{is: '{last}'}}\n"),
        ):
            undo.callback(files.remove, made)
            files.put(made, content)
        files.put(paths.TOC, "\n".join([*toc, ""]))
        undo.pop_all()
    return whole
