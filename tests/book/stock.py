"""The stock way to build the same book, to measure ours against.

The same chapters with Jupyter Book's own command, which runs them one after the other into its
cache, and with Altair's own renderer. What this book adds is left out or put in plainly: a figure
is the Altair chart itself, a table a pandas frame, a number MyST-NB's own ``glue``; roles print
their text; the catalogue of the data and the index of names are empty; there is no PDF.
"""

import shutil
import sys
from pathlib import Path

import yaml

from peru_asia import files, paths

COMMAND = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
# Read by every kernel before anything else: the helpers of cells, as plain as they can be.
_KERNEL = """
import builtins, peru_asia.book as book

def _figure(chart, facts=None, **_):
    import altair
    altair.renderers.enable("html")
    return altair.Chart.from_dict(chart) if isinstance(chart, dict) else chart

class _Facts:
    def __init__(self, *tables):
        self.tables = tables
    def __getitem__(self, name):
        return name
    def add(self, *_, **printed):
        from myst_nb import glue
        for name, value in printed.items():
            glue(name, str(value), display=False)

book.figure = _figure
book.finding = lambda chart, *_, **__: _figure(chart)
book.table = lambda frame, columns, **_: frame[list(columns)].rename(columns=columns)
book.facts = _Facts
"""
_EXTENSION = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Nothing(Directive):
    optional_arguments, final_argument_whitespace, has_content = 9, True, True
    def run(self):
        return []

def text(name, raw, words, line, inliner, options={}, content=[]):
    return [nodes.Text(words)], []

def setup(app):
    for role in ("claim", "claimed", "check"):
        app.add_role(role, text)
    lists = ("data-catalogue", "data-news", "helpers", "name-index", "objectives-by-chapter")
    for name in lists:
        app.add_directive(name, Nothing)
"""


def make(root: Path) -> Path:
    """Write the stock book into a new folder and return it."""
    for path in files.walk(paths.CHAPTERS):
        copy = root / path.relative_to(paths.ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    for path in (paths.TOC, paths.BIBLIOGRAPHY):
        shutil.copy2(path, root)
    config = files.load(paths.CONFIG)
    config["execute"] = {"execute_notebooks": "cache", "timeout": 300}
    config["sphinx"]["extra_extensions"] = ["sphinx_exercise", "stock_extension"]
    config["sphinx"]["config"].pop("html_math_renderer")
    config["exclude_patterns"] = ["kernel"]
    (root / "_config.yml").write_text(yaml.safe_dump(config), "utf-8")
    (root / "kernel").mkdir()
    (root / "kernel" / "sitecustomize.py").write_text(_KERNEL, "utf-8")
    (root / "kernel" / "stock_extension.py").write_text(_EXTENSION, "utf-8")
    return root
