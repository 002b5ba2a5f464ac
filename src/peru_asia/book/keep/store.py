"""What chapters gave, kept between builds: results of runs, figures and their drawings.

Figures and drawings are named by their content: the same figure is kept once, a new one never takes
the place of another, and a reader of the store cannot meet half of one.
"""

import json
import re
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from peru_asia import paths
from peru_asia.book.cells import mimes

WORK = paths.BUILD / ".work"
RUNS = WORK / "runs"  # what the cells of each chapter gave
FIGURES = WORK / "figures"  # payloads of figures, by their fingerprint
PICTURES = WORK / "pictures"  # drawings, by theirs
_NAME = re.compile(r'"([0-9a-f]{20})["."]')


class RanCell(TypedDict):
    """A code cell that was run: what `notebook.Cell` says of it, its seconds and its outputs."""

    code: str
    tags: list[str]
    line: int
    seconds: float
    outputs: list[dict[str, Any]]


class Run(TypedDict):
    """A chapter that was run: fingerprints of what it used, its seconds and its cells.

    When its figures have been drawn, `pencil` is the fingerprint of what drew them.
    """

    uses: dict[str, str]
    seconds: float
    cells: list[RanCell]
    pencil: NotRequired[str]


class Kept(TypedDict):
    """What is kept of a figure or a finding beside the run; a figure's has a `credit`."""

    spec: mimes.Spec
    alt: str
    credit: NotRequired[list[str]]


def run_file(chapter: str) -> Path:
    """Return where the results of a chapter such as ``trade/partners`` are."""
    return RUNS / f"{chapter.replace('/', '--')}.json"


def read(path: Path) -> Any:
    """Return what a file of the store holds; None if it is not there or cannot be read."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def run(chapter: str) -> Run | None:
    """Return what the cells of a chapter gave; None if it has not been run."""
    return read(run_file(chapter))


def figure(fingerprint: str) -> Kept:
    """Return what is kept of a figure."""
    return json.loads((FIGURES / f"{fingerprint}.json").read_text("utf-8"))


def picture(name: str) -> str:
    """Return a drawing, as SVG."""
    return (PICTURES / name).read_text("utf-8")


def facts(chapter: str) -> dict[str, mimes.Number]:
    """Return the facts that a chapter gave when it ran, by name, in its order."""
    result = run(chapter)
    return {
        output["metadata"]["scrapbook"]["name"]: fact
        for cell in (result["cells"] if result else [])
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
