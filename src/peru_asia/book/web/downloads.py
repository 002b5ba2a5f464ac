"""Files to take away: the data package, and the chapters as notebooks, alone or with it all."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.environment import BuildEnvironment

from peru_asia import __version__, data, files, paths
from peru_asia.book.keep import store
from peru_asia.book.text.chapters import is_notebook
from peru_asia.book.web import notebook_text

DATA, NOTEBOOKS = "data", "notebooks"  # folders in the built book
DATA_ZIP, NOTEBOOKS_ZIP = "peru-asia-data.zip", "peru-asia-notebooks.zip"
_PACKAGED = ("pyproject.toml", "README.md", "LICENSE", "references.bib")
# Zip files bear a date; a fixed one lets two builds give the same bytes.
_DATE = (2026, 1, 1, 0, 0, 0)
_SECONDS = 1_767_225_600  # the same, for programs that count from 1970

_NOTEBOOKS_README = f"""# Peru Looks Across the Pacific: notebooks, data and code {__version__}

* `chapters/`: every chapter as a Jupyter notebook, with the text as the book prints it.
* `data/`: the data package; beside each table a YAML file describes its fields and sources.
* `peru_asia-{__version__}-py3-none-any.whl`: the helpers that the notebooks import, and
  the same data.
* `requirements.txt`: JupyterLab and what the helpers need, each file with its hash.

To run them you need Python 3.11 or later and, once, the internet. Open a terminal in this folder.
On Linux and macOS:

    python3 -m venv .venv
    .venv/bin/pip install --requirement requirements.txt
    .venv/bin/pip install --no-deps ./peru_asia-{__version__}-py3-none-any.whl
    .venv/bin/jupyter lab chapters

On Windows:

    py -m venv .venv
    .venv\\Scripts\\pip install --requirement requirements.txt
    .venv\\Scripts\\pip install --no-deps .\\peru_asia-{__version__}-py3-none-any.whl
    .venv\\Scripts\\jupyter lab chapters

In a Jupyter that you have already, open a notebook: its first cell installs the wheel if need be.

The data are looked for in the folder of the notebook and in those above it, so that here they are
those in `data/`; a notebook that lies elsewhere takes those in the wheel. To use others, set the
environment variable `PERU_ASIA_DATA` to their folder before you start Jupyter.

Change a table or a cell and run the chapter again. To build the book itself, clone its repository.

Code: MIT. Text: CC BY 4.0. Each table keeps the terms of its sources.
"""


def write_data(folder: Path) -> None:
    """Write the zip into `folder`."""
    held = {"README.md": _data_readme(), "references.bib": paths.BIBLIOGRAPHY, **_package()}
    _zip(held, folder / DATA_ZIP)


def _zip(held: Mapping[str, Path | str], out: Path) -> None:
    """Write a zip of files, or of texts, by their names, all in one folder that is called as it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    # The first level takes a third of the time of the usual one, and a tenth more room.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for name, content in held.items():
            entry = zipfile.ZipInfo(f"{out.stem}/{name}", _DATE)
            raw = content if isinstance(content, str) else content.read_bytes()
            zipped.writestr(entry, raw, zipfile.ZIP_DEFLATED, compresslevel=1)


def _package(*more: Path) -> dict[str, Path]:
    """Return the descriptor and every table, with `more` files of the folder, by their names."""
    tables = [table.path for table in data.tables().values()]
    held = [paths.DESCRIPTOR, *tables, *more]
    return {path.relative_to(paths.DATA).as_posix(): path for path in held}


def _data_readme() -> str:
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


def write_notebook(
    document: nodes.document, docname: str, env: BuildEnvironment, folder: Path
) -> None:
    """Write the notebook of a page that has code into `folder`; errors as `notebook_text`'s."""
    if is_notebook(Path(env.doc2path(docname))):
        made = notebook_text.notebook(document, docname, env)
        files.put(folder / notebook_text.file_name(docname), nbformat.writes(made) + "\n")


def write_notebooks(
    folder: Path, docnames: Iterable[str], package: str, once: Callable[..., None]
) -> None:
    """Write the zip of everything into `folder`, where the notebooks are; sweep out old ones.

    Parameters
    ----------
    docnames : all pages of the edition
    package : fingerprint of the data package
    once : makes a file unless it was made from the same before; see `journal.Memory.once`
    """
    named = set(map(notebook_text.file_name, docnames))
    made = {}
    for path in files.walk(folder, ".ipynb"):
        if path.name in named:
            made[f"chapters/{path.name}"] = path
        else:
            path.unlink()
    wheel = _wheel()
    lock = paths.ROOT / "requirements-lab.txt"
    added = [*made.values(), wheel, lock, paths.EDITIONS]
    made_from = package + "".join(files.digest(path.read_bytes()) for path in added)
    # With what the descriptor is assembled from, so that a reader can change the data.
    more = [paths.PACKAGE, *(table.path.with_suffix(".yaml") for table in data.tables().values())]
    held = {"README.md": _NOTEBOOKS_README, **made, "references.bib": paths.BIBLIOGRAPHY}
    held |= {"requirements.txt": lock, "data/editions.yaml": paths.EDITIONS}
    held |= {f"data/{name}": path for name, path in _package(*more).items()}
    held |= {wheel.name: wheel}
    once(folder / NOTEBOOKS_ZIP, files.digest(made_from), partial(_zip, held))


def _wheel() -> Path:
    """Build the helper package with its data, unless it has been built from the same source."""
    scripts = paths.DATA / "build"
    sources = [path for path in files.walk(paths.DATA) if not path.is_relative_to(scripts)]
    sources += [*files.walk(paths.SOURCE), *(paths.ROOT / name for name in _PACKAGED)]
    made_from = files.digest("".join(files.digest(path.read_bytes()) for path in sources))
    folder = store.WORK / "wheels" / made_from
    if not folder.exists():
        files.remove(folder.parent)
        with tempfile.TemporaryDirectory() as work:
            # A copy, because the clone may lie in a folder that must not be written to.
            for path in sources:
                files.put(Path(work) / path.relative_to(paths.ROOT), path.read_bytes())
            command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "wheel"]
            dated = os.environ | {"SOURCE_DATE_EPOCH": str(_SECONDS)}
            subprocess.run(command, check=True, capture_output=True, cwd=work, env=dated)
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(Path(work) / "wheel", folder)
    [wheel] = folder.glob("*.whl")
    return wheel
