"""Where things are: the only module that knows the layout of the repository."""

from pathlib import Path


def _root() -> Path:
    """Return the folder that holds the data: the clone, or where a notebook runs."""
    clone = Path(__file__).resolve().parents[2]
    here = Path.cwd()
    for folder in (clone, here, *here.parents):
        if (folder / "data" / "datapackage.yaml").exists():
            return folder
    return clone


ROOT = _root()

DATA = ROOT / "data"
DESCRIPTOR = DATA / "datapackage.yaml"  # assembled from those of the tables and PACKAGE
PACKAGE = DATA / "package.yaml"
EDITIONS = DATA / "editions.yaml"
BIBLIOGRAPHY = ROOT / "references.bib"
CHAPTERS = ROOT / "chapters"
CONFIG = ROOT / "_config.yml"
TOC = ROOT / "_toc.yml"
REQUIREMENTS = ROOT / "requirements.txt"
SOURCE = Path(__file__).resolve().parent

BUILD = ROOT / "_build"
PINS = ROOT / "tests" / "results"

FONTS = SOURCE / "book" / "fonts"
STATIC = SOURCE / "book" / "web" / "static"
TEMPLATE = SOURCE / "book" / "print" / "book.typ"


def relative(path: Path) -> str:
    """Return `path` as the reader writes it: from the top of the repository, with slashes."""
    try:
        return path.resolve().relative_to(ROOT).as_posix()
    except ValueError:
        return str(path)
