"""The pages that show the code of the claims' checks."""

from pathlib import Path

from bs4 import BeautifulSoup

from peru_asia.book.web import claims
from peru_asia.claims import CHECKS


def test_every_check_has_a_line_on_a_page(tmp_path: Path) -> None:
    claims.write_code(tmp_path / claims.CODE)
    pages = {path.name: BeautifulSoup(path.read_text("utf-8"), "lxml")
             for path in tmp_path.rglob("*.html")}  # fmt: skip
    for claim, check in CHECKS.items():
        page, _, anchor = claims.place_of_check(claim).partition("#")
        assert (tmp_path / page).is_file()
        assert pages[Path(page).name].find(id=anchor), check


def test_the_line_is_that_of_the_check(tmp_path: Path) -> None:
    claims.write_code(tmp_path / claims.CODE)
    page, _, anchor = claims.place_of_check("C079").partition("#")
    shown = BeautifulSoup((tmp_path / page).read_text("utf-8"), "lxml")
    assert shown.find(id=anchor).get_text().startswith(("@check(", "def "))
