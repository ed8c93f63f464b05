"""The commands, run within the test, before a terminal as a person sees them, and as a process of their own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from icc_data.cli.commands import application

ROOT = Path(__file__).parents[2]
OK, PROBLEMS, UNUSABLE, SOME_REFUSED = 0, 1, 2, 3


def run(*arguments: str | Path) -> Result:
    """A command within the test."""
    result = CliRunner().invoke(application(), [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def in_a_terminal(*arguments: str | Path) -> list[str]:
    """The lines that a command shows to a person, within the test: its standard output is a terminal."""
    ours, its = pty.openpty()
    parts: list[bytes] = []

    def read() -> None:
        # A terminal whose other end was closed gives an error where a file would give its end.
        with contextlib.suppress(OSError):
            while part := os.read(ours, 65536):
                parts.append(part)

    # A terminal holds little that nobody reads.
    reader = threading.Thread(target=read)
    reader.start()
    complaints = io.StringIO()
    with (
        os.fdopen(its, "w", encoding="utf-8") as terminal,
        contextlib.redirect_stdout(terminal),
        contextlib.redirect_stderr(complaints),
        pytest.raises(SystemExit) as ended,
    ):
        application()([str(argument) for argument in arguments])
    reader.join()
    os.close(ours)
    assert (ended.value.code, complaints.getvalue()) == (OK, "")
    return b"".join(parts).decode("utf-8").splitlines()


def process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command as a process of its own, its two streams apart."""
    command = [sys.executable, "-m", "icc_data", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
