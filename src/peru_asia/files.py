"""Files of the repository and of what is built: found in one way, written in one way."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def digest(content: str | bytes) -> str:
    """Return a short fingerprint of a text."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()[:20]


def put(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; a file that holds just this stays untouched."""
    raw = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == raw:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        new.write_bytes(raw)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def walk(root: Path, *endings: str) -> Iterator[Path]:
    """Yield the files below a folder, sorted, without those that programs leave behind."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith((".", "__pycache__")) for part in parts)
        if path.is_file() and not hidden and (not endings or path.suffix in endings):
            yield path
