"""What chapters gave, kept between builds: results of runs, figures and their drawings.

Figures and drawings are named by their content: the same figure is kept once, a new one never takes
the place of another, and a reader of the store cannot meet half of one.
"""

import json
import re
from pathlib import Path
from typing import Any

from peru_asia import paths
from peru_asia.book.cells import mimes

WORK = paths.BUILD / ".work"
RUNS = WORK / "runs"  # what the cells of each chapter gave
FIGURES = WORK / "figures"  # payloads of figures, by their fingerprint
PICTURES = WORK / "pictures"  # drawings, by theirs
_NAME = re.compile(r'"([0-9a-f]{20})["."]')


def run_file(chapter: str) -> Path:
    """Return where the results of a chapter such as ``trade/partners`` are."""
    return RUNS / f"{chapter.replace('/', '--')}.json"


def read(path: Path) -> dict[str, Any] | None:
    """Return what a file of the store holds; None if it is not there or cannot be read."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def figure(fingerprint: str) -> dict[str, Any]:
    """Return the payload of a figure."""
    return json.loads((FIGURES / f"{fingerprint}.json").read_text("utf-8"))


def picture(name: str) -> str:
    """Return a drawing, as SVG."""
    return (PICTURES / name).read_text("utf-8")


def facts(chapter: str) -> dict[str, dict[str, Any]]:
    """Return the facts that a chapter gave when it ran, by name, in its order."""
    return {
        output["metadata"]["scrapbook"]["name"]: fact
        for cell in (read(run_file(chapter)) or {"cells": []})["cells"]
        for output in cell["outputs"]
        for mime, fact in output.get("data", {}).items()
        if mime.endswith(mimes.NUMBER)  # glue puts a prefix before it
    }


def sweep() -> None:
    """Remove the figures and drawings that no chapter has any more."""
    kept = set[str]()
    for run in RUNS.glob("*.json"):
        kept.update(_NAME.findall(run.read_text("utf-8")))
    for folder in (FIGURES, PICTURES):
        for path in folder.glob("*"):
            if path.stem not in kept:
                path.unlink(missing_ok=True)
