"""Formulas as MathML: browsers set it without a script, and the PDF is made from it too."""

import re
from html import escape, unescape
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

from peru_asia.errors import BookError

_KNOWN_AS = {"aligned": "align*", "gathered": "matrix"}
_SIGN = re.compile(r"\\([&%$#_{} ])")  # what LaTeX writes with a backslash, also in plain text


def mathml(formula: str, display: str) -> str:
    """Return a formula as MathML; `display` is ``inline`` or ``block``.

    Raises
    ------
    BookError : if it is no formula that can be shown
    """
    math = tree(formula, display)
    # A reader who cannot see the formula hears it in the notation that it was written in.
    alt = f'<math alttext="{escape(formula)}"'
    return tostring(math, "unicode").replace("<math", alt, 1)


def tree(formula: str, display: str) -> Element:
    """Return a formula as the elements of MathML; errors as `mathml`."""
    known = formula
    for name, other in _KNOWN_AS.items():
        known = known.replace(f"{{{name}}}", f"{{{other}}}")
    try:
        math = convert_to_element(known, display=display)
    except Exception as error:
        raise BookError(f"the formula '{formula}' is not LaTeX: {type(error).__name__}") from error
    for element in math.iter():
        text = element.text or ""
        if element.tag == "mtext":
            text = _SIGN.sub(r"\1", text)
        if "\\" in text or text == "&":
            raise BookError(f"the formula '{formula}' has '{text}', which the book cannot show")
        element.text = unescape(text) or None
    return math
