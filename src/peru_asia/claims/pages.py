"""Checks against single pages: figures that no series records, as another source prints them."""

from peru_asia import data
from peru_asia.claims.registry import Claim, Finding, check


@check("C026", "C038", "C100", "C130", "C144", "C181", "C190", "C192", "C193", "C194", "C213",
       "C216", "C230", "C231", "C234", "C238", "C239", "C240", "C244", "C245",
       tables=["claim_pages"])  # fmt: skip
def what_a_page_says(claim: Claim) -> Finding:
    """Return the figure that a page prints for the claim's quantity.

    A page that quotes the record that the claim's text quotes too shows that it was copied well,
    no more.
    """
    row = data.load("claim_pages").set_index("claim").loc[claim.id]
    return Finding(
        float(row["value"]),
        str(row["says"]).rstrip("."),
        basis="data" if row["independent"] else "other_source",
    )
