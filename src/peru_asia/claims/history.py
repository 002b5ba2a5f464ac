"""Checks of dates, memberships and agreements, and of migration, against other sources."""

import pandas as pd

from peru_asia import data
from peru_asia.claims.registry import Claim, Finding, check, claim, claims
from peru_asia.errors import BookError

# The event of the table `timeline` that each claim is about.
_EVENTS = {
    "C005": "T103", "C008": "T103", "C022": "T005", "C039": "T008", "C052": "T015",
    "C054": "T072", "C075": "T035", "C208": "T115", "C217": "T027", "C270": "T121",
    "C272": "T077", "C292": "T026",
}  # fmt: skip

# The event at the beginning of the span that a claim measures, up to its own last year.
_BEGINNINGS = {"C030": "T019", "C055": "T015"}

# Events that would make the claim right if they were meant.
_OTHER_EVENTS = {
    "C075": ("T034", "as the leaders' decision to admit Peru"),
    "C208": ("T105", "as the start of a joint study"),
}


def event(identifier: str, one: Claim) -> pd.Series:
    """Return an event of the timeline that rests on another source than the claim's.

    Raises
    ------
    BookError : if there is no such event, or no source of it but the claim's own
    """
    rows = data.load("timeline").query("timeline_id == @identifier")
    if len(rows) != 1:
        raise BookError(f"there is no event '{identifier}' in the table timeline")
    row = rows.iloc[0]
    if not _sources(row) - {one.source}:
        raise BookError(f"event {identifier} rests on {one.source} alone; it proves nothing")
    return row


def _sources(row: pd.Series) -> set[str]:
    return set(row[["source", "source2"]].dropna())


@check(*_EVENTS, tables=["timeline"])
def year_of_an_event(one: Claim) -> Finding:
    """Return the year of the event in the timeline, which has another source for it."""
    row = event(_EVENTS[one.id], one)
    texts = {other.source for other in claims().values()}
    readings = {}
    if one.id in _OTHER_EVENTS:
        other, name = _OTHER_EVENTS[one.id]
        readings[name] = float(event(other, one)["date"][:4])
    return Finding(
        float(row["date"][:4]),
        f"date in the timeline: {row['date']}",
        basis="other_source" if _sources(row) <= texts else "data",
        date=row["date"],
        readings=readings,
    )


@check(*_BEGINNINGS, tables=["timeline"])
def years_since_an_event(one: Claim) -> Finding:
    """Return the years from the event to the claim's last year."""
    date = event(_BEGINNINGS[one.id], one)["date"]
    return Finding(float(one.years[1] - int(date[:4])), f"years since {date}")


@check("C003", tables=["agreements"])
def members_of_apec(_: Claim) -> Finding:
    """Return the number of economies in the table, which lists every member and Peru itself."""
    return Finding(int(data.load("agreements")["partner"].nunique()), "members of APEC listed")


@check("C004", tables=["agreements"])
def partners_with_agreements(_: Claim) -> Finding:
    """Return the partners with an agreement in force in November 2016, and with one signed."""
    table = data.load("agreements")
    in_force = set(table[table["in_force_2016_11"]]["partner"])
    signed = in_force | set(table[table["agreement"] == "TPP"]["partner"])
    return Finding(
        len(in_force),
        "APEC members with an agreement in force in November 2016",
        readings={"with the Trans-Pacific Partnership, signed but never in force,": len(signed)},
    )


@check("C006", "C007", tables=["agreements"])
def signatories_of_the_tpp(claim: Claim) -> Finding:
    """Return the number of signatories, Peru included."""
    others = data.load("agreements").query("agreement == @claim.partner")["partner"].nunique()
    return Finding(int(others) + 1, "signatories, Peru included")


def _signed(partner: str) -> str:
    """Return the date of signature of the bilateral agreement with a partner."""
    rows = data.load("agreements").query("partner == @partner and type == 'bilateral'")
    return str(rows["signed"].min())


@check("C053", tables=["agreements"])
def signature(claim: Claim) -> Finding:
    """Return the year in which the bilateral agreement was signed."""
    date = _signed(claim.partner)
    return Finding(float(date[:4]), f"signed on {date}", date=date)


@check("C028", tables=["agreements", "timeline"])
def partnership_and_agreement(claim: Claim) -> Finding:
    """Return the years of the strategic partnership and of the agreement with China."""
    partnership, agreement = event("T046", claim)["date"], _signed(claim.partner)
    return Finding(
        (float(partnership[:4]), float(agreement[:4])),
        f"partnership of {partnership[:4]}, agreement signed on {agreement}",
    )


def _figures(one: Claim, measure: str) -> pd.DataFrame:
    """Return the figures of the table ``migration`` that other sources than the claim's give."""
    rows = data.load("migration").query(
        "partner == @one.partner and measure == @measure and source != @one.source"
    )
    if rows.empty:
        raise BookError(f"migration has no {measure} of {one.partner} but from {one.source}")
    return rows


def _range(values: pd.Series) -> tuple[float, float]:
    return float(values.min()), float(values.max())


@check("C020", tables=["migration"])
def years_since_the_first_ship(one: Claim) -> Finding:
    """Return the years from the first ship to the claim's last year."""
    first = _figures(one, "first_ship")["year_from"].min()
    return Finding(float(one.years[1] - first), f"years since the first ship of {first}")


@check("C021", tables=["migration"])
def arrivals(one: Claim) -> Finding:
    """Return the range of other counts of the arrivals of the nineteenth century."""
    rows = _figures(one, "arrivals")
    return Finding(_range(rows["value"]), f"{len(rows)} counts in other sources")


@check("C017", "C018", tables=["migration"])
def asian_descent(one: Claim) -> Finding:
    """Return the range that another source gives for the share of Asian descent."""
    rows = _figures(one, "descendants")
    census = _figures(one, "census_self_identified").iloc[0]
    return Finding(
        (float(rows["value"].min()), float(rows["value_high"].max())),
        f"share in another estimate (in the census of {census['year_to']}, where people name "
        f"their own origin, {census['value']:g})",
    )


@check("C042", tables=["migration"])
def japanese_descent(one: Claim) -> Finding:
    """Return the share of people of Japanese descent in another source."""
    rows = _figures(one, "descendants").query("unit == 'percent'")
    return Finding(_range(rows["value"]), "share in another source")


def _deported(one: Claim, group: str) -> tuple[float, float]:
    return _range(_figures(one, "deported_to_usa").query("group == @group")["value"])


@check("C046", tables=["migration"])
def latin_american_japanese(one: Claim) -> Finding:
    """Return the range of other counts of the Japanese who were taken to the United States."""
    return Finding(_deported(one, "latin_american_japanese"), "persons deported, in other sources")


@check("C043", tables=["claims", "migration"])
def deported_from_peru(one: Claim) -> Finding:
    """Return the number that two other claims of the text make; this one speaks of hundreds."""
    persons = claim("C045").value / 100 * claim("C046").value
    low, high = _deported(one, "japanese_peruvians")
    return Finding(
        persons,
        f"the share of C045 of the persons of C046 is {persons:,.0f}, more than hundreds (other "
        f"sources {low:,.0f} to {high:,.0f})",
        basis="source",
        holds=persons < 1000,
    )


@check("C045", tables=["migration"])
def part_from_peru(one: Claim) -> Finding:
    """Return the least and the greatest share that the other counts allow."""
    peru = _deported(one, "japanese_peruvians")
    region = _deported(one, "latin_american_japanese")
    share = (100 * peru[0] / region[1], 100 * peru[1] / region[0])
    return Finding(share, "share that the counts of other sources allow")


@check("C047", tables=["migration"])
def remained_in_peru(one: Claim) -> Finding:
    """Return the population before the war less those deported."""
    rows = _figures(one, "descendants")
    then = rows["year_to"].isna() | (rows["year_to"] <= 1941)
    before = _range(rows[then & (rows["value"] < 100_000)]["value"])
    deported = _deported(one, "japanese_peruvians")
    return Finding(
        (before[0] - deported[1], before[1] - deported[0]),
        "people of Japanese descent before the war less those deported; the text may mean "
        "citizens of Japan alone",
    )
