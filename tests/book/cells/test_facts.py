from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from peru_asia import book, data
from peru_asia import indicators as ind
from peru_asia.book import Facts, count, pct, usd, year
from peru_asia.book.cells import drawing
from peru_asia.book.cells.words import Reader
from peru_asia.errors import BookError

TABLE = "trade_by_partner"
LAST = 2024


@pytest.fixture(autouse=True)
def shell(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
    InteractiveShell.instance()
    yield
    InteractiveShell.clear_instance()


@pytest.fixture
def facts() -> Facts:
    return book.facts(TABLE)


def glued(facts: Facts, **printed: Any) -> dict[str, Any]:
    """What MyST-NB gets of the one fact that is added."""
    with capture_output() as captured:
        facts.add(**printed)
    [output] = captured.outputs
    assert captured.stdout == ""
    assert output.metadata["scrapbook"]["name"] == next(iter(printed))
    # The form in which it looks for what {glue:text} prints; nothing that a page would show.
    return {
        name.removeprefix("application/papermill.record/"): v for name, v in output.data.items()
    }


def test_a_fact_keeps_value_form_and_digits_and_where_it_comes_from(facts: Facts) -> None:
    found = glued(facts, share_china=pct(100 / 3))
    assert found["text/plain"] == "'33.3%'"
    payload = found["application/vnd.peru-asia.number+json"]
    assert (payload["value"], payload["form"], payload["digits"]) == (100 / 3, "pct", 1)
    assert payload["tables"] == {TABLE: data.describe(TABLE).vintage}


def test_the_expression_is_that_inside_the_form(facts: Facts) -> None:
    value = {"CHN": 7.0, "JPN": 8.0}
    facts.add(
        china=usd(
            value["CHN"] / 2,
            0,
        ),
        last=year(LAST),
    )
    assert facts["china"].expression == 'value["CHN"] / 2'
    assert facts["last"].expression == "LAST"
    code = "none of these"
    facts.add(**{f"{code}_sold": usd(value[code]) for code in value})
    assert facts["JPN_sold"].expression == "value['JPN']"
    assert facts["CHN_sold"].words["of"] == ["China"]
    for then in (1990, 2011):
        facts.add(**{f"in_{then}": usd(then / len(code))})
    assert facts["in_1990"].expression == "1990 / len(code)"
    assert (facts["in_2011"].words["when"], facts["in_2011"].words["named"]) == ([2011], [])


def test_tables_that_are_named_hold_for_these_facts_only(facts: Facts) -> None:
    facts.add("macro", "commodity_prices", rows=count(7))
    facts.add(others=count(8))
    assert facts["rows"].tables == ("macro", "commodity_prices")
    assert facts["others"].tables == (TABLE,)


def test_a_template_prints_facts_as_the_prose_does(facts: Facts) -> None:
    facts.add(china=pct(36.26, 0), last=year(2024))
    assert facts.fill("China takes {china} in {last}.") == "China takes 36% in 2024."
    with pytest.raises(BookError, match=r"'chine'.*did you mean 'china'"):
        facts.fill("China takes {chine}.")


def test_in_a_notebook_facts_are_a_table(facts: Facts) -> None:
    facts.add(china=pct(36.26, 0))
    row = "".join(f"<td>{cell}</td>" for cell in ("china", "36%", "36.26", TABLE))
    assert row in facts._repr_html_()


@pytest.mark.parametrize(
    ("add", "said"),
    [
        (lambda facts: facts.add(china=36.26), r"'china' has no form; write china=pct\(36.26\)"),
        (lambda facts: facts.add("trade_by_partnr", x=count(1)), "did you mean 'trade_by_partner'"),
        (lambda facts: book.facts("tradepartner"), "did you mean 'trade_by_partner'"),
        (lambda facts: facts["china"], "there is no fact 'china'"),
    ],
)
def test_what_is_wrong_is_said_in_words(add: Any, said: str, facts: Facts) -> None:
    with pytest.raises(BookError, match=said):
        add(facts)


def test_a_name_may_come_again_in_a_notebook_but_not_in_the_book(
    facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(drawing.LATER, raising=False)
    facts.add(china=count(1))
    facts.add(china=count(2))
    assert str(facts["china"]) == "2"
    monkeypatch.setenv(drawing.LATER, "1")
    with pytest.raises(BookError, match="there is a fact 'china' already"):
        facts.add(china=count(3))


def spread(shares: pd.Series) -> float:
    """Return the spread of the shares; in points."""
    return shares.max() - shares.min()


@pytest.mark.parametrize(
    ("expression", "what", "of", "when"),
    [
        ('of_world.at["CHN", LAST]', ["of world"], ["China"], [2024]),
        ("of_world.CHN[2011]", ["of world"], ["China"], [2011]),
        ("trade['value_usd_m'].max()", ["highest", "trade", "Value"], [], []),
        ("spread(of_world.CHN)", ["spread of the shares", "of world"], ["China"], []),
        ("100 * a['JPN'][1990] / a['CHN'][1990]", ["a"], ["Japan", "China"], [1990]),
        ("ind.growth_factor(1, 2)", ["how many times as large end is as start"], [], []),
        ("not python (", [], [], []),
    ],
)
def test_words_say_what_of_what_and_when(
    expression: str, what: list[str], of: list[str], when: list[int]
) -> None:
    frame = pd.DataFrame({"CHN": [1.0]}, index=[2011])
    known = {"of_world": frame, "LAST": 2024, "trade": frame, "a": frame, "spread": spread,
             "ind": ind}  # fmt: skip
    found = Reader(known, (TABLE,)).words(expression)
    assert (found["of"], found["when"]) == (of, when)
    assert [word for word in found["what"] if not word.startswith("Value")] == [
        word for word in what if word != "Value"
    ]
