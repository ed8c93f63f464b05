"""Memory kept in order while the server runs, off the path of the clicks; benchmarks/ageing.py measures it.

Streamlit would collect garbage in full after each run, while the visitor waits, walking over everything that the
server keeps: libraries, answers, open sessions. ``.streamlit/config.toml`` turns that off. Python's own collections go
on, and those walk only over what came to be since the last round of this module: what stayed has been taken out of
their way (``gc.freeze``). As sessions end and answers are forgotten, some of that becomes garbage after all; so
whenever what is out of the way has grown by a tenth, it is looked through as well.
"""

from __future__ import annotations

import ctypes
import gc
import threading
import time
from contextlib import suppress
from typing import Final

import pyarrow as pa
import streamlit as st

RUNS: Final = 50
"""So many runs of pages make a round due; so does the first run of each page, which loads something of its own."""
GROWTH: Final = 1.1
"""What is out of the collections' way is looked through once it is so many times what it was the last time."""
# Seconds without a run until a round begins; where there is always one, it begins all the same after the second.
_QUIET, _LONGEST = 0.5, 20.0


class Tidying:
    """Rounds of putting memory in order.

    Attributes:
        rounds: how many there were.
        whole: how many of them looked through everything.
        one_at_a_time: held during a round, and by whoever counts what is kept.
    """

    def __init__(self) -> None:
        self.rounds = self.whole = 0
        self.one_at_a_time = threading.Lock()
        self._settled = 0
        self._pages: set[str] = set()
        self._runs = 0
        self._last_run = 0.0
        self._due = threading.Event()

    def note_run(self, page: str) -> None:
        """Take note that a page has run.

        Args:
            page: its address.
        """
        self._runs += 1
        self._last_run = time.monotonic()
        if self._runs >= RUNS or page not in self._pages:
            self._pages.add(page)
            self._due.set()

    @property
    def is_due(self) -> bool:
        """Whether enough has happened since the last round."""
        return self._due.is_set()

    def tidy(self) -> None:
        """One round: collect what is garbage, take the rest out of the way of collections, give free memory back."""
        with self.one_at_a_time:
            self._round()

    def _round(self) -> None:
        self._due.clear()
        self._runs = 0
        self.rounds += 1
        gc.collect()
        gc.freeze()
        if gc.get_freeze_count() <= self._settled * GROWTH:
            return
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._settled = gc.get_freeze_count()
        self.whole += 1
        _give_back()

    def keep_on(self) -> None:
        """Do a round whenever one is due, in a quiet moment; for a thread of its own, as long as the server runs."""
        while True:
            self._due.wait()
            latest = time.monotonic() + _LONGEST
            while time.monotonic() < min(self._last_run + _QUIET, latest):
                time.sleep(_QUIET / 5)
            self.tidy()


def _give_back() -> None:
    """Give the system the memory back that is free: allocators keep it for as long as they are not asked."""
    pa.default_memory_pool().release_unused()
    # Only the C library of GNU has this.
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


@st.cache_resource(show_spinner=False)
def tidying() -> Tidying:
    """What keeps this server's memory in order; its thread begins at the first call."""
    one = Tidying()
    threading.Thread(target=one.keep_on, name="tidying", daemon=True).start()
    return one
