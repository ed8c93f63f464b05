"""Work on many things one after the other in a process of its own, which another one replaces after every round.

What libraries keep of all that they ever worked on goes with the process, so that a run does not grow with its length;
and whatever ends the process, the run goes on.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection

from icc_data.i18n import language, set_language
from icc_data.i18n import translate as _

ROUND = 50
"""How many things one process works on."""
# To finish what it writes; a thing takes less than a second.
_LEAVING_SECONDS = 5.0

Work = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """What became of one thing.

    Attributes:
        name: of the thing.
        reason: why it failed; empty where it did not.
        process: the number of the process that worked on it.
    """

    name: str
    reason: str
    process: int


def in_rounds(names: Sequence[str], begin: Callable[[], Work], size: int = ROUND) -> Generator[Outcome]:
    """Work on things in a process of its own, and in a new one after every round and where one was ended.

    Args:
        names: of the things, in order.
        begin: called once in each process, gives what is called for each thing; it is pickled on its way there.
        size: how many things make a round.

    Returns:
        What became of each, as soon as that is known.
    """
    child: _Child | None = None
    try:
        for number, name in enumerate(names):
            if child and number % size == 0:
                child.close()
                child = None
            child = child or _Child(begin)
            reason = child.work(name)
            yield Outcome(name, reason, child.number)
            if child.is_gone:
                child = None
    finally:
        if child:
            child.close()


class _Child:
    """A process that works on what it is sent.

    A fresh one rather than a fork: a fork would take over what this process holds and the locks of threads that it
    does not have.
    """

    def __init__(self, begin: Callable[[], Work]) -> None:
        context = get_context("spawn")
        self._connection, its = context.Pipe()
        self._process = context.Process(target=_work, args=(its, begin, language()), daemon=True)
        self.is_gone = False
        with _no_interrupt():
            self._process.start()
        # Held by the process alone, it is closed when that is gone.
        its.close()

    @property
    def number(self) -> int:
        """Of the process."""
        return self._process.pid or 0

    def work(self, name: str) -> str:
        """Why the work on a thing failed; empty where it did not."""
        try:
            self._connection.send(name)
            reason: str = self._connection.recv()
        except (EOFError, OSError):
            self.is_gone = True
            self.close()
            return _ending(self._process.exitcode or 0)
        return reason

    def close(self) -> None:
        """Let it finish what it is at, and end it."""
        self._connection.close()
        self._process.join(_LEAVING_SECONDS)
        self._process.kill()
        self._process.join()


def _ending(status: int) -> str:
    if status < 0:
        return _("The process that worked on it was ended ({signal}), by somebody or for want of memory.").format(
            signal=signal.Signals(-status).name
        )
    return _("The process that worked on it ended by itself (exit code {status}).").format(status=status)


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Let the process that is started here never feel Ctrl-C, which the terminal sends to all: this one sees to it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(connection: Connection, begin: Callable[[], Work], code: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Where the parent is killed, nothing more is written.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    set_language(code)
    work: Work | None = None
    unable = ""
    try:
        work = begin()
    # Each thing of the round is said to fail for it, at no other process's cost.
    except Exception as error:  # noqa: BLE001
        unable = _words(error)
    while True:
        try:
            name = connection.recv()
        except (EOFError, OSError):
            return
        reason = unable
        if work:
            try:
                work(name)
            # Whatever goes wrong with one thing, the others are worked on.
            except Exception as error:  # noqa: BLE001
                reason = _words(error)
        connection.send(reason)


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
