"""The chapters to take away: a page offers its notebook, and the zip runs without the clone."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import nbformat
import pytest

from peru_asia import paths
from peru_asia.book.keep import store
from peru_asia.book.text.chapters import name_of
from peru_asia.book.text.chapters import notebooks as chapters
from peru_asia.book.text.editions import Edition
from peru_asia.book.web import downloads
from peru_asia.book.web.journal import Memory
from tests.book.conftest import Reader


def names() -> list[str]:
    return [name_of(path) for path in chapters()]


@pytest.mark.parametrize("chapter", names())
def test_every_chapter_is_a_valid_notebook(book: Path, chapter: str) -> None:
    notebook = nbformat.read(book / downloads.NOTEBOOKS / downloads.file_name(chapter), 4)
    nbformat.validate(notebook)
    assert any(cell.cell_type == "code" for cell in notebook.cells)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert not re.search(r"^(:::|% )", prose, re.M)


def test_a_page_leads_to_its_notebook(reader: Reader, book: Path) -> None:
    page = reader.open("chapters/trade/partners.html").page
    href = page.get_by_text("This chapter as a notebook").get_attribute("href")
    assert (book / "chapters/trade" / href).resolve().name == "trade-partners.ipynb"
    assert (book / "chapters/trade" / href).resolve().exists()


def test_two_zips_are_the_same_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        monkeypatch.setattr(store, "WORK", tmp_path / f"work-{name}")  # each with its own wheel
        memory = Memory(tmp_path / f"memory-{name}")
        downloads.write_notebooks(tmp_path / name, Edition.READER, "data", memory.once)
    first, second = ((tmp_path / name / downloads.NOTEBOOKS_ZIP).read_bytes() for name in "ab")
    assert first == second


def test_a_downloaded_notebook_runs_with_the_wheel_alone(book: Path, tmp_path: Path) -> None:
    """In an environment that has the pinned packages and, for peru_asia, only the wheel."""
    with zipfile.ZipFile(book / downloads.NOTEBOOKS / downloads.NOTEBOOKS_ZIP) as zipped:
        zipped.extractall(tmp_path)
    folder = tmp_path / "peru-asia-notebooks"
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin" / "python"
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    found = subprocess.run([python, "-c", query], check=True, capture_output=True, text=True)
    site = Path(found.stdout.strip())
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as zipped:
        zipped.extractall(site)
    # Behind the wheel on the path, so that the clone's own peru_asia is not seen.
    (site / "pinned.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    run = (
        "import nbformat, nbclient, peru_asia, sys;"
        "assert peru_asia.__file__.startswith(sys.prefix);"
        "n = nbformat.read('chapters/trade/partners.ipynb', 4);"
        "nbclient.NotebookClient(n, timeout=300, kernel_name='python3').execute();"
        "nbformat.write(n, 'done.ipynb')"
    )
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-c", run], cwd=folder, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    outputs = json.dumps(json.loads((folder / "done.ipynb").read_text("utf-8")))
    assert "application/vnd.peru-asia.figure+json" in outputs
    assert str(paths.ROOT) not in outputs  # it read its own data
