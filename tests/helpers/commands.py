"""The commands, run as a program runs them, as a person does, and within the test."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from icc_data.cli import app

ROOT = Path(__file__).parents[2]
OK, PROBLEMS, UNUSABLE, SOME_REFUSED = 0, 1, 2, 3


def run(*arguments: str | Path) -> Result:
    """A command within the test."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def in_a_terminal(*arguments: str | Path) -> list[str]:
    """The lines that a command shows to a person."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "icc_data", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=its, stderr=subprocess.PIPE) as running:
        os.close(its)
        shown = b""
        # A terminal whose other end was closed gives an error where a file would give its end.
        with contextlib.suppress(OSError):
            while part := os.read(ours, 65536):
                shown += part
        _, complaints = running.communicate()
    os.close(ours)
    assert (running.returncode, complaints) == (OK, b"")
    return shown.decode("utf-8").splitlines()


def process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command as a process of its own, its two streams apart."""
    command = [sys.executable, "-m", "icc_data", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
