"""The SQL page under attack: nothing gets out, nothing goes past its limits, and others hardly feel it."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb
import pytest

from benchmarks import sql_attacks
from benchmarks.sql_attacks import Trap, attacks, escapes, rush, trap, try_attacks, try_escapes
from icc_data.console.answer import TIME_LIMIT
from icc_data.console.execution import Console, State
from icc_data.console.turns import MOST_RUNNING, MOST_WAITING
from tests.helpers.questions import PATIENCE


def test_at_least_300_different_escapes_and_60_different_attacks_are_tried():
    laid = Trap(Path("secret.csv"), 1, [])
    assert len(set(escapes(laid))) >= 300
    assert len(set(attacks())) >= 60


def test_no_attempt_gets_out_and_no_attack_goes_past_its_limits(atlas_file: Path, monkeypatch: pytest.MonkeyPatch):
    # A busy machine takes a while to end what is at its limit of time.
    monkeypatch.setattr(sql_attacks, "LATE", 2 * TIME_LIMIT)
    assert try_escapes(atlas_file).through == []
    assert try_attacks(atlas_file, time_limit=0.1).through == []


def test_a_trap_that_is_stepped_into_is_noticed():
    with trap() as laid:
        assert laid.is_untouched()
        duckdb.execute(f"COPY (SELECT 1) TO '{laid.secret.parent}/out.csv'")
        assert not laid.is_untouched()


def test_behind_20_slow_queries_of_others_a_small_one_is_answered_before_them_and_the_server_says_that_it_lives():
    felt = rush(20, every=20)
    # In the line it would wait for five times four of them. How much sooner it is answered on a machine that does
    # nothing else is measured by benchmarks.sql_attacks.
    assert felt.small <= 2 * TIME_LIMIT
    assert felt.usual_health <= 1


def test_a_query_beyond_those_that_may_wait_is_told_at_once_that_there_are_too_many(atlas_file: Path):
    console = Console(atlas_file, time_limit=PATIENCE)
    slow = "SELECT count(*) FROM range(10000000) a, range(10000000) b"
    many = [console.ask(slow, f"session {number}") for number in range(MOST_RUNNING + MOST_WAITING)]
    end = time.monotonic() + PATIENCE
    while not console._turns.is_full("one more") and time.monotonic() < end:
        time.sleep(0.01)
    last = console.ask("SELECT 1", "one more")
    assert (last.finished, last.state) == (True, State.BUSY)
    for one in many:
        one.cancel()
    console.close()
