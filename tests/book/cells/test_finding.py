"""A finding: what it refuses, what it draws."""

import json
from typing import Any

import altair as alt
import pandas as pd
import pytest

from peru_asia.book import finding
from peru_asia.book.cells import drawing
from peru_asia.book.cells.finding import WIDTH
from peru_asia.book.cells.mimes import FINDING
from peru_asia.charts import sparks, theme
from peru_asia.errors import BookError

SERIES = pd.DataFrame(
    {"year": [2000, 2001, 2003] * 2, "partner": ["CHN"] * 3 + ["USA"] * 3,
     "share": [5.0, 7.0, 33.0, 30.0, 25.0, 13.0]}
)  # fmt: skip
ALT = "Two lines that cross between the first and the last year."
USUAL: dict[str, Any] = {"name": "a", "text": "Words, {bound}.", "bound": "as far as we know",
                         "alt": ALT, "tables": ["trade_by_partner"]}  # fmt: skip


def line() -> alt.LayerChart:
    return sparks.spark_line(
        SERIES, value="share", format=".0f", series="partner", colours=theme.PARTNERS
    )


def drawn(chart: alt.TopLevelMixin) -> str:
    """Return the picture of a finding, as the build draws it."""
    made = finding(chart, **USUAL)
    [width] = made.payload["widths"]
    return drawing.draw(made.payload["spec"], width)


def test_it_carries_text_and_picture() -> None:
    made = finding(line(), **USUAL)
    bundle = made._repr_mimebundle_()
    assert bundle[FINDING]["text"] == bundle["text/plain"] == "Words, as far as we know."
    assert bundle[FINDING]["widths"] == [WIDTH]
    assert json.loads(json.dumps(bundle[FINDING], allow_nan=False)) == bundle[FINDING]
    assert f'width="{WIDTH}"' in bundle["text/html"]
    assert "Words, as far as we know." in bundle["text/html"]


def test_the_build_draws_it_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(drawing.LATER, "1")
    made = finding(line(), **USUAL)
    assert set(made._repr_mimebundle_()) == {FINDING, "text/plain"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"alt": "Two lines."}, "alt="),
        ({"text": "Words."}, r"text= must hold \{bound\}"),
        ({"tables": []}, "tables="),
        ({"tables": ["trade_by_partners"]}, "'trade_by_partner'"),
    ],
)
def test_what_cannot_be_traced_is_refused(given: dict, message: str) -> None:
    with pytest.raises(BookError, match=message):
        finding(line(), **(USUAL | given))


def test_a_line_has_first_and_last_year_and_last_values_and_no_bridge_over_a_gap() -> None:
    picture = drawn(line())
    for words in (">2000<", ">2003<", ">33<", ">13<"):
        assert words in picture
    assert theme.PARTNERS["CHN"] in picture
    lines = picture.count('aria-roledescription="line mark"') or picture.count("mark-line")
    assert lines == 4  # two series, each of 2000-2001 and of 2003


def test_bars_are_named_with_their_values() -> None:
    table = pd.DataFrame({"source": ["Register", "Tracker"], "usd_m": [304.0, 29250.0]})
    chart = sparks.spark_bars(table, item="source", value="usd_m", format=",.0f")
    picture = drawn(chart)
    assert "Register  304" in picture.replace("\u00a0", " ") or "Register 304" in picture
    assert "29,250" in picture
