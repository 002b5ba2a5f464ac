"""Formulas: from MathML, as the web page has it, to Typst's notation."""

import re
from collections.abc import Sequence
from html import unescape
from xml.etree.ElementTree import Element

from peru_asia.book.text.mathml import tree
from peru_asia.errors import BookError

_FORMS = {
    "math": "{}", "mrow": "{}", "mstyle": "{}", "mpadded": "{}", "mphantom": "#hide($ {} $)",
    "msqrt": "sqrt({})", "mroot": "root({1}, {0})", "mfrac": "frac({}, {})",
    "msub": "attach({}, b: {})", "msup": "attach({}, t: {})",
    "msubsup": "attach({}, b: {}, t: {})", "munder": "attach({}, b: {})",
    "mover": "attach({}, t: {})", "munderover": "attach({}, b: {}, t: {})",
}  # fmt: skip
_OVER = {
    "¯": "overline({})", "―": "overline({})", "‾": "overline({})", "^": "hat({})", "~": "tilde({})",
    "→": "arrow({})", "˙": "dot({})", "¨": "dot.double({})", "ˇ": "caron({})", "˘": "breve({})",
    "´": "acute({})", "`": "grave({})", "⏞": "overbrace({})",
}  # fmt: skip
_UNDER = {"⏟": "underbrace({})", "_": "underline({})", "―": "underline({})"}
_VARIANTS = {
    "normal": "upright({})", "italic": "italic({})", "bold": "bold(upright({}))",
    "bold-italic": "bold({})", "double-struck": "bb({})", "script": "cal({})",
    "fraktur": "frak({})", "sans-serif": "sans({})", "monospace": "mono({})",
}  # fmt: skip
_ALIGNED = {"left": "& {}", "right": "{} &"}
_BRACKETS = "([{|‖⟨)]}⟩∣∥"


def formula(latex: str) -> str:
    """Return a formula that is written in LaTeX in Typst's notation.

    Raises
    ------
    BookError : if there is something in it that the web page or the PDF cannot show
    """
    math = tree(latex, "block")
    try:
        [whole] = [*math[0]]
    except ValueError:
        return _typst(math, latex)
    if whole.tag == "mtable" and whole.get("columnspacing"):  # lines that are aligned at a sign
        return r" \ ".join(" & ".join(_typst(cell, latex) for cell in row) for row in whole)
    return _typst(math, latex)


def _typst(element: Element, latex: str) -> str:
    text = unescape(element.text or "").strip()
    if element.tag in ("mi", "mn", "mo", "mtext"):
        form = _VARIANTS.get(element.get("mathvariant", ""), "{}")
        return form.format(_symbol(element, text)) if text else '""'
    if element.tag == "mspace" and re.fullmatch(r"-?[\d.]+em", element.get("width", "")):
        return f"#h({element.get('width')})"
    if element.tag == "mtable":
        rows = [", ".join(_cell(cell, latex) for cell in row) for row in element]
        return f"mat(delim: #none, {'; '.join(rows)})"
    if element.tag == "mtd":
        return _row([*element], latex)
    if element.tag not in _FORMS or element.get("mathcolor"):
        raise BookError(f"the PDF has no way to show <{element.tag}> of the formula '{latex}'")
    form = _FORMS[element.tag]
    if form.count("{") == 1:
        if element.tag == "mstyle" and element.get("displaystyle"):
            form = "display({})" if element.get("displaystyle") == "true" else "inline({})"
        return form.format(_row([*element], latex))
    parts = [_typst(child, latex) or '""' for child in element]
    sign = unescape(element[-1].text or "")
    accent = {"mover": _OVER, "munder": _UNDER}.get(element.tag, {}).get(sign)
    if accent:
        return accent.format(parts[0])
    if element.get("linethickness") == "0":
        return f"vec(delim: #none, {', '.join(parts)})"
    if element[0].tag in ("munder", "mover"):  # a brace, and what is said of it
        parts[0] = f"limits({parts[0]})"
    try:
        return form.format(*parts)
    except IndexError as error:
        raise BookError(f"a part of the formula '{latex}' is missing") from error


def _row(children: Sequence[Element], latex: str) -> str:
    """Return elements side by side; the brackets around a table grow with it."""
    parts = [_typst(child, latex) for child in children]
    fenced = [child.tag == "mo" and unescape(child.text or "") in _BRACKETS for child in children]
    for at, child in enumerate(children):
        if child.tag == "mtable" and at and fenced[at - 1]:
            end = min(at + 1, len(parts) - 1)
            end = end if fenced[end] else at
            parts[at - 1], parts[end] = f"lr({parts[at - 1]}", f"{parts[end]})"
    grows = any(child.get("stretchy") == "true" for child in children)
    row = " ".join(part for part in parts if part)
    return f"lr({row})" if grows and "lr(" not in row else row


def _cell(cell: Element, latex: str) -> str:
    return _ALIGNED.get(cell.get("columnalign", ""), "{}").format(_typst(cell, latex) or '""')


def _symbol(element: Element, text: str) -> str:
    literal = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if element.tag == "mtext":
        return literal
    if len(text) > 1 and any(map(str.isalpha, text)):
        return f"op({literal}, limits: #{'true' if element.tag == 'mo' else 'false'})"
    sign = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
    if element.get("minsize"):
        return f"lr(size: #{element.get('minsize')}, {sign})"
    return sign
