"""A directive that lists what completion offers to cells, written from the docstrings."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from textwrap import dedent, indent
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
_ENTRY = re.compile(r"^(\S.*?)(?: : (.*(?:\n .*)*))?$", re.M)
_DOCTEST = re.compile(r"^>>> (?:.+\n?)+", re.M)
_LONGEST = 8  # lines of a constant that are shown

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


class Helper(NamedTuple):
    """A name that a cell can use."""

    call: str  # such as ind.exposure.loss
    node: Definition
    lines: list[str]  # of its module

    @property
    def label(self) -> str:
        """What a link to it refers to, in small letters; a constant has none."""
        kind = {ast.FunctionDef: "", ast.ClassDef: "-class"}.get(type(self.node))
        return "" if kind is None else f"api-{self.call.replace('.', '-')}{kind}"

    @property
    def doc(self) -> str:
        """Its docstring; of a constant, the comment beside it or above it."""
        if isinstance(self.node, ast.FunctionDef | ast.ClassDef):
            return ast.get_docstring(self.node) or ""
        first, last = self.node.lineno - 1, (self.node.end_lineno or 0) - 1
        beside = re.search(r"  # (?!fmt|ty:|noqa)(.+)", self.lines[first] + self.lines[last])
        above = first
        while self.lines[above - 1].startswith("# "):
            above -= 1
        said = beside[1] if beside else " ".join(line[2:] for line in self.lines[above:first])
        return said[:1].upper() + said[1:]

    @property
    def signature(self) -> str:
        """How it is called, or its value, as the module writes it."""
        node = self.node
        if isinstance(node, ast.ClassDef):
            made = next((each for each in node.body if _is_init(each)), None)
            if made is None:
                fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
                lines = [self.lines[each.lineno - 1] for each in fields]
                return "\n".join([f"class {self.call}", *lines])
            node = made
        if isinstance(node, ast.FunctionDef):
            text = "\n".join(self.lines[node.lineno - 1 : node.body[0].lineno - 1])
            text = re.sub(r"\bself(?:, )?", "", dedent(text)).removesuffix(":")
            text = text.replace("()", "") if node.decorator_list else text  # of a property
            return re.sub(r"^def \w+", self.call, text)
        value = self.lines[node.lineno - 1 : node.end_lineno]
        return "\n".join(value[:_LONGEST]) + "\n    # …" * (len(value) > _LONGEST)


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
                found.append(Helper(called, node, lines))
                inside = _definitions(node.body) if isinstance(node, ast.ClassDef) else ()
                found += [
                    Helper(f"{called}.{name}", each, lines)
                    for name, each in inside
                    if isinstance(each, ast.FunctionDef)
                ]
        if found:
            yield module, found


def _definitions(body: list[ast.stmt]) -> Iterator[tuple[str, Definition]]:
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
        """Return a section for each namespace."""
        uses.note(uses.DRAWN)
        self._figures = gallery.figures()
        return [self._namespace(call) for call in NAMESPACES]

    def _namespace(self, call: str) -> nodes.section:
        modules = list(listed(call))
        package = sys.modules[f"peru_asia.{NAMESPACES[call]}"]
        section = self._section(f"api-{call}", package, f"{call}: ")
        section.extend(self._module(call, *each) for each in modules)
        return section

    def _module(self, call: str, module: ModuleType, helpers: list[Helper]) -> nodes.section:
        _, *inside = module.__name__.split(".")
        section = self._section("-".join(["api", *inside]), module)
        section += nodes.definition_list("", *map(self._item, helpers))
        return section

    def _section(self, label: str, module: ModuleType, before: str = "") -> nodes.section:
        uses.note_file(Path(str(module.__file__)))
        title, _, text = (module.__doc__ or "").partition("\n\n")
        title = before + " ".join(title.split()).rstrip(".")
        section = nodes.section("", nodes.title(text=title))
        section.document = self.state.document
        self._name(section, label)
        section += nodes.container("", *self._parsed(_fenced(text)), classes=["web-only"])
        return section

    def _name(self, node: nodes.Element, label: str) -> None:
        node["names"].append(nodes.fully_normalize_name(label))
        self.state.document.note_explicit_target(node, node)

    def _item(self, helper: Helper) -> nodes.definition_list_item:
        """Return an entry: in print its name and a sentence, on the web all that is known of it."""
        term = nodes.term("", "", nodes.literal(text=helper.call))
        if helper.label:
            self._name(term, helper.label)
        sentence, _, rest = helper.doc.partition("\n\n")
        parts = ["```python", helper.signature, "```", ""]
        text, *sections = _SECTION.split(rest)
        parts.append(_fenced(text))
        for title, entries in zip(sections[::2], sections[1::2], strict=True):
            parts += [title, f": {indent(_entries(entries), '  ').strip()}", ""]
        _, _, drawn = helper.call.partition(".")
        if figure := self._figures.get(drawn):
            parts += ["Example", f": {{numref}}`{figure}`"]
        said = self._parsed(" ".join(sentence.split()))
        more = nodes.container("", *self._parsed("\n".join(parts)), classes=["web-only"])
        return nodes.definition_list_item("", term, nodes.definition("", *said, more))

    def _parsed(self, text: str) -> list[nodes.Node]:
        return self.parse_text_to_nodes(text) if text.strip() else []


def _entries(text: str) -> str:
    """Return the entries of a section, ``name : what it is``, as a list; other text as it is."""
    if not re.match(r"\S+(?:, \S+)* : ", text):
        return _fenced(text)
    found = [(names, " ".join(what.split())) for names, what in _ENTRY.findall(text) if names]
    return "\n\n".join(f"`{'`, `'.join(names.split(', '))}`\n: {what}" for names, what in found)


def _fenced(text: str) -> str:
    """Return text whose examples are set as code."""
    return _DOCTEST.sub(lambda example: f"```pycon\n{example[0].rstrip()}\n```\n", text)
