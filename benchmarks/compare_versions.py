"""How long it takes to say what changed between two versions of 500 practices each.

Run with ``python -m benchmarks.compare_versions``. The older version is the first 500 practices of the data; in the
newer one 50 of them are gone, 50 others came, and every third of the rest has another summary. All other tables are as
they are. Wanted: a median of 100 ms at most.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

from icc_data import queries
from icc_data.incoming.check import valid_data
from icc_data.paths import DATA_DIRECTORY
from icc_data.store.comparison import open_comparison
from icc_data.store.versions import Tables, Texts, tables_of_folder

PRACTICES, MOVED, REPETITIONS = 500, 50, 30
AIM = 100


def _versions() -> tuple[Tables, Tables]:
    tables = tables_of_folder(DATA_DIRECTORY, valid_data(DATA_DIRECTORY))
    columns, rows = tables["practices"].columns, tables["practices"].rows
    if len(rows) < PRACTICES + MOVED:
        rows = (*rows, *({**row, "practice_id": f"{row['practice_id']}-again"} for row in rows))
    newer = [
        {**row, "summary": f"{row['summary']} And more."} if number % 3 == 0 else row
        for number, row in enumerate(rows[MOVED : PRACTICES + MOVED])
    ]
    return (
        {**tables, "practices": Texts(columns, rows[:PRACTICES])},
        {**tables, "practices": Texts(columns, tuple(newer))},
    )


def _milliseconds(work: Callable[[], object], repetitions: int) -> tuple[float, float]:
    """The median time of a work, on the clock and of the processor."""
    clock, processor = [], []
    for _ in range(repetitions):
        began, used = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    return statistics.median(clock) * 1000, statistics.median(processor) * 1000


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--repetitions", type=int, default=REPETITIONS, help="how often each question is asked")
    return options


def main() -> None:
    """Measure and print."""
    repetitions = parser().parse_args().repetitions
    before, after = _versions()
    connection = open_comparison(before, after)
    works: dict[str, Callable[[], object]] = {
        "put side by side": lambda: open_comparison(before, after),
        "practices": lambda: queries.changes(connection, "practices"),
        "cities": lambda: queries.city_changes(connection),
        "Index": lambda: queries.index_changes(connection),
    }
    print("what               clock ms   processor ms")
    together = [0.0, 0.0]
    for name, work in works.items():
        clock, processor = _milliseconds(work, repetitions)
        together = [together[0] + clock, together[1] + processor]
        print(f"{name:18}{clock:9.1f}{processor:15.1f}")
    print(f"{'together':18}{together[0]:9.1f}{together[1]:15.1f}")
    print(f"aim: ≤ {AIM} ms on the clock")


if __name__ == "__main__":
    main()
