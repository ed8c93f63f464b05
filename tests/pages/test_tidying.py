"""A server that has served many people keeps, and walks over, no more than a fresh one: counted in objects."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import weakref

import pytest

from pages.shared.tidying import GROWTH, RUNS, Tidying
from tests.helpers.documents import ROOT


class Ring:
    """What only a collection finds to be garbage, as it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(scope="module")
def counted() -> dict[str, dict[str, int]]:
    """What a server keeps before and after 24 runs of 12 people; Streamlit's own sessions are among it."""
    command = [sys.executable, "-m", "tests.helpers.aged", "24", "12"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=600)
    told: dict[str, dict[str, int]] = json.loads(answer.stdout.splitlines()[-1])
    return told


def test_a_server_keeps_hardly_more_objects_after_many_people_than_before(counted: dict[str, dict[str, int]]):
    assert counted["aged"]["kept"] <= 1.1 * counted["fresh"]["kept"]


def test_collections_walk_over_hardly_any_of_what_is_kept(counted: dict[str, dict[str, int]]):
    assert counted["aged"]["walked"] <= 0.01 * counted["aged"]["kept"]


def test_those_who_left_are_forgotten(counted: dict[str, dict[str, int]]):
    # The last one may still come back.
    assert counted["aged"]["sessions"] <= 2


def test_the_first_run_of_a_page_makes_a_round_due_and_then_many_do():
    tidying = Tidying()
    tidying.note_run("map")
    assert tidying.is_due
    tidying.tidy()
    for _ in range(RUNS - 1):
        tidying.note_run("map")
    assert not tidying.is_due
    tidying.note_run("map")
    assert tidying.is_due


def test_a_round_collects_garbage_and_takes_what_stays_out_of_the_way():
    stays, garbage = Ring(), Ring()
    gone = weakref.ref(garbage)
    del garbage
    Tidying().tidy()
    assert gone() is None
    assert not [item for item in gc.get_objects() if item is stays]


def test_what_became_garbage_out_of_the_way_is_collected_once_it_has_grown():
    tidying = Tidying()
    ended = Ring()
    tidying.tidy()
    gone = weakref.ref(ended)
    del ended
    tidying.tidy()
    assert gone() is not None, "rounds walk over everything only where that is worth it"
    more = [[] for _ in range(int(gc.get_freeze_count() * (GROWTH - 1)) + 1000)]
    tidying.tidy()
    assert gone() is None
    assert more
