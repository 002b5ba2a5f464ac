"""The page of helpers has all that completion offers, as the docstrings describe it."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest
from lxml import html

from peru_asia import charts
from peru_asia.book.text import gallery
from peru_asia.book.web import helpers

ALL = [one for call in helpers.NAMESPACES for _, some in helpers.listed(call) for one in some]
NAMED = {one.call: one for one in ALL}
# What no chapter calls: charts of one subject draw the first three with, figures all of them.
NO_FIGURE_OF_THEIR_OWN = {"bars.stacked_rows", "lines.index_lines", "maps.places_map"}
IN_A_FINDING = {"sparks.spark_bars", "sparks.spark_line"}


@pytest.mark.parametrize("call", helpers.NAMESPACES)
def test_every_name_that_completion_offers_is_listed(call: str) -> None:
    namespace = importlib.import_module(f"peru_asia.{helpers.NAMESPACES[call]}")
    for name in dir(namespace):
        value = getattr(namespace, name)
        if not inspect.ismodule(value):
            assert f"{call}.{name}" in NAMED
            continue
        for inner in dir(value):
            # What the package offers as well is listed by its shorter name.
            assert f"{call}.{name}.{inner}" in NAMED or f"{call}.{inner}" in NAMED


def test_every_name_is_listed_once_and_says_what_it_is() -> None:
    assert len(ALL) == len(NAMED)
    assert not [call for call, one in NAMED.items() if not one.doc]
    labels = [one.label.lower() for one in ALL if one.label]
    assert len(labels) == len(set(labels))


def test_a_signature_is_that_of_the_source() -> None:
    assert NAMED["ind.entropy"].signature.startswith("ind.entropy(table: pd.DataFrame, **whole")
    assert "value: str = 'value_usd_m'," in NAMED["ind.share"].signature
    assert NAMED["book.Facts"].signature == "book.Facts(*tables: str) -> None"
    assert NAMED["book.Facts.fill"].signature == "book.Facts.fill(template: str) -> str"
    assert NAMED["data.Table.title"].signature == "data.Table.title -> str"
    assert NAMED["book.Printed"].signature.splitlines()[:2] == [
        "class book.Printed",
        "    value: float  # in the unit that the form expects",
    ]
    assert NAMED["ind.ownership.JOINT"].signature.startswith('JOINT = "joint"')


def test_a_constant_is_described_by_its_comment() -> None:
    assert NAMED["ind.comovement.LEAST"].doc == "Pairs below which a correlation says nothing"
    assert NAMED["ind.CUSTOMS_GROUPS"].doc == NAMED["ind.HS_GROUPS"].doc
    assert NAMED["ind.HS_GROUPS"].doc.startswith("The same broad groups in the Harmonized System")


def test_entries_become_a_list_and_other_text_stays() -> None:
    assert helpers._entries("of, by : columns of\n    both\nleast : per cent") == (
        "- `of`, `by`: columns of both\n- `least`: per cent"
    )
    assert helpers._entries("By year, a share: all of it.") == "By year, a share: all of it."


def test_every_chart_is_drawn_in_a_figure() -> None:
    drawn = gallery.figures()
    modules = {name: getattr(charts, name) for name in dir(charts)}
    kinds = {name: module for name, module in modules.items() if ".base." not in module.__name__}
    functions = {
        f"{name}.{each}"
        for name, module in kinds.items()
        for each in dir(module)
        if inspect.isfunction(getattr(module, each))
    }
    assert functions - set(drawn) == NO_FIGURE_OF_THEIR_OWN | IN_A_FINDING
    assert drawn["comparison.dumbbell"] == "gallery-dumbbell"


def test_the_page_has_an_entry_with_all_details_for_each(book: Path) -> None:
    page = html.parse(book / "chapters/reference/api.html")
    terms = {term.text_content().strip("¶ \n"): term for term in page.iter("dt")}
    assert set(NAMED) == set(terms)
    assert len({term.get("id") for term in terms.values()} - {None}) == sum(
        isinstance(one.node, ast.FunctionDef | ast.ClassDef) for one in ALL
    )
    share = terms["ind.share"]
    assert share.get("id") == "api-ind-share"
    said = " ".join(share.getnext().text_content().split())
    for part in ("among: Iterable[str] | None", "Parameters", "Returns", "Raises", "{'CHN': "):
        assert part in said
    slope = terms["charts.comparison.slope"].getnext()
    assert [a.get("href") for a in slope.iter("a")] == ["gallery.html#gallery-slope"]
