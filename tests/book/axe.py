"""Axe, which finds what keeps people from reading a page."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

_SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# Axe keeps the private parts of every colour in weak maps and sets, which costs half of its time;
# as properties of the colours themselves they cost little. The page is closed after a test.
_QUICK = """class WeakMap {
  constructor(entries) { this.key = Symbol(); for (const [k, v] of entries ?? []) this.set(k, v); }
  has(owner) { return Object.hasOwn(owner, this.key); }
  get(owner) { return owner[this.key]; }
  set(owner, value) { owner[this.key] = value; return this; }
  delete(owner) { return this.has(owner) && delete owner[this.key]; }
}
class WeakSet extends WeakMap {
  constructor(owners) { super([...(owners ?? [])].map(owner => [owner, true])); }
  add(owner) { return this.set(owner, true); }
}"""
# Of the rules that axe follows unless told otherwise, those about colours: of the text against its
# ground, of links against the text around them. All others look at elements, their attributes,
# sizes and whether they are seen, and would find the same again on a page of other colours.
_OF_COLOUR = """axe.getRules(["cat.color"])
  .filter(rule => !rule.tags.includes("wcag2aaa")).map(rule => rule.ruleId)"""


class Axe:
    """Axe on a page.

    Parameters
    ----------
    page
        An open page; changes of it are seen.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        page.evaluate(f"(() => {{ {_QUICK}\n{_SCRIPT}\n}})()")
        self._of_colour = page.evaluate(_OF_COLOUR)
        assert "color-contrast" in self._of_colour

    def violations(self, *, of_colour: bool = False) -> list[str]:
        """Return what is wrong with the page, and where.

        Parameters
        ----------
        of_colour
            Whether to follow only the rules about colours.
        """
        options: dict[str, object] = {"resultTypes": ["violations"]}
        if of_colour:
            options["runOnly"] = {"type": "rule", "values": self._of_colour}
        found = self._page.evaluate("options => axe.run(options).then(r => r.violations)", options)
        return [
            f"{each['id']}: {each['help']}: {[node['target'] for node in each['nodes']][:3]}"
            for each in found
        ]
