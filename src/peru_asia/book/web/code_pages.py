"""The code of the claims' checks as pages of the book, so that a verdict leads to its test."""

from importlib import import_module
from pathlib import Path

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer

from peru_asia import files, paths, uses

FOLDER = "code"  # in the built book
_CHECKS = paths.SOURCE / "claims"
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{name}</title>
<meta name="viewport" content="width=device-width">
<style>{style} body{{font-family:sans-serif;margin:1rem}} pre{{line-height:1.4}}
:target{{outline:2px solid #a30d26}} a{{color:#8f0b21}}</style></head>
<body><main><h1>{name}</h1>
<p><a href="../chapters/reference/claims.html">Back to the claims</a></p>
{code}</main></body>
</html>
"""


def place(claim: str) -> str | None:
    """Return the address of the check of a claim such as ``C079``, from the top of the built book.

    It is None if there is no check.
    """
    for source in files.walk(_CHECKS, ".py"):
        uses.note_file(source)
    # By name, because what a page shows of a check is where it stands and not what it computes.
    check = import_module("peru_asia.claims").CHECKS.get(claim)
    return f"{FOLDER}/{Path(check.module).stem}.html#line-{check.line}" if check else None


def write(folder: Path) -> None:
    """Write a page for each module of `peru_asia.claims`."""
    folder.mkdir(parents=True, exist_ok=True)
    form = HtmlFormatter(linespans="line", wrapcode=True)
    for source in files.walk(_CHECKS, ".py"):
        page = _PAGE.format(
            name=paths.relative(source),
            style=form.get_style_defs("pre"),
            code=highlight(source.read_text("utf-8"), PythonLexer(), form),
        )
        files.put(folder / f"{source.stem}.html", page)
