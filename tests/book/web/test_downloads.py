"""The chapters to take away: a page offers its notebook, and the zip runs without the clone."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from docutils import nodes
from docutils.utils import new_document
from IPython.core.inputtransformer2 import TransformerManager
from lxml.html import HtmlElement, fromstring
from markdown_it import MarkdownIt

from peru_asia import files, paths
from peru_asia.book.keep import store
from peru_asia.book.keep.notebook import code_cells
from peru_asia.book.text.chapters import name_of
from peru_asia.book.text.chapters import notebooks as chapters
from peru_asia.book.text.editions import Edition, select
from peru_asia.book.web import downloads, notebook_text
from peru_asia.book.web.journal import Memory
from peru_asia.book.web.notebook_text import file_name
from peru_asia.errors import BookError
from tests.book.conftest import Reader


def names() -> list[str]:
    return [name_of(path) for path in chapters()]


def notebook(book: Path, chapter: str) -> nbformat.NotebookNode:
    return nbformat.read(book / downloads.NOTEBOOKS / file_name(chapter), 4)


def prose(made: nbformat.NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("chapter", names())
def test_a_notebook_reads_like_its_page(book: Path, chapter: str) -> None:
    made = notebook(book, chapter)
    nbformat.validate(made)
    assert not any(cell.get("outputs") for cell in made.cells)
    text = prose(made)
    assert not re.search(r"\{[a-z:-]+\}`|^:::|^```\{|^% ", text, re.M)
    shown = fromstring(MarkdownIt().enable("table").render(text))
    said = {words(each) for each in shown.iter("p", "li", "td", "th", "blockquote")}
    page = fromstring((book / f"chapters/{chapter}.html").read_bytes()).get_element_by_id(
        "main-content"
    )
    for each in page.xpath("//article//*[contains(@class, 'cell_output')] | //p[.//math]"):
        each.drop_tree()
    printed = page.xpath("//article//p[not(@class) and not(parent::td) and not(parent::footer)]")
    assert [words(each) for each in printed if words(each) not in said] == []


@pytest.mark.parametrize("chapter", names())
def test_a_notebook_has_the_code_of_its_chapter(book: Path, chapter: str) -> None:
    """All of it in its order, with the tags, below a cell of its own that finds the helpers."""
    text = (paths.CHAPTERS / f"{chapter}.md").read_text("utf-8")
    chosen = select(text, Edition.READER, chapter)
    code = [cell for cell in notebook(book, chapter).cells if cell.cell_type == "code"]
    assert "peru_asia" in code[0].source
    exercises = len(re.findall(r"^:+\{exercise\}", chosen, re.M))
    assert sum(not cell.source for cell in code) == exercises
    kept = [cell.source for cell in code[1:] if cell.source]
    assert kept == [cell.code for cell in code_cells(chosen)]
    tags = sum("remove-cell" in cell.metadata.get("tags", []) for cell in code)
    assert tags == chosen.count("[remove-cell]")


def test_links_lead_to_works_figures_and_other_notebooks(book: Path) -> None:
    text = prose(notebook(book, "trade/partners"))
    assert re.search(r"Sanborn and Yong \\\[\[2013\]\(https://\S+\)\\\]", text)
    assert re.search(r"\[Fig\. [\d.]+\]\(#fig-destinations\) draws it", text)
    assert re.search(r'<a id="fig-destinations"></a>\*\*Fig\. [\d.]+\*\* Peru’s exports to', text)
    assert "](trade-boom.ipynb)" in text
    everything = "".join(prose(notebook(book, chapter)) for chapter in names())
    anchors = re.findall(r"\]\(([^)#:]+\.ipynb)", everything)
    assert {file_name(chapter) for chapter in names()} >= set(anchors) != set()


def test_a_solution_folds_and_an_exercise_has_room_for_an_answer(book: Path) -> None:
    cells = notebook(book, "trade/partners").cells
    [at] = (n for n, cell in enumerate(cells) if cell.source.startswith("### Exercise 4.1 ("))
    assert "<summary>Hint</summary>" in cells[at].source
    assert (cells[at + 1].cell_type, cells[at + 1].source) == ("code", "")
    assert cells[at + 2].source.startswith("### Solution to Exercise 4.1 (")
    assert cells[at + 2].metadata["jp-MarkdownHeadingCollapsed"]
    assert cells[at + 3].metadata["jupyter"]["source_hidden"]
    answer = next(cell.source for cell in cells[at + 3 :] if cell.cell_type == "markdown")
    assert answer.startswith("<details>\n<summary>Solution</summary>\n\nChina passed")
    assert answer.endswith("</details>")


def test_what_a_notebook_cannot_show_is_an_error(tmp_path: Path) -> None:
    class odd_node(nodes.General, nodes.Element):  # noqa: N801 (docutils writes nodes so)
        pass

    (tmp_path / "a.md").write_text("# A\n\nText\n", "utf-8")
    document = new_document(str(tmp_path / "a.md"))
    document += nodes.paragraph("", "", odd_node())
    document[0].line = 3
    env: Any = SimpleNamespace(domains={"cite": SimpleNamespace(citations=[])})
    with pytest.raises(BookError, match=r"^a\.md, line 3: .* show <odd_node>; give it a form"):
        notebook_text.notebook(document, "a", env)


def test_the_first_cell_installs_the_wheel_or_says_where_it_is(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    ran: list[tuple[str, str]] = []
    shell = SimpleNamespace(run_line_magic=lambda name, line: ran.append((name, line)))
    code = TransformerManager().transform_cell(notebook(book, "trade/boom").cells[0].source)

    def run() -> None:
        exec(code, {"get_ipython": lambda: shell})

    with pytest.raises(ModuleNotFoundError, match="all notebooks with data and code"):
        run()
    (tmp_path / "peru_asia-1-py3-none-any.whl").touch()
    run()
    assert [name for name, _ in ran] == ["pip"]
    assert "wheels[0]" in ran[0][1]


def test_a_page_leads_to_its_notebook(reader: Reader, book: Path) -> None:
    page = reader.open("chapters/trade/partners.html").page
    href = page.get_by_text("This chapter as a notebook").get_attribute("href")
    assert (book / "chapters/trade" / href).resolve().name == "trade-partners.ipynb"
    assert (book / "chapters/trade" / href).resolve().exists()


def test_two_zips_are_the_same_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        monkeypatch.setattr(store, "WORK", tmp_path / f"work-{name}")  # each with its own wheel
        memory = Memory(tmp_path / f"memory-{name}")
        files.put(tmp_path / name / "a.ipynb", "{}")
        files.put(tmp_path / name / "gone.ipynb", "{}")
        downloads.write_notebooks(tmp_path / name, ["chapters/a"], "data", memory.once)
        assert not (tmp_path / name / "gone.ipynb").exists()
    first, second = ((tmp_path / name / downloads.NOTEBOOKS_ZIP).read_bytes() for name in "ab")
    assert first == second


def test_a_downloaded_notebook_runs_with_the_wheel_alone(book: Path, tmp_path: Path) -> None:
    """In an environment that has the pinned packages and, for peru_asia, only the wheel."""
    with zipfile.ZipFile(book / downloads.NOTEBOOKS / downloads.NOTEBOOKS_ZIP) as zipped:
        zipped.extractall(tmp_path)
    folder = tmp_path / "peru-asia-notebooks"
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin" / "python"
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    found = subprocess.run([python, "-c", query], check=True, capture_output=True, text=True)
    site = Path(found.stdout.strip())
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as zipped:
        zipped.extractall(site)
    # Behind the wheel on the path, so that the clone's own peru_asia is not seen.
    (site / "pinned.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(folder / "chapters/trade-partners.ipynb", alone)
    run = (
        "import nbformat, nbclient, peru_asia, sys;"
        "assert peru_asia.__file__.startswith(sys.prefix);"
        "n = nbformat.read('trade-partners.ipynb', 4);"
        "nbclient.NotebookClient(n, timeout=300, kernel_name='python3').execute();"
        "nbformat.write(n, 'done.ipynb')"
    )
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-c", run], cwd=alone, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    outputs = json.dumps(json.loads((alone / "done.ipynb").read_text("utf-8")))
    assert "application/vnd.peru-asia.figure+json" in outputs
    assert str(paths.ROOT) not in outputs  # it read its own data
