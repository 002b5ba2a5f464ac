"""The code cells of a chapter are found as MyST-NB finds them."""

from pathlib import Path

import pytest
from myst_nb.core.read import read_myst_markdown_notebook

from peru_asia import paths
from peru_asia.book.keep.notebook import code_cells
from peru_asia.book.text.chapters import notebooks
from peru_asia.book.text.editions import Edition, select
from tests import copies

HEADER = f"{copies.HEADER}\n# Title\n\n"
CELL = "```{code-cell} ipython3\nx = 1\n```\n"


def as_myst_nb_reads(text: str) -> list[tuple[str, set[str]]]:
    """Return code and tags of each code cell."""
    cells = read_myst_markdown_notebook(text, path="chapter.md").cells
    return [
        (cell.source, set(cell.metadata.get("tags", [])))
        for cell in cells
        if cell.cell_type == "code"
    ]


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("chapter", notebooks(), ids=paths.relative)
def test_the_cells_are_those_that_myst_nb_finds(chapter: Path, edition: Edition) -> None:
    text = select(chapter.read_text("utf-8"), edition, chapter.name)
    found, right = code_cells(text), as_myst_nb_reads(text)
    assert [cell.code for cell in found] == [code for code, _ in right]
    deciding = {"raises-exception", "skip-execution"}
    assert [set(cell.tags) for cell in found] == [tags & deciding for _, tags in right]
    lines = text.splitlines()
    for cell in found:
        rows = cell.code.splitlines()
        assert lines[cell.line - 1 :][: len(rows)] == rows


ODD = {
    "plain": CELL,
    "with options": "```{code-cell} ipython3\n:tags: [remove-cell]\n:label: a\n\n\nx = 1\n```\n",
    "with options as YAML": (
        "```{code-cell} ipython3\n---\ntags: [skip-execution]\n---\nx = 1\n```\n"
    ),
    "that may raise": "```{code-cell}\n:tags: [raises-exception, hide-input]\n1 / 0\n```\n",
    "without code": "```{code-cell}\n```\n",
    "with options alone": "```{code-cell}\n:tags: [remove-cell]\n```\n",
    "with an empty line": "```{code-cell}\n\nx = 1\n\n\ny = 2\n\n```\n",
    "with empty lines": "```{code-cell}\n\n\nx = 1\n```\n",
    "of tildes": "~~~{code-cell}\nx = 1\n~~~\n",
    "with fences in it": '`````{code-cell}\nx = """\n```\n```{code-cell}\n"""\n`````\n',
    "with a longer end": "```{code-cell}\nx = 1\n`````  \n",
    "in a block of text": f"````text\n{CELL}````\n",
    "in a comment": f"<!--\n{CELL}-->\n",
    "in a comment among text": f"Text.\n  <!-- why\n\n{CELL} -->\n{CELL}",
    "in an open comment": f"<!--\n{CELL}",
    "in a comment of one line": f"<!-- a -->\n{CELL}",
    "after a list": f"- a\n- b\n\n{CELL}",
    "in a list": "- a\n\n  ```{code-cell}\n  x = 1\n  ```\n",
    "in a quotation": "> ```{code-cell}\n> x = 1\n> ```\n",
    "after code of a line": "Write ```{code-cell}``` so.\n",
    "twice": f"{CELL}\nText.\n\n{CELL}",
    "in the header": "",
}


@pytest.mark.parametrize("case", ODD)
def test_cells_are_found_however_they_are_written(case: str) -> None:
    text = f"{HEADER}{ODD[case]}\nThe end.\n"
    if case == "in the header":
        inside = "".join(f"  {line}\n" for line in CELL.splitlines())
        text = HEADER.replace("kernelspec:", f"note: |\n{inside}kernelspec:")
    found, right = code_cells(text), as_myst_nb_reads(text)
    assert [cell.code for cell in found] == [code for code, _ in right]
    for cell, (_, tags) in zip(found, right, strict=True):
        assert set(cell.tags) == tags & {"raises-exception", "skip-execution"}
