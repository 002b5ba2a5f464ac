"""What every chapter of the numbered parts has, in the same order, so that nobody has to search.

A question; objectives with the minutes that they take; the answer in two sentences; evidence; what
could be wrong; exercises of four kinds, each with a hint and a worked solution; further reading;
notes for the instructor. An essay, with a line ``% anatomy: essay``, ends with what could be wrong.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from peru_asia import files, paths
from peru_asia.book.text.chapters import name_of
from peru_asia.errors import BookError, located

KINDS = ("Read", "Compute", "Challenge", "Redo")
NOTES = ("Timing", "Talking points", "Common misreadings")
_ESSAY = re.compile(r"^% anatomy: essay$", re.M)
_LAST = ["What could be wrong", "Exercises", "Further reading"]
_FEWEST, _MOST = 3, 6  # exercises
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_MINUTES = {
    f"{word}{five}": ten + (5 if five else 0)
    for ten, word in zip(range(20, 100, 10), _TENS, strict=True)
    for five in ("", "-five")
}

_CELL = re.compile(r"^(`{3,})\{code-cell\}.*?^\1$", re.M | re.S)
_QUESTION = re.compile(r"^(`{3,}|:{3,})\{admonition\} Question\n(.*?)\n\1$", re.M | re.S)
_OBJECTIVES = re.compile(
    r"^\*\*You will learn\*\* (.+?)\.\s+Allow\s+about\s+([a-z-]+)\s+minutes\.$", re.M | re.S
)
_ANSWER = re.compile(r"^\*\*The answer in two sentences\.\*\*\s+(.+?)\n\n", re.M | re.S)
_SENTENCE = re.compile(r"[.?!](?=\s+[A-Z{*])|[.?!]\s*$")
_SECTION = re.compile(r"^## (.+)$", re.M)
_EXERCISE = re.compile(
    r"^(:{4,})\{exercise\} (\w+): ?([^\n]+)\n:label: (\S+)\n(.*?)^\1$"
    r"(?:\n+:{3,}\{solution-start\} (\S+))?",
    re.M | re.S,
)


class Anatomy(NamedTuple):
    """What a chapter says about itself, in MyST, as it words it."""

    name: str  # such as trade/partners
    title: str
    question: str
    objectives: tuple[str, ...]  # what a reader will be able to do
    minutes: int


def read(path: Path) -> Anatomy:
    """Return what a chapter says about itself; a BookError says what is missing."""
    text = files.read(path)
    title, question = re.search(r"^# (.+)$", text, re.M), _QUESTION.search(text)
    allowed = _OBJECTIVES.search(text)
    if not (title and question and allowed and allowed[2] in _MINUTES):
        raise BookError(located(paths.relative(path), next(_opening(text))))
    asked, learnt = (" ".join(prose.split()) for prose in (question[2], allowed[1]))
    objectives = tuple(part.removeprefix("and ") for part in learnt.split("; "))
    return Anatomy(name_of(path), title[1], asked, objectives, _MINUTES[allowed[2]])


def problems_in(chapter: str) -> Iterator[str]:
    """Yield each part that the text of a numbered chapter lacks or has out of order."""
    plain = _CELL.sub(lambda cell: "\n" * cell[0].count("\n"), chapter)
    yield from _opening(plain)
    if _ESSAY.search(plain):
        if _LAST[0] not in _SECTION.findall(plain):
            yield f"no section '{_LAST[0]}'; add '## {_LAST[0]}'"
        return
    yield from _sections(plain)
    yield from _exercises(plain)
    yield from _notes(plain)
    solutions = re.findall(r"\{solution-start\}.*?\{solution-end\}", chapter, re.S)
    if solutions and not any("{code-cell}" in solution for solution in solutions):
        yield "no solution has code; give one a cell"


def _opening(text: str) -> Iterator[str]:
    if not _QUESTION.search(text):
        yield "no question; start with a block '{admonition} Question'"
    objectives = _OBJECTIVES.search(text)
    if not objectives:
        yield (
            "no objectives; write a paragraph '**You will learn** to …; to …. Allow about forty "
            "minutes.' with nothing after it"
        )
    elif objectives[2] not in _MINUTES:
        known = ", ".join(_MINUTES)
        yield f"{_line(text, objectives)}: '{objectives[2]} minutes' is not one of: {known}"
    elif not 2 <= (count := objectives[1].count(";") + 1) <= 5:
        line = _line(text, objectives)
        yield f"{line}: {count} objectives; name two to five, with semicolons between"
    answer = _ANSWER.search(text)
    if not answer:
        yield "no answer; write a paragraph '**The answer in two sentences.** …'"
    elif (count := len(_SENTENCE.findall(answer[1]))) != 2:
        yield f"{_line(text, answer)}: the answer in two sentences has {count}; make it two"


def _sections(text: str) -> Iterator[str]:
    found = [title for title in _SECTION.findall(text) if title != "For the instructor"]
    missing = [title for title in _LAST if title not in found]
    if missing:
        yield from (f"no section '{title}'; add '## {title}'" for title in missing)
    elif [title for title in found if title in _LAST] != _LAST or found[-2:] != _LAST[1:]:
        yield f"the last sections must be, in this order: {', '.join(_LAST)}"
    elif found.index(_LAST[0]) < 2:
        yield f"fewer than two sections of evidence before '## {_LAST[0]}'; add one"


def _exercises(text: str) -> Iterator[str]:
    found = list(_EXERCISE.finditer(text))
    if len(found) != len(re.findall(r"\{exercise\}", text)):
        yield (
            "an exercise is not of the form ':::::{exercise} Read: title', ':label: ex-…', text, "
            "hint, ':::::'; write it so"
        )
    if not _FEWEST <= len(found) <= _MOST:
        yield f"{len(found)} exercises; set {_FEWEST} to {_MOST}"
    kinds = {match[2] for match in found}
    for kind in KINDS:
        if kind not in kinds:
            yield f"no exercise of the kind '{kind}:'; set one"
    for match in found:
        _, kind, title, label, body, solved = match.groups()
        exercise = f"{_line(text, match)}: exercise '{title}'"
        if kind not in KINDS:
            yield f"{exercise}: '{kind}' is not one of {', '.join(KINDS)}"
        if "{hint}" not in body:
            yield f"{exercise} has no hint; add a block ':::{{hint}}' to it"
        if solved != label:
            yield f"{exercise} is not followed by its solution, ':::{{solution-start}} {label}'"


def _notes(text: str) -> Iterator[str]:
    _, marker, notes = text.partition("{instructor-start}")
    if not marker or "\n## For the instructor\n" not in notes:
        yield "no section 'For the instructor' between instructor-start and instructor-end"
        return
    for part in NOTES:
        if f"\n**{part}.**" not in notes:
            yield f"the instructor's notes have no '**{part}.**'; add it"


def _line(text: str, match: re.Match[str]) -> str:
    return f"line {text.count(chr(10), 0, match.start()) + 1}"
