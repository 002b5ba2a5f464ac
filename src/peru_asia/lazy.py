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
        module in a room of the package is named with it: ``kinds.bars``.
    """
    homes = {name: module for module, some in offered.items() for name in some}

    def get(name: str) -> Any:
        here = sys.modules[package]
        if name not in homes:
            raise AttributeError(
                f"module '{package}' has no attribute '{name}'", name=name, obj=here
            )
        module = import_module(f"{package}.{homes[name]}")
        value = module if name == homes[name].rpartition(".")[2] else getattr(module, name)
        setattr(here, name, value)  # found there the next time
        return value

    return sorted(homes), get, lambda: sorted(homes)
