"""Formulas: from the MathML of the web page to Typst's notation."""

import re
from collections.abc import Callable

from lxml.html import HtmlElement

_FORMS = {
    "math": "{}", "mrow": "{}", "mstyle": "{}", "msqrt": "sqrt({})", "mfrac": "frac({}, {})",
    "msub": "attach({}, b: {})", "msup": "attach({}, t: {})",
    "msubsup": "attach({}, b: {}, t: {})", "munder": "attach({}, b: {})",
    "mover": "attach({}, t: {})", "munderover": "attach({}, b: {}, t: {})",
}  # fmt: skip
_ACCENTS = {"¯": "overline({})", "^": "hat({})", "~": "tilde({})"}


def formula(element: HtmlElement, unknown: Callable[[HtmlElement], Exception]) -> str:
    """Return a MathML element in Typst's notation; raise `unknown` for one without an equal."""
    text = (element.text or "").strip()
    if element.tag in ("mi", "mn", "mo", "mtext"):
        return _symbol(element, text)
    if element.tag == "mspace":
        return f"#h({element.get('width')})"
    if element.tag not in _FORMS:
        raise unknown(element)
    parts = [formula(child, unknown) for child in element]
    if element.tag == "mover" and (element[1].text or "") in _ACCENTS:
        return _ACCENTS[element[1].text].format(parts[0])
    if element.get("linethickness") == "0":
        return f"vec(delim: #none, {', '.join(parts)})"
    form = _FORMS[element.tag]
    if element.tag == "mstyle" and element.get("displaystyle"):
        form = "display({})" if element.get("displaystyle") == "true" else "inline({})"
    return form.format(*parts) if form.count("{}") > 1 else form.format(" ".join(parts))


def _symbol(element: HtmlElement, text: str) -> str:
    if element.tag == "mtext":
        return f'"{text}"'
    if len(text) > 1 and text.isalpha():
        return f'op("{text}", limits: #{"true" if element.tag == "mo" else "false"})'
    sign = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
    if element.get("minsize"):
        return f"lr(size: #{element.get('minsize')}, {sign})"
    return sign
