"""The Sphinx side: how Sphinx is run, which pages it writes, and what makes it quick."""

import sys
from types import ModuleType


class _Unused(ModuleType):
    """Stands for a module of which nothing is used."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):  # who looks through all modules asks for their files
            raise AttributeError(name)
        return object


# MyST-NB's own execution, which the build replaces, brings a data base: a tenth of a short build.
# Here, because it must be known before MyST-NB is imported.
for _name in ("", ".base", ".cache", ".cache.db", ".executors", ".executors.utils"):
    sys.modules.setdefault(f"jupyter_cache{_name}", _Unused(f"jupyter_cache{_name}"))
