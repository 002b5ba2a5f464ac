"""Settings, results and built books that all tests share, and which tests are slow."""

import gc
import subprocess
import sys
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from peru_asia import claims, paths
from peru_asia.book.text.editions import Edition

# The same examples on every machine, however slow it is, and no files left behind.
settings.register_profile("book", deadline=None, max_examples=60, derandomize=True, database=None)
settings.register_profile("fast", settings.get_profile("book"), max_examples=15)
settings.load_profile("book")

# What a test asks for that takes minutes to build, or a browser.
_SLOW = {"book", "student", "instructor", "browser", "reader"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what needs a built book or a browser, and put first what needs the book.

    Workers begin at different places of the list. The first builds the editions while the others
    go through the fast tests and then, at the end, through the slow ones that build books of their
    own; when those are done, they take over some of what the first has left, and the book is there.
    """
    for item in items:
        if _SLOW.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """Look for garbage rarely: what has been loaded is none, and there is much of it."""
    gc.freeze()
    gc.set_threshold(100_000)


def _turn(item: pytest.Item) -> int:
    for turn, fixture in enumerate(("book", "student", "instructor")):
        if fixture in getattr(item, "fixturenames", ()):
            return -1 - turn
    return int(item.get_closest_marker("slow") is not None)


@pytest.fixture(scope="session")
def ledger() -> pd.DataFrame:
    """The ledger of all claims, made once; not to be changed."""
    return claims.ledger()


@cache
def built(edition: Edition) -> Edition:
    """Build an edition of this repository's book, if it is not up to date.

    Whoever asks for it, in whatever process, gets the same: builds wait for each other, and the
    first does the work.
    """
    run = subprocess.run(
        [sys.executable, "-m", "peru_asia", "book", "--edition", edition],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        pytest.fail(f"the book does not build:\n{run.stdout}{run.stderr}", pytrace=False)
    return edition


@pytest.fixture(scope="session")
def book() -> Path:
    """The web book of this repository."""
    return built(Edition.READER).html


@pytest.fixture(scope="session")
def student() -> Edition:
    """The student's edition, built."""
    return built(Edition.STUDENT)


@pytest.fixture(scope="session")
def instructor() -> Edition:
    """The instructor's edition, built."""
    return built(Edition.INSTRUCTOR)
