"""The code of the claims' checks as pages of the book, so that a verdict leads to its test."""

from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from peru_asia import paths

FOLDER = "code"  # in the built book

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


def address(module: str, line: int) -> str:
    """Return the address of a line of a module, from the top of the built book.

    Parameters
    ----------
    module
        Path from the top of the repository, such as ``src/peru_asia/claims/trade.py``.
    line
        Line in it.
    """
    return f"{FOLDER}/{Path(module).stem}.html#line-{line}"


def write(folder: Path) -> None:
    """Write a page for each module of `peru_asia.claims`."""
    folder.mkdir(parents=True, exist_ok=True)
    form = HtmlFormatter(linespans="line", wrapcode=True)
    for source in sorted((paths.SOURCE / "claims").glob("*.py")):
        page = _PAGE.format(
            name=paths.relative(source),
            style=form.get_style_defs("pre"),
            code=highlight(source.read_text("utf-8"), PythonLexer(), form),
        )
        (folder / f"{source.stem}.html").write_text(page, "utf-8")
