"""Fingerprints of the book's input, so that nothing stale is ever shown.

Jupyter's execution cache looks at a chapter's cells and kernel alone: it does not notice that a
helper, a table or a package has changed. The build therefore keeps its caches under a fingerprint
of all of these, and starts afresh when it changes.
"""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from peru_asia import paths


def machinery() -> str:
    """Return the fingerprint of what the chapters' results depend on besides their text."""
    return _digest([paths.SOURCE, paths.DATA, paths.REQUIREMENTS, paths.BIBLIOGRAPHY])


def everything() -> str:
    """Return the fingerprint of all that the built book depends on."""
    return _digest(
        [
            paths.SOURCE,
            paths.DATA,
            paths.REQUIREMENTS,
            paths.BIBLIOGRAPHY,
            paths.CHAPTERS,
            paths.CONFIG,
            paths.TOC,
        ]
    )


def _digest(roots: Iterable[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for root in roots:
        for path in _files(root):
            digest.update(paths.relative(path).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:20]


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    elif root.is_dir():
        for path in sorted(root.rglob("*")):
            parts = path.relative_to(root).parts
            hidden = any(part.startswith((".", "__pycache__")) for part in parts)
            if path.is_file() and not hidden:
                yield path
