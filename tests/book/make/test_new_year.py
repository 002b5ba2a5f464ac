"""A year that comes to the tables: the book builds, and each printed year is its number's."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from peru_asia import paths
from peru_asia.data import assembly, load
from peru_asia.data.package import describe
from tests.copies import copy_to, run
from tests.data.new_year import add_to_reporters, add_year, mend_prices, report, use_copy


@pytest.fixture(scope="module")
def later(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, built from a copy whose tables have an invented year more."""
    root = copy_to(tmp_path_factory.mktemp("later"))
    work = paths.BUILD / ".work"
    for kept in ("runs", "figures", "pictures"):
        shutil.copytree(work / kept, root / "_build/.work" / kept)
    with pytest.MonkeyPatch.context() as patch:
        use_copy(root, patch)
        add_year("trade_by_partner", "year", series_break="false")
        grow("trade_by_partner", "value_usd_m")
        add_year("commodity_prices", "year")
        add_year("macro", "year")
        add_year("conflict_totals", "period_to")
        trade = load("trade_by_partner")
        add_to_reporters(trade[trade["year"] == trade["year"].max()])
        mend_prices([line for line in report() if "is not the mean" in line])
        assembly.assemble()
        assert report() == []
    built = run(root, "html")
    assert built.returncode == 0, built.stdout + built.stderr
    return root / "_build/html"


def grow(table: str, column: str) -> None:
    """Let the invented year be a tenth above the last, or a fact of either would read alike."""
    path = describe(table).path
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    new = frame["year"] == frame["year"].max()
    frame.loc[new, column] = (pd.to_numeric(frame.loc[new, column]) * 1.1).map("{:.6f}".format)
    frame.to_csv(path, index=False, lineterminator="\n")


def test_pages_speak_of_the_new_year(book: Path, later: Path) -> None:
    last = int(load("trade_by_partner")["year"].max())
    answers = [
        " ".join(
            html.parse(each / "chapters/trade/partners.html")
            .getroot()
            .find(".//main")
            .text_content()
            .split()
        )
        for each in (book, later)
    ]
    sentence = "in {} it took 33% of everything that Peru exports"
    assert sentence.format(last) in answers[0]
    assert sentence.format(last + 1) in answers[1]
