"""What was made is current as long as nothing that it used has changed; and no longer."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from peru_asia import paths
from peru_asia.book.keep import fingerprint

PLACES = {
    "SOURCE": "src/peru_asia",
    "DATA": "data",
    "PACKAGE": "data/package.yaml",
    "REQUIREMENTS": "requirements.txt",
    "BIBLIOGRAPHY": "references.bib",
    "CHAPTERS": "chapters",
    "CONFIG": "_config.yml",
    "TOC": "_toc.yml",
}
PACKAGE = """\
name: book
title: Book
description: What it is.
licence: {title: Free}
licences:
  free: {title: Free}
  paid: {title: Paid}
tables: {}
fields:
  year: {unit: year, description: Year.}
  value: {unit: US$ m, description: Value.}
"""
EXPORTS = """\
title: Exports
description: What they are.
sources: [customs2001]
licences: [free]
vintage: 2001
gaps: None known.
compiled: By hand.
method: typed
fields:
  year:
primaryKey: [year]
"""
IMPORTS = (
    EXPORTS.replace("Exports", "Imports")
    .replace("year:", "year:\n  value:")
    .replace("customs", "ports")
    .replace("free", "paid")
)
BIBLIOGRAPHY = """\
@misc{customs2001,
  title = {Customs},
}
@misc{ports2001,
  title = {Ports},
}
"""
MODULE = '''"""What the module is for."""

# A comment.
LIMIT = 3


def double(value):
    """Return the double."""
    return 2 * value
'''
FILES = {
    "src/peru_asia/growth.py": MODULE,
    "src/peru_asia/book/print/book.typ": "text",
    "data/datapackage.yaml": "text",
    "data/package.yaml": PACKAGE,
    "data/trade/exports.yaml": EXPORTS,
    "data/trade/imports.yaml": IMPORTS,
    "data/trade/exports.csv": "year,value\n2001,1\n",
    "data/trade/imports.csv": "year,value\n2001,1\n",
    "requirements.txt": "altair==6.0\n",
    "references.bib": BIBLIOGRAPHY,
    "pyproject.toml": "text",
    "README.md": "text",
    "LICENSE": "text",
    "chapters/index.md": "text",
    "chapters/trade/partners.md": "text",
    "_config.yml": "text",
    "_toc.yml": "text",
}
# What a chapter may have used.
USED = [
    "module:peru_asia.growth",
    "table:exports",
    "file:references.bib",
    "environment:",
]


class Repository:
    """A small repository, and how it is changed; its files never have the same time twice."""

    def __init__(self, root: Path) -> None:
        self.root, self._time = root, count(1_000_000_000)
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        self.touch(name)

    def touch(self, name: str) -> None:
        now = next(self._time)
        os.utime(self.root / name, (now, now))
        fingerprint.forget()

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def remove(self, name: str) -> None:
        (self.root / name).unlink()
        fingerprint.forget()


@pytest.fixture
def move_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Repository]]:
    """Put a small repository somewhere."""

    def move(root: Path) -> Repository:
        monkeypatch.setattr(paths, "ROOT", root)
        for name, place in PLACES.items():
            monkeypatch.setattr(paths, name, root / place)
        return Repository(root)

    yield move
    fingerprint.forget()


@pytest.fixture
def repository(tmp_path: Path, move_to: Callable[[Path], Repository]) -> Repository:
    return move_to(tmp_path / "book")


def test_files_that_were_touched_and_are_the_same_change_nothing(repository: Repository) -> None:
    whole, used = fingerprint.everything(), fingerprint.of(USED)
    for file in FILES:
        repository.touch(file)
    assert fingerprint.everything() == whole
    assert fingerprint.same(used)
    assert fingerprint.of(USED) == used


@pytest.mark.parametrize("file", FILES)
def test_the_book_is_made_of_every_file(repository: Repository, file: str) -> None:
    before = fingerprint.everything()
    repository.write(file, FILES[file] + "\n")
    assert fingerprint.everything() != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("src/peru_asia/growth.py", "2 *", "3 *"),
        ("data/trade/exports.csv", "2001,1", "2001,2"),
        ("data/trade/exports.yaml", "title: Exports", "title: Sales"),
        ("references.bib", "Ports", "another"),
        ("requirements.txt", "6.0", "6.1"),
    ],
)
def test_what_was_used_makes_results_stale(
    repository: Repository, file: str, old: str, new: str
) -> None:
    used = fingerprint.of(USED)
    repository.change(file, old, new)
    assert not fingerprint.same(used)
    repository.change(file, new, old)
    assert fingerprint.same(used)


@pytest.mark.parametrize(
    "file", ["chapters/index.md", "chapters/trade/partners.md", "_config.yml", "_toc.yml"]
)
def test_a_changed_chapter_renews_the_book_but_not_the_results_of_others(
    repository: Repository, file: str
) -> None:
    used, everything = fingerprint.of(USED), fingerprint.everything()
    repository.write(file, "changed")
    assert fingerprint.same(used)
    assert fingerprint.everything() != everything


@pytest.mark.parametrize("seen", [fingerprint.everything, lambda: str(fingerprint.of(["tables:"]))])
def test_new_renamed_and_deleted_tables_count(
    repository: Repository, seen: Callable[[], str]
) -> None:
    found = [seen()]
    repository.write("data/trade/new.csv", "a")
    found.append(seen())
    (repository.root / "data/trade/new.csv").rename(repository.root / "data/trade/renamed.csv")
    repository.touch("data/trade/renamed.csv")
    if seen is fingerprint.everything:  # to the package, files are known by the descriptor
        assert seen() not in found
    repository.write("data/trade/renamed.csv", "b")
    found.append(seen())
    assert len(set(found)) == 3
    repository.remove("data/trade/renamed.csv")
    assert seen() == found[0]


def test_a_file_that_is_gone_or_new_counts(repository: Repository) -> None:
    used = fingerprint.of(["file:references.bib", "module:peru_asia.growth", "file:notes.txt"])
    assert fingerprint.same(used)
    repository.write("notes.txt", "new")
    assert not fingerprint.same(used)
    repository.remove("notes.txt")
    for name in ("references.bib", "src/peru_asia/growth.py"):
        assert fingerprint.same(used)
        repository.remove(name)
        assert not fingerprint.same(used)
        repository.write(name, FILES[name])


@pytest.mark.parametrize(
    "file",
    [
        "data/.swap/x.csv",
        "data/trade/.#exports.csv",
        "chapters/index.md~",
        "chapters/.ipynb_checkpoints/index.md",
        "src/peru_asia/__pycache__/growth.pyc",
    ],
)
def test_files_that_programs_leave_behind_do_not_count(repository: Repository, file: str) -> None:
    before, tables = fingerprint.everything(), fingerprint.of(["tables:"])
    repository.write(file, "left behind")
    assert fingerprint.everything() == before
    assert fingerprint.same(tables)


@pytest.mark.parametrize("name", [".book", ".cache/book"])
def test_a_repository_below_a_hidden_folder_is_watched_too(
    tmp_path: Path, move_to: Callable[[Path], Repository], name: str
) -> None:
    repository = move_to(tmp_path / name)
    for file in FILES:
        before = fingerprint.everything()
        repository.write(file, FILES[file] + "\n")
        assert fingerprint.everything() != before, file


def test_the_place_of_the_repository_does_not_matter(
    tmp_path: Path, move_to: Callable[[Path], Repository]
) -> None:
    move_to(tmp_path / "one")
    whole, used = fingerprint.everything(), fingerprint.of(USED)
    move_to(tmp_path / "two")
    assert fingerprint.everything() == whole
    assert fingerprint.of(USED) == used


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# A comment.", "# Another, of\n# two lines."),
        ("# A comment.\n", ""),
        ("LIMIT = 3", "LIMIT   =  3  # at most"),
        ('"""What the module is for."""', '"""What it is good for."""'),
        ('    """Return the double."""\n', ""),
        ("2 * value", "(2 * value)"),
    ],
)
def test_comments_docstrings_and_layout_of_a_module_do_not_count(
    repository: Repository, old: str, new: str
) -> None:
    used = fingerprint.of(["module:peru_asia.growth"])
    repository.change("src/peru_asia/growth.py", old, new)
    assert fingerprint.same(used)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 3", "LIMIT = 4"),
        ("LIMIT = 3", "LIMIT = '3'"),
        ("LIMIT = 3\n", ""),
        ("double(value)", "double(value, by=2)"),
        ("return 2 * value", "return value * 2"),
        ("LIMIT = 3", 'LIMIT = 3\n"""A text that is no docstring."""'),
        ("return 2 * value", "return 2 *"),  # no Python at all
    ],
)
def test_all_else_in_a_module_counts(repository: Repository, old: str, new: str) -> None:
    used = fingerprint.of(["module:peru_asia.growth"])
    repository.change("src/peru_asia/growth.py", old, new)
    assert not fingerprint.same(used)
    repository.change("src/peru_asia/growth.py", new, old) if new else repository.write(
        "src/peru_asia/growth.py", MODULE
    )
    assert fingerprint.same(used)


def test_a_table_counts_by_its_rows_and_its_own_entry(repository: Repository) -> None:
    exports, imports = fingerprint.of(["table:exports"]), fingerprint.of(["table:imports"])
    assert exports != imports
    for file, old, new in (
        ("data/trade/exports.csv", "2001", "2002"),
        ("data/trade/exports.yaml", "Exports", "Sales"),
        ("data/package.yaml", "free: {title: Free}", "free: {title: Free of charge}"),
        ("references.bib", "{Customs}", "{Customs of Peru}"),
    ):
        repository.change(file, old, new)
        assert not fingerprint.same(exports), file
        assert fingerprint.same(imports), file
        repository.change(file, new, old)
        assert fingerprint.same(exports), file


def test_what_tables_share_counts_for_those_that_use_it(repository: Repository) -> None:
    exports, imports = fingerprint.of(["table:exports"]), fingerprint.of(["table:imports"])
    repository.change("data/package.yaml", "description: Value.", "description: Worth.")
    assert fingerprint.same(exports)
    assert not fingerprint.same(imports)
    repository.change("data/package.yaml", "description: Year.", "description: Calendar year.")
    assert not fingerprint.same(exports)
    # The whole package's own words, the order and the assembled file are nobody's.
    exports = fingerprint.of(["table:exports"])
    repository.change("data/package.yaml", "title: Book", "title: Another book")
    repository.write("data/datapackage.yaml", "assembled")
    assert fingerprint.same(exports)


def test_a_table_that_comes_or_goes_counts(repository: Repository) -> None:
    used = fingerprint.of(["table:exports", "table:ores"])
    repository.remove("data/trade/exports.yaml")
    assert not fingerprint.same(used)
    repository.write("data/trade/exports.yaml", EXPORTS)
    assert fingerprint.same(used)
    repository.write("data/trade/ores.yaml", IMPORTS)
    assert not fingerprint.same(used)


MODULES = {
    "src/peru_asia/__init__.py": "",
    "src/peru_asia/lazy.py": "",
    "src/peru_asia/a.py": "from peru_asia import b\nimport json\n",
    "src/peru_asia/b.py": "def later():\n    from peru_asia.deep.c import thing\n",
    "src/peru_asia/deep/__init__.py": "",
    "src/peru_asia/deep/c.py": "import peru_asia.d as d\n",
    "src/peru_asia/d.py": "import peru_asia.a\n",
    "src/peru_asia/other.py": "",
    "src/peru_asia/named/__init__.py": "from peru_asia import lazy\n"
    "__all__, __getattr__, __dir__ = lazy.names(__name__, {})\n",
    "src/peru_asia/named/one.py": "from peru_asia import other\n",
    "src/peru_asia/named/two.py": "",
    "src/peru_asia/uses_all.py": "from peru_asia import named\n",
    "src/peru_asia/uses_one.py": "from peru_asia.named import two\n",
}


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("other", ["other"]),
        ("a", ["", "a", "b", "d", "deep", "deep.c"]),  # in functions too, and round in a circle
        ("deep.c", ["", "a", "b", "d", "deep", "deep.c"]),
        ("uses_one", ["", "lazy", "named", "named.two", "uses_one"]),
        ("uses_all", ["", "lazy", "named", "named.one", "named.two", "other", "uses_all"]),
        ("gone", []),
    ],
)
def test_modules_are_reached_by_their_imports(
    repository: Repository, start: str, found: list[str]
) -> None:
    for name, text in MODULES.items():
        repository.write(name, text)
    reached = fingerprint.reached(f"peru_asia.{start}")
    named = {thing.removesuffix(".__init__") for thing in reached}
    assert named == {f"module:peru_asia.{name}".removesuffix(".") for name in found}
    assert fingerprint.same(fingerprint.of(reached))


def test_what_a_chapter_says_of_itself_counts_for_those_who_list_it(
    repository: Repository,
) -> None:
    text = (
        "# Title\n\n:::{admonition} Question\nWhich?\n:::\n\n"
        "**You will learn** to read; to count. Allow about forty minutes.\n\nText.\n"
    )
    repository.write("chapters/index.md", text)
    used = fingerprint.of(["anatomy:chapters/index.md"])
    repository.change("chapters/index.md", "Text.", "More text.")
    assert fingerprint.same(used)
    repository.change("chapters/index.md", "forty", "fifty")
    assert not fingerprint.same(used)


def test_what_nobody_knows_to_look_up_is_an_error(repository: Repository) -> None:
    with pytest.raises(ValueError, match="no kind of thing 'weather'"):
        fingerprint.of(["weather:lima"])


def test_a_name_of_a_package_leads_to_its_module_in_whatever_room() -> None:
    reached = fingerprint.reached("peru_asia.book.web.assets")
    assert "module:peru_asia.charts.base.look" in reached
    assert "module:peru_asia.charts.kinds.maps" not in reached


def test_a_source_counts_by_what_it_is_called(repository: Repository) -> None:
    customs, ports = fingerprint.of(["source:customs2001"]), fingerprint.of(["source:ports2001"])
    repository.change("references.bib", "{Customs}", "{Customs of Peru}")
    assert not fingerprint.same(customs)
    assert fingerprint.same(ports)
    repository.change("references.bib", "{Customs of Peru}", "{Customs}")
    assert fingerprint.same(customs)
