"""Whatever happens to a build: the last good book stays, and the next build is whole."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.book.make.small import SmallBook

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallBook, list[str]]:
    """A small book that was built for the first time by two builds at once; what they said."""
    small = SmallBook(tmp_path_factory.mktemp("small"))
    builds = [start(small, "book") for _ in range(2)]
    said = [build.communicate(timeout=600)[0] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], said
    return small, said


@pytest.fixture(scope="module")
def small(twice: tuple[SmallBook, list[str]]) -> SmallBook:
    return twice[0]


def start(small: SmallBook, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "peru_asia", *arguments],
        cwd=small.root,
        env={**os.environ, "PYTHONPATH": str(small.root / "src"), "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(small: SmallBook, said: str, build: subprocess.Popen[str]) -> None:
    """Wait until a build has said something."""
    for line in build.stdout:
        if said in line:
            return
    raise AssertionError(f"it never said {said!r}")


# What a build says when it has come so far; then it is at work on the next step.
STEPS = ["Ran one", "Chapters: ", "Writing the web book: ", "Writing the PDF: "]


@pytest.mark.parametrize("step", STEPS)
def test_builds_that_end_early_leave_the_last_good_book(small: SmallBook, step: str) -> None:
    new, cell = f"Nothing after a stop at {step.strip()}", "facts.add(factor="
    with small.changed("chapters/plain.md", "Nothing here", new):
        good, pdf = small.html("plain"), small.path("pdf/peru-asia.pdf").read_bytes()
        for how in (signal.SIGKILL, signal.SIGINT):  # the second begins with what the first left
            changed = f"# {how.name} at {step}\n{cell}"
            with small.changed("chapters/one.md", cell, changed):
                build = start(small, "book")
                wait_for(small, step, build)
                build.send_signal(how)
                rest, _ = build.communicate(timeout=60)
            assert "Traceback" not in rest
            if "Done in" not in rest:  # it had not got further than that
                assert build.returncode != 0
                assert small.html("plain") == good
                assert small.path("pdf/peru-asia.pdf").read_bytes() == pdf
        small.build()
        assert new in small.page("plain")
        assert new in small.pdf()
        assert small.build().said.count("nothing had changed") == 2


def test_of_two_builds_at_once_the_second_waits_and_says_so(small: SmallBook) -> None:
    with small.changed("chapters/plain.md", "Nothing", "Twice nothing"):
        builds = [start(small, "html")]
        time.sleep(0.1)
        builds.append(start(small, "html"))
        said = [build.communicate(timeout=300)[0] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], said
    assert sum("Another build is running" in each for each in said) == 1
    assert "Twice nothing" in small.page("plain")


def test_of_two_first_builds_at_once_the_second_finds_all_made(
    twice: tuple[SmallBook, list[str]],
) -> None:
    small, said = twice
    assert sum("Another build is running" in each for each in said) == 1
    assert sorted(each.count("nothing had changed") for each in said) == [0, 2]
    assert small.path("html/index.html").exists()
    assert "Thailand sold for" in small.pdf()
