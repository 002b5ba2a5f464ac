"""Where things are: the only module that knows the layout of the repository, and of the wheel."""

import os
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
FROM = "PERU_ASIA_DATA"  # names the folder of the data, if it is set
_OWN = SOURCE / "data_package"  # the tables, in a wheel


def _clone() -> Path:
    """Return the repository that the code is in, or that it is used in, or where it is used."""
    here = Path.cwd()
    for folder in (SOURCE.parents[1], here, *here.parents):
        if (folder / "data" / "package.yaml").exists():
            return folder
    return here


def data_folder(given: Path) -> Path | None:
    """Return the folder of a data package that is, or is in, a folder that was given."""
    return next((at for at in (given, given / "data") if (at / "package.yaml").exists()), None)


def places() -> list[Path]:
    """Return where the data are looked for, the first place first."""
    here = Path.cwd()
    named = [Path(os.environ[FROM])] if os.environ.get(FROM) else []
    return named or [here, *here.parents, SOURCE.parents[1], _OWN]


DATA: Path
DESCRIPTOR: Path  # assembled from those of the tables and PACKAGE
PACKAGE: Path
EDITIONS: Path
BIBLIOGRAPHY: Path


def use(folder: Path) -> None:
    """Let the data be those of a folder that holds ``package.yaml``."""
    global DATA, DESCRIPTOR, PACKAGE, EDITIONS, BIBLIOGRAPHY
    DATA = folder
    DESCRIPTOR = DATA / "datapackage.yaml"
    PACKAGE = DATA / "package.yaml"
    EDITIONS = DATA / "editions.yaml"
    beside = DATA.parent / "references.bib"
    BIBLIOGRAPHY = beside if beside.exists() else DATA / "references.bib"


ROOT = _clone()
use(next(filter(None, map(data_folder, places())), ROOT / "data"))

CHAPTERS = ROOT / "chapters"
CONFIG = ROOT / "_config.yml"
TOC = ROOT / "_toc.yml"
REQUIREMENTS = ROOT / "requirements.txt"

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
