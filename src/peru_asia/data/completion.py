"""Names of tables complete where somebody types one in IPython or Jupyter."""

import re
import sys
from typing import Any

from peru_asia.data.package import descriptors

_ASKED = re.compile(
    r"\b(?:(?:load|describe|span|facts)\(|tables\(\)\[)(?:([\"'])\w*\1,\s*)*[\"'](\w*)$"
)


def offer() -> None:
    """Let the shell that runs this, if one does, complete ``data.load("tra`` and its like."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    completer = getattr(shell, "Completer", None)
    if not hasattr(completer, "suppress_competing_matchers"):  # no shell, or one before IPython 8.6
        return
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher()
    def tables(context: Any) -> dict[str, Any]:
        asked = _ASKED.search(context.text_until_cursor)
        found = [name for name in descriptors() if asked and name.startswith(asked[2])]
        # Files and commands, which a text could also be, would hide the tables.
        return {"completions": list(map(SimpleCompletion, found)), "suppress": bool(found)}

    completer.custom_matchers.append(tables)
