"""From a data folder with very many practices to the tables of the database."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from icc_data.incoming.check import Data, load_data
from icc_data.incoming.data_folder import table_file
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.store.inserting import insert
from icc_data.store.large.doubts import doubtful_lines
from icc_data.store.large.filling import Filling, lay_amendments_over
from icc_data.store.large.staging import LARGE, forget
from icc_data.store.large.version import newest_day_of, version_of
from icc_data.store.rows import amendment_rows, place_tables, thesaurus_rows
from icc_data.store.snapshots import Snapshot

# A folder is large from so many bytes of practices on: some ten thousand of them. Below, rows are made one by one.
FROM_BYTES = 8_000_000
MOST_MEMORY = "2500MB"
"""What DuckDB holds of a large folder; the rest waits on the disk."""
# What grows with the practices, filled by DuckDB.
_FILLED = ("practice", "practice_city", "practice_country", "practice_term", "coding", "practice_text")


def is_large(directory: Path) -> bool:
    """Whether a data folder has so many practices that they are not read one by one."""
    try:
        return table_file(directory, "practices").stat().st_size >= FROM_BYTES
    except OSError:
        return False


@contextmanager
def reading_large() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB for large tables while they are read; what memory cannot hold waits on the disk."""
    with tempfile.TemporaryDirectory(prefix="atlas-reading-", ignore_cleanup_errors=True) as scratch:
        config: dict[str, str | bool | int | float | list[str]] = {}
        config |= {"memory_limit": MOST_MEMORY, "temp_directory": scratch}
        with duckdb.connect(":memory:", config=config) as connection:
            yield connection


@dataclass(frozen=True)
class LargeData:
    """A data folder whose large tables wait in a connection.

    Attributes:
        data: all records of the other tables, and of the large ones those that were looked at one by one.
        as_of: as ``versions.as_of_date``.
        version: as ``versions.data_version``.
    """

    data: Data
    as_of: date
    version: str


def read_large(connection: duckdb.DuckDBPyConnection, directory: Path) -> LargeData:
    """Read and judge a data folder.

    Args:
        connection: keeps the large tables for its time.
        directory: the data folder.

    Raises:
        InvalidDataError: the folder has problems, the same as ``check.valid_data`` says.
        AtlasError: there is no such folder, or no practice says when it was seen.
    """
    data, problems = load_data(directory, doubtful_lines(connection, directory))
    if problems:
        raise InvalidDataError(problems)
    return LargeData(data, newest_day_of(connection), version_of(connection, data))


def fill_large(connection: duckdb.DuckDBPyConnection, large: LargeData, kept: Sequence[Snapshot]) -> dict[str, int]:
    """Fill the tables of the schema; how many rows each has.

    Args:
        connection: to a database with the empty tables, which was read into.
        large: what was read.
        kept: the snapshots that tell when a practice came.
    """
    published, data = large.data, large.data.amended()
    lay_amendments_over(connection, data)
    filling = Filling(connection, data)
    cities = {city.city_id: number for number, city in enumerate(data.cities, start=1)}
    counts = {
        table: insert(connection, table, rows)
        for table, rows in place_tables(data, cities, filling.countries, filling.slugs)
    }
    sets = filling.fill(newest_day_of(connection), kept)
    amended = connection.execute(
        "SELECT practice_id, practice FROM practice WHERE practice_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"ids": [amendment.id for amendment in data.amendments]},
    ).fetchall()
    counts |= {
        "facet_set": insert(connection, "facet_set", sets.rows()),
        "amendment": insert(connection, "amendment", amendment_rows(published, dict(amended), cities)),
        "term": insert(connection, "term", (vars(term) for term in data.terms)),
        "thesaurus": insert(connection, "thesaurus", thesaurus_rows()),
    }
    for table in LARGE:
        forget(connection, table)
    for table in _FILLED:
        ((counts[table],),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return counts
