"""How well everything is read that people write: right, unknown, wrong, and wrong though certain, by kind and language.

    python -m benchmarks.readers [--kinds place card …] [--misses]

*Year texts* are those of ``benchmarks.year_texts``, *place lines* those of ``tests/fixtures/place_lines.csv``, *cards*,
*listings* and *tables* the files of ``tests/fixtures/reader_files`` with what a person reads in each (a line of
``reader_files.csv`` a cell), *searches* what people type, with the words that have to find the same practices
(``search_readings.csv``; none where nothing may be found). *Right* is the same, *unknown* less, *wrong* anything else,
and *wrong and certain* where no note says that it could be otherwise. The aims: nothing wrong and certain, and wrong no
more than 2 of 100. The data is that of the tests, frozen.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from benchmarks import year_texts
from benchmarks.year_texts import OUTCOMES
from icc_data import queries
from icc_data.analysis.search_reading import reading_in_words
from icc_data.errors import AtlasError
from icc_data.incoming.check import Data, valid_data
from icc_data.incoming.readers import Accepted, ReadResult, read
from icc_data.incoming.readers.place_line import read_place_line
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.records import row_of
from icc_data.queries.selection import Selection
from icc_data.store.making import build_in_memory

FIXTURES = Path(__file__).resolve().parents[1] / "tests" / "fixtures"
FROZEN = FIXTURES / "data_2026_11_22"
KINDS = ("year text", "place line", "card", "listing", "table", "search")


@dataclass(frozen=True)
class Case:
    """One thing that is read: of which kind, in which language, how it came out, and in words what was read."""

    kind: str
    language: str
    outcome: str
    told: str


def judged(read_as: str, expected: str, *, doubted: bool) -> str:
    """One of ``OUTCOMES`` of a text that was read.

    Args:
        read_as: empty where nothing was read.
        expected: empty where there is nothing to read.
        doubted: whether a note says that it could be otherwise.
    """
    if read_as == expected:
        return "right"
    if not read_as:
        return "unknown"
    return "wrong" if doubted else "wrong and certain"


def _rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_year_texts(data: Data) -> Iterator[Case]:
    """Every year text of ``benchmarks.year_texts``."""
    for case in year_texts.cases():
        yield Case(KINDS[0], case.language, case.outcome, f"{case.text!r} read {case.read}, says {case.expected}")


def of_place_lines(data: Data) -> Iterator[Case]:
    """Countries, cities and year text of each place line; a refused part is unknown."""
    gazetteer = Gazetteer(data.cities)
    for row in _rows("place_lines.csv"):
        line = read_place_line(row["line"], gazetteer)
        doubted = bool(line.unread) or any(match.read_as for match in line.cities)
        parts = {
            "countries": "; ".join(country.code for country in line.countries),
            "city_ids": "; ".join(match.city.city_id for match in line.cities),
            "when_text": line.when_text,
        }
        outcomes = [judged(parts[name], row[name], doubted=doubted) for name in parts]
        yield Case(KINDS[1], "", max(outcomes, key=OUTCOMES.index), f"{row['line']!r} read {parts}")


def of_files(data: Data, kind: str) -> Iterator[Case]:
    """Every cell of the files of one kind; a file that is refused has no cells."""
    gazetteer = Gazetteer(data.cities)
    wanted = [row for row in _rows("reader_files.csv") if row["kind"] == kind]
    for (name, read_as), group in groupby(wanted, lambda row: (row["file"], row["read_as"])):
        try:
            file = FIXTURES / "reader_files" / name
            result = read(file, gazetteer, data.vocabulary, "listing" if read_as == "listing" else "auto")
        except AtlasError:
            result = ReadResult(kind)
        for row in group:
            if row["column"] == "records":
                found = str(len(result.accepted))
                outcome = (
                    "unknown" if int(found) < int(row["expected"]) else judged(found, row["expected"], doubted=False)
                )
            else:
                at = int(row["record"]) - 1
                item = result.accepted[at] if at < len(result.accepted) else None
                found = _cell(item, row["column"]) if item else ""
                doubted = bool(item and item.notes) or bool(result.notes)
                outcome = judged(found, row["expected"], doubted=doubted)
            told = f"{name} {row['record']} {row['column']} read {found!r}, says {row['expected']!r}"
            yield Case(kind, row["language"], outcome, told)


def _cell(item: Accepted, column: str) -> str:
    cells = row_of(item.record)
    value = cells[column] if column in cells else item.fields.get(column)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def of_searches(data: Data) -> Iterator[Case]:
    """Whether each typed text finds what the other words find that mean the same."""
    with build_in_memory(data) as connection:
        for row in _rows("search_readings.csv"):
            found, expected = (_found(connection, row[name]) for name in ("typed", "same_as"))
            said = reading_in_words(queries.search_reading(connection, Selection(q=row["typed"])))
            missed = "wrong" if said else "wrong and certain"
            outcome = "right" if found == expected else "unknown" if found < expected else missed
            told = f"{row['typed']!r} finds {len(found)}, {row['same_as']!r} {len(expected)}"
            yield Case(KINDS[5], row["language"], outcome, told)


def _found(connection: duckdb.DuckDBPyConnection, text: str) -> frozenset[str]:
    if not text:
        return frozenset()
    return frozenset(queries.search(connection, Selection(q=text), limit=None)["practice_id"])


READERS: dict[str, Callable[[Data], Iterable[Case]]] = {
    "year text": of_year_texts,
    "place line": of_place_lines,
    **{kind: partial(of_files, kind=kind) for kind in ("card", "listing", "table")},
    "search": of_searches,
}


def cases(kinds: Iterable[str] = KINDS) -> list[Case]:
    """Everything of some kinds, read.

    Args:
        kinds: of ``KINDS``.
    """
    data = valid_data(FROZEN)
    return [case for kind in kinds for case in READERS[kind](data)]


def table(items: Sequence[Case]) -> Table:
    """How many came out how: a row a kind, then a row for each of its languages, then all."""
    shown = Table("", "language", "read", *OUTCOMES)
    groups: dict[tuple[str, str], Counter[str]] = {}
    for case in items:
        for group in {(case.kind, ""), (case.kind, case.language), ("all", "")}:
            groups.setdefault(group, Counter())[case.outcome] += 1
    order = {kind: place for place, kind in enumerate((*KINDS, "all"))}
    for (kind, language), counted in sorted(groups.items(), key=lambda item: (order[item[0][0]], item[0][1])):
        shown.add_row(kind, language, str(counted.total()), *(str(counted[outcome]) for outcome in OUTCOMES))
    return shown


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=(__doc__ or "").split("\n")[0])
    options.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="what is read")
    options.add_argument("--misses", action="store_true", help="list everything that is not read right")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Read everything and print how it came out."""
    options = parser().parse_args(arguments)
    items = cases(options.kinds)
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table(items))
    for case in items if options.misses else ():
        if case.outcome != "right":
            console.print(f"{case.outcome}: {case.kind} {case.told}")


if __name__ == "__main__":
    main()
