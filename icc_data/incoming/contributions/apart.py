"""Reading what somebody sent in a process of its own, within limits of time and memory."""

from __future__ import annotations

import io
import os
import pickle
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import is_dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from icc_data.errors import AtlasError
from icc_data.i18n import language
from icc_data.i18n import translate as _
from icc_data.incoming.contributions.checking import Contribution, Network, Proposal, check_upload, with_twins
from icc_data.incoming.contributions.own_results import OwnResults, read_own_results
from icc_data.incoming.contributions.reading_process import READY
from icc_data.incoming.contributions.upload import Progress, shown_name, untold
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.records import Practice
from icc_data.model.vocabulary import Vocabulary
from icc_data.paths import ROOT

TIME_LIMIT = 10.0
"""Seconds of a processor's time that reading may take."""
MOST_MEMORY = 512 * 1024**2
"""Bytes that reading may take beyond what the process has when it begins."""
AT_ONCE = 2
"""How many files are read at the same time; others wait."""
PATIENCE = 30.0
"""Seconds after which somebody who waits for others is told."""
START_LIMIT = 60.0
# On a busy machine a process waits for its turn: its own limit is the one of processor time.
_SILENCE = 6 * TIME_LIMIT
_MOST_BYTES = 64_000_000
_FROM = ("icc_data.incoming.", "icc_data.model.", "icc_data.errors")
_PLAIN = {("datetime", "date"): "date"}


class _Records(pickle.Unpickler):
    """Takes records and plain values from the process and nothing else, should a file have taken it over."""

    def find_class(self, module: str, name: str) -> Any:
        wanted = super().find_class(module, name) if module.startswith(_FROM) or (module, name) in _PLAIN else None
        if (module, name) in _PLAIN or (isinstance(wanted, type) and is_dataclass(wanted)):
            return wanted
        raise pickle.UnpicklingError(f"{module}.{name} is no record")


class ReadingProcess:
    """The process that reads, started when it is needed and again where it has ended.

    Args:
        seconds: of a processor's time that reading may take.
        memory: bytes that reading may take.
    """

    def __init__(self, seconds: float = TIME_LIMIT, memory: int = MOST_MEMORY) -> None:
        self._limits = (seconds, memory)
        self._starting = threading.Lock()
        self._popen: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def connect(self) -> Connection:
        """Connect to it; it is started where it does not run.

        Raises:
            OSError: it does not start.
        """
        with self._starting:
            for is_last in (False, True):
                if self._popen is None or self._popen.poll() is not None:
                    self._start()
                connecting = socket.socket(socket.AF_UNIX)
                try:
                    connecting.connect(self._socket())
                    return Connection(connecting.detach())
                except OSError:
                    connecting.close()
                    # It may end in this moment, as nobody asked it for long.
                    self.close()
                    if is_last:
                        raise
        raise AssertionError

    def close(self) -> None:
        """End it."""
        if self._popen is not None:
            self._popen.kill()
            self._popen.communicate()

    def _socket(self) -> str:
        return str(Path(cast(tempfile.TemporaryDirectory[str], self._folder).name) / "socket")

    def _start(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
        self._folder = tempfile.TemporaryDirectory(prefix="atlas-reading-", ignore_cleanup_errors=True)
        limits = [str(limit) for limit in self._limits]
        popen = subprocess.Popen(
            [sys.executable, "-m", "icc_data.incoming.contributions.reading_process", self._socket(), *limits],
            cwd=ROOT,
            env={name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        late = threading.Timer(START_LIMIT, popen.kill)
        late.start()
        try:
            if cast(io.BufferedReader, popen.stdout).readline() != READY:
                popen.kill()
                popen.wait()
                raise OSError(_("the process that reads files does not start"))
        finally:
            late.cancel()
        self._popen = popen


_process = ReadingProcess()
_turns = threading.BoundedSemaphore(AT_ONCE)


def check_apart(name: str, content: bytes, network: Network, progress: Progress = untold) -> Contribution:
    """``checking.check_upload``, within limits of time and memory that the operating system holds to.

    Raises:
        AtlasError: the file as a whole cannot be used, takes too long or too much memory, or too many others wait.
    """
    answer: Contribution = _asked(shown_name(name), check_upload, (name, content, network), progress)
    return answer


def compare_apart(
    file: str, proposals: tuple[Proposal, ...], practices: tuple[Practice, ...], progress: Progress = untold
) -> tuple[Proposal, ...]:
    """``checking.with_twins``, within limits of time and memory that the operating system holds to.

    Raises:
        AtlasError: it takes too long or too much memory, or too many others wait.
    """
    compared: tuple[Proposal, ...] = _asked(file, with_twins, (proposals, practices), progress)
    return compared


def read_apart(
    files: Iterable[tuple[str, bytes]],
    city_id: str,
    gazetteer: Gazetteer,
    vocabulary: Vocabulary,
    progress: Progress = untold,
) -> OwnResults:
    """``own_results.read_own_results``, within limits of time and memory that the operating system holds to.

    Raises:
        AtlasError: the files take too long or too much memory, or too many others wait.
    """
    contents = list(files)
    names = ", ".join(shown_name(name) for name, _content in contents)
    answer: OwnResults = _asked(names, read_own_results, (contents, city_id, gazetteer, vocabulary), progress)
    return answer


def _asked(file: str, work: Any, arguments: tuple[Any, ...], progress: Progress) -> Any:
    if not hasattr(os, "fork"):
        # Windows: the readers' own limits of size remain.
        return work(*arguments, progress)
    if not _turns.acquire(timeout=PATIENCE):
        raise AtlasError(
            _("Many people are having files read at the moment."), _("Try again in a minute; nothing was changed.")
        )
    try:
        outcome, value = _outcome((work.__name__, arguments, language()), progress)
    except OSError as error:
        raise AtlasError(
            _("Files cannot be read at the moment: {reason}.").format(reason=error.strerror or str(error)),
            _("Try again later; nothing was changed."),
        ) from None
    finally:
        _turns.release()
    if outcome == "failed":
        raise AtlasError(*value)
    if outcome != "done":
        raise AtlasError(
            _("{file} takes too long or too much memory to be read.").format(file=file),
            _("Keep only the sheet and the columns with the practices or scores, or send it in parts."),
        )
    return value


def _outcome(question: tuple[Any, ...], progress: Progress) -> tuple[str, Any]:
    with (
        _process.connect() as connection,
        tempfile.TemporaryDirectory(prefix="atlas-", ignore_cleanup_errors=True) as scratch,
    ):
        connection.send_bytes(pickle.dumps((*question, scratch)))
        last = time.monotonic()
        while connection.poll(max(0.0, last + _SILENCE - time.monotonic())):
            try:
                answer = connection.recv_bytes(_MOST_BYTES)
            except (EOFError, OSError):
                break
            outcome, value = _Records(io.BytesIO(answer)).load()
            if outcome != "progress":
                return outcome, value
            progress(*value)
    # It was ended: by the limits, or with the process it came from.
    return "ended", ()
