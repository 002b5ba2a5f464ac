"""Named checks of what the tables say, beyond what a schema can express.

Each check is a function without arguments that yields one line for each thing that is wrong.
Its docstring says what must hold, and why.
"""

from collections.abc import Collection, Iterator

# Importing a module adds its checks to the list.
from peru_asia.data.sanity import (  # noqa: F401
    claims,
    conflicts,
    diplomacy,
    investment,
    names,
    package,
    production,
    products,
    sectors,
    trade,
)
from peru_asia.data.sanity.registry import (
    CHECKS,
    LeftOutError,
    described,
    where,
    without,
)

__all__ = ["CHECKS", "described", "problems", "problems_with_chapters", "where"]


def problems(left_out: Collection[str] = (), *, doubtful: bool = False) -> Iterator[str]:
    """Yield what all checks find: file, row, column, what is wrong, and how to mend it.

    Parameters
    ----------
    left_out
        Tables that cannot be judged yet; checks go without them, or are passed over.
    doubtful
        Whether other tables break their schema too, so that a check may fail over them.
    """
    with without(left_out):
        for check in CHECKS:
            try:
                yield from check()
            except LeftOutError:
                continue
            except Exception:
                if not doubtful:
                    raise


def problems_with_chapters() -> Iterator[str]:
    """Yield what those checks find that look at the chapters, too, as `problems` does."""
    yield from names.every_form_is_in_a_chapter()
    yield from package.every_reference_is_used()
