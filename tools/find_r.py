"""Find the R that the tests run the lines for R with, and install one where there is none.

Usage: ``python tools/find_r.py [--install]``. Prints the path of ``Rscript``. Without one it says what to do and exits
with 1. The variable ``RSCRIPT`` names one to use instead of searching.
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

ADVICE = """\
There is no R to run the lines for R with. Any one of these helps:
  - install one: "apt-get install r-base-core" (Debian), "dnf install R-core" (Fedora), "brew install r" (macOS);
  - name one that is installed: "RSCRIPT=/path/to/Rscript make test".
The lines need nothing beside R itself."""


def find_r() -> Path | None:
    """The Rscript to run: the one that ``RSCRIPT`` names, or the one that a shell finds; None without one."""
    place = os.environ.get("RSCRIPT") or shutil.which("Rscript")
    return Path(place) if place and "version" in programs.answer(Path(place), "--version") else None


def ways_to_install() -> Iterator[list[list[str]]]:
    """What may bring an R to this machine, each as commands to run one after the other."""
    yield from programs.by_apt("r-base-core")


WANTED = programs.Wanted("R", "RSCRIPT", ADVICE, find_r, ways_to_install)


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    return programs.parser(WANTED)


if __name__ == "__main__":
    sys.exit(programs.main(WANTED))
