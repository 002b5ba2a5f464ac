"""The examples of the docstrings print what stands below them."""

import ast
import doctest
import importlib

import pandas as pd
import pytest

from peru_asia import book, charts, data
from peru_asia import indicators as ind
from peru_asia.book.web import helpers

WITH_EXAMPLES = ("data", "ind", "book")  # what a chart looks like is shown by the gallery
BEGIN = {"pd": pd, "book": book, "charts": charts, "data": data, "ind": ind}
FOUND = [one for call in WITH_EXAMPLES for _, some in helpers.listed(call) for one in some]
EXAMPLES = {one.call: doctest.DocTestParser().get_examples(one.doc) for one in FOUND}


@pytest.mark.parametrize("call", [call for call, examples in EXAMPLES.items() if examples])
def test_an_example_prints_what_stands_below_it(call: str) -> None:
    test = doctest.DocTest(EXAMPLES[call], dict(BEGIN), call, None, None, None)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    told: list[str] = []
    doctest.DocTestRunner(optionflags=flags).run(test, out=told.append)
    assert not told, "".join(told)


def test_every_function_has_an_example_of_a_few_statements() -> None:
    methods = {f"{one.call}." for one in FOUND if isinstance(one.node, ast.ClassDef)}
    functions = {
        one.call
        for one in FOUND
        if isinstance(one.node, ast.FunctionDef) and not one.call.startswith(tuple(methods))
    }
    assert len(functions) > 100
    assert not [call for call in sorted(functions) if not EXAMPLES[call]]
    assert max(map(len, EXAMPLES.values())) <= 4  # statements


def test_docstrings_of_packages_are_right_too() -> None:
    for name in ("data", "book.cells.forms"):
        module = importlib.import_module(f"peru_asia.{name}")
        assert doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE).attempted
