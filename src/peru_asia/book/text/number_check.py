"""No number is typed: a check of all that the book's readers read.

A number that must be typed is marked by a comment before the block (the paragraph, list, table,
directive or cell) that it stands in, with the number as it is typed and the reason::

    % number: 23 economies, the rows of the table of partners as the paper counts them
"""

import re

from peru_asia.book.text.passages import Mark, Passage, read
from peru_asia.book.text.typed_numbers import HIDDEN, Typed, typed_numbers

_AROUND = 30  # characters of the sentence to show on either side of a number


def problems_in(chapter: str) -> list[str]:
    """Return what is wrong with the numbers of a chapter's text, and what cannot be read.

    Raises
    ------
    BookError : if ``_config.yml`` does not say how to read a chapter
    """
    passages, marks, unread = read(chapter)
    found: list[tuple[int, str]] = []
    used: set[Mark] = set()
    for passage in passages:
        for number in typed_numbers(passage.text):
            excuses = [mark for mark in passage.marks if _excuses(mark, passage.text, number)]
            used.update(excuses)
            if not excuses:
                found.append((passage.line(number.start), _typed(passage, number)))
    found += [(mark.line, _wrong(mark, used)) for mark in marks]
    found.sort(key=lambda at: at[0])
    return unread + [f"line {line}: {what}" for line, what in dict.fromkeys(found) if what]


def _excuses(mark: Mark, text: str, number: Typed) -> bool:
    """Whether the number is part of just what the mark quotes."""
    if not mark.number:
        return False
    quoted = r"\s+".join(re.escape(word) for word in mark.number.split())
    return any(
        match.start() <= number.start and number.end <= match.end()
        for match in re.finditer(rf"(?<!\w){quoted}(?!\w)", text)
    )


def _typed(passage: Passage, number: Typed) -> str:
    before, after = passage.text[: number.start], passage.text[number.end :]
    if len(before) > _AROUND:
        before = "... " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " ..."
    words = " ".join(f"{before}{number.text}{after}".replace(HIDDEN, "{...}").split())
    return (
        f"typed number '{number.text}' in \"{words}\"; add it to the facts in a cell and "
        f"print it with {{glue:text}}, quote it with {{claim}}, or mark it: put "
        f"'% number: {number.text}, and the reason' on the line before this block"
    )


def _wrong(mark: Mark, used: set[Mark]) -> str:
    if len(mark.reason.split()) < 2:
        return (
            f"the mark for '{mark.number}' gives no reason; write "
            f"'% number: {mark.number or '23'}, and why it may be typed'"
        )
    if mark not in used:
        return (
            f"the mark for '{mark.number}' excuses nothing in the block after it; remove it, or "
            f"write the number as it is typed there"
        )
    return ""
