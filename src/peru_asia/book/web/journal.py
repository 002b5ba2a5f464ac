"""What the last run of Sphinx knew, so that the next one does only what is needed."""

import json
from collections.abc import Callable
from pathlib import Path

from peru_asia import files
from peru_asia.book.keep import store


class Memory:
    """Fingerprints of what was made, kept in the folder of Sphinx's environment.

    It is written when a run is over. A run that was cut short leaves its journal behind: the pages
    that it had begun to read are read again, and every page is written again.
    """

    def __init__(self, folder: Path) -> None:
        self._file, self._journal = folder / "memory.json", folder / "journal"
        known = store.read(self._file) or {}
        # Of the modules that read and write pages, of what each page showed, of what each other
        # file was made from; and the pages that must be read again.
        self.machinery: dict[str, str] = known.get("machinery", {})
        self.pages: dict[str, str] = known.get("pages", {})
        self.made: dict[str, str] = known.get("made", {})
        self.unread: set[str] = set(known.get("unread", []))
        if self._journal.exists():
            self.unread |= set(self._journal.read_text("utf-8").split())
            self.pages, self.made = {}, {}

    def begin(self, docname: str = "") -> None:
        """Say that a run, or the reading of a page, begins."""
        self._journal.parent.mkdir(parents=True, exist_ok=True)
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(f"{docname}\n")

    def once(self, out: Path, made_from: str, make: Callable[[Path], object]) -> None:
        """Make a file or folder unless it is there, made from the same."""
        if self.made.get(out.name) != made_from or not out.exists():
            make(out)
            self.made[out.name] = made_from

    def save(self, unread: list[str]) -> None:
        """Keep what is known; the run is over, but for pages that must be read again."""
        known = {"machinery": self.machinery, "pages": self.pages, "made": self.made}
        files.put(self._file, json.dumps({**known, "unread": sorted(unread)}, indent=1))
        self._journal.unlink(missing_ok=True)
