"""How long every question takes on data of any size: beside a bare scan of what it reads, and as the data grows.

    python -m benchmarks.questions [--sizes 10000 100000 1000000] [--only terms search] [--databases FILE …]

Grows the real data to each size, builds a database of it (both kept in ``build/grown`` for the next time), and asks
every function of ``icc_data.queries`` with five selections, on two threads. A time is the least of a few, in
milliseconds; beside it stands that of the processor, which counts where the machine is busy. The *floor* is a bare scan
of the tables and columns that the question's plan reads. ``docs/performance.md`` keeps the figures.
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from benchmarks.asked_questions import QUESTIONS, SELECTIONS, WHOLE, Ask
from benchmarks.grown_data import LIVING, grow
from benchmarks.measured import Row, Size
from benchmarks.stage import Stage, say
from icc_data import queries
from icc_data.paths import ROOT
from icc_data.queries import Connection
from icc_data.queries.selection import Selection
from icc_data.store.build import build
from icc_data.store.database import load_full_text_search

GROWN = ROOT / "build" / "grown"
SIZES = (10_000, 100_000, 1_000_000)
THREADS = 2
# The longest a question may take at a size, in milliseconds.
GOALS = {1_000_000: 100.0, 10_000_000: 400.0}
SEARCH_GOALS = {1_000_000: 150.0}
MOST_GROWTH, MOST_FLOOR = 10.0, 5.0
"""The goals of what a tenfold of the data multiplies a time by, and of times the floor."""
REPETITIONS = 5
# A question that has taken so many seconds is not asked again.
_LONG = 1.0


class Recorder:
    """A connection that remembers everything that it was asked."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    def execute(self, text: str, params: Mapping[str, Any] | None = None) -> Connection:
        """Ask, and remember the text and its parameters."""
        self.asked.append((text, params or {}))
        return self.connection.execute(text, params)


def _scans(plan: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    about = plan.get("extra_info", {})
    if isinstance(about, dict) and "Table" in about:
        columns = about.get("Projections", [])
        listed = [columns] if isinstance(columns, str) else columns
        yield about["Table"], tuple(sorted(name for name in listed if name))
    for child in plan.get("children", []):
        yield from _scans(child)


def _scanned(column: str) -> str:
    return f'bit_xor(hash("{column}"))'


def floor_questions(connection: Connection, ask: Ask, selection: Selection) -> list[str]:
    """The bare scans of what a question reads: each table once, with every column that its plans read of it."""
    recorder = Recorder(connection)
    ask(recorder, selection)
    columns: dict[str, set[str]] = {}
    for text, params in recorder.asked:
        rows = connection.execute(f"EXPLAIN (FORMAT json) {text}", params).fetchall()
        for table, names in _scans({"children": json.loads(rows[-1][1])}):
            columns.setdefault(table, set()).update(names)
    return [
        f"SELECT {', '.join(map(_scanned, sorted(names))) or 'count(*)'} FROM {table}"
        for table, names in columns.items()
    ]


@dataclass(frozen=True)
class Time:
    """The least that something took of a few times, in milliseconds: by the clock, and of the processor."""

    wall: float
    processor: float


def time_of(run: Callable[[], Any], repetitions: int = REPETITIONS) -> tuple[Time, Any]:
    """How long something takes, and what it gives; what takes long is done once."""
    walls, processors = [], []
    for _ in range(repetitions):
        wall, processor = time.perf_counter(), time.process_time()
        answer = run()
        walls.append((time.perf_counter() - wall) * 1000)
        processors.append((time.process_time() - processor) * 1000)
        if sum(processors) > _LONG * 1000:
            break
    return Time(min(walls), min(processors)), answer


@dataclass(frozen=True)
class Measured:
    """One question with one selection at one size."""

    question: str
    selection: str
    practices: int
    rows: int
    time: Time
    floor: Time


def rows_of(answer: Any) -> int:
    """How many rows an answer has; of several the sum."""
    if isinstance(answer, tuple):
        return sum(rows_of(part) for part in answer)
    return len(answer) if hasattr(answer, "__len__") else 1


def open_for_timing(database: Path, threads: int = THREADS) -> Connection:
    """A database for questions on so many threads."""
    connection = duckdb.connect(str(database), read_only=True, config={"threads": threads})
    load_full_text_search(connection)
    return connection


def _run_all(connection: Connection, scans: Iterable[str]) -> list[list[Any]]:
    return [connection.execute(scan).fetchall() for scan in scans]


def measure(
    connection: Connection,
    names: Iterable[str],
    repetitions: int = REPETITIONS,
    selections: Mapping[str, Selection] = SELECTIONS,
) -> Iterator[Measured]:
    """Time each question with each selection; one that has no selection with the empty one alone."""
    practices = queries.practice_count(connection, Selection())
    for name in names:
        ask = QUESTIONS[name]
        takes = "selection" in inspect.signature(getattr(queries, name)).parameters
        for label, selection in selections.items() if takes else [("none", Selection())]:
            spent, answer = time_of(partial(ask, connection, selection), repetitions)
            scans = floor_questions(connection, ask, selection) if spent.processor < _LONG * 1000 else []
            floor, _ = time_of(partial(_run_all, connection, scans), repetitions)
            yield Measured(name, label, practices, rows_of(answer), spent, floor)


def goal_of(name: str, practices: int) -> float | None:
    """The longest a question may take at a size, in milliseconds; None where there is no goal."""
    if name in WHOLE:
        return None
    return SEARCH_GOALS.get(practices, GOALS.get(practices)) if name == "search" else GOALS.get(practices)


def database_of(practices: int) -> Path:
    """The database of so many practices; made where it is not there or made by other code."""
    folder, database = GROWN / f"{practices}", GROWN / f"{practices}.duckdb"
    if not folder.exists():
        grow(LIVING, folder, practices)
    build(folder, database, kept=())
    return database


def report(console: Console, measured: Iterable[Measured]) -> None:
    """The table of ratios: each question by its slowest selection at each size."""
    slowest: dict[tuple[str, int], Measured] = {}
    for one in measured:
        key = (one.question, one.practices)
        if key not in slowest or one.time.wall > slowest[key].time.wall:
            slowest[key] = one
    sizes = sorted({size for _, size in slowest})
    table = Table("question", "selection", "rows")
    for size in sizes:
        table.add_column(f"{size:,} ms", justify="right")
        table.add_column("processor", justify="right")
        table.add_column("× floor", justify="right")
        table.add_column("÷ goal", justify="right")
    table.add_column("growth", justify="right")
    for name in dict.fromkeys(name for name, _ in slowest):
        ones = [slowest[name, size] for size in sizes if (name, size) in slowest]
        cells = [name, ones[-1].selection, f"{ones[-1].rows:,}"]
        for one in ones:
            goal = goal_of(name, one.practices)
            cells += [f"{one.time.wall:.1f}", f"{one.time.processor:.1f}"]
            cells += [f"{one.time.processor / max(one.floor.processor, 0.1):.1f}"]
            cells += [f"{one.time.wall / goal:.2f}" if goal else ""]
        growth = ones[-1].time.processor / max(ones[-2].time.processor, 0.1) if len(ones) > 1 else None
        table.add_row(*cells, f"{growth:.1f}" if growth else "")
    console.print(table)


def _slowest_of(measured: Iterable[Measured], practices: int) -> Iterator[Row]:
    """The slowest question, the slowest search, and the one that takes longest beside its floor, at one size."""
    ones = [one for one in measured if one.practices == practices and one.question not in WHOLE]
    for searching, kind in ((False, "question"), (True, "search")):
        of_a_kind = [one for one in ones if (one.question == "search") is searching]
        if of_a_kind:
            slow = max(of_a_kind, key=lambda one: one.time.wall)
            goal = goal_of(slow.question, max(practices, min(GOALS)))
            yield Row(f"{practices:,}: slowest {kind} ({slow.question}, {slow.selection})", slow.time.wall, "ms", goal)
    far = max(ones, key=_times_floor)
    name = f"{practices:,}: most beside a bare scan ({far.question}, {far.selection})"
    yield Row(name, _times_floor(far), "×", MOST_FLOOR)


def _times_floor(one: Measured) -> float:
    # What takes less than a millisecond is as long as asking takes.
    return one.time.processor / max(one.floor.processor, 1.0)


def _growths(measured: Iterable[Measured], sizes: tuple[int, int]) -> Iterator[tuple[float, str]]:
    times = {(one.question, one.selection, one.practices): one.time.processor for one in measured}
    for question, selection, practices in times:
        before, after = times.get((question, selection, sizes[0])), times.get((question, selection, sizes[1]))
        if practices == sizes[0] and question not in WHOLE and before and after:
            yield after / max(before, 1.0), f"{question}, {selection}"


def rows(stage: Stage) -> Iterator[Row]:
    """The figures of the slowest questions at two sizes, a tenfold apart, and of their growth.

    Args:
        stage: how much is measured, and of how many practices.
    """
    smallest, is_full = stage.size is Size.SMALLEST, stage.size is Size.FULL
    sizes = (stage.practices // 10, stage.practices)
    # Those with which questions take longest.
    selections = SELECTIONS if is_full else {name: SELECTIONS[name] for name in ("none", "text", "facets")}
    names = ("practices", "search") if smallest else QUESTIONS
    measured: list[Measured] = []
    for practices in sizes[1:] if smallest else sizes:
        say(f"  {practices:,} practices")
        with open_for_timing(database_of(practices)) as connection:
            measured += measure(connection, names, REPETITIONS if is_full else 1, selections)
        yield from _slowest_of(measured, practices)
    growths = [*_growths(measured, sizes)]
    if growths:
        growth, name = max(growths)
        yield Row(f"{sizes[0]:,} to {sizes[1]:,}: most growth ({name})", growth, "×", MOST_GROWTH)


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    options = argparse.ArgumentParser("python -m benchmarks.questions", description="Time every question.")
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of practices")
    options.add_argument("--databases", type=Path, nargs="+", help="databases to ask instead")
    options.add_argument("--only", nargs="+", choices=sorted(QUESTIONS), metavar="QUESTION", help="questions to ask")
    options.add_argument("--repetitions", type=int, default=REPETITIONS, help=f"(default {REPETITIONS})")
    return options


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else 160)
    measured: list[Measured] = []
    for database in asked.databases or map(database_of, asked.sizes):
        with open_for_timing(database) as connection:
            for one in measure(connection, asked.only or QUESTIONS, asked.repetitions):
                measured.append(one)
                print(
                    f"{one.practices:>10,} {one.question:22} {one.selection:7} {one.rows:>9,} rows "
                    f"{one.time.wall:9.1f} ms {one.time.processor:9.1f} processor {one.floor.processor:8.1f} floor",
                    flush=True,
                )
    report(console, measured)
    print(f"{os.cpu_count()} cores, {THREADS} threads, load {os.getloadavg()[0]:.1f}, DuckDB {duckdb.__version__}")
    return 0


if __name__ == "__main__":
    if status := main():
        sys.exit(status)
