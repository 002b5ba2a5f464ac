"""The chapters as notebooks to take away, alone or with all that they need to run."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import jupytext
import nbformat

from peru_asia import __version__, files, paths
from peru_asia.book.keep import store
from peru_asia.book.text.chapters import name_of, notebooks
from peru_asia.book.text.editions import Edition, select
from peru_asia.book.web import data_files
from peru_asia.data import tables

_PACKAGED = ("pyproject.toml", "README.md", "LICENSE")
FOLDER = "notebooks"  # in the built book
ZIP = "peru-asia-notebooks.zip"

_README = f"""# Peru Looks Across the Pacific: notebooks, data and code {__version__}

* `chapters/`: every chapter as a Jupyter notebook. Text in braces such as `{{glue:text}}` or
  `{{cite:t}}` is the book's own markup: numbers and citations that the built book prints.
* `data/`: the data package; beside each table a YAML file describes its fields and sources.
* `peru_asia-{__version__}-py3-none-any.whl`: the helpers that the notebooks import.

To run them, in this folder and with Python 3.11 or later:

    python -m venv .venv
    .venv/bin/pip install jupyterlab ./peru_asia-{__version__}-py3-none-any.whl
    .venv/bin/jupyter lab chapters

Change a table or a cell and run the chapter again. To build the book itself, clone its repository.

Code: MIT. Text: CC BY 4.0. Each table keeps the terms of its sources.
"""

# Blocks of the built book, and what they become in a notebook.
_BLOCKS = {
    r"^```\{admonition\} (.+)\n([^`]*)\n```$": r"**\1.** \2",
    r"^:{3,}\{exercise\} (.+)\n:label: .*\n": r"### Exercise. \1\n",
    r"^:{3,}\{hint\}\n:class: dropdown\n": "**Hint.**\n",
    r"^:{3,}\{solution-start\}.*\n(?::\w+: .*\n)*": "**Solution.**\n",
    r"^:{3,}(?:\{solution-end\})?$": "",
}


def file_name(chapter: str) -> str:
    """Return the notebook's file for a chapter such as ``trade/partners``."""
    return f"{chapter.replace('/', '-')}.ipynb"


def write(folder: Path, edition: Edition, data: str, once: Callable[..., None]) -> None:
    """Write the notebook of each chapter of an edition, and the zip of everything, into `folder`.

    Parameters
    ----------
    folder, edition
        Where to, and whose passages the notebooks have.
    data
        Fingerprint of the data package.
    once
        Makes a file unless it was made from the same before; see `journal.Memory.once`.
    """
    made = {}
    for path in notebooks():
        text = select(path.read_text("utf-8"), edition, paths.relative(path))
        out = folder / file_name(name_of(path))
        once(out, files.digest(text), partial(_write, text))
        made[f"chapters/{name_of(path)}.ipynb"] = out
    for path in files.walk(folder, ".ipynb"):
        if path not in made.values():
            path.unlink()
    wheel = _wheel()
    whole = "".join([data, wheel.name, *(files.digest(out.read_bytes()) for out in made.values())])
    whole += files.digest(wheel.read_bytes()) + files.digest(paths.EDITIONS.read_bytes())
    once(folder / ZIP, files.digest(whole), partial(_zip, made, wheel))


def _write(text: str, out: Path) -> None:
    notebook = jupytext.reads(text, fmt="md:myst")
    # Random ids would make each build's files differ.
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        if cell["cell_type"] == "markdown":
            cell["source"] = _plain(cell["source"])
    files.put(out, nbformat.writes(notebook) + "\n")


def _zip(made: dict[str, Path], wheel: Path, out: Path) -> None:
    # With what the descriptor is assembled from, so that a reader can change the data.
    more = [paths.PACKAGE, *(table.path.with_suffix(".yaml") for table in tables().values())]
    named = {**made, "references.bib": paths.BIBLIOGRAPHY, "data/editions.yaml": paths.EDITIONS}
    held = {"README.md": _README.encode()}
    held |= {name: path.read_bytes() for name, path in named.items()}
    held |= {f"data/{name}": content for name, content in data_files.package(*more).items()}
    data_files.write_zip(out, {**held, wheel.name: wheel.read_bytes()})


def _plain(text: str) -> str:
    """Return text with the blocks that JupyterLab does not know as plain paragraphs."""
    for block, words in _BLOCKS.items():
        text = re.sub(block, words, text, flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _wheel() -> Path:
    """Build the helper package, unless it has been built from the same source."""
    sources = [*files.walk(paths.SOURCE), *(paths.ROOT / name for name in _PACKAGED)]
    made_from = files.digest("".join(files.digest(path.read_bytes()) for path in sources))
    folder = store.WORK / "wheels" / made_from
    if not folder.exists():
        files.remove(folder.parent)
        with tempfile.TemporaryDirectory() as work:
            # A copy, because the clone may lie in a folder that must not be written to.
            for path in sources:
                copy = Path(work) / path.relative_to(paths.ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
            command = [sys.executable, "-m", "flit_core.wheel", "--outdir", "wheel", work]
            dated = os.environ | {"SOURCE_DATE_EPOCH": str(data_files.SECONDS)}
            subprocess.run(command, check=True, capture_output=True, cwd=work, env=dated)
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(Path(work) / "wheel", folder)
    [wheel] = folder.glob("*.whl")
    return wheel
