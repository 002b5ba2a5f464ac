"""Measure the built book: ``python -m tests.book.benchmark``. No test depends on these numbers.

Prints how long a build takes after each kind of change, beside the stock way (what that is,
`tests.book.stock` says); then, for each page with figures, what crosses the wire (gzip, without
Vega, which browsers keep) and how long a figure takes from coming into view to being live, on a
CPU slowed four times; and how long Typst takes to set the PDF: the median of several runs.
"""

import gzip
import re
import resource
import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from peru_asia.book.make import build
from peru_asia.book.print import pdf
from peru_asia.book.text.editions import Edition
from tests.book import edits
from tests.browser import find

WEB = Edition.READER.html
SLOWDOWN = 4
RUNS = 5


def weight(page: Path) -> int:
    """Return the gzipped bytes of a page, its own scripts, styles and the fonts that it uses."""
    text = page.read_text("utf-8")
    parts = [page]
    for address in re.findall(r'(?:src|href)="([^"#?]+\.(?:js|css))', text):
        part = (page.parent / address).resolve()
        if part.exists() and part.name != "vega-bundle.js":
            parts.append(part)
    # Fonts are compressed already, and asked for as the text needs them.
    fonts = sum(font.stat().st_size for font in (WEB / "_static/fonts").glob("*.woff2"))
    return fonts + sum(len(gzip.compress(part.read_bytes())) for part in set(parts))


def seconds_to_live(browser: Browser, page: Path) -> list[float]:
    """Return for each figure the seconds from coming into view to being live."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    tab.goto(page.as_uri())
    taken = []
    for index in range(tab.locator(".live-figure:visible").count()):
        started = time.perf_counter()
        tab.locator(".live-figure:visible").nth(index).scroll_into_view_if_needed()
        tab.wait_for_function(
            "i => document.querySelectorAll('.live-figure')[i].dataset.state === 'live'",
            arg=index, polling=10,
        )  # fmt: skip
        taken.append(time.perf_counter() - started)
    context.close()
    return taken


def main() -> None:
    """Print all measurements."""
    edits.measure()
    build.build()
    pages = sorted(page for page in WEB.rglob("*.html")
                   if 'class="live-figure' in page.read_text("utf-8"))  # fmt: skip
    weights, chromium = [], find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for page in pages:
            weights.append(weight(page))
            taken = seconds_to_live(browser, page)
            print(f"{page.relative_to(WEB)}: {weights[-1] / 1000:.0f} kB; seconds to live: "
                  + ", ".join(f"{seconds:.2f}" for seconds in taken))  # fmt: skip
        browser.close()
    if weights:
        print(f"median page: {statistics.median(weights) / 1000:.0f} kB")
    setting()


def setting() -> None:
    """Print how long the PDF takes from the fragments of its pages; Typst runs apart each time."""
    walls, used = [], []
    for _ in range(RUNS):
        started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        pdf.make(Edition.READER, None, "a4")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls.append(time.perf_counter() - started)
        used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    wall, cores, memory = statistics.median(walls), statistics.median(used), after.ru_maxrss / 1024
    print(f"PDF: {wall:.1f} s, {cores:.1f} s of processors for Typst, {memory:.0f} MB of memory")


if __name__ == "__main__":
    main()
