"""How long the PDFs of all cities take in one run, and how much memory: ``python -m benchmarks.all_cities``.

Seconds are those of this process on the processor: they count what the work costs, whatever else the machine does.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from datetime import date

from icc_data import queries
from icc_data.files.export import Provenance
from icc_data.files.pack import PACKS, PAPERS, Memory, city_pack, write
from icc_data.paths import DATA_DIRECTORY, DATABASE
from icc_data.queries.selection import Selection
from icc_data.store.build import build
from icc_data.store.database import open_database

# The first documents load fonts and the drawing of charts.
START = 5
AIM_SECONDS = 0.5


def parser() -> argparse.ArgumentParser:
    described = argparse.ArgumentParser(description=__doc__)
    described.add_argument("--cities", type=int, default=0, help="how many of the cities; 0: all")
    described.add_argument("--format", choices=sorted(PACKS), default="pdf")
    described.add_argument("--paper", choices=PAPERS, default="a4")
    return described


def megabytes() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    options = parser().parse_args()
    build(DATA_DIRECTORY, DATABASE)
    with open_database(DATABASE) as connection:
        memory = Memory(connection)
        facts = queries.meta(connection)
        provenance = Provenance("Profile", [], "", date.fromisoformat(facts["as_of_date"]), facts["version"])
        cities = memory.options.values("city")
        seconds, sizes, held = [], [], []
        for city_id in cities[: options.cities or None]:
            began = time.process_time()
            content = write(city_pack(memory, Selection(), city_id, provenance), options.format, options.paper)
            seconds.append(time.process_time() - began)
            sizes.append(len(content) / 1000)
            held.append(megabytes())
    later = seconds[START:] or seconds
    # What is kept on purpose, such as compiled charts, is all there by the middle of the run.
    kept = held[len(held) // 2 :]
    growth = (kept[-1] - kept[0]) / max(len(kept) - 1, 1)
    print(f"{len(seconds)} cities, {options.format} {options.paper}: {sum(seconds):.1f} s")
    print(f"a city after the first {START}: median {statistics.median(later):.2f} s, longest {max(later):.2f} s")
    print(f"aim: ≤ {AIM_SECONDS} s a city")
    print(f"largest file: {max(sizes):.0f} kB")
    print(f"memory: {kept[-1]:.0f} MB, growing by {growth:.2f} MB a city in the second half")


if __name__ == "__main__":
    main()
