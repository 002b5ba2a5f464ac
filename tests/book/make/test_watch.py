"""Writing with the book open: one build for what was saved, and every page told of it."""

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import Queue
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, expect
from websockets.sync.client import connect

from peru_asia import __main__ as command
from peru_asia import paths
from peru_asia.book.make import watch as watching
from peru_asia.book.make.build_process import Builder
from peru_asia.errors import BookError
from tests.copies import HEADER, copy_to, run

_LONG = 120_000  # milliseconds, for a machine that has other things to do
PAGE = "<!DOCTYPE html><html><body><p>{}</p></body></html>"


class Writer:
    """Watches a folder with a build that a test can hold up and let fail."""

    def __init__(self, root: Path) -> None:
        self.root, self.html = root, root / "_build" / "html"
        for folder in ("chapters", "data", "_build/html"):
            (root / folder).mkdir(parents=True)
        self.toc = root / "_toc.yml"
        self.toc.write_text("")
        (self.html / "index.html").write_text(PAGE.format("one"))
        (self.html / "book.css").write_text("p {}")
        self.builds: Queue[set[str]] = Queue()
        self._opened = ExitStack()
        self.go_on, self.wrong = threading.Event(), ""
        self.go_on.set()
        folders = [root / "chapters", root / "data"]
        self._watch = watching.Watch(self._build, self.html, folders, [self.toc])
        sock = watching._listen(0)
        self.address = f"127.0.0.1:{sock.getsockname()[1]}"
        self._thread = threading.Thread(target=lambda: asyncio.run(self._watch.run(sock)))
        self._thread.start()
        assert self.builds.get(timeout=10) == set()
        time.sleep(0.3)  # until the folders are watched

    async def _build(self, saved: set[Path]) -> str:
        self.builds.put({path.relative_to(self.root).as_posix() for path in saved})
        await asyncio.to_thread(self.go_on.wait)
        return self.wrong

    def save(self, *names: str) -> None:
        for name in names:
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(f"{time.time_ns()}")

    def get(self, page: str, method: str = "GET") -> tuple[bytes, str | None]:
        request = Request(f"http://{self.address}/{page}", method=method)
        with urlopen(request, timeout=10) as answer:
            return answer.read(), answer.headers["ETag"]

    def open(self) -> Callable[[], dict]:
        """Open a page; return what gives the next that it is told."""
        page = self._opened.enter_context(connect(f"ws://{self.address}/_watch"))
        return lambda: json.loads(page.recv(timeout=10))

    def end(self) -> None:
        self._opened.close()
        self.go_on.set()
        self._watch.server.should_exit = True
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    writer = Writer(tmp_path)
    yield writer
    writer.end()


def test_a_page_gets_the_script_on_its_way_only(writer: Writer) -> None:
    page, mark = writer.get("index.html")
    assert page.count(b"<script") == 1
    assert f"data-page={mark}".encode() in page
    assert page.index(b"<p>one") < page.index(b"<script") < page.index(b"</body>")
    assert writer.get("", "HEAD")[1] == mark
    assert (writer.html / "index.html").read_text() == PAGE.format("one")
    assert writer.get("book.css")[0] == b"p {}"
    (writer.html / "index.html").write_text(PAGE.format("two"))
    assert writer.get("index.html", "HEAD")[1] != mark
    assert b"say(error)" in writer.get("_watch/watch.js")[0]


def test_a_page_that_is_not_there_can_come_to_be(writer: Writer) -> None:
    for page in ("chapters/new.html", "index.html"):
        with pytest.raises(HTTPError) as missing:
            writer.get(page)
        assert missing.value.code == 404
        assert b"watch.js" in missing.value.read()
        shutil.rmtree(writer.html, ignore_errors=True)  # as before the first build


def test_saves_within_a_moment_are_one_build(writer: Writer) -> None:
    names = ("chapters/a.md", "chapters/part/b.md", "data/c.csv")
    (writer.root / "chapters/part").mkdir()
    writer.builds.get(timeout=10)
    writer.save(*names)
    assert writer.builds.get(timeout=10) == set(names)
    time.sleep(0.5)
    assert writer.builds.empty()


def test_what_editors_leave_and_what_is_built_starts_nothing(writer: Writer) -> None:
    writer.save("chapters/.a.md.swp", "chapters/a.md~", "data/__pycache__/a.pyc", "chapters/4913")
    writer.save("notes.txt", "_build/html/index.html", "chapters/.ipynb_checkpoints/a.md")
    time.sleep(0.5)
    writer.save("chapters/a.md")
    assert writer.builds.get(timeout=10) == {"chapters/a.md"}


def test_a_named_file_is_seen_each_time_another_takes_its_place(writer: Writer) -> None:
    for _ in range(2):
        writer.save("new")
        (writer.root / "new").replace(writer.toc)
        assert writer.builds.get(timeout=10) == {"_toc.yml"}


def test_a_save_during_a_build_starts_another_after_it(writer: Writer) -> None:
    writer.go_on.clear()
    writer.save("chapters/a.md")
    assert writer.builds.get(timeout=10) == {"chapters/a.md"}
    writer.save("chapters/b.md")
    time.sleep(0.5)
    assert writer.builds.empty()
    writer.go_on.set()
    assert writer.builds.get(timeout=10) == {"chapters/b.md"}


def test_every_page_is_told_what_is_wrong_until_it_is_mended(
    writer: Writer, capfd: pytest.CaptureFixture[str]
) -> None:
    pages = [writer.open(), writer.open()]
    assert [told() for told in pages] == [{"building": False, "error": ""}] * 2
    writer.wrong = "chapters/a.md, line 3: <what> is wrong\n> 3    1 / 0"
    writer.save("chapters/a.md")
    for told in pages:
        assert told() == {"building": True, "error": ""}
        assert told() == {"building": False, "error": writer.wrong}
    assert f"Error: {writer.wrong}\n" in capfd.readouterr().err
    late = writer.open()
    assert late() == {"building": False, "error": writer.wrong}
    wrong, writer.wrong = writer.wrong, ""
    writer.save("chapters/a.md")
    for told in (*pages, late):
        assert told() == {"building": True, "error": wrong}
        assert told() == {"building": False, "error": ""}


def test_a_port_that_is_taken_is_left_alone() -> None:
    with watching._listen(0) as first:
        port = first.getsockname()[1]
        with watching._listen(port) as second:
            assert second.getsockname()[1] not in (0, port)


def test_without_the_packages_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command.importlib.util, "find_spec", lambda name: None)
    result = CliRunner().invoke(command.main, ["watch"])
    assert result.exit_code == 1
    assert "pip install -r requirements-watch.txt" in result.output


def load() -> None:
    raise ImportError("what is wrong is said by the build")


def fail() -> None:
    raise BookError(f"process {os.getpid()}\nfailed")


def crash() -> None:
    os._exit(1)


def slip() -> None:
    raise ZeroDivisionError("a slip in a helper")


def _run(building: Coroutine[object, object, str]) -> str:
    """Run a build in a thread of its own: a browser that a test has used keeps this one's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, building).result()


def test_each_build_has_a_process_of_its_own() -> None:
    builder = Builder(load, fail)
    first, second = (_run(builder.build(set())) for _ in range(2))
    assert re.fullmatch(r"process \d+\nfailed", first)
    assert first != second
    ready = builder._process.pid
    changed = _run(builder.build({paths.SOURCE / "files.py"}))
    assert f"process {ready}\n" not in changed, "it had loaded the module before it changed"
    builder.end()
    assert not builder._process.is_alive()


@pytest.mark.parametrize(("build", "told"), [(crash, "broke off"), (slip, "a slip in a helper")])
def test_a_build_that_breaks_is_told(build: Callable[[], None], told: str) -> None:
    builder = Builder(load, build)
    for _ in range(2):
        assert told in _run(builder.build(set()))
    builder.end()


CHAPTER = (
    HEADER
    + """
# A chapter

The first sentence.

```{code-cell} ipython3
:tags: [hide-input]

print("what the cell says")
```

:::{admonition} A hint
:class: dropdown

It is folded.
:::

"""
    + "A paragraph to scroll over.\n\n" * 60
)


@pytest.mark.slow
def test_a_writer_sees_what_is_saved(tmp_path: Path, browser: Browser) -> None:
    root = copy_to(tmp_path)
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/index\nparts:\n- caption: Part\n  chapters:\n"
        "  - file: chapters/reference/data\n  - file: chapters/reference/bibliography\n"
    )
    chapter = root / "chapters/index.md"
    chapter.write_text(CHAPTER)
    watched = subprocess.Popen(
        [sys.executable, "-m", "peru_asia", "watch", "--port", "0"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = re.search(r"http://\S+/", watched.stdout.readline())[0]
        expect.set_options(timeout=_LONG)
        _write(chapter, f"{address}chapters/", browser)
        pages = [path.read_text("utf-8") for path in root.glob("_build/html/**/*.html")]
        assert pages
        assert not any("_watch" in page for page in pages)
        assert "nothing had changed" in run(root, "html").stdout
        chapter.write_text(CHAPTER.replace("print(", "import time; time.sleep(200); print("))
        started = _until(lambda: _with_kernel(watched.pid))
    finally:
        expect.set_options(timeout=5_000)
        ended = time.monotonic()
        watched.send_signal(signal.SIGINT)
        _, err = watched.communicate(timeout=60)
    assert time.monotonic() - ended < 2
    assert "Traceback" not in err
    assert "leaked" not in err
    _until(lambda: not any(map(_is_alive, started)))


def _write(chapter: Path, address: str, browser: Browser) -> None:
    context = browser.new_context()
    context.set_default_timeout(_LONG)
    page, other = context.new_page(), context.new_page()
    page.goto(f"{address}index.html")  # of which there is none yet
    expect(page.locator("main")).to_contain_text("The first sentence.")
    expect(page.locator("#watch [role=status]")).to_be_hidden()
    other.goto(f"{address}reference/data.html")
    other.evaluate("window.kept = true")

    # What changed shows, and all else is as the reader left it.
    page.locator("main details summary").click()
    page.locator("main .toggle-button").click()
    page.evaluate("scrollTo({ top: 700, behavior: 'instant' })")
    chapter.write_text(CHAPTER.replace("first sentence", "better sentence"))
    expect(page.locator("#watch [role=status]")).to_have_text("Building …")
    expect(page.locator("main")).to_contain_text("The better sentence.")
    assert page.evaluate("scrollY") == 700
    expect(page.locator("main details")).to_have_attribute("open", "")
    expect(page.get_by_text("It is folded.")).to_be_visible()
    page.evaluate("window.kept = true")

    # What is wrong stands on every page, over the last good one.
    chapter.write_text(CHAPTER.replace("print(", "1 / 0; print("))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("chapters/index.md, cell 1, line 19: ZeroDivisionError")
    expect(alert.locator("pre")).to_contain_text('> 19    1 / 0; print("what the cell says")')
    expect(page.locator("main")).to_contain_text("The better sentence.")
    expect(other.get_by_role("alert")).to_contain_text("ZeroDivisionError")
    third = context.new_page()
    third.goto(f"{address}index.html")
    expect(third.get_by_role("alert")).to_contain_text("ZeroDivisionError")
    for theme in ("light", "dark"):
        third.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        assert not Axe().run(third, context="#watch").response["violations"]

    # Mended, it is gone; a page that is as it was has not been loaded again.
    chapter.write_text(CHAPTER.replace("first sentence", "better sentence"))
    for each in (page, other, third):
        expect(each.get_by_role("alert")).to_be_hidden()
    expect(page.locator("#watch [role=status]")).to_be_hidden()
    assert page.evaluate("window.kept")
    assert other.evaluate("window.kept")
    assert page.evaluate("scrollY") == 700


def _with_kernel(pid: int) -> list[psutil.Process]:
    """Return all processes below one, if a kernel is among them."""
    below = list(filter(_is_alive, psutil.Process(pid).children(recursive=True)))
    with suppress(psutil.NoSuchProcess):
        commands = " ".join(str(each.cmdline()) for each in below)
        # A kernel that is a copy of the fork server has its command line too.
        if "ipykernel_launcher" in commands or commands.count("multiprocessing.forkserver") > 1:
            return below
    return []


def _is_alive(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


def _until(found: Callable[[], object], seconds: float = 90) -> object:
    end = time.monotonic() + seconds
    while not (what := found()):
        assert time.monotonic() < end
        time.sleep(0.2)
    return what
