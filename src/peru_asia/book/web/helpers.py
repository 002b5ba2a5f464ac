"""A directive that lists what completion offers to cells, written from the docstrings."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import takewhile
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import NamedTuple, TypeGuard

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from peru_asia import files, uses
from peru_asia.book.text import gallery

# What chapters call the packages. They are imported by name, while the page is read: else all
# pages would be made anew whenever a chart changes.
NAMESPACES = {"data": "data", "ind": "indicators", "charts": "charts", "book": "book"}
_SECTION = re.compile(r"^(\w+)\n-+\n", re.M)
_ENTRY = re.compile(r"^(\S+(?:, \S+)*) : (.*(?:\n .*)*)", re.M)
_DOCTEST = re.compile(r"^>>> .*(?:\n.+)*", re.M)
_FULL = re.compile(r"`peru_asia\.(\w+)\.([\w.]+)`")
_LONGEST = 8  # lines of a constant that are shown


class Helper(NamedTuple):
    """A name that a cell can use."""

    call: str  # such as ind.exposure.loss
    node: ast.stmt
    module: ModuleType
    lines: list[str]  # of the module

    @property
    def label(self) -> str:
        """What a link to it refers to, in small letters; a constant has none."""
        kind = {ast.FunctionDef: "", ast.ClassDef: "-class"}.get(type(self.node))
        return "" if kind is None else f"api-{self.call.replace('.', '-')}{kind}"

    @property
    def doc(self) -> str:
        """Its docstring; of a constant, the comment beside it or above it and its neighbours."""
        if isinstance(self.node, ast.FunctionDef | ast.ClassDef):
            return ast.get_docstring(self.node) or ""
        first, last = self.node.lineno - 1, (self.node.end_lineno or 0) - 1
        beside = re.search(r"  # (?!fmt|ty:|noqa)(.+)", f"{self.lines[first]}\n{self.lines[last]}")
        block = takewhile(bool, reversed(self.lines[:first]))
        above = [line[2:] for line in block if line.startswith("# ")]
        said = beside[1] if beside else " ".join(reversed(above))
        return said[:1].upper() + said[1:]

    @property
    def signature(self) -> str:
        """How it is called, or its value, as the module writes it."""
        node = self.node
        if isinstance(node, ast.ClassDef):
            made = next((each for each in node.body if _is_init(each)), None)
            if made is None:
                fields = [each.lineno for each in node.body if isinstance(each, ast.AnnAssign)]
                lines = self.lines[fields[0] - 1 : fields[-1]] if fields else []
                return "\n".join([f"class {self.call}", *lines])
            node = made
        if isinstance(node, ast.FunctionDef):
            text = "\n".join(self.lines[node.lineno - 1 : node.body[0].lineno - 1])
            text = re.sub(r"\bself(?:, )?", "", dedent(text)).removesuffix(":")
            text = text.replace("()", "") if node.decorator_list else text  # of a property
            text = re.sub(r"(?<== )[A-Z]+\b", self._value, text)
            return re.sub(r"^def \w+", self.call, text)
        value = self.lines[node.lineno - 1 : node.end_lineno]
        return "\n".join(value[:_LONGEST]) + "\n    # …" * (len(value) > _LONGEST)

    def _value(self, name: re.Match[str]) -> str:
        """Return what a constant stands for, if that is short."""
        value = getattr(self.module, name[0], None)
        return repr(value) if isinstance(value, str | int | float) else name[0]


def listed(call: str) -> Iterator[tuple[ModuleType, list[Helper]]]:
    """Yield each module behind a namespace, with the names that it makes and completion offers."""
    namespace = import_module(f"peru_asia.{NAMESPACES[call]}")
    offered = {name: getattr(namespace, name) for name in dir(namespace)}
    for name, module in sorted(sys.modules.items()):
        if not name.startswith(f"{namespace.__name__}."):
            continue
        short = name.rpartition(".")[2]
        whole = dir(module) if offered.get(short) is module else []
        lines = files.read(Path(str(module.__file__))).splitlines()
        found = []
        for made, node in _definitions(ast.parse("\n".join(lines)).body):
            here = made in offered and offered[made] is getattr(module, made)
            if here or made in whole:
                called = f"{call}.{made}" if here else f"{call}.{short}.{made}"
                found.append(Helper(called, node, module, lines))
                inside = _definitions(node.body) if isinstance(node, ast.ClassDef) else ()
                found += [
                    Helper(f"{called}.{name}", each, module, lines)
                    for name, each in inside
                    if isinstance(each, ast.FunctionDef)
                ]
        if found:
            yield module, found


def _definitions(body: list[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """Yield what a module or a class makes, by its public names."""
    for node in body:
        names: list[str] = []
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names = [name]
            case ast.Assign(targets=[target]) | ast.AnnAssign(target=target):
                names = [each.id for each in ast.walk(target) if isinstance(each, ast.Name)]
        yield from ((name, node) for name in names if not name.startswith("_"))


def _is_init(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef) and node.name == "__init__"


class Helpers(SphinxDirective):
    """``{helpers}``: what cells can call, by namespace and module."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each namespace, with one for each module."""
        uses.note(uses.DRAWN)
        self._figures = gallery.figures()
        found = {call: list(listed(call)) for call in NAMESPACES}
        each = [one for modules in found.values() for _, some in modules for one in some]
        self._labels = {one.call: one.label for one in each if one.label}
        sections = []
        for call, modules in found.items():
            package = sys.modules[f"peru_asia.{NAMESPACES[call]}"]
            sections.append(section := self._section(f"api-{call}", package, f"{call}: "))
            section.extend(self._module(call, *one) for one in modules)
        return sections

    def _module(self, call: str, module: ModuleType, helpers: list[Helper]) -> nodes.section:
        _, *inside = module.__name__.split(".")
        name = f"{call}.{inside[-1]}"
        before = f"{name}: " if any(one.call.startswith(f"{name}.") for one in helpers) else ""
        section = self._section("-".join(["api", *inside]), module, before)
        section += nodes.definition_list("", *map(self._entry, helpers), classes=["helpers"])
        return section

    def _section(self, label: str, module: ModuleType, before: str = "") -> nodes.section:
        uses.note_file(Path(str(module.__file__)))
        title, _, text = (module.__doc__ or "").partition("\n\n")
        title = before + " ".join(title.replace("`", "").split()).rstrip(".")
        section = nodes.section("", nodes.title(text=title))
        section.document = self.state.document
        self._name(section, label)
        section += nodes.container("", *self._parsed(_fenced(text)), classes=["web-only"])
        return section

    def _name(self, node: nodes.Element, label: str) -> None:
        node["names"].append(nodes.fully_normalize_name(label))
        self.state.document.note_explicit_target(node, node)

    def _entry(self, helper: Helper) -> nodes.definition_list_item:
        """Return an entry: in print its name and a sentence, on the web all that is known of it."""
        term = nodes.term("", "", nodes.literal(text=helper.call))
        if helper.label:
            self._name(term, helper.label)
        sentence, _, rest = helper.doc.partition("\n\n")
        parts = ["```python", helper.signature, "```", ""]
        text, *sections = _SECTION.split(rest)
        parts.append(_fenced(text))
        for title, entries in zip(sections[::2], sections[1::2], strict=True):
            parts += [f"**{title}**", "", _entries(entries), ""]
        _, _, drawn = helper.call.partition(".")
        if figure := self._figures.get(drawn):
            parts += [f"**Example**: {{numref}}`{figure}`"]
        said = self._parsed(" ".join(sentence.split()))
        more = nodes.container("", *self._parsed("\n".join(parts)), classes=["web-only"])
        return nodes.definition_list_item("", term, nodes.definition("", *said, more))

    def _parsed(self, text: str) -> list[nodes.Node]:
        return self.parse_text_to_nodes(_FULL.sub(self._linked, text)) if text.strip() else []

    def _linked(self, name: re.Match[str]) -> str:
        """Return a name as a link to its entry, if it has one."""
        called = {package: call for call, package in NAMESPACES.items()}
        call = f"{called.get(name[1], name[1])}.{name[2]}"
        return f"{{ref}}`{call} <{self._labels[call]}>`" if call in self._labels else name[0]


def _entries(text: str) -> str:
    """Return the entries of a section, ``name : what it is``, as a list; other text as it is."""
    return _ENTRY.sub(_item, text) if _ENTRY.match(text) else _fenced(text)


def _item(entry: re.Match[str]) -> str:
    names, what = entry[1].split(", "), " ".join(entry[2].split())
    return f"- `{'`, `'.join(names)}`: {what}"


def _fenced(text: str) -> str:
    """Return text whose examples are set as code."""
    text = re.sub("::$", ":", text, flags=re.M)  # what follows is indented, which is enough
    return _DOCTEST.sub(lambda example: f"```pycon\n{example[0]}\n```", text)
