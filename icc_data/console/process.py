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
from icc_data.console.trouble import DatabaseError, Kind
from icc_data.paths import ROOT

START_LIMIT = 30.0
"""Seconds that a process may take to start."""
INTERRUPT_LIMIT = 0.3
"""Seconds that it may take to leave a question."""
NICE = 10
"""How far it stands back where others need the processor."""
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
        DatabaseError: there is no such file.
        OSError: no process can be started.
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
        self._lock = threading.Lock()
        self._asked, self._answering = 0, False
        if hasattr(os, "setpriority"):
            # While it starts, too, nobody has to wait for it.
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._popen.pid, NICE)
        self._in = cast(BinaryIO, self._popen.stdin)
        self._out = cast(BinaryIO, self._popen.stdout)

    def ready(self) -> None:
        """Wait until it can be asked.

        Raises:
            DatabaseError: it cannot open the database.
        """
        late = threading.Timer(START_LIMIT, self.kill)
        late.start()
        try:
            answer = self._read()
        except EOFError:
            raise DatabaseError("other") from None
        finally:
            late.cancel()
        if answer.outcome == "failed":
            raise DatabaseError(cast(Kind, answer.what))

    def ask(self, sql: str) -> tuple[Answer, bytes]:
        """Ask a question.

        Raises:
            EOFError: the process ended.
        """
        with self._lock:
            self._asked += 1
            self._answering = True
        try:
            self._say({"sql": sql})
            answer = self._read()
            rows = self._out.read(answer.size)
        finally:
            with self._lock:
                self._answering = False
        if len(rows) < answer.size:
            raise EOFError
        self.ended = self.ended or answer.last
        return answer, rows

    def interrupt(self) -> None:
        """Tell it to leave its question, and end it where it does not."""
        with self._lock:
            if self._answering:
                with contextlib.suppress(EOFError):
                    self._say({})
                late = threading.Timer(INTERRUPT_LIMIT, self._kill_at, (self._asked,))
                late.daemon = True
                late.start()

    def _kill_at(self, question: int) -> None:
        with self._lock:
            if self._answering and self._asked == question:
                self.kill()

    def _say(self, words: dict[str, str]) -> None:
        try:
            self._in.write(json.dumps(words).encode() + b"\n")
            self._in.flush()
        except (OSError, ValueError):
            raise EOFError from None

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
    """What changes when a database file is built anew.

    Raises:
        DatabaseError: there is no such file, or it may not be looked at.
    """
    try:
        facts = database.stat()
    except OSError as error:
        raise DatabaseError("missing" if isinstance(error, FileNotFoundError) else "other") from None
    return facts.st_ino, facts.st_mtime_ns
