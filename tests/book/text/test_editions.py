"""Editions: each keeps what it should, and the student's holds no solution in any file."""

import pytest

from peru_asia.book.text.editions import Edition, select
from peru_asia.errors import BookError

CHAPTER = """\
# Title

::::{exercise} Read: one
:label: ex-one
Which?
::::

:::{solution-start} ex-one
:label: sol-one
:class: dropdown
:::

The second.

```{code-cell} ipython3
answer = 2
```

:::{solution-end}
:::

Between.

:::{instructor-start}
:::

## For the instructor

Ten minutes.

:::{instructor-end}
:::

The end.
"""


def test_the_reader_has_solutions_and_no_notes() -> None:
    text = select(CHAPTER, Edition.READER, "one.md")
    assert "The second." in text
    assert "solution-start" in text
    assert "instructor" not in text
    assert "Ten minutes." not in text


def test_the_student_has_neither() -> None:
    text = select(CHAPTER, Edition.STUDENT, "one.md")
    for gone in ("solution", "sol-one", "second", "answer", "instructor", "Ten minutes"):
        assert gone not in text
    for kept in ("Which?", "Between.", "The end."):
        assert kept in text


def test_the_instructor_has_everything_but_the_markers_of_the_notes() -> None:
    text = select(CHAPTER, Edition.INSTRUCTOR, "one.md")
    assert "solution-start" in text
    assert "## For the instructor" in text
    assert "instructor-" not in text
    gone = {line for line in CHAPTER.splitlines() if line not in text.splitlines()}
    assert gone == {":::{instructor-start}", ":::{instructor-end}"}


@pytest.mark.parametrize("edition", Edition)
def test_lines_keep_their_numbers(edition: Edition) -> None:
    lines = select(CHAPTER, edition, "one.md").splitlines()
    assert len(lines) == len(CHAPTER.splitlines())
    assert lines.index("The end.") == CHAPTER.splitlines().index("The end.")


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (CHAPTER.replace(":::{solution-end}\n:::\n", ""), "line 22: instructor-start while"),
        (CHAPTER.replace(":::{instructor-end}\n:::\n", ""), "line 24: instructor-start has no end"),
        (CHAPTER.replace(":::{solution-start} ex-one", ""), "line 19: solution-end while nothing"),
        (":::{instructor-start}\n", "line 1: close :::{instructor-start} with ':::'"),
    ],
)
def test_a_marker_without_its_partner_is_named(bad: str, told: str) -> None:
    with pytest.raises(BookError, match=r"^one\.md, line") as raised:
        select(bad, Edition.STUDENT, "one.md")
    assert told in str(raised.value)


SECRET = "::: {solution-start} ex-one\n:label: sol-one\n:::\n\nSECRET\n\n:::{solution-end}\n:::\n"

CUT = {
    "a space": SECRET,
    "spaces": SECRET.replace(":::{", ":::   {"),
    "more colons": SECRET.replace(":::", ":::::"),
    "backticks": SECRET.replace(":::", "````"),
    "tildes": SECRET.replace(":::", "~~~"),
    "capitals": SECRET.replace("solution", "Solution"),
    "a longer end": SECRET.replace("\n:::\n", "\n:::::  \n"),
    "a comment": "% SECRET\n",
    "an indented comment": "- a\n\n  % SECRET\n",
    "a comment of HTML": "<!-- SECRET\n\n```{code-cell}\nSECRET\n```\n\nSECRET -->\n",
}


@pytest.mark.parametrize("case", CUT)
def test_a_solution_is_cut_however_its_markers_are_written(case: str) -> None:
    text = select(f"# Title\n\n{CUT[case]}\nThe end.\n", Edition.STUDENT, "one.md")
    assert "SECRET" not in text
    assert "ol-one" not in text
    assert text.startswith("# Title\n")
    assert text.endswith("The end.\n")


NAMED = {
    "without markers": ":::{solution} ex-one\nSECRET\n:::\n",
    "without markers, with a space": "```  {solution} ex-one\nSECRET\n```\n",
    "indented": "".join(f"  {line}\n" for line in SECRET.splitlines()),
    "with two colons": SECRET.replace(":::", "::"),
    "with no colons": SECRET.replace(":::", ""),
    "without braces": SECRET.replace("{", "").replace("}", ""),
    "with a space for the hyphen": SECRET.replace("-start", " start").replace("-end", " end"),
    "in a list": "- a\n- ```{solution-start} ex-one\n  ```\n  SECRET\n",
    "in a quotation": "> :::{solution-start} ex-one\n> :::\n> SECRET\n",
    "in a block": f"::::{{note}}\n{SECRET}::::\n",
    "in a block of text": f"````text\n{SECRET}````\n",
    "in reStructuredText": "```{eval-rst}\n.. solution:: ex-one\n\n   SECRET\n```\n",
    "an admonition": ":::{admonition} Solution\nSECRET\n:::\n",
    "an answer": ":::{dropdown} Answer to the first\nSECRET\n:::\n",
    "notes": "::: {instructor}\nSECRET\n:::\n",
}


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("case", NAMED)
def test_a_solution_that_would_not_be_cut_is_named(case: str, edition: Edition) -> None:
    with pytest.raises(BookError, match=r"^one\.md, line [34]"):
        select(f"# Title\n\n{NAMED[case]}", edition, "one.md")


def test_what_looks_like_a_comment_in_code_stays() -> None:
    text = "```{code-cell}\n%matplotlib inline\n<!-- x -->\n```\n\n<!-- a --> b\n% c\n"
    kept = "```{code-cell}\n%matplotlib inline\n<!-- x -->\n```\n\n b\n\n"
    assert select(text, Edition.READER, "one.md") == kept


def test_all_that_is_wrong_with_the_markers_is_said() -> None:
    with pytest.raises(BookError) as raised:
        select(f"{NAMED['without markers']}\n:::{{solution-end}}\n:::\n", Edition.READER, "one.md")
    assert [line.partition(": ")[0] for line in str(raised.value).splitlines()] == [
        "one.md, line 5",
        "one.md, line 1",
    ]
