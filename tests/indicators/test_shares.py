import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_asia import data
from peru_asia.errors import BookError
from peru_asia.indicators import balance, running_total, share

AMOUNT = st.floats(min_value=0, max_value=1e9, allow_subnormal=False)


def exports(*rows: tuple[int, str, float | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["year", "partner", "value_usd_m"])
    return table.astype({"value_usd_m": float})


@st.composite
def yearly(draw: st.DrawFn) -> pd.DataFrame:
    years = draw(st.lists(st.integers(1950, 2030), min_size=1, max_size=4, unique=True))
    codes = draw(st.lists(st.sampled_from(["CHN", "JPN", "KOR", "TWN"]), min_size=1, unique=True))
    return exports(*((year, code, draw(AMOUNT)) for year in years for code in codes))


def test_share_among_named_partners_leaves_the_others_out() -> None:
    table = exports(
        (2000, "CHN", 30), (2000, "JPN", 60), (2000, "KOR", 10), (2000, "USA", 900),
        (2001, "CHN", 5), (2001, "JPN", 15), (2001, "USA", 900),
    )  # fmt: skip
    out = share(table, among=["CHN", "JPN", "KOR"])
    assert set(out["partner"]) == {"CHN", "JPN", "KOR"}
    # 2000: 30 + 60 + 10 = 100. 2001: 5 + 15 = 20, so 5/20 = 25% and 15/20 = 75%.
    assert out["share_pct"].tolist() == pytest.approx([30, 60, 10, 25, 75])


def test_share_of_a_printed_total_leaves_the_total_out() -> None:
    table = exports((2000, "WLD", 200), (2000, "CHN", 50), (2001, "WLD", 80), (2001, "CHN", 60))
    out = share(table, total="WLD")
    # 50/200 = 25%, 60/80 = 75%.
    assert out["partner"].tolist() == ["CHN", "CHN"]
    assert out["share_pct"].tolist() == pytest.approx([25, 75])


def test_share_keeps_the_other_columns_and_the_table_it_was_given() -> None:
    table = exports((2000, "CHN", 1), (2000, "JPN", 3)).assign(source=["a", "b"])
    table.attrs["table"] = "trade_by_partner"
    before = table.copy()
    assert share(table, among=["CHN", "JPN"]).attrs == table.attrs
    assert share(table, among=["CHN", "JPN"])["source"].tolist() == ["a", "b"]
    pd.testing.assert_frame_equal(table, before)


def test_share_is_missing_where_the_total_is_missing_or_zero() -> None:
    table = exports((2000, "CHN", 5), (2001, "WLD", 0), (2001, "CHN", 0), (2002, "WLD", None),
                    (2002, "CHN", 5))  # fmt: skip
    assert share(table, total="WLD")["share_pct"].isna().all()


def test_a_missing_part_has_no_share_and_does_not_hide_the_others() -> None:
    table = exports((2000, "CHN", None), (2000, "JPN", 3), (2000, "KOR", 1))
    out = share(table, among=["CHN", "JPN", "KOR"]).set_index("partner")["share_pct"]
    assert pd.isna(out["CHN"])
    # 3 and 1 of 4.
    assert (out["JPN"], out["KOR"]) == (75, 25)


def test_share_works_of_another_column_than_the_partner() -> None:
    table = pd.DataFrame(
        {"year": [2000, 2000, 2001], "mine": ["A", "B", "A"], "value_usd_m": [1, 3, 7]}
    )
    out = share(table, among=["A", "B"], of="mine")
    assert out["share_pct"].tolist() == [25, 75, 100]


@pytest.mark.parametrize("choice", [{"among": ["CHN", "JPNN"]}, {"total": "JPNN"}])
def test_an_unknown_code_is_named_and_the_nearest_suggested(choice: dict) -> None:
    with pytest.raises(BookError, match=r"'JPNN'.*did you mean 'JPN'"):
        share(exports((2000, "CHN", 1), (2000, "JPN", 1)), **choice)


def test_share_says_how_much_of_the_total_the_rows_cover() -> None:
    table = exports((2000, "WLD", 200), (2000, "CHN", 50), (2000, "JPN", 30), (2001, "WLD", 80),
                    (2001, "CHN", 60), (2001, "JPN", None))  # fmt: skip
    # 80/200 and 60/80.
    assert share(table, total="WLD")["coverage_pct"].tolist() == pytest.approx([40, 40, 75, 75])
    assert share(table, among=["CHN", "JPN"])["coverage_pct"].eq(100).all()


def test_each_combination_of_columns_may_have_a_total_of_its_own() -> None:
    table = exports((2000, "CHN", 1), (2000, "JPN", 3)).assign(flow="export", tons=[2.0, 2.0])
    both = pd.concat([table, table.assign(flow="import", tons=[0.0, 5.0])])
    out = share(both, among=["CHN", "JPN"], by=["flow", "year"], value="tons")
    assert out["share_pct"].tolist() == [50, 50, 0, 100]


def test_a_total_is_no_part() -> None:
    with pytest.raises(BookError, match="'WLD' is no part"):
        share(exports((2000, "CHN", 1), (2000, "WLD", 3)), among=["CHN", "WLD"])


@pytest.mark.parametrize("choice", [{}, {"among": ["CHN"], "total": "CHN"}])
def test_share_wants_exactly_one_kind_of_total(choice: dict) -> None:
    with pytest.raises(ValueError, match="either among= or total="):
        share(exports((2000, "CHN", 1)), **choice)


def test_two_flows_in_one_table_are_refused_not_added() -> None:
    with pytest.raises(ValueError, match=r"CHN.*stands twice"):
        share(exports((2000, "CHN", 1), (2000, "CHN", 2)), among=["CHN"])


def test_shares_of_2011_meet_the_study_of_2013() -> None:
    table = data.load("trade_by_partner").query("flow == 'export'")
    shares = share(table, among=data.region("east_asia", "southeast_asia"))
    shares = shares.set_index(["year", "partner"])["share_pct"]
    claims = data.load("claims").set_index("id")
    printed = {"C069": (1990, "JPN"), "C070": (1990, "CHN"), "C071": (2011, "JPN"),
               "C072": (2011, "CHN"), "C074": (2011, "KOR")}  # fmt: skip
    for claim, at in printed.items():
        digits = int(claims.loc[claim, "decimals"])
        assert round(shares[at], digits) == claims.loc[claim, "value"], claim


@given(yearly())
def test_shares_of_each_year_sum_to_100(table: pd.DataFrame) -> None:
    out = share(table, among=sorted(set(table["partner"])))
    sums = out.groupby("year")["share_pct"].sum(min_count=1).dropna()
    assert sums.tolist() == pytest.approx([100] * len(sums))
    assert out["share_pct"].dropna().between(0, 100 + 1e-9).all()


@given(yearly(), st.sampled_from([0.001, 7.0, 1000.0]))
def test_shares_do_not_depend_on_the_unit(table: pd.DataFrame, factor: float) -> None:
    among = sorted(set(table["partner"]))
    other = table.assign(value_usd_m=table["value_usd_m"] * factor)
    pd.testing.assert_series_equal(
        share(table, among=among)["share_pct"], share(other, among=among)["share_pct"]
    )


def test_a_year_without_deals_keeps_the_total_before_it() -> None:
    table = pd.DataFrame({"year": [2007, 2009, 2009], "value_usd_m": [185.0, 100.0, 27.0]})
    found = running_total(table)
    assert found.to_dict() == {2007: 185, 2008: 185, 2009: 312}
    assert running_total(table, until=2011).loc[2011] == 312
    assert running_total(table, until=2008).index[-1] == 2008


def test_a_total_needs_rows_and_an_end_after_its_beginning() -> None:
    table = pd.DataFrame({"year": [2007], "value_usd_m": [185.0]})
    with pytest.raises(ValueError, match="no rows"):
        running_total(table.iloc[:0])
    with pytest.raises(ValueError, match="before 2007"):
        running_total(table, until=2006)


@given(st.lists(st.tuples(st.integers(1992, 2025), st.floats(0, 1e4)), min_size=1))
def test_a_running_total_never_falls_and_ends_at_the_sum(rows: list[tuple[int, float]]) -> None:
    table = pd.DataFrame(rows, columns=["year", "value_usd_m"])
    found = running_total(table)
    assert found.is_monotonic_increasing
    assert found.iloc[-1] == pytest.approx(table["value_usd_m"].sum())
    assert found.index.tolist() == list(range(table["year"].min(), table["year"].max() + 1))


def test_balance_is_export_less_import_and_missing_where_either_is() -> None:
    table = pd.DataFrame(
        [
            (2000, "CHN", "export", 30.0),
            (2000, "CHN", "import", 50.0),  # 30 - 50 = -20
            (2001, "CHN", "export", 30.0),  # nothing imported on record: a gap, not zero
            (2001, "JPN", "import", 8.0),
        ],
        columns=["year", "partner", "flow", "value_usd_m"],
    )
    out = balance(table)
    assert out.columns.tolist() == ["year", "partner", "export", "import", "balance"]
    out = out.set_index(["year", "partner"])
    assert out.loc[(2000, "CHN"), "balance"] == -20
    assert out.loc[[(2001, "CHN"), (2001, "JPN")], "balance"].isna().all()


def test_balance_of_one_flow_alone_has_both_columns_and_no_balance() -> None:
    table = exports((2000, "CHN", 1)).assign(flow="export")
    out = balance(table)
    assert out["export"].tolist() == [1]
    assert out[["import", "balance"]].isna().all(axis=None)


def test_balance_refuses_a_flow_that_stands_twice() -> None:
    table = exports((2000, "CHN", 1), (2000, "CHN", 2)).assign(flow="export")
    with pytest.raises(ValueError, match="duplicate"):
        balance(table)


@given(st.lists(st.tuples(st.none() | AMOUNT, st.none() | AMOUNT), min_size=1, max_size=8))
def test_balance_of_any_table_is_the_difference_or_missing(pairs: list) -> None:
    rows = [
        (year, "CHN", flow, amount)
        for year, pair in enumerate(pairs, 2000)
        for flow, amount in zip(("export", "import"), pair, strict=True)
    ]
    columns = ["year", "partner", "flow", "value_usd_m"]
    table = pd.DataFrame(rows, columns=columns).astype({"value_usd_m": float})
    out = balance(table).set_index("year")["balance"]
    for year, (sold, bought) in enumerate(pairs, 2000):
        if sold is None or bought is None:
            assert pd.isna(out[year])
        else:
            assert out[year] == pytest.approx(sold - bought)


def test_balance_of_the_published_table_covers_every_export_and_import() -> None:
    trade = data.load("trade_by_partner")
    out = balance(trade)
    assert out["export"].sum() + out["import"].sum() == pytest.approx(trade["value_usd_m"].sum())
    assert out["balance"].notna().eq(out["export"].notna() & out["import"].notna()).all()
