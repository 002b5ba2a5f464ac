"""The chapters of the book, as the table of contents lists them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from peru_asia import files, paths
from peru_asia.book.text import fences
from peru_asia.errors import BookError, did_you_mean


class Entry(NamedTuple):
    """A line of the table of contents that names a chapter, whether it is there or not."""

    line: int
    path: Path
    numbered: bool


def all_chapters() -> list[Path]:
    """Return the files of all chapters, in reading order.

    Raises
    ------
    BookError : if ``_toc.yml`` is not YAML, or names a file that is not there
    """
    return [_there(entry) for entry in entries(toc())]


def numbered() -> list[Path]:
    """Return the chapters of the numbered parts, in reading order; errors as `all_chapters`."""
    return [_there(entry) for entry in entries(toc()) if entry.numbered]


def parts() -> list[tuple[str, list[str]]]:
    """Return the titles of the parts, each with the names of its documents, in reading order.

    The first, without a title, is that of the root; so are chapters that are in no part.
    """
    whole = toc()
    listed = whole.get("parts") or [{"chapters": whole.get("chapters")}]
    held = [(part.get("caption") or "", entries(part)) for part in listed]
    named = [("", [*entries({"root": whole["root"]})]), *((title, [*of]) for title, of in held)]
    return [
        (str(title), [paths.relative(_there(entry)).removesuffix(".md") for entry in of])
        for title, of in named
        if of
    ]


def name_of(chapter: Path) -> str:
    """Return a chapter's name, such as ``trade/partners``."""
    return chapter.relative_to(paths.CHAPTERS).with_suffix("").as_posix()


def resolve(name: str) -> Path:
    """Return the file of a chapter that somebody names.

    Parameters
    ----------
    name : ``partners``, ``trade/partners``, the path of the file from anywhere; in any case

    Raises
    ------
    BookError : if no chapter has the name, or more than one has it, or ``_toc.yml`` is not YAML
    """
    listed = [entry.path for entry in entries(toc()) if entry.path.is_relative_to(paths.CHAPTERS)]
    known = {name_of(path): path for path in listed if path.is_file()}
    wanted = name.strip().replace("\\", "/").rstrip("/").lower().removesuffix(".md")
    absolute = Path(name.strip()).resolve().with_suffix("").as_posix().lower()
    for chapter, path in known.items():
        whole = path.resolve().with_suffix("").as_posix().lower()
        if chapter.lower() == wanted or absolute == whole:
            return path
    found = [chapter for chapter in known if f"/chapters/{chapter}".lower().endswith(f"/{wanted}")]
    if len(found) == 1:
        return known[found[0]]
    if found:
        raise BookError(f"'{name}' may be {' or '.join(found)}; write which")
    left_out = paths.CHAPTERS / f"{wanted.removeprefix('chapters/')}.md"
    if left_out.is_file():
        where = paths.relative(left_out)
        raise BookError(
            f"{where} is not in {paths.relative(paths.TOC)}; add '- file: "
            f"{where.removesuffix('.md')}' to it"
        )
    # Somebody who mistypes a short name means the chapter that has one like it.
    short = {chapter.rpartition("/")[2]: chapter for chapter in known}
    hint = did_you_mean(wanted, known.keys() | short.keys())
    raise BookError(f"there is no chapter '{name}'; {hint}")


def notebooks() -> list[Path]:
    """Return the chapters that have code to execute."""
    return [path for path in all_chapters() if is_notebook(path)]


def is_notebook(chapter: Path) -> bool:
    """Tell whether a chapter has code to execute."""
    blocks = fences.blocks(files.read(chapter).split("\n"))
    return any(block.name == "code-cell" for block in blocks)


def toc() -> Any:
    """Return what the table of contents says; its texts know their lines."""
    return files.load(paths.TOC, lines=True)


def entries(node: Any, numbered: bool = False) -> Iterator[Entry]:
    """Yield each chapter that a table of contents, or a part of it, names, in reading order."""
    if isinstance(node, list):
        for item in node:
            yield from entries(item, numbered)
    elif isinstance(node, dict):
        for key in ("root", "file"):
            if isinstance(name := node.get(key), files.Text):
                path = paths.ROOT / f"{name.removesuffix('.md')}.md"
                yield Entry(name.line, path, numbered)
        for options in (node, node.get("options")):
            numbered |= isinstance(options, dict) and bool(options.get("numbered"))
        for key in ("parts", "chapters", "sections"):
            yield from entries(node.get(key), numbered)


def _there(entry: Entry) -> Path:
    if not entry.path.exists():
        raise BookError(
            f"{paths.relative(paths.TOC)} lists {paths.relative(entry.path)}, which is not there"
        )
    return entry.path
