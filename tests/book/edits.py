"""How long a build takes after each kind of change, beside the stock way: part of the benchmark."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.book import stock
from tests.copies import copy_to

CHAPTER = "chapters/trade/partners.md"
SENTENCE = ("We conclude that this", "We infer that this")
CELL = ("times(value.CHN[LAST] /", "times(1 * value.CHN[LAST] /")
TABLE = "data/trade/trade_by_partner.csv"
ROW = ("1997,THA,import,20.", "1997,THA,import,21.")
# What each part of a chapter's first seconds costs, in a new Python.
IMPORTS = "from peru_asia import book, charts, data, indicators"
FIRST_FIGURE = """
trade = data.load("trade_by_partner").query("flow == 'export'")
shares = indicators.share(trade, among=data.region("east_asia"))
chart = charts.trade.destination_shares(shares, {"CHN": "China", "JPN": "Japan"})
book.figure(chart, alt="Bars of shares by year from low to high.", tables=["trade_by_partner"])
"""


class Taken(NamedTuple):
    """What a command took: seconds by the clock and of processors, megabytes of one process."""

    wall: float
    used: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:6.1f} s, {self.used:6.1f} s of processors, {self.memory:5.0f} MB"


def taken(command: list[str], folder: Path, path: str) -> Taken:
    """Run a command to its end; the memory is that of the largest of its processes."""
    started = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = subprocess.Popen(command, cwd=folder, env=os.environ | {"PYTHONPATH": path}, **quiet)
    _, status, usage = os.wait4(running.pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} failed in {folder}")
    used = usage.ru_utime + usage.ru_stime
    return Taken(time.perf_counter() - started, used, usage.ru_maxrss / 1024)


def measure() -> None:
    """Print what each kind of change costs."""
    with tempfile.TemporaryDirectory() as folder:
        ours = Path(folder) / "ours"
        ours.mkdir()
        copy_to(ours)

        def build(*arguments: str) -> Taken:
            command = [sys.executable, "-m", "peru_asia", *arguments]
            return taken(command, ours, str(ours / "src"))

        def show(what: str, after: Callable[[], Taken]) -> None:
            print(f"{what:42} {after()}", flush=True)

        show("cold, HTML and PDF", lambda: build("book"))
        show("nothing changed", lambda: build("book"))
        for what, arguments in (("HTML", ["html"]), ("HTML and PDF", ["book"])):
            _edit(ours / CHAPTER, SENTENCE)
            show(f"one sentence, {what}", lambda arguments=arguments: build(*arguments))
            _edit(ours / CHAPTER, SENTENCE[::-1])
            build("book")
        _edit(ours / CHAPTER, CELL)
        show("one cell, HTML", lambda: build("html"))
        _edit(ours / TABLE, ROW)
        show("the table trade_by_partner, HTML", lambda: build("html"))
        show("a preview of one chapter", lambda: build("html", "trade/partners"))
        _kernel(ours)

        other = Path(folder) / "stock"
        other.mkdir()
        stock.make(other)
        path = os.pathsep.join([str(other / "kernel"), str(ours / "src")])
        command = [*stock.COMMAND, "build", str(other)]
        show("the stock way: cold, HTML alone", lambda: taken(command, other, path))
        show("the stock way: nothing changed", lambda: taken(command, other, path))
        _edit(other / CHAPTER, SENTENCE)
        show("the stock way: one sentence", lambda: taken(command, other, path))


def _edit(path: Path, change: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    if change[0] not in text:
        raise RuntimeError(f"{path} does not hold {change[0]!r}")
    path.write_text(text.replace(*change, 1), "utf-8")


def _kernel(root: Path) -> None:
    """Print what importing the package costs, and the first figure after that."""
    code = (
        f"import time\nstart = time.process_time()\n{IMPORTS}\nloaded = time.process_time()\n"
        f"{FIRST_FIGURE}\nprint(f'importing the four namespaces: {{loaded - start:.2f}} s; '"
        "f'the first figure after that: {time.process_time() - loaded:.2f} s')"
    )
    env = os.environ | {"PYTHONPATH": str(root / "src")}
    subprocess.run([sys.executable, "-c", code], cwd=root, env=env, check=True)
