"""Terms and names where the text mentions them: links to the glossary, and an index of names.

Authors write plain words. The first mention of a glossary term in a chapter becomes a link to its
definition; the first mention of a name in each section becomes a place that the index leads to.
The terms stand in ``chapters/reference/glossary.md``, the names in the table ``names``.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from peru_asia import data, paths, uses
from peru_asia.book.print.translator import ancestors
from peru_asia.book.text.chapters import all_chapters
from peru_asia.errors import BookError, did_you_mean

GLOSSARY = paths.CHAPTERS / "reference" / "glossary.md"
# Pages that list things; a mention there tells a reader nothing.
_LISTS = {
    f"chapters/reference/{name}"
    for name in (
        *("api", "architecture", "bibliography", "data", "editing", "gallery", "glossary"),
        "names",
    )
}
_NOT_IN = (nodes.reference, nodes.literal, nodes.title, nodes.caption, nodes.citation)
_NOT_IN += (nodes.footnote, addnodes.pending_xref)


@cache
def terms(text: str) -> dict[str, str]:
    """Return the forms of all terms in the text of the glossary, each with its term.

    Raises
    ------
    BookError : if a form belongs to two terms
    """
    found: dict[str, str] = {}
    for block in re.findall(r"^(:{3,}|`{3,})\{glossary\}\n(.*?)^\1$", text, re.M | re.S):
        entry: list[str] = []
        for line in block[1].splitlines():
            if line.startswith(" "):
                for form in entry:
                    if form in found:
                        raise BookError(f"{paths.relative(GLOSSARY)}: '{form}' stands twice")
                    found[form] = entry[0]
                entry = []
            elif line.strip() and not line.startswith(":"):
                entry.append(line.strip())
    return found


def names() -> dict[str, str]:
    """Return the forms of all names in the table ``names``, each with its name."""
    table = data.load("names")
    forms = table.assign(form=table["forms"].str.split("|")).explode("form")
    return dict(zip(forms["form"], forms["name"], strict=True))


def pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the forms as whole words, also broken over lines or starting a sentence."""

    def loose(form: str) -> str:
        first = f"[{form[0]}{form[0].upper()}]" if form[0].islower() else re.escape(form[0])
        rest = r"\s+".join(re.escape(word) for word in form[1:].split(" "))
        return first + rest.replace("'", "['’]")

    longest = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w–-])(?:{'|'.join(map(loose, longest))})(?![\w–-])")


def _texts(document: nodes.document) -> Iterator[nodes.Text]:
    """Yield what paragraphs, list items and cells say, but for links, code and source lines."""
    _join_lines(document)
    for text in list(document.findall(nodes.Text)):
        around = [each for each in ancestors(text) if isinstance(each, nodes.Element)]
        if any(isinstance(each, nodes.paragraph) for each in around) and not any(
            isinstance(each, _NOT_IN) or "figure-source" in each["classes"] for each in around
        ):
            yield text


def _join_lines(document: nodes.document) -> None:
    """Make one text of neighbouring ones: MyST ends one at each end of a line."""
    for element in list(document.findall(nodes.TextElement)):
        joined: list[Any] = []
        for kind, group in groupby(element.children, type):
            alike = list(group)
            joined += [nodes.Text("".join(map(str, alike)))] if kind is nodes.Text else alike
        if len(joined) < len(element.children):
            element.children = []
            element.extend(joined)


def _put(
    document: nodes.document,
    forms: dict[str, str],
    node_for: Callable[[nodes.Text, str, str], nodes.Element | None],
) -> None:
    """Put nodes in place of the forms that a document mentions; an empty one before the form.

    `node_for` is given each text, the words found in it and their form.
    """
    finder = pattern(forms)
    for text in _texts(document):
        pieces, done = [], 0
        for match in finder.finditer(text):
            form = " ".join(match[0].split()).replace("’", "'")
            form = form if form in forms else form[0].lower() + form[1:]
            if node := node_for(text, match[0], form):
                pieces += [nodes.Text(text[done : match.start()]), node]
                done = match.end() if node.children else match.start()
        if pieces and text.parent:
            text.parent.replace(text, [*pieces, nodes.Text(text[done:])])


class LinkTerms(SphinxTransform):
    """Link the first mention of each term to the glossary."""

    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Replace words by references; Sphinx resolves them as it does ``{term}``."""
        if self.env.docname in _LISTS or not GLOSSARY.exists():
            return
        uses.note_file(GLOSSARY)
        forms, linked = terms(GLOSSARY.read_text("utf-8")), set[str]()

        def link(text: nodes.Text, words: str, form: str) -> nodes.Element | None:
            in_table = text.parent and isinstance(text.parent.parent, nodes.entry)
            if in_table or forms[form] in linked:
                return None  # a table is looked up, not read
            linked.add(forms[form])
            target = {"reftype": "term", "refdomain": "std", "refexplicit": True, "refwarn": True}
            # Sphinx knows the term as the glossary prints it, with a typeset apostrophe.
            target |= {"reftarget": form.replace("'", "’"), "refdoc": self.env.docname}
            shown = nodes.inline("", words, classes=["std", "std-term"])
            return addnodes.pending_xref("", shown, **target, classes=["glossary-term"])

        _put(self.document, forms, link)


class MarkNames(SphinxTransform):
    """Mark the first mention of each name in each section."""

    default_priority = 865

    def apply(self, **kwargs: Any) -> None:
        """Put an empty place before each mention, and note it for the index."""
        if self.env.docname in _LISTS:
            return
        forms, found = names(), dict[tuple[str, str], str]()
        slug = self.env.docname.removeprefix("chapters/").replace("/", "-")

        def mark(text: nodes.Text, words: str, form: str) -> nodes.Element | None:
            if (mention := (forms[form], _section(text))) in found:
                return None
            found[mention] = f"mention-{slug}-{len(found) + 1}"
            return nodes.inline(classes=["mention"], ids=[found[mention]])

        _put(self.document, forms, mark)
        places = [(name, section, place) for (name, section), place in found.items()]
        self.env.metadata[self.env.docname]["mentions"] = places


def places(env: BuildEnvironment) -> dict[str, list[tuple[str, str, str]]]:
    """Return the names mentioned on each page, each with its section and its place."""
    return {name: env.metadata[name].get("mentions", []) for name in env.all_docs}


def _section(text: nodes.Text) -> str:
    """Return the id of the chapter's own section that a text is in; its opening has its own."""
    inside = [above for above in ancestors(text) if isinstance(above, nodes.section)]
    return inside[-2:][0]["ids"][0] if inside else ""


class name_index(nodes.General, nodes.Element):  # noqa: N801 (docutils writes nodes so)
    """Where the index of one kind of names will stand."""


class NameIndex(SphinxDirective):
    """``{name-index} person``: the names of one kind, each with the sections that mention it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a place that is filled when every chapter has been read."""
        kinds = set(data.load("names")["kind"])
        if self.arguments[0] not in kinds:
            hint = did_you_mean(self.arguments[0], kinds)
            raise self.error(f"there is no kind of name '{self.arguments[0]}'; {hint}")
        return [name_index(kind=self.arguments[0])]


def _sorted_as(headings: pd.Series) -> pd.Series:
    """Sort without regard to capitals and accents."""
    plain = headings.str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii")
    return plain.str.lower()


class FillIndex(SphinxPostTransform):
    """Write the index of names."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Replace each place by its list."""
        for node in list(self.document.findall(name_index)):
            node.replace_self(self._list(node["kind"]))

    def _list(self, kind: str) -> nodes.bullet_list:
        table = data.load("names").query("kind == @kind").sort_values("name", key=_sorted_as)
        of_page, mentioned = places(self.env), defaultdict(list)
        for docname in (paths.relative(path.with_suffix("")) for path in all_chapters()):
            for name, section, place in of_page.get(docname, []):
                mentioned[name].append((docname, section, place))
        listed = nodes.bullet_list(classes=["name-index"])
        for name, note in zip(table["name"], table["note"].fillna(""), strict=True):
            links: dict[str, nodes.reference] = {}  # a chapter without numbers has one for all
            for docname, section, place in mentioned[name]:
                link = self._link(docname, section, place)
                links.setdefault(link.astext(), link)
            if not links:
                continue
            line = nodes.paragraph("", "", nodes.strong("", name))
            if note:
                line += [nodes.Text(" "), nodes.inline("", note, classes=["name-note"])]
            for number, link in enumerate(links.values()):
                line += [nodes.Text(", " if number else ": "), link]
            listed += nodes.list_item("", line)
        return listed

    def _link(self, docname: str, section: str, place: str) -> nodes.reference:
        uri = self.app.builder.get_relative_uri(self.env.docname, docname)
        numbers = self.env.toc_secnumbers.get(docname, {})
        number = numbers.get(f"#{section}") or numbers.get("")
        title = self.env.titles[docname].astext()
        short = docname.rpartition("/")[2].replace("index", "overview").capitalize()
        text = ".".join(map(str, number)) if number else short
        return nodes.reference(
            "", text, refuri=f"{uri}#{place}", internal=True, reftitle=title, classes=["mention"]
        )


def setup(app: Sphinx) -> None:
    """Register what links terms and lists names."""
    app.add_transform(LinkTerms)
    app.add_transform(MarkNames)
    app.add_node(name_index)
    app.add_directive("name-index", NameIndex)
    app.add_post_transform(FillIndex)
