"""The built book, and a browser that is cut off from the network."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from lxml.html import HtmlElement
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pypdfium2 import PdfDocument

from tests.browser import find


@cache
def text_of(pdf: Path) -> list[str]:
    """Return the text of each page of a PDF as PDFium, the reader in Chrome, finds it.

    Words that the end of a line divides are whole.
    """
    with PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return [page.replace("\r\n", "\n").replace("\x02\n", "") for page in pages]


def selectors(element: HtmlElement) -> set[str]:
    """Return the simple CSS selectors of an element of a page: its name, its classes, and both.

    Beautiful Soup has all of CSS, and takes twenty times as long as lxml for the whole book.
    """
    classes = {f".{name}" for name in element.get("class", "").split()}
    return {element.tag, *classes, *(f"{element.tag}{name}" for name in classes)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    if not (chromium := find()):
        pytest.skip("there is no Chromium here; python -m tests.browser says how to get one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page of the book, and what it did that it should not."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def unfold(self) -> None:
        """Open every hint and solution."""
        folded = ".toggle-hidden > .admonition-title"
        self.page.evaluate(f"document.querySelectorAll('{folded}').forEach(title => title.click())")

    def wait_until_live(self) -> None:
        """Open what is folded, scroll past every figure and wait until all are live."""
        self.unfold()
        figures = self.page.locator(".live-figure")
        for index in range(figures.count()):
            figures.nth(index).scroll_into_view_if_needed()
            self.page.wait_for_function(
                "i => document.querySelectorAll('.live-figure')[i].dataset.state === 'live'",
                arg=index,
            )

    def turn_dark(self) -> None:
        """Let the system ask for dark pages, which the book follows, and wait for the colours."""
        self.page.emulate_media(color_scheme="dark")
        if self.page.locator("html[data-theme]").count():  # pages of code have one look
            self.page.wait_for_selector("html[data-theme=dark]")
        self.page.evaluate("Promise.all(document.getAnimations().map(e => e.finished))")


class Reader:
    """Opens pages of the book as a reader's browser would, without a network."""

    def __init__(self, browser: Browser, book: Path) -> None:
        self._browser, self._book = browser, book
        self._contexts: list[BrowserContext] = []

    def open(self, page: str, *, width: int = 1280, height: int = 900, **options: object) -> Visit:
        """Open a page, given by its path in the book."""
        context = self._browser.new_context(
            offline=True, viewport={"width": width, "height": height}, **options
        )
        self._contexts.append(context)
        context.set_default_timeout(20_000)
        visit = Visit(context.new_page())
        inside = self._book.as_uri()
        visit.page.on(
            "request",
            lambda request: (
                request.url.startswith((inside, "data:", "blob:"))
                or visit.foreign.append(request.url)
            ),
        )
        visit.page.on(
            "console",
            lambda message: (
                message.type in ("error", "warning") and visit.errors.append(message.text)
            ),
        )
        visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
        visit.page.goto(f"{inside}/{page}")
        return visit

    def close(self) -> None:
        """Close every page."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def reader(browser: Browser, book: Path) -> Iterator[Reader]:
    """A reader of the built book."""
    reader = Reader(browser, book)
    yield reader
    reader.close()
