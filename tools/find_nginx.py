"""Find the nginx that the tests run the shipped configuration with, and install one where there is none.

Usage: ``python tools/find_nginx.py [--install]``. Prints the path of the program. Without one it says what to do and
exits with 1. The variable ``NGINX`` names one to use instead of searching.
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

# Where Debian and Homebrew keep it, which is not always where a user's programs are looked for.
PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx")

ADVICE = """\
There is no nginx to try the shipped configuration with. Any one of these helps:
  - install one: "apt-get install nginx" (Debian), "dnf install nginx" (Fedora), "brew install nginx" (macOS);
  - name one that is installed: "NGINX=/path/to/nginx make test".
It need not run as a service: the tests start it by themselves, on a free port, and end it."""


def works(program: Path) -> bool:
    """Whether a program starts and is an nginx that knows TLS and HTTP/2."""
    told = programs.answer(program, "-V")
    return "http_ssl_module" in told and "http_v2_module" in told


def find_nginx() -> Path | None:
    """The nginx to run: the one that ``NGINX`` names, or the first one that works; None without one."""
    named = os.environ.get("NGINX")
    places = [named] if named else [shutil.which("nginx"), *PLACES]
    return next((Path(place) for place in places if place and works(Path(place))), None)


def ways_to_install() -> Iterator[list[list[str]]]:
    """What may bring an nginx to this machine, each as commands to run one after the other."""
    yield from programs.by_apt("nginx-light")


WANTED = programs.Wanted("nginx", "NGINX", ADVICE, find_nginx, ways_to_install)


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    return programs.parser(WANTED)


if __name__ == "__main__":
    sys.exit(programs.main(WANTED))
