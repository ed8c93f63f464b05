"""Whose turn it is: nobody can take all the places in which questions run; small ones need not wait for large ones.

A question that goes on for longer than ``QUICK`` seconds is a long one. As long as nobody waits it goes on. Where
somebody does, only ``most_long`` long ones stay; another makes way and is asked again, from its beginning, when a long
one ends. So some places always come free within moments, and whoever came last and asked least gets the next: in a
rush, to take the first in line would let everybody wait as long as the whole line takes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_RUNNING = 4
"""Questions that run at a time; others wait for their turn."""
MOST_LONG = 2
"""Long ones among them, where somebody waits."""
QUICK = 0.25
"""Seconds after which a question is a long one."""
MOST_WAITING = 60
"""Questions that wait at a time; one more is told that there are too many."""
MOST_OF_ONE = 3
"""Of them, those of one session."""
HALF_LIFE = 30.0
"""Seconds after which half of what a session has used is forgiven."""
_LOOK = 0.1


@dataclass(eq=False)
class Ticket:
    """A question's place in the line.

    Attributes:
        session: who asks; one question of each runs at a time.
        make_way: tells the question to leave its place.
        arrived: when it came.
        began: when it began to run; 0 before.
        is_long: whether it had to make way once.
        made_way: whether it was told to leave its place.
        ahead: how many are before it.
    """

    session: str
    make_way: Callable[[], None] = lambda: None
    arrived: float = field(default_factory=time.monotonic)
    began: float = 0.0
    is_long: bool = False
    made_way: bool = False
    ahead: int = 0


class Turns:
    """Gives places to tickets.

    Args:
        most_running: places.
        most_long: places of long questions, where somebody waits.
    """

    def __init__(self, most_running: int = MOST_RUNNING, most_long: int = MOST_LONG) -> None:
        self._places = most_running
        self._long_places = min(most_long, most_running)
        self._waiting: list[Ticket] = []
        self._running: list[Ticket] = []
        self._used: dict[str, tuple[float, float]] = {}
        self._changed = threading.Condition()

    def is_full(self, session: str) -> bool:
        """Whether a question of this session need not even wait."""
        with self._changed:
            own = sum(ticket.session == session for ticket in self._waiting)
            return len(self._waiting) >= MOST_WAITING or own >= MOST_OF_ONE

    def begin(self, ticket: Ticket, patience: float, given_up: Callable[[], bool]) -> bool:
        """Wait for a place.

        Args:
            ticket: of the question.
            patience: the most seconds to wait.
            given_up: whether nobody waits for the question any more.

        Returns:
            Whether it has one.
        """
        late = time.monotonic() + patience
        with self._changed:
            self._waiting.append(ticket)
            try:
                while not given_up() and time.monotonic() < late:
                    if self._is_next(ticket):
                        self._running.append(ticket)
                        return True
                    self._make_room(ticket)
                    self._changed.wait(_LOOK)
                return False
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def end(self, ticket: Ticket) -> None:
        """Give the place back; a ticket that made way is that of a long question from then on."""
        with self._changed:
            self._running.remove(ticket)
            now = time.monotonic()
            if ticket.began:
                self._used[ticket.session] = (self._seconds_of(ticket.session) + now - ticket.began, now)
            if len(self._used) > 10 * MOST_WAITING:
                self._used = {name: use for name, use in self._used.items() if now - use[1] < 10 * HALF_LIFE}
            ticket.is_long = ticket.is_long or ticket.made_way
            ticket.made_way, ticket.began = False, 0.0
            self._changed.notify_all()

    def _seconds_of(self, session: str) -> float:
        """Seconds that a session has used, the older the less they count."""
        seconds, then = self._used.get(session, (0.0, 0.0))
        return float(seconds * 0.5 ** ((time.monotonic() - then) / HALF_LIFE))

    def _order(self, ticket: Ticket) -> tuple[bool, int, float]:
        # Whole seconds: a moment more or less is no reason to go before others. Long ones wait in the order in which
        # they came, as they have lost their place before.
        return ticket.is_long, int(self._seconds_of(ticket.session)), ticket.arrived * (1 if ticket.is_long else -1)

    def _is_next(self, ticket: Ticket) -> bool:
        # Tickets that cannot begin let others go before them.
        ready = [other for other in self._waiting if self._may_run(other)]
        ready.sort(key=self._order)
        ticket.ahead = ready.index(ticket) if ticket in ready else len(ready)
        return bool(ready) and ready[0] is ticket and len(self._running) < self._places

    def _may_run(self, ticket: Ticket) -> bool:
        if any(other.session == ticket.session for other in self._running):
            return False
        return not ticket.is_long or len(self._long_running()) < self._long_places

    def _long_running(self) -> list[Ticket]:
        now = time.monotonic()
        return [one for one in self._running if one.is_long or (one.began and now - one.began > QUICK)]

    def _make_room(self, ticket: Ticket) -> None:
        """Where a question waits that may be a small one: tell the youngest of too many long ones to make way."""
        if ticket.is_long or len(self._running) < self._places or any(one.made_way for one in self._running):
            return
        # A question whose process still starts may come to be a long one.
        starting = sum(not one.began for one in self._running)
        young = [one for one in self._long_running() if one.began and not one.is_long]
        if young and len(self._long_running()) + starting > self._long_places:
            youngest = max(young, key=lambda one: one.began)
            youngest.made_way = True
            youngest.make_way()
