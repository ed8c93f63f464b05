"""Find a Chromium that the browser tests can drive, and install one where there is none.

Usage: ``python tools/find_browser.py [--install]``. Prints the path of the browser. Without one it says what to do
and exits with 1. The variable ``CHROMIUM`` names one to use instead of searching.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPLICATIONS = ("Google Chrome", "Chromium")
PATIENCE = 20
DOWNLOAD_PATIENCE = 900

ADVICE = """\
There is no Chromium or Chrome that the browser tests can drive. Any one of these helps:
  - install one: "apt-get install chromium" (Debian), "dnf install chromium" (Fedora), or Chrome from google.com/chrome;
  - let Playwright download its own: ".venv/bin/python -m playwright install --with-deps chromium";
  - name one that is installed: "CHROMIUM=/path/to/chrome make test".
A Chromium installed as a snap does not count: it cannot see the tests' temporary files."""


def works(browser: Path) -> bool:
    """Whether a program starts and is a Chromium outside a snap's walls."""
    try:
        answer = subprocess.run([browser, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and "snap" not in answer.stdout and "Chrom" in answer.stdout


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
        path = shutil.which(command)
        if path:
            yield Path(path)
    for name in MAC_APPLICATIONS:
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield folder / f"{name}.app" / "Contents" / "MacOS" / name
    own = _playwrights_own()
    if own:
        yield own


@cache
def find_browser() -> Path | None:
    """The browser to drive: the one that ``CHROMIUM`` names, or the first one found that works; None without one."""
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
    if root and shutil.which("apt-get"):
        yield [["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]]


def install() -> Path | None:
    """Try each way to install a browser until one works; None where none did."""
    for commands in ways_to_install():
        for command in commands:
            print("No browser yet; trying:", *command, file=sys.stderr)
            try:
                # Standard output is for the path alone.
                subprocess.run(
                    command, stdin=subprocess.DEVNULL, stdout=sys.stderr, timeout=DOWNLOAD_PATIENCE, check=True
                )
            except (OSError, subprocess.SubprocessError) as error:
                print(f"That did not work: {error}", file=sys.stderr)
                break
        find_browser.cache_clear()
        browser = find_browser()
        if browser:
            return browser
    return None


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--install", action="store_true", help="install one where there is none")
    return options


def main() -> int:
    """Read the command line, find or install, and print the path."""
    arguments = parser().parse_args()
    browser = find_browser()
    if browser is None and os.environ.get("CHROMIUM"):
        print("The variable CHROMIUM names no Chromium that starts.", file=sys.stderr)
        return 1
    if browser is None and arguments.install:
        browser = install()
    if browser is None:
        print(ADVICE, file=sys.stderr)
        return 1
    print(browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())
