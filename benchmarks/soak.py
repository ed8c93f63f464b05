"""Whether a command that is killed leaves what was there before or what was to come, and the next one works.

Usage: ``python -m benchmarks.soak [--kills 1000] [--only build add] [--seed 1]``

Runs commands that write, on folders of its own, and ends each with SIGKILL at a random moment. After each kill it looks
at what the command writes: that has to be the old or the new, whole, and the same command run again has to make it the
new and to leave nothing else behind. Needs a system that can fork; the commands start with all their code loaded, so
that the moments fall into their work. ``docs/security.md`` keeps what it prints.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from icc_data.cli import app
from icc_data.incoming.check import load_data
from icc_data.incoming.data_folder import table_bytes
from icc_data.model.records import TABLES
from icc_data.paths import ROOT
from icc_data.store.database import open_database

DATA = ROOT / "tests" / "fixtures" / "data_2026_11_22"
LONGEST = 120.0
"""Seconds after which a run counts as stuck."""
REPORTED = 5
NEW_PRACTICE = "title,city_ids,countries\nA garden for all,Bilbao,Spain\n"
NEW_SCORE = "city_id,year,policy_area,score\nbilbao,2021,overall,66\n"


class BrokenError(Exception):
    """What is there is neither the old nor the new."""


@dataclass(frozen=True)
class Place:
    """The folders of one command: its data, what is to be added to it, and what is made of it."""

    root: Path

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.root / "data"

    @property
    def made(self) -> Path:
        """Where a database or tables are made."""
        return self.root / "made"

    @property
    def database(self) -> Path:
        """The database that is built."""
        return self.made / "atlas.duckdb"

    @property
    def incoming(self) -> list[Path]:
        """Two files that add to two tables."""
        return [self.root / "new-practices.csv", self.root / "new-scores.csv"]

    def fill(self) -> None:
        """Make the folders as they are before the first run."""
        self.made.mkdir()
        for file, text in zip(self.incoming, (NEW_PRACTICE, NEW_SCORE), strict=True):
            file.write_text(text, encoding="utf-8")
        self.restore()

    def restore(self) -> None:
        """Make the data folder as it was."""
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(DATA, self.data)

    def change(self, number: int) -> None:
        """Make the data different from all that it was before."""
        row = f"Garden number {number},bilbao,Spain"
        header, _, rest = (DATA / "practices.csv").read_text(encoding="utf-8").partition("\n")
        columns = header.split(",")
        cells = dict(zip(("title", "city_ids", "countries"), row.split(","), strict=True))
        cells |= {"practice_id": f"garden-{number}"}
        added = ",".join(cells.get(column, "") for column in columns)
        (self.data / "practices.csv").write_text(f"{header}\n{added}\n{rest}", encoding="utf-8")


def _digest(parts: Sequence[bytes]) -> str:
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def _database_state(place: Place) -> str:
    """The data that the database was built from, when every table of it can be counted."""
    if not place.database.exists():
        return "nothing"
    with open_database(place.database) as connection:
        (mark,) = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone() or ("",)
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'"
            ).fetchall()
        ]
        counts = {name: connection.table(name).count("*").fetchall()[0][0] for name in tables}
    if not counts.get("practice"):
        raise BrokenError(f"the database holds {counts}")
    return str(mark)


def _data_state(place: Place) -> str:
    """What the tables of the data folder hold, when nothing is wrong with them."""
    problems = load_data(place.data)[1]
    if problems:
        raise BrokenError(str(problems[0]))
    tables = [table_bytes(place.data, table) for table in TABLES]
    new = [b"A garden for all" in b"".join(tables), b"bilbao,2021,overall,66" in b"".join(tables)]
    if len(set(new)) > 1:
        raise BrokenError("one table is new and the other is old")
    return _digest(tables)


def _published_state(place: Place) -> str:
    """The published tables, when each file is as their description says."""
    target = place.made / "tables"
    if not target.exists():
        if target.is_symlink():
            raise BrokenError("the published tables are a link to nothing")
        return "nothing"
    files = {path.name: path.read_bytes() for path in sorted(target.iterdir())}

    for resource in json.loads(files["datapackage.json"])["resources"]:
        content = files[resource["path"]]
        if resource["bytes"] != len(content) or not resource["hash"].endswith(sha256(content).hexdigest()):
            raise BrokenError(f"{resource['path']} is not as it is described")
    return _digest(list(files.values()))


def _left_in(folder: Path, expected: set[str]) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")} - expected


@dataclass(frozen=True)
class Soaked:
    """A command that is killed.

    Attributes:
        arguments: of the command line.
        prepare: makes the run of a number have something to do.
        state: what there is, as a value that is equal where that is the same.
        left: names of what should not be left after a run that was not killed.
    """

    arguments: Callable[[Place], list[str]]
    prepare: Callable[[Place, int], None]
    state: Callable[[Place], str]
    left: Callable[[Place], set[str]]


def _changed(place: Place, number: int) -> None:
    place.change(number)


def _restored(place: Place, number: int) -> None:
    place.restore()


COMMANDS = {
    "build": Soaked(
        lambda place: ["build", "--data", str(place.data), "--database", str(place.database)],
        _changed,
        _database_state,
        lambda place: _left_in(place.made, {"atlas.duckdb"}),
    ),
    "add": Soaked(
        lambda place: ["add", *map(str, place.incoming), "--data", str(place.data)],
        _restored,
        _data_state,
        lambda place: _left_in(place.data, {path.name for path in DATA.iterdir()}),
    ),
    "publish": Soaked(
        lambda place: ["publish", "--data", str(place.data), "--output", str(place.made / "tables")],
        _changed,
        _published_state,
        # The tables lie in a hidden folder to which a link leads; the one before it stays for who reads it just now.
        lambda place: {name for name in _left_in(place.made, {"tables"}) if not name.startswith(".tables")},
    ),
}


def _forked(work: Callable[[], None], log: Path) -> int:
    """Start some work in a process of its own, whose output goes to a file; the process's id."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        with log.open("wb") as file:
            for stream in (1, 2):
                os.dup2(file.fileno(), stream)
        work()
        status = 0
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent has to know
        os.write(2, f"{type(error).__name__}: {error}\n".encode("utf-8", "replace"))
    finally:
        os._exit(status)


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


def _killed(child: int) -> None:
    os.kill(child, signal.SIGKILL)
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

    def _log(self) -> Path:
        return self.place.root / "log"

    def whole_run(self) -> str:
        """Run the command to its end; what it said where it failed."""
        began = time.monotonic()
        child = _forked(lambda: app(self.command.arguments(self.place)), self._log())
        status = _ended(child, LONGEST)
        if status is None:
            _killed(child)
            return f"it still ran after {LONGEST:g} seconds"
        self.expected = time.monotonic() - began
        return "" if status == 0 else f"exit {status}: {self._log().read_text(encoding='utf-8', errors='replace')}"

    def state(self) -> str:
        """What there is, looked at in a process of its own.

        Raises:
            BrokenError: it is neither the old nor the new.
        """
        kept = self.place.root / "state"
        kept.write_text("", encoding="utf-8")

        def look() -> None:
            kept.write_text(self.command.state(self.place), encoding="utf-8")

        if _ended(_forked(look, self._log()), LONGEST) != 0:
            raise BrokenError(self._log().read_text(encoding="utf-8", errors="replace"))
        return kept.read_text(encoding="utf-8")

    def measure(self) -> None:
        """Run the command once, to know how long it takes.

        Raises:
            BrokenError: it does not even work when it is left alone.
        """
        self.command.prepare(self.place, 0)
        if fault := self.whole_run():
            raise BrokenError(fault)

    def kill_once(self, number: int) -> None:
        """Kill the command at a random moment, look at what it left, and run it again."""
        self.command.prepare(self.place, number)
        before = self.state()
        child = _forked(lambda: app(self.command.arguments(self.place)), self._log())
        # Half of the moments lie near the end, where the new takes the place of the old.
        moment = self.expected * self.chance.uniform(*self.chance.choice([(0.0, 1.0), (0.8, 1.1)]))
        if _ended(child, moment) is not None:
            # It was done sooner than expected: no kill.
            return
        _killed(child)
        self.kills += 1
        where = f"kill {number}, {moment:.3f} s after the start: "
        try:
            between = self.state()
            if fault := self.whole_run():
                self.failures.append(where + "the next run failed, " + fault)
                return
            after = self.state()
        except BrokenError as error:
            self.failures.append(where + str(error))
            return
        if after == before:
            self.failures.append(where + "the next run changed nothing")
        elif between not in (before, after):
            self.failures.append(where + "what was there was neither the old nor the new")
        elif left := self.command.left(self.place):
            self.failures.append(where + f"left behind: {', '.join(sorted(left))}")
        self.old += between == before
        self.new += between == after


def soak(names: Sequence[str], kills: int, seed: int) -> dict[str, Trial]:
    """Kill each command so many times.

    Args:
        names: of ``COMMANDS``.
        kills: how many in all, shared out among the commands.
        seed: of the moments.

    Returns:
        What came of it, by command.
    """
    trials = {}
    for place_in_list, name in enumerate(names):
        wanted = kills // len(names) + (place_in_list < kills % len(names))
        with tempfile.TemporaryDirectory(prefix="atlas-soak-") as root:
            place = Place(Path(root))
            place.fill()
            trial = Trial(COMMANDS[name], place, random.Random(f"{seed}/{name}"))
            trial.measure()
            number = 0
            while trial.kills < wanted and len(trial.failures) < REPORTED:
                number += 1
                trial.kill_once(number)
            trials[name] = trial
    return trials


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
    began = time.monotonic()
    trials = soak(arguments.only, arguments.kills, seed)
    print(f"{'command':10}{'kills':>8}{'old after':>12}{'new after':>12}{'failures':>10}{'whole run':>14}")
    for name, trial in trials.items():
        counts = f"{trial.kills:>8}{trial.old:>12}{trial.new:>12}{len(trial.failures):>10}"
        print(f"{name:10}{counts}{trial.expected:>12.2f} s")
        for failure in trial.failures:
            print(f"  {failure}")
    print(f"{sum(trial.kills for trial in trials.values())} kills in {time.monotonic() - began:.0f} seconds")
    return 1 if any(trial.failures for trial in trials.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
