"""Find the PostgreSQL that the tests keep the catalogue of a lake in, and install one where there is none.

Usage: ``python tools/find_postgres.py [--install]``. Prints the path of the server's program. Without one it says what
to do and exits with 1. The variable ``POSTGRES`` names one to use instead of searching.
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

# Where Debian and Homebrew keep it, apart from what users call.
PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")

ADVICE = """\
There is no PostgreSQL to keep the catalogue of a lake in. Any one of these helps:
  - install one: "apt-get install postgresql" (Debian), "dnf install postgresql-server" (Fedora),
    "brew install postgresql" (macOS);
  - name one that is installed: "POSTGRES=/path/to/bin/postgres make test".
It need not run as a service: the tests start one by themselves, on a free port and in a folder of their own, and end
it."""


def works(program: Path) -> bool:
    """Whether a program starts and is a PostgreSQL, with what makes a new database and asks it beside it."""
    beside = (program.resolve().with_name(name) for name in ("initdb", "psql"))
    return "PostgreSQL" in programs.answer(program, "--version") and all(map(Path.exists, beside))


def find_postgres() -> Path | None:
    """The server to run: the one that ``POSTGRES`` names, or the newest one that works; None without one."""
    named = os.environ.get("POSTGRES")
    kept = (path for place in PLACES for path in sorted(Path(place).glob("*/bin/postgres"), reverse=True))
    places = [Path(named)] if named else [*kept, *map(Path, filter(None, [shutil.which("postgres")]))]
    return next((place.resolve() for place in places if works(place)), None)


def ways_to_install() -> Iterator[list[list[str]]]:
    """What may bring a PostgreSQL to this machine, each as commands to run one after the other."""
    yield from programs.by_apt("postgresql")


WANTED = programs.Wanted("PostgreSQL", "POSTGRES", ADVICE, find_postgres, ways_to_install)


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    return programs.parser(WANTED)


if __name__ == "__main__":
    sys.exit(programs.main(WANTED))
