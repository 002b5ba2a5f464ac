"""Which pages must be written: a page's fingerprint is that of all that it shows.

A page shows its own chapter, and from elsewhere: the numbers and titles of what it refers to, the
labels of works that it cites, numbers of other chapters, and what frames every page (the contents,
the style). While a page is read, it is noted what it refers to; when all have been read, that is
looked up. What nobody here knows how to look up counts as changed whenever anything has. What is
noted of a page stands in Sphinx's ``env.metadata``, which forgets it when the page is read anew.
"""

import json
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from myst_nb.ext.glue.crossref import read_glue_cache
from myst_nb.ext.glue.utils import PendingGlueReference
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.nodes import bibliography

from peru_asia.book.web import mentions
from peru_asia.book.web.figure_node import live_figure
from peru_asia.files import digest


class Page(NamedTuple):
    """A page, as it was read."""

    own: str  # fingerprint of its own
    shown: list[tuple[str, str]]  # what it shows from elsewhere: kind and target
    figures: list[str]
    numbered: str  # fingerprint of what Sphinx numbers on it, with the sections in between


def _note(app: Sphinx, document: nodes.document) -> None:
    """Note of a page that has been read what it shows."""
    found: set[tuple[str, str]] = set()
    figures, numbered = [], []
    std = app.env.domains["std"]
    for node in document.findall(nodes.Element):
        if kind := std.get_enumerable_node_type(node):
            has_title = kind == "section" or bool(std.get_numfig_title(node))
            numbered.append((kind, node["ids"], has_title))
        match node:
            case live_figure():
                figures.append(node["name"])
            case pending_xref():
                kind = f"{node.get('refdomain', '')}:{node['reftype']}"
                # One with words of its own does not show the title of what it leads to.
                kind = kind.replace("std:ref", "std:numref") if node.get("refexplicit") else kind
                found.add((kind, node["reftarget"]))
            case PendingGlueReference():
                found.add(("glue", f"{node.refdoc}::{node.key}"))
            case bibliography() | mentions.name_index():
                found.add((node.tagname, ""))
    own = digest(document.pformat() + digest(Path(document["source"]).read_bytes()))
    page = Page(own, sorted(found), figures, _text(numbered))
    app.env.metadata[app.env.docname]["page"] = page


def _pages(env: BuildEnvironment) -> dict[str, Page]:
    return {name: env.metadata[name]["page"] for name in env.all_docs}


def figures(env: BuildEnvironment) -> set[str]:
    """Return the names of all figures of the book."""
    return {name for page in _pages(env).values() for name in page.figures}


def numbered(env: BuildEnvironment) -> dict[str, str]:
    """Return of each page what Sphinx numbers on it."""
    return {name: page.numbered for name, page in _pages(env).items()}


def fingerprints(env: BuildEnvironment, frame: str) -> dict[str, str]:
    """Return the fingerprint of each page, when all have been read.

    `frame` is that of what frames every page besides the contents.
    """
    look_up = _Elsewhere(env)
    heads = {
        name: (title.astext(), env.toc_secnumbers.get(name, {}).get(""))
        for name, title in env.titles.items()
    }
    framed = digest(frame + _text([heads, env.toctree_includes]))
    made = {}
    for name, (own, shown, *_) in _pages(env).items():
        numbers = _text([env.toc_secnumbers.get(name), env.toc_fignumbers.get(name)])
        elsewhere = _text([look_up(kind, target) for kind, target in shown])
        made[name] = digest(framed + own + numbers + elsewhere)
    return made


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)


class _Elsewhere:
    """What pages show of each other."""

    def __init__(self, env: Any) -> None:  # in which extensions keep what is theirs
        self._env, self._std = env, env.domains["std"]
        self._works = {
            work.key: [work.citation_id, work.formatted_entry.label, repr(work.entry)]
            for work in env.domains["cite"].citations
        }

    def __call__(self, kind: str, target: str) -> Any:
        match kind:
            case "std:ref":
                return self._place(target)
            case "std:numref":
                return self._place(target)[:3]
            case "bibliography":
                return self._works
            case "name_index":
                return [mentions.places(self._env), self._env.toc_secnumbers]
            case "std:term":
                return self._std._terms.get(target.lower())
            case "std:doc":
                return None  # shows a title, as the frame of every page does
            case "cite:t" | "cite:p":
                return [self._works.get(work.key) for work in parse_citation_targets(target)]
            case "glue":
                chapter, _, name = target.partition("::")
                return read_glue_cache(self._env.mystnb_config.output_folder, chapter).get(name)
        return self._everything

    def _place(self, label: str) -> Any:
        known = self._std.labels.get(label) or self._std.anonlabels.get(label, ("", ""))
        docname, place, *title = known
        section = self._env.toc_secnumbers.get(docname, {}).get(f"#{place}")
        numbers = [of.get(place) for of in self._env.toc_fignumbers.get(docname, {}).values()]
        return [docname, place, [section, *numbers], title]

    @cached_property
    def _everything(self) -> str:
        env = self._env
        places = [self._std.labels, self._std.anonlabels, env.toc_secnumbers, env.toc_fignumbers]
        return digest(_text([self._works, *places]))


def setup(app: Sphinx) -> None:
    """Register what notes what pages show."""
    app.connect("doctree-read", _note, priority=900)
