"""One run of Sphinx, in this process: from the staged chapters to the pages of the web book."""

import gc
import io
import re
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from peru_asia import files, paths
from peru_asia.book.keep import fingerprint
from peru_asia.book.text.editions import Edition
from peru_asia.book.web.builder import BookBuilder
from peru_asia.book.web.journal import Memory
from peru_asia.errors import BookError

_TOLD = 20  # complaints of Sphinx that are shown
# The roots of what reads and writes pages.
_ROOTS = ("peru_asia.book.web.run", "peru_asia.book.web.extension")
# Of Jupyter Book's: no page runs code or has comments; both would load scripts from other hosts.
_UNUSED = ("sphinx_thebe", "sphinx_comments")
# What Sphinx says of references that lead to other chapters, where there are none.
_MISSING = re.compile(
    r".*WARNING: (?:undefined label|unknown document|term not in glossary|Failed to create a cross"
    r"|Glue reference .* not found in doc).*\n?"
)
_JOBS = 2  # pages that are read or written side by side; more would need more memory


def run(edition: Edition) -> BookBuilder:
    """Read and write the pages of an edition that need it; return the builder, which says which.

    Raises
    ------
    BookError : if Sphinx, or an extension, complains of anything
    """
    _start_afresh_if_needed(edition)
    said = io.StringIO()
    gc.disable()  # a run of many living objects gives Python's search for garbage none to find
    try:
        with (
            patch_docutils(None),
            docutils_namespace(),
            redirect_stdout(io.StringIO()),
            redirect_stderr(said),
        ):
            builder = _build(edition, said)
    except (SphinxError, BookError) as error:
        raise BookError(_told(edition, f"{said.getvalue()}\n{error}")) from error
    finally:
        gc.enable()
    text, memory = said.getvalue(), builder.memory
    if edition is Edition.PREVIEW:
        builder.missing = _MISSING.findall(text)
        text = _MISSING.sub("", text)
    if not memory.machinery:
        memory.machinery = fingerprint.of(fingerprint.reached(*_ROOTS) | {fingerprint.ENVIRONMENT})
    if not re.search("WARNING|ERROR|Error", text):
        memory.save([])
        return builder
    # It complains again in the next run, unless it has been mended.
    for name in builder.written_now:
        memory.pages.pop(name, None)
    memory.save(builder.read_now)
    raise BookError(_told(edition, text))


def load() -> None:
    """Load what Sphinx would when a run begins, so that the run need not wait for it."""
    for name in _config(paths.ROOT)["extensions"]:
        import_module(name)


def _build(edition: Edition, warning: io.StringIO) -> BookBuilder:
    app = Sphinx(
        srcdir=edition.source,
        confdir=None,
        outdir=edition.pages,
        doctreedir=edition.doctrees,
        buildername="html",
        confoverrides=_config(edition.source),
        status=None,
        warning=warning,
        parallel=_JOBS,
    )
    app.setup_extension("sphinx_multitoc_numbering")
    # It numbers sections when all pages have been read, so it is safe; it does not say so.
    numbering = app.extensions["sphinx_multitoc_numbering"]
    numbering.parallel_read_safe = numbering.parallel_write_safe = True
    app.build()
    return cast(BookBuilder, app.builder)


def _config(source: Path) -> dict[str, Any]:
    config, _ = get_final_config(
        user_yaml=source / paths.CONFIG.name,
        sourcedir=source,
        cli_config={"latex_individualpages": False, "nitpicky": True},
        use_external_toc=True,
    )
    config["extensions"] = [name for name in config["extensions"] if name not in _UNUSED]
    config.pop("comments_config", None)
    return config


def _start_afresh_if_needed(edition: Edition) -> None:
    """Forget all pages if what reads and writes them has changed."""
    known = Memory(edition.doctrees).machinery
    if not known or not fingerprint.same(known):
        # The last is where MyST-NB puts what was glued.
        for folder in (edition.doctrees, edition.pages, edition.work / "jupyter_execute"):
            files.remove(folder)


def _told(edition: Edition, text: str) -> str:
    """Return what Sphinx complained of, in the reader's names of the files."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text).replace(f"{edition.source}/", "")
    log = edition.work / "sphinx.log"
    files.put(log, plain)
    told = list(dict.fromkeys(line for line in plain.splitlines() if line.strip()))
    if len(told) > _TOLD:
        told = [*told[: _TOLD - 3], f"… {len(told) - _TOLD} more …", *told[-3:]]
    return "\n".join(["Jupyter Book failed:", *told, f"The whole log is in {paths.relative(log)}."])
