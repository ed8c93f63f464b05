"""Find a Chromium that the browser tests can drive, and install one where there is none.

Usage: ``python tools/find_browser.py [--install]``. Prints the path of the browser. Without one it says what to do
and exits with 1. The variable ``CHROMIUM`` names one to use instead of searching.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools import programs

# The first has no windows, menus nor extensions to keep: it takes a sixth less of a test's time.
SHELL = "chromium-headless-shell"
COMMANDS = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPLICATIONS = ("Google Chrome", "Chromium")

ADVICE = """\
There is no Chromium or Chrome that the browser tests can drive. Any one of these helps:
  - install one: "apt-get install chromium-headless-shell" (Debian), "dnf install chromium" (Fedora), or Chrome from
    google.com/chrome;
  - let Playwright download its own: ".venv/bin/python -m playwright install --with-deps chromium";
  - name one that is installed: "CHROMIUM=/path/to/chrome make test".
A Chromium installed as a snap does not count: it cannot see the tests' temporary files."""


def works(browser: Path) -> bool:
    """Whether a program starts and is a Chromium outside a snap's walls."""
    told = programs.answer(browser, "--version")
    return "snap" not in told and "Chrom" in told


def _playwrights_own() -> Path | None:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return None
    try:
        with sync_playwright() as playwright:
            return Path(playwright.chromium.executable_path)
    except Error:
        return None


def candidates() -> Iterator[Path]:
    """Where a browser may be, the likeliest first: the system's, then the one that Playwright downloads."""
    for command in COMMANDS:
        if place := shutil.which(command):
            yield Path(place)
    for name in MAC_APPLICATIONS:
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield folder / f"{name}.app" / "Contents" / "MacOS" / name
    own = _playwrights_own()
    if own:
        yield own


def find_browser() -> Path | None:
    """The browser to drive: the one that ``CHROMIUM`` names, or the first one that works; None without one."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if works(Path(named)) else None
    return next((path for path in candidates() if path.exists() and works(path)), None)


def ways_to_install() -> Iterator[list[list[str]]]:
    """What may bring a browser to this machine, each as commands to run one after the other."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    download = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    if root and sys.platform == "linux":
        yield [[*download, "--with-deps"]]
    yield [download]
    yield from programs.by_apt(SHELL)
    yield from programs.by_apt("chromium")


WANTED = programs.Wanted("Chromium", "CHROMIUM", ADVICE, find_browser, ways_to_install)


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    return programs.parser(WANTED)


if __name__ == "__main__":
    sys.exit(programs.main(WANTED))
