"""How the atlas answers many people at once, beside an empty Streamlit page with the same people.

Usage: ``python -m benchmarks.people [--people 50 100 200] [--seconds 60] [--think 5 10] [--processes 2]``

Each of them is one of three visitors, who open the atlas, filter, turn pages, search and go on to what they look for,
and think between two clicks. They come one after the other within the time that one of them thinks. The same people do
the same on an empty page: each of their clicks reruns it. The first row of each number is the empty page's; the atlas
is given in figures and in times those. What counts are runs that begin after all have come. Needs Linux, which tells
how much memory and processor time a process takes.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from websocket import WebSocketException

from benchmarks.measured import Row, Size
from benchmarks.rerun import EMPTY, ROOT
from benchmarks.stage import Stage, say
from benchmarks.tabs import Server, Session, free_port, serving
from tools.find_nginx import find_nginx

START_PATIENCE, MOST_PROCESSES = 120, 8
GOALS = {50: 1.0, 200: 2.5}
"""For so many people, how many seconds 95 of 100 clicks may take at most."""
RESTLESS, LEAST_RUNS = 50, 2.0
"""So many people who never pause, and how many times the runs of the empty page there have to be at least: those who
pause get an answer to each of their clicks from either server, which says nothing of what it can do."""

COMES = "atlas_server=new"
"""The cookie of a browser that has loaded the page and opens it: the proxy chooses its server."""

COUNTRIES = ("france", "spain", "italy", "ukraine", "portugal", "norway", "germany", "poland")
AREAS = ("education", "commitment", "business_labour", "welcoming", "participation")
WORDS = ("school", "garden", "women", "library", "football", "language", "housing", "music", "mentoring", "theatre")
CITIES = ("bergen", "bilbao", "botkyrka", "limerick", "reggio-emilia", "barcelona", "lublin", "dublin")

Step = tuple[str, str]
"""A page and its address parameters."""


def searching(chance: random.Random) -> list[Step]:
    """Somebody who looks for practices: filters, turns pages, searches, reads one."""
    country, other = chance.sample(COUNTRIES, 2)
    first = chance.randrange(2000, 2016)
    return [
        ("", ""),
        ("", f"country={country}"),
        ("practices", f"country={country}"),
        ("practices", f"country={country}&page=2"),
        ("practices", f"q={chance.choice(WORDS)}"),
        ("practices", f"q={chance.choice(WORDS)}&country={other}"),
        ("practice", "practice=a-welcoming-app"),
        ("map", f"country={country}&from={first}"),
    ]


def of_a_city(chance: random.Random) -> list[Step]:
    """Somebody of a city: how it stands, beside which others, what it could do next."""
    city = f"my_city={chance.choice(CITIES)}"
    area = chance.choice(AREAS)
    return [
        ("", ""),
        ("city", city),
        ("benchmark", city),
        ("benchmark", f"{city}&policy_area={area}"),
        ("audit", city),
        ("partners", city),
        ("practices", f"{city}&policy_area={area}"),
        ("city", city),
    ]


def of_the_programme(chance: random.Random) -> list[Step]:
    """Somebody of the programme: the whole network, by time, by area, by topic."""
    area, country = chance.choice(AREAS), chance.choice(COUNTRIES)
    first = chance.randrange(1995, 2016)
    return [
        ("", ""),
        ("timeline", ""),
        ("timeline", f"from={first}&to={first + chance.randrange(3, 10)}"),
        ("policy_area", f"policy_area={area}"),
        ("topics", f"country={country}"),
        ("index", ""),
        ("map", f"policy_area={area}"),
        ("data", ""),
    ]


VISITORS = (searching, of_a_city, of_the_programme)


@dataclass
class Taken:
    """What the people of one measurement met: seconds of each run, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Figures:
    """One row: how many runs a second, the seconds of slow ones, errors, MB, and cores busy."""

    runs: float
    p50: float
    p95: float
    p99: float
    errors: int
    memory: float
    cores: float


class Family:
    """A process with those that it started.

    Args:
        pid: of the first.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def _members(self) -> list[Server]:
        members, waiting = [], [self._pid]
        while waiting:
            pid = waiting.pop()
            members.append(Server("", pid))
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting.extend(map(int, children.read_text(encoding="ascii").split()))
        return members

    def memory(self) -> float:
        """What all of them hold, in MB."""
        return sum(member.memory() for member in self._members())

    def processor(self) -> float:
        """The seconds of processor time of all of them."""
        return sum(member.processor() for member in self._members())


@contextmanager
def by_processes(processes: int) -> Iterator[Server]:
    """The atlas with so many processes behind one port, as ``make serve`` starts them."""
    port = free_port()
    command = [sys.executable, "tools/serve.py", "--processes", str(processes)]
    environment = {**os.environ, "ATLAS_PORT": str(port)}
    url = f"http://127.0.0.1:{port}"
    launcher = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(START_PATIENCE * 10):
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                    break
            except (urllib.error.URLError, OSError):
                if launcher.poll() is not None:
                    raise RuntimeError("The atlas did not start.") from None
                time.sleep(0.1)
        yield Server(url, launcher.pid)
    finally:
        launcher.terminate()
        launcher.wait(60)


def click(
    url: str, visitor: int, steps: Sequence[Step], think: tuple[float, float], times: Times, taken: Taken
) -> None:
    """One person from coming to going.

    Args:
        url: the server.
        visitor: a number of their own.
        steps: what they look at, again and again; for the empty page, nothing but pages named "".
        think: seconds between two clicks, from and to.
        times: when they come, from when on runs count, and when they go.
        taken: what they meet is added to it.
    """
    chance = random.Random(visitor)
    time.sleep(max(0.0, times.begin + chance.uniform(0, think[1]) - time.monotonic()))
    tab: Session | None = None
    for page, query in cycle(steps):
        if time.monotonic() >= times.end:
            break
        began = time.monotonic()
        try:
            tab = tab or Session(url, cookie=COMES)
            tab.go(page, query)
        except (WebSocketException, OSError, RuntimeError) as error:
            taken.errors.append(f"{type(error).__name__}: {error}")
            tab = None
        else:
            if began >= times.counted:
                taken.seconds.append(time.monotonic() - began)
        time.sleep(max(0.0, min(chance.uniform(*think), times.end - time.monotonic())))
    if tab is not None:
        tab.close()


@dataclass(frozen=True)
class Times:
    """Moments of a measurement, as ``time.monotonic`` tells them."""

    begin: float
    counted: float
    end: float


def crowd(server: Server, people: int, seconds: float, think: tuple[float, float], *, empty: bool) -> Figures:
    """Let people come, and measure once all are there.

    Args:
        server: what they come to.
        people: how many.
        seconds: for how long it is measured.
        think: seconds between two clicks, from and to.
        empty: whether there is only one page, for all that they click.
    """
    begin = time.monotonic() + 0.5
    times = Times(begin, begin + think[1], begin + think[1] + seconds)
    taken = Taken()
    threads = []
    for visitor in range(people):
        steps = VISITORS[visitor % len(VISITORS)](random.Random(visitor))
        steps = [("", query) for _, query in steps] if empty else steps
        arguments = server.url, visitor, steps, think, times, taken
        threads.append(threading.Thread(target=click, args=arguments, daemon=True))
    family = Family(server.pid)
    for thread in threads:
        thread.start()
    time.sleep(max(0.0, times.counted - time.monotonic()))
    began, before = time.monotonic(), family.processor()
    time.sleep(max(0.0, times.end - time.monotonic()))
    passed, used, memory = time.monotonic() - began, family.processor() - before, family.memory()
    runs = len(taken.seconds)
    for thread in threads:
        thread.join()
    for error in sorted(set(taken.errors)):
        print(f"{taken.errors.count(error)} × {error}", flush=True)
    hundredths = statistics.quantiles(taken.seconds, n=100) if len(taken.seconds) > 1 else [float("inf")] * 99
    return Figures(
        runs / passed, hundredths[49], hundredths[94], hundredths[98], len(taken.errors), memory, used / passed
    )


def warm(url: str, processes: int) -> None:
    """Let the processes of a server load what their pages need, as one that has run for a day has."""
    for server in range(1, processes + 1):
        for visitor in VISITORS:
            tab = Session(url, cookie=f"atlas_server=s{server}")
            for page, query in visitor(random.Random(-1)):
                tab.go(page, query)
            tab.close()


HEADER = f"{'people':>6} {'page':12}{'runs/s':>8}{'p50 s':>8}{'p95 s':>8}{'p99 s':>8}{'errors':>8}{'MB':>7}{'cores':>7}"


def _row(people: int, name: str, one: Figures) -> str:
    times = "".join(f"{seconds:>8.2f}" for seconds in (one.p50, one.p95, one.p99))
    return f"{people:>6} {name:12}{one.runs:>8.1f}{times}{one.errors:>8}{one.memory:>7.0f}{one.cores:>7.2f}"


def _ratios(people: int, atlas: Figures, empty: Figures) -> str:
    pairs = [(atlas.runs, empty.runs), (atlas.p50, empty.p50), (atlas.p95, empty.p95), (atlas.p99, empty.p99)]
    ratios = "".join(f"{own / other if other else float('inf'):>8.2f}" for own, other in pairs)
    size = f"{atlas.memory / empty.memory:>7.2f}{atlas.cores / max(empty.cores, 0.01):>7.2f}"
    goal = GOALS.get(people)
    met = "" if goal is None else f"  p95 ≤ {goal:.1f} s {'met' if atlas.p95 <= goal else 'missed'}"
    return f"{people:>6} {'÷':12}{ratios}{'':>8}{size}{met}"


def measure(people: Sequence[int], seconds: float, think: tuple[float, float], processes: int) -> None:
    """Measure, and print the table as it comes to be.

    Args:
        people: how many, one measurement for each.
        seconds: for how long each is measured.
        think: seconds between two clicks, from and to.
        processes: of the atlas.
    """
    print(HEADER, flush=True)
    for count in people:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
            empty = crowd(stack.enter_context(serving(folder / "empty.py", folder)), count, seconds, think, empty=True)
        print(_row(count, "empty page", empty), flush=True)
        started = by_processes(processes) if processes > 1 else serving(ROOT / "server.py", ROOT)
        with started as server:
            warm(server.url, processes)
            atlas = crowd(server, count, seconds, think, empty=False)
        print(_row(count, "the atlas", atlas), _ratios(count, atlas, empty), sep="\n", flush=True)


def _processes(stage: Stage) -> int:
    """As many as there are cores where a proxy can be before them."""
    return 1 if stage.is_shared or find_nginx() is None else min(os.cpu_count() or 1, MOST_PROCESSES)


def rows(stage: Stage) -> Iterator[Row]:
    """How long people wait, beside the same people at an empty page.

    Args:
        stage: how much is measured, and where.
    """
    smallest = stage.size is Size.SMALLEST
    think = (0.1, 0.2) if smallest else (5.0, 10.0)
    for people in (3,) if smallest else (50, 100, 200):
        told, atlas, _empty = _beside_empty(stage, people, think)
        yield Row(f"{told}: 95 of 100 clicks within", atlas.p95, "s", GOALS.get(people))
        yield Row(f"{told}: errors and dropped connections", atlas.errors, "", 0)
    told, atlas, empty = _beside_empty(stage, 3 if smallest else RESTLESS, (0.0, 0.01))
    times = atlas.runs / max(empty.runs, 0.01)
    yield Row(f"{told}, without a pause: clicks answered a second ÷ empty page", times, "×", LEAST_RUNS, at_least=True)


def _beside_empty(stage: Stage, people: int, think: tuple[float, float]) -> tuple[str, Figures, Figures]:
    """Who they are in words, and how the atlas and an empty page answer them."""
    smallest, processes = stage.size is Size.SMALLEST, _processes(stage)
    seconds = {Size.SMALLEST: 0.5, Size.QUICK: 12.0, Size.FULL: 60.0}[stage.size]
    with stage.page(EMPTY) as server:
        empty = crowd(server, people, seconds, think, empty=True)
    with by_processes(processes) if processes > 1 else stage.atlas() as server:
        if not smallest:
            warm(server.url, processes)
        atlas = crowd(server, people, seconds, think, empty=False)
    say(f"  {_row(people, 'empty page', empty)}\n  {_row(people, 'the atlas', atlas)}")
    told = f"{people} people, {processes} processes" if processes > 1 else f"{people} people, one process"
    return told, atlas, empty


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--people", type=int, nargs="+", default=[50, 100, 200], help="how many at once")
    options.add_argument("--seconds", type=float, default=60, help="for how long each number is measured")
    options.add_argument(
        "--think", type=float, nargs=2, default=[5, 10], help="seconds between two clicks, from and to"
    )
    options.add_argument("--processes", type=int, default=1, help="of the atlas, behind one port (default: 1)")
    return options


def main() -> None:
    """Read the command line, measure and print."""
    arguments = parser().parse_args()
    think = arguments.think[0], arguments.think[1]
    measure(arguments.people, arguments.seconds, think, arguments.processes)


if __name__ == "__main__":
    main()
