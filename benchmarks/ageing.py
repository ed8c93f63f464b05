"""Whether a server that has served many people answers as a fresh one does, and how much memory they leave behind.

Usage: ``python -m benchmarks.ageing [--runs 5000] [--sessions 500] [--repetitions 150] [--weighed 40] [--rest 8]``

Starts the atlas twice, opens every page once on both and measures: that is the fresh server. Then so many people come
to one of the two, a few at a time, look at pages with filters of their own, and go. Afterwards the same is measured
again, in the same way. Reruns are given as times those of the other one, to which nobody came, in turns with it and in
the time of the processor: the machine may be busier at one time than at another, and by the clock fifteen reruns of the
same server scatter by more than a tenth. Needs Linux, which tells what memory and processor time a process takes.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from benchmarks.measured import Row, Size
from benchmarks.rerun import ABOUT, ROOT, new_filters, warm_up, with_filters
from benchmarks.stage import Stage
from benchmarks.tabs import Server, Session, serving

MOST_RERUN, MOST_MEMORY, MOST_A_SESSION = 1.1, 1.3, 2.0
"""The goals: times a fresh server's rerun, times its memory, MB that an open session adds."""
OPEN_AT_ONCE = 8
AFTERWARDS = 0.01
"""So many seconds a server still works on a rerun whose end it has told."""


@dataclass(frozen=True)
class Amounts:
    """How much is done.

    Attributes:
        runs: of pages between the two measurements.
        sessions: people between them.
        repetitions: counted reruns of the overview on each server.
        weighed: pages that are open at once, to find what one adds to the memory.
        rest: seconds until a server that nobody asks has put its memory in order.
    """

    runs: int
    sessions: int
    repetitions: int
    weighed: int
    rest: float


AMOUNTS = {
    Size.SMALLEST: Amounts(runs=3, sessions=3, repetitions=1, weighed=2, rest=0.1),
    Size.QUICK: Amounts(runs=600, sessions=80, repetitions=150, weighed=40, rest=8.0),
    Size.FULL: Amounts(runs=5000, sessions=500, repetitions=150, weighed=1000, rest=8.0),
}


@dataclass(frozen=True)
class State:
    """How a server is: a rerun in times the unvisited one's, in milliseconds of the processor, and its memory in MB."""

    ratio: float
    milliseconds: float
    memory: float


@dataclass(frozen=True)
class Servers:
    """The atlas, and another one to which nobody comes."""

    atlas: Server
    unvisited: Server


@contextmanager
def both() -> Iterator[Servers]:
    """Serve the atlas twice."""
    with serving(ROOT / "server.py", ROOT) as atlas, serving(ROOT / "server.py", ROOT) as unvisited:
        yield Servers(atlas, unvisited)


def state(servers: Servers, page: str, amounts: Amounts) -> State:
    """Measure one page's reruns, in turns with the unvisited server's, and the memory once the atlas is at rest."""
    time.sleep(amounts.rest)
    memory = servers.atlas.memory()
    ours, others = reruns([servers.atlas, servers.unvisited], page, amounts.repetitions)
    return State(ours / others, ours * 1000, memory)


def reruns(servers: list[Server], page: str, repetitions: int) -> list[float]:
    """What a rerun of a page takes on each server: the median, in seconds of the processor.

    Args:
        servers: they take turns, in an order that goes to and fro.
        page: its address.
        repetitions: how many count.
    """
    tabs = [(server, Session(server.url, page), list[float]()) for server in servers]
    before_those = warm_up(repetitions)
    for _ in range(before_those + repetitions):
        for server, tab, taken in tabs:
            before = server.processor()
            tab.run()
            time.sleep(AFTERWARDS)
            taken.append(server.processor() - before)
        tabs.reverse()
    for _, tab, _ in tabs:
        tab.close()
    by_url = {server.url: statistics.median(taken[before_those:]) for server, _, taken in tabs}
    return [by_url[server.url] for server in servers]


def pages_of(url: str) -> list[str]:
    """The addresses of the pages, each of them opened once."""
    first = Session(url)
    first.run()
    for page in first.pages:
        tab = Session(url, page)
        tab.run(ABOUT.get(page, ""))
        tab.close()
    first.close()
    return first.pages


def visit(url: str, page: str, queries: list[str]) -> None:
    """One person: a page with one selection after another."""
    tab = Session(url, page)
    for query in queries:
        tab.run(query)
    tab.close()


def serve_people(server: Server, pages: list[str], amounts: Amounts, seed: int) -> list[float]:
    """Let people come and go, and print the memory as they do.

    Args:
        server: the atlas.
        pages: what they look at.
        amounts: how many runs of pages all together, and how many people.
        seed: of their choices.

    Returns:
        The memory after each tenth of them, in MB.
    """
    chance, runs, sessions = random.Random(seed), amounts.runs, amounts.sessions
    filters = list(islice(new_filters(), 200))
    visits = []
    for number in range(sessions):
        page = chance.choice(pages)
        count = runs // sessions + (number < runs % sessions)
        visits.append((page, list(islice(with_filters(page, iter(chance.choices(filters, k=count))), count))))
    memory = []
    with ThreadPoolExecutor(OPEN_AT_ONCE) as pool:
        for tenth in range(10):
            some = visits[sessions * tenth // 10 : sessions * (tenth + 1) // 10]
            list(pool.map(lambda one: visit(server.url, *one), some))
            memory.append(server.memory())
            print(f"after {sessions * (tenth + 1) // 10} people: {memory[-1]:.0f} MB", flush=True)
    return memory


def weigh(server: Server, page: str, amounts: Amounts) -> float:
    """How much memory an open page adds, in MB."""
    before = server.memory()
    tabs = [Session(server.url, page) for _ in range(amounts.weighed)]
    for tab in tabs:
        tab.run()
    time.sleep(amounts.rest)
    after = server.memory()
    for tab in tabs:
        tab.close()
    return (after - before) / amounts.weighed


def _against(goal: float, value: float) -> str:
    return f"{value:.2f} (goal ≤ {goal:.1f}, {'met' if value <= goal else 'missed'})"


@dataclass(frozen=True)
class Aged:
    """A server before and after people came: what an open page adds and what each of them leaves behind, in MB."""

    fresh: State
    aged: State
    weight: float
    left_behind: float


def age(servers: Servers, amounts: Amounts, seed: int, pages: list[str] | None = None) -> Aged:
    """Measure, let people come and go, and measure again.

    Args:
        servers: two fresh ones.
        amounts: how much is done.
        seed: of what people choose.
        pages: what they look at; None for all pages.
    """
    if pages is None:
        pages_of(servers.unvisited.url)
        pages = pages_of(servers.atlas.url)
    fresh = state(servers, "", amounts)
    memory = serve_people(servers.atlas, pages, amounts, seed)
    aged = state(servers, "", amounts)
    weight = weigh(servers.atlas, "", amounts)
    slope = statistics.linear_regression(range(5), memory[5:]).slope
    return Aged(fresh, aged, weight, slope * 10 / amounts.sessions)


def measure(amounts: Amounts, seed: int) -> str:
    """Measure and give the report.

    Args:
        amounts: how much is done.
        seed: of what people choose.
    """
    with both() as servers:
        one = age(servers, amounts, seed)
    return "\n".join(
        [
            f"{'':10}{'÷ unvisited':>18}{'ms':>8}{'MB':>8}",
            *(
                f"{name:10}{state.ratio:>18.2f}{state.milliseconds:>8.1f}{state.memory:>8.0f}"
                for name, state in (("fresh", one.fresh), ("aged", one.aged))
            ),
            f"after {amounts.runs} runs and {amounts.sessions} sessions, aged ÷ fresh:",
            f"  a rerun  {_against(MOST_RERUN, one.aged.ratio / one.fresh.ratio)}",
            f"  memory   {_against(MOST_MEMORY, one.aged.memory / one.fresh.memory)}",
            f"MB that an open session adds: {_against(MOST_A_SESSION, one.weight)}",
            f"MB that a session leaves behind, over the second half: {one.left_behind:.2f}",
        ]
    )


def rows(stage: Stage) -> Iterator[Row]:
    """A server that has served many people beside itself when it was fresh, and the memory that a session adds.

    Args:
        stage: how much is measured, and where.
    """
    amounts = AMOUNTS[stage.size]
    with stage.atlas() as atlas, stage.atlas() as unvisited:
        one = age(Servers(atlas, unvisited), amounts, 1, [""] if stage.is_shared else None)
    told = f"after {amounts.runs:,} runs of {amounts.sessions:,} people"
    yield Row(f"{told}: a rerun, of the processor, aged ÷ fresh", one.aged.ratio / one.fresh.ratio, "×", MOST_RERUN)
    yield Row(f"{told}: memory, aged ÷ fresh", one.aged.memory / one.fresh.memory, "×", MOST_MEMORY)
    yield Row("an open page adds", one.weight, "MB", MOST_A_SESSION)
    yield Row("each who left leaves behind, over the second half", one.left_behind, "MB")


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--runs", type=int, default=5000, help="of pages between fresh and aged (default: 5000)")
    options.add_argument("--sessions", type=int, default=500, help="people who come and go (default: 500)")
    options.add_argument("--repetitions", type=int, default=150, help="reruns that count (default: 150)")
    options.add_argument("--weighed", type=int, default=40, help="pages opened to find what one adds (default: 40)")
    options.add_argument("--rest", type=float, default=8.0, help="seconds to put memory in order (default: 8)")
    options.add_argument("--seed", type=int, default=1, help="of what people choose")
    return options


def main() -> None:
    """Read the command line, measure and print."""
    arguments = vars(parser().parse_args())
    seed = arguments.pop("seed")
    print(measure(Amounts(**arguments), seed))


if __name__ == "__main__":
    main()
