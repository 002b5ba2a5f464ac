"""Errors that a user of the book can mend, and the words that help them do so."""

from collections.abc import Iterable
from difflib import get_close_matches


class BookError(Exception):
    """Something in the book's input is wrong; the message says where and how to mend it."""


def located(where: str, problem: str) -> str:
    """Return a problem with its file before it: ``a.md, line 3: …`` or ``a.md: …``.

    Parameters
    ----------
    where : the file
    problem : what is wrong; where it has a line, it starts with it: ``line 3: …``
    """
    return f"{where}, {problem}" if problem.startswith("line ") else f"{where}: {problem}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known words nearest to `word`.

    Parameters
    ----------
    word : what the user wrote
    known : the words that would have been right
    """
    known = sorted(known)
    near = get_close_matches(word, known, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(f"'{name}'" for name in near) + "?"
    return "known are: " + ", ".join(known)
