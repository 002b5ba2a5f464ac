"""What the sources said against what the tables say.

Each claim of the table ``claims`` that the data package can test has a check, a small function
that recomputes it; one function turns claim and finding into a verdict. Nothing is typed: change a
table, and a verdict changes with it.

>>> from peru_asia import claims
>>> claims.ledger().set_index("id").loc["C079", ["claimed", "computed", "verdict"]]
"""

from peru_asia.claims import history, mines, pages, projects, texts, trade
from peru_asia.claims.cells import cells, named_cells
from peru_asia.claims.corrections import corrections
from peru_asia.claims.kinds import by_kind, ratios
from peru_asia.claims.ledger import judge, ledger, report
from peru_asia.claims.registry import CHECKS
from peru_asia.claims.verdicts import VERDICTS, verdict

# Importing a topic registers its checks.
TOPICS = (history, mines, pages, projects, texts, trade)

__all__ = [
    "CHECKS",
    "VERDICTS",
    "by_kind",
    "cells",
    "corrections",
    "judge",
    "ledger",
    "named_cells",
    "ratios",
    "report",
    "verdict",
]
