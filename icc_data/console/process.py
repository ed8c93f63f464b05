"""A worker seen from the dashboard: started, asked, and ended when need be."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO, cast

from icc_data.console.answer import Answer
from icc_data.errors import AtlasError
from icc_data.paths import ROOT

START_LIMIT = 30.0
"""Seconds that a process may take to start."""
# A process sees nothing of the server's environment but what it needs to start.
ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}


class Process:
    """A process of ``worker`` on one build of the database.

    Args:
        database: the DuckDB file.

    Attributes:
        build: the build that it was started on.
        ended: whether it was told to end, or has said that it does.

    Raises:
        OSError: there is no such file, or no process can be started.
    """

    def __init__(self, database: Path) -> None:
        self.build = build_of(database)
        self.ended = False
        command = [sys.executable, "-m", "icc_data.console.worker", str(database)]
        self._popen = subprocess.Popen(
            command,
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._in = cast(BinaryIO, self._popen.stdin)
        self._out = cast(BinaryIO, self._popen.stdout)

    def ready(self) -> None:
        """Wait until it can be asked.

        Raises:
            AtlasError: it cannot open the database.
            EOFError: it ended.
        """
        late = threading.Timer(START_LIMIT, self.kill)
        late.start()
        try:
            answer = self._read()
        finally:
            late.cancel()
        if answer.outcome == "failed":
            raise AtlasError(answer.reason, answer.what)

    def ask(self, sql: str) -> tuple[Answer, bytes]:
        """Ask a question.

        Raises:
            EOFError: the process ended.
        """
        try:
            self._in.write(json.dumps({"sql": sql}).encode() + b"\n")
            self._in.flush()
        except OSError:
            raise EOFError from None
        answer = self._read()
        rows = self._out.read(answer.size)
        if len(rows) < answer.size:
            raise EOFError
        self.ended = answer.last
        return answer, rows

    def _read(self) -> Answer:
        try:
            return Answer.from_line(self._out.readline())
        except ValueError:
            raise EOFError from None

    @property
    def usable(self) -> bool:
        """Whether it can be asked."""
        return not self.ended and self._popen.poll() is None

    def kill(self) -> None:
        """End it, whatever it is doing."""
        self.ended = True
        self._popen.kill()

    def close(self) -> None:
        """End it and leave nothing behind."""
        self.kill()
        self._popen.wait()
        for pipe in (self._in, self._out):
            with contextlib.suppress(OSError):
                pipe.close()


def build_of(database: Path) -> tuple[int, int]:
    """What changes when a database file is built anew."""
    facts = database.stat()
    return facts.st_ino, facts.st_mtime_ns
