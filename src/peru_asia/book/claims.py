"""Numbers that the literature printed, quoted from the table of claims with their citation."""

from peru_asia import data, indicators
from peru_asia.book.numbers import MINUS, NBSP
from peru_asia.errors import BookError, did_you_mean

_UNITS = {
    "pct": "%",
    "ratio": f"{NBSP}times",
    "years": f"{NBSP}years",
    "days": f"{NBSP}days",
    "km": f"{NBSP}km",
    "ha": f"{NBSP}ha",
}


def printed(identifier: str) -> tuple[str, str]:
    """Return a claim's value as the source printed it, and the key of the source.

    Parameters
    ----------
    identifier
        Such as ``C069``.

    Raises
    ------
    BookError
        If there is no such claim (the message suggests the nearest) or it has no number.
    """
    claims = data.load("claims")
    if identifier not in set(claims["id"]):
        raise BookError(
            f"there is no claim '{identifier}' in data/claims/claims.csv; "
            + did_you_mean(identifier, claims["id"])
        )
    row = claims[claims["id"] == identifier]
    value = indicators.value_at(row, "value")
    digits = int(indicators.value_at(row, "decimals"))
    return _text(value, digits, str(row["unit"].iloc[0])), row["source"].iloc[0]


def _text(value: float, digits: int, unit: str) -> str:
    if unit == "usd_m":
        # Printed in billions where the source's precision is hundreds of millions or coarser.
        if digits <= -2 and abs(value) >= 1000:
            return f"US${NBSP}{value / 1000:,.{max(digits + 3, 0)}f}{NBSP}billion"
        return f"US${NBSP}{value:,.{max(digits, 0)}f}{NBSP}million"
    if unit in ("year", "rank"):
        return f"{value:.0f}"
    number = f"{abs(value):,.{max(digits, 0)}f}"
    return (MINUS if value < 0 else "") + number + _UNITS.get(unit, "")
