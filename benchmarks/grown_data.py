"""Data folders and databases of any size, with the distributions of the real one.

    python -m benchmarks.grown_data FOLDER --practices 100000 [--seed 1]
    python -m benchmarks.grown_data FOLDER --database FILE.duckdb --times 10

The first writes the CSV files of a data folder in which every practice is drawn from the real ones with replacement:
its places from one, its years from a second (moved by up to two years), its words and codes from a third, so that each
hangs together as it does there, and what does not hang together is mixed. What makes a practice itself is its own: its
identifier, its title (two made-up words more, of which there are as many as a text of that length has, the square root:
Heaps 1978, “Information Retrieval”), its address. Cities, terms and Index results stay as they are. The same seed gives
the same files.

The second lays a database that was built from such a folder beside itself a number of times, for sizes that take long
to build: each copy of a practice has its own number, identifier and title, in every table and in the text index.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from itertools import product
from math import isqrt
from pathlib import Path

import duckdb

from icc_data.incoming.data_folder import table_file
from icc_data.model.columns import columns_of
from icc_data.model.records import Practice
from icc_data.paths import ROOT
from icc_data.store.database import load_full_text_search

SEED = 20261126
# Whatever the atlas shows: what grows has to have all that is known now.
LIVING = ROOT / "data"
_UNCHANGED = ("terms", "cities", "index_scores", "index_reports")
_SYLLABLES = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pa", "ro", "se", "ti", "vu", "za")
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_SHIFTS = (-2, -1, 0, 1, 2)
# What DuckDB holds while it lays data beside itself, and how many rows it sorts at a time.
_MOST_MEMORY, _AT_ONCE = "3GB", 20_000_000
_PLACE = ("city_ids", "countries", "source_kind", "accessed", "confidence", "url", "evidence_urls")
_YEARS = ("when_text", "when_source", "described_when")
# One practice is drawn for each of these: a number that nothing tells beforehand, from the seed, what it is for and
# which practice.
_DRAWN = "(hash($seed, '{what}', number) % $base)::BIGINT"

_GROWN = """
CREATE TABLE grown AS
WITH drawn AS (
    SELECT number, {place} AS place, {years} AS years, {words} AS words,
        (hash($seed, 'shift', number) % $shifts)::BIGINT AS shift
    FROM range($practices) AS numbers (number)
)
SELECT number, {columns}, codes.practice_id AS coded_as
FROM drawn
JOIN base AS places ON places.place = drawn.place
JOIN base AS years ON years.place = drawn.years
JOIN base AS codes ON codes.place = drawn.words
LEFT JOIN moved AS when_moved ON when_moved.text = years.when_text AND when_moved.shift = drawn.shift
LEFT JOIN moved AS text_moved ON text_moved.text = years.described_when AND text_moved.shift = drawn.shift
JOIN made_up AS first ON first.place = number // $made_up
JOIN made_up AS second ON second.place = number % $made_up
ORDER BY number
"""
_OWN = {
    "practice_id": "codes.practice_id || '-' || number",
    "title": "codes.title || ' ' || first.word || ' ' || second.word",
    "when_text": "when_moved.moved",
    "described_when": "text_moved.moved",
    "url": "places.url || '?practice=' || number",
    # A page names several practices, as many as in the real data.
    "evidence_urls": "array_to_string([part || '?copy=' || number // $base "
    "FOR part IN string_split(places.evidence_urls, '; ')], '; ')",
}


def made_up_words(count: int) -> list[str]:
    """So many words that no language has, each another one, of three syllables and more."""
    words: list[str] = []
    syllables = 3
    while len(words) < count:
        words += ["".join(parts) for parts in product(_SYLLABLES, repeat=syllables)][: count - len(words)]
        syllables += 1
    return words


def moved(text: str, by: int, last: int) -> str:
    """A year text with its years some later; as it stands where one would be after the last."""
    years = [int(year[0]) + by for year in _YEAR.finditer(text)]
    return text if max(years, default=last + 1) > last else _YEAR.sub(lambda year: str(int(year[0]) + by), text)


def _read(connection: duckdb.DuckDBPyConnection, name: str, file: Path) -> None:
    columns = connection.execute("SELECT * FROM read_csv($file, all_varchar = true) LIMIT 0", {"file": str(file)})
    names = ", ".join(f'"{column[0]}"' for column in columns.description)
    connection.execute(
        f"CREATE TABLE {name} AS SELECT row_number() OVER () - 1 AS place, {names} "
        "FROM read_csv($file, all_varchar = true)",
        {"file": str(file)},
    )


def _column(name: str) -> str:
    own = _OWN.get(name)
    source = "places" if name in _PLACE else "years" if name in _YEARS else "codes"
    return f"{own or f'{source}.{name}'} AS {name}"


def _moved_texts(connection: duckdb.DuckDBPyConnection) -> None:
    texts = connection.execute(
        "SELECT DISTINCT unnest([when_text, described_when]), (SELECT max(accessed)[:4]::INTEGER FROM base) FROM base"
    ).fetchall()
    rows = [(text, place, moved(text, by, last)) for text, last in texts if text for place, by in enumerate(_SHIFTS)]
    connection.execute("CREATE TABLE moved (text VARCHAR, shift BIGINT, moved VARCHAR)")
    connection.executemany("INSERT INTO moved VALUES (?, ?, ?)", rows)


def grow(source: Path, target: Path, practices: int, seed: int = SEED) -> None:
    """Write a data folder with so many practices, drawn from those of another.

    Args:
        source: the data folder to draw from.
        target: the folder to write; what it holds already under the same names is replaced.
        practices: how many.
        seed: another one gives other practices.
    """
    target.mkdir(parents=True, exist_ok=True)
    for table in _UNCHANGED:
        shutil.copyfile(table_file(source, table), target / f"{table}.csv")
    with duckdb.connect() as connection:
        _read(connection, "base", table_file(source, "practices"))
        _read(connection, "codings", table_file(source, "policy_area_codings"))
        _moved_texts(connection)
        made_up = isqrt(practices - 1) + 1
        connection.execute(
            "CREATE TABLE made_up AS SELECT unnest(range(len($words))) AS place, unnest($words) AS word",
            {"words": made_up_words(made_up)},
        )
        columns = [column.name for column in columns_of(Practice)]
        (base,) = connection.table("base").count("*").fetchone() or (0,)
        connection.execute(
            _GROWN.format(
                columns=", ".join(map(_column, columns)),
                **{what: _DRAWN.format(what=what) for what in ("place", "years", "words")},
            ),
            {
                "seed": seed,
                "practices": practices,
                "made_up": made_up,
                "shifts": len(_SHIFTS),
                "base": base,
            },
        )
        coding = "grown.practice_id, reader, codings.policy_areas"
        for file, question in (
            ("practices", f"SELECT {', '.join(columns)} FROM grown ORDER BY number"),
            (
                "policy_area_codings",
                f"SELECT {coding} FROM grown JOIN codings ON coded_as = codings.practice_id ORDER BY number, reader",
            ),
        ):
            connection.execute(f"COPY ({question}) TO '{target / file}.csv' (HEADER)")


def _copy(table: str, columns: list[str], copy: int, times: int, step: int) -> str:
    """What stands in a copy of a table: numbers and names of its own, all else the same."""
    own = {
        # Another one too where copies are copied so many times again.
        ("practice", "practice_id"): f"practice_id || '-{times}x{copy}'",
        ("practice", "title"): f"title || ' {copy}'",
        ("docs", "name"): f"name + {copy * step}",
    }
    # A text is numbered as its practice is, from 0.
    moving = {"practice": f"practice + {copy * step}", "docid": f"docid + {copy * step}"}
    return ", ".join(own.get((table, name)) or moving.get(name) or f'"{name}"' for name in columns)


def _lay_postings(connection: duckdb.DuckDBPyConnection, times: int, step: int) -> None:
    """Postings as they are built, by the term, so that few blocks are read for one: a range of terms at a time."""
    posting = "fts_main_practice_text.posting"
    counted = connection.execute(f"SELECT termid, count(*) FROM {posting} GROUP BY termid ORDER BY termid").fetchall()
    ranges: list[tuple[int, int]] = []
    first = rows = 0
    for termid, count in counted:
        if rows and rows + count * times > _AT_ONCE:
            ranges.append((first, termid - 1))
            first, rows = termid, 0
        rows += count * times
    ranges.append((first, counted[-1][0]))
    connection.execute(f"CREATE OR REPLACE TABLE {posting} AS FROM {posting} LIMIT 0")
    for first, last in ranges:
        connection.execute(
            f"INSERT INTO {posting} SELECT * EXCLUDE (copy) REPLACE (practice + copy * {step} AS practice) "
            f"FROM (FROM beside.{posting} WHERE termid BETWEEN {first} AND {last}) "
            f"CROSS JOIN (SELECT unnest(range({times})) AS copy) ORDER BY termid, practice"
        )


def lay_beside(database: Path, target: Path, times: int) -> None:
    """Write a database in which every practice of another one stands so many times.

    A copy and a range of terms at a time, so that memory holds what is written however many there are.

    Args:
        database: a built database.
        target: the file to write; there must be none yet.
        times: how often each practice stands in it.
    """
    shutil.copyfile(database, target)
    with duckdb.connect(str(target), config={"memory_limit": _MOST_MEMORY}) as connection:
        load_full_text_search(connection)
        connection.execute(f"ATTACH '{database}' AS beside (READ_ONLY)")
        (step,) = connection.execute("SELECT max(practice) FROM beside.practice").fetchone() or (0,)
        tables = connection.execute(
            "SELECT schema_name, table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
            "WHERE database_name = 'beside' AND NOT internal AND table_name NOT IN ('practice_facet', 'posting') "
            "GROUP BY ALL HAVING list_has_any(list(column_name), ['practice', 'docid'])"
        ).fetchall()
        for schema, table, columns in tables:
            for copy in range(1, times):
                picked = _copy(table, columns, copy, times, step)
                connection.execute(f"INSERT INTO {schema}.{table} SELECT {picked} FROM beside.{schema}.{table}")
        for schema, table, column in (
            ("fts_main_practice_text", "dict", "df"),
            ("fts_main_practice_text", "dict", "titles"),
            ("fts_main_practice_text", "dict", "texts"),
            ("fts_main_practice_text", "dict", "summaries"),
            ("fts_main_practice_text", "dict", "summary_times"),
            ("fts_main_practice_text", "stats", "num_docs"),
            ("main", "search_word", "practices"),
        ):
            connection.execute(f"UPDATE {schema}.{table} SET {column} = {column} * {times}")
        _lay_postings(connection, times, step)
        connection.execute("CHECKPOINT")


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    options = argparse.ArgumentParser("python -m benchmarks.grown_data", description="Data of any size.")
    options.add_argument("folder", type=Path, help="the data folder to write, or the database to lay beside itself")
    options.add_argument("--practices", type=int, default=100_000, help="how many (default 100 000)")
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--database", type=Path, help="write this database from the one named instead")
    options.add_argument("--times", type=int, default=10, help="how often each practice stands in it (default 10)")
    return options


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    if asked.database:
        lay_beside(asked.folder, asked.database, asked.times)
    else:
        grow(LIVING, asked.folder, asked.practices, asked.seed)
        print(f"{asked.practices} practices in {asked.folder}")
    return 0


if __name__ == "__main__":
    if status := main():
        sys.exit(status)
