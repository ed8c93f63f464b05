"""How good the search is: for how many queries a right practice is among the first five, and how far up.

    python -m benchmarks.search_quality [--split tuning|held_out|all] [--misses]

``search_queries.csv`` holds queries as people type them, written by reading the data and without looking at how the
search works, each with every practice that a fair reader would take as an answer. success@5 is the share of queries
with an accepted practice among the first five results; MRR is the mean of 1 / (rank of the first accepted practice),
0 where it is beyond the 50th. Work on the ranking looks at the queries of the split *tuning* alone; *held_out* says
how the search does on queries that it was not made for.

    python -m benchmarks.search_quality --draw

gives each query that has no split yet one of the two, at random.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from icc_data import queries
from icc_data.errors import AtlasError, Problem
from icc_data.incoming.check import valid_data
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.paths import DATA_DIRECTORY, DATABASE
from icc_data.queries.selection import Selection
from icc_data.store.build import build
from icc_data.store.database import open_database
from icc_data.text import fold

QUERIES = Path(__file__).resolve().parent / "search_queries.csv"
KINDS = ("topic", "place", "title", "phrase", "typo", "question")
LANGUAGES = ("en", "fr")
SPLITS = ("tuning", "held_out")
SEED = 20261122
GOOD_RANK = 5
DEEPEST_RANK = 50


@dataclass(frozen=True)
class Query:
    """What somebody types, and what they would be glad to find; one line of ``search_queries.csv``.

    Attributes:
        query: the words as typed.
        language: one of ``LANGUAGES``.
        kind: one of ``KINDS``.
        split: one of ``SPLITS``, or empty where it is still to be drawn.
        accepted: the identifiers of the practices that answer it.
        note: why these, where that is not obvious.
    """

    query: str
    language: str
    kind: str
    split: str
    accepted: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Outcome:
    """The identifiers that the search gave for a query, best first."""

    query: Query
    found: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """Where the first accepted practice stands, from 1; None where none was found."""
        return next((n for n, practice in enumerate(self.found, 1) if practice in self.query.accepted), None)


COLUMNS = tuple(field.name for field in fields(Query))


def _closed_lists(query: Query) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield "language", query.language, LANGUAGES
    yield "kind", query.kind, KINDS
    if query.split:
        yield "split", query.split, SPLITS


def _problems(lines: Iterable[tuple[int, Query]], practices: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with the queries, given the titles of the practices by identifier."""
    first_lines: dict[str, int] = {}
    for line, query in lines:
        first = first_lines.setdefault(" ".join(query.query.casefold().split()), line)
        if not fold(query.query):
            yield Problem(QUERIES.name, line, "query", query.query, "expected words to search for.")
        elif first != line:
            yield Problem(QUERIES.name, line, "query", query.query, f"the same query as in line {first}; remove one.")
        for column, value, allowed in _closed_lists(query):
            if value not in allowed:
                yield Problem(QUERIES.name, line, column, value, f"expected one of {', '.join(allowed)}.")
        if not query.accepted:
            yield Problem(QUERIES.name, line, "accepted", "", "expected at least one practice_id.")
        for n, practice in enumerate(query.accepted):
            if practice not in practices:
                yield Problem(QUERIES.name, line, "accepted", practice, "no practice_id of data/practices.csv.")
            elif practice in query.accepted[:n]:
                yield Problem(QUERIES.name, line, "accepted", practice, "stands there twice; remove one.")


def read_queries(path: Path, practices: Mapping[str, str]) -> list[Query]:
    """Read and judge the queries.

    Args:
        path: a CSV file with the columns ``COLUMNS``; identifiers in ``accepted`` are separated by ``; ``.
        practices: the titles of the practices by identifier.

    Raises:
        AtlasError: the file cannot be read or has other columns.
        InvalidDataError: lines of it are wrong; ``problems`` says how.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restkey="more", restval="")
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise AtlasError(f"{path.name} has other columns than expected.", f"Expected {', '.join(COLUMNS)}.")
            lines, problems = [], []
            for row in reader:
                if row.get("more"):
                    reason = f"more cells than the {len(COLUMNS)} columns; put a cell that holds a comma in quotes."
                    problems.append(Problem(path.name, reader.line_num, "", ", ".join(row["more"]), reason))
                accepted = tuple(part.strip() for part in row["accepted"].split(";") if part.strip())
                rest = {name: row[name].strip() for name in COLUMNS if name != "accepted"}
                lines.append((reader.line_num, Query(accepted=accepted, **rest)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise AtlasError(f"{path} cannot be read: {error}.", "Expected a CSV file in UTF-8.") from None
    if problems := sorted([*problems, *_problems(lines, practices)], key=lambda problem: problem.line):
        raise InvalidDataError(problems)
    return [query for _, query in lines]


def draw_splits(items: Sequence[Query], draw: random.Random) -> list[Query]:
    """Hold out a third of the queries of each kind, in both languages alike; only those without a split are drawn.

    Queries with the same answers share a split: what is tuned on one of them would help the other.
    """
    split_of = {frozenset(query.accepted): query.split for query in items if query.split}
    for kind in KINDS:
        undecided = {
            frozenset(q.accepted): q for q in items if q.kind == kind and frozenset(q.accepted) not in split_of
        }
        answers = list(undecided)
        draw.shuffle(answers)
        answers.sort(key=lambda accepted: LANGUAGES.index(undecided[accepted].language))
        start = draw.randrange(3)
        split_of |= {accepted: SPLITS[n % 3 == start] for n, accepted in enumerate(answers)}
    return [replace(query, split=query.split or split_of[frozenset(query.accepted)]) for query in items]


def write_queries(path: Path, items: Iterable[Query]) -> None:
    """Write the queries; the file is replaced in one step."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for query in items:
            row = {**asdict(query), "accepted": "; ".join(query.accepted)}
            writer.writerow(row[name] for name in COLUMNS)
    fresh.replace(path)


def outcomes(connection: duckdb.DuckDBPyConnection, items: Iterable[Query]) -> list[Outcome]:
    """Run the queries, each without any other filter."""
    result = []
    for query in items:
        frame = queries.search(connection, Selection(q=query.query), limit=DEEPEST_RANK)
        result.append(Outcome(query, tuple(frame["practice_id"].head(DEEPEST_RANK))))
    return result


def success(items: Sequence[Outcome]) -> float:
    """The share of queries with an accepted practice among the first ``GOOD_RANK`` results."""
    return sum(o.rank is not None and o.rank <= GOOD_RANK for o in items) / len(items)


def mean_reciprocal_rank(items: Sequence[Outcome]) -> float:
    """The mean of 1 / rank of the first accepted practice, 0 where there is none."""
    return sum(1 / o.rank for o in items if o.rank) / len(items)


def summary(items: Sequence[Outcome]) -> Table:
    """The two measures by kind, by language and in all."""
    table = Table("", "queries", f"success@{GOOD_RANK}", "MRR", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    groups = [(kind, [o for o in items if o.query.kind == kind]) for kind in KINDS]
    groups += [(language, [o for o in items if o.query.language == language]) for language in LANGUAGES]
    groups += [("all", list(items))]
    for label, group in groups:
        if label in (LANGUAGES[0], "all"):
            table.add_section()
        if group:
            table.add_row(label, str(len(group)), f"{success(group):.3f}", f"{mean_reciprocal_rank(group):.3f}")
    return table


def misses(items: Iterable[Outcome], practices: Mapping[str, str]) -> Iterator[str]:
    """For each query whose first accepted practice is beyond the first five: where it is, and what came instead."""
    for outcome in items:
        query, rank = outcome.query, outcome.rank
        if rank is not None and rank <= GOOD_RANK:
            continue
        yield f"\n{query.query}  ({query.kind}, {query.language}, {query.split})"
        for n, practice in enumerate(outcome.found[:GOOD_RANK], 1):
            yield f"  {n:>2}  {practices[practice]}"
        if not outcome.found:
            yield "      nothing found"
        if rank is None:
            yield f"   ✗  {practices[query.accepted[0]]}: not among the first {DEEPEST_RANK}"
        else:
            yield f"  {rank:>2}  {practices[outcome.found[rank - 1]]}: the first accepted"


def _measure(split: str, *, show_misses: bool, draw: bool) -> None:
    practices = {practice.practice_id: practice.title for practice in valid_data(DATA_DIRECTORY).practices}
    items = read_queries(QUERIES, practices)
    if draw:
        write_queries(QUERIES, draw_splits(items, random.Random(SEED)))
        return
    if undecided := [query.query for query in items if not query.split]:
        raise AtlasError(f"“{undecided[0]}” belongs to no split yet.", "Draw one with --draw.")
    build(DATA_DIRECTORY, DATABASE)
    chosen = [query for query in items if split in ("all", query.split)]
    with open_database(DATABASE) as connection:
        result = outcomes(connection, chosen)
    out = Console(soft_wrap=True, highlight=False, markup=False)
    out.print(f"{len(chosen)} queries ({split}) over {len(practices)} practices")
    out.print(summary(result))
    if show_misses:
        for line in misses(result, practices):
            out.print(line)


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    options = argparse.ArgumentParser(description="How good the search is, by queries with known answers.")
    options.add_argument("--split", choices=[*SPLITS, "all"], default="all", help="which queries; tune on tuning alone")
    options.add_argument(
        "--misses", action="store_true", help="list the queries without a right answer in the first five"
    )
    options.add_argument(
        "--draw", action="store_true", help="give the queries without a split one, and do nothing else"
    )
    return options


def main() -> None:
    options = parser().parse_args()
    try:
        _measure(options.split, show_misses=options.misses, draw=options.draw)
    except InvalidDataError as error:
        sys.exit("\n".join(str(problem) for problem in error.problems))
    except AtlasError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
