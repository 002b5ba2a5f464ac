"""Claims on the pages: numbers that the literature printed, and the code of their checks."""

from importlib import import_module
from pathlib import Path

from docutils import nodes
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer
from sphinx.util.docutils import SphinxRole

from peru_asia import data, files, paths, uses
from peru_asia.book.cells.forms import NBSP, signed
from peru_asia.errors import BookError, did_you_mean
from peru_asia.indicators.lookup import value_at

_UNITS = {"pct": "%", "ratio": f"{NBSP}times"}
_UNITS |= {unit: f"{NBSP}{unit}" for unit in ("years", "days", "km", "ha")}
CODE = "code"  # in the built book
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


def printed(identifier: str) -> tuple[str, str]:
    """Return the value of a claim such as ``C069`` as its source printed it, and the source's key.

    Raises
    ------
    BookError : if there is no such claim (the message suggests the nearest) or it has no number
    """
    claims = data.load("claims")
    if identifier not in set(claims["id"]):
        hint = did_you_mean(identifier, claims["id"])
        raise BookError(f"there is no claim '{identifier}' in data/claims/claims.csv; {hint}")
    row = claims[claims["id"] == identifier]
    value = value_at(row, "value", id=identifier)
    digits = int(value_at(row, "decimals"))
    return _text(value, digits, str(row["unit"].iloc[0])), row["source"].iloc[0]


def _text(value: float, digits: int, unit: str) -> str:
    if unit == "usd_m":
        # Printed in billions where the source's precision is hundreds of millions or coarser.
        if digits <= -2 and abs(value) >= 1000:
            return f"US${NBSP}{signed(value / 1000, max(digits + 3, 0))}{NBSP}billion"
        return f"US${NBSP}{signed(value, max(digits, 0))}{NBSP}million"
    if unit in ("year", "rank"):
        return f"{value:.0f}"
    return signed(value, max(digits, 0)) + _UNITS.get(unit, "")


class Claim(SphinxRole):
    """``{claim}`C069` ``: what a source printed, with its citation.

    ``{claimed}`C069` `` prints the value alone, where the sentence names the source.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the value and, unless it is not wanted, the citation."""
        try:
            value, source = printed(self.text)
        except BookError as error:
            return [], [self.inliner.reporter.error(str(error), line=self.lineno)]
        out: list[nodes.Node] = [nodes.inline("", value, classes=["claim"])]
        if self.name == "claim":
            cite = self.env.get_domain("cite").roles["p"]
            found, messages = cite("cite:p", "", source, self.lineno, self.inliner, {}, [])
            return [*out, nodes.Text(" "), *found], messages
        return out, []


class CheckCode(SphinxRole):
    """``{check}`C079` ``: the number of a claim, which leads to the code of its check, if any."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link or, for a claim without a check, the number alone."""
        if not (place := place_of_check(self.text)):
            return [nodes.Text(self.text)], []
        address = "../" * self.env.docname.count("/") + place
        link = nodes.reference("", self.text, refuri=address, internal=True, classes=["download"])
        return [link], []


def place_of_check(claim: str) -> str | None:
    """Return the address of the check of a claim such as ``C079``, from the top of the built book.

    It is None if there is no check.
    """
    for source in files.walk(_CHECKS, ".py"):
        uses.note_file(source)
    # By name, because what a page shows of a check is where it stands and not what it computes.
    check = import_module("peru_asia.claims").CHECKS.get(claim)
    return f"{CODE}/{Path(check.module).stem}.html#line-{check.line}" if check else None


def write_code(folder: Path) -> None:
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
