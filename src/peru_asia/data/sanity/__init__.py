"""Named checks of what the tables say, beyond what a schema can express.

What must hold in a table is mostly a rule of its descriptor (see `rules`). What takes more than
that, or holds for all tables, is a function without arguments that yields one line for each thing
that is wrong; its docstring says what must hold, and why.
"""

from collections.abc import Collection, Iterator
from functools import partial

# Importing a module adds its checks to the list.
from peru_asia.data.sanity import names, package, relations, rules  # noqa: F401
from peru_asia.data.sanity.registry import (
    CHECKS,
    Check,
    LeftOutError,
    described,
    tables,
    where,
    without,
)
from peru_asia.errors import BookError

__all__ = ["CHECKS", "checks", "described", "problems", "problems_with_chapters", "where"]


def checks() -> Iterator[tuple[str, Check]]:
    """Yield every check with its name: the functions, then the rules of the descriptors."""
    yield from ((function.__name__, function) for function in CHECKS)
    for table in tables().values():
        for name, rule in table.rules.items():
            yield name, partial(rules.broken, table.name, name, rule)


def problems(left_out: Collection[str] = (), *, doubtful: bool = False) -> Iterator[str]:
    """Yield what all checks find: file, row, column, what is wrong, and how to mend it.

    Parameters
    ----------
    left_out : tables that cannot be judged yet; checks go without them, or are passed over
    doubtful : whether other tables break their schema too, so that a check may fail over them
    """
    with without(left_out):
        for _, check in checks():
            try:
                yield from check()
            except LeftOutError:
                continue
            except BookError as error:  # a rule that cannot be understood
                yield str(error)
            except Exception:
                if not doubtful:
                    raise


def problems_with_chapters() -> Iterator[str]:
    """Yield what those checks find that look at the chapters, too, as `problems` does."""
    yield from names.every_form_is_in_a_chapter()
    yield from package.every_reference_is_used()
