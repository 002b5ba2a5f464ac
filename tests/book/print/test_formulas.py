"""Formulas in the notation of Typst, which sets what the web page shows."""

import pytest
import typst

from peru_asia.book.print.formulas import formula
from peru_asia.book.text.mathml import mathml
from peru_asia.errors import BookError

SET = [
    *(r"\text{a \& b}", r'\text{the "real" rate}', r"5\%", r"\mathrm{GDP}_{t}", r"\text{US\$}"),
    *(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", r"\begin{gathered}a\\b\end{gathered}"),
    r"f = \begin{cases} \frac{1}{2} & \text{if } x>0 \\ 0 & x\le 0\end{cases}",
    *(r"\begin{pmatrix}a&b\\c&d\end{pmatrix} + y", r"\begin{array}{lr}a&b\\c&d\end{array}"),
    r"\left\{\begin{aligned}a&=b\\c&=d\end{aligned}\right.",
    *(r"\mathbb{R}", r"\mathcal{L}", r"\boldsymbol{\beta}", r"\sum_{i=1}^{n} x_i", r"\hat{\beta}"),
    *(r"x'", r"a''", r"\left\{ a \right.", r"\log_{10} x", r"\text{año}", r"\vec{x}", r"\dot{x}"),
    *(r"\bar{x}", r"\sqrt[3]{x}", r"\overline{ab}", r"\widehat{ab}", r"\epsilon, \varepsilon"),
    *(r"{}^{2}H", r"x_{}", r"\underbrace{a+b}_{c}", r"a \; b \quad c", r"1{,}000", r"\prod"),
    *(r"\frac{\partial y}{\partial x}", r"\binom{n}{k}", r"\max_{x}", r"\argmax_x", r"a/b"),
    *(r"\operatorname{HHI}", r"\left( \frac{a}{b} \right)", r"x \mid y", r"\lvert x \rvert"),
    *(r"\Delta \ln X_{ij}^{k,t}", r"\#", r"\int_0^1 f\,dx", r"\phantom{a}", r"\tfrac{1}{2}"),
    *(r"\sum_{\substack{i\\j}} x", r"\overset{d}{=}", r"\dfrac{a}{b}", r"\lim_{n\to\infty}"),
]


@pytest.mark.parametrize("latex", SET)
def test_what_the_web_page_shows_is_set(latex: str) -> None:
    assert "\\" not in mathml(latex, "inline").partition(">")[2]
    typst.compile(f"$ {formula(latex)} $".encode(), format="svg")


def test_all_is_set_together() -> None:
    typst.compile(" ".join(f"${formula(latex)}$" for latex in SET).encode())


@pytest.mark.parametrize(
    ("latex", "typst_text"),
    [
        (r'\text{the "real" rate}', '"the\xa0\\"real\\"\xa0rate"'),
        (r"\sqrt[3]{x}", "root(3, x)"),
        (r"x_{}", 'attach(x, b: "")'),
        (r"\begin{aligned}a&=b\\&=c\end{aligned}", r'a & "" \= b \  & "" \= c'),
        (r"\begin{pmatrix}a&b\end{pmatrix}", r"lr(\( mat(delim: #none, a, b) \))"),
        (r"\underbrace{a}_{c}", "attach(limits(underbrace(a)), b: c)"),
    ],
)
def test_the_notation_of_typst(latex: str, typst_text: str) -> None:
    assert formula(latex) == typst_text


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"\cancel{x}", r"no way to show <menclose> of the formula '\\cancel{x}'"),
        (r"\color{red}{x}", "no way to show <mstyle> of"),
        (r"\text{C:\textbackslash n}", r"has 'C:\\textbackslash"),
        (r"\nonsense{x}", r"the formula '\\nonsense{x}' has '\\nonsense'"),
        ("a_b_c", "the formula 'a_b_c' is not LaTeX"),
        ("a & b", "has '&', which the book cannot show"),
        (r"\frac{1}", r"a part of the formula '\\frac\{1\}' is missing"),
        ("", "the formula '' is not LaTeX"),
    ],
)
def test_what_cannot_be_shown_is_refused(latex: str, message: str) -> None:
    with pytest.raises(BookError, match=message):
        formula(latex)
