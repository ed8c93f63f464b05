"""How long the packs of all cities take in one run, and how much memory: ``python -m benchmarks.all_cities``.

They are written as ``report city --all-cities`` writes them, by a process that another one replaces after every round.
Seconds are those of the processor, of that process: they count what the work costs, whatever else the machine does,
and with the first city of a round what it takes to start. Memory is what each of the two processes holds after a city,
as Linux counts it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from icc_data import queries
from icc_data.cli.packs import CityWriter
from icc_data.cli.rounds import ROUND, in_rounds
from icc_data.files.export import Provenance
from icc_data.files.pack import PACKS, PAPERS
from icc_data.paths import DATA_DIRECTORY, DATABASE
from icc_data.queries.selection import Selection
from icc_data.store.build import build
from icc_data.store.database import open_database

AIM_SECONDS = 0.5
# In /proc: of the line of a process after its name; time that the program and the system have spent on it.
_TIMES = slice(11, 13)


@dataclass(frozen=True)
class Measured:
    """What one city took.

    Attributes:
        process: the number of the process that wrote it.
        seconds: of the processor.
        here, there: megabytes that this process and that one hold after it.
        kilobytes: of the file.
        reason: why it failed; empty where it did not.
    """

    process: int
    seconds: float
    here: float
    there: float
    kilobytes: float
    reason: str


def parser() -> argparse.ArgumentParser:
    described = argparse.ArgumentParser(description=__doc__)
    described.add_argument("--cities", type=int, default=0, help="how many of the cities; 0: all")
    described.add_argument("--round", type=int, default=ROUND, help="how many cities one process writes")
    described.add_argument("--format", choices=sorted(PACKS), default="pdf")
    described.add_argument("--paper", choices=PAPERS, default="a4")
    return described


def megabytes(process: int) -> float:
    """The memory that a process holds now."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1024**2


def seconds(process: int) -> float:
    """The time of the processor that a process has had so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[_TIMES])) / os.sysconf("SC_CLK_TCK")


def measured(options: argparse.Namespace, folder: Path) -> list[Measured]:
    """Write the packs into a folder."""
    with open_database(DATABASE) as connection:
        facts = queries.meta(connection)
        cities = queries.options(connection).values("city")
    provenance = Provenance("Profile", [], "", date.fromisoformat(facts["as_of_date"]), facts["version"])
    writer = CityWriter(DATABASE, Selection(), provenance, options.format, options.paper, folder)
    rows: list[Measured] = []
    before: dict[int, float] = {}
    for outcome in in_rounds(cities[: options.cities or None], writer, options.round):
        child = outcome.process
        file = folder / f"{outcome.name}.{options.format}"
        spent = seconds(child)
        size = file.stat().st_size / 1000 if file.exists() else 0
        here, there = megabytes(os.getpid()), megabytes(child)
        rows.append(Measured(child, spent - before.get(child, 0), here, there, size, outcome.reason))
        before[child] = spent
    return rows


def main() -> None:
    options = parser().parse_args()
    build(DATA_DIRECTORY, DATABASE)
    with tempfile.TemporaryDirectory() as folder:
        rows = measured(options, Path(folder))
    rounds = [list(group) for _process, group in groupby(rows, key=lambda row: row.process)]
    everything = [row.seconds for row in rows]
    later = [row.seconds for group in rounds for row in group[1:]] or everything
    print(f"{len(rows)} cities, {options.format} {options.paper}: {sum(everything):.1f} s")
    print(f"a city: median {statistics.median(everything):.2f} s, longest of those after the first of a round", end=" ")
    print(f"{max(later):.2f} s; aim: ≤ {AIM_SECONDS} s a city")
    started = statistics.median(group[0].seconds for group in rounds)
    print(f"the first of a round, with the start: median {started:.2f} s")
    print(f"largest file: {max(row.kilobytes for row in rows):.0f} kB; failed: {sum(bool(row.reason) for row in rows)}")
    print(f"{'round':6}{'cities':>8}{'here first':>12}{'last':>8}{'there first':>13}{'last':>8}{'most':>8}  (MB held)")
    for number, group in enumerate(rounds, start=1):
        first, last, most = group[0], group[-1], max(row.there for row in group)
        held = f"{first.here:>12.1f}{last.here:>8.1f}{first.there:>13.1f}{last.there:>8.1f}{most:>8.1f}"
        print(f"{number:<6}{len(group):>8}{held}")
    whole = [group for group in rounds if len(group) == len(rounds[0])]
    steps = max(len(rows) - 1, 1)
    grown = max(row.there for row in whole[-1]) - max(row.there for row in whole[0])
    print(f"after start-up this process grows by {(rows[-1].here - rows[0].here) / steps:.4f} MB a city;")
    print(f"the most that the other one holds grows by {grown:+.1f} MB from the first whole round to the last")


if __name__ == "__main__":
    main()
