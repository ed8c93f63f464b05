"""How long the database takes to be built, and how much memory: of the real data, and of grown data.

Usage: ``make bench ARGS="--only build"``

Each build is a process of its own, as ``python -m icc_data build`` starts it, so that its memory is told; the time of
one that has nothing to do, less what Python takes to begin, is what every start of the atlas pays.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.grown_data import LIVING, grow
from benchmarks.measured import Row
from benchmarks.questions import GROWN
from benchmarks.stage import Stage, say
from icc_data.paths import ROOT

MILLION = 1_000_000
MOST_SECONDS, MOST_GIGABYTES, MOST_REAL = 30.0, 4.0, 1.0
"""The goals: seconds and GB for a million practices, seconds for the real data."""


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds by the clock and of the processor, and the most memory that it held, in MB."""

    wall: float
    processor: float
    memory: float


def cost_of_build(folder: Path, database: Path, *, force: bool) -> Cost:
    """Build a database in a process of its own.

    Args:
        folder: the CSV files.
        database: the file to write.
        force: whether it is built even where nothing has changed.

    Raises:
        RuntimeError: it could not be built.
    """
    command = [sys.executable, "-m", "icc_data", "build", "--data", str(folder), "--database", str(database)]
    command += ["--force"] if force else []
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    told = process.stderr.read().decode("utf-8", "replace")
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"The database was not built. {told}")
    process.returncode = 0
    return Cost(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _of_grown(practices: int) -> Cost:
    folder = GROWN / f"{practices}"
    if not folder.exists():
        say(f"  growing the data to {practices:,} practices")
        grow(LIVING, folder, practices)
    say(f"  building {practices:,} practices")
    return cost_of_build(folder, GROWN / f"{practices}.duckdb", force=True)


def rows(stage: Stage) -> Iterator[Row]:
    """The figures of a build of the real data, of one that finds nothing new, and of the grown data.

    Args:
        stage: how much is measured, and of how many practices.
    """
    if not stage.is_shared:
        with tempfile.TemporaryDirectory() as scratch:
            database = Path(scratch) / "atlas.duckdb"
            real = cost_of_build(LIVING, database, force=False)
            again = cost_of_build(LIVING, database, force=False)
        yield Row("the real data", real.wall, "s", MOST_REAL)
        yield Row("the real data, of the processor", real.processor, "s")
        yield Row("nothing new", again.wall, "s")
    grown = _of_grown(stage.practices)
    share = stage.practices / MILLION
    told = f"{stage.practices:,} practices"
    yield Row(f"{told}, the goal of a million in proportion", grown.wall, "s", MOST_SECONDS * share)
    yield Row(f"{told}, of the processor", grown.processor, "s")
    yield Row(f"{told}: memory, the goal that of a million", grown.memory / 1024, "GB", MOST_GIGABYTES)
