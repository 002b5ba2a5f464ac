"""Packages that import a module only when a name of it is used.

A kernel starts sooner, and ``sys.modules`` tells which modules a chapter depends on.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def names(
    package: str, offered: Mapping[str, Sequence[str]]
) -> tuple[list[str], Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__all__``, ``__getattr__`` and ``__dir__`` of a package.

    Parameters
    ----------
    package
        Its ``__name__``.
    offered
        The public names of each module; among them the module's own, if it is public too. A
        module in a room of the package, such as ``kinds.bars``, offers itself if it has none.
    """
    homes = {
        name: module
        for module, some in offered.items()
        for name in some or [module.rpartition(".")[2]]
    }

    def get(name: str) -> Any:
        here = sys.modules[package]
        if name not in homes:
            raise AttributeError(
                f"module '{package}' has no attribute '{name}'", name=name, obj=here
            )
        home = homes[name]
        module = import_module(f"{package}.{home}")
        value = module if name == home or not offered[home] else getattr(module, name)
        setattr(here, name, value)  # found there the next time
        return value

    return sorted(homes), get, lambda: sorted(homes)
