"""Whether a command that is killed leaves what was there before or what was to come, and the next one works.

Usage: ``python -m benchmarks.soak [--kills 1000] [--only build report] [--seed 1]``

Runs commands that write, on folders of its own, and ends each with SIGKILL at a random moment. After each kill it looks
at what the command writes: that has to be the old or the new, whole, and the same command run again has to make it the
new and to leave nothing else behind. Needs a system that can fork: the commands, and the process that makes reports,
begin with all their code loaded, so that the moments fall into their work and no kill pays for loading it anew.
``docs/security.md`` keeps what it prints.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import importlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

import icc_data.cli.packs
import icc_data.store.making  # noqa: F401
from benchmarks.soak_commands import COMMANDS, BrokenError, Place, Soaked, State
from icc_data.cli import rounds
from icc_data.cli.commands import application

LONGEST = 900.0
"""Seconds after which a run counts as stuck: a busy machine may keep it waiting for minutes."""
REPORTED = 5
IN_TURN = 5
"""Kills of a command before the next has its turn."""


def _forked(work: Callable[[], None], log: Path) -> int:
    """Start some work in a process of its own, whose output goes to a file; the process's id."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    status = 1
    # What it starts is of its group, and is ended with it.
    os.setpgrp()
    try:
        with log.open("wb") as file:
            for stream in (1, 2):
                os.dup2(file.fileno(), stream)
        faulthandler.enable()
        work()
        status = 0
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent has to know
        os.write(2, f"{type(error).__name__}: {error}\n".encode("utf-8", "replace"))
    finally:
        os._exit(status)


class _Forks:
    """Starts the processes of ``rounds`` as forks, each without its parent's end of the pipe."""

    def __init__(self, loaded: Path | None) -> None:
        self._context, self._loaded = get_context("fork"), loaded
        self._ends: list[Any] = []

    def Pipe(self) -> tuple[Any, Any]:  # noqa: N802 - the name is that of multiprocessing
        """As that of multiprocessing."""
        ends = self._context.Pipe()
        self._ends = [*ends]
        return ends

    def Process(self, target: Callable[..., None], args: tuple[Any, ...], daemon: bool) -> Any:  # noqa: N802 - likewise
        """As that of multiprocessing."""
        mine = self._ends[0]

        def work() -> None:
            mine.close()
            target(*args)
            if self._loaded:
                _write_loaded(self._loaded)

        return self._context.Process(target=work, daemon=daemon)


def _write_loaded(file: Path) -> None:
    with file.open("a", encoding="utf-8") as names:
        names.write("".join(f"{name}\n" for name in list(sys.modules)))


@contextmanager
def _by_forks(loaded: Path | None = None) -> Iterator[None]:
    """Let what is started within be forks, and write down which modules they loaded where that is asked for."""
    with patch.object(rounds, "get_context", lambda _kind: _Forks(loaded)):
        try:
            yield
        finally:
            if loaded:
                _write_loaded(loaded)


def _aged(folder: Path) -> None:
    """Make what a killed command left look as if it had been killed some time ago."""
    for pattern in (".unfinished-*", ".atlas-writing-*"):
        for path in folder.rglob(pattern):
            os.utime(path, (0, 0))


def _ended(child: int, within: float) -> int | None:
    """How a process ended, negative for a signal; None where it still runs."""
    until = time.monotonic() + within
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= until:
            return None
        time.sleep(min(0.001, within))


def _killed(child: int, by: signal.Signals = signal.SIGKILL) -> None:
    """End a process and those that it started, which would find out a moment later."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, by)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, by)
    os.waitpid(child, 0)


@dataclass
class Trial:
    """One command on its folders, killed again and again."""

    command: Soaked
    place: Place
    chance: random.Random
    kills: int = 0
    old: int = 0
    new: int = 0
    failures: list[str] = field(default_factory=list)
    expected: float = 0.0
    """How long the last run took that was not killed, in seconds."""
    tries: int = 1
    seconds: float = 0.0
    last: State | None = None
    """What there was when it was last looked at, where nothing has changed it since."""

    def _log(self) -> Path:
        return self.place.root / "log"

    def _start(self, loaded: Path | None = None) -> int:
        def work() -> None:
            with _by_forks(loaded):
                application()(self.command.arguments(self.place))

        return _forked(work, self._log())

    def whole_run(self, loaded: Path | None = None) -> str:
        """Run the command to its end; what it said where it failed.

        Args:
            loaded: a file for the names of the modules that it loaded.
        """
        began = time.monotonic()
        child = self._start(loaded)
        status = _ended(child, LONGEST)
        if status is None:
            # It writes where it is.
            _killed(child, signal.SIGABRT)
            where = self._log().read_text(encoding="utf-8", errors="replace")
            return f"it still ran after {LONGEST:g} seconds: {where}"
        self.expected = time.monotonic() - began
        return "" if status == 0 else f"exit {status}: {self._log().read_text(encoding='utf-8', errors='replace')}"

    def state(self) -> State:
        """What there is, looked at in a process of its own.

        Raises:
            BrokenError: it is neither the old nor the new.
        """
        kept = self.place.root / "state"
        kept.write_text("", encoding="utf-8")

        def look() -> None:
            kept.write_text(json.dumps(self.command.state(self.place)), encoding="utf-8")

        if _ended(_forked(look, self._log()), LONGEST) != 0:
            raise BrokenError(self._log().read_text(encoding="utf-8", errors="replace"))
        state: State = json.loads(kept.read_text(encoding="utf-8"))
        return state

    def measure(self) -> None:
        """Run the command twice: to load what it loads, and to know how long it takes after that.

        Raises:
            BrokenError: it does not even work when it is left alone.
        """
        loaded = self.place.root / "loaded"
        for number in (0, 1):
            self.command.prepare(self.place, number)
            if fault := self.whole_run(None if number else loaded):
                raise BrokenError(fault)
            for name in loaded.read_text(encoding="utf-8").split():
                if name not in sys.modules:
                    # Some are not there by their name, as what a module puts in the place of itself.
                    with contextlib.suppress(ImportError):
                        importlib.import_module(name)

    def kill_once(self, number: int) -> None:
        """Kill the command at a random moment, look at what it left, and run it again."""
        self.command.prepare(self.place, number)
        before = self.state() if self.last is None else self.last
        self.last = before if self.command.starts_afresh else None
        began = time.monotonic()
        child = self._start()
        # Half of the moments lie near the end, where the new takes the place of the old.
        moment = self.expected * self.chance.uniform(*self.chance.choice([(0.0, 1.0), (0.8, 1.1)]))
        if _ended(child, moment) is not None:
            # It was done sooner than expected: no kill.
            self.expected = time.monotonic() - began
            return
        _killed(child)
        self.kills += 1
        where = f"kill {number}, {moment:.3f} s after the start: "
        try:
            between = self.state()
            _aged(self.place.made)
            if fault := self.whole_run():
                self.failures.append(where + "the next run failed, " + fault)
                return
            after = self.state()
            if not self.command.starts_afresh:
                self.last = after
        except BrokenError as error:
            self.failures.append(where + str(error))
            return
        if after == before:
            self.failures.append(where + "the next run changed nothing")
        elif any(between.get(part) not in (before.get(part), after.get(part)) for part in {**before, **between}):
            self.failures.append(where + "what was there was neither the old nor the new")
        elif left := self.command.left(self.place):
            self.failures.append(where + f"left behind: {', '.join(sorted(left))}")
        self.old += between == before
        self.new += between == after


def _goes_on(trial: Trial, wanted: int) -> bool:
    return trial.kills < wanted and len(trial.failures) < REPORTED


def soak(trials: Mapping[str, tuple[Trial, int]], tell: Callable[[str, Trial], None]) -> None:
    """Kill each command so many times, a few times in turn, so that a run which is cut short has tried all of them.

    Args:
        trials: each command's trial and how many kills it shall have.
        tell: is given a trial, and the name of its command, after every few kills.
    """
    for trial, _ in trials.values():
        trial.measure()
    while any(_goes_on(*one) for one in trials.values()):
        for name, (trial, wanted) in trials.items():
            until = min(wanted, trial.kills + IN_TURN)
            if not _goes_on(trial, until):
                continue
            began = time.monotonic()
            while _goes_on(trial, until):
                trial.tries += 1
                trial.kill_once(trial.tries)
            trial.seconds += time.monotonic() - began
            tell(name, trial)


def _tell(name: str, trial: Trial) -> None:
    counts = f"{trial.kills:>8}{trial.old:>12}{trial.new:>12}{len(trial.failures):>10}"
    print(f"{name:10}{counts}{trial.seconds:>10.0f}", flush=True)
    for failure in trial.failures:
        print(f"  {failure}", flush=True)


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--kills", type=int, default=1000, help="how many in all (default: 1000)")
    options.add_argument("--only", nargs="+", choices=COMMANDS, default=list(COMMANDS), help="these commands")
    options.add_argument("--seed", type=int, default=None, help="of the moments; printed where it is not given")
    return options


def main() -> int:
    """Read the command line, kill, and print what came of it."""
    arguments = parser().parse_args()
    if not hasattr(os, "fork"):
        print("This system cannot fork: the commands cannot be killed at moments of their work.", file=sys.stderr)
        return 2
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    print(f"{'command':10}{'kills':>8}{'old after':>12}{'new after':>12}{'failures':>10}{'seconds':>10}", flush=True)
    began = time.monotonic()
    with ExitStack() as stack:
        trials = {}
        for number, name in enumerate(arguments.only):
            place = Place(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="atlas-soak-"))))
            place.fill()
            wanted = arguments.kills // len(arguments.only) + (number < arguments.kills % len(arguments.only))
            trials[name] = Trial(COMMANDS[name], place, random.Random(f"{seed}/{name}")), wanted
        soak(trials, _tell)
    print("In all:")
    for name, (trial, _) in trials.items():
        _tell(name, trial)
    print(f"{sum(trial.kills for trial, _ in trials.values())} kills in {time.monotonic() - began:.0f} seconds")
    return 1 if any(trial.failures for trial, _ in trials.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
