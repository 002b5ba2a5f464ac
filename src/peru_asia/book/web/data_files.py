"""The whole data package as one file, for readers who want the data and not the book."""

from pathlib import Path

from peru_asia import __version__, data, paths
from peru_asia.book.web.zip_files import Archive

FOLDER = "data"  # in the built book
ZIP = "peru-asia-data.zip"


def write(folder: Path) -> Path:
    """Write the zip into `folder` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / ZIP
    with Archive(out, "peru-asia-data") as zipped:
        zipped.add("README.md", _readme().encode())
        zipped.add("references.bib", paths.BIBLIOGRAPHY.read_bytes())
        add_package(zipped)
    return out


def add_package(zipped: Archive, folder: str = "", *, to_change: bool = False) -> None:
    """Add the descriptor and every table.

    Parameters
    ----------
    zipped
        Where to.
    folder
        Its name with a slash at the end, or none.
    to_change
        Whether to add what the descriptor is assembled from, which `peru_asia.data` loads.
    """
    tables = [table.path for table in data.tables().values()]
    more = [paths.PACKAGE, *(path.with_suffix(".yaml") for path in tables)] if to_change else []
    for path in [paths.DESCRIPTOR, *tables, *more]:
        zipped.add(folder + path.relative_to(paths.DATA).as_posix(), path.read_bytes())


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
