"""Work in processes of their own: in rounds, past whatever fails or is killed, and gone when it is over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from icc_data.cli.rounds import Outcome, in_rounds
from icc_data.i18n import set_language
from tests.helpers.commands import ROOT
from tests.helpers.rounds import Noting, Unable


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Where the work is noted."""
    return tmp_path / "notes"


def _reasons(outcomes: list[Outcome]) -> dict[str, str]:
    return {outcome.name: outcome.reason for outcome in outcomes}


def _runs(process: int) -> bool:
    """Whether a process is there and has not ended; one that nobody has asked after its end counts as ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _until(is_so: Callable[[], bool], seconds: float = 60) -> bool:
    limit = time.monotonic() + seconds
    while not is_so() and time.monotonic() < limit:
        time.sleep(0.01)
    return is_so()


def test_all_is_worked_on_in_order_and_in_a_new_process_after_every_round(notes: Path):
    outcomes = list(in_rounds(["a", "b", "c", "d", "e"], Noting(notes), size=2))
    assert [(outcome.name, outcome.reason) for outcome in outcomes] == [(name, "") for name in "abcde"]
    assert notes.read_text(encoding="utf-8").split() == ["a", "b", "c", "d", "e"]
    first, second, third = (outcomes[at].process for at in (0, 2, 4))
    assert [outcome.process for outcome in outcomes] == [first, first, second, second, third]
    assert len({first, second, third, os.getpid()}) == 4
    assert not any(map(_runs, (first, second, third)))


def test_what_fails_says_why_and_the_others_are_worked_on_by_the_same_process(notes: Path):
    outcomes = list(in_rounds(["refused", "faulty", "wordless", "good"], Noting(notes)))
    assert _reasons(outcomes) == {
        "refused": "The paper is out. Buy some.",
        "faulty": "The ink is out.",
        "wordless": "ValueError",
        "good": "",
    }
    assert len({outcome.process for outcome in outcomes}) == 1


def test_what_its_process_was_killed_for_fails_and_the_others_are_worked_on_by_another(notes: Path):
    outcomes = list(in_rounds(["one", "killed", "two", "left", "three"], Noting(notes)))
    assert _reasons(outcomes) == {
        "one": "",
        "killed": "The process that worked on it was ended (SIGKILL), by somebody or for want of memory.",
        "two": "",
        "left": "The process that worked on it ended by itself (exit code 7).",
        "three": "",
    }
    assert notes.read_text(encoding="utf-8").split() == ["one", "two", "three"]
    assert len({outcome.process for outcome in outcomes}) == 3


def test_a_process_that_is_killed_between_two_things_costs_only_the_next(notes: Path):
    outcomes = []
    for outcome in in_rounds(["one", "two", "three"], Noting(notes)):
        outcomes.append(outcome)
        if outcome.name == "one":
            os.kill(outcome.process, signal.SIGKILL)
    assert [bool(outcome.reason) for outcome in outcomes] == [False, True, False]


def test_where_the_work_cannot_begin_a_round_says_so_and_tries_once(notes: Path):
    outcomes = list(in_rounds(["a", "b", "c"], Unable(notes), size=2))
    assert set(_reasons(outcomes).values()) == {"The press is broken. Mend it."}
    assert notes.read_text(encoding="utf-8") == "tried\ntried\n"


def test_reasons_are_in_the_language_of_whoever_asked(notes: Path):
    set_language("fr")
    assert _reasons(list(in_rounds(["spoken"], Noting(notes)))) == {"spoken": "Ville"}


def _held(process: int) -> int:
    """Bytes that a process holds."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE")


def test_what_one_round_hoards_the_next_does_not_hold(notes: Path):
    here = _held(os.getpid())
    names = [f"hoard {number}" for number in range(12)]
    held = [_held(outcome.process) for outcome in in_rounds(names, Noting(notes), size=4)]
    assert held[3] - held[0] > 25_000_000
    assert abs(held[11] - held[3]) < 5_000_000
    assert _held(os.getpid()) - here < 5_000_000


# What is started in the background of a shell does not listen to Ctrl-C.
_COMMAND = """
import signal
from pathlib import Path
from icc_data.cli.rounds import in_rounds
from tests.helpers.rounds import Noting
signal.signal(signal.SIGINT, signal.default_int_handler)
for outcome in in_rounds(["one", "slow", "three"], Noting(Path({notes!r}))):
    print(outcome.process, flush=True)
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
def test_where_the_command_ends_in_the_midst_its_process_ends_and_says_nothing(notes: Path, ending: signal.Signals):
    with subprocess.Popen(
        [sys.executable, "-c", _COMMAND.format(notes=str(notes))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as command:
        assert command.stdout
        assert command.stderr
        child = int(command.stdout.readline())
        # Ctrl-C goes to all processes of the terminal.
        os.killpg(command.pid, ending) if ending == signal.SIGINT else command.kill()
        command.wait(60)
        assert _until(lambda: not _runs(child))
        complaints = command.stderr.read()
    assert notes.read_text(encoding="utf-8") == "one\n"
    assert complaints.count("Traceback") == (1 if ending == signal.SIGINT else 0)
