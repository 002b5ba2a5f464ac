"""Packages that import a module only when a name of it is used.

A kernel starts sooner, and ``sys.modules`` tells which modules a chapter depends on.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any


class _Package(ModuleType):
    """A package whose modules complete to their public names, whoever imports them."""

    def __setattr__(self, name: str, value: object) -> None:
        if isinstance(value, ModuleType):
            value.__dir__ = partial(_public, value)
        super().__setattr__(name, value)


def _public(module: ModuleType) -> list[str]:
    """Return the names that a module makes itself, but for its private ones."""
    imported = {
        alias.asname or alias.name
        for statement in ast.parse(inspect.getsource(module)).body
        if isinstance(statement, ast.Import | ast.ImportFrom)
        for alias in statement.names
    }
    return sorted(name for name in vars(module) if name[0] != "_" and name not in imported)


def names(
    package: str, offered: Mapping[str, Sequence[str]]
) -> tuple[list[str], Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__all__``, ``__getattr__`` and ``__dir__`` of a package.

    Parameters
    ----------
    package : its ``__name__``
    offered : the public names of each module; among them the module's own, if it is public too. A
        module in a room of the package, such as ``kinds.bars``, offers itself if it has none.
    """
    sys.modules[package].__class__ = _Package
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
