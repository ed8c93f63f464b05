"""All of what is measured beside its goals, in one table.

Usage: ``python -m benchmarks.bench [--only PART …] [--smallest | --full] [--practices 100000] [--out FILE]``

Each part ends within four minutes. ``--full`` measures what the goals are about (a million practices, 5,000 runs of
500 people, a minute of each crowd) and takes an hour and more; ``--smallest`` only tries whether every part works. How
far it is goes to the standard error, the table in Markdown to the standard output and to ``--out``. Ends with 1 where a
part could not be measured; a goal that is missed is no failure. ``benchmarks/README.md`` says what each part is.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks import (
    ageing,
    building,
    choices,
    clicks,
    first_load,
    other_engines,
    people,
    questions,
    rerun,
    starting,
)
from benchmarks.measured import Row, Size, machine, table
from benchmarks.stage import Stage, say

PARTS: dict[str, Callable[[Stage], Iterator[Row]]] = {
    # Builds the database that the next two ask.
    "build": building.rows,
    "questions": questions.rows,
    "engines": other_engines.rows,
    "start": starting.rows,
    "first-load": first_load.rows,
    "click": clicks.rows,
    "rerun": rerun.rows,
    "choices": choices.rows,
    "people": people.rows,
    "ageing": ageing.rows,
}
PRACTICES = {Size.SMALLEST: 400, Size.QUICK: 100_000, Size.FULL: 1_000_000}
BROKEN = "could not be measured"


def measure(parts: Sequence[str], stage: Stage) -> tuple[list[tuple[str, Row]], dict[str, str]]:
    """Measure parts, one after the other; one that breaks leaves the others as they are.

    Args:
        parts: their names.
        stage: how much is measured, and where.

    Returns:
        The rows, each with its part, and of each part that broke why.
    """
    rows: list[tuple[str, Row]] = []
    broken: dict[str, str] = {}
    for part in parts:
        say(part)
        begin = time.monotonic()
        try:
            # The table alone goes to the standard output.
            with redirect_stdout(sys.stderr):
                rows += ((part, row) for row in PARTS[part](stage))
        except Exception as error:  # noqa: BLE001
            broken[part] = f"{type(error).__name__}: {error}".splitlines()[0]
            say(f"  {BROKEN}: {error}")
        say(f"  {time.monotonic() - begin:.0f} s")
    return rows, broken


def report(rows: Sequence[tuple[str, Row]], broken: dict[str, str]) -> str:
    """The table, with the machine above it and below it how many goals are met."""
    met = [row.met for _, row in rows if row.met is not None]
    lines = [table(rows), "", f"{sum(met)} of {len(met)} goals are met."]
    lines += [f"{part} {BROKEN}: {why}." for part, why in broken.items()]
    return "\n".join(lines)


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}")
    size = options.add_mutually_exclusive_group()
    for one, told in ((Size.SMALLEST, "only try whether it works"), (Size.FULL, "measure what the goals are about")):
        size.add_argument(f"--{one.value}", dest="size", action="store_const", const=one, default=Size.QUICK, help=told)
    options.add_argument("--practices", type=int, help="of the data that is grown (default: 100 000)")
    options.add_argument("--out", type=Path, help="a file for the table as well")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, measure and print."""
    asked = parser().parse_args(arguments)
    about = machine()
    with Stage(asked.size, asked.practices or PRACTICES[asked.size]) as stage:
        rows, broken = measure(asked.only or list(PARTS), stage)
    text = f"{about}\n\n{report(rows, broken)}"
    print(text)
    if asked.out:
        asked.out.write_text(f"{text}\n", encoding="utf-8")
    return int(bool(broken))


if __name__ == "__main__":
    if status := main():
        sys.exit(status)
