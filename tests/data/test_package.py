"""One entry of the descriptor, read by itself, says what the whole descriptor says."""

import pytest

from peru_asia import paths
from peru_asia.data import package
from peru_asia.errors import BookError

ENTRY = "- name: {name}\n  path: a.csv\n  title: {title}\n"


@pytest.fixture
def descriptor(tmp_path, monkeypatch):
    """Return a function that writes a descriptor with the given entries."""
    path = tmp_path / "datapackage.yaml"
    monkeypatch.setattr(paths, "DESCRIPTOR", path)

    def write(entries: str) -> None:
        package._tables.cache_clear()
        path.write_text(f"name: a\nlicenses:\n- name: first\nresources:\n{entries}", "utf-8")

    return write


def test_every_entry_by_itself_is_the_same_as_in_the_whole() -> None:
    known = package.tables()
    assert len(known) > 50
    stamp = paths.DESCRIPTOR.stat().st_mtime_ns
    assert {name: package._alone(paths.DESCRIPTOR, stamp, name) for name in known} == known


@pytest.mark.parametrize(
    "entry",
    [
        "- name: second\n  path: a.csv\n\n# a remark\n  title: >-\n    Two\n\n    lines\n",
        "- name: second\n  path: a.csv\n  title: Two",
        "- name: second\n  path: a.csv\n  title: 'Two\nlines'\n",
        "- {name: second, path: a.csv, title: Two}\n",
        "- name: 'second'\n  path: a.csv\n  title: Two\n",
        "- name: other\n  path: &same a.csv\n- name: second\n  path: *same\n  title: Two\n",
        ENTRY.format(name="second", title="One") + ENTRY.format(name="second", title="Two"),
    ],
)
def test_an_entry_in_any_spelling_is_read(descriptor, entry: str) -> None:
    before, after = (ENTRY.format(name=name, title="No") for name in ("first", "third"))
    for text in (entry, before + entry, entry.rstrip() + "\n" + after):
        descriptor(text)
        alone = package.describe("second")
        assert alone == package.tables()["second"] == package.describe("second")
        assert alone.title.startswith("Two")


def test_a_broken_descriptor_and_an_unknown_table_are_named(descriptor) -> None:
    descriptor(ENTRY.format(name="second", title="Two"))
    with pytest.raises(BookError, match=r"no table 'secund' .* did you mean 'second'"):
        package.describe("secund")
    descriptor("- name: second\n  path: [\n")
    with pytest.raises(BookError, match=r"datapackage.yaml is not valid YAML"):
        package.describe("second")
