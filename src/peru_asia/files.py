"""The book's own files: which of those in a folder count, how they are read and written."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from peru_asia import paths
from peru_asia.errors import BookError

# What editors, merges and systems leave beside a file while somebody works on it.
_NOT_OURS = re.compile(
    r"\..*|#.*#|.*~|~\$.*|.*\.sw[nopx]|.*\.(?:orig|rej|bak|tmp|pyc)|.*___jb_\w+___|4913"
    r"|Thumbs\.db|desktop\.ini|__pycache__",
    re.IGNORECASE,
)

# The same as Python's own, several times as fast; not every build of PyYAML has it.
FAST_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def walk(root: Path, *suffixes: str) -> Iterator[Path]:
    """Yield the files below a folder, in order, without hidden ones and what editors leave.

    Parameters
    ----------
    root : a folder; or a file, which is then the only one
    suffixes : such as ``.md``; without any, all files
    """
    if root.is_file():
        yield root
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not _NOT_OURS.fullmatch(name)]
        for name in names:
            if name.endswith(suffixes or "") and not _NOT_OURS.fullmatch(name):
                found.append(Path(folder, name))
    yield from sorted(path for path in found if path.is_file())


def left_by_editors(folder: str, names: Iterable[str]) -> set[str]:
    """Return the names that `walk` passes over; for `shutil.copytree` to ignore.

    Parameters
    ----------
    folder : the folder that holds them
    names : of files and folders
    """
    return {name for name in names if _NOT_OURS.fullmatch(name)}


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


def read(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    BookError : if it is not there, or is not UTF-8
    """
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise BookError(f"{paths.relative(path)}: missing; put it back") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BookError(
            f"{paths.relative(path)}, line {line}: not UTF-8; save the file in this encoding"
        ) from error


class Text(str):
    """A text in a YAML file that knows its line there."""

    line: int


class _TwiceError(yaml.MarkedYAMLError):
    """A key that a mapping has twice."""


class _Loader(FAST_YAML):
    """A loader that does not drop the first of two like keys without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise _TwiceError(problem=key.value, problem_mark=key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


class _LinesLoader(_Loader):
    """A loader whose texts know their lines."""


def _text(loader: _LinesLoader, node: Any) -> Text:
    text = Text(node.value)
    text.line = node.start_mark.line + 1
    return text


_LinesLoader.add_constructor("tag:yaml.org,2002:str", _text)


def load(path: Path, *, lines: bool = False) -> Any:
    """Return what a YAML file holds.

    Parameters
    ----------
    path : the file
    lines : whether its texts, keys too, shall be `Text`

    Raises
    ------
    BookError : if the file is missing, or is not YAML
    """
    try:
        return yaml.load(read(path), Loader=_LinesLoader if lines else _Loader)
    except yaml.YAMLError as error:
        line, why = why_not_yaml(error)
        raise BookError(f"{paths.relative(path)}, line {line}: {why}") from error


def why_not_yaml(error: yaml.YAMLError) -> tuple[int, str]:
    """Return the line of an error, counted from one, and what it is and how to mend it."""
    mark = getattr(error, "problem_mark", None)
    if re.search("flow|quoted", getattr(error, "context", None) or ""):
        mark = getattr(error, "context_mark", None)  # an open bracket is noticed at the end
    line = mark.line + 1 if mark else 1
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    if isinstance(error, _TwiceError):
        return line, f"the key '{problem}' is there twice; keep one"
    mend = "look at brackets, at colons in a text, and at the indentation here and one line above"
    if "cannot start" in problem:
        mend = "indent with spaces, not with tabs, and put a text that starts with a sign in quotes"
    return line, f"not YAML ({problem}); {mend}"
