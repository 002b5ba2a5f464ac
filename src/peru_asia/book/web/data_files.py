"""The data package as one zip file, for readers who want the data and not the book."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from peru_asia import __version__, data, paths

FOLDER = "data"  # in the built book
ZIP = "peru-asia-data.zip"
# Zip files bear a date; a fixed one lets two builds give the same bytes.
_DATE = (2026, 1, 1, 0, 0, 0)
SECONDS = 1_767_225_600  # the same, for programs that count from 1970


def write(folder: Path) -> None:
    """Write the zip into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    held = {
        "README.md": _readme().encode(),
        "references.bib": paths.BIBLIOGRAPHY.read_bytes(),
        **package(),
    }
    write_zip(folder / ZIP, held)


def write_zip(out: Path, held: Mapping[str, bytes]) -> None:
    """Write a zip file of files by their names, all in one folder that is called as it."""
    # The first level takes a third of the time of the usual one, and a tenth more room.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for name, content in held.items():
            entry = zipfile.ZipInfo(f"{out.stem}/{name}", _DATE)
            zipped.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=1)


def package(*more: Path) -> dict[str, bytes]:
    """Return the descriptor and every table, with `more` files of the folder, by their names."""
    tables = [table.path for table in data.tables().values()]
    held = [paths.DESCRIPTOR, *tables, *more]
    return {path.relative_to(paths.DATA).as_posix(): path.read_bytes() for path in held}


def _readme() -> str:
    rows = "\n".join(
        f"| {table.name} | {table.title} | {len(data.load(table.name)):,} | {table.vintage} |"
        for table in data.tables().values()
    )
    return f"""# Peru Looks Across the Pacific: data package {__version__}

Tidy tables on Peru's trade, investment, conflicts and diplomacy with China, Japan, Korea and their
neighbours. `datapackage.yaml` (Frictionless Data Package) describes every table and field: unit,
source, licence or terms, edition, known gaps, and how it was compiled. Keys of sources are entries
of `references.bib`. An empty cell is a gap; nothing is interpolated.

Check it: `pip install frictionless && frictionless validate datapackage.yaml`

Each source keeps its own terms, given with each table; the compilation is under CC BY 4.0.

| table | title | rows | edition |
| --- | --- | --- | --- |
{rows}
"""
