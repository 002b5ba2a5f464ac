"""Trade as a claim describes it: one look-up for all checks of values, shares, growth and ranks."""

from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from peru_asia import data, indicators
from peru_asia.claims.registry import Claim
from peru_asia.errors import BookError

PRINCIPAL = ("CHN", "JPN", "KOR")

_FLOWS = {"export": ["export"], "import": ["import"], "total": ["export", "import"]}


def asia(*, south: bool = False) -> list[str]:
    """Return the Asian partners of ``trade_by_partner``, without South Asia unless it is wanted."""
    regions = ["east_asia", "southeast_asia", *(["south_asia"] if south else [])]
    known = set(data.load("trade_by_partner")["partner"])
    return [code for code in data.region(*regions) if code in known]


def by_partner(flow: str) -> pd.DataFrame:
    """Return year, partner and value of a flow; ``total`` adds exports and imports.

    A partner whose one flow is missing in a year has no total in that year.
    """
    return _by_partner(flow, data.describe("trade_by_partner").path.stat().st_mtime_ns).copy()


@lru_cache(maxsize=8)
def _by_partner(flow: str, _modified: int) -> pd.DataFrame:
    table = data.load("trade_by_partner")
    table = table[table["flow"].isin(_FLOWS[flow])]
    sums = table.groupby(["year", "partner"])["value_usd_m"].agg(["sum", "size"])
    sums = sums[sums["size"] == len(_FLOWS[flow])]
    return sums["sum"].rename("value_usd_m").reset_index()


def value(partner: str, flow: str, year: int) -> float:
    """Return Peru's trade with a partner in a year, in millions of US dollars."""
    return indicators.value_at(by_partner(flow), "value_usd_m", partner=partner, year=year)


def first_and_last(claim: Claim) -> tuple[float, float, int]:
    """Return the trade of the claim's first and last year, and the number of years between."""
    start, end = claim.years
    values = [value(claim.partner, claim.flow, year) for year in (start, end)]
    return values[0], values[1], end - start


def asian_shares(flow: str, *, south: bool = False) -> pd.DataFrame:
    """Return the shares of the partners in Peru's trade with Asia: a row a year, in per cent.

    The column ``principal`` adds China, Japan and Korea.
    """
    shares = indicators.share(by_partner(flow), among=asia(south=south))
    wide = shares.pivot(index="year", columns="partner", values="share_pct")
    return wide.assign(principal=wide[list(PRINCIPAL)].sum(axis=1))


def other_records(partner: str, flow: str, year: int) -> dict[str, float]:
    """Return the same trade in every record of ``trade_reporters``, by the record's name."""
    table = data.load("trade_reporters")
    table = table[(table["partner"] == partner) & (table["year"] == year)]
    records: dict[str, float] = {}
    for (reporter, source), rows in table.groupby(["reporter", "source"], observed=True):
        wanted = rows[rows["flow"].isin(_FLOWS[flow])]
        if len(wanted) == len(_FLOWS[flow]):
            who = data.partner_name(str(reporter))
            records[f"the report of {who} in {source}"] = float(wanted["value_usd_m"].sum())
    return records


def quotations(claim: Claim, flow: str) -> Mapping[str, float]:
    """Return what other texts quote for the claim's partner and year, by maker and text."""
    table = data.load("trade_quotes")
    table = table[
        (table["partner"] == claim.partner)
        & (table["flow"] == flow)
        & (table["year_from"] == claim.year_from)
        & (table["period"] == "full_year")
        & (table["source"] != claim.source)
        & table["comparable"]
    ]
    names = [f"the figure of {row.maker} in {row.source}" for row in table.itertuples()]
    return dict(zip(names, table["value_usd_m"].astype(float), strict=True))


def rank(flow: str, partner: str, year: int) -> int:
    """Return the place of a partner among the countries of ``trade_by_partner``, from 1."""
    table = by_partner(flow)
    values = table[(table["year"] == year) & (table["partner"] != "WLD")].set_index("partner")
    if partner not in values.index:
        raise BookError(f"trade_by_partner has no {flow} with {partner} in {year}")
    return int(values["value_usd_m"].rank(ascending=False).loc[partner])
