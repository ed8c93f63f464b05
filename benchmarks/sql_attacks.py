"""Whether the SQL page holds: attempts to get out of it, attacks on its resources, and a rush of slow queries.

Usage: ``python -m benchmarks.sql_attacks [--every 1] [--skip-rush]``

Tries every line of ``tests/fixtures/sql_escapes.txt`` and ``sql_resources.txt`` on processes of their own, as the page
does, and then opens many tabs with slow queries on a server of its own on this machine. Files and addresses that are
attacked are made for it. ``docs/security.md`` keeps what it prints.
"""

from __future__ import annotations

import argparse
import json
import re
import socket
import statistics
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.tabs import Session, served
from icc_data.console.answer import MOST_BYTES, MOST_ROWS
from icc_data.console.execution import Console, Execution, State
from icc_data.console.messages import message
from icc_data.paths import DATA_DIRECTORY
from icc_data.store.build import build

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
SECRET = "what nobody may read"
ATTACK_LIMIT = 0.25
"""Seconds that a query may take while it is attacked: what has no end takes all of them."""
LATE = 1.0
"""Seconds after its limit within which such a query is ended."""
AT_ONCE = 4
PATIENCE = 60.0
SLOW = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range > {number}"
_SERVER_WORDS = re.compile(r"Traceback|\.py\b|stack_trace|site-packages")
_REPEATED = re.compile(r"\{(\d+)\*([^}]*)\}")


@dataclass(frozen=True)
class Trap:
    """What escapes are after: a file, its folder, and a port on which every caller is counted."""

    secret: Path
    port: int
    callers: list[str]

    def is_untouched(self) -> bool:
        """Whether nothing was written and nobody called."""
        there = [path.name for path in self.secret.parent.iterdir()]
        return there == [self.secret.name] and self.secret.read_text(encoding="utf-8") == SECRET and not self.callers


@contextmanager
def trap() -> Iterator[Trap]:
    """Lay out what escapes are after."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        secret = Path(folder) / "secret.csv"
        secret.write_text(SECRET, encoding="utf-8")
        laid = Trap(secret, listener.getsockname()[1], [])

        def count() -> None:
            while True:
                try:
                    caller, _ = listener.accept()
                except OSError:
                    return
                laid.callers.append("called")
                caller.close()

        threading.Thread(target=count, daemon=True).start()
        yield laid
        listener.shutdown(socket.SHUT_RDWR)


def lines(name: str) -> list[str]:
    """The attempts of a file, without its remarks."""
    every = (FIXTURES / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in every if line and not line.startswith("# ")]


def escapes(laid: Trap) -> list[str]:
    """Every attempt to get out."""
    texts = [str(json.loads('"' + line.replace('"', '\\"') + '"')) for line in lines("sql_escapes")]
    return [text.format(secret=laid.secret, folder=laid.secret.parent, port=laid.port) for text in texts]


def attacks() -> list[str]:
    """Every attack on time, memory and size."""
    written = [_REPEATED.sub(lambda part: int(part[1]) * part[2], line) for line in lines("sql_resources")]
    return [line.replace("{{", "{").replace("}}", "}") for line in written]


def words_of(ended: Execution, limit: float) -> str:
    """All that a person is told where there are no rows."""
    return " ".join(vars(message(ended, limit)).values())


def gets_out(ended: Execution, console: Console, laid: Trap) -> bool:
    """Whether an attempt was answered, or told something of the server that was not in its own text."""
    if ended.state not in (State.REFUSED, State.FAILED):
        return True
    told = words_of(ended, console.time_limit).replace(str(laid.secret), "").replace(str(laid.secret.parent), "")
    return SECRET in told or str(console.database.parent) in told or bool(_SERVER_WORDS.search(told))


def does_harm(ended: Execution, console: Console) -> str:
    """Which limit an attack went past; empty where it went past none."""
    if not ended.finished or ended.state is State.BUSY:
        return "not ended"
    if ended.seconds > console.time_limit + LATE:
        return f"{ended.seconds:.1f} seconds"
    if ended.result:
        large = ended.result.size > 2 * MOST_BYTES or ended.result.rows > MOST_ROWS
        return f"{ended.result.size} bytes" if large else ""
    told = words_of(ended, console.time_limit)
    return "" if told and not _SERVER_WORDS.search(told) else f"told: {told}"


def asked(console: Console, texts: Sequence[str]) -> list[Execution]:
    """Ask everything, a few at a time, and wait for the ends."""

    def ask(sql: str) -> Execution:
        execution = console.ask(sql)
        execution.wait(PATIENCE)
        # An attack is judged at once: what is kept for its rows would go on growing.
        return execution

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, texts))


@dataclass(frozen=True)
class Tried:
    """What came of many attempts."""

    name: str
    count: int
    through: list[str]
    ends: Counter[str]
    seconds: float

    def __str__(self) -> str:
        ends = ", ".join(f"{count} {end}" for end, count in self.ends.most_common())
        through = "".join(f"\n  {text[:200]}" for text in self.through)
        return f"{self.count} {self.name}: {len(self.through)} got through in {self.seconds:.1f} s ({ends}){through}"


def try_escapes(database: Path, every: int = 1) -> Tried:
    """Try to get out, with every so many-th attempt."""
    with trap() as laid:
        console = Console(database, most_long=AT_ONCE)
        start = time.monotonic()
        texts = escapes(laid)[::every]
        ended = asked(console, texts)
        through = [one.sql for one in ended if gets_out(one, console, laid)]
        if not laid.is_untouched():
            through.append("A file was written or an address called.")
        console.close()
    return Tried("escapes", len(texts), through, Counter(one.state.value for one in ended), time.monotonic() - start)


def try_attacks(database: Path, every: int = 1, time_limit: float = ATTACK_LIMIT) -> Tried:
    """Try to wear out the server, with every so many-th attack."""
    console = Console(database, time_limit=time_limit, most_long=AT_ONCE, patience=PATIENCE)
    start = time.monotonic()
    texts = attacks()[::every]
    ended = asked(console, texts)
    console.close()
    harm = [f"{wrong}: {one.sql}" for one in ended if (wrong := does_harm(one, console))]
    seconds = time.monotonic() - start
    return Tried("resource attacks", len(texts), harm, Counter(one.state.value for one in ended), seconds)


@dataclass(frozen=True)
class Rush:
    """What others feel of many slow queries and of attacks.

    Attributes:
        slow: how many sessions have a slow query.
        small: seconds until the small query of another session is answered.
        health: seconds of each answer of the server's health address meanwhile.
        attacks: how many attacks came after that, by the page.
        attacked: seconds of each answer of the health address during these.
    """

    slow: int
    small: float
    health: list[float]
    attacks: int
    attacked: list[float]

    @property
    def usual_health(self) -> float:
        """The median of all answers."""
        return statistics.median([*self.health, *self.attacked])

    def __str__(self) -> str:
        return (
            f"Behind {self.slow} slow queries of other sessions SELECT 1 stood on its page after {self.small:.2f} s; "
            f"the health address answered {_times(self.health)}.\n"
            f"During {self.attacks} attacks by the page it answered {_times(self.attacked)}."
        )


def _times(seconds: list[float]) -> str:
    usual, longest = 1000 * statistics.median(seconds), 1000 * max(seconds)
    return f"{len(seconds)} times in {usual:.0f} ms (median; longest {longest:.0f} ms)"


@contextmanager
def health_of(url: str) -> Iterator[list[float]]:
    """Ask the server again and again how it is; gives the seconds of the answers, which go on coming."""
    seconds: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            start = time.monotonic()
            with urllib.request.urlopen(f"{url}/health", timeout=PATIENCE) as answer:
                answer.read()
            seconds.append(time.monotonic() - start)

    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(watch)
        try:
            yield seconds
        finally:
            over.set()
            watching.result()


def _answered(tab: Session, sql: str) -> float:
    start = time.monotonic()
    while "dataframe" not in tab.elements and time.monotonic() - start < PATIENCE:
        tab.run(urlencode({"sql": sql}))
        time.sleep(0.05)
    return time.monotonic() - start


def _ask_at_once(tabs: Sequence[Session], texts: Sequence[str]) -> None:
    """Ask in all tabs, one text after the other; who asks again gives up what was asked before."""

    def ask(tab: Session, mine: Sequence[str]) -> None:
        for text in mine:
            tab.run(urlencode({"sql": text}))
            time.sleep(ATTACK_LIMIT)

    with ThreadPoolExecutor(len(tabs)) as pool:
        list(pool.map(ask, tabs, [texts[number :: len(tabs)] for number in range(len(tabs))]))


def rush(slow: int = 20, every: int = 1) -> Rush:
    """Open tabs with slow queries, then one with a small one; then try every so many-th attack in some of these tabs.

    Meanwhile the server is asked how it is.
    """
    with served(ROOT / "server.py", ROOT) as url:
        # The first answer of a server waits for the database.
        first = Session(url, "sql")
        _answered(first, "SELECT 0 AS n")
        tabs = [Session(url, "sql") for _ in range(slow)]
        _ask_at_once(tabs, [SLOW.format(number=number) for number in range(slow)])
        with health_of(url) as health:
            last = Session(url, "sql")
            small = _answered(last, "SELECT 1 AS n")
            # While the slow ones go on.
            time.sleep(1)
        texts = attacks()[::every]
        with health_of(url) as attacked:
            _ask_at_once(tabs[:AT_ONCE], texts)
        for tab in (first, last, *tabs):
            tab.close()
    return Rush(slow, small, health, len(texts), attacked)


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--every", type=int, default=1, help="try every so many-th line alone, for a quick look")
    options.add_argument("--skip-rush", action="store_true", help="start no server")
    return options


def main() -> None:
    """Read the command line, try and print; end with 1 where something got through."""
    arguments = parser().parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = build(DATA_DIRECTORY, Path(folder) / "atlas.duckdb").database
        tried = []
        for attempt in (try_escapes, try_attacks):
            tried.append(attempt(database, arguments.every))
            print(tried[-1], flush=True)
    if not arguments.skip_rush:
        print(rush())
    if any(one.through for one in tried):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
