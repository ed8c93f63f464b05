"""How well year texts are read: right, unknown, wrong, and wrong though certain, by kind of text and by language.

    python -m benchmarks.year_texts [--cases FILE.csv] [--by kind|language|both] [--misses]

Each row of the cases (``tests/fixtures/year_texts.csv`` unless another file is named) has a text as people write it
and what a person who knows its language reads in it: first year, last year, whether it goes on; an empty cell is
what the text does not say. A reading is *right* where all three are the same, *unknown* where something is missing
and nothing is wrong, *wrong* where a year or "goes on" differs from what stands there, or is invented. The aims:
nothing wrong and certain, and wrong no more than 2 of 100.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from icc_data.model.period import read_period

CASES = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "year_texts.csv"
OUTCOMES = ("right", "unknown", "wrong", "wrong and certain")
# The year in which the texts were collected.
SEEN = 2026

Years = tuple[int | None, int | None, bool | None]


@dataclass(frozen=True)
class Case:
    """A text, what kind it is and in which language, what is to be read in it, and how that came out."""

    kind: str
    language: str
    text: str
    expected: Years
    read: Years
    outcome: str


def outcome(read: Years, expected: Years, certain: bool) -> str:
    """One of ``OUTCOMES``: how a reading compares with what is to be read.

    Args:
        read: first year, last year and whether it goes on, each None where not read.
        expected: the same as the text says it.
        certain: whether the reading counts as certain.
    """
    if any(one is not None and one != other for one, other in zip(read, expected, strict=True)):
        return "wrong and certain" if certain else "wrong"
    return "right" if read == expected else "unknown"


def _case(row: dict[str, str]) -> Case:
    first, last = (int(row[name]) if row[name] else None for name in ("start_year", "end_year"))
    expected = (first, last, {"true": True, "false": False, "": None}[row["ongoing"]])
    period = read_period(row["text"], SEEN)
    read = (period.start_year, period.end_year, period.ongoing)
    result = outcome(read, expected, period.certainty == "certain")
    return Case(row["kind"], row["language"], row["text"], expected, read, result)


def cases(path: Path = CASES) -> list[Case]:
    """Every case of a file, read.

    Raises:
        OSError: the file cannot be opened.
        KeyError: it has no column kind, language, text, start_year, end_year or ongoing.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return [_case(row) for row in csv.DictReader(file)]


def _table(title: str, results: Iterable[tuple[str, str]]) -> Table:
    counts: dict[str, Counter[str]] = {}
    for name, result in results:
        for group in (name, "all"):
            counts.setdefault(group, Counter())[result] += 1
    total = counts.pop("all", Counter())
    table = Table(title, "texts", *OUTCOMES)
    for name, counted in [*sorted(counts.items()), ("all", total)]:
        table.add_row(name, str(counted.total()), *(str(counted[outcome]) for outcome in OUTCOMES))
    return table


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.year_texts", description=(__doc__ or "").split("\n")[0]
    )
    options.add_argument("--cases", type=Path, default=CASES, help="a CSV file of cases")
    options.add_argument("--by", choices=("kind", "language", "both"), default="both", help="which tables are printed")
    options.add_argument("--misses", action="store_true", help="list each text that is not read right")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Read every case and print how it came out."""
    options = parser().parse_args(arguments)
    results = cases(options.cases)
    console = Console(width=None if sys.stdout.isatty() else 120)
    for by in ("kind", "language"):
        if options.by in (by, "both"):
            console.print(_table(by, ((getattr(case, by), case.outcome) for case in results)))
    for case in results if options.misses else ():
        if case.outcome != "right":
            console.print(f"{case.outcome}: {case.text!r} ({case.language}) read {case.read}, says {case.expected}")


if __name__ == "__main__":
    main()
