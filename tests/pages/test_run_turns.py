"""Runs of pages take turns: in the order of clicks, few at once, and none behind one that waits itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

from pages.shared import run_turns
from pages.shared.run_turns import Turns, take_turns

PATIENCE = 30.0
LONGER_THAN_THE_TEST = 1000.0


def _until(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < until:
        time.sleep(0.005)
    return holds()


@contextmanager
def waiting(line: Turns, had: list[str], *names: str, first: bool = False) -> Iterator[None]:
    """People who have come to a line one after the other, and say their name in their turn."""

    def have(name: str) -> None:
        with line.turn(first=first):
            had.append(name)

    threads = []
    for name in names:
        thread = threading.Thread(target=have, args=(name,))
        before = line.waiting
        thread.start()
        assert _until(lambda before=before: line.waiting == before + 1)
        threads.append(thread)
    yield
    for thread in threads:
        thread.join(PATIENCE)


def test_whoever_came_first_has_the_first_turn():
    line, had = Turns(1, LONGER_THAN_THE_TEST), []
    with ExitStack() as later, line.turn():
        later.enter_context(waiting(line, had, "a", "b", "c"))
        assert had == []
    assert had == ["a", "b", "c"]


def test_who_was_stopped_by_a_click_of_their_own_need_not_wait_again():
    line, had = Turns(1, LONGER_THAN_THE_TEST), []
    with ExitStack() as later, line.turn():
        later.enter_context(waiting(line, had, "a"))
        later.enter_context(waiting(line, had, "stopped", first=True))
    assert had == ["stopped", "a"]


def test_as_many_as_are_said_have_a_turn_at_once_and_one_more_waits():
    line, had = Turns(2, LONGER_THAN_THE_TEST), []
    with ExitStack() as later, line.turn(), line.turn():
        later.enter_context(waiting(line, had, "a"))
        assert had == []
    assert had == ["a"]


def test_a_turn_that_takes_long_keeps_nobody_waiting():
    line = Turns(1, 0.05)
    with line.turn(), line.turn(), line.turn():
        assert line.waiting == 0


def test_whoever_steps_aside_lets_the_next_one_in_and_takes_nothing_back():
    line = Turns(1, LONGER_THAN_THE_TEST)
    had: list[str] = []
    with line.turn():
        line.step_aside()
        with line.turn():
            line.step_aside()
        with ExitStack() as later, line.turn():
            later.enter_context(waiting(line, had, "a"))
            assert had == []
    assert had == ["a"]


def test_a_turn_that_fails_is_over():
    line = Turns(1, LONGER_THAN_THE_TEST)
    with pytest.raises(ValueError, match="wrong"), line.turn():
        raise ValueError("wrong")
    with line.turn():
        assert line.waiting == 0


def page() -> None:
    import streamlit as st

    if st.session_state.setdefault("runs", 0) < 2:
        st.session_state.runs += 1
        st.rerun()
    st.write(f"run {st.session_state.runs}")


def test_a_page_runs_in_its_turn_and_goes_on_where_it_leads_to_itself(monkeypatch: pytest.MonkeyPatch):
    line = Turns(1, LONGER_THAN_THE_TEST)
    monkeypatch.setattr(run_turns, "_turns", line)
    monkeypatch.setattr(script_runner, "exec_func_with_error_handling", script_runner.exec_func_with_error_handling)
    take_turns()
    app, had = AppTest.from_function(page), []
    clicking = threading.Thread(target=lambda: had.append(app.run(timeout=PATIENCE).markdown[0].value))
    with line.turn():
        clicking.start()
        assert _until(lambda: line.waiting == 1)
        assert had == []
    clicking.join(PATIENCE)
    assert had == ["run 2"]
