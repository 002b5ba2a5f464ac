"""A finding says no more than its chapter: half a sentence of the chapter bounds it."""

from pathlib import Path

import pytest

from peru_asia import paths
from peru_asia.book.text import bounds

CELL = """# Index

```{{code-cell}} ipython3
:tags: [remove-input]

book.finding(
    line, name="a", tables=["a"], alt="Lines.",
    text="**A market.** It grew, {{bound}}. {link}",
    bound="but {{glue:text}}`trade/a.md::n` years "
          "are missing")
```
"""
LINK = "{doc}`Partners <trade/a>`"
SAID = "# A\n\nExports grew, but {glue:text}`n`\nyears are missing.\n"


@pytest.mark.parametrize(
    ("link", "said", "wrong"),
    [
        (LINK, SAID, ""),
        (LINK, SAID.replace("missing", "left out"), "is not in chapters/trade/a.md: 'but"),
        (LINK, SAID.replace("`n`", "`m`"), "is not in chapters/trade/a.md: 'but"),
        ("", SAID, "is not in a chapter that it names"),
    ],
)
def test_the_bound_of_a_finding_stands_in_its_chapter(
    link: str, said: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "CHAPTERS", tmp_path)
    (tmp_path / "trade").mkdir()
    (tmp_path / "trade/a.md").write_text(said, "utf-8")
    index = tmp_path / "index.md"
    index.write_text(CELL.format(link=link), "utf-8")
    found = list(bounds.problems(index))
    assert len(found) == bool(wrong)
    assert all(each.startswith("line 3: the finding's bound= ") and wrong in each for each in found)


def test_every_finding_of_the_book_is_bounded() -> None:
    assert (paths.CHAPTERS / "index.md").read_text("utf-8").count("bound=") == 10
    assert list(bounds.problems(paths.CHAPTERS / "index.md")) == []
