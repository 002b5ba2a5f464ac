"""What a fact's expression says, in words: what was computed, of what, and when.

An expression such as ``of_world.at["CHN", LAST]`` is read with the names that its cell knows: codes
become the names of partners, columns the titles of their fields, functions what their first line
says that they return.
"""

import ast
import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypedDict

import pandas as pd

from peru_asia import data

_YEARS = range(1500, 2101)
_PLAIN = {"value_at"}  # functions that only look up
# How pandas' own words read.
_METHODS = {
    **{name: name for name in ("mean", "median", "quantile", "rank", "sum")},
    "abs": "size",
    "corr": "correlation",
    "count": "number of",
    "cumsum": "running sum",
    "diff": "change",
    "idxmax": "where it is highest",
    "idxmin": "where it is lowest",
    "len": "number of",
    "max": "highest",
    "min": "lowest",
    "nunique": "number of different",
    "pct_change": "rate of change",
    "std": "standard deviation",
}

Kind = Literal["what", "of", "when", "named"]


class Words(TypedDict):
    """What, of what, and when; each without repetition, in the order of the expression.

    Years that stand under a name, such as ``LAST``, are in `named` too: they may move.
    """

    what: list[str]
    of: list[str]
    when: list[int]
    named: list[int]


class Reader:
    """Reads expressions of one cell.

    Parameters
    ----------
    known : what the names in them stand for
    tables : names of those that they were computed from, whose fields give columns their titles
    """

    def __init__(self, known: Mapping[str, Any], tables: tuple[str, ...]) -> None:
        self.known = known
        self.fields = {
            field["name"]: field["title"] for name in tables for field in data.describe(name).fields
        }
        self.partners = data.short_names("partners")

    def words(self, expression: str) -> Words:
        """Return what an expression, Python as the cell has it, computes."""
        found = Words(what=[], of=[], when=[], named=[])
        try:
            tree = ast.parse(expression, mode="eval")
        except SyntaxError:
            return found
        for kind, word in self._read(tree.body):
            if word not in found[kind]:
                found[kind].append(word)
        return found

    def _read(self, node: ast.AST) -> Iterator[tuple[Kind, Any]]:
        match node:
            case ast.Call(func=function):
                yield from self._called(function)
                for part in [*node.args, *(each.value for each in node.keywords)]:
                    yield from self._read(part)
            case ast.Constant(value=value):
                yield from self._value(value)
            case ast.Name(id=name):
                yield from self._name(name)
            case ast.Attribute(value=inner, attr=name):
                yield from self._read(inner)
                if name in self.partners or name in self.fields:
                    yield from self._value(name)
            case _:
                for child in ast.iter_child_nodes(node):
                    yield from self._read(child)

    def _called(self, function: ast.expr) -> Iterator[tuple[Kind, Any]]:
        match function:
            case ast.Attribute(value=ast.Name(id=module), attr=name) if inspect.ismodule(
                self.known.get(module)
            ):
                yield from _said(name, getattr(self.known[module], name, None))
            case ast.Attribute(value=inner, attr=name):
                if name in _METHODS:
                    yield "what", _METHODS[name]
                yield from self._read(inner)
            case ast.Name(id=name) if name in _METHODS:
                yield "what", _METHODS[name]
            case ast.Name(id=name):
                yield from _said(name, self.known.get(name))
            case _:
                yield from self._read(function)

    def _name(self, name: str) -> Iterator[tuple[Kind, Any]]:
        value = self.known.get(name)
        if isinstance(value, str | int | float):
            for kind, word in self._value(value):
                yield kind, word
                if kind == "when":
                    yield "named", word
        elif isinstance(value, pd.DataFrame | pd.Series):
            yield "what", _spaced(name)

    def _value(self, value: Any) -> Iterator[tuple[Kind, Any]]:
        if isinstance(value, str):
            if value in self.fields:
                yield "what", self.fields[value]
            else:
                yield "of", self.partners.get(value, value)
        elif isinstance(value, int) and value in _YEARS:
            yield "when", int(value)


def _said(name: str, function: Any) -> Iterator[tuple[Kind, Any]]:
    """Yield what a function's first line says that it returns."""
    if inspect.isroutine(function) and name not in _PLAIN:
        first = (inspect.getdoc(function) or "").partition("\n")[0].strip(".")
        said = first.removeprefix("Return ").removeprefix("the ").partition(";")[0]
        yield "what", said.replace("`", "") or _spaced(name)


def _spaced(name: str) -> str:
    return name.replace("_", " ").strip().lower()
