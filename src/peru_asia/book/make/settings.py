"""Checks of ``_config.yml`` and ``_toc.yml``: what the build needs of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from peru_asia import files, paths
from peru_asia.book.text import chapters
from peru_asia.errors import BookError, did_you_mean

# What the build reads of the configuration, and what it must be.
_NEEDED = {
    "title": str,
    "author": str,
    "bibtex_bibfiles": list,
    "html": dict,
    "parse": dict,
    "parse.myst_enable_extensions": list,
    "sphinx": dict,
    "sphinx.extra_extensions": list,
    "sphinx.config": dict,
}
_KINDS = {str: "a text", list: "a list", dict: "a group of settings, indented below it"}
_OWN_EXTENSION = "peru_asia.book.web.extension"
# What Jupyter Book reads of the configuration.
_KNOWN = {
    "author", "bibtex_bibfiles", "copyright", "exclude_patterns", "execute", "html", "latex",
    "launch_buttons", "logo", "only_build_toc_files", "parse", "project", "repository", "sphinx",
    "title",
}  # fmt: skip
_TOCTREE = {"hidden", "maxdepth", "numbered", "restart_numbering", "reversed", "titlesonly"}
_TOC = {"chapters", "defaults", "format", "meta", "options", "parts", "root", "title"}
_CHAPTER = {"file", "sections", "title", "url"}
# Of each list, how an item is written, what it may have, and the list that it may hold.
_LISTS = {
    "parts": ("- caption: Title", {"caption", "chapters"} | _TOCTREE, "chapters"),
    "chapters": ("- file: chapters/name", _CHAPTER, "sections"),
    "sections": ("- file: chapters/name", _CHAPTER, "sections"),
}
_FIRST = "chapters/index"  # the page that the book opens with


def problems() -> Iterator[str]:
    """Yield what is wrong with the configuration and the table of contents."""
    start = f"lists nothing; write 'format: jb-book', 'root: {_FIRST}' and 'chapters:'"
    for path, check, empty in (
        (paths.CONFIG, _config, "holds no settings; start with 'title:' and 'author:'"),
        (paths.TOC, _toc, start),
    ):
        where = paths.relative(path)
        try:
            given = files.load(path, lines=True)
        except BookError as error:
            yield str(error)
        else:
            yield from check(where, given) if isinstance(given, dict) else [f"{where}: {empty}"]


def _config(where: str, config: dict[Any, Any]) -> Iterator[str]:
    yield from _unknown(where, config, _KNOWN)
    for setting, kind in _NEEDED.items():
        group, _, key = setting.rpartition(".")
        holder = config.get(group) if group else config
        if isinstance(holder, dict) and not isinstance(holder.get(key), kind):
            what = f"'{setting.replace('.', ': ')}'"
            state = f"{what} must be" if key in holder else f"no {what}; it must be"
            yield f"{_at(where, holder, key)}: {state} {_KINDS[kind]}"
    works = config.get("bibtex_bibfiles")
    for name in works if isinstance(works, list) else ():
        if not (paths.ROOT / str(name)).is_file():
            yield f"{_at(where, config, 'bibtex_bibfiles')}: {name} is not there; correct its name"
    sphinx = config.get("sphinx")
    sphinx = sphinx if isinstance(sphinx, dict) else {}
    extensions = sphinx.get("extra_extensions")
    if isinstance(extensions, list) and _OWN_EXTENSION not in extensions:
        at = _at(where, sphinx, "extra_extensions")
        yield f"{at}: '{_OWN_EXTENSION}' is not among the extra_extensions; add it"


def _toc(where: str, toc: dict[Any, Any]) -> Iterator[str]:
    yield from _unknown(where, toc, _TOC)
    for key, right in (("format", "jb-book"), ("root", _FIRST)):
        if str(toc.get(key)).removesuffix(".md") != right:
            state = f"is '{toc[key]}'" if key in toc else "is missing"
            yield f"{_at(where, toc, key)}: '{key}' {state}; write '{key}: {right}'"
    if "parts" in toc and "chapters" in toc:
        yield f"{_at(where, toc, 'chapters')}: 'parts' and 'chapters'; move these into a part"
    yield from _items(where, toc, "parts")
    yield from _items(where, toc, "chapters")
    first: dict[Path, int] = {}
    there = [_name(path) for path in files.walk(paths.CHAPTERS, ".md")]
    for entry in chapters.entries(toc):
        at, name = f"{where}, line {entry.line}", _name(entry.path)
        if not entry.path.is_file():
            yield f"{at}: {name}.md is not there; {did_you_mean(name, there)}"
        elif not entry.path.is_relative_to(paths.CHAPTERS):
            yield f"{at}: {name}.md stands outside of the folder chapters; move it there"
        elif entry.path in first:
            yield f"{at}: {name} is in line {first[entry.path]} already; remove one of the two"
        first.setdefault(entry.path, entry.line)


def _items(where: str, holder: dict[Any, Any], key: str) -> Iterator[str]:
    """Yield what is wrong with a list of parts, chapters or sections, and inside of it."""
    if key not in holder:
        return
    form, known, below = _LISTS[key]
    if not (holder[key] and isinstance(holder[key], list)):
        at = _at(where, holder, key)
        yield f"{at}: '{key}' lists nothing; put '{form}' below it, or remove it"
        return
    for item in holder[key]:
        if not isinstance(item, dict):
            at = f"{where}, line {item.line}" if isinstance(item, files.Text) else where
            yield f"{at}: '{item}' is only a text; write '{form}'"
            continue
        yield from _unknown(where, item, known)
        if key == "parts" and "chapters" not in item:
            at = _at(where, item, "")
            yield (
                f"{at}: a part without chapters; add 'chapters:' and its files, or remove the part"
            )
        if key != "parts" and not isinstance(item.get("file", item.get("url")), str):
            yield f"{_at(where, item, 'file')}: names no file; write '{form}'"
        yield from _items(where, item, below)


def _name(path: Path) -> str:
    return paths.relative(path).removesuffix(".md")


def _unknown(where: str, given: dict[Any, Any], known: Iterable[str]) -> Iterator[str]:
    for key in given:
        if key not in known:
            yield f"{_at(where, given, key)}: unknown key '{key}'; {did_you_mean(str(key), known)}"


def _at(where: str, holder: dict[Any, Any], key: str) -> str:
    """Return the place of a key, or of what should have it."""
    texts = [text for text in holder if isinstance(text, files.Text)]
    line = next((text.line for text in texts if text == key), texts[0].line if texts else 0)
    return f"{where}, line {line}" if line else where
