"""The package without what builds the book: small, with its data, and enough for every chapter."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from peru_asia import files
from peru_asia.book.make import pins

CELLS = Path(__file__).with_name("run_cells.py")
MOST_PACKAGES, MOST_BYTES = 40, 250_000_000


@pytest.fixture(scope="module")
def python(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel of the built book, and the pandas of hosted notebooks."""
    root = tmp_path_factory.mktemp("light")
    [zipped] = (book / "notebooks").glob("*.zip")
    with zipfile.ZipFile(zipped) as held:
        [wheel] = (name for name in held.namelist() if name.endswith(".whl"))
        held.extract(wheel, root)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / "env"], check=True)
    found = root / "env/bin/python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", found, "install"]
    subprocess.run([*pip, root / wheel, "pandas<2.3"], check=True)
    return found


def test_it_is_small(python: Path) -> None:
    [packages] = (python.parents[1] / "lib").glob("python3*/site-packages")
    installed = {path.name.partition("-")[0] for path in packages.glob("*.dist-info")}
    assert "peru_asia" in installed
    assert len(installed) <= MOST_PACKAGES
    assert not installed & {"jupyter_book", "myst_nb", "sphinx", "vl_convert_python"}
    assert sum(path.stat().st_size for path in packages.rglob("*") if path.is_file()) < MOST_BYTES


def test_every_chapter_runs_in_an_empty_folder_and_prints_what_the_book_does(
    python: Path, book: Path, tmp_path: Path
) -> None:
    notebooks = sorted((book / "notebooks").glob("*.ipynb"))
    ran = subprocess.run(
        [python, "-W", "ignore", CELLS, *notebooks],
        cwd=tmp_path, env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    printed = {
        name: facts for line in ran.stdout.splitlines() for name, facts in json.loads(line).items()
    }
    assert len(printed) == len(notebooks) > 20
    for name, facts in printed.items():
        if not facts:  # all its numbers are other chapters'
            continue
        pinned = files.load(pins.file_of(name))
        found = {key: text.replace("\u00a0", " ") for key, text in facts.items()}
        assert found.items() <= {key: pin["is"] for key, pin in pinned.items()}.items(), name
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_needs(python: Path) -> None:
    ran = subprocess.run(
        [python, "-m", "peru_asia", "book"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "pip install 'peru-asia[book]'" in ran.stderr
    assert "Traceback" not in ran.stderr
