from collections.abc import Callable
from pathlib import Path

import pytest

from peru_asia import paths
from peru_asia.book import digest

PLACES = {
    "SOURCE": "src/peru_asia",
    "DATA": "data",
    "REQUIREMENTS": "requirements.txt",
    "BIBLIOGRAPHY": "references.bib",
    "CHAPTERS": "chapters",
    "CONFIG": "_config.yml",
    "TOC": "_toc.yml",
}
RESULTS = [
    "src/peru_asia/paths.py",
    "src/peru_asia/book/typst/book.typ",
    "data/datapackage.yaml",
    "data/trade/exports.csv",
    "requirements.txt",
    "references.bib",
]
TEXT = ["chapters/index.md", "chapters/trade/partners.md", "_config.yml", "_toc.yml"]


def move_to(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for file in [*RESULTS, *TEXT]:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {file}", "utf-8")
    monkeypatch.setattr(paths, "ROOT", root)
    for name, place in PLACES.items():
        monkeypatch.setattr(paths, name, root / place)
    return root


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return move_to(tmp_path / "book", monkeypatch)


both = pytest.mark.parametrize("fingerprint", [digest.machinery, digest.everything])


@both
def test_the_same_files_give_the_same_fingerprint(
    repository: Path, fingerprint: Callable[[], str]
) -> None:
    before = fingerprint()
    for file in [*RESULTS, *TEXT]:
        (repository / file).touch()
    assert fingerprint() == before


@both
@pytest.mark.parametrize("file", RESULTS)
def test_source_data_and_pins_make_results_stale(
    repository: Path, fingerprint: Callable[[], str], file: str
) -> None:
    before = fingerprint()
    (repository / file).write_text("changed", "utf-8")
    assert fingerprint() != before


@pytest.mark.parametrize("file", TEXT)
def test_a_changed_chapter_renews_the_book_but_not_the_results_of_others(
    repository: Path, file: str
) -> None:
    machinery, everything = digest.machinery(), digest.everything()
    (repository / file).write_text("changed", "utf-8")
    assert digest.machinery() == machinery
    assert digest.everything() != everything


def test_new_renamed_and_deleted_files_count(repository: Path) -> None:
    seen = [digest.machinery()]
    new = repository / "data/trade/new.csv"
    new.write_text("a", "utf-8")
    seen.append(digest.machinery())
    new.rename(repository / "data/trade/renamed.csv")
    seen.append(digest.machinery())
    (repository / "data/trade/renamed.csv").write_text("", "utf-8")
    seen.append(digest.machinery())
    assert len(set(seen)) == 4
    (repository / "data/trade/renamed.csv").unlink()
    assert digest.machinery() == seen[0]


@pytest.mark.parametrize("file", ["data/.swap/x.csv", "src/peru_asia/__pycache__/paths.pyc"])
def test_files_that_programs_leave_behind_do_not_count(repository: Path, file: str) -> None:
    before = digest.everything()
    path = repository / file
    path.parent.mkdir(parents=True)
    path.write_text("left behind", "utf-8")
    assert digest.everything() == before


@pytest.mark.parametrize("name", [".book", ".cache/book"])
def test_a_repository_below_a_hidden_folder_is_watched_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    root = move_to(tmp_path / name, monkeypatch)
    for file in RESULTS:
        before = digest.machinery()
        (root / file).write_text("changed", "utf-8")
        assert digest.machinery() != before, file


def test_the_place_of_the_repository_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_to(tmp_path / "one", monkeypatch)
    one = digest.everything()
    move_to(tmp_path / "two", monkeypatch)
    assert digest.everything() == one
