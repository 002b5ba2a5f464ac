"""Pins: what each chapter's facts printed when somebody looked last, and why it must be so.

``tests/results/<chapter>.yaml`` has a line for each fact, in the chapter's order::

    china_world_last: {is: "36%", because: "SUNAT 2024: 26,959 of 74,664"}

A test compares it with what the chapter printed now; `accept` writes it again.
"""

from pathlib import Path
from typing import NotRequired, TypedDict

import yaml

from peru_asia import files, paths
from peru_asia.book.cells import forms
from peru_asia.book.keep import store
from peru_asia.errors import BookError

# What a fact printed and, where somebody has said, why it must be so.
Pin = TypedDict("Pin", {"is": str, "because": NotRequired[str]})


def file_of(chapter: str) -> Path:
    """Return where the pins of a chapter such as ``trade/partners`` are."""
    return paths.PINS / f"{chapter.replace('/', '-')}.yaml"


def printed(chapter: str) -> dict[str, str]:
    """Return what the facts of a chapter printed when it ran, by name, in its order."""
    return {
        name: forms.printed(fact).replace(forms.NBSP, " ")
        for name, fact in store.facts(chapter).items()
    }


def pinned(chapter: str) -> dict[str, Pin]:
    """Return the pins of a chapter, by the fact's name.

    Raises
    ------
    BookError : if a pin is none
    """
    path = file_of(chapter)
    known = (files.load(path) if path.exists() else None) or {}
    for name, pin in known.items():
        if not isinstance(pin, dict) or "is" not in pin or set(pin) - {"is", "because"}:
            raise BookError(
                f"{paths.relative(path)}: {name} must read "
                '{is: "what is printed", because: "the reason"}'
            )
    return known


def differences(chapter: str) -> list[str]:
    """Return a line for each fact that is not as it was pinned."""
    now, then = printed(chapter), pinned(chapter)
    found = []
    for name in dict.fromkeys([*now, *then]):
        if name not in then:
            found.append(f"{chapter}: {name} is new: {now[name]}")
        elif name not in now:
            found.append(f"{chapter}: {name} is gone; it was {then[name]['is']}")
        elif now[name] != then[name]["is"]:
            why = then[name].get("because")
            reason = f", because {why}" if why else ""
            found.append(f"{chapter}: {name} is {now[name]}; it was {then[name]['is']}{reason}")
    return found


def accept(chapter: str) -> None:
    """Write the pins of a chapter as its facts are now; reasons stay."""
    now, then = printed(chapter), pinned(chapter)
    lines = [f"# {chapter}: what its facts print, and why it must be so.\n"]
    for name, text in now.items():
        pin = {name: {"is": text} | then.get(name, {}) | {"is": text}}
        form = {"width": 10_000, "allow_unicode": True, "sort_keys": False}
        lines.append(yaml.safe_dump(pin, default_flow_style=None, **form))
    files.put(file_of(chapter), "".join(lines))
