"""Partner codes: who they are, and which belong to a region."""

from functools import lru_cache

from peru_asia.data.package import describe
from peru_asia.data.reading import load
from peru_asia.errors import BookError, did_you_mean


def region(*names: str) -> list[str]:
    """Return the partner codes of one or more regions.

    Parameters
    ----------
    names
        Regions of the table ``partners``: ``east_asia``, ``southeast_asia``, ``south_asia``,
        ``north_america``, ``world``.

    Returns
    -------
    list of str
        ISO 3166 alpha-3 codes in the table's order.

    Raises
    ------
    BookError
        If a region is unknown.
    """
    partners = load("partners")
    known = set(partners["region"].dropna())
    for name in names:
        if name not in known:
            raise BookError(
                f"there is no region '{name}' in the table partners; " + did_you_mean(name, known)
            )
    return partners.loc[partners["region"].isin(names), "partner"].tolist()


def partner_name(code: str) -> str:
    """Return the short name of a partner, as a chart or a sentence uses it.

    Raises
    ------
    BookError
        If the code is not in the table ``partners``.
    """
    names = _short_names(describe("partners").path.stat().st_mtime_ns)
    if code not in names:
        raise BookError(
            f"there is no partner '{code}' in the table partners; " + did_you_mean(code, names)
        )
    return names[code]


@lru_cache(maxsize=2)
def _short_names(_modified: int) -> dict[str, str]:
    partners = load("partners")
    return dict(zip(partners["partner"], partners["short_name"], strict=True))
