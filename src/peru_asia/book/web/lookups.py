"""Where Sphinx and its extensions do the same work again and again, and how that is spared.

Nothing here changes what is written: each piece remembers what has been worked out before.
"""

from copy import deepcopy
from functools import cache
from typing import Any

import pybtex.plugin
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinxcontrib.bibtex.domain import BibtexDomain

from peru_asia.book.web import pages
from peru_asia.files import digest


class _WithDoctrees:
    """An environment that unpickles each page once, for those who only look at it."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self.get_doctree = cache(env.get_doctree)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env, name)


class QuickStandardDomain(StandardDomain):
    """Numbered references, without unpickling the page that they lead to for each of them."""

    _seen: Any = None

    def _resolve_numref_xref(
        self, env: BuildEnvironment, *rest: Any, **named: Any
    ) -> nodes.Element | None:
        seen: Any = self._seen or _WithDoctrees(env)
        self._seen = seen
        return super()._resolve_numref_xref(seen, *rest, **named)


class QuickBibtexDomain(BibtexDomain):
    """A bibliography that is set anew only if its works, or who cites them, have changed."""

    def env_updated(self) -> list[str]:
        """Format the works of each bibliography, unless the last build's are still right."""
        cited = sorted({target.key for ref in self.citation_refs for target in ref.targets})
        order = [key.docname for key in self.bibliographies]
        works = [digest(path.read_bytes()) for path in self.bibdata.bibfiles]
        made_from = digest(repr((cited, order, works)))
        if not self.citations or self.data.get("made_from") != made_from:
            super().env_updated()
            self.data["made_from"] = made_from
        return []


def _forget_pages_of_exercises(app: Sphinx, env: BuildEnvironment) -> None:
    # The extension keeps the node itself, which holds on to its whole page: nine tenths of the
    # environment that is read and written in every build. Other pages print its title alone.
    for entry in getattr(env, "sphinx_exercise_registry", {}).values():
        node = entry["node"]
        light = node.copy()
        light += node.children[0].deepcopy()
        for part in light.findall():
            part.document = None
        entry["node"] = light


def _assign_figure_numbers(collector: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    """Assign numbers to figures and the like, unless all pages have the same ones as before."""
    made_from = (env.toctree_includes, env.toc_secnumbers, pages.numbered(env))
    known, numbers = getattr(env, "book_numbers", (None, {}))
    if known == made_from:
        env.toc_fignumbers = deepcopy(numbers)
        return []
    changed = _sphinx_assigns_figure_numbers(collector, env)
    vars(env)["book_numbers"] = deepcopy((made_from, env.toc_fignumbers))
    return changed


_sphinx_assigns_figure_numbers = TocTreeCollector.assign_figure_numbers


def setup(app: Sphinx) -> None:
    """Register what spares Sphinx its repetitions."""
    # It looks through the entry points of all installed packages, for each citation anew. A cache
    # is no function, and `_assign_figure_numbers` no method: the checker would keep them apart.
    pybtex.plugin.find_plugin = cache(pybtex.plugin.find_plugin)  # ty: ignore[invalid-assignment]
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(QuickStandardDomain, override=True)
    app.add_domain(QuickBibtexDomain, override=True)
    TocTreeCollector.assign_figure_numbers = _assign_figure_numbers  # ty: ignore[invalid-assignment]
    app.connect("env-updated", _forget_pages_of_exercises)
