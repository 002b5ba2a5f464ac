"""Checks of memberships and of agreements: how many, with whom, when signed."""

from peru_asia import data
from peru_asia.claims.history import event
from peru_asia.claims.registry import Claim, Finding, check


@check("C003", tables=["agreements"])
def members_of_apec(claim: Claim) -> Finding:
    """Return the number of economies in the table, which lists every member and Peru itself."""
    return Finding(int(data.load("agreements")["partner"].nunique()), "members of APEC listed")


@check("C004", tables=["agreements"])
def partners_with_agreements(claim: Claim) -> Finding:
    """Return the partners with an agreement in force in November 2016, and with one signed."""
    table = data.load("agreements")
    in_force = set(table[table["in_force_2016_11"]]["partner"])
    signed = set(table[table["agreement"] == "TPP"]["partner"])
    return Finding(
        len(in_force),
        "APEC members with an agreement in force in November 2016",
        readings={
            "with the Trans-Pacific Partnership, signed but never in force,": len(in_force | signed)
        },
    )


@check("C006", "C007", tables=["agreements"])
def signatories_of_the_tpp(claim: Claim) -> Finding:
    """Return the number of signatories, Peru included."""
    table = data.load("agreements")
    others = table[table["agreement"] == claim.partner]["partner"].nunique()
    return Finding(int(others) + 1, "signatories, Peru included")


def _signed(partner: str) -> str:
    """Return the date of signature of the bilateral agreement with a partner."""
    table = data.load("agreements")
    rows = table[(table["partner"] == partner) & (table["type"] == "bilateral")]
    return str(rows["signed"].min())


@check("C053", tables=["agreements"])
def signature(claim: Claim) -> Finding:
    """Return the year in which the bilateral agreement was signed."""
    date = _signed(claim.partner)
    return Finding(float(date[:4]), f"signed on {date}", date=date)


@check("C028", tables=["agreements", "timeline"])
def partnership_and_agreement(claim: Claim) -> Finding:
    """Return the years of the strategic partnership and of the agreement with China."""
    partnership = event("T046", claim)["date"]
    agreement = _signed(claim.partner)
    return Finding(
        (float(partnership[:4]), float(agreement[:4])),
        f"partnership of {partnership[:4]}, agreement signed on {agreement}",
    )
