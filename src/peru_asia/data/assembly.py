"""``data/datapackage.yaml``: the whole package in one file, for whoever works with Frictionless.

It is assembled from the descriptors of the tables and never edited by hand.
"""

import json
from typing import Any

from peru_asia import __version__, files, paths
from peru_asia.data.package import Table, package, tables
from peru_asia.data.years import coverage

_HEAD = """\
# The data package: an entry for each table. Written by 'python -m peru_asia data' from
# package.yaml and from the descriptor beside each table; change those.
"""


def assemble() -> None:
    """Write ``data/datapackage.yaml``."""
    files.put(paths.DESCRIPTOR, _text())


def is_current() -> bool:
    """Say whether ``data/datapackage.yaml`` is what would be assembled now."""
    return paths.DESCRIPTOR.exists() and paths.DESCRIPTOR.read_text("utf-8") == _text()


def descriptor() -> dict[str, Any]:
    """Return the descriptor of the whole package, in the words of the standard."""
    known = package()
    return {
        **{part: known[part] for part in ("name", "title", "description")},
        "version": __version__,
        "licenses": [known["licence"]],
        "resources": list(map(_resource, tables().values())),
    }


def _resource(table: Table) -> dict[str, Any]:
    whole = table.resource | {"coverage": coverage(table)}
    return whole | {"schema": whole.pop("schema")}  # which is long, last


def _text() -> str:
    """Return the file: one line for each thing that has no parts of its own to list."""
    return _HEAD + "\n".join(_lines(descriptor()))


def _lines(said: dict[str, Any], indent: str = "") -> list[str]:
    lines = []
    for key, value in said.items():
        if key == "resources":
            lines.append(f"{key}:")
            for each in value:
                first, *others = _lines(each, "  ")
                lines += [f"- {first.lstrip()}", *others]
        elif key == "schema":
            lines += [f"{indent}{key}:", *_lines(value, f"{indent}  ")]
        elif isinstance(value, list) and isinstance(value[0], dict):
            lines += [f"{indent}{key}:", *(f"{indent}- {_json(each)}" for each in value)]
        else:
            lines.append(f"{indent}{key}: {_json(value)}")
    return lines


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)  # which is YAML as well
