"""Whose turn it is on the SQL page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from icc_data.console.turns import MOST_OF_ONE, MOST_WAITING, QUICK, Ticket, Turns

SOON = 60.0


def never() -> bool:
    return False


def begun(turns: Turns, session: str, *, is_long: bool = False) -> Ticket:
    """A ticket that has its place, and whose question has just begun to run."""
    ticket = Ticket(session, is_long=is_long)
    assert turns.begin(ticket, SOON, never)
    ticket.began = time.monotonic()
    return ticket


@contextmanager
def waiting(turns: Turns, *tickets: Ticket) -> Iterator[list[Ticket]]:
    """Let tickets wait, all of them at the same time; gives those that got a place, in their order."""
    over, got = threading.Event(), []

    def wait(ticket: Ticket) -> None:
        if turns.begin(ticket, SOON, over.is_set):
            got.append(ticket)

    threads = []
    for ticket in tickets:
        threads.append(threading.Thread(target=wait, args=(ticket,)))
        threads[-1].start()
        assert until(lambda ticket=ticket: ticket in turns._waiting or ticket in got)
    try:
        yield got
    finally:
        over.set()
        for thread in threads:
            thread.join()


def until(fact: Callable[[], object]) -> bool:
    """Wait for a fact, but not for ever."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if fact():
            return True
        time.sleep(0.01)
    return False


def test_where_there_is_a_place_a_question_begins_at_once():
    turns = Turns(most_running=2)
    begun(turns, "a")
    begun(turns, "b")


def test_one_question_of_a_session_runs_at_a_time():
    turns = Turns(most_running=2)
    first = begun(turns, "a")
    second = Ticket("a")
    with waiting(turns, second) as got:
        time.sleep(0.2)
        assert got == []
        turns.end(first)
        assert until(lambda: got == [second])


def test_whoever_waits_longer_than_the_patience_gets_no_place():
    turns = Turns(most_running=1)
    begun(turns, "a")
    assert not turns.begin(Ticket("b"), 0.1, never)


def test_a_question_that_nobody_waits_for_gets_no_place():
    assert not Turns().begin(Ticket("a"), SOON, lambda: True)


def test_whoever_came_last_gets_the_next_place():
    turns = Turns(most_running=1)
    running = begun(turns, "a")
    tickets = [Ticket(name) for name in "bcd"]
    with waiting(turns, *tickets) as got:
        assert until(lambda: [ticket.ahead for ticket in tickets] == [2, 1, 0])
        turns.end(running)
        assert until(lambda: got == tickets[-1:])


def test_whoever_has_asked_for_much_lets_others_go_before():
    turns = Turns(most_running=1)
    greedy = begun(turns, "greedy")
    greedy.began -= 60
    turns.end(greedy)
    running = begun(turns, "a")
    modest, again = Ticket("modest"), Ticket("greedy")
    with waiting(turns, modest, again) as got:
        turns.end(running)
        assert until(lambda: got == [modest])


def running_for(turns: Turns, seconds: float) -> list[str]:
    """Start three questions, the first a moment before the others; gives those that are told to make way."""
    told: list[str] = []
    for order, name in enumerate("abc"):
        ticket = begun(turns, name)
        ticket.began -= seconds - order / 1000
        ticket.make_way = partial(told.append, name)
    return told


def test_where_a_question_waits_the_youngest_of_too_many_long_ones_makes_way():
    turns = Turns(most_running=3, most_long=2)
    told = running_for(turns, 2 * QUICK)
    with waiting(turns, Ticket("small")):
        assert until(lambda: told)
        time.sleep(0.2)
        assert told == ["c"]


def test_no_more_make_way_than_there_are_places_for_long_ones():
    turns = Turns(most_running=3, most_long=3)
    told = running_for(turns, 2 * QUICK)
    with waiting(turns, Ticket("small")):
        time.sleep(0.2)
        assert told == []


def test_a_question_that_has_not_run_for_long_does_not_make_way():
    turns = Turns(most_running=3, most_long=0)
    told = running_for(turns, -SOON)
    with waiting(turns, Ticket("small")):
        time.sleep(0.2)
        assert told == []


def test_as_long_as_nobody_waits_no_question_makes_way():
    turns = Turns(most_running=2, most_long=1)
    running = [begun(turns, name) for name in "ab"]
    for ticket in running:
        ticket.began -= 10 * QUICK
    time.sleep(0.2)
    assert not any(ticket.made_way for ticket in running)


def test_what_has_made_way_waits_for_one_of_the_places_of_long_questions():
    turns = Turns(most_running=3, most_long=1)
    long_one = begun(turns, "long", is_long=True)
    returned, small = Ticket("returned", is_long=True), Ticket("small")
    with waiting(turns, returned, small) as got:
        assert until(lambda: got == [small])
        time.sleep(0.1)
        assert got == [small]
        turns.end(long_one)
        assert until(lambda: got == [small, returned])


def test_only_so_many_may_wait_of_one_session_and_in_all():
    turns = Turns(most_running=1)
    begun(turns, "a")
    with waiting(turns, *(Ticket("b") for _ in range(MOST_OF_ONE))):
        assert turns.is_full("b")
        assert not turns.is_full("c")
    with waiting(turns, *(Ticket(f"{number}") for number in range(MOST_WAITING))):
        assert turns.is_full("c")
