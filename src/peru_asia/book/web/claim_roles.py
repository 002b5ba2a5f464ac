"""Numbers that the literature printed, quoted from the table of claims with their citation."""

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from peru_asia import data
from peru_asia.book.cells.forms import NBSP, signed
from peru_asia.book.web import code_pages
from peru_asia.errors import BookError, did_you_mean
from peru_asia.indicators.lookup import value_at

_UNITS = {
    "pct": "%",
    "ratio": f"{NBSP}times",
    "years": f"{NBSP}years",
    "days": f"{NBSP}days",
    "km": f"{NBSP}km",
    "ha": f"{NBSP}ha",
}


def printed(identifier: str) -> tuple[str, str]:
    """Return the value of a claim such as ``C069`` as its source printed it, and the source's key.

    Raises
    ------
    BookError
        If there is no such claim (the message suggests the nearest) or it has no number.
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
        if not (place := code_pages.place(self.text)):
            return [nodes.Text(self.text)], []
        address = "../" * self.env.docname.count("/") + place
        link = nodes.reference("", self.text, refuri=address, internal=True, classes=["download"])
        return [link], []
