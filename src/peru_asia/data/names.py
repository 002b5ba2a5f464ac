"""What the codes of the tables are called, and which partners belong to a region."""

from collections.abc import Iterable
from functools import lru_cache

from peru_asia.data.package import describe
from peru_asia.data.reading import load
from peru_asia.errors import BookError, did_you_mean


def region(*names: str) -> list[str]:
    """Return the partner codes of one or more regions.

    Parameters
    ----------
    names : regions of the table ``partners``: ``east_asia``, ``southeast_asia``, ``south_asia``,
        ``north_america``, ``world``

    Returns
    -------
    ISO 3166 alpha-3 codes in the table's order.

    Raises
    ------
    BookError : if a region is unknown

    Examples
    --------
    >>> data.region("south_asia")
    ['BGD', 'IND', 'LKA', 'NPL', 'PAK']
    """
    partners = load("partners")
    known = set(partners["region"].dropna())
    for name in names:
        if name not in known:
            raise BookError(
                f"there is no region '{name}' in the table partners; " + did_you_mean(name, known)
            )
    return partners.loc[partners["region"].isin(names), "partner"].tolist()


def short_names(kind: str, keys: Iterable[str] | None = None) -> dict[str, str]:
    """Return what charts and sentences call the things of a kind, by their keys.

    Parameters
    ----------
    kind : ``partners``, or a kind of the table ``short_names``: ``companies``, ``deals``,
        ``goods``, ``mines``, ``sectors``
    keys : those that are wanted, in this order; otherwise all, in the table's order

    Returns
    -------
    Short name by key; the caller's own to change.

    Raises
    ------
    BookError : if there is no such kind, or a key has no short name; the message suggests others

    Examples
    --------
    >>> data.short_names("partners", ["KOR", "TWN"])
    {'KOR': 'Korea', 'TWN': 'Taiwan'}
    """
    name = "partners" if kind == "partners" else "short_names"
    known = _short_names(name, describe(name).stamp)
    if kind not in known:
        raise BookError(
            f"there are no short names of '{kind}'; " + did_you_mean(kind, [*known, "partners"])
        )
    if keys is None:
        return dict(known[kind])
    chosen = {}
    for key in keys:
        if key not in known[kind]:
            raise BookError(
                f"there is no short name of '{key}' among the {kind} in the table {name}; "
                + did_you_mean(str(key), known[kind])
            )
        chosen[key] = known[kind][key]
    return chosen


def partner_name(code: str) -> str:
    """Return the short name of a partner, as a chart or a sentence uses it.

    Raises
    ------
    BookError : if the code is not in the table ``partners``

    Examples
    --------
    >>> data.partner_name("KOR")
    'Korea'
    """
    return short_names("partners", [code])[code]


@lru_cache(maxsize=4)
def _short_names(table: str, _stamp: object) -> dict[str, dict[str, str]]:
    """Return the short names of a table, by kind and key."""
    frame = load(table)
    if table == "partners":
        frame = frame.rename(columns={"partner": "key"}).assign(kind="partners")
    return {
        str(kind): dict(zip(some["key"], some["short_name"], strict=True))
        for kind, some in frame.groupby("kind", observed=True)
    }
