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
# A page has ten thousand texts and fifty to a hundred and fifty looks. What axe says of a text's
# colours follows from what is compared here; of text that lies over something else it says nothing.
_LOOKS = """() => {
  const grounds = new Map([[null, ""]]);
  const ground = element => {
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } =
        getComputedStyle(element);
      grounds.set(element, [ground(element.parentElement),
        backgroundColor, backgroundImage, opacity, filter, mixBlendMode].join());
    }
    return grounds.get(element);
  };
  const looks = new Map();
  for (const element of document.querySelectorAll("body, body *")) {
    const text = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!text || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      continue;
    const { color, fontSize, fontWeight, textShadow, textDecorationLine } =
      getComputedStyle(element);
    const look = [element.localName, color, fontSize, fontWeight, textShadow, textDecorationLine,
      getComputedStyle(element.parentElement).color, ground(element)].join();
    looks.set(look, [...(looks.get(look) ?? []), element].slice(0, 3));
  }
  return [...looks.values()].flat();
}"""


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
        self._of_colour: list[str] = page.evaluate(_OF_COLOUR)
        assert "color-contrast" in self._of_colour

    def violations(self) -> list[str]:
        """Return what is wrong with the page, and where."""
        others = {rule: {"enabled": False} for rule in self._of_colour}
        return self._run("document", {"rules": others}) + self.violations_of_colour()

    def violations_of_colour(self) -> list[str]:
        """Return which texts have the wrong colours: three texts of each look are looked at."""
        only = {"runOnly": {"type": "rule", "values": self._of_colour}}
        return self._run(f"{{ include: ({_LOOKS})() }}", only)

    def _run(self, where: str, options: dict[str, object]) -> list[str]:
        found = self._page.evaluate(
            f"options => axe.run({where}, options).then(result => result.violations)",
            {"resultTypes": ["violations"], **options},
        )
        return [
            f"{each['id']}: {each['help']}: {[node['target'] for node in each['nodes']][:3]}"
            for each in found
        ]
