"""Static pictures of figures, drawn once and kept by what they show."""

import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from peru_asia import files, paths
from peru_asia.book.cells import drawing
from peru_asia.book.keep import store


def draw(spec: dict[str, Any], width: int) -> str:
    """Draw a spec into the store, unless it is there; return the name of the drawing.

    Raises
    ------
    BookError : if Vega cannot draw it
    """
    name = f"{files.digest(json.dumps(spec, sort_keys=True) + str(width) + pencil())}.svg"
    if not (store.PICTURES / name).exists():
        files.put(store.PICTURES / name, drawing.draw(spec, width))
    return name


@cache
def pencil() -> str:
    """Return the fingerprint of what draws: the same spec may look otherwise with another."""
    fonts = [path.read_bytes() for path in sorted(paths.FONTS.glob("*.ttf"))]
    return (
        version("vl-convert-python")
        + files.digest(b"".join(fonts))
        + files.digest(Path(drawing.__file__).read_bytes())
    )
