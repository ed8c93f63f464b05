"""The process in which files from outside are read: whatever they do to it, the dashboard does not feel.

It loads what reading takes once, and reads each file in a child of its own, which may take so much time and memory
and no more, and is gone afterwards with all that the file did. Questions come over a socket: what to call and with
what, as the dashboard pickles it. Answers are pickles too, of which the dashboard takes only records (``apart``).
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from icc_data.errors import AtlasError
from icc_data.i18n import set_language
from icc_data.incoming.contributions.checking import check_upload, with_twins
from icc_data.incoming.contributions.own_results import read_own_results
from icc_data.limits import limit_memory, limit_time
from icc_data.model.geonames import geonames

IDLE_SECONDS = 600.0
"""Seconds after which a process that nobody asks ends."""
READY = b"ready\n"
WORK: dict[str, Callable[..., Any]] = {work.__name__: work for work in (check_upload, with_twins, read_own_results)}


def _answer(connection: Connection) -> None:
    question = pickle.loads(connection.recv_bytes())
    name, arguments, language, scratch = question
    set_language(language)
    # The dashboard sweeps it up, also where this process is ended while the file lies there.
    tempfile.tempdir = scratch

    def tell(*how_far: object) -> None:
        connection.send_bytes(pickle.dumps(("progress", how_far)))

    try:
        answer: tuple[str, Any] = ("done", WORK[name](*arguments, tell))
    except AtlasError as error:
        answer = ("failed", (error.title, error.advice))
    except MemoryError:
        answer = ("too large", ())
    connection.send_bytes(pickle.dumps(answer))


def _in_a_child(connected: socket.socket, listening: socket.socket, seconds: float, memory: int) -> None:
    if os.fork():
        return
    # The end of the child must not run what belongs to its parent.
    try:
        listening.close()
        os.nice(10)
        limit_memory(memory)
        limit_time(seconds)
        with Connection(connected.detach()) as connection:
            _answer(connection)
        os._exit(0)
    finally:
        os._exit(1)


def main(address: str, seconds: float, memory: int) -> None:
    """Read files for whoever connects to a socket, until the dashboard ends or nobody asks any more.

    Args:
        address: of the socket.
        seconds: of a processor's time that reading may take.
        memory: bytes that reading may take beyond what this process has.
    """
    geonames()
    # Children that ended are nobody's concern.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening, selectors.DefaultSelector() as selector:
        listening.bind(address)
        listening.listen()
        selector.register(listening, selectors.EVENT_READ)
        # Nothing is ever written there: it ends when the dashboard does.
        selector.register(sys.stdin.buffer, selectors.EVENT_READ)
        sys.stdout.buffer.write(READY)
        sys.stdout.buffer.flush()
        while events := selector.select(IDLE_SECONDS):
            if any(key.fileobj is not listening for key, _ in events):
                return
            connected, _ = listening.accept()
            with connected:
                _in_a_child(connected, listening, seconds, memory)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
