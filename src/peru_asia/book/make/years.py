"""A year that is typed beside a fact is that fact's year, and does not stay when the data move.

What a fact's year is, its expression tells (`peru_asia.book.cells.words`), so that this check needs
the results of a run; text and results that were in order are remembered.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from peru_asia import files, paths
from peru_asia.book.cells import mimes
from peru_asia.book.keep import store
from peru_asia.book.text import chapters
from peru_asia.errors import BookError, located

_REMEMBERED = store.WORK / "years-checked.json"
_FACT = r"(?:\{glue:text\}`(?P<role>[^`]+)`|\{(?P<place>[a-z]\w*)\})"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d-])"
_WORDS = r"(?:[^\s.;:,(){}`]+\s+){0,4}?"
# "{china} in 2011", and "In 2011 it bought {china}", unless another year follows
_BESIDE = [
    re.compile(rf"{_FACT}\s+(?:in|of|for)\s+{_YEAR}"),
    re.compile(rf"\bIn\s+{_YEAR},?\s+{_WORDS}{_FACT}(?!,?\s+(?:in|of|for|from|by)\s)"),
]
_SENTENCE = re.compile(r"(?:[^.?!\n]|\.(?=[\w/.`])|\n(?!\s*\n))+")
_TYPED = re.compile(rf"(?<![\d`{{_'\"/:-]){_YEAR}(?![`\w/'\"]|\.\d)")

Facts = Mapping[str, Mapping[str, mimes.Number]]  # by chapter and name


def problems(pages: list[Path]) -> list[str]:
    """Return a line for each typed year of chapters that is not a fact's, or will not stay so.

    What the chapters print must have been run.
    """
    known: dict[str, str] = store.read(_REMEMBERED) or {}
    found: list[str] = []
    for path in pages:
        text, name = files.read(path), chapters.name_of(path)
        used = {name, *(_home(path, each) for each in re.findall(r"`([^`\s]+\.md)::", text))}
        facts = {each: store.facts(each) for each in sorted(used)}
        key = files.digest(text + json.dumps(facts))
        if known.get(name) == key:
            continue
        wrong = [located(paths.relative(path), each) for each in problems_in(text, path, facts)]
        found += wrong
        known[name] = "" if wrong else key
    files.put(_REMEMBERED, json.dumps(known))
    return found


def problems_in(text: str, path: Path, facts: Facts) -> Iterator[str]:
    """Yield what is wrong with the typed years of a chapter: ``line 3: …``."""
    last_year = cache(_last_year)  # a table is asked for again by each of its facts
    text = re.sub(r'"(\s*\n\s*)f?"', r"\1", text)  # a text that goes on over lines of a cell
    for pattern in _BESIDE:
        for match in pattern.finditer(text):
            fact, year = _fact(path, match, facts), int(match["year"])
            when = fact["words"]["when"] if fact else []
            if when and not min(when) <= year <= max(when):
                line, of = _line(text, match.start("year")), " and ".join(map(str, when))
                yield (
                    f"line {line}: typed year {year} beside {_name(match)}, which is of {of}; "
                    "correct one of them"
                )
    for sentence in _SENTENCE.finditer(text):
        moving = {
            year: (name, table)
            for match in re.finditer(_FACT, sentence[0])
            if (fact := _fact(path, match, facts)) and (name := _name(match))
            for table in fact["tables"]
            for year in fact["words"]["named"]
            if year == last_year(table)
        }
        for match in _TYPED.finditer(sentence[0]):
            name, table = moving.get(int(match["year"]), ("", ""))
            if name:
                line = _line(text, sentence.start() + match.start())
                yield (
                    f"line {line}: typed year {match['year']} beside {name}, which moves with the "
                    f"last year of {table}; print the year with {{glue:text}} too"
                )


def _fact(path: Path, match: re.Match[str], facts: Facts) -> mimes.Number | None:
    name = _name(match)
    file, between, own = name.rpartition("::")
    home = _home(path, file) if between else chapters.name_of(path)
    fact = facts.get(home, {}).get(own)
    return fact if fact and "words" in fact else None  # none in a run of another version


def _name(match: re.Match[str]) -> str:
    return match["role"] or match["place"]


def _home(path: Path, file: str) -> str:
    return chapters.name_of((path.parent / file).resolve())


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _last_year(table: str) -> int | None:
    from peru_asia import data  # brings pandas, which a build without changes can do without

    with suppress(BookError):  # it has no years
        return data.span(table)[1]
    return None
