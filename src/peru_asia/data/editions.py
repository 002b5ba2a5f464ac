"""What changed in the data since the last edition of the book.

``data/editions.yaml`` keeps, for each edition that was published, the vintage of every table. The
comparison with the package of today is what the landing page prints.
"""

import pandas as pd
import yaml

from peru_asia import __version__, paths
from peru_asia.data.package import tables
from peru_asia.errors import BookError


def published() -> dict[str, dict[str, str]]:
    """Return the vintages of every published edition: by version, then by table, oldest first.

    Raises
    ------
    BookError : if the file is not a mapping of versions to vintages
    """
    known = yaml.safe_load(paths.EDITIONS.read_text("utf-8")) or {}
    if not all(isinstance(vintages, dict) for vintages in known.values()):
        raise BookError(
            f"{paths.relative(paths.EDITIONS)}: each version must list its tables with a vintage; "
            "take the file from the last commit and let 'python -m peru_asia edition' write it"
        )
    return {
        str(version): {table: str(vintage) for table, vintage in vintages.items()}
        for version, vintages in known.items()
    }


def previous() -> str | None:
    """Return the version of the last edition before this one, or None if this is the first."""
    earlier = [version for version in published() if version != __version__]
    return earlier[-1] if earlier else None


def changes(before: dict[str, str]) -> pd.DataFrame:
    """Compare the package of today with the vintages of an edition.

    Parameters
    ----------
    before : vintage by table, as `published` gives it; empty for the first edition, whose tables
        are all new

    Returns
    -------
    One row a table that is ``new``, has a ``new vintage`` or is ``gone``; columns ``table``,
    ``title``, ``change``, ``before`` and ``now`` (missing where there is none), the newest vintages
    first.
    """
    now = tables()
    vintages = {name: table.vintage for name, table in now.items()}
    rows = [
        (name, now[name].title if name in now else name, before.get(name), vintages.get(name))
        for name in {**vintages, **before}
        if before.get(name) != vintages.get(name)
    ]
    frame = pd.DataFrame(rows, columns=["table", "title", "before", "now"], dtype="object")
    change = frame["before"].isna().map({True: "new", False: "new vintage"})
    frame["change"] = change.where(frame["now"].notna(), "gone")
    return frame.sort_values("now", ascending=False, kind="stable", na_position="last")[
        ["table", "title", "change", "before", "now"]
    ].reset_index(drop=True)


def publish() -> None:
    """Record the package of today as the edition of this version."""
    known = published()
    known[__version__] = {name: table.vintage for name, table in tables().items()}
    head = paths.EDITIONS.read_text("utf-8").partition("\n\n")[0]
    new = paths.EDITIONS.with_suffix(".yaml.part")
    new.write_text(head + "\n\n" + yaml.safe_dump(known, sort_keys=False), "utf-8")
    new.replace(paths.EDITIONS)
