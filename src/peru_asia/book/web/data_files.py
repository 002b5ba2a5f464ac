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


def add_package(zipped: Archive, folder: str = "") -> None:
    """Add the descriptor and every table, in a folder that ends with a slash or in none."""
    zipped.add(f"{folder}datapackage.yaml", paths.DESCRIPTOR.read_bytes())
    for table in data.tables().values():
        zipped.add(f"{folder}{table.resource['path']}", table.path.read_bytes())


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
