"""Formulas as MathML: browsers set it without a script, and the PDF is made from it too."""

from html import escape

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def _inline(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def _block(translator: HTML5Translator, node: nodes.math_block) -> None:
    formula = mathml(node.astext(), "block")
    # A formula may be wider than a phone; then it scrolls, and a keyboard must be able to reach it.
    translator.body.append(f'<div class="formula" tabindex="0">{formula}</div>\n')
    raise nodes.SkipNode


def mathml(formula: str, display: str) -> str:
    """Return a formula as MathML; `display` is ``inline`` or ``block``."""
    # A reader who cannot see the formula hears it in the notation that it was written in.
    alt = f'<math alttext="{escape(formula)}"'
    return convert(formula, display=display).replace("<math", alt, 1)


def setup(app: Sphinx) -> None:
    """Register the renderer, under the name that ``html_math_renderer`` chooses."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
