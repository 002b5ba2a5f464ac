"""Which years tables have in common."""

import pandas as pd
import pytest

from peru_asia import data
from peru_asia.errors import BookError


def years(*given: int | None) -> pd.DataFrame:
    return pd.DataFrame({"year": pd.array(given, dtype="Int64"), "value": 1.0})


def test_a_span_is_of_the_years_that_all_have() -> None:
    assert data.span(years(2001, 2002, 2004), years(1999, 2002, 2003, 2004, 2010)) == (2002, 2004)
    assert data.span(years(2003, 2001, None)) == (2001, 2003)
    assert data.span(years(2001, 2002).set_index("year"), years(2002)) == (2002, 2002)
    assert data.span(years(2001).set_index("year")["value"], years(2001)) == (2001, 2001)


def test_a_span_takes_names_and_frames_together() -> None:
    trade = data.load("trade_by_partner")
    last = trade["year"].max()
    korea = trade.query("partner == 'KOR' and flow == 'import'")
    assert data.span("trade_by_partner") == (trade["year"].min(), last)
    # Imports from Korea end before its exports, which a name alone does not tell.
    assert data.span(korea, "trade_by_partner")[1] == korea["year"].max() < last
    macro = data.load("macro")["year"]
    assert data.span("macro", korea) == (macro.min(), min(korea["year"].max(), macro.max()))


def test_tables_without_a_common_year_or_without_years_are_refused() -> None:
    with pytest.raises(BookError, match="no year is in all of macro, a frame"):
        data.span("macro", years(1900))
    with pytest.raises(BookError, match="needs a column 'year', but partners has: partner, name"):
        data.span("macro", "partners")
    with pytest.raises(BookError, match="but timeline has"):
        data.span(data.load("timeline").head())
    with pytest.raises(BookError, match="did you mean 'macro'"):
        data.span("macros")


def test_the_last_day_is_of_a_row_and_not_of_a_page() -> None:
    timeline = data.load("timeline")["date"].astype(str)
    assert data.last_day("timeline") == max(timeline[timeline.str.len() == 10])
    # All tables together know no less than one of them.
    assert data.last_day() >= data.last_day("timeline") > data.last_day("vaccine_doses")
    # The days of trade_quotes are those on which pages were published.
    with pytest.raises(BookError, match="no row of trade_quotes, macro is dated to the day"):
        data.last_day("trade_quotes", "macro")
