"""Find a Chromium for the browser tests, or get one; run as ``python -m tests.browser``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find() -> str | None:
    """Return the path of a Chromium that starts, or None."""
    for path in (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)):
        if path and _starts(path):
            return path
    own = _playwrights()
    return own if own and _starts(own) else None


def _playwrights() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    if not Path(path).exists():
        return False
    try:
        subprocess.run([path, "--version"], capture_output=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def get() -> str | None:
    """Return a Chromium, installing one if this machine allows it."""
    steps: list[list[str]] = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        quiet = ["-qq", "-o=Dpkg::Use-Pty=0"]
        steps.append([*sudo, "apt-get", "update", *quiet])
        steps.append([*sudo, "apt-get", "install", "-y", *quiet, "chromium"])
    for step in [[], *steps]:
        if step:
            print(f"No Chromium yet; trying: {' '.join(step)}", flush=True)
            try:
                subprocess.run(step, capture_output=True, timeout=900, check=False)
            except (OSError, subprocess.SubprocessError) as error:
                print(f"  {error}")
        if path := find():
            return path
    return None


if __name__ == "__main__":
    found = get()
    print(
        f"Browser tests use {found}."
        if found
        else "WARNING: no Chromium here, and none could be had: the browser tests will be SKIPPED."
    )
