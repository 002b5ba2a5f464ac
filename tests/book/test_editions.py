"""Editions: each keeps what it should, and the student's holds no solution in any file."""

import pytest

from peru_asia.book.editions import Edition, select
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
