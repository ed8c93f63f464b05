"""What the finders of programs share: asking one what it is, installing one, telling its place."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

PATIENCE = 20
DOWNLOAD_PATIENCE = 900
# No package asks anything while it is installed, and none is made to start with the machine.
UNATTENDED = {"DEBIAN_FRONTEND": "noninteractive", "SYSTEMD_OFFLINE": "1", "RUNLEVEL": "1"}


class Wanted(NamedTuple):
    """A program that the tests need.

    Attributes:
        name: what it is, in a word.
        variable: the variable that names one to use instead of searching.
        advice: what to do where there is none.
        find: the place of one that works, or None.
        ways_to_install: what may bring one to this machine, each as commands to run one after the other.
    """

    name: str
    variable: str
    advice: str
    find: Callable[[], Path | None]
    ways_to_install: Callable[[], Iterator[list[list[str]]]]


def answer(program: Path, option: str) -> str:
    """What a program writes about itself; nothing where it does not start."""
    try:
        told = subprocess.run([program, option], capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if told.returncode else told.stdout or told.stderr


def by_apt(package: str) -> Iterator[list[list[str]]]:
    """How Debian installs a package, where this is Debian and may be done."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        yield [["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", package]]


def install(wanted: Wanted) -> Path | None:
    """Try each way to install a program until one works; None where none did."""
    for commands in wanted.ways_to_install():
        for command in commands:
            print(f"No {wanted.name} yet; trying:", *command, file=sys.stderr)
            try:
                subprocess.run(
                    command,
                    env=os.environ | UNATTENDED,
                    stdin=subprocess.DEVNULL,
                    # Standard output is for the path alone.
                    stdout=sys.stderr,
                    timeout=DOWNLOAD_PATIENCE,
                    check=True,
                )
            except (OSError, subprocess.SubprocessError) as error:
                print(f"That did not work: {error}", file=sys.stderr)
                break
        if program := wanted.find():
            return program
    return None


def parser(wanted: Wanted) -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=f"Print the path of a {wanted.name} that the tests can use.")
    options.add_argument("--install", action="store_true", help="install one where there is none")
    return options


def main(wanted: Wanted) -> int:
    """Read the command line, find or install, and print the path."""
    arguments = parser(wanted).parse_args()
    program = wanted.find()
    if program is None and os.environ.get(wanted.variable):
        print(f"The variable {wanted.variable} names no {wanted.name} that starts.", file=sys.stderr)
        return 1
    if program is None and arguments.install:
        program = install(wanted)
    if program is None:
        print(wanted.advice, file=sys.stderr)
        return 1
    print(program)
    return 0
