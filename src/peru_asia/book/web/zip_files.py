"""Zip files that two builds make the same to the byte."""

import zipfile
from pathlib import Path
from types import TracebackType

# Zip files bear a date; a fixed one lets two builds give the same bytes.
DATE = (2026, 1, 1, 0, 0, 0)
SECONDS = 1_767_225_600  # the same, for programs that count from 1970


class Archive:
    """A zip file whose entries all lie in one folder; use it with ``with``."""

    def __init__(self, path: Path, folder: str) -> None:
        # The first level takes a third of the time of the usual one, and a tenth more room.
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._folder = folder

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def add(self, name: str, content: bytes) -> None:
        """Add a file."""
        entry = zipfile.ZipInfo(f"{self._folder}/{name}", DATE)
        self._zip.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=1)
