"""The chapters as notebooks to take away, alone or with all that they need to run."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jupytext
import nbformat

from peru_asia import __version__, paths
from peru_asia.book.archive import Archive
from peru_asia.book.chapters import name_of, notebooks
from peru_asia.book.download import add_package
from peru_asia.book.editions import Edition, select

FOLDER = "notebooks"  # in the built book
ZIP = "peru-asia-notebooks.zip"

_README = f"""# Peru Looks Across the Pacific: notebooks, data and code {__version__}

* `chapters/`: every chapter as a Jupyter notebook. Text in braces such as `{{glue:text}}` or
  `{{cite:t}}` is the book's own markup: numbers and citations that the built book prints.
* `data/`: the data package; `datapackage.yaml` describes every table and field.
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
    r"^% .*\n?": "",
    r"^```\{admonition\} (.+)\n([^`]*)\n```$": r"**\1.** \2",
    r"^:{3,}\{exercise\} (.+)\n:label: .*\n": r"### Exercise. \1\n",
    r"^:{3,}\{hint\}\n:class: dropdown\n": "**Hint.**\n",
    r"^:{3,}\{solution-start\}.*\n(?::\w+: .*\n)*": "**Solution.**\n",
    r"^:{3,}(?:\{solution-end\})?$": "",
}


def file_name(chapter: str) -> str:
    """Return the notebook's file for a chapter such as ``trade/partners``."""
    return f"{chapter.replace('/', '-')}.ipynb"


def write(folder: Path, edition: Edition) -> None:
    """Write each chapter's notebook and the zip of everything into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = dict(_notebooks(edition))
    for chapter, text in made.items():
        (folder / file_name(chapter)).write_text(text, "utf-8")
    with Archive(folder / ZIP, "peru-asia-notebooks") as zipped:
        zipped.add("README.md", _README.encode())
        for chapter, text in made.items():
            zipped.add(f"chapters/{chapter}.ipynb", text.encode())
        zipped.add("references.bib", paths.BIBLIOGRAPHY.read_bytes())
        zipped.add("data/editions.yaml", paths.EDITIONS.read_bytes())
        add_package(zipped, "data/")
        zipped.add(*_wheel())


def _notebooks(edition: Edition) -> Iterator[tuple[str, str]]:
    for path in notebooks():
        text = select(path.read_text("utf-8"), edition, paths.relative(path))
        notebook = jupytext.reads(text, fmt="md:myst")
        # Random ids would make each build's files differ.
        for number, cell in enumerate(notebook.cells):
            cell["id"] = f"cell-{number}"
            if cell["cell_type"] == "markdown":
                cell["source"] = _plain(cell["source"])
        yield name_of(path), nbformat.writes(notebook) + "\n"


def _plain(text: str) -> str:
    """Return text with the blocks that JupyterLab does not know as plain paragraphs."""
    for block, words in _BLOCKS.items():
        text = re.sub(block, words, text, flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _wheel() -> tuple[str, bytes]:
    """Build the helper package and return its file's name and content."""
    with tempfile.TemporaryDirectory() as folder:
        # A copy, because the built book may lie in a folder that must not be written to.
        source = Path(folder) / "source"
        shutil.copytree(paths.SOURCE, source / "src" / "peru_asia", ignore=_compiled)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy2(paths.ROOT / name, source)
        command = [sys.executable, "-m", "flit_core.wheel", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, cwd=source)
        [wheel] = Path(folder).glob("*.whl")
        return wheel.name, wheel.read_bytes()


_compiled = shutil.ignore_patterns("__pycache__", "*.pyc")
