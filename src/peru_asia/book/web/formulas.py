"""Formulas on the pages: MathML, which browsers set without a script."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from peru_asia.book.text.mathml import mathml


def setup(app: Sphinx) -> None:
    """Register the renderer, under the name that ``html_math_renderer`` chooses."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))


def _inline(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def _block(translator: HTML5Translator, node: nodes.math_block) -> None:
    formula = mathml(node.astext(), "block")
    # A formula may be wider than a phone; then it scrolls, and a keyboard must be able to reach it.
    translator.body.append(f'<div class="formula" tabindex="0">{formula}</div>\n')
    raise nodes.SkipNode
