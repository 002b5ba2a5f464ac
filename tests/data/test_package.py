"""What a table's descriptor says, what it shares with others, and what is wrong with it."""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
import yaml
from frictionless import Package

from peru_asia import __version__, data, paths
from peru_asia.data import assembly, package
from peru_asia.errors import BookError

YEAR = int(__version__.partition(".")[0])
PACKAGE = """\
name: book
title: Book
description: What it is.
licence: {title: Free}
licences:
  press: {name: other, title: Figures from the press}
tables: {trade: [second, first]}
fields:
  year: {type: integer, unit: year, description: Calendar year., required: true}
  partner: {unit: code, description: Who buys., refers: partners.partner, pattern: "[A-Z]{3}"}
"""
TABLE = """\
title: First
description: What it is.
sources: [wits2017]
licences: [press]
vintage: 2025-05-02
gaps: None known.
compiled: By hand.
method: typed
fields:
  year: {minimum: 1962}
  partner:
  value_usd_m: {type: number, unit: US$ m, description: Value.}
primaryKey: [year, partner]
"""
RULE = """\
rules:
  one:
    holds: A year is not in the future.
    column: yaer
    wrong: year > 2020
    message: "{year} is too late; correct it"
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return a function that writes a file of a small package, each time at another second."""
    times = count(1_000_000_000)

    def write(name: str, text: str) -> None:
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        os.utime(path, (now := next(times), now))

    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "data/package.yaml")
    write("package.yaml", PACKAGE)
    for name in ("first", "second", "other"):
        write(f"trade/{name}.yaml", TABLE)
        write(f"trade/{name}.csv", "year,partner,value_usd_m\n2001,CHN,1\n")
    return write


def field(table: str, name: str) -> dict:
    return next(each for each in data.describe(table).fields if each["name"] == name)


def test_a_descriptor_is_read_in_the_words_of_the_standard(write) -> None:
    table = data.describe("first")
    assert (table.title, table.vintage, table.sources) == ("First", "2025-05-02", ["wits2017"])
    assert table.licences == [{"name": "other", "title": "Figures from the press"}]
    assert table.columns == ["year", "partner", "value_usd_m"]
    assert table.entry["path"] == "trade/first.csv"
    assert table.entry["schema"]["foreignKeys"] == [
        {"fields": ["partner"], "reference": {"resource": "partners", "fields": ["partner"]}}
    ]
    assert field("first", "value_usd_m")["title"] == "Value usd m"  # its name, if it has no title


def test_a_field_takes_what_others_of_its_name_have_unless_it_says_otherwise(write) -> None:
    assert field("first", "year")["constraints"] == {
        "required": True,
        "minimum": 1962,
        "maximum": YEAR,
    }
    changed = "year: {required: false, maximum: 2060, description: Planned.}"
    write("trade/first.yaml", TABLE.replace("year: {minimum: 1962}", changed))
    assert field("first", "year")["constraints"] == {"maximum": 2060}
    assert field("first", "year")["description"] == "Planned."
    write(
        "trade/first.yaml", TABLE.replace("partner:\n", "partner: {pattern: null, refers: null}\n")
    )
    assert "constraints" not in field("first", "partner")
    assert "foreignKeys" not in data.describe("first").entry["schema"]
    write("package.yaml", PACKAGE.replace("Who buys.", "Who sells."))
    assert field("first", "partner")["description"] == "Who sells."


def test_tables_stand_in_the_order_of_the_package_and_new_ones_last(write) -> None:
    write("china/new.yaml", TABLE)
    assert list(data.tables()) == ["second", "first", "other", "new"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: First", "title: [First", r"first\.yaml, line 1: not YAML"),
        (
            "title: First",
            "title: a\ntitle: b",
            r"first\.yaml, line 2: the key 'title' is there twice",
        ),
        ("gaps:", "gap:", r"line 6: .*unknown key 'gap'; did you mean 'gaps'(.|\n)*has no gaps"),
        ("{minimum: 1962}", "{minimun: 1962}", r"line 10: .*'minimun'; did you mean 'minimum'"),
        (
            "type: number",
            "type: numbr",
            r"line 12: there is no type 'numbr'; did you mean 'number'",
        ),
        ("unit: US$ m, ", "", r"line 12: field value_usd_m has no unit; add it"),
        ("[press]", "[pres]", r"line 4: there is no licence 'pres'; did you mean 'press'"),
        ("[year, partner]", "[yaer]", r"line 13: there is no field 'yaer'; did you mean 'year'"),
        ("partner:\n", "partner: code\n", r"line 11: field partner must be keys with values"),
        ("[press]", "press", r"line 4: licences must be a list, such as \[a, b\]"),
        ("fields:\n", "fields: [x]\nx:\n", r"line 9: fields must be keys with values"),
        (
            "primaryKey",
            f"{RULE}primaryKey",
            r"line 14: there is no field 'yaer'; did you mean 'year'",
        ),
        (
            "primaryKey",
            f"{RULE}    worng: x\nprimaryKey",
            r"unknown key 'worng'; did you mean 'wrong'",
        ),
        (
            "primaryKey",
            "rules: {one: {column: year}}\nprimaryKey",
            r"line 13: rule one has no wrong",
        ),
    ],
)
def test_what_is_wrong_in_a_descriptor_is_told_with_its_line(
    write, old: str, new: str, told: str
) -> None:
    assert old in TABLE
    write("trade/first.yaml", TABLE.replace(old, new, 1))
    with pytest.raises(BookError, match=told):
        data.describe("first")
    assert data.describe("second").title == "First"  # the others are none the worse


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: book\n", "", r"package\.yaml, line 1: the package has no name; add it"),
        ("required: true", "requird: true", r"package\.yaml, line 9: .*did you mean 'required'"),
    ],
)
def test_what_is_wrong_in_what_tables_share_is_told_too(write, old: str, new: str, told) -> None:
    write("package.yaml", PACKAGE.replace(old, new, 1))
    with pytest.raises(BookError, match=told):
        data.describe("first")


def test_a_table_or_a_descriptor_without_the_other_is_named(write, tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"no table 'secund' .* did you mean 'second'"):
        data.describe("secund")
    (tmp_path / "data/trade/second.csv").unlink()
    with pytest.raises(BookError, match=r"second\.csv: missing; put it back, or remove second"):
        data.load("second")
    write("trade/third.csv", "a\n1\n")
    with pytest.raises(BookError, match=r"third\.csv: not described; write third\.yaml beside it"):
        data.load("third")
    paths.PACKAGE.unlink()
    with pytest.raises(BookError, match=r"package\.yaml: missing"):
        data.describe("first")


def test_one_table_says_by_itself_what_it_says_among_all() -> None:
    assert len(package.descriptors()) > 50
    assert {name: package.find(name) for name in package.descriptors()} == data.tables()


def test_the_assembled_package_is_current_and_valid() -> None:
    assert assembly.is_current(), "run 'python -m peru_asia data'"
    assert yaml.safe_load(paths.DESCRIPTOR.read_text("utf-8")) == assembly.descriptor()
    whole = Package(str(paths.DESCRIPTOR))  # raises if it breaks the standard
    assert [each.name for each in whole.resources] == list(data.tables())
    for resource in whole.resources:
        assert (paths.DATA / resource.path).is_file()
        assert resource.schema.field_names == data.describe(resource.name).columns
        assert all(source["title"] != source["name"] for source in resource.sources)


def test_a_changed_descriptor_makes_the_assembled_package_old(
    write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "DESCRIPTOR", tmp_path / "data/datapackage.yaml")
    assert not assembly.is_current()
    assembly.assemble()
    assert assembly.is_current()
    [first] = [each for each in assembly.descriptor()["resources"] if each["name"] == "first"]
    assert first["coverage"] == "2001"
    assert first["sources"][0]["title"].startswith("World Bank, World Integrated Trade Solution")
    write("trade/first.yaml", TABLE.replace("First", "Foremost"))
    assert not assembly.is_current()


def test_no_year_is_later_than_this_edition_unless_it_is_planned() -> None:
    for table in data.tables().values():
        for each in table.fields:
            limits = each.get("constraints", {})
            if each["unit"] == "year" and each["type"] == "integer" and "enum" not in limits:
                assert limits["maximum"] >= YEAR, (table.name, each["name"])
