"""Checks that set a text against itself or against another text."""

from peru_asia.claims.registry import Claim, Finding, check, claim

# Claims about one and the same quantity.
_PAIRS = {"C013": "C130", "C130": "C013", "C138": "C210", "C210": "C138"}


@check(*_PAIRS, tables=["claims"])
def what_the_other_place_says(one: Claim) -> Finding:
    """Return the figure that another place or text prints for the same quantity."""
    other = claim(_PAIRS[one.id])
    same = other.source == one.source
    return Finding(
        other.value,
        f"{'the same text' if same else other.source} in {other.id}",
        basis="source" if same else "other_source",
        decimals=other.decimals,
    )


@check("C200", tables=["claims"])
def years_between(one: Claim) -> Finding:
    """Return the years between the two figures that the growth is measured from."""
    start, end = claim("C197").years[0], claim("C198").years[1]
    return Finding(
        float(end - start), f"years between the figures of {start} and {end}", basis="source"
    )
