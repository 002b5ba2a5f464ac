import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia.errors import BookError
from peru_asia.indicators.ownership import JOINT, UNKNOWN, attribute, held_share, holders_in, roster

COLUMNS = ["mine", "country", "stake_pct", "controls", "year_from", "year_to"]
OWNERS = pd.DataFrame(
    [
        ("a", "CHN", 60.0, True, 2014, None),
        ("a", "PER", 40.0, False, 2014, None),
        ("b", "JPN", 10.0, False, 2010, None),
        ("b", "AUS", 90.0, False, 2010, None),
        ("c", "USA", 50.0, True, 2010, 2017),
        ("c", "USA", 55.0, True, 2018, None),
        ("c", "JPN", 21.0, False, 2010, None),
    ],
    columns=COLUMNS,
)
OUTPUT = pd.DataFrame({"mine": ["a", "b", "c", None, "d"], "output_t": [100.0, 200, 100, 30, 20]})


def by_country(rule: str, year: int = 2020) -> dict[str, float]:
    parts = attribute(OUTPUT, OWNERS, year=year, rule=rule)
    return parts.groupby("country")["output_t"].sum().round(9).to_dict()


def test_equity_worked_by_hand() -> None:
    # a: 60 and 40; b: 20 and 180; c: 55, 21 and 24 of small shareholders; 50 of no known mine.
    expected = {"CHN": 60, "PER": 40, "JPN": 20 + 21, "AUS": 180, "USA": 55, UNKNOWN: 24 + 50}
    assert by_country("equity") == expected
    # Until 2017 the USA have 50 of c.
    assert by_country("equity", 2017) == expected | {"USA": 50, UNKNOWN: 29 + 50}


def test_control_worked_by_hand() -> None:
    # Nobody has a majority of b, which therefore is nobody's.
    assert by_country("control") == {"CHN": 100, JOINT: 200, "USA": 100, UNKNOWN: 50}


def test_before_the_first_holding_nothing_is_known() -> None:
    assert by_country("control", 2000) == by_country("equity", 2000) == {UNKNOWN: 450}


def test_a_holding_counts_in_its_first_and_last_year() -> None:
    assert holders_in(OWNERS, 2017)["stake_pct"].tolist() == [60, 40, 10, 90, 50, 21]
    assert holders_in(OWNERS, 2018)["stake_pct"].tolist() == [60, 40, 10, 90, 55, 21]
    assert holders_in(OWNERS, 2009).empty


def test_a_share_not_printed_is_unknown_and_still_controls() -> None:
    owners = pd.DataFrame([("e", "BRA", None, True, 2017, None)], columns=COLUMNS)
    output = pd.DataFrame({"mine": ["e"], "output_t": [7.0]})
    equity = attribute(output, owners, year=2020, rule="equity")
    control = attribute(output, owners, year=2020, rule="control")
    assert equity.to_dict("list") == {"mine": ["e"], "country": [UNKNOWN], "output_t": [7.0]}
    assert control.to_dict("list") == {"mine": ["e"], "country": ["BRA"], "output_t": [7.0]}


def test_a_roster_names_the_holders_of_its_year() -> None:
    keys = ["k2", "k1", "k3", "k3", "k4", "k5", "k6"]
    owners = OWNERS.assign(holder=[f"H{i}" for i in range(7)], source=keys)
    owners.loc[6, "stake_pct"] = None
    found = roster(owners, 2018).set_index("mine")
    assert found["holders"].tolist() == ["H0 60; H1 40", "H3 90; H2 10", "H5 55; H6"]
    assert found["control"].isna().to_dict() == {"a": False, "b": True, "c": False}
    assert found["control"]["c"] == "USA"
    # The holder until 2017 is gone, and so is its source.
    assert found["source"].to_dict() == {"a": "k1,k2", "b": "k3", "c": "k5,k6"}
    named = roster(owners, 2018, name=str.lower).set_index("mine")["holders"]
    assert named["a"] == "H0 (chn) 60; H1 (per) 40"


def test_bounds_worked_by_hand() -> None:
    parts = attribute(OUTPUT, OWNERS, year=2020, rule="equity")
    # China and Japan have 101 of 500; 74 are unknown and 50 lie outside the parts.
    assert held_share(parts, ["CHN", "JPN"], total=500) == pytest.approx((20.2, 45.0))
    assert held_share(parts, ["KOR"], total=450) == pytest.approx((0, 100 * 74 / 450))


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="not by sale"):
        attribute(OUTPUT, OWNERS, year=2020, rule="sale")
    for wrong in (-1.0, None):
        with pytest.raises(ValueError, match="not negative"):
            attribute(OUTPUT.assign(output_t=wrong), OWNERS, year=2020, rule="equity")
    more = pd.concat([OWNERS, OWNERS.head(1).assign(country="KOR")])
    with pytest.raises(BookError, match="exceed 100"):
        attribute(OUTPUT, more, year=2020, rule="equity")
    with pytest.raises(BookError, match="controlled from CHN and KOR"):
        attribute(OUTPUT, more, year=2020, rule="control")
    parts = attribute(OUTPUT, OWNERS, year=2020, rule="equity")
    with pytest.raises(ValueError, match="exceed"):
        held_share(parts, ["CHN"], total=449)


MINES = st.lists(
    st.tuples(
        st.sampled_from(["CHN", "JPN", "PER"]),
        st.floats(min_value=50.5, max_value=80),  # the majority
        st.sampled_from(["CHN", "JPN", "USA"]),
        st.floats(min_value=0, max_value=19),  # a minority
        st.floats(min_value=0.01, max_value=1e6),  # output
        st.booleans(),  # whether the mine has known owners
    ),
    min_size=1,
    max_size=8,
)


def _world(mines: list[tuple[str, float, str, float, float, bool]]) -> tuple[pd.DataFrame, ...]:
    rows, output = [], []
    for number, (first, most, second, less, tonnes, known) in enumerate(mines):
        output.append((str(number), tonnes))
        if known:
            rows.append((str(number), first, most, True, 2000, None))
            rows.append((str(number), second, less, False, 2000, None))
    return (
        pd.DataFrame(output, columns=["mine", "output_t"]),
        pd.DataFrame(rows, columns=COLUMNS).astype({"controls": bool}),
    )


@given(MINES)
def test_parts_add_up_and_bounds_hold(mines: list) -> None:
    output, owners = _world(mines)
    total = output["output_t"].sum()
    for rule in ("equity", "control"):
        parts = attribute(output, owners, year=2020, rule=rule)
        sums = parts.groupby("mine")["output_t"].sum()
        assert sums.sort_index().tolist() == pytest.approx(
            output.set_index("mine")["output_t"].sort_index().tolist()
        )
        low, high = held_share(parts, ["CHN"], total=total)
        assert -1e-9 <= low <= high <= 100 + 1e-9
        everyone = held_share(parts, ["CHN", "JPN", "PER", "USA"], total=total)
        assert everyone[1] == pytest.approx(100)


@given(MINES)
def test_a_majority_owner_never_has_more_by_equity_than_by_control(mines: list) -> None:
    output, owners = _world(mines)
    alone = owners[owners["controls"]]
    by_equity = attribute(output, alone, year=2020, rule="equity").set_index(["mine", "country"])
    by_control = attribute(output, alone, year=2020, rule="control").set_index(["mine", "country"])
    known = by_control.drop(UNKNOWN, level="country", errors="ignore")
    assert (by_equity.loc[known.index, "output_t"] <= known["output_t"] + 1e-9).all()
