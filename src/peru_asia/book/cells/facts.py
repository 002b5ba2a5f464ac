"""Facts: the computed numbers of a chapter, each kept with its form and where it comes from.

A cell adds facts by name; the prose prints them with ``{glue:text}``, alt texts with ``{name}``.
"""

import ast
import linecache
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from types import FrameType
from typing import Any

from peru_asia.book.cells import mimes
from peru_asia.book.cells.forms import Printed
from peru_asia.book.cells.words import Reader, Words
from peru_asia.data import describe
from peru_asia.errors import BookError, did_you_mean

try:
    from myst_nb import glue
except ModuleNotFoundError:  # without the builder there is no page to print them

    def glue(name: str, variable: object, display: bool = True) -> None:
        """Do what MyST-NB would, where it is not."""


@dataclass(frozen=True)
class Fact:
    """A number of the book."""

    printed: Printed
    tables: tuple[str, ...]  # the names of those that it was computed from
    expression: str  # the Python that computed it, as the cell has it
    words: Words

    def __str__(self) -> str:
        return str(self.printed)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the text for every output, and for the book what it was made from."""
        editions = {name: describe(name).vintage for name in self.tables}
        number = mimes.Number(
            value=self.printed.value,
            form=self.printed.form,
            digits=self.printed.digits,
            tables=editions,
            expression=self.expression,
            words=self.words,
        )
        return {"text/plain": repr(str(self)), mimes.NUMBER: number}


class Facts:
    """The facts of a chapter, by name. In a notebook, a table of them.

    Parameters
    ----------
    tables : names of those that they are computed from, where `Facts.add` names no others

    Raises
    ------
    BookError : if a table is unknown

    Examples
    --------
    >>> facts = book.facts("trade_by_partner")
    >>> facts.add(part=book.pct(36.26, 0))
    >>> facts.fill("The share is {part}.")
    'The share is 36%.'
    """

    def __init__(self, *tables: str) -> None:
        for table in tables:
            describe(table)
        self.tables = tables
        self._added: dict[str, Fact] = {}

    def add(self, *tables: str, **printed: Printed) -> None:
        """Add facts: ``facts.add(last=year(LAST), china_last=pct(of_world.at["CHN", LAST]))``.

        On the web a reader who points at one sees what it is, in words and as the expression that
        computed it, and the tables.

        Parameters
        ----------
        tables : names of those that these were computed from, if not those of the chapter
        printed : by name, the value in one of the forms of `peru_asia.book.cells.forms`

        Raises
        ------
        BookError : if a table is unknown, a value has no form, or the chapter has a fact of the
            name
        """
        caller = sys._getframe(1)
        known = caller.f_globals | caller.f_locals
        expressions = _expressions(caller, known)
        used = tables or self.tables
        for table in used:
            describe(table)
        reader = Reader(known, used)
        for name, value in printed.items():
            if not isinstance(value, Printed):
                raise BookError(
                    f"the fact '{name}' has no form; write {name}=pct({value!r}), or another form: "
                    "count, day, index, num, ordinal, points, times, usd, year"
                )
            # In a notebook a cell is run again after every change.
            if name in self._added:
                # A chapter that draws nothing does not depend on what draws.
                from peru_asia.book.cells import drawing

                if drawing.later():
                    raise BookError(
                        f"there is a fact '{name}' already; give one of them another name"
                    )
            expression = expressions.get(name, "")
            fact = Fact(value, used, expression, reader.words(expression))
            self._added[name] = fact
            glue(name, fact, display=False)

    def __getitem__(self, name: str) -> Fact:
        if name not in self._added:
            raise BookError(f"there is no fact '{name}'; " + did_you_mean(name, self._added))
        return self._added[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._added)

    def fill(self, template: str) -> str:
        """Return a text with each ``{name}`` replaced by the fact of that name, as it is printed.

        Raises
        ------
        BookError : if there is no such fact
        """
        return mimes.PLACE.sub(lambda place: str(self[place[1]]), template)

    def _repr_html_(self) -> str:
        from peru_asia.book.cells.table import as_html  # in a notebook only

        rows = (
            (name, str(fact), fact.expression, ", ".join(fact.tables))
            for name, fact in self._added.items()
        )
        return as_html(("name", "printed", "expression", "tables"), rows)


facts = Facts  # as a chapter begins them


def _expressions(caller: FrameType, known: dict[str, Any]) -> dict[str, str]:
    """Return what the call under way computes, by the fact's name."""
    # IPython keeps the text of each cell where tracebacks look for it.
    source = "".join(linecache.getlines(caller.f_code.co_filename, caller.f_globals))
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return {}
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="add"), keywords=given) if (
                node.lineno <= caller.f_lineno <= (node.end_lineno or node.lineno)
            ):
                for each in given:
                    if each.arg:
                        text = ast.get_source_segment(source, _inside(each.value)) or ""
                        found[each.arg] = " ".join(text.split())
                    else:
                        found |= _of_many(each.value, known)
    return found


def _inside(node: ast.expr) -> ast.expr:
    """Return the expression inside a form: of ``pct(x, 0)`` the ``x``."""
    return node.args[0] if isinstance(node, ast.Call) and node.args else node


def _of_many(node: ast.expr, known: dict[str, Any]) -> dict[str, str]:
    """Return what ``**{f"sold_{code}": usd(value[code]) for code in …}`` computes, name by name.

    What the name is made of stands in the expression by its value, or all would read alike.
    """
    match node:
        case ast.Dict(keys=[ast.JoinedStr() as key], values=[value]):
            bound = {part.id for part in ast.walk(key) if isinstance(part, ast.Name)}
            rows = [known]
        case ast.DictComp(key=key, value=value, generators=loops):
            bound = {
                part.id for each in loops for part in ast.walk(each.target)
                if isinstance(part, ast.Name)
            }  # fmt: skip
            names: list[ast.expr] = [ast.Name(name, ast.Load()) for name in bound]
            keys: list[ast.expr | None] = [ast.Constant(name) for name in bound]
            again = ast.Expression(ast.ListComp(ast.Dict(keys, names), loops))
            code = compile(ast.fix_missing_locations(again), "<facts>", "eval")
            rows = [known | row for row in eval(code, dict(known))]
        case _:
            return {}
    found = {}
    for row in rows:
        name = eval(compile(ast.Expression(key), "<facts>", "eval"), dict(row))
        written = _ByValue({each: row[each] for each in bound}).visit(deepcopy(_inside(value)))
        found[name] = ast.unparse(written)
    return found


class _ByValue(ast.NodeTransformer):
    """Writes texts and numbers in the place of the names that stand for them."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self.values.get(node.id)
        return ast.Constant(value) if isinstance(value, str | int | float) else node
