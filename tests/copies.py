"""Copies of the book's input that a test may spoil."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from peru_asia import paths

# What makes a chapter of MyST a notebook.
HEADER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---
"""
INPUT = ["_config.yml", "_toc.yml", "chapters", "data", "references.bib", "requirements.txt",
         "requirements-lab.txt", "pyproject.toml", "README.md", "LICENSE", "src"]  # fmt: skip


def copy_to(root: Path) -> Path:
    """Copy all that the book is made from to `root`."""
    for name in INPUT:
        source = paths.ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, root / name)
    return root


def run(root: Path, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``python -m peru_asia`` in a copy, with the copy's own package.

    Parameters
    ----------
    root
        The copy.
    arguments
        Command and options.
    before
        Python code to run first, in the same process.
    """
    code = (
        f"{before}\nimport runpy, sys\nsys.argv = {['peru_asia', *arguments]!r}\n"
        "runpy.run_module('peru_asia', run_name='__main__')"
    )
    command = (
        [sys.executable, "-c", code] if before else [sys.executable, "-m", "peru_asia", *arguments]
    )
    env = {**os.environ, "PYTHONPATH": str(root / "src"), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
