"""What is kept of each page in Sphinx's environment, for as long as the page is as it was read."""

from typing import Generic, TypeVar

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

Kept = TypeVar("Kept")


class ByPage(Generic[Kept]):
    """Something by page: forgotten when a page is read anew, brought along from another process.

    Parameters
    ----------
    attribute
        Its name in the environment.
    """

    def __init__(self, attribute: str) -> None:
        self._attribute = attribute

    def __call__(self, env: BuildEnvironment) -> dict[str, Kept]:
        """Return what is kept, by page."""
        if not hasattr(env, self._attribute):
            setattr(env, self._attribute, {})
        return getattr(env, self._attribute)

    def setup(self, app: Sphinx) -> None:
        """Follow what happens to the pages."""
        app.connect("env-purge-doc", self._forget)
        app.connect("env-merge-info", self._merge)

    def _forget(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        self(env).pop(docname, None)

    def _merge(
        self, app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment
    ) -> None:
        theirs = self(other)
        self(env).update({name: theirs[name] for name in docnames if name in theirs})
