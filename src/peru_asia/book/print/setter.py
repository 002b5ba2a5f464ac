"""Typst alone: it takes nearly a gigabyte for the whole book, so it gets a process of its own."""

from pathlib import Path
from typing import NamedTuple

import typst

from peru_asia.book.keep.workers import workers


class Refusal(NamedTuple):
    """Why Typst did not set a text."""

    message: str
    hints: list[str]
    diagnostic: str


def set_text(main: Path, out: Path, root: Path, fonts: Path, timestamp: int) -> Refusal | None:
    """Set the text `main` as the PDF `out`; return why not, if Typst refuses it.

    All that the text brings in is in the folder `root`; the fonts of the machine are not used. The
    timestamp is that which the PDF bears, in seconds since 1970.
    """
    try:
        typst.compile(
            main,
            output=out,
            root=root,
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        return Refusal(error.message, list(error.hints), error.diagnostic)
    return None


def set_apart(main: Path, out: Path, root: Path, fonts: Path, timestamp: int) -> Refusal | None:
    """Do what `set_text` does, in a process of its own."""
    with workers(1) as pool:
        return pool.submit(set_text, main, out, root, fonts, timestamp).result()
