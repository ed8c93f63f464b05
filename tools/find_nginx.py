"""Find the nginx that the tests run the shipped configuration with, and install one where there is none.

Usage: ``python tools/find_nginx.py [--install]``. Prints the path of the program. Without one it says what to do and
exits with 1. The variable ``NGINX`` names one to use instead of searching.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

PATIENCE = 20
DOWNLOAD_PATIENCE = 900
# Where Debian and Homebrew keep it, which is not always where a user's programs are looked for.
PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx")
COMMANDS = (["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "nginx-light"])

ADVICE = """\
There is no nginx to try the shipped configuration with. Any one of these helps:
  - install one: "apt-get install nginx" (Debian), "dnf install nginx" (Fedora), "brew install nginx" (macOS);
  - name one that is installed: "NGINX=/path/to/nginx make test".
It need not run as a service: the tests start it by themselves, on a free port, and end it."""


def works(program: Path) -> bool:
    """Whether a program starts and is an nginx that knows TLS and HTTP/2."""
    try:
        answer = subprocess.run([program, "-V"], capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and "http_ssl_module" in answer.stderr and "http_v2_module" in answer.stderr


@cache
def find_nginx() -> Path | None:
    """The nginx to run: the one that ``NGINX`` names, or the first one that works; None without one."""
    named = os.environ.get("NGINX") or shutil.which("nginx")
    places = [named] if os.environ.get("NGINX") else [named, *PLACES]
    return next((Path(place) for place in places if place and works(Path(place))), None)


def install() -> None:
    """Install Debian's, where this is Debian and may be done; it is not made to start with the machine."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    with_service_off = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "SYSTEMD_OFFLINE": "1", "RUNLEVEL": "1"}
    for command in COMMANDS:
        print("No nginx yet; trying:", *command, file=sys.stderr)
        try:
            # Standard output is for the path alone.
            subprocess.run(
                command,
                env=with_service_off,
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,
                timeout=DOWNLOAD_PATIENCE,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            print(f"That did not work: {error}", file=sys.stderr)
            return
    find_nginx.cache_clear()


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--install", action="store_true", help="install one where there is none")
    return options


def main() -> int:
    """Read the command line, find or install, and print the path."""
    arguments = parser().parse_args()
    if find_nginx() is None and arguments.install and not os.environ.get("NGINX"):
        install()
    program = find_nginx()
    if program is None:
        print(ADVICE, file=sys.stderr)
        return 1
    print(program)
    return 0


if __name__ == "__main__":
    sys.exit(main())
