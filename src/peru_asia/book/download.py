"""The whole data package as one file, for readers who want the data and not the book."""

import zipfile
from pathlib import Path

from peru_asia import __version__, data, paths

FOLDER = "data"  # in the built book
ZIP = "peru-asia-data.zip"

# Zip files bear a date; a fixed one lets two builds give the same bytes.
_DATE = (2026, 1, 1, 0, 0, 0)


def write(folder: Path) -> Path:
    """Write the zip into `folder` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / ZIP
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:

        def add(name: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(f"peru-asia-data/{name}", _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, content)

        add("README.md", _readme().encode())
        add("datapackage.yaml", paths.DESCRIPTOR.read_bytes())
        add("references.bib", paths.BIBLIOGRAPHY.read_bytes())
        for table in data.tables().values():
            add(table.resource["path"], table.path.read_bytes())
    return out


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
