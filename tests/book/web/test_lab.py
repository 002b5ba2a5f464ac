"""The downloaded notebooks, and a chapter's own file, in a real JupyterLab."""

import json
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from peru_asia import files, paths
from peru_asia.book.web import downloads

CHAPTER = "chapters/trade/partners.md"
NOTEBOOK = "chapters/investment-deals.ipynb"
FACTORIES = {".ipynb": "Notebook", ".md": "Jupytext Notebook"}  # by JupyterLab's names


@pytest.fixture(scope="module")
def folder(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of all notebooks, set up as its README says, with a chapter beside it."""
    root = tmp_path_factory.mktemp("lab")
    with zipfile.ZipFile(book / downloads.NOTEBOOKS / downloads.NOTEBOOKS_ZIP) as zipped:
        zipped.extractall(root)
    folder = root / "peru-asia-notebooks"
    readme = (folder / "README.md").read_text("utf-8")
    assert "pip install --requirement requirements.txt" in readme
    uv = [sys.executable, "-m", "uv", "--quiet"]
    subprocess.run([*uv, "venv", "--python", sys.executable, folder / ".venv"], check=True)
    install = [*uv, "pip", "install", "--python", folder / ".venv/bin/python"]
    lock = folder / "requirements.txt"
    subprocess.run([*install, "--require-hashes", "--requirement", lock], check=True)
    [wheel] = folder.glob("*.whl")
    subprocess.run([*install, "--no-deps", wheel], check=True)
    files.put(folder / "pyproject.toml", (paths.ROOT / "pyproject.toml").read_bytes())
    # All cells are on the page, not only those in sight.
    whole = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}
    settings = folder / ".venv/share/jupyter/lab/settings/overrides.json"
    files.put(settings, json.dumps(whole))
    files.put(folder / CHAPTER, (paths.ROOT / CHAPTER).read_bytes())
    return folder


@pytest.fixture(scope="module")
def lab(folder: Path) -> Iterator[str]:
    """The address of a JupyterLab in that folder."""
    own = {name: str(folder / "own") for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    log = folder / "lab.log"  # a pipe that nobody reads would fill
    with log.open("w") as out:
        running = subprocess.Popen(
            [folder / ".venv/bin/jupyter", "lab", "--no-browser", "--allow-root", "--port=0",
             f"--ServerApp.root_dir={folder}", "--IdentityProvider.token=",
             "--LabApp.expose_app_in_browser=True"],
            env=os.environ | own, stderr=out,
        )  # fmt: skip
    while not (found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text("utf-8"))):
        assert running.poll() is None, log.read_text("utf-8")
        time.sleep(0.1)
    yield found[0]
    running.terminate()
    running.wait()


@pytest.fixture
def page(browser: Browser, lab: str) -> Iterator[Page]:
    """A page of JupyterLab that reaches nothing else."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route(lambda url: not url.startswith(lab), lambda route: route.abort())
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"{lab}lab?reset")
    page.wait_for_selector(".jp-DirListing-item")
    yield page
    context.close()


def do(page: Page, command: str, **arguments: str) -> None:
    """Do what an item of JupyterLab's menus does, to the end."""
    then = "([name, given]) => jupyterapp.commands.execute(name, given).then(() => null)"
    page.evaluate(then, [command, arguments])


def open_as_notebook(page: Page, path: str) -> None:
    """Open a file, and wait for its kernel: before, nothing can be run or saved."""
    do(page, "docmanager:open", path=path, factory=FACTORIES[Path(path).suffix])
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()


def drawn(figure: Locator) -> str:
    """Return what a figure shows, as text of its picture's bytes."""
    return figure.locator("canvas").evaluate("canvas => canvas.toDataURL()")


def test_figures_of_a_downloaded_notebook_are_live_without_a_network_and_legible_in_the_dark(
    page: Page,
) -> None:
    do(page, "apputils:change-theme", theme="JupyterLab Dark")
    open_as_notebook(page, NOTEBOOK)
    do(page, "notebook:run-all-cells")
    figure = page.locator(".vega-embed:has(input[type=range])").first
    figure.scroll_into_view_if_needed()
    assert figure.locator("[aria-label]").count()
    assert page.evaluate("document.body.dataset.jpThemeLight") == "false"
    corner = "canvas => [...canvas.getContext('2d').getImageData(1, 1, 1, 1).data]"
    assert figure.locator("canvas").evaluate(corner) == [255, 255, 255, 255]
    before = drawn(figure)
    slider = figure.locator("input[type=range]").first
    slider.focus()
    slider.press("End")
    page.wait_for_timeout(300)
    assert drawn(figure) != before
    canvas = figure.locator("canvas").bounding_box()
    assert canvas
    tooltip = page.locator("#vg-tooltip-element.visible")
    for part, height in product(range(20, 100, 5), range(20, 90, 4)):  # until a mark is met
        page.mouse.move(
            canvas["x"] + canvas["width"] * part / 100,
            canvas["y"] + canvas["height"] * height / 100,
        )
        page.wait_for_timeout(30)
        if tooltip.count():
            break
    assert tooltip.locator("tr").count() > 1


def test_a_chapter_that_is_opened_and_saved_stays_as_it_is(page: Page, folder: Path) -> None:
    before = (folder / CHAPTER).read_text("utf-8")
    changed = (folder / CHAPTER).stat().st_mtime_ns
    open_as_notebook(page, CHAPTER)
    do(page, "docmanager:save")
    assert (folder / CHAPTER).stat().st_mtime_ns > changed
    assert (folder / CHAPTER).read_text("utf-8") == before
