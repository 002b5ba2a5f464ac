"""All that can be checked without executing anything: settings, contents, and every chapter.

What was found in a chapter is remembered until the chapter or a module that checks it changes, so
that a writer who has changed one chapter waits for that one only.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NotRequired, TypedDict

from peru_asia import files, paths, uses
from peru_asia.book.keep import fingerprint, store
from peru_asia.book.make import settings
from peru_asia.book.text import bounds, chapters
from peru_asia.errors import BookError, located

_PLACE = re.compile(r"(.+?)(?:, line (\d+))?: ")


class Looked(TypedDict):
    """What was found in a chapter whose text and kind have the fingerprint `key`."""

    key: NotRequired[str]
    problems: list[str]
    figures: list[tuple[str, int]]  # name and line of each


def problems(chapter: str | None = None) -> list[str]:
    """Return all that is wrong, by file and line: ``a.md, line 3: what is wrong; how to mend it``.

    Parameters
    ----------
    chapter : the one chapter to look at besides the settings, in any form that `chapters.resolve`
        knows; otherwise all
    """
    cache = paths.BUILD / ".work" / "checked.json"
    found = list(settings.problems())
    config_is_wrong = any(problem.startswith(paths.relative(paths.CONFIG)) for problem in found)
    checked_by, before = _remembered(cache)
    results: dict[str, Looked] = {}
    for path, kind in _chapters().items():
        where = paths.relative(path)
        try:
            text = files.read(path)
            key = files.digest(f"{kind}\n{text}")
            if before.get(where, {}).get("key") == key:
                results[where] = before[where]
            else:
                results[where] = _look(text, kind) | {"key": key}
        except BookError as error:
            # Without its settings, the parser cannot be had; they are named once.
            if not (config_is_wrong and str(error).startswith(paths.relative(paths.CONFIG))):
                found.append(str(error))
    if results != before:
        with suppress(OSError):  # then the next run looks at every chapter again
            known = {"uses": checked_by or fingerprint.of(_checkers()), "chapters": results}
            files.put(cache, json.dumps(known, ensure_ascii=False))
    wanted = results.keys()
    if chapter is not None:
        try:
            wanted = {paths.relative(chapters.resolve(chapter))}
        except BookError as error:
            wanted = set()
            found.append(str(error))
    of_each = [(where, what) for where in results for what in results[where]["problems"]]
    if (index := paths.relative(paths.CHAPTERS / "index.md")) in results:
        of_each += [(index, what) for what in bounds.problems(paths.ROOT / index)]
    found += [
        located(where, what)
        for where, what in [*of_each, *_shared_names(results)]
        if where in wanted
    ]
    return sorted(dict.fromkeys(found), key=_place)


def left_out() -> list[str]:
    """Return the files under ``chapters`` that the table of contents does not list."""
    return [paths.relative(path) for path, kind in _chapters().items() if kind == "left out"]


def _chapters() -> dict[Path, str]:
    """Return every chapter's file, those of the book first, with its kind."""
    there = list(files.walk(paths.CHAPTERS, ".md"))
    try:
        entries = list(chapters.entries(chapters.toc()))
    except BookError:  # named by settings.py; the chapters are looked at all the same
        return dict.fromkeys(there, "plain")
    kinds = {entry.path: "numbered" if entry.numbered else "plain" for entry in entries}
    listed = {path: kind for path, kind in kinds.items() if path.is_file()}
    return listed | {path: "left out" for path in there if path not in listed}


def _look(text: str, kind: str) -> Looked:
    """Look at one chapter: what is wrong with it, and its figures' names with their lines."""
    from peru_asia.book.text import editions

    if kind == "left out":  # it may still be included in another
        return Looked(problems=list(editions.problems_in(text)), figures=[])
    # The parser takes longer to import than all else together.
    from peru_asia.book.make.structure import Structure
    from peru_asia.book.text import anatomy, number_check

    structure = Structure(text)
    readable = structure.readable()
    found = [*structure.problems(), *editions.problems_in(text)]
    found += number_check.problems_in(readable)
    if kind == "numbered":
        found += anatomy.problems_in(readable)
    return Looked(problems=found, figures=structure.figures())


def _shared_names(results: dict[str, Looked]) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for where, result in results.items():
        for name, line in result["figures"]:
            here = f"{where}, line {line}"
            if (other := first.setdefault(name.lower(), here)) != here:
                other = other.removeprefix(f"{where}, ")
                what = f"the figure's name '{name}' is that of {other}; give it another"
                yield where, f"line {line}: {what}"


def _place(problem: str) -> tuple[str, int]:
    match = _PLACE.match(problem)
    return (match[1], int(match[2] or 0)) if match else (problem, 0)


def _checkers() -> set[str]:
    """Return what decides what is found in a chapter, besides its text."""
    modules = fingerprint.reached(__name__)
    return modules | {uses.of_file(paths.CONFIG), fingerprint.ENVIRONMENT}


def _remembered(cache: Path) -> tuple[dict[str, str], dict[str, Looked]]:
    """Return by what it was checked and what was found before; nothing, if that has changed."""
    with suppress(LookupError, TypeError):  # an older version wrote something else
        known = store.read(cache)
        if fingerprint.same(known["uses"]):
            return known["uses"], known["chapters"]
    return {}, {}
