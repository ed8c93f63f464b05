"""Runs of pages take turns: whoever clicked first is answered first.

Python runs one page at a time in a process. Where many run at once, each gets on a little in turn with all others and
all end late: who clicked first waits as long as who clicked last. Then all look at what came in the same moment, and
click again in the same moment.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from streamlit.runtime.scriptrunner import script_runner

MOST: Final = 3
"""So many run at once: while one waits for an answer of the database, another one goes on."""
LONG: Final = 1.0
"""Seconds after which a run keeps nobody waiting any more: a large file or a question of the first of its kind."""
_EXECUTE = "exec_func_with_error_handling"
_execute: Callable[..., Any] = vars(script_runner)[_EXECUTE]


class Turns:
    """A line of those who wait for their turn.

    Args:
        most: so many have it at once.
        long: seconds after which a turn counts no more.
    """

    def __init__(self, most: int = MOST, long: float = LONG) -> None:
        self._most, self._long = most, long
        self._lock = threading.Lock()
        self._line: deque[threading.Event] = deque()
        self._begun: dict[threading.Event | None, float] = {}
        self._own = threading.local()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._line)

    @contextmanager
    def turn(self, *, first: bool = False) -> Iterator[None]:
        """Wait for a turn, and have it.

        Args:
            first: whether to stand in front of all others.
        """
        mine = threading.Event()
        with self._lock:
            if first:
                self._line.appendleft(mine)
            else:
                self._line.append(mine)
            self._let_in()
        while not mine.wait(self._long):
            with self._lock:
                self._let_in()
        self._own.turn = mine
        try:
            yield
        finally:
            self._end(mine)

    def step_aside(self) -> None:
        """Give up the turn of this thread, if it has one."""
        self._end(getattr(self._own, "turn", None))

    def _end(self, one: threading.Event | None) -> None:
        with self._lock:
            self._begun.pop(one, None)
            self._let_in()

    def _let_in(self) -> None:
        now = time.monotonic()
        free = self._most - sum(now - begun < self._long for begun in self._begun.values())
        while free > 0 and self._line:
            one = self._line.popleft()
            self._begun[one] = now
            one.set()
            free -= 1


_turns = Turns()
_of_thread = threading.local()


def step_aside() -> None:
    """Let others have their turn from here on: what follows waits for another process."""
    _turns.step_aside()


def take_turns() -> None:
    """Let all runs of pages of this process take turns."""
    vars(script_runner)[_EXECUTE] = _execute_in_turn


def _execute_in_turn(run: Callable[[], Any], context: Any) -> Any:
    # Who clicked again while a page was made, or is led on by it, has waited already.
    with _turns.turn(first=getattr(_of_thread, "has_waited", False)):
        ended = _execute(run, context)
    _of_thread.has_waited = ended[2] is not None
    return ended
